/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/error.h"
#include "service/keys/given-keys.h"
#include "service/keys/key-store.h"
#include "tests/support/clock-fake.h"
#include "tests/support/temp-home.h"

#include <string.h>

#define FIRST  "first-secret-of-a-client"
#define SECOND "second-secret-of-a-client"

typedef struct
{
  const char *name;
  const char *content;
  const char *keys;    /* (nullable): the names, separated by commas; NULL is refused */
  const char *problem; /* behind the file's name */
} Case;

static const Case cases[] = {
  { "one", FIRST, "default", NULL },
  { "named", "# ours\n\n  laptop\t " FIRST " \r\nbox " SECOND "\n", "laptop,box", NULL },
  { "empty", "\n", NULL, "is empty" },
  { "comments", "# nothing\n", NULL, "line 1: expected a key" },
  { "short",
    "laptop 0123456789012345678\n",
    NULL,
    "line 1: expected a key of 20 to 512 characters without spaces" },
  { "three-words",
    "a " FIRST "\nb " SECOND " c\n",
    NULL,
    "line 2: expected a key of 20 to 512 characters without spaces" },
  { "bad-name",
    "\n\nlap/top " FIRST "\n",
    NULL,
    "line 3: expected a name of 1 to 64 letters, digits, \"_\", \".\" or \"-\", a space, and a key" },
  { "name-twice",
    "a " FIRST "\nA " SECOND "\n",
    NULL,
    "line 2: expected another name than before" },
  { "key-twice", "a " FIRST "\nb " FIRST "\n", NULL, "line 2: expected another key than before" },
};

static GPtrArray *
read_keys (JumpTempHome *home, const char *content, GError **error)
{
  g_autofree char *path = jump_temp_home_get_path (home, "keys");

  g_assert_true (g_file_set_contents (path, content, -1, NULL));
  return jump_given_keys_read (path, error);
}

static void
test_case (gconstpointer data)
{
  const Case *row = data;
  g_autoptr (JumpTempHome) home = jump_temp_home_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) keys = read_keys (home, row->content, &error);
  g_autoptr (GString) names = g_string_new (NULL);

  if (row->keys == NULL)
    {
      g_assert_null (keys);
      g_assert_error (error, JUMP_ERROR, JUMP_ERROR_SETTINGS);
      g_assert_true (g_str_has_suffix (error->message, row->problem));
      return;
    }
  g_assert_no_error (error);
  for (guint i = 0; i < keys->len; i++)
    {
      const JumpGivenKey *key = g_ptr_array_index (keys, i);

      g_string_append_printf (names, "%s%s", i == 0 ? "" : ",", key->name);
      g_assert_true (jump_secret_text_equal (key->secret, i == 0 ? FIRST : SECOND));
    }
  g_assert_cmpstr (names->str, ==, row->keys);
}

static JumpKeyStore *
open_store (JumpTempHome *home, JumpClock *clock)
{
  g_autofree char *path = jump_temp_home_get_path (home, "data/keys.json");
  g_autoptr (GError) error = NULL;
  JumpKeyStore *store = jump_key_store_new (path, clock);

  jump_key_store_load (store, &error);
  g_assert_no_error (error);
  return store;
}

/* @content: (nullable): as of a file; NULL: none */
static void
take (JumpTempHome *home, JumpKeyStore *store, const char *content)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) given = content == NULL ? NULL : read_keys (home, content, &error);

  g_assert_no_error (error);
  g_assert_true (jump_key_store_take_given (store, given, &error));
  g_assert_no_error (error);
}

static const char *
match (JumpKeyStore *store, const char *secret)
{
  JumpClientKey *key = jump_key_store_match (store, secret);

  return key == NULL ? NULL : jump_client_key_get_name (key);
}

/* What stands in the file is in force from one start to the next; what was decided about a key stays. */
static void
test_store (void)
{
  g_autoptr (JumpTempHome) home = jump_temp_home_new ();
  g_autoptr (JumpClock) clock = jump_clock_fake_new ();
  g_autoptr (JumpKeyStore) store = open_store (home, clock);
  g_autoptr (JumpKeyStore) later = NULL;
  g_autofree char *own = NULL;
  g_autofree char *id = NULL;
  g_autoptr (GError) error = NULL;
  JumpClientKey *key;

  take (home, store, "laptop " FIRST "\n");
  g_assert_cmpstr (match (store, FIRST), ==, "laptop");
  g_assert_true (jump_key_store_has_active (store));
  g_assert_nonnull (jump_key_store_create (store, "own", NULL, &own, &error));
  key = jump_key_store_find (store, "laptop");
  id = g_strdup (jump_client_key_get_id (key));
  g_assert_cmpstr (jump_client_key_get_hint (key), ==, "ient");
  g_assert_true (jump_key_store_set_state (store, id, JUMP_CLIENT_KEY_REVOKED, &error));

  later = open_store (home, clock);
  g_assert_cmpstr (match (later, FIRST), ==, "laptop");
  take (home, later, "laptop " SECOND "\nbox " FIRST "\n");
  g_assert_cmpstr (match (later, SECOND), ==, "laptop");
  g_assert_cmpstr (match (later, FIRST), ==, "box");
  key = jump_key_store_find (later, "laptop");
  g_assert_cmpstr (jump_client_key_get_id (key), ==, id);
  g_assert_cmpint (jump_client_key_get_state (key), ==, JUMP_CLIENT_KEY_REVOKED);

  take (home, later, "box " FIRST "\n");
  g_assert_null (match (later, SECOND));
  take (home, later, NULL);
  g_assert_null (match (later, FIRST));
  g_assert_cmpstr (match (later, own), ==, "own");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (later)), ==, 1);
}

static void
test_taken_name (void)
{
  g_autoptr (JumpTempHome) home = jump_temp_home_new ();
  g_autoptr (JumpClock) clock = jump_clock_fake_new ();
  g_autoptr (JumpKeyStore) store = open_store (home, clock);
  g_autoptr (GPtrArray) given = read_keys (home, "laptop " FIRST "\n", NULL);
  g_autofree char *own = NULL;
  g_autoptr (GError) error = NULL;

  jump_key_store_create (store, "laptop", NULL, &own, &error);
  g_assert_no_error (error);
  g_assert_false (jump_key_store_take_given (store, given, &error));
  g_assert_error (error, JUMP_ERROR, JUMP_ERROR_SETTINGS);
  g_assert_nonnull (strstr (error->message, "jumpseat keys remove laptop"));
  g_assert_null (match (store, FIRST));
  g_assert_cmpstr (match (store, own), ==, "laptop");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/given-keys/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/given-keys/store", test_store);
  g_test_add_func ("/given-keys/taken-name", test_taken_name);
  return g_test_run ();
}
