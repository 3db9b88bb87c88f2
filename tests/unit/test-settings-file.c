/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/error.h"
#include "service/settings/settings-content.h"
#include "service/settings/settings-table.h"
#include "service/settings/settings-text.h"
#include "service/settings/settings.h"
#include "tests/support/signal-log.h"
#include "tests/support/temp-home.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define FILE_NAME "config/jumpseat.conf"
#define N_KILLS   30
/* A child that nobody kills ends by itself. */
#define MAX_SAVES 20000

typedef struct
{
  JumpTempHome *home;     /* (owned) */
  JumpSettings *settings; /* (owned) */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->home = jump_temp_home_new ();
  fixture->settings = jump_settings_new (fixture->home->paths->settings_file);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->settings);
  g_clear_pointer (&fixture->home, jump_temp_home_free);
}

static void
write_file (Fixture *fixture, const char *text)
{
  jump_temp_home_write (fixture->home, FILE_NAME, text);
}

static void
load (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  jump_settings_load (fixture->settings, &error);
  g_assert_no_error (error);
}

static void
test_text_set (void)
{
  static const struct
  {
    const char *text;
    const char *expected; /* after port = 5 in [server] */
  } rows[] = {
    { "", "[server]\nport = 5\n" },
    { "# top\n", "# top\n\n[server]\nport = 5\n" },
    { "# top", "# top\n\n[server]\nport = 5\n" },
    { "[server]\n", "[server]\nport = 5\n" },
    { "[server]", "[server]\nport = 5\n" },
    { "[server]\nport=1\n", "[server]\nport = 5\n" },
    { "[server]\n  port =1", "[server]\nport = 5\n" },
    { "[server]\nport=1\nport=2\n", "[server]\nport=1\nport = 5\n" },
    { "[server]\n# port is nice\n#port = 8081\nx=1\n",
      "[server]\n# port is nice\nport = 5\nx=1\n" },
    { "[server]\n#port = 8081\nport = 1\n", "[server]\n#port = 8081\nport = 5\n" },
    { "[server]\nsupport=1\nport2=1\n", "[server]\nsupport=1\nport2=1\nport = 5\n" },
    { "[a]\nport=1\n\n[server]\nx=1\n\n# about b\n[b]\nport=2\n",
      "[a]\nport=1\n\n[server]\nx=1\nport = 5\n\n# about b\n[b]\nport=2\n" },
    { "[a]\n#port=1\n[server]\n[b]\n#port=2\n",
      "[a]\n#port=1\n[server]\nport = 5\n[b]\n#port=2\n" },
    { "[server]\r\nx=1\r\n", "[server]\r\nx=1\r\nport = 5\r\n" },
    { "[server]\nx=1\n[b]\n[server]\nport=3\n", "[server]\nx=1\n[b]\n[server]\nport = 5\n" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = jump_settings_text_set (rows[i].text, "server", "port", "5");
      g_autofree char *again = jump_settings_text_set (text, "server", "port", "5");

      g_assert_cmpstr (text, ==, rows[i].expected);
      g_assert_cmpstr (again, ==, text);
    }
}

static void
test_set (Fixture *fixture, gconstpointer data)
{
  g_autofree char *told = g_strdup_printf ("changed (%d)", JUMP_KEY_LOG_LEVEL);
  g_autoptr (JumpSignalLog) log = jump_signal_log_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *value = NULL;

  write_file (fixture, "# mine\n[log]\n# how loud\nlevel = error # not a comment\n");
  g_assert_false (jump_settings_load (fixture->settings, &error));
  g_clear_error (&error);
  write_file (fixture, "# mine\n[log]\n# how loud\nlevel = error\n\n# end\n");
  load (fixture);
  jump_signal_log_attach (log, G_OBJECT (fixture->settings), "changed");
  jump_settings_set_text (fixture->settings, "log.level", "Debug", &error);
  g_assert_no_error (error);
  jump_signal_log_assert (log, told, NULL);
  jump_settings_set_text (fixture->settings, "server.port", "0", &error);
  g_assert_no_error (error);
  jump_signal_log_assert (log, "changed (1)", NULL);
  text = jump_temp_home_read (fixture->home, FILE_NAME);
  g_assert_cmpstr (text,
                   ==,
                   "# mine\n[log]\n# how loud\nlevel = debug\n\n# end\n\n[server]\nport = 0\n");
  value = jump_settings_get_text (fixture->settings, "log.level", &error);
  g_assert_cmpstr (value, ==, "debug");
}

static void
test_set_wrong (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  write_file (fixture, "[server]\nport = 1\n");
  load (fixture);
  g_assert_false (jump_settings_set_text (fixture->settings, "server.port", "x", &error));
  g_assert_cmpstr (error->message, ==, "server.port: \"x\" is not in 0 to 65535");
  g_clear_error (&error);
  g_assert_false (jump_settings_set_text (fixture->settings, "server.prot", "1", &error));
  g_assert_cmpstr (error->message, ==, "unknown key server.prot (did you mean server.port?)");
  g_clear_error (&error);
  g_assert_false (jump_settings_set_text (fixture->settings, "port", "1", &error));
  g_assert_cmpstr (error->message, ==, "unknown key port (did you mean server.port?)");
  g_clear_error (&error);
  g_assert_null (jump_settings_get_text (fixture->settings, "model_aliases.", &error));
  g_assert_cmpstr (error->message, ==, "unknown key model_aliases.");
  text = jump_temp_home_read (fixture->home, FILE_NAME);
  g_assert_cmpstr (text, ==, "[server]\nport = 1\n");
}

/* Whoever has a broken file can repair it with the same command that sets a value. */
static void
test_set_repairs (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  write_file (fixture, "[server]\nport = 99999\n");
  jump_settings_set_text (fixture->settings, "server.port", "8082", &error);
  g_assert_no_error (error);
  write_file (fixture, "[server]\nport = 99999\n[log]\nlevel = loud\n");
  g_assert_false (jump_settings_set_text (fixture->settings, "server.port", "8083", &error));
  g_assert_error (error, JUMP_ERROR, JUMP_ERROR_SETTINGS);
  g_assert_cmpint (jump_settings_get_int (fixture->settings, JUMP_KEY_SERVER_PORT), ==, 8082);
}

static void
test_set_unwritable (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  jump_temp_home_write (fixture->home, "config", "a file where the folder should be");
  g_assert_false (jump_settings_generate (fixture->settings, &error));
  g_assert_error (error, JUMP_ERROR, JUMP_ERROR_STORE);
  g_assert_cmpint (jump_settings_get_int (fixture->settings, JUMP_KEY_SERVER_PORT), ==, 8081);
}

static void
test_set_through_link (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) file = g_file_new_for_path (fixture->home->paths->settings_file);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  jump_temp_home_write (fixture->home, "dotfiles/my.conf", "[server]\nport = 1\n");
  g_assert_cmpint (g_mkdir_with_parents (fixture->home->paths->config_dir, 0700), ==, 0);
  g_file_make_symbolic_link (file, "../dotfiles/my.conf", NULL, &error);
  g_assert_no_error (error);
  jump_settings_set_text (fixture->settings, "server.port", "2", &error);
  g_assert_no_error (error);
  g_assert_true (g_file_test (fixture->home->paths->settings_file, G_FILE_TEST_IS_SYMLINK));
  text = jump_temp_home_read (fixture->home, "dotfiles/my.conf");
  g_assert_cmpstr (text, ==, "[server]\nport = 2\n");
}

static void
test_generate (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JumpSettingsContent) content = NULL;
  g_auto (GStrv) lines = NULL;
  GStatBuf info;

  jump_settings_generate (fixture->settings, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_stat (jump_settings_get_path (fixture->settings), &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  text = jump_temp_home_read (fixture->home, FILE_NAME);
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_assert_cmpuint (strlen (lines[i]), <=, 100);
      g_assert_true (lines[i][0] == '#' || lines[i][0] == '[' || lines[i][0] == '\0');
    }
  g_assert_nonnull (strstr (text,
                            "# TCP port to listen on; 0 takes any free one.\n"
                            "# Default: 8081. From 0 to 65535. Environment: "
                            "JUMPSEAT_PORT, PORT.\n"
                            "#port = 8081\n"));
  g_assert_nonnull (strstr (text, "#[model_aliases]\n#4 = gpt-4\n"));
  content = jump_settings_content_parse (text, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < JUMP_N_KEYS; i++)
    g_assert_null (content->values[i]);
  g_assert_false (jump_settings_generate (fixture->settings, &error));
  g_assert_error (error, JUMP_ERROR, JUMP_ERROR_SETTINGS);
  g_assert_nonnull (strstr (error->message, jump_settings_get_path (fixture->settings)));
}

/* Whoever removes every # has the defaults, and `config set` finds every key in its place. */
static void
test_generated_is_default (void)
{
  g_autofree char *text = jump_settings_text_new ();
  g_autoptr (GString) active = g_string_new (NULL);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr (JumpSettingsContent) content = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      gboolean is_setting = lines[i][0] == '#' && lines[i][1] != ' ';

      g_string_append_printf (active, "%s\n", lines[i] + (is_setting ? 1 : 0));
    }
  content = jump_settings_content_parse (active->str, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < JUMP_N_KEYS; i++)
    {
      const JumpSettingRow *row = jump_setting_row ((JumpSettingKey) i);
      g_autofree char *one_active =
          jump_settings_text_set (text, row->group, row->name, row->fallback);

      g_assert_cmpstr (content->values[i], ==, row->fallback);
      g_assert_cmpuint (strlen (one_active), ==, strlen (text) - 1);
    }
  for (guint i = 0; i < JUMP_N_TABLES; i++)
    {
      g_autoptr (GPtrArray) rows = jump_setting_table_new_default ((JumpSettingTable) i);

      g_assert_nonnull (content->tables[i]);
      g_assert_true (jump_setting_table_equal (content->tables[i], rows));
    }
}

static void
save_until_killed (JumpSettings *settings)
{
  for (int i = 0; i < MAX_SAVES; i++)
    {
      if (!jump_settings_set_text (settings, "models.default", i % 2 == 0 ? "new" : "old", NULL))
        _exit (1);
    }
  _exit (0);
}

/* Kills a child at any moment of its saving: what it leaves is one version or the other. */
static void
test_killed (Fixture *fixture, gconstpointer data)
{
  g_autofree char *fresh = jump_settings_text_new ();
  g_autofree char *old = jump_settings_text_set (fresh, "models", "default", "old");
  g_autofree char *new = jump_settings_text_set (fresh, "models", "default", "new");
  guint n_new = 0;

  write_file (fixture, old);
  load (fixture);
  for (int i = 0; i < N_KILLS; i++)
    {
      g_autofree char *text = NULL;
      pid_t child = fork ();
      int status;

      if (child == 0)
        save_until_killed (fixture->settings);
      g_assert_cmpint (child, >, 0);
      g_usleep ((gulong) g_test_rand_int_range (0, 15000));
      g_assert_cmpint (kill (child, SIGKILL), ==, 0);
      g_assert_cmpint (waitpid (child, &status, 0), ==, child);
      g_assert_true (WIFSIGNALED (status));
      text = jump_temp_home_read (fixture->home, FILE_NAME);
      n_new += g_strcmp0 (text, new) == 0 ? 1 : 0;
      if (g_strcmp0 (text, new) != 0)
        g_assert_cmpstr (text, ==, old);
      load (fixture);
    }
  g_test_message ("%u of %d children left the new file", n_new, N_KILLS);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/settings-file/" name, Fixture, NULL, set_up, func, tear_down)
  g_test_add_func ("/settings-file/text-set", test_text_set);
  ADD ("set", test_set);
  ADD ("set-wrong", test_set_wrong);
  ADD ("set-repairs", test_set_repairs);
  ADD ("set-unwritable", test_set_unwritable);
  ADD ("set-through-link", test_set_through_link);
  ADD ("generate", test_generate);
  g_test_add_func ("/settings-file/generated-is-default", test_generated_is_default);
  ADD ("killed", test_killed);
  return g_test_run ();
}
