/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/request-archive.h"

#include <gio/gio.h>

#define PER_PAGE 200
/* A screen reader walks through all rows, and nobody scrolls that far. */
#define MOST_OLDER 10000
#define FOUND_KEY  "jump-found"

struct _JumpRequestArchive
{
  GObject parent_instance;

  JumpHistoryRing *ring;     /* (owned) */
  JumpHistoryStore *store;   /* (owned) */
  GPtrArray *older;          /* (owned) (element-type JumpExchangeItem): oldest first */
  GHashTable *ids;           /* (owned) (element-type utf8): of those */
  GPtrArray *marked;         /* (owned) (element-type JumpExchangeItem): of this run, and found */
  gboolean has_marked;       /* since somebody asked */
  GCancellable *cancellable; /* (owned) (nullable): of a page that is on its way */
  char *text;                /* (owned) (nullable) */
  gboolean is_full;
  guint page; /* that came last; 0: none */
  gboolean has_more;
  GError *error; /* (owned) (nullable) */
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static GType
get_item_type (GListModel *model)
{
  return JUMP_TYPE_EXCHANGE_ITEM;
}

static guint
get_n_items (GListModel *model)
{
  JumpRequestArchive *self = JUMP_REQUEST_ARCHIVE (model);

  return self->older->len + g_list_model_get_n_items (G_LIST_MODEL (self->ring));
}

static gpointer
get_item (GListModel *model, guint position)
{
  JumpRequestArchive *self = JUMP_REQUEST_ARCHIVE (model);

  if (position < self->older->len)
    return g_object_ref (g_ptr_array_index (self->older, position));
  return g_list_model_get_item (G_LIST_MODEL (self->ring), position - self->older->len);
}

static void
init_list_model (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (JumpRequestArchive,
                               jump_request_archive,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, init_list_model))

static void
on_ring_changed (JumpRequestArchive *self, guint position, guint removed, guint added)
{
  g_list_model_items_changed (G_LIST_MODEL (self), position + self->older->len, removed, added);
}

static void
mark (JumpExchangeItem *item, gboolean is_found)
{
  g_object_set_data (G_OBJECT (item), FOUND_KEY, GINT_TO_POINTER (is_found));
}

static void
unmark_all (JumpRequestArchive *self)
{
  for (guint i = 0; i < self->marked->len; i++)
    mark (g_ptr_array_index (self->marked, i), FALSE);
  g_ptr_array_set_size (self->marked, 0);
}

/* What is in this run's list already is not shown twice; that it was found is noted. Pages shift while requests come
 * in, so one may have come before. */
static gboolean
is_wanted (JumpRequestArchive *self, const JumpExchangeRecord *record)
{
  JumpExchangeItem *item = jump_history_ring_find (self->ring, record->id);

  if (item == NULL)
    return g_hash_table_add (self->ids, g_strdup (record->id));
  if (self->text != NULL && !jump_request_archive_found (item))
    {
      mark (item, TRUE);
      g_ptr_array_add (self->marked, g_object_ref (item));
      self->has_marked = TRUE;
    }
  return FALSE;
}

static void
take_page (JumpRequestArchive *self, JumpHistoryPage *page)
{
  guint n_added = 0;

  /* newest first, so each goes in front of the one before */
  for (guint i = 0; i < page->records->len; i++)
    {
      JumpExchangeRecord *record = g_ptr_array_index (page->records, i);
      JumpExchangeItem *item;

      if (record->id == NULL || !is_wanted (self, record))
        continue;
      item = jump_exchange_item_new (record);
      mark (item, TRUE);
      g_ptr_array_insert (self->older, 0, item);
      n_added++;
    }
  self->page++;
  self->has_more = page->records->len >= PER_PAGE && self->older->len < MOST_OLDER;
  if (n_added > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, 0, n_added);
}

static void
on_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JumpRequestArchive) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JumpHistoryPage) page =
      jump_history_store_find_finish (JUMP_HISTORY_STORE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->cancellable);
  if (page != NULL)
    take_page (self, page);
  else
    self->error = g_steal_pointer (&error);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
stop_loading (JumpRequestArchive *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_error (&self->error);
}

static void
jump_request_archive_dispose (GObject *object)
{
  JumpRequestArchive *self = JUMP_REQUEST_ARCHIVE (object);

  stop_loading (self);
  if (self->ring != NULL)
    g_signal_handlers_disconnect_by_data (self->ring, self);
  G_OBJECT_CLASS (jump_request_archive_parent_class)->dispose (object);
}

static void
jump_request_archive_finalize (GObject *object)
{
  JumpRequestArchive *self = JUMP_REQUEST_ARCHIVE (object);

  g_clear_object (&self->ring);
  g_clear_object (&self->store);
  unmark_all (self);
  g_ptr_array_unref (self->marked);
  g_hash_table_unref (self->ids);
  g_ptr_array_unref (self->older);
  g_free (self->text);
  G_OBJECT_CLASS (jump_request_archive_parent_class)->finalize (object);
}

static void
jump_request_archive_class_init (JumpRequestArchiveClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = jump_request_archive_dispose;
  object_class->finalize = jump_request_archive_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed",
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
jump_request_archive_init (JumpRequestArchive *self)
{
  self->older = g_ptr_array_new_with_free_func (g_object_unref);
  self->marked = g_ptr_array_new_with_free_func (g_object_unref);
  self->ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->has_more = TRUE;
}

/**
 * jump_request_archive_new:
 * @ring: the exchanges of this run
 * @store: where the older ones are
 *
 * Returns: (transfer full): with those of @ring alone
 */
JumpRequestArchive *
jump_request_archive_new (JumpHistoryRing *ring, JumpHistoryStore *store)
{
  JumpRequestArchive *self = g_object_new (JUMP_TYPE_REQUEST_ARCHIVE, NULL);

  self->ring = g_object_ref (ring);
  self->store = g_object_ref (store);
  g_signal_connect_swapped (ring, "items-changed", G_CALLBACK (on_ring_changed), self);
  return self;
}

void
jump_request_archive_search (JumpRequestArchive *self, const char *text, gboolean is_full)
{
  const char *wanted = text != NULL && *text != '\0' ? text : NULL;

  if (g_strcmp0 (self->text, wanted) == 0 && (self->is_full == is_full || wanted == NULL))
    {
      self->is_full = is_full && wanted != NULL;
      return;
    }
  jump_request_archive_clear (self);
  g_free (self->text);
  self->text = g_strdup (wanted);
  self->is_full = is_full && wanted != NULL;
  if (wanted != NULL)
    jump_request_archive_load (self);
}

void
jump_request_archive_load (JumpRequestArchive *self)
{
  JumpHistoryQuery query = {
    .text = self->is_full ? NULL : self->text,
    .full_text = self->is_full ? self->text : NULL,
    .page = self->page + 1,
    .per_page = PER_PAGE,
  };

  if (self->cancellable != NULL || !self->has_more)
    return;
  g_clear_error (&self->error);
  self->cancellable = g_cancellable_new ();
  jump_history_store_find_async (self->store,
                                 &query,
                                 self->cancellable,
                                 on_found,
                                 g_object_ref (self));
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

void
jump_request_archive_clear (JumpRequestArchive *self)
{
  guint n_older = self->older->len;

  stop_loading (self);
  unmark_all (self);
  g_hash_table_remove_all (self->ids);
  g_ptr_array_set_size (self->older, 0);
  self->page = 0;
  self->has_more = TRUE;
  if (n_older > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, n_older, 0);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

gboolean
jump_request_archive_is_loading (JumpRequestArchive *self)
{
  return self->cancellable != NULL;
}

gboolean
jump_request_archive_has_more (JumpRequestArchive *self)
{
  return self->has_more;
}

guint
jump_request_archive_get_n_older (JumpRequestArchive *self)
{
  return self->older->len;
}

const GError *
jump_request_archive_get_error (JumpRequestArchive *self)
{
  return self->error;
}

gboolean
jump_request_archive_take_marked (JumpRequestArchive *self)
{
  gboolean has_marked = self->has_marked;

  self->has_marked = FALSE;
  return has_marked;
}

gboolean
jump_request_archive_found (JumpExchangeItem *item)
{
  return g_object_get_data (G_OBJECT (item), FOUND_KEY) != NULL;
}
