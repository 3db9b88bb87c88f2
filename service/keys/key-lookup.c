/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/keys/key-lookup.h"

#include "service/base/random.h"

#define ID_BYTES 4

JumpClientKey *
jump_key_lookup_find_id (GPtrArray *keys, const char *id)
{
  for (guint i = 0; i < keys->len; i++)
    {
      JumpClientKey *key = g_ptr_array_index (keys, i);

      if (g_str_equal (jump_client_key_get_id (key), id))
        return key;
    }
  return NULL;
}

JumpClientKey *
jump_key_lookup_find (GPtrArray *keys, const char *id_or_name)
{
  JumpClientKey *key = jump_key_lookup_find_id (keys, id_or_name);

  for (guint i = 0; key == NULL && i < keys->len; i++)
    {
      JumpClientKey *other = g_ptr_array_index (keys, i);

      if (g_str_equal (jump_client_key_get_name (other), id_or_name))
        key = other;
    }
  return key;
}

JumpClientKey *
jump_key_lookup_find_hash (GPtrArray *keys, const guint8 hash[JUMP_CLIENT_KEY_HASH_BYTES])
{
  JumpClientKey *found = NULL;

  for (guint i = 0; i < keys->len; i++)
    {
      JumpClientKey *key = g_ptr_array_index (keys, i);

      if (jump_client_key_has_hash (key, hash))
        found = key;
    }
  return found;
}

/**
 * jump_key_lookup_is_taken:
 * @keys: (element-type JumpClientKey): all there are
 * @word: a name or an id to be
 *
 * "Laptop" beside "laptop" helps nobody; nor does a name that is the id of another key.
 *
 * Returns: whether a key is called that
 */
gboolean
jump_key_lookup_is_taken (GPtrArray *keys, const char *word)
{
  for (guint i = 0; i < keys->len; i++)
    {
      JumpClientKey *key = g_ptr_array_index (keys, i);

      if (g_ascii_strcasecmp (jump_client_key_get_id (key), word) == 0 ||
          g_ascii_strcasecmp (jump_client_key_get_name (key), word) == 0)
        return TRUE;
    }
  return FALSE;
}

guint
jump_key_lookup_count (GPtrArray *keys, JumpClientKeyState state)
{
  guint count = 0;

  for (guint i = 0; i < keys->len; i++)
    {
      if (jump_client_key_get_state (g_ptr_array_index (keys, i)) == state)
        count++;
    }
  return count;
}

char *
jump_key_lookup_make_id (GPtrArray *keys)
{
  char *id = jump_random_hex (ID_BYTES);

  while (jump_key_lookup_is_taken (keys, id))
    {
      g_free (id);
      id = jump_random_hex (ID_BYTES);
    }
  return id;
}

GPtrArray *
jump_key_lookup_merge (GPtrArray *before, GPtrArray *newer)
{
  GPtrArray *merged = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < newer->len; i++)
    {
      JumpClientKey *key = g_ptr_array_index (newer, i);
      JumpClientKey *known = jump_key_lookup_find_id (before, jump_client_key_get_id (key));

      if (known != NULL)
        jump_client_key_become (known, key);
      g_ptr_array_add (merged, g_object_ref (known != NULL ? known : key));
    }
  return merged;
}
