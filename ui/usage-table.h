/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "ui/usage-numbers.h"

#include <gtk/gtk.h>

/* Usage as a table with a line for each model, client or day, sorted by any of its columns, and a last line that sums
 * them up. */

#define JUMP_TYPE_USAGE_TABLE (jump_usage_table_get_type ())
G_DECLARE_FINAL_TYPE (JumpUsageTable, jump_usage_table, JUMP, USAGE_TABLE, GtkScrolledWindow)

/* @rows: (element-type JumpUsageRow). @total: of all of them. @name_title: of the first column */
void jump_usage_table_set_rows (JumpUsageTable *self,
                                GPtrArray *rows,
                                const JumpUsageSums *total,
                                const char *name_title);
