/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/error.h"
#include "service/keys/key-store.h"
#include "tests/support/clock-fake.h"
#include "tests/support/temp-home.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define FILE_NAME "data/keys.json"
#define N_KILLS   30
/* A child that nobody kills ends by itself. */
#define MAX_SAVES 20000
#define HASH      "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"
#define ROW(id, name, more) \
  "{\"id\":\"" id "\",\"name\":\"" name "\",\"sha256\":\"" HASH "\",\"state\":\"active\"" more "}"
#define FILE_OF(rows) "{\"version\":1,\"keys\":[" rows "]}"

typedef struct
{
  JumpTempHome *home;  /* (owned) */
  JumpClock *clock;    /* (owned) */
  char *path;          /* (owned) */
  JumpKeyStore *store; /* (owned) */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->home = jump_temp_home_new ();
  fixture->clock = jump_clock_fake_new ();
  fixture->path = jump_temp_home_get_path (fixture->home, FILE_NAME);
  fixture->store = jump_key_store_new (fixture->path, fixture->clock);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->store);
  g_clear_object (&fixture->clock);
  g_clear_pointer (&fixture->path, g_free);
  g_clear_pointer (&fixture->home, jump_temp_home_free);
}

static void
write_file (Fixture *fixture, const char *text)
{
  jump_temp_home_write (fixture->home, FILE_NAME, text);
}

static guint
count_keys (Fixture *fixture)
{
  return g_list_model_get_n_items (G_LIST_MODEL (fixture->store));
}

static void
load (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  jump_key_store_load (fixture->store, &error);
  g_assert_no_error (error);
}

/* Whatever is wrong: the place is named, no key works, nothing can be made, and the file stays as it is. */
static void
test_broken (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *text;
    const char *place;
  } rows[] = {
    { "", "invalid JSON" },
    { "{", "invalid JSON" },
    { "[]", "expected an object" },
    { "{}", "version: expected 1" },
    { "{\"version\":2,\"keys\":[]}", "version: expected 1" },
    { "{\"version\":1}", "keys: expected a list" },
    { FILE_OF ("7"), "keys[0]: expected an object" },
    { FILE_OF ("{}"), "keys[0].id: expected" },
    { FILE_OF (ROW ("1", "", "")), "keys[0].name: expected" },
    { FILE_OF (ROW ("1", "a", "") ",{\"id\":\"2\",\"name\":\"b\",\"sha256\":\"00\"}"),
      "keys[1].sha256: expected 64" },
    { FILE_OF ("{\"id\":\"2\",\"name\":\"b\",\"sha256\":\"" HASH "\"}"),
      "keys[0].state: expected" },
    { FILE_OF (ROW ("1", "a", ",\"requests_per_minute\":\"7\"")),
      "keys[0].requests_per_minute: expected" },
    { FILE_OF (ROW ("1", "a", ",\"concurrent\":-1")), "keys[0].concurrent: expected" },
    { FILE_OF (ROW ("1", "a", ",\"daily_credits\":true")), "keys[0].daily_credits: expected" },
    { FILE_OF (ROW ("1", "a", ",\"models\":[]")), "keys[0].models: expected" },
    { FILE_OF (ROW ("1", "a", ",\"models\":[\"a\",1]")), "keys[0].models: expected" },
    { FILE_OF (ROW ("1", "a", "") "," ROW ("2", "a", "")), "keys[1].name: keys[0] has the same" },
    { FILE_OF (ROW ("1", "a", "") "," ROW ("1", "b", "")), "keys[1].id: keys[0] has the same" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (JumpKeyStore) store = jump_key_store_new (fixture->path, fixture->clock);
      g_autoptr (GError) error = NULL;
      g_autofree char *secret = NULL;
      g_autofree char *text = NULL;

      write_file (fixture, rows[i].text);
      g_assert_false (jump_key_store_load (store, &error));
      g_assert_error (error, JUMP_ERROR, JUMP_ERROR_STORE);
      g_assert_nonnull (strstr (error->message, fixture->path));
      if (strstr (error->message, rows[i].place) == NULL)
        g_error ("\"%s\" does not say \"%s\"", error->message, rows[i].place);
      g_clear_error (&error);
      g_assert_nonnull (jump_key_store_get_problem (store));
      g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (store)), ==, 0);
      g_assert_null (jump_key_store_create (store, "new", NULL, &secret, &error));
      g_assert_error (error, JUMP_ERROR, JUMP_ERROR_STORE);
      text = jump_temp_home_read (fixture->home, FILE_NAME);
      g_assert_cmpstr (text, ==, rows[i].text);
    }
}

/* The keys of before stay in force until the file makes sense again. */
static void
test_broken_meanwhile (Fixture *fixture, gconstpointer data)
{
  write_file (fixture, FILE_OF (ROW ("1", "a", "")));
  load (fixture);
  write_file (fixture, FILE_OF (ROW ("1", "a", "") ","));
  jump_clock_fake_advance (fixture->clock, 6 * 1000);
  g_assert_true (jump_key_store_has_active (fixture->store));
  g_assert_nonnull (jump_key_store_get_problem (fixture->store));
  write_file (fixture, FILE_OF (ROW ("1", "b", "") "," ROW ("2", "c", "")));
  g_assert_null (jump_key_store_find (fixture->store, "c"));
  jump_clock_fake_advance (fixture->clock, 6 * 1000);
  g_assert_nonnull (jump_key_store_find (fixture->store, "c"));
  g_assert_null (jump_key_store_get_problem (fixture->store));
}

/* What others write is seen, and what is made here does not undo it. */
static void
test_two_writers (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JumpKeyStore) other = jump_key_store_new (fixture->path, fixture->clock);
  g_autoptr (JumpClientKey) key = NULL;
  g_auto (GStrv) secrets = g_new0 (char *, 3);
  g_autoptr (GError) error = NULL;

  load (fixture);
  jump_key_store_create (other, "a", NULL, &secrets[0], &error);
  g_assert_no_error (error);
  jump_key_store_create (fixture->store, "b", NULL, &secrets[1], &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_keys (fixture), ==, 2);
  key = g_object_ref (jump_key_store_find (fixture->store, "a"));
  jump_key_store_note_use (fixture->store, key);
  g_assert_true (jump_key_store_set_state (other,
                                           jump_client_key_get_id (key),
                                           JUMP_CLIENT_KEY_REVOKED,
                                           &error));
  g_assert_nonnull (jump_key_store_find (other, "b"));
  jump_clock_fake_advance (fixture->clock, 61 * 1000);
  /* the same object, revoked; its use was written beside that */
  g_assert_true (jump_key_store_match (fixture->store, secrets[0]) == key);
  g_assert_cmpint (jump_client_key_get_state (key), ==, JUMP_CLIENT_KEY_REVOKED);
  g_assert_cmpint (jump_client_key_get_last_used (jump_key_store_match (other, secrets[0])),
                   ==,
                   1800000000);
  g_assert_cmpint (jump_client_key_get_state (jump_key_store_match (other, secrets[0])),
                   ==,
                   JUMP_CLIENT_KEY_REVOKED);
}

static void
test_unknown_members (Fixture *fixture, gconstpointer data)
{
  g_autofree char *secret = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  write_file (
      fixture,
      "{\"version\":1,\"note\":{\"a\":[1]},\"keys\":[" ROW ("1", "a", ",\"colour\":\"red\"") "]}");
  load (fixture);
  jump_key_store_create (fixture->store, "b", NULL, &secret, &error);
  g_assert_no_error (error);
  g_assert_true (jump_key_store_set_state (fixture->store, "1", JUMP_CLIENT_KEY_REVOKED, &error));
  text = jump_temp_home_read (fixture->home, FILE_NAME);
  g_assert_nonnull (strstr (text, "\"note\":{\"a\":[1]}"));
  g_assert_nonnull (strstr (text, "\"colour\":\"red\""));
  g_assert_nonnull (strstr (text, "\"state\":\"revoked\""));
}

static void
test_mode (Fixture *fixture, gconstpointer data)
{
  g_autofree char *secret = NULL;
  g_autoptr (GError) error = NULL;
  GStatBuf info;

  write_file (fixture, FILE_OF (""));
  g_assert_cmpint (g_chmod (fixture->path, 0644), ==, 0);
  load (fixture);
  g_assert_cmpint (g_stat (fixture->path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  jump_key_store_create (fixture->store, "a", NULL, &secret, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_stat (fixture->path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
}

/* What cannot be written is not in force either. */
static void
test_unwritable (Fixture *fixture, gconstpointer data)
{
  g_autofree char *secret = NULL;
  g_autoptr (GError) error = NULL;

  jump_temp_home_write (fixture->home, "data", "a file where the folder should be");
  g_assert_null (jump_key_store_create (fixture->store, "a", NULL, &secret, &error));
  g_assert_error (error, JUMP_ERROR, JUMP_ERROR_STORE);
  g_assert_null (secret);
  g_assert_cmpuint (count_keys (fixture), ==, 0);
}

static void
save_until_killed (JumpKeyStore *store)
{
  for (int i = 0; i < MAX_SAVES; i++)
    {
      JumpClientKeyState state = i % 2 == 0 ? JUMP_CLIENT_KEY_REVOKED : JUMP_CLIENT_KEY_ACTIVE;

      if (!jump_key_store_set_state (store, "1", state, NULL))
        _exit (1);
    }
  _exit (0);
}

/* Kills a child at any moment of its saving: what it leaves is one version or the other. */
static void
test_killed (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_path_get_dirname (fixture->path);
  g_autofree char *secret = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = NULL;
  guint n_files = 0;

  write_file (fixture, FILE_OF (ROW ("1", "a", "")));
  load (fixture);
  for (int i = 0; i < N_KILLS; i++)
    {
      pid_t child = fork ();
      int status;

      if (child == 0)
        save_until_killed (fixture->store);
      g_assert_cmpint (child, >, 0);
      g_usleep ((gulong) g_test_rand_int_range (0, 15000));
      g_assert_cmpint (kill (child, SIGKILL), ==, 0);
      g_assert_cmpint (waitpid (child, &status, 0), ==, child);
      g_assert_true (WIFSIGNALED (status));
      load (fixture);
      g_assert_cmpuint (count_keys (fixture), ==, 1);
    }
  /* the next write takes away what killed ones left */
  jump_key_store_create (fixture->store, "b", NULL, &secret, &error);
  g_assert_no_error (error);
  dir = g_dir_open (folder, 0, NULL);
  while (g_dir_read_name (dir) != NULL)
    n_files++;
  g_assert_cmpuint (n_files, ==, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/key-file/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("broken", test_broken);
  ADD ("broken-meanwhile", test_broken_meanwhile);
  ADD ("two-writers", test_two_writers);
  ADD ("unknown-members", test_unknown_members);
  ADD ("mode", test_mode);
  ADD ("unwritable", test_unwritable);
  ADD ("killed", test_killed);
  return g_test_run ();
}
