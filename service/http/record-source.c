/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/record-source.h"

#include "service/http/record-listing.h"
#include "service/http/record-query.h"
#include "service/http/record-shelf.h"

#define MICROS_PER_SECOND 1000000
/* Records that are in memory at once, with their bodies. */
#define BATCH_RECORDS 64
/* More than memory and the listing's look at recent ones can give. */
#define ALL_RECENT 100000

typedef enum
{
  SOURCE_STORE,  /* row by row from the disk */
  SOURCE_LISTED, /* ids are still to be found, as a listing finds them */
  SOURCE_IDS,    /* one by one from wherever they are */
  SOURCE_END,
} Stage;

struct _JumpRecordSource
{
  JumpHttpContext *context; /* (unowned) */
  JumpHistoryQuery *query;  /* (owned) */
  gint64 oldest;            /* wall second from which on a listing is asked; 0: never, or for all */
  Stage stage;
  GPtrArray *ids;   /* (owned) (nullable) (element-type utf8): newest first */
  guint n_left;     /* of ids */
  GPtrArray *batch; /* (owned) (nullable) (element-type JumpExchangeRecord): of ids */
};

/* Text is looked for where a listing looks, which is in the bodies that no disk has, too: in everything that is not
 * older than what memory holds. Returns: 0 when memory holds nothing */
static gint64
find_oldest (JumpHttpContext *context)
{
  GListModel *ring = G_LIST_MODEL (context->history);
  gint64 oldest = 0;

  for (guint i = 0; i < g_list_model_get_n_items (ring); i++)
    {
      g_autoptr (JumpExchangeItem) item = g_list_model_get_item (ring, i);
      gint64 started = jump_exchange_item_get_record (item)->started_wall / MICROS_PER_SECOND;

      if (!jump_exchange_item_is_running (item) && (oldest == 0 || started < oldest))
        oldest = started;
    }
  return oldest;
}

static GPtrArray *
new_batch (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) jump_exchange_record_unref);
}

static void
return_batch (GTask *task, GPtrArray *batch)
{
  g_task_return_pointer (task, batch, (GDestroyNotify) g_ptr_array_unref);
  g_object_unref (task);
}

static void
return_error (GTask *task, GError *error)
{
  g_task_return_error (task, error);
  g_object_unref (task);
}

/* ---- rows of the disk ---- */

/* Bodies that no disk has are still in memory. */
static void
complete_batch (JumpRecordSource *self, GPtrArray *records)
{
  for (guint i = 0; i < records->len; i++)
    {
      JumpExchangeRecord *record = g_ptr_array_index (records, i);
      g_autoptr (JumpExchangeRecord) recent =
          jump_record_shelf_dup_recent (self->context, record->id);

      if (recent == NULL || (recent->request_body == NULL && recent->reply_body == NULL))
        continue;
      g_ptr_array_index (records, i) = g_steal_pointer (&recent);
      jump_exchange_record_unref (record);
    }
}

static void
on_rows_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  JumpRecordSource *self = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (JumpHistoryPage) page =
      jump_history_store_find_finish (JUMP_HISTORY_STORE (source), result, &error);

  if (page == NULL)
    {
      return_error (task, error);
      return;
    }
  self->query->after_row = page->last_row;
  if (page->last_row == 0)
    self->stage = self->oldest != 0 ? SOURCE_LISTED : SOURCE_END;
  complete_batch (self, page->records);
  return_batch (task, g_ptr_array_ref (page->records));
}

static void
load_rows (JumpRecordSource *self, GTask *task)
{
  JumpHistoryQuery query = *self->query;

  query.page = 0;
  query.per_page = BATCH_RECORDS;
  query.is_oldest_first = TRUE;
  query.with_bodies = TRUE;
  if (self->oldest != 0 && (query.until == 0 || query.until > self->oldest))
    query.until = self->oldest;
  jump_history_store_find_async (self->context->store,
                                 &query,
                                 g_task_get_cancellable (task),
                                 on_rows_found,
                                 task);
}

/* ---- ids ---- */

static void load_next_id (JumpRecordSource *self, GTask *task);

static void
on_record_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  JumpRecordSource *self = g_task_get_task_data (task);
  GError *error = NULL;
  JumpExchangeRecord *record = jump_record_shelf_get_finish (result, &error);

  if (error != NULL)
    {
      return_error (task, error);
      return;
    }
  if (record != NULL) /* it may have been deleted meanwhile */
    g_ptr_array_add (self->batch, record);
  load_next_id (self, task);
}

static void
load_next_id (JumpRecordSource *self, GTask *task)
{
  if (self->n_left > 0 && self->batch->len < BATCH_RECORDS)
    {
      const char *id = g_ptr_array_index (self->ids, --self->n_left);

      jump_record_shelf_get_async (self->context,
                                   id,
                                   g_task_get_cancellable (task),
                                   on_record_found,
                                   task);
      return;
    }
  if (self->n_left == 0)
    self->stage = SOURCE_END;
  return_batch (task, g_steal_pointer (&self->batch));
}

static void
load_ids (JumpRecordSource *self, GTask *task)
{
  g_clear_pointer (&self->batch, g_ptr_array_unref);
  self->batch = new_batch ();
  load_next_id (self, task);
}

static void
on_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  JumpRecordSource *self = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (JumpHistoryPage) page = jump_record_listing_find_finish (result, &error);

  if (page == NULL)
    {
      return_error (task, error);
      return;
    }
  self->ids = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < page->records->len; i++)
    {
      const JumpExchangeRecord *record = g_ptr_array_index (page->records, i);

      if (record->state == JUMP_EXCHANGE_ENDED)
        g_ptr_array_add (self->ids, g_strdup (record->id));
    }
  self->n_left = self->ids->len;
  self->stage = SOURCE_IDS;
  load_ids (self, task);
}

static void
list_ids (JumpRecordSource *self, GTask *task)
{
  JumpHistoryQuery query = *self->query;

  query.from = MAX (query.from, self->oldest);
  query.after_row = 0;
  query.is_oldest_first = FALSE;
  query.with_bodies = FALSE;
  query.page = 1;
  query.per_page = ALL_RECENT;
  jump_record_listing_find_async (self->context,
                                  &query,
                                  g_task_get_cancellable (task),
                                  on_listed,
                                  task);
}

/* ---- */

/**
 * jump_record_source_new:
 * @context: knows memory and store; outlives it
 * @query: its page and order do not count
 *
 * Returns: (transfer full): a source that has loaded nothing yet
 */
JumpRecordSource *
jump_record_source_new (JumpHttpContext *context, const JumpHistoryQuery *query)
{
  JumpRecordSource *self = g_new0 (JumpRecordSource, 1);
  gboolean searches_text = query->text != NULL || query->full_text != NULL;

  self->context = context;
  self->query = jump_history_query_copy (query);
  if (!jump_record_shelf_uses_store (context))
    self->stage = SOURCE_LISTED;
  else if (searches_text)
    self->oldest = find_oldest (context);
  return self;
}

void
jump_record_source_free (JumpRecordSource *self)
{
  jump_history_query_free (self->query);
  g_clear_pointer (&self->ids, g_ptr_array_unref);
  g_clear_pointer (&self->batch, g_ptr_array_unref);
  g_free (self);
}

/**
 * jump_record_source_load_async:
 * @self: has something left
 * @cancellable: (nullable)
 * @callback: called when the next records are there
 * @user_data: for @callback
 */
void
jump_record_source_load_async (JumpRecordSource *self,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, jump_record_source_load_async);
  g_task_set_task_data (task, self, NULL);
  switch (self->stage)
    {
    case SOURCE_STORE:
      load_rows (self, task);
      break;
    case SOURCE_LISTED:
      list_ids (self, task);
      break;
    case SOURCE_IDS:
      load_ids (self, task);
      break;
    case SOURCE_END:
      return_batch (task, new_batch ());
      break;
    }
}

GPtrArray *
jump_record_source_load_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

gboolean
jump_record_source_is_last (const JumpRecordSource *self)
{
  return self->stage == SOURCE_END;
}
