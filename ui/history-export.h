/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/service.h"

#include <gtk/gtk.h>

/* Everything that the history has kept, into a .jl file: a line of JSON for each request, oldest first. */

/* Asks where to, and whether with questions and answers. @widget: what was clicked; its window says how it went. */
void jump_history_export_ask (GtkWidget *widget, JumpHistoryStore *store);
