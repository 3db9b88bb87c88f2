/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/error.h"
#include "service/base/paths.h"
#include "service/keys/given-keys.h"
#include "service/keys/key-lookup.h"
#include "service/keys/key-store-private.h"

/* The keys that come from a file which is not ours. They are kept beside the others, for their
 * limits, their last use, and whoever was revoked. */

static gboolean
is_wanted (GPtrArray *given, JumpClientKey *key)
{
  for (guint i = 0; given != NULL && i < given->len; i++)
    {
      const JumpGivenKey *wanted = g_ptr_array_index (given, i);

      if (g_str_equal (wanted->name, jump_client_key_get_name (key)))
        return TRUE;
    }
  return FALSE;
}

static JumpClientKey *
make_key (JumpKeyStore *self, const JumpGivenKey *given)
{
  g_autofree char *id = jump_key_lookup_make_id (self->keys);
  const char *secret = jump_secret_text_peek (given->secret);
  JumpClientKey *key = jump_client_key_new (id,
                                            given->name,
                                            NULL,
                                            secret,
                                            JUMP_CLIENT_KEY_ACTIVE,
                                            jump_clock_get_wall_seconds (self->clock));

  jump_client_key_set_given (key, secret);
  return key;
}

/* Whether something had to be changed. */
static gboolean
update_key (JumpClientKey *key, const JumpGivenKey *given)
{
  guint8 hash[JUMP_CLIENT_KEY_HASH_BYTES];
  const char *secret = jump_secret_text_peek (given->secret);

  jump_client_key_hash (secret, hash);
  if (jump_client_key_has_hash (key, hash))
    return FALSE;
  jump_client_key_set_given (key, secret);
  return TRUE;
}

static gboolean
check_names (JumpKeyStore *self, GPtrArray *given, GError **error)
{
  for (guint i = 0; given != NULL && i < given->len; i++)
    {
      const JumpGivenKey *wanted = g_ptr_array_index (given, i);
      JumpClientKey *key = jump_key_lookup_find (self->keys, wanted->name);

      if (jump_key_lookup_is_taken (self->keys, wanted->name) &&
          (key == NULL || !jump_client_key_is_given (key)))
        {
          g_set_error (error,
                       JUMP_ERROR,
                       JUMP_ERROR_SETTINGS,
                       "%s: there is a key \"%s\" already that does not come from this file: "
                       "expected another name, or \"jumpseat keys remove %s\" before",
                       JUMP_CLIENT_KEY_FILE_VARIABLE,
                       wanted->name,
                       wanted->name);
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
remove_others (JumpKeyStore *self, GPtrArray *given)
{
  guint n_before = self->keys->len;

  for (guint i = n_before; i > 0; i--)
    {
      JumpClientKey *key = g_ptr_array_index (self->keys, i - 1);

      if (jump_client_key_is_given (key) && !is_wanted (given, key))
        g_ptr_array_remove_index (self->keys, i - 1);
    }
  return self->keys->len != n_before;
}

/**
 * jump_key_store_take_given:
 * @self: a store
 * @given: (nullable) (element-type JumpGivenKey): all there are
 * @error: JUMP_ERROR_SETTINGS, JUMP_ERROR_STORE; then the keys in memory may be ahead of those on disk
 *
 * Returns: whether they are in force, on disk, too
 */
gboolean
jump_key_store_take_given (JumpKeyStore *self, GPtrArray *given, GError **error)
{
  gboolean has_changed;
  guint n_before;

  if (!jump_key_store_look (self, error) || !check_names (self, given, error))
    return FALSE;
  n_before = self->keys->len;
  has_changed = remove_others (self, given);
  for (guint i = 0; given != NULL && i < given->len; i++)
    {
      const JumpGivenKey *wanted = g_ptr_array_index (given, i);
      JumpClientKey *key = jump_key_lookup_find (self->keys, wanted->name);

      if (key != NULL)
        has_changed |= update_key (key, wanted);
      else
        {
          g_ptr_array_add (self->keys, make_key (self, wanted));
          has_changed = TRUE;
        }
    }
  if (!has_changed)
    return TRUE;
  g_list_model_items_changed (G_LIST_MODEL (self), 0, n_before, self->keys->len);
  jump_key_store_emit_changed (self);
  return jump_key_store_save (self, error);
}
