/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "ui/request-filter.h"
#include "ui/request-names.h"
#include "ui/request-row-text.h"

#include <gtk/gtk.h>

/* The rows of a list of exchanges: a flat GtkTreeModel over a GListModel of JumpExchangeItem, through
 * a filter, in the same order. Its columns are those of JumpRequestColumn, texts made when asked for.
 *
 * What happens in the list is collected, and becomes rows only in jump_request_table_flush(): so whoever
 * shows them decides how often that is, and does it in small portions. "pending" is emitted when there
 * is something to flush again. */

#define JUMP_TYPE_REQUEST_TABLE (jump_request_table_get_type ())
G_DECLARE_FINAL_TYPE (JumpRequestTable, jump_request_table, JUMP, REQUEST_TABLE, GObject)

/* @source: of JumpExchangeItem. @clock: tells how long those that run have been running. */
JumpRequestTable *
jump_request_table_new (GListModel *source, JumpClock *clock, JumpRequestNames *names);

/* All rows go at once; those that match come back by flushing, newest first. */
void jump_request_table_set_filter (JumpRequestTable *self, const JumpRequestFilter *filter);
const JumpRequestFilter *jump_request_table_get_filter (JumpRequestTable *self);
/* The same with the same filter: for whoever has more to do with rows that go than with those that come. */
void jump_request_table_begin_anew (JumpRequestTable *self);
/* While frozen, rows neither come nor go nor change, except by another filter. */
void jump_request_table_set_frozen (JumpRequestTable *self, gboolean is_frozen);
/* @time_limit: in µs, from which on the rest is left for the next time; -1: all of it.
 * Returns: whether there is a rest. */
gboolean jump_request_table_flush (JumpRequestTable *self, gint64 time_limit);
/* Rows that will go by the next flush. */
guint jump_request_table_get_n_gone (JumpRequestTable *self);
/* Exchanges that came since the table was frozen. */
guint jump_request_table_get_n_new (JumpRequestTable *self);
/* Returns: the first place where a row came or went since this was asked last; G_MAXUINT: nowhere. */
guint jump_request_table_take_first_moved (JumpRequestTable *self);
/* The rows of those that run say how long by now. */
void jump_request_table_touch_running (JumpRequestTable *self);
guint jump_request_table_get_n_running (JumpRequestTable *self);
guint jump_request_table_get_n_rows (JumpRequestTable *self);
/* Returns: (transfer none) */
JumpExchangeItem *jump_request_table_get_item (JumpRequestTable *self, GtkTreeIter *iter);
/* Returns: (transfer full): what its cell in @column says now. */
char *jump_request_table_dup_text (JumpRequestTable *self,
                                   JumpExchangeItem *item,
                                   JumpRequestColumn column);
gboolean
jump_request_table_find (JumpRequestTable *self, JumpExchangeItem *item, GtkTreeIter *iter);
/* Whether the list has @item, shown or not. */
gboolean jump_request_table_has_item (JumpRequestTable *self, JumpExchangeItem *item);
