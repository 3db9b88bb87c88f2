/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/error.h"
#include "service/base/limits.h"
#include "service/settings/settings-environment.h"
#include "service/settings/settings-table.h"
#include "service/settings/settings.h"
#include "tests/support/signal-log.h"
#include "tests/support/temp-home.h"

#include <glib/gstdio.h>
#include <string.h>

#define FILE_NAME "config/jumpseat.conf"

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
assert_pair (GPtrArray *table, guint index, const char *name, const char *target)
{
  const JumpSettingPair *pair;

  g_assert_cmpuint (index, <, table->len);
  pair = g_ptr_array_index (table, index);
  g_assert_cmpstr (pair->name, ==, name);
  g_assert_cmpstr (pair->target, ==, target);
}

static void
test_rows (void)
{
  for (guint i = 0; i < JUMP_N_KEYS; i++)
    {
      const JumpSettingRow *row = jump_setting_row ((JumpSettingKey) i);
      g_autofree char *name = NULL;
      g_autoptr (GError) error = NULL;
      JumpSettingKey key;

      g_assert_nonnull (row->group);
      g_assert_nonnull (row->name);
      g_assert_nonnull (row->fallback);
      g_assert_cmpstr (row->doc, !=, NULL);
      g_assert_true (g_str_has_suffix (row->doc, "."));
      g_assert_cmpint (row->choices != NULL, ==, row->type == JUMP_SETTING_CHOICE);
      g_assert_cmpint (row->min < row->max, ==, row->type == JUMP_SETTING_INT);
      jump_setting_check ((JumpSettingKey) i, row->fallback, &error);
      g_assert_no_error (error);
      name = g_strconcat (row->group, ".", row->name, NULL);
      g_assert_true (jump_setting_find (name, &key));
      g_assert_cmpint (key, ==, i);
    }
  g_assert_false (jump_setting_find ("server", NULL));
  g_assert_false (jump_setting_find ("server.", NULL));
  g_assert_false (jump_setting_find ("serverxport", NULL));
}

static void
test_defaults (Fixture *fixture, gconstpointer data)
{
  JumpSettings *settings = fixture->settings;
  GPtrArray *aliases;

  load (fixture);
  g_assert_cmpstr (jump_settings_get_string (settings, JUMP_KEY_SERVER_ADDRESS), ==, "loopback");
  g_assert_cmpint (jump_settings_get_int (settings, JUMP_KEY_SERVER_PORT), ==, 8081);
  g_assert_cmpint (jump_settings_get_int (settings, JUMP_KEY_SERVER_BODY_LIMIT),
                   ==,
                   JUMP_LIMIT_BODY_DEFAULT);
  g_assert_true (jump_settings_get_boolean (settings, JUMP_KEY_MODELS_STRICT));
  g_assert_cmpstr (jump_settings_get_string (settings, JUMP_KEY_UPSTREAM_COPILOT_URL), ==, "");
  g_assert_cmpstr (jump_settings_get_source (settings, JUMP_KEY_SERVER_PORT), ==, "default");
  aliases = jump_settings_get_table (settings, JUMP_TABLE_MODEL_ALIASES);
  assert_pair (aliases, 0, "4", "gpt-4");
  g_assert_cmpuint (jump_settings_get_table (settings, JUMP_TABLE_MODEL_MAPPING)->len, ==, 0);
  g_assert_false (g_file_test (jump_settings_get_path (settings), G_FILE_TEST_EXISTS));
}

static void
test_check (void)
{
  static const struct
  {
    JumpSettingKey key;
    const char *text;
    const char *message; /* NULL: good */
  } rows[] = {
    { JUMP_KEY_SERVER_PORT, "0", NULL },
    { JUMP_KEY_SERVER_PORT, " 65535 ", NULL },
    { JUMP_KEY_SERVER_PORT, "99999", "server.port: \"99999\" is not in 0 to 65535" },
    { JUMP_KEY_SERVER_PORT, "-1", "server.port: \"-1\" is not in 0 to 65535" },
    { JUMP_KEY_SERVER_PORT, "80x", "server.port: \"80x\" is not in 0 to 65535" },
    { JUMP_KEY_SERVER_PORT, "", "server.port: \"\" is not in 0 to 65535" },
    { JUMP_KEY_SERVER_PORT,
      "99999999999999999999",
      "server.port: \"99999999999999999999\" is not in 0 to 65535" },
    { JUMP_KEY_SERVER_ADDRESS, "127.0.0.1", NULL },
    { JUMP_KEY_SERVER_ADDRESS, "Any", NULL },
    { JUMP_KEY_SERVER_ADDRESS, "0.0.0.0", NULL },
    { JUMP_KEY_SERVER_ADDRESS, "fe80::1", NULL },
    { JUMP_KEY_SERVER_ADDRESS,
      "localhost",
      "server.address: \"localhost\" is not loopback, any, or an IP address" },
    { JUMP_KEY_SERVER_ADDRESS,
      "0.0.0.0:80",
      "server.address: \"0.0.0.0:80\" is not loopback, any, or an IP address" },
    { JUMP_KEY_SERVER_HOST_NAMES, "Box.Local, 192.168.1.7,::1", NULL },
    { JUMP_KEY_SERVER_HOST_NAMES,
      "box:80",
      "server.host_names: \"box:80\" is not a list, separated by commas, of host names or IP addresses "
      "without ports" },
    { JUMP_KEY_SERVER_ALLOWED_ORIGINS, "https://chat.example, http://localhost:3000", NULL },
    { JUMP_KEY_SERVER_ALLOWED_ORIGINS,
      "*",
      "server.allowed_origins: \"*\" is not a list, separated by commas, of origins, as in "
      "https://chat.example or app://name" },
    { JUMP_KEY_SERVER_ALLOWED_ORIGINS,
      "app://Name, chrome-extension://abc, tauri://localhost",
      NULL },
    { JUMP_KEY_SERVER_ALLOWED_ORIGINS,
      "null",
      "server.allowed_origins: \"null\" is not a list, separated by commas, of origins, as in "
      "https://chat.example or app://name" },
    { JUMP_KEY_SERVER_ALLOWED_ORIGINS,
      "app://*",
      "server.allowed_origins: \"app://*\" is not a list, separated by commas, of origins, as in "
      "https://chat.example or app://name" },
    { JUMP_KEY_SERVER_ALLOWED_ORIGINS,
      "file://name",
      "server.allowed_origins: \"file://name\" is not a list, separated by commas, of origins, as in "
      "https://chat.example or app://name" },
    { JUMP_KEY_SERVER_ALLOWED_ORIGINS,
      "https://chat.example/",
      "server.allowed_origins: \"https://chat.example/\" is not a list, separated by commas, of "
      "origins, as in https://chat.example or app://name" },
    { JUMP_KEY_LOG_LEVEL, "DEBUG", NULL },
    { JUMP_KEY_SCREEN_LANGUAGE, "zh_CN", NULL },
    { JUMP_KEY_SCREEN_LANGUAGE, "PT_br", NULL },
    { JUMP_KEY_LOG_LEVEL, "loud", "log.level: \"loud\" is not one of debug, info, warning, error" },
    { JUMP_KEY_MODELS_STRICT, "no", NULL },
    { JUMP_KEY_MODELS_STRICT, "On", NULL },
    { JUMP_KEY_MODELS_STRICT, "maybe", "models.strict: \"maybe\" is not true or false" },
    { JUMP_KEY_MODELS_DEFAULT, "", "models.default: \"\" is not allowed to be empty" },
    { JUMP_KEY_MODELS_DEFAULT, "a\nb", "models.default: \"a\\nb\" is not a text of one line" },
    { JUMP_KEY_UPSTREAM_GITHUB_URL, "https://octo.ghe.com/", NULL },
    { JUMP_KEY_UPSTREAM_GITHUB_URL, "http://127.0.0.1:9", NULL },
    { JUMP_KEY_UPSTREAM_GITHUB_URL, "http://127.9.9.9/x", NULL },
    { JUMP_KEY_UPSTREAM_GITHUB_URL, "http://[::1]:80", NULL },
    { JUMP_KEY_UPSTREAM_GITHUB_URL, "http://LocalHost:1", NULL },
    { JUMP_KEY_UPSTREAM_COPILOT_URL, "", NULL },
    { JUMP_KEY_UPSTREAM_PROXY, "http://joe:x@proxy:3128", NULL },
    { JUMP_KEY_UPSTREAM_PROXY, "socks5h://10.0.0.1", NULL },
    { JUMP_KEY_UPSTREAM_PROXY,
      "ftp://joe:x@proxy",
      "upstream.proxy: \"***\" is not the address of an http, https, socks4, socks4a, socks5 or socks5h proxy" },
    { JUMP_KEY_UPSTREAM_PROXY,
      "proxy:3128",
      "upstream.proxy: \"proxy:3128\" is not the address of an http, https, socks4, socks4a, socks5 or socks5h proxy" },
    { JUMP_KEY_UPSTREAM_SCOPE, "", NULL },
    { JUMP_KEY_IDENTITY_USER_AGENT, "a b", NULL },
    { JUMP_KEY_IDENTITY_USER_AGENT, "\xff", "identity.user_agent: \"?\" is not valid UTF-8" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_cmpint (jump_setting_check (rows[i].key, rows[i].text, &error),
                       ==,
                       rows[i].message == NULL);
      if (rows[i].message == NULL)
        continue;
      g_assert_error (error, JUMP_ERROR, JUMP_ERROR_SETTINGS);
      g_assert_cmpstr (error->message, ==, rows[i].message);
    }
}

static void
test_check_urls (void)
{
  static const char *const wrong[] = {
    "",
    "github.com",
    "http://github.com",
    "http://127.0.0.1.evil.com",
    "http://localhost.evil.com",
    "http://127.1",
    "ftp://127.0.0.1",
    "https://",
    "https:///x",
    "https://user@host",
    "https://host?x=1",
    "https://host#x",
    "https://ho st",
    "https://host:99999",
    "http://[::2]",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", wrong[i]);
      g_assert_false (jump_setting_check (JUMP_KEY_UPSTREAM_GITHUB_URL, wrong[i], &error));
      g_assert_error (error, JUMP_ERROR, JUMP_ERROR_SETTINGS);
    }
}

static void
test_load (Fixture *fixture, gconstpointer data)
{
  JumpSettings *settings = fixture->settings;

  write_file (fixture,
              "\xef\xbb\xbf# mine\n[server]\nport = 9000\n[upstream]\n"
              "github_url=https://octo.ghe.com//\nca_file = C:\\certs\\new.pem\n"
              "[models]\nstrict = No\n[log]\nlevel=Warning\n");
  load (fixture);
  g_assert_cmpint (jump_settings_get_int (settings, JUMP_KEY_SERVER_PORT), ==, 9000);
  g_assert_cmpstr (jump_settings_get_string (settings, JUMP_KEY_UPSTREAM_GITHUB_URL),
                   ==,
                   "https://octo.ghe.com");
  g_assert_cmpstr (jump_settings_get_string (settings, JUMP_KEY_UPSTREAM_CA_FILE),
                   ==,
                   "C:\\certs\\new.pem");
  g_assert_false (jump_settings_get_boolean (settings, JUMP_KEY_MODELS_STRICT));
  g_assert_cmpstr (jump_settings_get_string (settings, JUMP_KEY_LOG_LEVEL), ==, "warning");
  g_assert_cmpstr (jump_settings_get_source (settings, JUMP_KEY_LOG_LEVEL), ==, "file");
  g_assert_cmpstr (jump_settings_get_source (settings, JUMP_KEY_IDENTITY_INTENT), ==, "default");
}

static void
test_load_wrong (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JumpSignalLog) log = jump_signal_log_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *message = NULL;

  write_file (fixture, "[server]\nport=9000\n");
  load (fixture);
  jump_signal_log_attach (log, G_OBJECT (fixture->settings), "changed");
  write_file (fixture,
              "[server]\nport=99999\nprot=1\nbody_limit=2048\n[sever]\nport=1\n[nonsense]\n"
              "[nonsense2]\nwhatever=1\n[model_aliases]\nx=\n[budgets]\nday=12 stop\n"
              "[log]\nlevel=loud\n");
  g_assert_false (jump_settings_load (fixture->settings, &error));
  g_assert_error (error, JUMP_ERROR, JUMP_ERROR_SETTINGS);
  message = g_strdup_printf ("settings file %s: server.port: \"99999\" is not in 0 to 65535; "
                             "unknown key server.prot (did you mean server.port?); "
                             "unknown key sever.port (did you mean server.port?); "
                             "unknown group [nonsense]; unknown key nonsense2.whatever; "
                             "model_aliases.x: \"\" is no model; "
                             "budgets.day: \"12 stop\" is not one of warn, ask, cheaper, refuse; "
                             "log.level: \"loud\" is not one of debug, info, warning, error",
                             jump_settings_get_path (fixture->settings));
  g_assert_cmpstr (error->message, ==, message);
  g_assert_cmpint (jump_settings_get_int (fixture->settings, JUMP_KEY_SERVER_PORT), ==, 9000);
  jump_signal_log_assert (log, NULL);
}

static void
test_load_broken (Fixture *fixture, gconstpointer data)
{
  static const char *const texts[] = { "port=1\n",
                                       "[server]\nport\n",
                                       "[server\nport=1\n",
                                       "\xff\xfe",
                                       "[server]\nport=1\xff\n" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      write_file (fixture, texts[i]);
      g_assert_false (jump_settings_load (fixture->settings, &error));
      g_assert_error (error, JUMP_ERROR, JUMP_ERROR_SETTINGS);
      g_assert_true (g_str_has_prefix (error->message, "settings file "));
    }
}

static void
test_load_folder (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  write_file (fixture, "");
  g_assert_cmpint (g_remove (fixture->home->paths->settings_file), ==, 0);
  g_assert_cmpint (g_mkdir (fixture->home->paths->settings_file, 0700), ==, 0);
  g_assert_false (jump_settings_load (fixture->settings, &error));
  g_assert_error (error, JUMP_ERROR, JUMP_ERROR_SETTINGS);
}

static void
test_layers (Fixture *fixture, gconstpointer data)
{
  JumpSettings *settings = fixture->settings;
  g_autoptr (JumpSignalLog) log = jump_signal_log_new ();
  g_autoptr (GError) error = NULL;

  jump_signal_log_attach (log, G_OBJECT (settings), "changed");
  write_file (fixture, "[server]\nport=1001\n");
  load (fixture);
  jump_signal_log_assert (log, "changed (1)", NULL);
  g_setenv ("PORT", "1002", TRUE);
  g_assert_true (jump_settings_apply_environment (settings, &error));
  g_assert_cmpint (jump_settings_get_int (settings, JUMP_KEY_SERVER_PORT), ==, 1002);
  g_assert_cmpstr (jump_settings_get_source (settings, JUMP_KEY_SERVER_PORT), ==, "PORT");
  g_setenv ("JUMPSEAT_PORT", "1003", TRUE);
  g_assert_true (jump_settings_apply_environment (settings, &error));
  g_assert_cmpint (jump_settings_get_int (settings, JUMP_KEY_SERVER_PORT), ==, 1003);
  g_assert_cmpstr (jump_settings_get_source (settings, JUMP_KEY_SERVER_PORT), ==, "JUMPSEAT_PORT");
  g_assert_true (jump_settings_override (settings, JUMP_KEY_SERVER_PORT, "1004", "--port", &error));
  g_assert_cmpint (jump_settings_get_int (settings, JUMP_KEY_SERVER_PORT), ==, 1004);
  g_assert_cmpstr (jump_settings_get_source (settings, JUMP_KEY_SERVER_PORT), ==, "--port");
  jump_signal_log_assert (log, "changed (1)", "changed (1)", "changed (1)", NULL);
  write_file (fixture, "[server]\nport=1005\n");
  load (fixture);
  g_assert_cmpint (jump_settings_get_int (settings, JUMP_KEY_SERVER_PORT), ==, 1004);
  g_assert_false (jump_settings_override (settings, JUMP_KEY_SERVER_PORT, "x", "--port", &error));
  g_assert_cmpstr (error->message, ==, "--port: server.port: \"x\" is not in 0 to 65535");
  jump_signal_log_assert (log, NULL);
  g_unsetenv ("PORT");
  g_unsetenv ("JUMPSEAT_PORT");
}

static void
test_environment_wrong (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_setenv ("JUMPSEAT_PORT", "x", TRUE);
  g_setenv ("JUMPSEAT_SECRETS", "cloud", TRUE);
  g_assert_false (jump_settings_apply_environment (fixture->settings, &error));
  g_assert_error (error, JUMP_ERROR, JUMP_ERROR_SETTINGS);
  g_assert_cmpstr (error->message,
                   ==,
                   "server.port: \"x\" is not in 0 to 65535 (from JUMPSEAT_PORT); "
                   "secrets.backend: \"cloud\" is not one of auto, keyring, file "
                   "(from JUMPSEAT_SECRETS)");
  g_unsetenv ("JUMPSEAT_PORT");
  g_unsetenv ("JUMPSEAT_SECRETS");
}

static void
test_environment_level (void)
{
  static const struct
  {
    const char *own;
    const char *log_level;
    const char *debug;
    const char *level; /* NULL: nothing said */
    const char *variable;
  } rows[] = {
    { NULL, NULL, NULL, NULL, NULL },
    { "error", "debug", "1", "error", "JUMPSEAT_LOG" },
    { NULL, "warn", "1", "warning", "LOG_LEVEL" },
    { NULL, "WARN", NULL, "warning", "LOG_LEVEL" },
    { NULL, "trace", NULL, "debug", "LOG_LEVEL" },
    { NULL, "fatal", NULL, "error", "LOG_LEVEL" },
    { "", "", "1", "debug", "DEBUG" },
    { NULL, NULL, "true", "debug", "DEBUG" },
    { NULL, NULL, "0", NULL, NULL },
    { NULL, NULL, "express:*", NULL, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *variable = NULL;
      g_autofree char *level = NULL;

      g_unsetenv ("JUMPSEAT_LOG");
      g_unsetenv ("LOG_LEVEL");
      g_unsetenv ("DEBUG");
      if (rows[i].own != NULL)
        g_setenv ("JUMPSEAT_LOG", rows[i].own, TRUE);
      if (rows[i].log_level != NULL)
        g_setenv ("LOG_LEVEL", rows[i].log_level, TRUE);
      if (rows[i].debug != NULL)
        g_setenv ("DEBUG", rows[i].debug, TRUE);
      level = jump_setting_from_environment (JUMP_KEY_LOG_LEVEL, &variable);
      g_assert_cmpstr (level, ==, rows[i].level);
      g_assert_cmpstr (variable, ==, rows[i].variable);
    }
  g_unsetenv ("JUMPSEAT_LOG");
  g_unsetenv ("LOG_LEVEL");
  g_unsetenv ("DEBUG");
}

static void
test_tables (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JumpSignalLog) log = jump_signal_log_new ();
  GPtrArray *table;

  jump_signal_log_attach (log, G_OBJECT (fixture->settings), "tables-changed");
  load (fixture);
  jump_signal_log_assert (log, NULL);
  write_file (fixture,
              "[model_mapping]\nclaude-sonnet-4[1m] = a\nclaude-opus%5B1m%5D=b\n100%=c\n"
              "[model_prefix_mapping]\nz- = z\na- = a\n[model_aliases]\n");
  load (fixture);
  jump_signal_log_assert (log, "tables-changed", NULL);
  load (fixture);
  jump_signal_log_assert (log, NULL);
  table = jump_settings_get_table (fixture->settings, JUMP_TABLE_MODEL_MAPPING);
  g_assert_cmpuint (table->len, ==, 3);
  assert_pair (table, 0, "claude-sonnet-4[1m]", "a");
  assert_pair (table, 1, "claude-opus[1m]", "b");
  assert_pair (table, 2, "100%", "c");
  table = jump_settings_get_table (fixture->settings, JUMP_TABLE_MODEL_PREFIX_MAPPING);
  assert_pair (table, 0, "z-", "z");
  assert_pair (table, 1, "a-", "a");
  table = jump_settings_get_table (fixture->settings, JUMP_TABLE_MODEL_ALIASES);
  g_assert_cmpuint (table->len, ==, 0);
}

static void
test_table_names (Fixture *fixture, gconstpointer data)
{
  static const char *const names[] = {
    "claude-sonnet-4[1m]", "a=b",   "[x]",   " edge ",    "#hash", "100%", "%5B", "gpt-4.1", "x y",
    "Gr\xc3\xbc\xc3\x9f",  "a]b[c", ";semi", "line\nend",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *dotted_name = g_strconcat ("model_mapping.", names[i], NULL);
      g_autofree char *key = jump_setting_table_escape (names[i]);
      g_autofree char *name = jump_setting_table_unescape (key);
      g_autofree char *target = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_cmpstr (name, ==, names[i]);
      jump_settings_set_text (fixture->settings, dotted_name, "gpt-4o", &error);
      g_assert_no_error (error);
      load (fixture);
      target = jump_settings_get_text (fixture->settings, dotted_name, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (target, ==, "gpt-4o");
    }
  g_assert_cmpuint (jump_settings_get_table (fixture->settings, JUMP_TABLE_MODEL_MAPPING)->len,
                    ==,
                    G_N_ELEMENTS (names));
}

static void
test_set_alias (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  GPtrArray *table = jump_settings_get_table (fixture->settings, JUMP_TABLE_MODEL_ALIASES);
  guint n_shipped = table->len;

  jump_settings_set_text (fixture->settings, "model_aliases.fast", "gpt-5-mini", &error);
  g_assert_no_error (error);
  jump_settings_set_text (fixture->settings, "model_aliases.sonnet", "claude-sonnet-4", &error);
  g_assert_no_error (error);
  table = jump_settings_get_table (fixture->settings, JUMP_TABLE_MODEL_ALIASES);
  g_assert_cmpuint (table->len, ==, n_shipped + 1);
  assert_pair (table, n_shipped, "fast", "gpt-5-mini");
  text = jump_settings_get_text (fixture->settings, "model_aliases.sonnet", &error);
  g_assert_cmpstr (text, ==, "claude-sonnet-4");
  g_assert_false (jump_settings_set_text (fixture->settings, "model_aliases.x", " ", &error));
  g_assert_error (error, JUMP_ERROR, JUMP_ERROR_SETTINGS);
  g_clear_error (&error);
  g_assert_false (
      jump_settings_set_text (fixture->settings, "model_aliases.x", "a\n[server]", &error));
  g_assert_error (error, JUMP_ERROR, JUMP_ERROR_SETTINGS);
  g_clear_error (&error);
  g_assert_null (jump_settings_get_text (fixture->settings, "model_aliases.x", &error));
  g_assert_cmpstr (error->message, ==, "no row x in [model_aliases]");
}

static void
on_time_up (gpointer user_data)
{
  g_error ("nothing happened in 20 seconds");
}

static void
wait_for (JumpSignalLog *log, guint n_entries)
{
  guint alarm = g_timeout_add_once (20 * 1000, on_time_up, NULL);

  while (jump_signal_log_count (log) < n_entries)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (alarm);
}

static void
test_watch (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JumpSignalLog) log = jump_signal_log_new ();

  write_file (fixture, "[server]\nport = 1001\n");
  load (fixture);
  jump_signal_log_attach (log, G_OBJECT (fixture->settings), "changed");
  jump_signal_log_attach (log, G_OBJECT (fixture->settings), "tables-changed");
  jump_settings_watch (fixture->settings);
  jump_settings_watch (fixture->settings);
  write_file (fixture, "[server]\nport = 1002\n[model_aliases]\na = b\n");
  wait_for (log, 2);
  jump_signal_log_assert (log, "changed (1)", "tables-changed", NULL);
  g_assert_cmpint (jump_settings_get_int (fixture->settings, JUMP_KEY_SERVER_PORT), ==, 1002);
}

static void
test_watch_problem (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JumpSignalLog) log = jump_signal_log_new ();
  g_autofree char *expected = NULL;

  write_file (fixture, "[server]\nport = 1001\n");
  load (fixture);
  jump_signal_log_attach (log, G_OBJECT (fixture->settings), "changed");
  jump_signal_log_attach (log, G_OBJECT (fixture->settings), "problem");
  jump_settings_watch (fixture->settings);
  write_file (fixture, "[server]\nport = x\n");
  wait_for (log, 1);
  expected = g_strdup_printf ("problem (settings file %s: "
                              "server.port: \"x\" is not in 0 to 65535)",
                              jump_settings_get_path (fixture->settings));
  jump_signal_log_assert (log, expected, NULL);
  g_assert_cmpint (jump_settings_get_int (fixture->settings, JUMP_KEY_SERVER_PORT), ==, 1001);
}

/* limits.h has the reason for each; the file that is generated says the number. */
static void
test_defaults_are_limits (void)
{
  const struct
  {
    JumpSettingKey key;
    gint64 limit;
  } rows[] = {
    { JUMP_KEY_SERVER_BODY_LIMIT, JUMP_LIMIT_BODY_DEFAULT },
    { JUMP_KEY_LIMITS_CONNECTIONS, JUMP_LIMIT_CONNECTIONS },
    { JUMP_KEY_LIMITS_CONNECTIONS_PER_PEER, JUMP_LIMIT_CONNECTIONS_PER_PEER },
    { JUMP_KEY_LIMITS_HEAD_BYTES, JUMP_LIMIT_REQUEST_HEAD },
    { JUMP_KEY_LIMITS_HEAD_FIELDS, JUMP_LIMIT_HEAD_FIELDS },
    { JUMP_KEY_LIMITS_HEAD_SECONDS, JUMP_LIMIT_HEAD_SECONDS },
    { JUMP_KEY_LIMITS_CONTROL_BODY, JUMP_LIMIT_CONTROL_BODY },
    { JUMP_KEY_LIMITS_EVENT_BYTES, JUMP_LIMIT_SSE_EVENT },
    { JUMP_KEY_LIMITS_STREAM_BUFFER, JUMP_LIMIT_STREAM_BUFFER },
    { JUMP_KEY_LIMITS_REPLY_BYTES, JUMP_LIMIT_REPLY },
    { JUMP_KEY_TRAFFIC_CONCURRENT, JUMP_LIMIT_CONCURRENT },
    { JUMP_KEY_TRAFFIC_WAITING, JUMP_LIMIT_WAITING },
    { JUMP_KEY_TRAFFIC_WAIT_SECONDS, JUMP_LIMIT_WAIT_SECONDS },
    { JUMP_KEY_STREAMS_KEEP_ALIVE, JUMP_LIMIT_KEEP_ALIVE_SECONDS },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const JumpSettingRow *row = jump_setting_row (rows[i].key);

      g_test_message ("%s.%s", row->group, row->name);
      g_assert_cmpint (g_ascii_strtoll (row->fallback, NULL, 10), ==, rows[i].limit);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/settings/" name, Fixture, NULL, set_up, func, tear_down)
  g_test_add_func ("/settings/rows", test_rows);
  ADD ("defaults", test_defaults);
  g_test_add_func ("/settings/check", test_check);
  g_test_add_func ("/settings/check-urls", test_check_urls);
  ADD ("load", test_load);
  ADD ("load-wrong", test_load_wrong);
  ADD ("load-broken", test_load_broken);
  ADD ("load-folder", test_load_folder);
  ADD ("layers", test_layers);
  ADD ("environment-wrong", test_environment_wrong);
  g_test_add_func ("/settings/environment-level", test_environment_level);
  ADD ("tables", test_tables);
  ADD ("table-names", test_table_names);
  ADD ("set-alias", test_set_alias);
  ADD ("watch", test_watch);
  ADD ("watch-problem", test_watch_problem);
  g_test_add_func ("/settings/defaults-are-limits", test_defaults_are_limits);
  return g_test_run ();
}
