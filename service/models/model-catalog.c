/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#define G_LOG_DOMAIN "jumpseat-models"

#include "service/models/model-catalog.h"

#include "service/base/error.h"
#include "service/models/catalog-fetch.h"
#include "service/models/catalog-file.h"
#include "service/models/model-list.h"

/* VS Code keeps a list for ten minutes (protocol 4.2). In seconds. */
#define DEFAULT_LIFETIME 600
/* A copy on disk that is older is not served before upstream was asked: a model that came since
 * would be refused as unknown. In seconds. */
#define DISK_TRUST (24 * 60 * 60)
/* While upstream fails, callers do not make it busier than this. In µs. */
#define RETRY_US (15 * G_USEC_PER_SEC)

struct _JumpModelCatalog
{
  GObject parent_instance;

  JumpClock *clock;        /* (owned) */
  JumpCatalogFetch *fetch; /* (owned) */
  JumpCatalogFile *file;   /* (owned) */
  GBytes *builtin;         /* (owned) (nullable) */
  guint lifetime;          /* seconds */

  GPtrArray *models; /* (owned) (element-type JumpModel) */
  GHashTable *by_id; /* (owned) (element-type utf8 JumpModel): keys and values live in models */
  GBytes *raw;       /* (owned) (nullable) */
  JumpCatalogOrigin origin;
  gint64 fetched_at; /* wall seconds */
  gboolean is_disk_read;

  GError *last_error; /* (owned) (nullable): of the last fetch, NULL when it went well */
  gint64 failed_at;   /* monotonic, valid with last_error */
};

static void list_model_iface_init (GListModelInterface *iface);

G_DEFINE_TYPE_WITH_CODE (JumpModelCatalog,
                         jump_model_catalog,
                         G_TYPE_OBJECT,
                         G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

static void
set_models (JumpModelCatalog *self, GPtrArray *models)
{
  guint n_before = self->models->len;

  g_hash_table_remove_all (self->by_id);
  g_ptr_array_unref (self->models);
  self->models = models;
  for (guint i = 0; i < models->len; i++)
    {
      JumpModel *model = g_ptr_array_index (models, i);

      g_hash_table_insert (self->by_id, (gpointer) jump_model_get_id (model), model);
    }
  if (n_before > 0 || models->len > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, n_before, models->len);
}

/* The same bytes leave the models as they are: nobody has to draw them again. */
static gboolean
take_list (JumpModelCatalog *self,
           GBytes *content,
           JumpCatalogOrigin origin,
           gint64 fetched_at,
           GError **error)
{
  gboolean is_same = self->raw != NULL && g_bytes_equal (self->raw, content);
  GPtrArray *models = NULL;

  if (!is_same)
    {
      models = jump_model_list_parse (content, error);
      if (models == NULL)
        return FALSE;
      g_bytes_ref (content);
      g_clear_pointer (&self->raw, g_bytes_unref);
      self->raw = content;
    }
  self->origin = origin;
  self->fetched_at = fetched_at;
  if (models != NULL)
    set_models (self, models);
  return TRUE;
}

static void
read_disk (JumpModelCatalog *self)
{
  g_autoptr (GBytes) content = NULL;
  g_autoptr (GError) error = NULL;
  gint64 written_at = 0;

  if (self->is_disk_read)
    return;
  self->is_disk_read = TRUE;
  if (self->origin == JUMP_CATALOG_LIVE)
    return;
  content = jump_catalog_file_load (self->file, &written_at);
  if (content != NULL && !take_list (self, content, JUMP_CATALOG_DISK, written_at, &error))
    g_debug ("ignoring the copy of the catalogue on disk: %s", error->message);
}

/* Age by wall time, so that a night asleep counts; a clock that was set back makes it stale. */
static gboolean
is_younger_than (JumpModelCatalog *self, gint64 seconds)
{
  gint64 age = jump_clock_get_wall_seconds (self->clock) - self->fetched_at;

  return age >= 0 && age < seconds;
}

/* Whether there is something to serve without waiting for upstream. */
static gboolean
has_servable_list (JumpModelCatalog *self)
{
  if (self->origin == JUMP_CATALOG_DISK)
    return is_younger_than (self, DISK_TRUST) || self->last_error != NULL;
  return self->origin != JUMP_CATALOG_EMPTY;
}

static gboolean
is_fetch_due (JumpModelCatalog *self)
{
  if (self->last_error != NULL)
    return jump_clock_get_monotonic_time (self->clock) - self->failed_at >= RETRY_US;
  return self->origin != JUMP_CATALOG_LIVE || !is_younger_than (self, self->lifetime);
}

static void
fall_back (JumpModelCatalog *self)
{
  g_autoptr (GError) error = NULL;

  read_disk (self);
  if (self->origin == JUMP_CATALOG_EMPTY && self->builtin != NULL &&
      !take_list (self, self->builtin, JUMP_CATALOG_BUILTIN, 0, &error))
    g_debug ("the built-in catalogue cannot be read: %s", error->message);
}

static void
on_answer_wanted (GTask *task, gpointer user_data)
{
  JumpModelCatalog *self = user_data;
  gboolean is_refresh = g_task_get_source_tag (task) == jump_model_catalog_refresh_async;

  if (is_refresh ? self->last_error == NULL : self->origin != JUMP_CATALOG_EMPTY)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_error_copy (self->last_error));
}

static void
on_fetch_ended (GBytes *content, GError *problem, gpointer user_data)
{
  g_autoptr (JumpModelCatalog) self = g_object_ref (user_data);
  g_autoptr (GError) error = problem;
  gint64 now = jump_clock_get_wall_seconds (self->clock);

  if (content != NULL && take_list (self, content, JUMP_CATALOG_LIVE, now, &error))
    jump_catalog_file_save (self->file, content);
  if (error != NULL)
    {
      g_debug ("cannot fetch the catalogue: %s", error->message);
      self->failed_at = jump_clock_get_monotonic_time (self->clock);
      fall_back (self);
    }
  g_clear_error (&self->last_error);
  self->last_error = g_steal_pointer (&error);
}

static GType
jump_model_catalog_get_item_type (GListModel *list)
{
  return JUMP_TYPE_MODEL;
}

static guint
jump_model_catalog_get_n_items (GListModel *list)
{
  return JUMP_MODEL_CATALOG (list)->models->len;
}

static gpointer
jump_model_catalog_get_item (GListModel *list, guint position)
{
  JumpModelCatalog *self = JUMP_MODEL_CATALOG (list);

  if (position >= self->models->len)
    return NULL;
  return g_object_ref (g_ptr_array_index (self->models, position));
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = jump_model_catalog_get_item_type;
  iface->get_n_items = jump_model_catalog_get_n_items;
  iface->get_item = jump_model_catalog_get_item;
}

static void
jump_model_catalog_finalize (GObject *object)
{
  JumpModelCatalog *self = JUMP_MODEL_CATALOG (object);

  g_clear_object (&self->clock);
  g_clear_pointer (&self->fetch, jump_catalog_fetch_free);
  g_clear_pointer (&self->file, jump_catalog_file_free);
  g_clear_pointer (&self->builtin, g_bytes_unref);
  g_clear_pointer (&self->by_id, g_hash_table_unref);
  g_clear_pointer (&self->models, g_ptr_array_unref);
  g_clear_pointer (&self->raw, g_bytes_unref);
  g_clear_error (&self->last_error);
  G_OBJECT_CLASS (jump_model_catalog_parent_class)->finalize (object);
}

static void
jump_model_catalog_class_init (JumpModelCatalogClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = jump_model_catalog_finalize;
}

static void
jump_model_catalog_init (JumpModelCatalog *self)
{
  self->lifetime = DEFAULT_LIFETIME;
  self->models = g_ptr_array_new_with_free_func (g_object_unref);
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
}

/**
 * jump_model_catalog_new:
 * @clock: wall time for the age of the list, monotonic time between failures
 * @source: where the list comes from; copied, what it points to outlives the catalogue
 * @cache_file: (nullable): path of the copy on disk; read when the list is first needed
 * @builtin: (nullable): what to serve when upstream fails and nothing is on disk
 *
 * Returns: (transfer full): an empty catalogue; nothing is fetched yet
 */
JumpModelCatalog *
jump_model_catalog_new (JumpClock *clock,
                        const JumpCatalogSource *source,
                        const char *cache_file,
                        GBytes *builtin)
{
  static const JumpCatalogFetchFuncs funcs = {
    .on_ended = on_fetch_ended,
    .on_answer_wanted = on_answer_wanted,
  };
  JumpModelCatalog *self = g_object_new (JUMP_TYPE_MODEL_CATALOG, NULL);

  self->clock = g_object_ref (clock);
  self->fetch = jump_catalog_fetch_new (source, &funcs, self);
  self->file = jump_catalog_file_new (cache_file);
  self->builtin = builtin == NULL ? NULL : g_bytes_ref (builtin);
  return self;
}

/**
 * jump_model_catalog_set_lifetime:
 * @self: a catalogue
 * @seconds: how long a list counts as fresh; 0 renews it at every use
 */
void
jump_model_catalog_set_lifetime (JumpModelCatalog *self, guint seconds)
{
  self->lifetime = seconds;
}

/**
 * jump_model_catalog_is_ready:
 *
 * A copy on disk counts for a day, the built-in list only after upstream has failed; both are
 * renewed at once. While upstream fails it is asked every 15 s at most.
 *
 * Returns: whether there is a list to serve
 */
gboolean
jump_model_catalog_is_ready (JumpModelCatalog *self)
{
  read_disk (self);
  if (!has_servable_list (self))
    return FALSE;
  if (is_fetch_due (self))
    jump_catalog_fetch_start (self->fetch);
  return TRUE;
}

/**
 * jump_model_catalog_ensure_async:
 * @self: a catalogue
 * @cancellable: (nullable): ends the wait, not the fetch
 * @callback: called from the main loop
 * @user_data: for @callback
 *
 * With neither a list nor a built-in one, the error of a fetch that failed less than 15 s ago is
 * given again without asking upstream.
 */
void
jump_model_catalog_ensure_async (JumpModelCatalog *self,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, jump_model_catalog_ensure_async);
  if (jump_model_catalog_is_ready (self) ||
      (!jump_catalog_fetch_is_running (self->fetch) && !is_fetch_due (self)))
    on_answer_wanted (task, self);
  else
    jump_catalog_fetch_wait (self->fetch, task);
}

/**
 * jump_model_catalog_ensure_finish:
 * @self: a catalogue
 * @result: from the callback
 * @error: what the source said, or JUMP_ERROR_PROTOCOL for a reply that is no catalogue
 *
 * Returns: whether there is a list, of any origin
 */
gboolean
jump_model_catalog_ensure_finish (JumpModelCatalog *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * jump_model_catalog_refresh_async:
 * @self: a catalogue
 * @cancellable: (nullable): ends the wait, not the fetch
 * @callback: called from the main loop
 * @user_data: for @callback
 *
 * Joins a fetch that is under way.
 */
void
jump_model_catalog_refresh_async (JumpModelCatalog *self,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, jump_model_catalog_refresh_async);
  jump_catalog_fetch_wait (self->fetch, task);
}

/**
 * jump_model_catalog_refresh_finish:
 * @self: a catalogue
 * @result: from the callback
 * @error: what the source said, or JUMP_ERROR_PROTOCOL for a reply that is no catalogue; the list
 *   stays as it was
 *
 * Returns: whether the list is a new one
 */
gboolean
jump_model_catalog_refresh_finish (JumpModelCatalog *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * jump_model_catalog_forget:
 * @self: a catalogue
 * @and_disk: whether the copy on disk goes too
 *
 * A fetch for the old account is closed; whoever waits for it gets the list of the new one.
 */
void
jump_model_catalog_forget (JumpModelCatalog *self, gboolean and_disk)
{
  g_clear_error (&self->last_error);
  g_clear_pointer (&self->raw, g_bytes_unref);
  self->origin = JUMP_CATALOG_EMPTY;
  self->fetched_at = 0;
  self->is_disk_read = FALSE;
  if (and_disk)
    jump_catalog_file_remove (self->file);
  set_models (self, g_ptr_array_new_with_free_func (g_object_unref));
  jump_catalog_fetch_restart (self->fetch);
}

/**
 * jump_model_catalog_lookup:
 * @self: a catalogue
 * @id: compared byte for byte; see jump_model_mapping_resolve() for names
 *
 * Returns: (transfer none) (nullable): valid until the next turn of the main loop
 */
JumpModel *
jump_model_catalog_lookup (JumpModelCatalog *self, const char *id)
{
  return g_hash_table_lookup (self->by_id, id);
}

/**
 * jump_model_catalog_get_origin:
 *
 * Returns: where the list comes from that is served now
 */
JumpCatalogOrigin
jump_model_catalog_get_origin (JumpModelCatalog *self)
{
  return self->origin;
}

/**
 * jump_model_catalog_get_fetched_at:
 *
 * Returns: wall time at which upstream sent this list, in seconds; 0 for the built-in one
 */
gint64
jump_model_catalog_get_fetched_at (JumpModelCatalog *self)
{
  return self->fetched_at;
}

/**
 * jump_model_catalog_get_raw:
 *
 * Returns: (transfer none) (nullable): the reply to GET /models as it came
 */
GBytes *
jump_model_catalog_get_raw (JumpModelCatalog *self)
{
  return self->raw;
}

/**
 * jump_model_catalog_get_fetches:
 *
 * Returns: how often upstream was asked since the start
 */
guint
jump_model_catalog_get_fetches (JumpModelCatalog *self)
{
  return jump_catalog_fetch_get_count (self->fetch);
}
