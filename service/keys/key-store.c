/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#define G_LOG_DOMAIN "jumpseat-keys"

#include "service/keys/key-store.h"

#include "service/base/error.h"
#include "service/base/random.h"
#include "service/base/secret-text.h"
#include "service/keys/client-key-private.h"
#include "service/keys/key-file.h"
#include "service/keys/key-limits.h"
#include "service/keys/key-name.h"

#define ID_BYTES 4
/* Everything is compared with all of them, and they are written as a whole. */
#define MAX_KEYS    1000
#define MAX_PENDING 20
/* Sign-ups that may come in a minute: a person comes once. */
#define MAX_SIGN_UPS 5
#define MINUTE_US    (60 * G_USEC_PER_SEC)
/* How long a change of the file by somebody else may go unnoticed. */
#define LOOK_INTERVAL_US (5 * G_USEC_PER_SEC)
#define SAVE_DELAY_MS    (60 * 1000)

struct _JumpKeyStore
{
  GObject parent_instance;

  JumpKeyFile *file;             /* (owned) (nullable): in memory only */
  JumpClock *clock;              /* (owned) */
  GPtrArray *keys;               /* (owned) (element-type JumpClientKey) */
  GError *problem;               /* (owned) (nullable): of the file */
  gint64 looked_at;              /* monotonic µs, at the file */
  guint save_alarm;              /* the last uses are not on disk yet */
  gint64 sign_ups[MAX_SIGN_UPS]; /* monotonic µs, the last ones; 0 none */
};

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

static void
emit_changed (JumpKeyStore *self)
{
  g_signal_emit (self, signals[SIGNAL_KEYS_CHANGED], 0);
}

static JumpClientKey *
find_by_id (GPtrArray *keys, const char *id)
{
  for (guint i = 0; i < keys->len; i++)
    {
      JumpClientKey *key = g_ptr_array_index (keys, i);

      if (g_str_equal (jump_client_key_get_id (key), id))
        return key;
    }
  return NULL;
}

/* "Laptop" beside "laptop" helps nobody; nor does a name that is the id of another key. */
static gboolean
is_taken (JumpKeyStore *self, const char *word)
{
  for (guint i = 0; i < self->keys->len; i++)
    {
      JumpClientKey *key = g_ptr_array_index (self->keys, i);

      if (g_ascii_strcasecmp (jump_client_key_get_id (key), word) == 0 ||
          g_ascii_strcasecmp (jump_client_key_get_name (key), word) == 0)
        return TRUE;
    }
  return FALSE;
}

static char *
make_id (JumpKeyStore *self)
{
  char *id = jump_random_hex (ID_BYTES);

  while (is_taken (self, id))
    {
      g_free (id);
      id = jump_random_hex (ID_BYTES);
    }
  return id;
}

/* ---- the file ---- */

/* Keys that were there before stay the objects that a screen shows. */
static void
take_keys (JumpKeyStore *self, GPtrArray *newer)
{
  guint n_before = self->keys->len;
  g_autoptr (GPtrArray) before = g_steal_pointer (&self->keys);

  self->keys = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < newer->len; i++)
    {
      JumpClientKey *key = g_ptr_array_index (newer, i);
      JumpClientKey *known = find_by_id (before, jump_client_key_get_id (key));

      if (known != NULL)
        jump_client_key_become (known, key);
      g_ptr_array_add (self->keys, g_object_ref (known != NULL ? known : key));
    }
  if (n_before == 0 && self->keys->len == 0)
    return;
  g_list_model_items_changed (G_LIST_MODEL (self), 0, n_before, self->keys->len);
  emit_changed (self);
}

/* Reads what somebody else has written: the command line, or a person. */
static gboolean
look_at_file (JumpKeyStore *self, GError **error)
{
  g_autoptr (GPtrArray) newer = NULL;

  if (self->file == NULL)
    return TRUE;
  self->looked_at = jump_clock_get_monotonic_time (self->clock);
  if (jump_key_file_has_changed (self->file))
    {
      g_clear_error (&self->problem);
      newer = jump_key_file_read (self->file, &self->problem);
      if (newer != NULL)
        take_keys (self, newer);
      else
        emit_changed (self);
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
  if (!look_at_file (self, &error))
    g_debug ("%s", error->message);
}

static gboolean
save (JumpKeyStore *self, GError **error)
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

  if (!look_at_file (self, &error) || !save (self, &error))
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
  return look_at_file (self, error);
}

const GError *
jump_key_store_get_problem (JumpKeyStore *self)
{
  return self->problem;
}

/* ---- making keys ---- */

static JumpClientKey *
add (JumpKeyStore *self,
     const char *name,
     const char *display_name,
     const JumpKeyLimits *limits,
     JumpClientKeyState state,
     char **out_secret,
     GError **error)
{
  g_autofree char *id = make_id (self);
  char *secret = jump_key_name_make_secret ();
  JumpClientKey *key = jump_client_key_new (id,
                                            name,
                                            display_name,
                                            secret,
                                            state,
                                            jump_clock_get_wall_seconds (self->clock));

  jump_client_key_set_limits (key, limits);
  g_ptr_array_add (self->keys, key);
  if (!save (self, error))
    {
      g_ptr_array_remove_index (self->keys, self->keys->len - 1);
      jump_secret_free (secret);
      return NULL;
    }
  *out_secret = secret;
  g_list_model_items_changed (G_LIST_MODEL (self), self->keys->len - 1, 0, 1);
  emit_changed (self);
  return key;
}

static gboolean
check_room (JumpKeyStore *self, const char *member, const char *name, GError **error)
{
  if (is_taken (self, name))
    {
      g_set_error (error,
                   JUMP_ERROR,
                   JUMP_ERROR_BAD_REQUEST,
                   "%s: there is a key \"%s\" already",
                   member,
                   name);
      return FALSE;
    }
  if (self->keys->len < MAX_KEYS)
    return TRUE;
  g_set_error (error,
               JUMP_ERROR,
               JUMP_ERROR_BAD_REQUEST,
               "there are %d keys already; remove some first",
               MAX_KEYS);
  return FALSE;
}

/**
 * jump_key_store_create:
 * @self: a store
 * @name: of the new key, for people
 * @limits: (nullable): copied
 * @out_secret: (out) (transfer full): the only time that anybody sees it; jump_secret_free() it
 * @error: JUMP_ERROR_BAD_REQUEST, JUMP_ERROR_STORE
 *
 * Returns: (transfer none) (nullable): the key, on disk already
 */
JumpClientKey *
jump_key_store_create (JumpKeyStore *self,
                       const char *name,
                       const JumpKeyLimits *limits,
                       char **out_secret,
                       GError **error)
{
  if (!jump_key_name_check (name, error) || !look_at_file (self, error) ||
      !check_room (self, "name", name, error))
    return NULL;
  return add (self, name, NULL, limits, JUMP_CLIENT_KEY_ACTIVE, out_secret, error);
}

static guint
count_in_state (JumpKeyStore *self, JumpClientKeyState state)
{
  guint count = 0;

  for (guint i = 0; i < self->keys->len; i++)
    {
      if (jump_client_key_get_state (g_ptr_array_index (self->keys, i)) == state)
        count++;
    }
  return count;
}

/* Anybody may sign up: that must neither fill the disk nor the list that a person has to read. */
static gboolean
check_sign_ups (JumpKeyStore *self, GError **error)
{
  gint64 now = jump_clock_get_monotonic_time (self->clock);
  guint oldest = 0;

  for (guint i = 1; i < MAX_SIGN_UPS; i++)
    {
      if (self->sign_ups[i] < self->sign_ups[oldest])
        oldest = i;
    }
  if (self->sign_ups[oldest] != 0 && now - self->sign_ups[oldest] < MINUTE_US)
    {
      g_set_error_literal (error,
                           JUMP_ERROR,
                           JUMP_ERROR_RATE_LIMITED,
                           "too many sign-ups; try again in a minute");
      return FALSE;
    }
  self->sign_ups[oldest] = now;
  if (count_in_state (self, JUMP_CLIENT_KEY_PENDING) < MAX_PENDING)
    return TRUE;
  g_set_error (error,
               JUMP_ERROR,
               JUMP_ERROR_RATE_LIMITED,
               "%d sign-ups wait for approval already; ask the owner of this Jumpseat",
               MAX_PENDING);
  return FALSE;
}

/**
 * jump_key_store_sign_up:
 * @self: a store
 * @name: who asks
 * @display_name: what people call them
 * @out_secret: (out) (transfer full): works once somebody has approved it; jump_secret_free() it
 * @error: JUMP_ERROR_BAD_REQUEST, JUMP_ERROR_RATE_LIMITED, JUMP_ERROR_STORE
 *
 * Returns: (transfer none) (nullable): the key, on disk already
 */
JumpClientKey *
jump_key_store_sign_up (JumpKeyStore *self,
                        const char *name,
                        const char *display_name,
                        char **out_secret,
                        GError **error)
{
  if (!jump_key_name_check_user (name, error) ||
      !jump_key_name_check_display (display_name, error) || !look_at_file (self, error) ||
      !check_sign_ups (self, error) || !check_room (self, "user_id", name, error))
    return NULL;
  return add (self, name, display_name, NULL, JUMP_CLIENT_KEY_PENDING, out_secret, error);
}

/* ---- changing keys ---- */

static JumpClientKey *
need_key (JumpKeyStore *self, const char *id, GError **error)
{
  g_autofree char *wanted = g_strdup (id); /* may be the key's own, which a look renews */
  JumpClientKey *key;

  if (!look_at_file (self, error))
    return NULL;
  key = find_by_id (self->keys, wanted);
  if (key == NULL)
    g_set_error (error, JUMP_ERROR, JUMP_ERROR_NOT_FOUND, "there is no client key \"%s\"", wanted);
  return key;
}

/**
 * jump_key_store_set_state:
 * @self: a store
 * @id: of a key
 * @state: active approves and takes a revocation back; pending is only for sign-ups
 * @error: JUMP_ERROR_NOT_FOUND, JUMP_ERROR_BAD_REQUEST, JUMP_ERROR_STORE
 *
 * Returns: whether it is so now, on disk, too
 */
gboolean
jump_key_store_set_state (JumpKeyStore *self,
                          const char *id,
                          JumpClientKeyState state,
                          GError **error)
{
  JumpClientKey *key = need_key (self, id, error);
  JumpClientKeyState before;

  if (key == NULL)
    return FALSE;
  before = jump_client_key_get_state (key);
  if (before == state)
    return TRUE;
  if (state == JUMP_CLIENT_KEY_PENDING)
    {
      g_set_error_literal (error,
                           JUMP_ERROR,
                           JUMP_ERROR_BAD_REQUEST,
                           "state: expected \"active\" or \"revoked\"");
      return FALSE;
    }
  jump_client_key_set_state (key, state);
  if (!save (self, error))
    {
      jump_client_key_set_state (key, before);
      return FALSE;
    }
  emit_changed (self);
  return TRUE;
}

/**
 * jump_key_store_set_limits:
 * @self: a store
 * @id: of a key
 * @limits: (nullable): copied; all of them, NULL for none
 * @error: JUMP_ERROR_NOT_FOUND, JUMP_ERROR_STORE
 *
 * Returns: whether they are in force, on disk, too
 */
gboolean
jump_key_store_set_limits (JumpKeyStore *self,
                           const char *id,
                           const JumpKeyLimits *limits,
                           GError **error)
{
  JumpClientKey *key = need_key (self, id, error);
  g_auto (JumpKeyLimits) before = { 0 };

  if (key == NULL)
    return FALSE;
  jump_key_limits_copy (jump_client_key_get_limits (key), &before);
  jump_client_key_set_limits (key, limits);
  if (!save (self, error))
    {
      jump_client_key_set_limits (key, &before);
      return FALSE;
    }
  emit_changed (self);
  return TRUE;
}

gboolean
jump_key_store_remove (JumpKeyStore *self, const char *id, GError **error)
{
  g_autoptr (JumpClientKey) key = need_key (self, id, error);
  guint index;

  if (key == NULL)
    return FALSE;
  g_object_ref (key);
  g_ptr_array_find (self->keys, key, &index);
  g_ptr_array_remove_index (self->keys, index);
  if (!save (self, error))
    {
      g_ptr_array_insert (self->keys, (int) index, g_object_ref (key));
      return FALSE;
    }
  g_list_model_items_changed (G_LIST_MODEL (self), index, 1, 0);
  emit_changed (self);
  return TRUE;
}

/* ---- finding keys ---- */

JumpClientKey *
jump_key_store_find (JumpKeyStore *self, const char *id_or_name)
{
  JumpClientKey *key;

  look_now_and_then (self);
  key = find_by_id (self->keys, id_or_name);
  for (guint i = 0; key == NULL && i < self->keys->len; i++)
    {
      JumpClientKey *other = g_ptr_array_index (self->keys, i);

      if (g_str_equal (jump_client_key_get_name (other), id_or_name))
        key = other;
    }
  return key;
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
  JumpClientKey *found = NULL;

  look_now_and_then (self);
  jump_client_key_hash (presented, hash);
  /* to the end, whoever it is */
  for (guint i = 0; i < self->keys->len; i++)
    {
      JumpClientKey *key = g_ptr_array_index (self->keys, i);

      if (jump_client_key_has_hash (key, hash))
        found = key;
    }
  return found;
}

gboolean
jump_key_store_has_active (JumpKeyStore *self)
{
  look_now_and_then (self);
  return count_in_state (self, JUMP_CLIENT_KEY_ACTIVE) > 0;
}

void
jump_key_store_note_use (JumpKeyStore *self, JumpClientKey *key)
{
  if (!jump_client_key_note_use (key, jump_clock_get_wall_seconds (self->clock)))
    return;
  if (self->file != NULL && self->save_alarm == 0)
    self->save_alarm = jump_clock_add_alarm (self->clock, SAVE_DELAY_MS, on_save_due, self);
  emit_changed (self);
}
