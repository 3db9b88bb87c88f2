/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/history/history-ring.h"

#include "service/base/limits.h"

/* Rows are dropped so many at once, as a part of the limit: each time the rest moves in memory, and whoever
 * shows the list looks at it again. */
#define DROP_PART 64

typedef struct
{
  JumpExchangeItem *item; /* (owned) */
  gsize bytes;            /* of its bodies, as counted in the total */
  GList link;             /* in bodies, data is the row; NULL: not in it */
} Row;

struct _JumpHistoryRing
{
  GObject parent_instance;

  GPtrArray *rows;   /* (owned) (element-type Row): oldest first */
  GHashTable *by_id; /* (owned) (element-type utf8 Row): keys are the records' */
  GQueue bodies; /* (element-type Row): ended ones that have bodies, in the order of their ends */
  gsize total_bytes; /* of all bodies, of running ones too */
  guint max_rows;
  guint max_bodies;
  gsize max_bytes;
};

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (JumpHistoryRing,
                               jump_history_ring,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

/* ---- rows ---- */

static Row *
row_new (JumpExchangeRecord *record)
{
  Row *self = g_new0 (Row, 1);

  self->item = jump_exchange_item_new (record);
  return self;
}

static void
row_free (gpointer data)
{
  Row *self = data;

  g_object_unref (self->item);
  g_free (self);
}

static gsize
measure_bodies (const JumpExchangeRecord *record)
{
  gsize size = 0;

  if (record->request_body != NULL)
    size += g_bytes_get_size (record->request_body);
  if (record->sent_body != NULL)
    size += g_bytes_get_size (record->sent_body);
  if (record->reply_body != NULL)
    size += record->reply_body->len;
  return size;
}

/* ---- bodies ---- */

static void
count_bodies (JumpHistoryRing *self, Row *row)
{
  gsize bytes = measure_bodies (jump_exchange_item_get_record (row->item));

  self->total_bytes = self->total_bytes - row->bytes + bytes;
  row->bytes = bytes;
}

static void
unlink_bodies (JumpHistoryRing *self, Row *row)
{
  if (row->link.data == NULL)
    return;
  g_queue_unlink (&self->bodies, &row->link);
  row->link.data = NULL;
}

static void
link_bodies (JumpHistoryRing *self, Row *row)
{
  const JumpExchangeRecord *record = jump_exchange_item_get_record (row->item);

  if (row->link.data != NULL || (record->request_body == NULL && record->reply_body == NULL))
    return;
  row->link.data = row;
  g_queue_push_tail_link (&self->bodies, &row->link);
}

/* Those that run still write theirs. */
static void
trim_bodies (JumpHistoryRing *self)
{
  while (self->bodies.length > self->max_bodies ||
         (self->total_bytes > self->max_bytes && self->bodies.length > 0))
    {
      Row *oldest = self->bodies.head->data;

      unlink_bodies (self, oldest);
      jump_exchange_item_drop_bodies (oldest->item);
      count_bodies (self, oldest);
    }
}

/* ---- dropping rows ---- */

static void
forget_row (JumpHistoryRing *self, Row *row)
{
  unlink_bodies (self, row);
  self->total_bytes -= row->bytes;
  g_hash_table_remove (self->by_id, jump_exchange_item_get_record (row->item)->id);
}

/* Returns: how many rows from @start on have ended, @max at most */
static guint
count_ended (JumpHistoryRing *self, guint start, guint max)
{
  guint n = 0;

  while (n < max && start + n < self->rows->len)
    {
      Row *row = g_ptr_array_index (self->rows, start + n);

      if (jump_exchange_item_is_running (row->item))
        break;
      n++;
    }
  return n;
}

/* The oldest @n that have ended, fewer when there are not so many. */
static void
drop_oldest (JumpHistoryRing *self, guint n)
{
  guint start = 0;

  while (n > 0 && start < self->rows->len)
    {
      guint n_ended = count_ended (self, start, n);

      if (n_ended == 0)
        {
          start++;
          continue;
        }
      for (guint i = 0; i < n_ended; i++)
        forget_row (self, g_ptr_array_index (self->rows, start + i));
      g_ptr_array_remove_range (self->rows, start, n_ended);
      n -= n_ended;
      g_list_model_items_changed (G_LIST_MODEL (self), start, n_ended, 0);
    }
}

static void
trim_rows (JumpHistoryRing *self)
{
  if (self->rows->len > self->max_rows)
    drop_oldest (self, MAX (self->rows->len - self->max_rows, self->max_rows / DROP_PART));
}

/* ---- GListModel ---- */

static GType
jump_history_ring_get_item_type (GListModel *list)
{
  return JUMP_TYPE_EXCHANGE_ITEM;
}

static guint
jump_history_ring_get_n_items (GListModel *list)
{
  return JUMP_HISTORY_RING (list)->rows->len;
}

static gpointer
jump_history_ring_get_item (GListModel *list, guint position)
{
  JumpHistoryRing *self = JUMP_HISTORY_RING (list);
  Row *row;

  if (position >= self->rows->len)
    return NULL;
  row = g_ptr_array_index (self->rows, position);
  return g_object_ref (row->item);
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = jump_history_ring_get_item_type;
  iface->get_n_items = jump_history_ring_get_n_items;
  iface->get_item = jump_history_ring_get_item;
}

static void
jump_history_ring_finalize (GObject *object)
{
  JumpHistoryRing *self = JUMP_HISTORY_RING (object);

  g_hash_table_unref (self->by_id);
  g_ptr_array_unref (self->rows);
  G_OBJECT_CLASS (jump_history_ring_parent_class)->finalize (object);
}

static void
jump_history_ring_class_init (JumpHistoryRingClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = jump_history_ring_finalize;
}

static void
jump_history_ring_init (JumpHistoryRing *self)
{
  self->rows = g_ptr_array_new_with_free_func (row_free);
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  g_queue_init (&self->bodies);
  self->max_rows = JUMP_LIMIT_HISTORY_ROWS;
  self->max_bodies = JUMP_LIMIT_HISTORY_BODIES;
  self->max_bytes = JUMP_LIMIT_HISTORY_BYTES;
}

/**
 * jump_history_ring_new:
 *
 * Returns: (transfer full): an empty list with the limits of limits.h
 */
JumpHistoryRing *
jump_history_ring_new (void)
{
  return g_object_new (JUMP_TYPE_HISTORY_RING, NULL);
}

/**
 * jump_history_ring_set_limits:
 * @rows: at least 1; exceeded only by rows that run
 * @bodies: how many rows that have ended keep headers and bodies
 * @bytes: of bodies; what runs counts, but is not dropped
 *
 * What is too much already is dropped at once.
 */
void
jump_history_ring_set_limits (JumpHistoryRing *self, guint rows, guint bodies, gsize bytes)
{
  self->max_rows = rows;
  self->max_bodies = bodies;
  self->max_bytes = bytes;
  trim_bodies (self);
  trim_rows (self);
}

/**
 * jump_history_ring_update:
 * @self: a list
 * @record: referenced when it is new; known by its id
 *
 * A new one becomes the last row; a known one makes its item say "changed". Old rows and bodies are
 * dropped for it.
 */
void
jump_history_ring_update (JumpHistoryRing *self, JumpExchangeRecord *record)
{
  Row *row = g_hash_table_lookup (self->by_id, record->id);
  gboolean is_new = row == NULL;

  if (is_new)
    {
      row = row_new (record);
      g_ptr_array_add (self->rows, row);
      g_hash_table_insert (self->by_id, record->id, row);
    }
  if (!jump_exchange_item_is_running (row->item))
    {
      jump_exchange_item_limit_bodies (row->item, JUMP_LIMIT_KEPT_REPLY);
      link_bodies (self, row);
    }
  count_bodies (self, row);
  if (is_new)
    g_list_model_items_changed (G_LIST_MODEL (self), self->rows->len - 1, 0, 1);
  else
    jump_exchange_item_emit_changed (row->item);
  trim_bodies (self);
  trim_rows (self);
}

JumpExchangeItem *
jump_history_ring_find (JumpHistoryRing *self, const char *id)
{
  Row *row = g_hash_table_lookup (self->by_id, id);

  return row != NULL ? row->item : NULL;
}

void
jump_history_ring_clear (JumpHistoryRing *self)
{
  drop_oldest (self, self->rows->len);
}

/* Returns: whether that row has ended and began before @before */
static gboolean
is_to_go (const Row *row, gint64 before)
{
  const JumpExchangeRecord *record = jump_exchange_item_get_record (row->item);

  return !jump_exchange_item_is_running (row->item) &&
         (before == 0 || record->started_wall / G_USEC_PER_SEC < before);
}

/**
 * jump_history_ring_purge:
 * @only_bodies: the rows stay
 * @before: wall seconds; 0: whenever they began
 */
void
jump_history_ring_purge (JumpHistoryRing *self, gboolean only_bodies, gint64 before)
{
  for (guint i = self->rows->len; i > 0; i--)
    {
      Row *row = g_ptr_array_index (self->rows, i - 1);

      if (!is_to_go (row, before))
        continue;
      if (only_bodies)
        {
          unlink_bodies (self, row);
          jump_exchange_item_drop_bodies (row->item);
          count_bodies (self, row);
          continue;
        }
      forget_row (self, row);
      g_ptr_array_remove_index (self->rows, i - 1);
      g_list_model_items_changed (G_LIST_MODEL (self), i - 1, 1, 0);
    }
}
