/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "ui/usage-numbers.h"

#include <gtk/gtk.h>

/* The table of usage as a file for spreadsheets. */

/* Returns: (transfer full): its text */
char *jump_usage_export_new_text (JumpSumBy by, GPtrArray *rows);
/* Asks where to, and writes it. @widget: what was clicked */
void jump_usage_export_ask (GtkWidget *widget, JumpUsageNumbers *numbers);
