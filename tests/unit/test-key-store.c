/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/error.h"
#include "service/base/secret-text.h"
#include "service/keys/key-store.h"
#include "tests/support/clock-fake.h"
#include "tests/support/signal-log.h"
#include "tests/support/temp-home.h"

#include <string.h>

/* 65 characters */
#define TOO_LONG  "01234567890123456789012345678901234567890123456789012345678901234"
#define FILE_NAME "data/keys.json"
#define WALL      G_GINT64_CONSTANT (1800000000) /* where the clock begins; a whole minute */

typedef struct
{
  JumpTempHome *home;  /* (owned) */
  JumpClock *clock;    /* (owned) */
  JumpKeyStore *store; /* (owned) */
  JumpSignalLog *log;  /* (owned) */
} Fixture;

static JumpKeyStore *
open_store (Fixture *fixture)
{
  g_autofree char *path = jump_temp_home_get_path (fixture->home, FILE_NAME);

  return jump_key_store_new (path, fixture->clock);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->home = jump_temp_home_new ();
  fixture->clock = jump_clock_fake_new ();
  fixture->store = open_store (fixture);
  fixture->log = jump_signal_log_new ();
  jump_signal_log_attach (fixture->log, G_OBJECT (fixture->store), "keys-changed");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  jump_signal_log_clear (fixture->log);
  g_clear_pointer (&fixture->log, jump_signal_log_free);
  g_clear_object (&fixture->store);
  g_assert_cmpuint (jump_clock_fake_count_alarms (fixture->clock), ==, 0);
  g_clear_object (&fixture->clock);
  g_clear_pointer (&fixture->home, jump_temp_home_free);
}

static void
load (JumpKeyStore *store)
{
  g_autoptr (GError) error = NULL;

  jump_key_store_load (store, &error);
  g_assert_no_error (error);
}

/* Returns: (transfer full): its secret */
static char *
create (JumpKeyStore *store, const char *name)
{
  g_autoptr (GError) error = NULL;
  char *secret = NULL;

  jump_key_store_create (store, name, NULL, &secret, &error);
  g_assert_no_error (error);
  return secret;
}

static void
assert_refused (JumpKeyStore *store, const char *name, const char *message)
{
  g_autoptr (GError) error = NULL;
  char *secret = NULL;

  g_assert_null (jump_key_store_create (store, name, NULL, &secret, &error));
  g_assert_error (error, JUMP_ERROR, JUMP_ERROR_BAD_REQUEST);
  g_assert_cmpstr (error->message, ==, message);
  g_assert_null (secret);
}

static void
test_create (Fixture *fixture, gconstpointer data)
{
  g_autofree char *secret = NULL;
  g_autofree char *other = NULL;
  g_autofree char *text = NULL;
  JumpClientKey *key;

  load (fixture->store);
  g_assert_false (jump_key_store_has_active (fixture->store));
  secret = create (fixture->store, "my laptop");
  jump_signal_log_assert (fixture->log, "keys-changed", NULL);
  other = create (fixture->store, "other");
  g_assert_cmpstr (secret, !=, other);
  g_assert_cmpuint (strlen (secret), ==, 47);
  g_assert_true (g_str_has_prefix (secret, "jmp_"));
  g_assert_cmpuint (
      strspn (secret + 4, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"),
      ==,
      43);
  key = jump_key_store_match (fixture->store, secret);
  g_assert_cmpstr (jump_client_key_get_name (key), ==, "my laptop");
  g_assert_cmpstr (jump_client_key_get_hint (key), ==, secret + 43);
  g_assert_cmpint (jump_client_key_get_created (key), ==, WALL);
  g_assert_cmpint (jump_client_key_get_last_used (key), ==, 0);
  g_assert_cmpuint (strlen (jump_client_key_get_id (key)), ==, 8);
  g_assert_true (jump_key_store_find (fixture->store, jump_client_key_get_id (key)) == key);
  g_assert_true (jump_key_store_find (fixture->store, "my laptop") == key);
  g_assert_null (jump_key_store_match (fixture->store, ""));
  g_assert_null (jump_key_store_match (fixture->store, "my laptop"));
  g_assert_true (jump_key_store_has_active (fixture->store));
  text = jump_temp_home_read (fixture->home, FILE_NAME);
  g_assert_null (strstr (text, secret));
  g_assert_null (strstr (text, secret + 4));
}

static void
test_names (Fixture *fixture, gconstpointer data)
{
  static const char *const wrong[] = { "",     " a",   "a ",  "a/b",   "a\nb",
                                       "\xff", "Über", "a\"", TOO_LONG };
  g_autofree char *secret = create (fixture->store, "Laptop");
  JumpClientKey *key = jump_key_store_match (fixture->store, secret);
  g_autofree char *as_id =
      g_strdup_printf ("name: there is a key \"%s\" already", jump_client_key_get_id (key));

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    assert_refused (fixture->store,
                    wrong[i],
                    "name: expected 1 to 64 letters, digits, spaces, \"_\", \".\" or \"-\"");
  assert_refused (fixture->store, "laptop", "name: there is a key \"laptop\" already");
  assert_refused (fixture->store, jump_client_key_get_id (key), as_id);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->store)), ==, 1);
}

static void
test_survives (Fixture *fixture, gconstpointer data)
{
  char *models[] = { (char *) "gpt-4.1", (char *) "claude-*", NULL };
  JumpKeyLimits limits = { models, 7, 2, 1.5 };
  const JumpKeyLimits *read;
  g_autofree char *secret = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JumpKeyStore) again = open_store (fixture);
  JumpClientKey *key;

  jump_key_store_create (fixture->store, "a", &limits, &secret, &error);
  g_assert_no_error (error);
  load (again);
  key = jump_key_store_match (again, secret);
  g_assert_nonnull (key);
  read = jump_client_key_get_limits (key);
  g_assert_cmpuint (read->requests_per_minute, ==, 7);
  g_assert_cmpuint (read->concurrent, ==, 2);
  g_assert_cmpfloat (read->daily_credits, ==, 1.5);
  g_assert_cmpuint (g_strv_length (read->models), ==, 2);
  g_assert_true (jump_client_pass_allows_model (jump_client_key_get_pass (key), "claude-x"));
  g_assert_false (jump_client_pass_allows_model (jump_client_key_get_pass (key), "gpt-4"));
  g_assert_cmpstr (jump_client_key_get_pass (key)->name, ==, "a");
}

static void
test_states (Fixture *fixture, gconstpointer data)
{
  g_autofree char *secret = create (fixture->store, "a");
  JumpClientKey *key = jump_key_store_find (fixture->store, "a");
  const char *id = jump_client_key_get_id (key);
  g_autoptr (JumpKeyStore) again = open_store (fixture);
  g_autoptr (GError) error = NULL;

  jump_signal_log_clear (fixture->log);
  g_assert_true (jump_key_store_set_state (fixture->store, id, JUMP_CLIENT_KEY_REVOKED, &error));
  jump_signal_log_assert (fixture->log, "keys-changed", NULL);
  g_assert_false (jump_key_store_has_active (fixture->store));
  g_assert_true (jump_key_store_match (fixture->store, secret) == key);
  load (again);
  g_assert_cmpint (jump_client_key_get_state (jump_key_store_find (again, "a")),
                   ==,
                   JUMP_CLIENT_KEY_REVOKED);
  g_assert_false (jump_key_store_set_state (fixture->store, id, JUMP_CLIENT_KEY_PENDING, &error));
  g_assert_error (error, JUMP_ERROR, JUMP_ERROR_BAD_REQUEST);
  g_clear_error (&error);
  g_assert_true (jump_key_store_set_state (fixture->store, id, JUMP_CLIENT_KEY_ACTIVE, &error));
  g_assert_true (jump_key_store_has_active (fixture->store));
  g_assert_false (
      jump_key_store_set_state (fixture->store, "nobody", JUMP_CLIENT_KEY_ACTIVE, &error));
  g_assert_error (error, JUMP_ERROR, JUMP_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_true (jump_key_store_remove (fixture->store, id, &error));
  g_assert_null (jump_key_store_match (fixture->store, secret));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->store)), ==, 0);
}

static void
test_sign_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *secret = NULL;
  g_autoptr (GError) error = NULL;
  JumpClientKey *key =
      jump_key_store_sign_up (fixture->store, "ada", "Ada Lovelace", &secret, &error);
  char *other = NULL;

  g_assert_no_error (error);
  g_assert_true (jump_key_store_match (fixture->store, secret) == key);
  g_assert_cmpint (jump_client_key_get_state (key), ==, JUMP_CLIENT_KEY_PENDING);
  g_assert_cmpstr (jump_client_key_get_display_name (key), ==, "Ada Lovelace");
  g_assert_false (jump_key_store_has_active (fixture->store));
  g_assert_null (jump_key_store_sign_up (fixture->store, "a b", "x", &other, &error));
  g_assert_cmpstr (error->message,
                   ==,
                   "user_id: expected 1 to 64 letters, digits, \"_\", \".\" or \"-\"");
  g_clear_error (&error);
  g_assert_null (jump_key_store_sign_up (fixture->store, "b", "a\nb", &other, &error));
  g_assert_cmpstr (error->message, ==, "display_name: expected 1 to 128 characters");
  g_clear_error (&error);
  g_assert_null (jump_key_store_sign_up (fixture->store, "ada", "Eve", &other, &error));
  g_assert_cmpstr (error->message, ==, "user_id: there is a key \"ada\" already");
}

static void
test_sign_up_floods (Fixture *fixture, gconstpointer data)
{
  guint n_made = 0;

  for (int minute = 0; minute < 6; minute++)
    {
      for (int i = 0; i < 8; i++)
        {
          g_autofree char *name = g_strdup_printf ("user-%d-%d", minute, i);
          g_autofree char *secret = NULL;
          g_autoptr (GError) error = NULL;

          if (jump_key_store_sign_up (fixture->store, name, name, &secret, &error) != NULL)
            n_made++;
          else
            g_assert_error (error, JUMP_ERROR, JUMP_ERROR_RATE_LIMITED);
        }
      g_assert_cmpuint (n_made, ==, MIN (20, 5 * (minute + 1)));
      jump_clock_fake_advance (fixture->clock, 60 * 1000);
    }
}

static void
test_last_use (Fixture *fixture, gconstpointer data)
{
  g_autofree char *secret = create (fixture->store, "a");
  JumpClientKey *key = jump_key_store_match (fixture->store, secret);
  g_autofree char *before = jump_temp_home_read (fixture->home, FILE_NAME);
  g_autofree char *during = NULL;
  g_autofree char *after = NULL;
  g_autoptr (JumpKeyStore) again = NULL;

  jump_clock_fake_advance (fixture->clock, 59 * 1000);
  for (int i = 0; i < 3; i++)
    jump_key_store_note_use (fixture->store, key);
  g_assert_cmpint (jump_client_key_get_last_used (key), ==, WALL);
  during = jump_temp_home_read (fixture->home, FILE_NAME);
  g_assert_cmpstr (during, ==, before);
  jump_clock_fake_advance (fixture->clock, 60 * 1000);
  after = jump_temp_home_read (fixture->home, FILE_NAME);
  g_assert_nonnull (strstr (after, "\"last_used\":1800000000"));
  /* what is not on disk yet is written at the end */
  jump_key_store_note_use (fixture->store, key);
  jump_signal_log_clear (fixture->log);
  g_clear_pointer (&fixture->log, jump_signal_log_free);
  g_clear_object (&fixture->store);
  again = open_store (fixture);
  load (again);
  g_assert_cmpint (jump_client_key_get_last_used (jump_key_store_find (again, "a")), ==, WALL + 60);
  fixture->store = g_steal_pointer (&again);
  fixture->log = jump_signal_log_new ();
}

static void
test_in_memory (void)
{
  g_autoptr (JumpClock) clock = jump_clock_fake_new ();
  g_autoptr (JumpKeyStore) store = jump_key_store_new (NULL, clock);
  g_autofree char *secret = NULL;

  load (store);
  secret = create (store, "a");
  jump_key_store_note_use (store, jump_key_store_match (store, secret));
  g_assert_cmpuint (jump_clock_fake_count_alarms (clock), ==, 0);
  g_assert_true (jump_key_store_has_active (store));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/key-store/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("create", test_create);
  ADD ("names", test_names);
  ADD ("survives", test_survives);
  ADD ("states", test_states);
  ADD ("sign-up", test_sign_up);
  ADD ("sign-up-floods", test_sign_up_floods);
  ADD ("last-use", test_last_use);
  g_test_add_func ("/key-store/in-memory", test_in_memory);
  return g_test_run ();
}
