/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/limits.h"
#include "service/history/history-file.h"
#include "service/history/history-line.h"
#include "tests/support/clock-fake.h"
#include "tests/support/temp-home.h"

#include <glib/gstdio.h>
#include <string.h>

/* Where the fake clock stands at half past eleven in the evening of 2027-01-15. */
#define ZONE "TST-15:30"

typedef struct
{
  JumpTempHome *home;
  JumpClock *clock;
  const char *dir;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->home = jump_temp_home_new ();
  fixture->dir = fixture->home->paths->data_dir;
  g_assert_cmpint (g_mkdir_with_parents (fixture->dir, 0700), ==, 0);
  fixture->clock = jump_clock_fake_new ();
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_object_unref (fixture->clock);
  jump_temp_home_free (fixture->home);
}

static JumpExchangeRecord *
new_record (guint status, const char *question)
{
  JumpExchangeRecord *record = jump_exchange_record_new ();

  record->state = JUMP_EXCHANGE_ENDED;
  record->id = g_uuid_string_random ();
  record->method = g_strdup ("POST");
  record->path = g_strdup ("/v1/messages");
  record->client = g_strdup ("claude-cli/2.1");
  record->client_name = g_strdup ("laptop");
  record->client_address = g_strdup ("127.0.0.1");
  record->status = status;
  record->api = "messages";
  record->request_headers = g_strdup ("X-Secret-Plan: yes\n");
  record->request_body = g_bytes_new (question, strlen (question));
  record->reply_body = g_byte_array_new ();
  g_byte_array_append (record->reply_body, (const guint8 *) "{\"r\":1}", 7);
  return record;
}

static char **
read_lines (Fixture *fixture, const char *name)
{
  g_autofree char *path = g_build_filename (fixture->dir, name, NULL);
  g_autofree char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return g_new0 (char *, 1);
  g_assert_true (g_str_has_suffix (text, "\n"));
  return g_strsplit (g_strchomp (text), "\n", -1);
}

static guint
get_mode (Fixture *fixture, const char *name)
{
  g_autofree char *path = g_build_filename (fixture->dir, name, NULL);
  GStatBuf info;

  g_assert_cmpint (g_stat (path, &info), ==, 0);
  return info.st_mode & 0777;
}

static void
assert_member (const char *line, const char *name, const char *expected)
{
  JumpJsonSpan span = jump_json_find_member (jump_json_span_trim (line, strlen (line)), name);
  g_autofree char *text = g_strndup (span.start, span.length);

  g_assert_true (jump_json_validate (line, strlen (line), 10, NULL));
  g_assert_cmpstr (text, ==, expected);
}

/* The line is that of an export, in the file of the day on the wall. */
static void
test_requests (Fixture *fixture, gconstpointer data)
{
  JumpHistoryFile *file = jump_history_file_new (fixture->dir, fixture->clock);
  g_autoptr (JumpExchangeRecord) first = new_record (200, "{\"n\":1}");
  g_autoptr (JumpExchangeRecord) second = new_record (500, "{\"n\":2}");
  g_autofree char *line = jump_history_line_new (first);
  g_auto (GStrv) today = NULL;
  g_auto (GStrv) tomorrow = NULL;
  g_auto (GStrv) errors = NULL;

  jump_history_file_add (file, first);
  jump_history_file_set_wanted (file, TRUE, FALSE);
  jump_history_file_add (file, first);
  g_clear_pointer (&first->request_body, g_bytes_unref); /* as the ring does at any time */
  jump_clock_fake_advance (fixture->clock, 3600 * 1000);
  jump_history_file_add (file, second);
  jump_history_file_free (file);
  today = read_lines (fixture, "requests/2027-01-15.jl");
  tomorrow = read_lines (fixture, "requests/2027-01-16.jl");
  errors = read_lines (fixture, "error.log");
  g_assert_cmpuint (g_strv_length (today), ==, 1);
  g_assert_cmpstr (today[0], ==, line);
  g_assert_cmpuint (g_strv_length (tomorrow), ==, 1);
  assert_member (tomorrow[0], "original_request_body", "{\"n\":2}");
  g_assert_cmpuint (g_strv_length (errors), ==, 0);
  g_assert_cmpuint (get_mode (fixture, "requests"), ==, 0700);
  g_assert_cmpuint (get_mode (fixture, "requests/2027-01-15.jl"), ==, 0600);
}

static void
test_errors (Fixture *fixture, gconstpointer data)
{
  JumpHistoryFile *file = jump_history_file_new (fixture->dir, fixture->clock);
  g_autoptr (JumpExchangeRecord) fine = new_record (200, "{}");
  g_autoptr (JumpExchangeRecord) refused = new_record (429, "{\"n\":1}");
  g_autoptr (JumpExchangeRecord) cut = new_record (200, "no JSON");
  g_autoptr (JumpExchangeRecord) foreign = new_record (500, "{}");
  g_autoptr (JumpExchangeRecord) running = new_record (500, "{}");
  g_auto (GStrv) lines = NULL;

  cut->error = g_strdup ("upstream broke off");
  foreign->is_imported = TRUE;
  running->state = JUMP_EXCHANGE_STREAMING;
  jump_history_file_set_wanted (file, FALSE, TRUE);
  jump_history_file_add (file, fine);
  jump_history_file_add (file, refused);
  jump_history_file_add (file, cut);
  jump_history_file_add (file, foreign);
  jump_history_file_add (file, running);
  jump_history_file_free (file);
  lines = read_lines (fixture, "error.log");
  g_assert_cmpuint (g_strv_length (lines), ==, 2);
  assert_member (lines[0], "timestamp", "1800000000");
  assert_member (lines[0], "client_ip", "\"127.0.0.1\"");
  assert_member (lines[0], "endpoint", "\"/v1/messages\"");
  assert_member (lines[0], "status_code", "429");
  assert_member (lines[0], "request", "{\"n\":1}");
  assert_member (lines[0], "response", "{\"r\":1}");
  assert_member (lines[1], "request", "\"no JSON\"");
  assert_member (lines[1], "error", "\"upstream broke off\"");
  g_assert_cmpuint (get_mode (fixture, "error.log"), ==, 0600);
}

static void
test_refresh_failures (Fixture *fixture, gconstpointer data)
{
  JumpHistoryFile *file = jump_history_file_new (fixture->dir, fixture->clock);
  g_autofree char *long_reply = g_strnfill (64 * 1024 + 5, 'x');
  g_autofree char *kept = g_strnfill (64 * 1024, 'x');
  g_autofree char *expected = g_strdup_printf ("\"%s\"", kept);
  g_auto (GStrv) lines = NULL;

  jump_history_file_add_refresh_failure (file, "https://one", 401, "not wanted yet", "");
  jump_history_file_set_wanted (file, FALSE, TRUE);
  jump_history_file_add_refresh_failure (
      file,
      "https://api.github.com/copilot_internal/v2/token",
      401,
      "Bad credentials",
      "{\"message\":\"no\",\"token\":\"gho_abcdefghijklmnopqrstuvwxyz0123456789\"}");
  jump_history_file_add_refresh_failure (file, NULL, 0, "unreachable", NULL);
  jump_history_file_add_refresh_failure (file, "https://two", 500, "broken", long_reply);
  jump_history_file_free (file);
  lines = read_lines (fixture, "error.log");
  g_assert_cmpuint (g_strv_length (lines), ==, 3);
  assert_member (lines[0], "event_type", "\"upstream_error\"");
  assert_member (lines[0], "operation", "\"copilot_token_refresh\"");
  assert_member (lines[0], "endpoint", "\"https://api.github.com/copilot_internal/v2/token\"");
  assert_member (lines[0], "status_code", "401");
  assert_member (lines[0], "error", "\"Bad credentials\"");
  assert_member (lines[0], "response_truncated", "false");
  g_assert_null (strstr (lines[0], "gho_abc"));
  assert_member (lines[1], "status_code", "null");
  assert_member (lines[1], "response", "null");
  assert_member (lines[1], "response_length", "0");
  assert_member (lines[2], "response_length", "65541");
  assert_member (lines[2], "response_truncated", "true");
  assert_member (lines[2], "response", expected);
}

/* What a crash left unfinished does not spoil the next line. */
static void
test_half_line (Fixture *fixture, gconstpointer data)
{
  JumpHistoryFile *file = jump_history_file_new (fixture->dir, fixture->clock);
  g_autoptr (JumpExchangeRecord) record = new_record (500, "{}");
  g_autofree char *path = g_build_filename (fixture->dir, "error.log", NULL);
  g_auto (GStrv) lines = NULL;

  g_assert_true (g_file_set_contents (path, "{\"timest", -1, NULL));
  jump_history_file_set_wanted (file, FALSE, TRUE);
  jump_history_file_add (file, record);
  jump_history_file_free (file);
  lines = read_lines (fixture, "error.log");
  g_assert_cmpuint (g_strv_length (lines), ==, 2);
  g_assert_cmpstr (lines[0], ==, "{\"timest");
  assert_member (lines[1], "status_code", "500");
}

static const struct
{
  const char *pattern;
  gboolean is_skipped;
} patterns[] = {
  { "laptop", TRUE }, { " LAPTOP ", TRUE }, { "lap*", TRUE }, { "claude-cli", TRUE },
  { "*", TRUE },      { "lap", FALSE },     { "", FALSE },    { "desk*", FALSE },
};

static void
test_skipped_clients (Fixture *fixture, gconstpointer data)
{
  JumpHistoryFile *file = jump_history_file_new (fixture->dir, fixture->clock);
  g_autoptr (JumpExchangeRecord) record = new_record (200, "{\"n\":1}");
  g_auto (GStrv) lines = NULL;

  jump_history_file_set_wanted (file, TRUE, FALSE);
  for (gsize i = 0; i < G_N_ELEMENTS (patterns); i++)
    {
      const char *const clients[] = { "other", patterns[i].pattern, NULL };

      jump_history_file_set_skip_clients (file, clients);
      jump_history_file_add (file, record);
    }
  jump_history_file_free (file);
  lines = read_lines (fixture, "requests/2027-01-15.jl");
  g_assert_cmpuint (g_strv_length (lines), ==, G_N_ELEMENTS (patterns));
  for (gsize i = 0; i < G_N_ELEMENTS (patterns); i++)
    {
      g_test_message ("%s", patterns[i].pattern);
      assert_member (lines[i],
                     "original_request_body",
                     patterns[i].is_skipped ? "null" : "{\"n\":1}");
      g_assert_true ((strstr (lines[i], "X-Secret-Plan") == NULL) == patterns[i].is_skipped);
    }
}

/* The old log is kept once. */
static void
test_full_log (Fixture *fixture, gconstpointer data)
{
  JumpHistoryFile *file = jump_history_file_new (fixture->dir, fixture->clock);
  g_autoptr (JumpExchangeRecord) record = new_record (500, "{}");
  g_autofree char *path = g_build_filename (fixture->dir, "error.log", NULL);
  g_autofree char *old = g_build_filename (fixture->dir, "error.log.old", NULL);
  g_auto (GStrv) lines = NULL;

  g_assert_true (g_file_set_contents (path, "\n", 1, NULL));
  g_assert_cmpint (truncate (path, JUMP_LIMIT_ERROR_LOG), ==, 0);
  jump_history_file_set_wanted (file, FALSE, TRUE);
  jump_history_file_add (file, record);
  jump_history_file_free (file);
  lines = read_lines (fixture, "error.log");
  g_assert_cmpuint (g_strv_length (lines), ==, 1);
  g_assert_true (g_file_test (old, G_FILE_TEST_EXISTS));
}

int
main (int argc, char **argv)
{
  const struct
  {
    const char *path;
    void (*run) (Fixture *fixture, gconstpointer data);
  } tests[] = {
    { "/history-file/requests", test_requests },
    { "/history-file/errors", test_errors },
    { "/history-file/refresh-failures", test_refresh_failures },
    { "/history-file/half-line", test_half_line },
    { "/history-file/skipped-clients", test_skipped_clients },
    { "/history-file/full-log", test_full_log },
  };

  g_setenv ("TZ", ZONE, TRUE);
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].run, tear_down);
  return g_test_run ();
}
