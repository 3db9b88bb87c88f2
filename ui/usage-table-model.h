/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "ui/usage-numbers.h"

#include <gtk/gtk.h>

/* The lines of the table of usage as a GtkListStore that can be sorted by any of them; the line of the sums stays the
 * last one. */

typedef enum
{
  JUMP_USAGE_COLUMN_NAME,
  JUMP_USAGE_COLUMN_CREDITS,
  JUMP_USAGE_COLUMN_DOLLARS,
  JUMP_USAGE_COLUMN_REQUESTS,
  JUMP_USAGE_COLUMN_FAILED,
  JUMP_USAGE_COLUMN_UNPRICED,
  JUMP_USAGE_COLUMN_INPUT,
  JUMP_USAGE_COLUMN_CACHED,
  JUMP_USAGE_COLUMN_OUTPUT,
  JUMP_USAGE_N_COLUMNS,
} JumpUsageColumn;

/* Most credits first. */
GtkListStore *jump_usage_table_model_new (void);
/* What has not changed stays as it is: whoever has selected a line keeps it. */
void jump_usage_table_model_fill (GtkListStore *store, GPtrArray *rows, const JumpUsageSums *total);
char *
jump_usage_table_model_dup_text (GtkTreeModel *model, GtkTreeIter *iter, JumpUsageColumn column);
gboolean jump_usage_table_model_is_total (GtkTreeModel *model, GtkTreeIter *iter);
