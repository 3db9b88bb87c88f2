/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/error.h"
#include "service/base/secret-text.h"
#include "service/keys/key-limits.h"
#include "service/keys/key-lookup.h"
#include "service/keys/key-name.h"
#include "service/keys/key-store-private.h"

/* Making and changing keys: on disk first or not at all. */

/* Everything is compared with all of them, and they are written as a whole. */
#define MAX_KEYS 1000

static JumpClientKey *
add (JumpKeyStore *self,
     const char *name,
     const char *display_name,
     const JumpKeyLimits *limits,
     JumpClientKeyState state,
     char **out_secret,
     GError **error)
{
  g_autofree char *id = jump_key_lookup_make_id (self->keys);
  char *secret = jump_key_name_make_secret ();
  JumpClientKey *key = jump_client_key_new (id,
                                            name,
                                            display_name,
                                            secret,
                                            state,
                                            jump_clock_get_wall_seconds (self->clock));

  jump_client_key_set_limits (key, limits);
  g_ptr_array_add (self->keys, key);
  if (!jump_key_store_save (self, error))
    {
      g_ptr_array_remove_index (self->keys, self->keys->len - 1);
      jump_secret_free (secret);
      return NULL;
    }
  *out_secret = secret;
  g_list_model_items_changed (G_LIST_MODEL (self), self->keys->len - 1, 0, 1);
  jump_key_store_emit_changed (self);
  return key;
}

static gboolean
check_room (JumpKeyStore *self, const char *member, const char *name, GError **error)
{
  if (jump_key_lookup_is_taken (self->keys, name))
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
  if (!jump_key_name_check (name, error) || !jump_key_store_look (self, error) ||
      !check_room (self, "name", name, error))
    return NULL;
  return add (self, name, NULL, limits, JUMP_CLIENT_KEY_ACTIVE, out_secret, error);
}

static gboolean
check_pace (JumpKeyStore *self, GError **error)
{
  return jump_sign_up_pace_take (&self->pace,
                                 jump_clock_get_monotonic_time (self->clock),
                                 jump_key_lookup_count (self->keys, JUMP_CLIENT_KEY_PENDING),
                                 error);
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
      !jump_key_name_check_display (display_name, error) || !jump_key_store_look (self, error) ||
      !check_pace (self, error) || !check_room (self, "user_id", name, error))
    return NULL;
  return add (self, name, display_name, NULL, JUMP_CLIENT_KEY_PENDING, out_secret, error);
}

/* ---- changing keys ---- */

static JumpClientKey *
need_key (JumpKeyStore *self, const char *id, GError **error)
{
  g_autofree char *wanted = g_strdup (id); /* may be the key's own, which a look renews */
  JumpClientKey *key;

  if (!jump_key_store_look (self, error))
    return NULL;
  key = jump_key_lookup_find_id (self->keys, wanted);
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
  if (!jump_key_store_save (self, error))
    {
      jump_client_key_set_state (key, before);
      return FALSE;
    }
  jump_key_store_emit_changed (self);
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
  if (!jump_key_store_save (self, error))
    {
      jump_client_key_set_limits (key, &before);
      return FALSE;
    }
  jump_key_store_emit_changed (self);
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
  if (!jump_key_store_save (self, error))
    {
      g_ptr_array_insert (self->keys, (int) index, g_object_ref (key));
      return FALSE;
    }
  g_list_model_items_changed (G_LIST_MODEL (self), index, 1, 0);
  jump_key_store_emit_changed (self);
  return TRUE;
}
