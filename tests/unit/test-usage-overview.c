/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/json-scan.h"
#include "service/usage/usage-buckets.h"
#include "service/usage/usage-overview.h"
#include "tests/support/temp-home.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#define NOW G_GINT64_CONSTANT (1786900000)

typedef struct
{
  JumpTempHome *home;
  char *folder;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->home = jump_temp_home_new ();
  fixture->folder = jump_temp_home_get_path (fixture->home, "cloud");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_free (fixture->folder);
  jump_temp_home_free (fixture->home);
}

static void
write_file (Fixture *fixture, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (fixture->folder, "agents", name, NULL);
  g_autofree char *dir = g_path_get_dirname (path);

  g_assert_cmpint (g_mkdir_with_parents (dir, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static char *
make_line (gint64 time, const char *user, const char *model, int tokens)
{
  return g_strdup_printf (
      "{\"timestamp\":%" G_GINT64_FORMAT ",\"user_id\":\"%s\",\"models\":[{\"model\":\"%s\","
      "\"request_count\":1,\"input_tokens\":%d,\"cache_creation_input_tokens\":0,"
      "\"cache_read_input_tokens\":2,\"output_tokens\":1,\"data_sent\":10,\"data_received\":5}]}\n",
      time,
      user,
      model,
      tokens);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  char **out_text = user_data;
  g_autoptr (GError) error = NULL;

  *out_text = jump_usage_overview_read_finish (result, &error);
  g_assert_no_error (error);
  g_assert_nonnull (*out_text);
}

static char *
read_query (Fixture *fixture, const JumpUsageOverviewQuery *query)
{
  char *text = NULL;

  jump_usage_overview_read_async (fixture->folder, query, NULL, on_read, &text);
  while (text == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (jump_json_validate (text, strlen (text), 10, NULL));
  return text;
}

static char *
read_overview (Fixture *fixture, const char *range, const char *machine, const char *user)
{
  const JumpUsageOverviewQuery query = { .range = range,
                                         .machine = machine,
                                         .user = user,
                                         .now = NOW };

  return read_query (fixture, &query);
}

/* @path: names with dots between */
static void
assert_value (const char *json, const char *path, const char *expected)
{
  g_auto (GStrv) names = g_strsplit (path, ".", -1);
  JumpJsonSpan span = jump_json_span_trim (json, strlen (json));
  g_autofree char *text = NULL;

  for (gsize i = 0; names[i] != NULL; i++)
    span = jump_json_find_member (span, names[i]);
  text = span.start == NULL ? NULL : g_strndup (span.start, span.length);
  if (g_strcmp0 (text, expected) != 0)
    g_error ("%s: %s, expected %s, in %s", path, text, expected, json);
}

static void
test_nothing (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = read_overview (fixture, "all", NULL, NULL);

  assert_value (text, "range", "\"all\"");
  assert_value (text, "machines", "[]");
  assert_value (text, "users", "[]");
  assert_value (text, "user_filter", "null");
  assert_value (text, "rows", "[]");
  assert_value (text, "totals.request_count", "0");
  assert_value (text, "totals.credits", "null");
  assert_value (text, "timeseries.granularity", "\"minute\"");
  assert_value (text, "timeseries.by_machine", "{}");
}

static void
write_two_machines (Fixture *fixture)
{
  g_autofree char *old = make_line (NOW - 40 * 86400, "ann", "gpt-5-mini", 1000);
  g_autofree char *recent = make_line (NOW - 86400, "ann", "gpt-5-mini", 100);
  g_autofree char *late = make_line (NOW - 60, "anonymous", "claude-sonnet-5", 10);
  g_autofree char *other = make_line (NOW - 30, "bob", "gpt-5-mini", 7);
  g_autofree char *desk = g_strconcat (old, recent, late, NULL);

  write_file (fixture, "desk_Linux/token_usage.jl", desk);
  write_file (fixture, "lap_WSL/token_usage.jl", other);
}

/* Times instead of a range: the first second counts, the last does not; other clocks are no matter then. */
static void
test_times (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    gint64 from;
    gint64 until;
    const char *requests;
  } cases[] = {
    { 0, 0, "4" },
    { NOW - 86400, 0, "3" },
    { NOW - 86399, 0, "2" },
    { 0, NOW - 86400, "1" },
    { 0, NOW - 86399, "2" },
    { NOW - 41 * 86400, NOW - 39 * 86400, "1" },
    { NOW - 10, NOW - 5, "0" },
    { NOW - 40, NOW + 86400, "1" },
  };

  write_two_machines (fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const JumpUsageOverviewQuery query = { .range = "all",
                                             .now = NOW,
                                             .from = cases[i].from,
                                             .until = cases[i].until };
      g_autofree char *text = read_query (fixture, &query);

      g_test_message ("%" G_GSIZE_FORMAT, i);
      assert_value (text, "totals.request_count", cases[i].requests);
    }
}

static void
test_contract (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = NULL;

  write_two_machines (fixture);
  text = read_overview (fixture, "week", NULL, NULL);
  assert_value (text, "machines", "[\"desk_Linux\",\"lap_WSL\"]");
  assert_value (text, "users", "[\"ann\",\"anonymous\",\"bob\"]");
  assert_value (
      text,
      "rows",
      "[{\"machine\":\"desk_Linux\",\"model_id\":\"gpt-5-mini\",\"request_count\":1,"
      "\"input_tokens\":100,\"cache_creation_input_tokens\":0,\"cache_read_input_tokens\":2,"
      "\"output_tokens\":1,\"total_tokens\":103,\"data_sent\":10,\"data_received\":5,"
      "\"total_data\":15,\"credits\":null},"
      "{\"machine\":\"desk_Linux\",\"model_id\":\"claude-sonnet-5\",\"request_count\":1,"
      "\"input_tokens\":10,\"cache_creation_input_tokens\":0,\"cache_read_input_tokens\":2,"
      "\"output_tokens\":1,\"total_tokens\":13,\"data_sent\":10,\"data_received\":5,"
      "\"total_data\":15,\"credits\":null},"
      "{\"machine\":\"lap_WSL\",\"model_id\":\"gpt-5-mini\",\"request_count\":1,"
      "\"input_tokens\":7,\"cache_creation_input_tokens\":0,\"cache_read_input_tokens\":2,"
      "\"output_tokens\":1,\"total_tokens\":10,\"data_sent\":10,\"data_received\":5,"
      "\"total_data\":15,\"credits\":null}]");
  g_assert_nonnull (strstr (text,
                            "\"user_rows\":[{\"machine\":\"desk_Linux\",\"user_id\":\"ann\","
                            "\"model_id\":\"gpt-5-mini\",\"request_count\":1,"));
  assert_value (text, "totals.request_count", "3");
  assert_value (text, "totals.total_tokens", "126");
  assert_value (text, "timeseries.granularity", "\"day\"");
  assert_value (text, "timeseries.by_machine.desk_Linux", "[0,0,0,0,0,0,103,13]");
  assert_value (text, "timeseries.by_machine.lap_WSL", "[0,0,0,0,0,0,0,10]");
}

static const struct
{
  const char *range;
  const char *machine;
  const char *user;
  const char *requests;
  const char *granularity;
} filters[] = {
  { "all", NULL, NULL, "4", "\"day\"" },
  { "month", NULL, NULL, "3", "\"day\"" },
  { "day", NULL, NULL, "3", "\"hour\"" },
  { "hour", NULL, NULL, "2", "\"minute\"" },
  { "all", "desk_Linux", NULL, "3", "\"day\"" },
  { "all", NULL, "bob", "1", "\"minute\"" },
  { "all", "desk_Linux", "bob", "0", "\"minute\"" },
  { "all", "nowhere", NULL, "0", "\"minute\"" },
};

static void
test_filters (Fixture *fixture, gconstpointer data)
{
  write_two_machines (fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (filters); i++)
    {
      g_autofree char *text =
          read_overview (fixture, filters[i].range, filters[i].machine, filters[i].user);

      g_test_message ("filter %zu", i);
      assert_value (text, "totals.request_count", filters[i].requests);
      assert_value (text, "timeseries.granularity", filters[i].granularity);
      assert_value (text, "machines", "[\"desk_Linux\",\"lap_WSL\"]");
    }
}

/* Halves, copies, nonsense and what is no file at all. */
static void
test_torn (Fixture *fixture, gconstpointer data)
{
  g_autofree char *first = make_line (NOW - 50, "ann", "a", 1);
  g_autofree char *second = make_line (NOW - 40, "ann", "a", 2);
  g_autofree char *third = make_line (NOW - 20, "ann", "a", 4);
  g_autofree char *half = g_strndup (third, strlen (third) / 2);
  g_autofree char *file = g_strconcat (first,
                                       "\r\n\n[1]\n{\"timestamp\":true,\"models\":[]}\n\xff\xfe\n",
                                       second,
                                       half,
                                       NULL);
  g_autofree char *copy = g_strconcat (first, second, third, first, NULL);
  g_autofree char *pipe = g_build_filename (fixture->folder, "agents/m/token_usage-2.jl", NULL);
  g_autofree char *long_line = g_strnfill (300 * 1024, 'x');
  g_autofree char *huge = g_strconcat (long_line, "\n", third, NULL);
  g_autofree char *text = NULL;

  write_file (fixture, "m/token_usage.jl", file);
  write_file (fixture, "m/token_usage (conflicted copy 2026-08-16).jl", copy);
  write_file (fixture, "m/token_usage-desk.jl", huge);
  write_file (fixture, "m/notes.jl", third);
  write_file (fixture, "empty/other.txt", "");
  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  text = read_overview (fixture, "hour", NULL, NULL);
  assert_value (text, "machines", "[\"m\"]");
  assert_value (text, "totals.request_count", "3");
  assert_value (text, "totals.input_tokens", "7");
}

/* Clocks and numbers of others are not to be believed. */
static void
test_nonsense (Fixture *fixture, gconstpointer data)
{
  static const char lines[] =
      "{\"timestamp\":0,\"models\":[{\"model\":\"a\",\"request_count\":1}]}\n"
      "{\"timestamp\":99999999999,\"models\":[{\"model\":\"a\",\"request_count\":1}]}\n"
      "{\"timestamp\":1786900100.5,\"models\":[{\"model\":\"a\",\"request_count\":1,"
      "\"input_tokens\":9007199254740992,\"output_tokens\":9007199254740992,\"nano_aiu\":5}]}\n"
      "{\"timestamp\":1786899990,\"models\":[{\"model\":\"a\",\"request_count\":1e300,"
      "\"input_tokens\":-7,\"output_tokens\":\"x\"},{\"model\":7},null,{}]}\n"
      "{\"timestamp\":1786899991,\"user_id\":7,\"models\":[{\"model\":\"a\",\"nano_aiu\":1e9}]}\n";
  g_autofree char *text = NULL;

  write_file (fixture, "m/token_usage.jl", lines);
  text = read_overview (fixture, "all", NULL, NULL);
  assert_value (text, "totals.request_count", "1");
  assert_value (text, "totals.total_tokens", "9007199254740992");
  assert_value (text, "totals.credits", "1.000000005");
  assert_value (text, "users", "[\"anonymous\"]");
}

static const struct
{
  gint64 span;
  const char *granularity;
  guint count;
} spans[] = {
  { 0, "minute", 1 },      { 3600, "minute", 61 },    { 7199, "minute", 121 },
  { 7200, "hour", 3 },     { 86400, "hour", 25 },     { 3 * 86400 - 1, "hour", 73 },
  { 3 * 86400, "day", 4 }, { 30 * 86400, "day", 31 },
};

static void
test_buckets (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (spans); i++)
    {
      g_auto (JumpUsageBuckets) buckets = { 0 };

      jump_usage_buckets_init (&buckets, NOW - spans[i].span, NOW);
      g_assert_cmpstr (buckets.granularity, ==, spans[i].granularity);
      g_assert_cmpuint (buckets.times->len, ==, spans[i].count);
      g_assert_cmpint (g_array_index (buckets.times, gint64, 0), <=, NOW - spans[i].span);
      for (guint k = 0; k < buckets.times->len; k++)
        {
          gint64 begin = g_array_index (buckets.times, gint64, k);

          g_assert_cmpuint (jump_usage_buckets_find (&buckets, begin), ==, k);
          g_assert_cmpuint (jump_usage_buckets_find (&buckets, begin + 59), ==, k);
        }
      g_assert_cmpuint (jump_usage_buckets_find (&buckets, 0), ==, 0);
      g_assert_cmpuint (jump_usage_buckets_find (&buckets, G_MAXINT64), ==, buckets.times->len - 1);
    }
}

static void
test_ranges (void)
{
  g_assert_true (jump_usage_overview_knows_range ("week"));
  g_assert_false (jump_usage_overview_knows_range ("year"));
  g_assert_false (jump_usage_overview_knows_range (NULL));
}

int
main (int argc, char **argv)
{
  const struct
  {
    const char *path;
    void (*run) (Fixture *fixture, gconstpointer data);
  } tests[] = {
    { "/usage-overview/nothing", test_nothing }, { "/usage-overview/contract", test_contract },
    { "/usage-overview/times", test_times },     { "/usage-overview/filters", test_filters },
    { "/usage-overview/torn", test_torn },       { "/usage-overview/nonsense", test_nonsense },
  };

  g_setenv ("TZ", "TST-1", TRUE);
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].run, tear_down);
  g_test_add_func ("/usage-overview/buckets", test_buckets);
  g_test_add_func ("/usage-overview/ranges", test_ranges);
  return g_test_run ();
}
