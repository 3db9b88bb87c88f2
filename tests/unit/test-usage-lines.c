/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/json-scan.h"
#include "service/usage/usage-lines.h"
#include "service/usage/usage-machine.h"
#include "tests/support/clock-fake.h"
#include "tests/support/temp-home.h"

#include <glib/gstdio.h>
#include <string.h>

#define PERIOD (300 * 1000)

typedef struct
{
  JumpTempHome *home;
  JumpClock *clock;
  JumpUsageLines *lines;
  char *folder;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->home = jump_temp_home_new ();
  fixture->clock = jump_clock_fake_new ();
  fixture->folder = jump_temp_home_get_path (fixture->home, "cloud");
  fixture->lines = jump_usage_lines_new (fixture->clock);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_pointer (&fixture->lines, jump_usage_lines_free);
  g_free (fixture->folder);
  g_object_unref (fixture->clock);
  jump_temp_home_free (fixture->home);
}

static void
make_folder (Fixture *fixture)
{
  g_assert_cmpint (g_mkdir (fixture->folder, 0700), ==, 0);
}

static void
use_place (Fixture *fixture)
{
  jump_usage_lines_set_place (fixture->lines, fixture->folder, "desk_Linux");
}

static void
add (Fixture *fixture, const char *key, const char *model, gboolean is_imported)
{
  g_autoptr (JumpExchangeRecord) record = jump_exchange_record_new ();

  record->state = JUMP_EXCHANGE_ENDED;
  record->id = g_strdup ("id");
  record->method = g_strdup ("POST");
  record->path = g_strdup ("/v1/messages");
  record->client_key = g_strdup (key);
  record->client_name = g_strdup (key != NULL ? key : "curl");
  record->used_model = g_strdup (model);
  record->status = 200;
  record->bytes_in = 20;
  record->bytes_out = 4;
  record->usage = (JumpUsageCount){ 90, 12, 50, 10, 3, 1000 };
  record->is_imported = is_imported;
  jump_usage_lines_add (fixture->lines, record);
}

/* Ends them first: what is written by then is all. */
static char **
read_lines (Fixture *fixture)
{
  g_autofree char *text = NULL;

  g_clear_pointer (&fixture->lines, jump_usage_lines_free);
  text = jump_temp_home_read (fixture->home, "cloud/agents/desk_Linux/token_usage.jl");
  if (text == NULL)
    return g_new0 (char *, 1);
  g_assert_true (g_str_has_suffix (text, "\n"));
  return g_strsplit (g_strchomp (text), "\n", -1);
}

static void
test_line (Fixture *fixture, gconstpointer data)
{
  g_auto (GStrv) lines = NULL;

  make_folder (fixture);
  use_place (fixture);
  add (fixture, NULL, "gpt-5-mini", FALSE);
  add (fixture, NULL, "gpt-5-mini", FALSE);
  add (fixture, NULL, "gpt-5-mini", TRUE);
  lines = read_lines (fixture);
  g_assert_cmpuint (g_strv_length (lines), ==, 1);
  g_assert_cmpstr (lines[0],
                   ==,
                   "{\"timestamp\":1800000000,\"user_id\":\"anonymous\",\"models\":[{"
                   "\"model\":\"gpt-5-mini\",\"request_count\":2,\"input_tokens\":60,"
                   "\"cache_creation_input_tokens\":20,\"cache_read_input_tokens\":100,"
                   "\"output_tokens\":24,\"total_tokens\":204,\"data_sent\":40,\"data_received\":8,"
                   "\"total_data\":48,\"nano_aiu\":2000}]}");
}

/* Of each user one line; a model that was never found has none of its own. */
static void
test_users (Fixture *fixture, gconstpointer data)
{
  g_auto (GStrv) lines = NULL;

  make_folder (fixture);
  use_place (fixture);
  add (fixture, "ann", "a", FALSE);
  add (fixture, "ann", "b", FALSE);
  add (fixture, "bob", NULL, FALSE);
  lines = read_lines (fixture);
  g_assert_cmpuint (g_strv_length (lines), ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      g_assert_true (jump_json_validate (lines[i], strlen (lines[i]), 10, NULL));
      if (strstr (lines[i], "\"bob\"") != NULL)
        g_assert_nonnull (strstr (lines[i], "\"model\":\"unknown\""));
      else
        g_assert_nonnull (strstr (lines[i], "\"model\":\"b\""));
    }
}

static void
test_period (Fixture *fixture, gconstpointer data)
{
  g_auto (GStrv) lines = NULL;

  make_folder (fixture);
  use_place (fixture);
  g_assert_cmpuint (jump_clock_fake_count_alarms (fixture->clock), ==, 0);
  add (fixture, NULL, "a", FALSE);
  jump_clock_fake_advance (fixture->clock, PERIOD);
  add (fixture, NULL, "b", FALSE);
  lines = read_lines (fixture);
  g_assert_cmpuint (g_strv_length (lines), ==, 2);
  g_assert_nonnull (strstr (lines[0], "{\"timestamp\":1800000300,"));
  g_assert_nonnull (strstr (lines[0], "\"model\":\"a\""));
  g_assert_nonnull (strstr (lines[1], "\"model\":\"b\""));
  g_assert_cmpuint (jump_clock_fake_count_alarms (fixture->clock), ==, 0);
}

/* A disk that is not there yet gets all lines when it is, and no folder in its place. */
static void
test_late_folder (Fixture *fixture, gconstpointer data)
{
  g_auto (GStrv) lines = NULL;

  add (fixture, NULL, "before", FALSE);
  use_place (fixture);
  jump_clock_fake_advance (fixture->clock, PERIOD);
  add (fixture, NULL, "later", FALSE);
  g_assert_false (g_file_test (fixture->folder, G_FILE_TEST_EXISTS));
  make_folder (fixture);
  lines = read_lines (fixture);
  g_assert_cmpuint (g_strv_length (lines), ==, 2);
  g_assert_nonnull (strstr (lines[0], "\"model\":\"before\""));
  g_assert_nonnull (strstr (lines[1], "\"model\":\"later\""));
}

static void
on_flushed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  guint *n_flushed = user_data;

  ++*n_flushed;
}

/* Whoever wants to read what is written waits for it, also for what another thread has begun. */
static void
test_flush (Fixture *fixture, gconstpointer data)
{
  g_auto (GStrv) lines = NULL;
  g_autofree char *path =
      g_build_filename (fixture->folder, "agents", "desk_Linux", "token_usage.jl", NULL);
  guint n_flushed = 0;

  jump_usage_lines_flush_async (fixture->lines, on_flushed, &n_flushed);
  make_folder (fixture);
  use_place (fixture);
  jump_usage_lines_flush_async (fixture->lines, on_flushed, &n_flushed);
  add (fixture, NULL, "one", FALSE);
  jump_usage_lines_flush (fixture->lines);
  add (fixture, NULL, "two", FALSE);
  jump_usage_lines_flush_async (fixture->lines, on_flushed, &n_flushed);
  jump_usage_lines_flush_async (fixture->lines, on_flushed, &n_flushed);
  while (n_flushed < 4)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  lines = read_lines (fixture);
  g_assert_cmpuint (g_strv_length (lines), ==, 2);
  g_assert_nonnull (strstr (lines[0], "\"model\":\"one\""));
  g_assert_nonnull (strstr (lines[1], "\"model\":\"two\""));
}

/* Nothing used: no file, no alarm. */
static void
test_nothing (Fixture *fixture, gconstpointer data)
{
  g_auto (GStrv) lines = NULL;

  make_folder (fixture);
  use_place (fixture);
  jump_usage_lines_flush (fixture->lines);
  lines = read_lines (fixture);
  g_assert_cmpuint (g_strv_length (lines), ==, 0);
}

static const struct
{
  const char *name;
  const char *kernel;
  const char *expected;
} machines[] = {
  { "desk", NULL, "desk_Linux" },
  { "desk", "Linux version 6.1.0-18-amd64 (debian-kernel@lists.debian.org)", "desk_Linux" },
  { "desk", "Linux version 5.15.90.1-microsoft-standard-WSL2", "desk_WSL" },
  { "desk", "Linux version 4.4.0-19041-Microsoft", "desk_WSL" },
  { "desk_Linux", NULL, "desk_Linux" },
  { "../../etc/x y", NULL, "-.-..-etc-x-y_Linux" },
  { ".hidden", NULL, "-hidden_Linux" },
  { "B\xc3\xbcro", NULL, "B--ro_Linux" },
  { "  ", NULL, "computer_Linux" },
  { NULL, NULL, "computer_Linux" },
};

static void
test_machines (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (machines); i++)
    {
      g_autofree char *name =
          jump_usage_machine_make (machines[i].name,
                                   jump_usage_machine_get_system (machines[i].kernel));

      g_assert_cmpstr (name, ==, machines[i].expected);
    }
}

int
main (int argc, char **argv)
{
  const struct
  {
    const char *path;
    void (*run) (Fixture *fixture, gconstpointer data);
  } tests[] = {
    { "/usage-lines/line", test_line },     { "/usage-lines/users", test_users },
    { "/usage-lines/period", test_period }, { "/usage-lines/late-folder", test_late_folder },
    { "/usage-lines/flush", test_flush },   { "/usage-lines/nothing", test_nothing },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].run, tear_down);
  g_test_add_func ("/usage-lines/machines", test_machines);
  return g_test_run ();
}
