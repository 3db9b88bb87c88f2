/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/error.h"
#include "service/settings/settings.h"
#include "tests/support/temp-home.h"

/* Several changes as one, in the file and for one run. */

typedef struct
{
  JumpTempHome *home;
  char *path;
  JumpSettings *settings;
  GPtrArray *changes;
  GPtrArray *mistakes;
  guint n_changed;
  guint n_tables;
  char *host_names; /* at the first signal */
} Fixture;

static void
on_changed (G_GNUC_UNUSED JumpSettings *settings, int key, gpointer user_data)
{
  Fixture *fixture = user_data;

  g_assert_cmpint (key, <, JUMP_N_KEYS);
  if (fixture->n_changed++ == 0)
    fixture->host_names =
        g_strdup (jump_settings_get_string (fixture->settings, JUMP_KEY_SERVER_HOST_NAMES));
}

static void
on_tables_changed (G_GNUC_UNUSED JumpSettings *settings, gpointer user_data)
{
  ((Fixture *) user_data)->n_tables++;
}

static void
set_up (Fixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
  fixture->home = jump_temp_home_new ();
  fixture->path = jump_temp_home_get_path (fixture->home, "jumpseat.conf");
  fixture->settings = jump_settings_new (fixture->path);
  fixture->changes = jump_settings_changes_new ();
  fixture->mistakes = jump_settings_changes_new ();
  g_signal_connect (fixture->settings, "changed", G_CALLBACK (on_changed), fixture);
  g_signal_connect (fixture->settings, "tables-changed", G_CALLBACK (on_tables_changed), fixture);
}

static void
tear_down (Fixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
  g_assert_finalize_object (fixture->settings);
  g_ptr_array_unref (fixture->changes);
  g_ptr_array_unref (fixture->mistakes);
  g_free (fixture->host_names);
  g_free (fixture->path);
  jump_temp_home_free (fixture->home);
}

static void
change (Fixture *fixture, const char *name, const char *text)
{
  jump_settings_changes_add (fixture->changes, name, text);
}

static void
apply (Fixture *fixture, gboolean is_saved)
{
  g_autoptr (GError) error = NULL;

  jump_settings_set_many (fixture->settings, fixture->changes, is_saved, fixture->mistakes, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (fixture->mistakes->len, ==, 0);
  g_ptr_array_set_size (fixture->changes, 0);
}

static void
assert_text (Fixture *fixture, const char *name, const char *expected)
{
  g_autofree char *text = jump_settings_get_text (fixture->settings, name, NULL);

  g_assert_cmpstr (text, ==, expected);
}

static void
assert_source (Fixture *fixture, JumpSettingKey key, const char *expected)
{
  g_assert_cmpstr (jump_settings_get_source (fixture->settings, key), ==, expected);
}

static void
test_saved (Fixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
  g_autoptr (JumpSettings) other = jump_settings_new (fixture->path);

  change (fixture, "server.port", "9000");
  change (fixture, "server.host_names", "desk.local");
  change (fixture, "model_aliases.fast", "gpt-5-mini");
  change (fixture, "model_aliases.grok", NULL);
  apply (fixture, TRUE);
  g_assert_cmpuint (fixture->n_changed, ==, 2);
  g_assert_cmpuint (fixture->n_tables, ==, 1);
  g_assert_cmpstr (fixture->host_names, ==, "desk.local");
  assert_source (fixture, JUMP_KEY_SERVER_PORT, "file");
  g_assert_true (jump_settings_load (other, NULL));
  g_assert_cmpint (jump_settings_get_int (other, JUMP_KEY_SERVER_PORT), ==, 9000);
  assert_text (fixture, "model_aliases.fast", "gpt-5-mini");
  assert_text (fixture, "model_aliases.grok", NULL);
  assert_text (fixture, "model_aliases.opus", "claude-opus-*");
}

/* All that is wrong is told, and nothing of what is right is done. */
static void
test_mistakes (Fixture *fixture, gconstpointer data)
{
  static const char *const wrong[] = { "server.prot",
                                       "traffic.concurrent",
                                       "model_aliases.bad",
                                       "model_mapping.absent" };
  g_autoptr (GError) error = NULL;

  change (fixture, "server.port", "9000");
  change (fixture, wrong[0], "1");
  change (fixture, wrong[1], "many");
  change (fixture, wrong[2], "two\nlines");
  change (fixture, wrong[3], NULL);
  g_assert_false (jump_settings_set_many (fixture->settings,
                                          fixture->changes,
                                          GPOINTER_TO_INT (data),
                                          fixture->mistakes,
                                          &error));
  g_assert_error (error, JUMP_ERROR, JUMP_ERROR_SETTINGS);
  g_assert_cmpuint (fixture->mistakes->len, ==, G_N_ELEMENTS (wrong));
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      const JumpSettingPair *mistake = g_ptr_array_index (fixture->mistakes, i);

      g_assert_cmpstr (mistake->name, ==, wrong[i]);
      g_assert_nonnull (strstr (error->message, mistake->target));
    }
  g_assert_cmpuint (fixture->n_changed + fixture->n_tables, ==, 0);
  assert_source (fixture, JUMP_KEY_SERVER_PORT, "default");
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
}

static void
test_session (Fixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
  change (fixture, "server.port", "9000");
  change (fixture, "model_aliases.fast", "gpt-5-mini");
  apply (fixture, FALSE);
  assert_source (fixture, JUMP_KEY_SERVER_PORT, "session");
  assert_text (fixture, "server.port", "9000");
  assert_text (fixture, "model_aliases.fast", "gpt-5-mini");
  assert_text (fixture, "model_aliases.opus", "claude-opus-*");
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));

  /* somebody else's change of the file does not end it */
  g_assert_true (g_file_set_contents (fixture->path, "[server]\nport=7000\n", -1, NULL));
  g_assert_true (jump_settings_load (fixture->settings, NULL));
  assert_text (fixture, "server.port", "9000");
  g_assert_cmpuint (fixture->n_changed, ==, 1);

  /* who saves means what is saved */
  g_assert_true (jump_settings_set_text (fixture->settings, "server.port", "9001", NULL));
  assert_text (fixture, "server.port", "9001");
  assert_source (fixture, JUMP_KEY_SERVER_PORT, "file");
  assert_text (fixture, "model_aliases.fast", "gpt-5-mini");
  g_assert_true (jump_settings_set_text (fixture->settings, "model_aliases.slow", "o1", NULL));
  assert_text (fixture, "model_aliases.slow", "o1");
  assert_text (fixture, "model_aliases.fast", NULL);
  g_assert_cmpuint (fixture->n_tables, ==, 2);
}

static void
test_session_reset (Fixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
  g_assert_true (
      jump_settings_override (fixture->settings, JUMP_KEY_SERVER_PORT, "9100", "--port", NULL));
  change (fixture, "server.port", "9000");
  apply (fixture, FALSE);
  assert_text (fixture, "server.port", "9000");
  change (fixture, "server.port", NULL);
  apply (fixture, FALSE);
  assert_source (fixture, JUMP_KEY_SERVER_PORT, "--port");
  change (fixture, "server.port", "9000");
  apply (fixture, FALSE);
  g_assert_true (jump_settings_reset (fixture->settings, "server.port", NULL));
  assert_text (fixture, "server.port", "9100");
}

/* A table can be replaced as a whole, in an order of its own. */
static void
test_whole_table (Fixture *fixture, gconstpointer data)
{
  GPtrArray *table;

  change (fixture, "model_prefix_mapping.gpt-", "gpt-4.1");
  apply (fixture, GPOINTER_TO_INT (data));
  change (fixture, "model_prefix_mapping", NULL);
  change (fixture, "model_prefix_mapping.claude-", "claude-sonnet-4.6");
  change (fixture, "model_prefix_mapping.gpt-", "gpt-5-mini");
  change (fixture, "model_aliases", NULL);
  apply (fixture, GPOINTER_TO_INT (data));
  table = jump_settings_get_table (fixture->settings, JUMP_TABLE_MODEL_PREFIX_MAPPING);
  g_assert_cmpuint (table->len, ==, 2);
  g_assert_cmpstr (((JumpSettingPair *) table->pdata[0])->name, ==, "claude-");
  g_assert_cmpstr (((JumpSettingPair *) table->pdata[1])->target, ==, "gpt-5-mini");
  table = jump_settings_get_table (fixture->settings, JUMP_TABLE_MODEL_ALIASES);
  g_assert_cmpuint (table->len, ==, 0);
  g_assert_cmpuint (fixture->n_tables, ==, 2);
  g_assert_false (jump_settings_reset (fixture->settings, "model_aliases", NULL));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, data, function) g_test_add (path, Fixture, data, set_up, function, tear_down)
  ADD ("/settings-save/saved", NULL, test_saved);
  ADD ("/settings-save/mistakes/saved", GINT_TO_POINTER (TRUE), test_mistakes);
  ADD ("/settings-save/mistakes/session", GINT_TO_POINTER (FALSE), test_mistakes);
  ADD ("/settings-save/session", NULL, test_session);
  ADD ("/settings-save/session-reset", NULL, test_session_reset);
  ADD ("/settings-save/table/saved", GINT_TO_POINTER (TRUE), test_whole_table);
  ADD ("/settings-save/table/session", GINT_TO_POINTER (FALSE), test_whole_table);
  return g_test_run ();
}
