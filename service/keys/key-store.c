/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#define G_LOG_DOMAIN "jumpseat-keys"

#include "service/keys/key-store.h"

#include "service/keys/key-lookup.h"
#include "service/keys/key-store-private.h"

/* How long a change of the file by somebody else may go unnoticed. */
#define LOOK_INTERVAL_US (5 * G_USEC_PER_SEC)
#define SAVE_DELAY_MS    (60 * 1000)

enum
{
  SIGNAL_KEYS_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static GType
jump_key_store_get_item_type (GListModel *model)
{
  return JUMP_TYPE_CLIENT_KEY;
}

static guint
jump_key_store_get_n_items (GListModel *model)
{
  return ((JumpKeyStore *) model)->keys->len;
}

static gpointer
jump_key_store_get_item (GListModel *model, guint position)
{
  JumpKeyStore *self = (JumpKeyStore *) model;

  return position < self->keys->len ? g_object_ref (g_ptr_array_index (self->keys, position))
                                    : NULL;
}

static void
jump_key_store_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = jump_key_store_get_item_type;
  iface->get_n_items = jump_key_store_get_n_items;
  iface->get_item = jump_key_store_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (JumpKeyStore,
                               jump_key_store,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      jump_key_store_list_model_init))

void
jump_key_store_emit_changed (JumpKeyStore *self)
{
  g_signal_emit (self, signals[SIGNAL_KEYS_CHANGED], 0);
}

/* ---- the file ---- */

/* Keys that were there before stay the objects that a screen shows. */
static void
take_keys (JumpKeyStore *self, GPtrArray *newer)
{
  guint n_before = self->keys->len;
  g_autoptr (GPtrArray) before = g_steal_pointer (&self->keys);

  self->keys = jump_key_lookup_merge (before, newer);
  if (n_before == 0 && self->keys->len == 0)
    return;
  g_list_model_items_changed (G_LIST_MODEL (self), 0, n_before, self->keys->len);
  jump_key_store_emit_changed (self);
}

gboolean
jump_key_store_look (JumpKeyStore *self, GError **error)
{
  g_autoptr (GPtrArray) newer = NULL;

  if (self->file == NULL)
    return TRUE;
  self->looked_at = jump_clock_get_monotonic_time (self->clock);
  if (jump_key_file_has_changed (self->file))
    {
      gboolean had_problem = self->problem != NULL;

      g_clear_error (&self->problem);
      newer = jump_key_file_read (self->file, &self->problem);
      if (newer != NULL)
        take_keys (self, newer);
      if (newer == NULL || had_problem)
        jump_key_store_emit_changed (self);
    }
  if (self->problem == NULL)
    return TRUE;
  if (error != NULL)
    *error = g_error_copy (self->problem);
  return FALSE;
}

static void
look_now_and_then (JumpKeyStore *self)
{
  g_autoptr (GError) error = NULL;
  gint64 now = jump_clock_get_monotonic_time (self->clock);

  if (self->looked_at != 0 && now - self->looked_at < LOOK_INTERVAL_US)
    return;
  if (!jump_key_store_look (self, &error))
    g_debug ("%s", error->message);
}

gboolean
jump_key_store_save (JumpKeyStore *self, GError **error)
{
  if (self->file != NULL && !jump_key_file_write (self->file, self->keys, error))
    return FALSE;
  jump_clock_clear_alarm (self->clock, &self->save_alarm);
  return TRUE;
}

static void
save_last_uses (JumpKeyStore *self)
{
  g_autoptr (GError) error = NULL;

  if (!jump_key_store_look (self, &error) || !jump_key_store_save (self, &error))
    g_debug ("last uses of client keys: %s", error->message);
}

static void
on_save_due (gpointer user_data)
{
  JumpKeyStore *self = user_data;

  self->save_alarm = 0;
  save_last_uses (self);
}

static void
jump_key_store_dispose (GObject *object)
{
  JumpKeyStore *self = JUMP_KEY_STORE (object);

  if (self->save_alarm != 0)
    {
      jump_clock_clear_alarm (self->clock, &self->save_alarm);
      save_last_uses (self);
    }
  g_clear_pointer (&self->file, jump_key_file_free);
  g_clear_object (&self->clock);
  G_OBJECT_CLASS (jump_key_store_parent_class)->dispose (object);
}

static void
jump_key_store_finalize (GObject *object)
{
  JumpKeyStore *self = JUMP_KEY_STORE (object);

  g_clear_pointer (&self->keys, g_ptr_array_unref);
  g_clear_error (&self->problem);
  G_OBJECT_CLASS (jump_key_store_parent_class)->finalize (object);
}

static void
jump_key_store_class_init (JumpKeyStoreClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = jump_key_store_dispose;
  object_class->finalize = jump_key_store_finalize;
  /**
   * JumpKeyStore::keys-changed:
   *
   * There are other keys, or one of them is in another state, has other limits or was used; or the
   * file cannot be read any more, or again.
   */
  signals[SIGNAL_KEYS_CHANGED] = g_signal_new ("keys-changed",
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
jump_key_store_init (JumpKeyStore *self)
{
  self->keys = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * jump_key_store_new:
 * @path: (nullable): keys.json, need not be there; NULL: nothing is kept beyond the run
 * @clock: referenced
 *
 * Returns: (transfer full): nothing is read yet
 */
JumpKeyStore *
jump_key_store_new (const char *path, JumpClock *clock)
{
  JumpKeyStore *self = g_object_new (JUMP_TYPE_KEY_STORE, NULL);

  self->clock = g_object_ref (clock);
  if (path != NULL)
    self->file = jump_key_file_new (path);
  return self;
}

/**
 * jump_key_store_load:
 * @self: a store
 * @error: JUMP_ERROR_STORE
 *
 * Reads the file, again if it has changed.
 *
 * Returns: whether it could be understood
 */
gboolean
jump_key_store_load (JumpKeyStore *self, GError **error)
{
  return jump_key_store_look (self, error);
}

const GError *
jump_key_store_get_problem (JumpKeyStore *self)
{
  return self->problem;
}

/* ---- finding keys ---- */

JumpClientKey *
jump_key_store_find (JumpKeyStore *self, const char *id_or_name)
{
  look_now_and_then (self);
  return jump_key_lookup_find (self->keys, id_or_name);
}

/**
 * jump_key_store_match:
 * @self: a store
 * @presented: what a client shows
 *
 * Returns: (transfer none) (nullable): whose it is, in any state
 */
JumpClientKey *
jump_key_store_match (JumpKeyStore *self, const char *presented)
{
  guint8 hash[JUMP_CLIENT_KEY_HASH_BYTES];

  look_now_and_then (self);
  jump_client_key_hash (presented, hash);
  return jump_key_lookup_find_hash (self->keys, hash);
}

gboolean
jump_key_store_has_active (JumpKeyStore *self)
{
  look_now_and_then (self);
  return jump_key_lookup_count (self->keys, JUMP_CLIENT_KEY_ACTIVE) > 0;
}

void
jump_key_store_note_use (JumpKeyStore *self, JumpClientKey *key)
{
  if (!jump_client_key_note_use (key, jump_clock_get_wall_seconds (self->clock)))
    return;
  if (self->file != NULL && self->save_alarm == 0)
    self->save_alarm = jump_clock_add_alarm (self->clock, SAVE_DELAY_MS, on_save_due, self);
  jump_key_store_emit_changed (self);
}
