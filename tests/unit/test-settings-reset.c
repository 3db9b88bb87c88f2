/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/error.h"
#include "service/settings/settings.h"
#include "tests/support/temp-home.h"

/* Taking keys and rows of tables out of the file again. */

typedef struct
{
  JumpTempHome *home;
  char *path;
  JumpSettings *settings;
} Fixture;

#define FILE_NAME "jumpseat.conf"

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->home = jump_temp_home_new ();
  fixture->path = jump_temp_home_get_path (fixture->home, FILE_NAME);
  fixture->settings = jump_settings_new (fixture->path);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->settings);
  g_free (fixture->path);
  jump_temp_home_free (fixture->home);
}

static void
write_and_load (Fixture *fixture, const char *text)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents (fixture->path, text, -1, &error);
  g_assert_no_error (error);
  jump_settings_load (fixture->settings, &error);
  g_assert_no_error (error);
}

static void
reset (Fixture *fixture, const char *name)
{
  g_autoptr (GError) error = NULL;

  jump_settings_reset (fixture->settings, name, &error);
  g_assert_no_error (error);
}

static void
assert_file (Fixture *fixture, const char *text)
{
  g_autofree char *found = NULL;

  g_file_get_contents (fixture->path, &found, NULL, NULL);
  g_assert_cmpstr (found, ==, text);
}

static void
test_key (Fixture *fixture, gconstpointer data)
{
  write_and_load (fixture,
                  "# mine\n[server]\n# why\nport = 9000\nport=9001\n# other\nbody_limit = 2000\n");
  g_assert_cmpint (jump_settings_get_int (fixture->settings, JUMP_KEY_SERVER_PORT), ==, 9001);
  g_assert_false (jump_settings_is_default (fixture->settings, JUMP_KEY_SERVER_PORT));
  reset (fixture, "server.port");
  g_assert_cmpint (jump_settings_get_int (fixture->settings, JUMP_KEY_SERVER_PORT), ==, 8081);
  g_assert_true (jump_settings_is_default (fixture->settings, JUMP_KEY_SERVER_PORT));
  assert_file (fixture, "# mine\n[server]\n# why\n#port = 8081\n# other\nbody_limit = 2000\n");
  /* what is the default already is no mistake */
  reset (fixture, "server.port");
  reset (fixture, "log.level");
  assert_file (fixture, "# mine\n[server]\n# why\n#port = 8081\n# other\nbody_limit = 2000\n");
}

/* The file that is generated, a value in it, and the value gone: as if nothing had been. */
static void
test_there_and_back (Fixture *fixture, gconstpointer data)
{
  g_autofree char *before = NULL;

  g_assert_true (jump_settings_generate (fixture->settings, NULL));
  g_file_get_contents (fixture->path, &before, NULL, NULL);
  for (guint i = 0; i < JUMP_N_KEYS; i++)
    {
      const JumpSettingRow *row = jump_setting_row ((JumpSettingKey) i);
      g_autofree char *name = g_strconcat (row->group, ".", row->name, NULL);
      g_autoptr (GError) error = NULL;

      jump_settings_set_text (fixture->settings, name, row->fallback, &error);
      g_assert_no_error (error);
      g_assert_false (jump_settings_is_default (fixture->settings, (JumpSettingKey) i));
      reset (fixture, name);
      g_assert_true (jump_settings_is_default (fixture->settings, (JumpSettingKey) i));
    }
  assert_file (fixture, before);
}

static void
test_no_file (Fixture *fixture, gconstpointer data)
{
  reset (fixture, "server.port");
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
}

static void
test_windows_line_ends (Fixture *fixture, gconstpointer data)
{
  write_and_load (fixture, "[server]\r\nport = 9000\r\n");
  reset (fixture, "server.port");
  assert_file (fixture, "[server]\r\n#port = 8081\r\n");
}

static void
test_own_row (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  write_and_load (fixture, "[model_aliases]\n# the fast one\nfast.1 = gpt-4.1\nslow = gpt-5.1\n");
  reset (fixture, "model_aliases.fast.1");
  assert_file (fixture, "[model_aliases]\n# the fast one\nslow = gpt-5.1\n");
  g_assert_cmpuint (jump_settings_get_table (fixture->settings, JUMP_TABLE_MODEL_ALIASES)->len,
                    ==,
                    1);
  g_assert_false (jump_settings_reset (fixture->settings, "model_aliases.fast.1", &error));
  g_assert_error (error, JUMP_ERROR, JUMP_ERROR_SETTINGS);
  /* the last one: an empty table is one, too */
  reset (fixture, "model_aliases.slow");
  g_assert_cmpuint (jump_settings_get_table (fixture->settings, JUMP_TABLE_MODEL_ALIASES)->len,
                    ==,
                    0);
}

/* One of the rows that ship can go, and the others stay. */
static void
test_shipped_row (Fixture *fixture, gconstpointer data)
{
  GPtrArray *aliases = jump_settings_get_table (fixture->settings, JUMP_TABLE_MODEL_ALIASES);
  const JumpSettingPair *first = g_ptr_array_index (aliases, 0);
  g_autofree char *name = g_strconcat ("model_aliases.", first->name, NULL);
  guint n_before = aliases->len;
  g_autoptr (GError) error = NULL;
  g_autofree char *gone = NULL;

  g_assert_cmpuint (n_before, >, 1);
  reset (fixture, name);
  aliases = jump_settings_get_table (fixture->settings, JUMP_TABLE_MODEL_ALIASES);
  g_assert_cmpuint (aliases->len, ==, n_before - 1);
  gone = jump_settings_get_text (fixture->settings, name, &error);
  g_assert_null (gone);
}

static void
test_unknown (Fixture *fixture, gconstpointer data)
{
  static const char *const names[] = { "server.prot", "port", "", ".", "model_aliases.", "x.y" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (jump_settings_reset (fixture->settings, names[i], &error));
      g_assert_error (error, JUMP_ERROR, JUMP_ERROR_SETTINGS);
    }
}

static void
on_changed (guint *n_changes)
{
  (*n_changes)++;
}

static void
test_told (Fixture *fixture, gconstpointer data)
{
  guint n_changes = 0;

  write_and_load (fixture, "[server]\nport = 9000\n");
  g_signal_connect_swapped (fixture->settings, "changed", G_CALLBACK (on_changed), &n_changes);
  reset (fixture, "server.port");
  g_assert_cmpuint (n_changes, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/settings-reset/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("key", test_key);
  ADD ("there-and-back", test_there_and_back);
  ADD ("no-file", test_no_file);
  ADD ("windows-line-ends", test_windows_line_ends);
  ADD ("own-row", test_own_row);
  ADD ("shipped-row", test_shipped_row);
  ADD ("unknown", test_unknown);
  ADD ("told", test_told);
#undef ADD
  return g_test_run ();
}
