/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/request-table.h"

#include "ui/request-archive.h"
#include "ui/request-table-model.h"

/* How many rows are looked at between two looks at the clock. */
#define PORTION 16

enum
{
  SIGNAL_PENDING,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE_WITH_CODE (JumpRequestTable,
                               jump_request_table,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_TREE_MODEL,
                                                      jump_request_table_model_init))

static void
tell_pending (JumpRequestTable *self)
{
  if (self->is_pending)
    return;
  self->is_pending = TRUE;
  g_signal_emit (self, signals[SIGNAL_PENDING], 0);
}

static void
on_item_changed (JumpRequestRow *row)
{
  JumpRequestTable *self = row->table;

  if (row->is_dirty)
    return;
  row->is_dirty = TRUE;
  g_ptr_array_add (self->dirty, row);
  tell_pending (self);
}

static void
stop_watching (JumpRequestRow *row)
{
  if (row->changed_id == 0)
    return;
  g_signal_handler_disconnect (row->item, row->changed_id);
  row->changed_id = 0;
  row->table->n_running--;
}

static JumpRequestRow *
row_new (JumpRequestTable *self, JumpExchangeItem *item)
{
  JumpRequestRow *row = g_slice_new0 (JumpRequestRow);

  row->table = self;
  row->item = item;
  /* Ended ones change no more, and most have ended. */
  if (jump_exchange_item_is_running (item))
    {
      row->changed_id =
          g_signal_connect_swapped (item, "changed", G_CALLBACK (on_item_changed), row);
      self->n_running++;
    }
  return row;
}

static void
row_free (JumpRequestRow *row)
{
  stop_watching (row);
  if (row->is_dirty)
    g_ptr_array_remove_fast (row->table->dirty, row);
  g_object_unref (row->item);
  g_slice_free (JumpRequestRow, row);
}

static const char *
client_of (JumpRequestTable *self, const JumpExchangeRecord *record)
{
  return jump_request_names_get_client (self->names, record->client);
}

static gboolean
is_wanted (JumpRequestTable *self, JumpRequestRow *row)
{
  const JumpExchangeRecord *record = jump_exchange_item_get_record (row->item);

  jump_request_names_add_model (self->names,
                                record->used_model != NULL ? record->used_model
                                                           : record->asked_model);
  /* the history has looked for the text, also where a record does not show it */
  if (jump_request_archive_found (row->item))
    return jump_request_filter_matches_facts (self->filter, record, client_of (self, record));
  return jump_request_filter_matches (self->filter, record, client_of (self, record));
}

static void
note_moved (JumpRequestTable *self, GtkTreePath *path)
{
  self->first_moved = MIN (self->first_moved, (guint) gtk_tree_path_get_indices (path)[0]);
}

/* Ten thousand signals that nobody hears would take longer than all else that is done to the rows. */
static void
look_for_watchers (JumpRequestTable *self)
{
  guint inserted = g_signal_lookup ("row-inserted", GTK_TYPE_TREE_MODEL);
  guint deleted = g_signal_lookup ("row-deleted", GTK_TYPE_TREE_MODEL);

  self->is_watched = g_signal_has_handler_pending (self, inserted, 0, FALSE) ||
                     g_signal_has_handler_pending (self, deleted, 0, FALSE);
}

static void
show_row (JumpRequestTable *self, JumpRequestRow *row, GSequenceIter *before)
{
  GtkTreeIter iter = { 0 };
  g_autoptr (GtkTreePath) path = NULL;

  row->place = g_sequence_insert_before (before, row);
  if (!self->is_watched)
    return;
  jump_request_table_model_fill_iter (self, &iter, row->place);
  path = jump_request_table_model_path (row->place);
  note_moved (self, path);
  gtk_tree_model_row_inserted (GTK_TREE_MODEL (self), path, &iter);
}

static void
hide_row (JumpRequestTable *self, JumpRequestRow *row)
{
  g_autoptr (GtkTreePath) path =
      self->is_watched ? jump_request_table_model_path (row->place) : NULL;

  g_sequence_remove (row->place);
  row->place = NULL;
  if (path == NULL)
    return;
  note_moved (self, path);
  gtk_tree_model_row_deleted (GTK_TREE_MODEL (self), path);
}

static void
change_row (JumpRequestTable *self, JumpRequestRow *row)
{
  GtkTreeIter iter = { 0 };
  g_autoptr (GtkTreePath) path = jump_request_table_model_path (row->place);

  jump_request_table_model_fill_iter (self, &iter, row->place);
  gtk_tree_model_row_changed (GTK_TREE_MODEL (self), path, &iter);
}

/* The row in front of which @row belongs. Those that change are mostly the newest. */
static GSequenceIter *
find_place (JumpRequestTable *self, JumpRequestRow *row)
{
  GSequenceIter *place = g_sequence_get_end_iter (self->shown);

  for (guint i = self->all->len; i > 0; i--)
    {
      JumpRequestRow *other = g_ptr_array_index (self->all, i - 1);

      if (other == row)
        break;
      if (other->place != NULL)
        place = other->place;
    }
  return place;
}

static JumpRequestRow *
find_row (JumpRequestTable *self, JumpExchangeItem *item)
{
  for (guint i = self->all->len; i > 0; i--)
    {
      JumpRequestRow *row = g_ptr_array_index (self->all, i - 1);

      if (row->item == item)
        return row;
    }
  return NULL;
}

static void
drop_gone (JumpRequestTable *self)
{
  JumpRequestRow *row = g_ptr_array_steal_index_fast (self->gone, self->gone->len - 1);

  if (row->place != NULL)
    hide_row (self, row);
  row_free (row);
}

static void
take_new (JumpRequestTable *self)
{
  JumpRequestRow *row = g_ptr_array_index (self->all, self->all->len - self->n_new);

  self->n_new--;
  row->is_seen = TRUE;
  if (is_wanted (self, row))
    show_row (self, row, g_sequence_get_end_iter (self->shown));
}

static void
take_unseen (JumpRequestTable *self)
{
  JumpRequestRow *row = g_ptr_array_index (self->all, self->n_unseen - 1);

  self->n_unseen--;
  row->is_seen = TRUE;
  if (is_wanted (self, row))
    show_row (self, row, g_sequence_get_begin_iter (self->shown));
}

static void
take_dirty (JumpRequestTable *self)
{
  JumpRequestRow *row = g_ptr_array_steal_index_fast (self->dirty, self->dirty->len - 1);
  gboolean wanted;

  row->is_dirty = FALSE;
  if (!jump_exchange_item_is_running (row->item))
    stop_watching (row);
  if (!row->is_seen || row->is_gone)
    return;
  wanted = is_wanted (self, row);
  if (wanted && row->place != NULL)
    change_row (self, row);
  else if (wanted)
    show_row (self, row, find_place (self, row));
  else if (row->place != NULL)
    hide_row (self, row);
}

/* One step towards what the list is by now. Returns: whether there was one to make. */
static gboolean
make_step (JumpRequestTable *self)
{
  if (!self->is_frozen && self->gone->len > 0)
    drop_gone (self);
  else if (!self->is_frozen && self->n_new > 0)
    take_new (self);
  else if (!self->is_frozen && self->dirty->len > 0)
    take_dirty (self);
  else if (self->n_unseen > 0)
    take_unseen (self);
  else
    return FALSE;
  return TRUE;
}

static void
hide_all (JumpRequestTable *self)
{
  look_for_watchers (self);
  while (self->is_watched && !g_sequence_is_empty (self->shown))
    hide_row (self, g_sequence_get (g_sequence_iter_prev (g_sequence_get_end_iter (self->shown))));
  if (g_sequence_is_empty (self->shown))
    return;
  for (guint i = 0; i < self->all->len; i++)
    ((JumpRequestRow *) g_ptr_array_index (self->all, i))->place = NULL;
  for (guint i = 0; i < self->gone->len; i++)
    ((JumpRequestRow *) g_ptr_array_index (self->gone, i))->place = NULL;
  g_sequence_free (self->shown);
  self->shown = g_sequence_new (NULL);
}

/* Hides all rows, to be seen anew. New ones stay new: they are counted while the table is frozen. */
static void
start_over (JumpRequestTable *self)
{
  hide_all (self);
  self->n_unseen = self->all->len - self->n_new;
  for (guint i = 0; i < self->n_unseen; i++)
    ((JumpRequestRow *) g_ptr_array_index (self->all, i))->is_seen = FALSE;
}

static void
forget_range (JumpRequestTable *self, guint position, guint n)
{
  guint n_old = self->all->len - self->n_new;

  if (n == 0)
    return;
  if (position + n > n_old)
    self->n_new -= position + n - MAX (n_old, position);
  if (position < self->n_unseen)
    self->n_unseen -= MIN (n, self->n_unseen - position);
  for (guint i = position; i < position + n; i++)
    {
      JumpRequestRow *row = g_ptr_array_index (self->all, i);

      row->is_gone = TRUE;
      if (row->place != NULL)
        g_ptr_array_add (self->gone, row);
      else
        row_free (row);
    }
  g_ptr_array_remove_range (self->all, position, n);
}

/* New ones come at the end, older ones at the begin. Any other place is taken care of, in the plainest way. */
static void
remember_range (JumpRequestTable *self, guint position, guint n)
{
  gboolean is_at_end = position == self->all->len;

  if (n == 0)
    return;
  for (guint i = 0; i < n; i++)
    g_ptr_array_insert (self->all,
                        (int) (position + i),
                        row_new (self, g_list_model_get_item (self->source, position + i)));
  if (is_at_end)
    {
      self->n_new += n;
      return;
    }
  if (position == 0)
    {
      self->n_unseen += n;
      return;
    }
  self->n_new = 0;
  start_over (self);
}

static void
on_items_changed (JumpRequestTable *self, guint position, guint removed, guint added)
{
  forget_range (self, position, removed);
  remember_range (self, position, added);
  tell_pending (self);
}

static void
jump_request_table_dispose (GObject *object)
{
  JumpRequestTable *self = JUMP_REQUEST_TABLE (object);

  if (self->source != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->source, self);
      forget_range (self, 0, self->all->len);
      while (self->gone->len > 0)
        row_free (g_ptr_array_steal_index_fast (self->gone, self->gone->len - 1));
    }
  g_clear_object (&self->source);
  g_clear_object (&self->clock);
  g_clear_object (&self->names);
  G_OBJECT_CLASS (jump_request_table_parent_class)->dispose (object);
}

static void
jump_request_table_finalize (GObject *object)
{
  JumpRequestTable *self = JUMP_REQUEST_TABLE (object);

  g_ptr_array_unref (self->all);
  g_ptr_array_unref (self->gone);
  g_ptr_array_unref (self->dirty);
  g_sequence_free (self->shown);
  jump_request_filter_free (self->filter);
  G_OBJECT_CLASS (jump_request_table_parent_class)->finalize (object);
}

static void
jump_request_table_class_init (JumpRequestTableClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = jump_request_table_dispose;
  object_class->finalize = jump_request_table_finalize;
  signals[SIGNAL_PENDING] = g_signal_new ("pending",
                                          G_TYPE_FROM_CLASS (klass),
                                          G_SIGNAL_RUN_LAST,
                                          0,
                                          NULL,
                                          NULL,
                                          NULL,
                                          G_TYPE_NONE,
                                          0);
}

static void
jump_request_table_init (JumpRequestTable *self)
{
  self->all = g_ptr_array_new ();
  self->gone = g_ptr_array_new ();
  self->dirty = g_ptr_array_new ();
  self->shown = g_sequence_new (NULL);
  self->filter = jump_request_filter_new ();
  self->first_moved = G_MAXUINT;
}

/**
 * jump_request_table_new:
 * @source: (element-type JumpExchangeItem): the exchanges, oldest first
 * @clock: for the time now
 * @names: where models and clients are noted as they are seen
 *
 * Returns: (transfer full): a table without rows until it is flushed for the first time
 */
JumpRequestTable *
jump_request_table_new (GListModel *source, JumpClock *clock, JumpRequestNames *names)
{
  JumpRequestTable *self = g_object_new (JUMP_TYPE_REQUEST_TABLE, NULL);

  self->source = g_object_ref (source);
  self->clock = g_object_ref (clock);
  self->names = g_object_ref (names);
  g_signal_connect_swapped (source, "items-changed", G_CALLBACK (on_items_changed), self);
  remember_range (self, 0, g_list_model_get_n_items (source));
  /* What is there already is nothing new, even in a table that is frozen at once. */
  self->n_new = 0;
  self->n_unseen = self->all->len;
  self->is_pending = self->n_unseen > 0;
  return self;
}

void
jump_request_table_set_filter (JumpRequestTable *self, const JumpRequestFilter *filter)
{
  if (jump_request_filter_equal (self->filter, filter))
    return;
  jump_request_filter_free (self->filter);
  self->filter = jump_request_filter_copy (filter);
  jump_request_table_begin_anew (self);
}

void
jump_request_table_begin_anew (JumpRequestTable *self)
{
  start_over (self);
  tell_pending (self);
}

const JumpRequestFilter *
jump_request_table_get_filter (JumpRequestTable *self)
{
  return self->filter;
}

void
jump_request_table_set_frozen (JumpRequestTable *self, gboolean is_frozen)
{
  self->is_frozen = is_frozen;
  if (!is_frozen)
    tell_pending (self);
}

gboolean
jump_request_table_flush (JumpRequestTable *self, gint64 time_limit)
{
  gint64 end = g_get_monotonic_time () + time_limit;
  gboolean has_rest = TRUE;

  look_for_watchers (self);
  while (has_rest)
    {
      for (guint i = 0; i < PORTION && has_rest; i++)
        has_rest = make_step (self);
      if (time_limit >= 0 && g_get_monotonic_time () >= end)
        break;
    }
  self->is_pending = has_rest;
  return has_rest;
}

guint
jump_request_table_get_n_gone (JumpRequestTable *self)
{
  return self->is_frozen ? 0 : self->gone->len;
}

guint
jump_request_table_get_n_new (JumpRequestTable *self)
{
  return self->n_new;
}

guint
jump_request_table_take_first_moved (JumpRequestTable *self)
{
  guint first = self->first_moved;

  self->first_moved = G_MAXUINT;
  return first;
}

void
jump_request_table_touch_running (JumpRequestTable *self)
{
  guint n_left = self->n_running;

  for (guint i = self->all->len; i > 0 && n_left > 0; i--)
    {
      JumpRequestRow *row = g_ptr_array_index (self->all, i - 1);

      if (row->changed_id == 0)
        continue;
      n_left--;
      if (row->place != NULL)
        change_row (self, row);
    }
}

guint
jump_request_table_get_n_running (JumpRequestTable *self)
{
  return self->n_running;
}

guint
jump_request_table_get_n_rows (JumpRequestTable *self)
{
  return (guint) g_sequence_get_length (self->shown);
}

JumpExchangeItem *
jump_request_table_get_item (JumpRequestTable *self, GtkTreeIter *iter)
{
  JumpRequestRow *row = g_sequence_get (iter->user_data);

  return row->item;
}

char *
jump_request_table_dup_text (JumpRequestTable *self,
                             JumpExchangeItem *item,
                             JumpRequestColumn column)
{
  const JumpExchangeRecord *record = jump_exchange_item_get_record (item);

  return jump_request_row_text_new (record,
                                    column,
                                    client_of (self, record),
                                    jump_clock_get_wall_time (self->clock));
}

/**
 * jump_request_table_find:
 * @item: one of the list
 * @iter: (out): its row
 *
 * Returns: whether it has one
 */
gboolean
jump_request_table_find (JumpRequestTable *self, JumpExchangeItem *item, GtkTreeIter *iter)
{
  JumpRequestRow *row = find_row (self, item);

  if (row == NULL || row->place == NULL)
    return FALSE;
  jump_request_table_model_fill_iter (self, iter, row->place);
  return TRUE;
}

gboolean
jump_request_table_has_item (JumpRequestTable *self, JumpExchangeItem *item)
{
  return find_row (self, item) != NULL;
}
