/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/record-listing.h"

#include "service/http/record-filter.h"
#include "service/http/record-query.h"
#include "service/http/record-shelf.h"

#define MICROS_PER_SECOND 1000000
/* Of this run, beside what memory says; see find_recent(). */
#define RECENT_ROWS 1000

/* A finished record of memory whose bodies a thread looks into. */
typedef struct
{
  JumpExchangeRecord *record; /* (owned) */
  GBytes *request;            /* (owned) (nullable) */
  GByteArray *reply;          /* (owned) (nullable) */
} Candidate;

typedef struct
{
  JumpHttpContext *context; /* (unowned) */
  JumpHistoryQuery *query;  /* (owned) */
  GPtrArray
      *front; /* (owned) (element-type JumpExchangeRecord): of memory, before those of the store */
  guint n_running;       /* the first so many of front */
  GPtrArray *candidates; /* (owned) (element-type Candidate) */
  gint64 oldest; /* wall second at which what memory holds begins; 0: all is asked of the store */
  gboolean uses_store;
  JumpHistoryPage *page; /* (owned): what comes out */
  guint next_page;       /* of the store; 0: none is needed any more */
  guint n_skipped;       /* records at its begin */
} Listing;

static void
free_candidate (gpointer data)
{
  Candidate *self = data;

  jump_exchange_record_unref (self->record);
  g_clear_pointer (&self->request, g_bytes_unref);
  g_clear_pointer (&self->reply, g_byte_array_unref);
  g_free (self);
}

static GPtrArray *
new_records (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) jump_exchange_record_unref);
}

static void
free_listing (gpointer data)
{
  Listing *self = data;

  jump_history_query_free (self->query);
  g_ptr_array_unref (self->front);
  g_ptr_array_unref (self->candidates);
  g_clear_pointer (&self->page, jump_history_page_free);
  g_free (self);
}

static gboolean
searches_text (const Listing *self)
{
  return self->query->text != NULL || self->query->full_text != NULL;
}

/* ---- what is in memory ---- */

static void
add_candidate (Listing *self, JumpExchangeRecord *record)
{
  Candidate *candidate = g_new0 (Candidate, 1);

  candidate->record = jump_exchange_record_ref (record);
  candidate->request = record->request_body != NULL ? g_bytes_ref (record->request_body) : NULL;
  candidate->reply = record->reply_body != NULL ? g_byte_array_ref (record->reply_body) : NULL;
  g_ptr_array_add (self->candidates, candidate);
}

static void
take_ended (Listing *self, JumpExchangeRecord *record)
{
  gint64 started = record->started_wall / MICROS_PER_SECOND;

  if (self->uses_store && !searches_text (self))
    return; /* the store has it */
  self->oldest = self->oldest == 0 ? started : MIN (self->oldest, started);
  if (!jump_record_filter_matches (self->query, record))
    return;
  if (searches_text (self))
    add_candidate (self, record);
  else
    g_ptr_array_add (self->front, jump_exchange_record_ref (record));
}

static void
take_running (Listing *self, JumpExchangeRecord *record)
{
  if (jump_record_filter_matches (self->query, record) &&
      jump_record_filter_finds (self->query, record, record->request_body, NULL))
    g_ptr_array_insert (self->front, (gint) self->n_running++, jump_exchange_record_ref (record));
}

static void
collect (Listing *self)
{
  GListModel *ring = G_LIST_MODEL (self->context->history);

  for (guint i = g_list_model_get_n_items (ring); i > 0; i--)
    {
      g_autoptr (JumpExchangeItem) item = g_list_model_get_item (ring, i - 1);
      JumpExchangeRecord *record = (JumpExchangeRecord *) jump_exchange_item_get_record (item);

      if (jump_exchange_item_is_running (item))
        take_running (self, record);
      else
        take_ended (self, record);
    }
}

/* ---- the page ---- */

static int
compare_starts (gconstpointer a, gconstpointer b)
{
  const JumpExchangeRecord *first = *(JumpExchangeRecord *const *) a;
  const JumpExchangeRecord *second = *(JumpExchangeRecord *const *) b;

  return (first->started_wall < second->started_wall) -
         (first->started_wall > second->started_wall);
}

static void
finish (GTask *task)
{
  Listing *self = g_task_get_task_data (task);

  g_task_return_pointer (task,
                         g_steal_pointer (&self->page),
                         (GDestroyNotify) jump_history_page_free);
  g_object_unref (task);
}

static void begin (GTask *task);

/* The disk does not do now: this run's are better than nothing. */
static void
go_on_without_store (GTask *task, GError *error)
{
  Listing *self = g_task_get_task_data (task);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  g_error_free (error);
  g_ptr_array_set_size (self->front, 0);
  g_ptr_array_set_size (self->candidates, 0);
  g_clear_pointer (&self->page, jump_history_page_free);
  self->n_running = 0;
  self->uses_store = FALSE;
  begin (task);
}

static void ask_store (GTask *task);

static void
on_page_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Listing *self = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (JumpHistoryPage) found =
      jump_history_store_find_finish (JUMP_HISTORY_STORE (source), result, &error);

  if (found == NULL)
    {
      go_on_without_store (task, error);
      return;
    }
  self->page->total = self->front->len + found->total;
  self->page->is_total_cut = found->is_total_cut;
  for (guint i = self->n_skipped;
       i < found->records->len && self->page->records->len < self->query->per_page;
       i++)
    g_ptr_array_add (self->page->records,
                     jump_exchange_record_ref (g_ptr_array_index (found->records, i)));
  /* What memory puts before it moves the store's pages: a page of ours lies on two of them. */
  if (self->page->records->len < self->query->per_page && self->n_skipped > 0 &&
      found->records->len == self->query->per_page)
    {
      self->n_skipped = 0;
      self->next_page++;
      ask_store (task);
    }
  else
    finish (task);
}

static void
ask_store (GTask *task)
{
  Listing *self = g_task_get_task_data (task);
  JumpHistoryQuery query = *self->query;

  query.page = self->next_page;
  query.with_bodies = FALSE;
  if (self->oldest > 0 && (query.until == 0 || query.until > self->oldest))
    query.until = self->oldest;
  jump_history_store_find_async (self->context->store,
                                 &query,
                                 g_task_get_cancellable (task),
                                 on_page_found,
                                 task);
}

/* Everything of memory that fits is in front. */
static void
cut_page (GTask *task)
{
  Listing *self = g_task_get_task_data (task);
  guint per_page = self->query->per_page;
  guint64 first = (guint64) (self->query->page - 1) * per_page;
  guint64 behind = first > self->front->len ? first - self->front->len : 0;

  self->page = g_new0 (JumpHistoryPage, 1);
  self->page->records = new_records ();
  self->page->total = self->front->len;
  for (guint64 i = first; i < self->front->len && i < first + per_page; i++)
    g_ptr_array_add (self->page->records,
                     jump_exchange_record_ref (g_ptr_array_index (self->front, (guint) i)));
  if (!self->uses_store)
    {
      finish (task);
      return;
    }
  self->next_page = (guint) (behind / per_page) + 1;
  self->n_skipped = (guint) (behind % per_page);
  ask_store (task);
}

/* ---- text ---- */

static void
search_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Listing *self = task_data;

  for (guint i = 0; i < self->candidates->len && !g_cancellable_is_cancelled (cancellable); i++)
    {
      Candidate *candidate = g_ptr_array_index (self->candidates, i);

      if (jump_record_filter_finds (self->query,
                                    candidate->record,
                                    candidate->request,
                                    candidate->reply))
        g_ptr_array_add (self->front, jump_exchange_record_ref (candidate->record));
    }
  g_task_return_boolean (task, TRUE);
}

/* Returns: (transfer full): the ids of front */
static GHashTable *
list_front (const Listing *self)
{
  GHashTable *ids = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < self->front->len; i++)
    g_hash_table_add (ids, ((JumpExchangeRecord *) g_ptr_array_index (self->front, i))->id);
  return ids;
}

static void
on_recent_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Listing *self = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (JumpHistoryPage) found =
      jump_history_store_find_finish (JUMP_HISTORY_STORE (source), result, &error);
  guint n_known = self->front->len;
  g_autoptr (GHashTable) known = list_front (self);

  if (found == NULL)
    {
      go_on_without_store (task, error);
      return;
    }
  for (guint i = 0; i < found->records->len; i++)
    {
      JumpExchangeRecord *record = g_ptr_array_index (found->records, i);

      if (!g_hash_table_contains (known, record->id))
        g_ptr_array_add (self->front, jump_exchange_record_ref (record));
    }
  if (self->front->len > n_known)
    qsort (self->front->pdata + self->n_running,
           self->front->len - self->n_running,
           sizeof (gpointer),
           compare_starts);
  cut_page (task);
}

/* Those that began since memory holds everything, of which the store may know some that memory does not: imported
 * ones, and those whose words it spells in another way. */
static void
find_recent (GTask *task)
{
  Listing *self = g_task_get_task_data (task);
  JumpHistoryQuery query = *self->query;

  if (!self->uses_store || self->oldest == 0 || (query.until != 0 && query.until <= self->oldest))
    {
      cut_page (task);
      return;
    }
  query.from = MAX (query.from, self->oldest);
  query.page = 1;
  query.per_page = RECENT_ROWS;
  query.with_bodies = FALSE;
  jump_history_store_find_async (self->context->store,
                                 &query,
                                 g_task_get_cancellable (task),
                                 on_recent_found,
                                 task);
}

static void
on_searched (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  g_autoptr (GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      g_object_unref (task);
    }
  else
    find_recent (task);
}

static void
begin (GTask *task)
{
  Listing *self = g_task_get_task_data (task);
  g_autoptr (GTask) search = NULL;

  collect (self);
  if (self->candidates->len == 0)
    {
      find_recent (task);
      return;
    }
  search = g_task_new (NULL, g_task_get_cancellable (task), on_searched, task);
  g_task_set_source_tag (search, begin);
  g_task_set_task_data (search, self, NULL);
  g_task_run_in_thread (search, search_in_thread);
}

/**
 * jump_record_listing_find_async:
 * @context: knows memory and store
 * @query: page and per_page are not 0
 * @cancellable: (nullable)
 * @callback: called when the page is there
 * @user_data: for @callback
 *
 * Text is looked for in memory, too, where bodies are that no disk has; in a thread.
 */
void
jump_record_listing_find_async (JumpHttpContext *context,
                                const JumpHistoryQuery *query,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Listing *self = g_new0 (Listing, 1);

  g_task_set_source_tag (task, jump_record_listing_find_async);
  g_task_set_task_data (task, self, free_listing);
  self->context = context;
  self->query = jump_history_query_copy (query);
  self->front = new_records ();
  self->candidates = g_ptr_array_new_with_free_func (free_candidate);
  self->uses_store = jump_record_shelf_uses_store (context);
  begin (task);
}

JumpHistoryPage *
jump_record_listing_find_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
