/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "tests/integration/asking.h"

#include <math.h>
#include <string.h>

/* What was used, added up by the control API: the same as what upstream said of each answer. */

static const Api asked[] = { API_CHAT, API_CHAT, API_MESSAGES, API_RESPONSES, API_OLLAMA_CHAT };
static const char *const models[] = { "gpt-4.1",
                                      "gpt-5.5",
                                      "claude-sonnet-4.6",
                                      "gpt-5.5",
                                      "gpt-4.1" };

static GPtrArray *
use (Fixture *fixture)
{
  GPtrArray *records = fixture_keep_records (fixture);

  for (gsize i = 0; i < G_N_ELEMENTS (asked); i++)
    {
      g_autoptr (Answer) answer = api_ask (fixture, asked[i], models[i], "hello there", i % 2 == 0);

      g_assert_cmpuint (answer->status, ==, 200);
    }
  records_wait (records, G_N_ELEMENTS (asked));
  return records;
}

static JsonObject *
get_usage (Fixture *fixture, const char *query)
{
  g_autofree char *path = g_strconcat ("/api/usage", query, NULL);
  g_autoptr (Answer) answer = control_ask (fixture, "GET", path, NULL);

  g_test_message ("%s", path);
  g_assert_cmpuint (answer->status, ==, 200);
  return answer_parse (answer);
}

static gint64
sum_records (GPtrArray *records, const char *model, gsize offset)
{
  gint64 sum = 0;

  for (guint i = 0; i < records->len; i++)
    {
      const JumpExchangeRecord *record = g_ptr_array_index (records, i);

      if (model == NULL || g_strcmp0 (record->used_model, model) == 0)
        sum += MAX (0, G_STRUCT_MEMBER (gint64, &record->usage, offset));
    }
  return sum;
}

static void
assert_sums (JsonObject *row, GPtrArray *records, const char *model)
{
  gint64 nano = sum_records (records, model, G_STRUCT_OFFSET (JumpUsageCount, nano_aiu));

  g_assert_cmpint (jump_json_get_int (row, "input_tokens", -1),
                   ==,
                   sum_records (records, model, G_STRUCT_OFFSET (JumpUsageCount, input_tokens)));
  g_assert_cmpint (jump_json_get_int (row, "output_tokens", -1),
                   ==,
                   sum_records (records, model, G_STRUCT_OFFSET (JumpUsageCount, output_tokens)));
  g_assert_cmpint (jump_json_get_int (row, "nano_aiu", -1), ==, nano);
  g_assert_cmpfloat (fabs (jump_json_get_double (row, "credits", -1) - (double) nano / 1e9),
                     <,
                     1e-9);
  g_assert_cmpfloat (fabs (jump_json_get_double (row, "usd", -1) - (double) nano / 1e11), <, 1e-11);
}

static void
test_sums (void)
{
  g_autoptr (Fixture) fixture = fixture_new_ruled (NULL);
  g_autoptr (GPtrArray) records = use (fixture);

  for (guint without_store = 0; without_store < 2; without_store++)
    {
      g_autoptr (JsonObject) all = get_usage (fixture, "?range=today");
      g_autoptr (JsonObject) by_model = get_usage (fixture, "?range=today&by=model");
      JsonArray *rows = json_object_get_array_member (by_model, "rows");

      assert_sums (json_object_get_object_member (all, "totals"), records, NULL);
      assert_sums (json_object_get_object_member (by_model, "totals"), records, NULL);
      g_assert_cmpuint (json_array_get_length (rows), ==, 3);
      for (guint i = 0; i < 3; i++)
        {
          JsonObject *row = json_array_get_object_element (rows, i);

          assert_sums (row, records, jump_json_get_string (row, "name", ""));
        }
      fixture_set (fixture, "history.store", "false");
    }
}

static void
test_questions (void)
{
  static const struct
  {
    const char *query;
    guint n_rows;
    gint64 requests;
  } cases[] = {
    { "", 1, 5 },
    { "?range=all&by=api", 4, 5 },
    { "?range=week&by=status", 1, 5 },
    { "?range=month&by=key", 1, 5 },
    { "?range=year&by=client&bucket=day", 1, 5 },
    { "?range=hour&bucket=minute", 1, 5 },
    { "?by=none&model=gpt-5.5", 1, 2 },
    { "?by=model&model=nobody", 0, 0 },
    { "?from=1700000000&until=1700000001", 0, 0 },
    { "?from=1700000000&bucket=hour", 1, 5 },
    { "?api=messages&by=model", 1, 1 },
  };
  g_autoptr (Fixture) fixture = fixture_new_ruled (NULL);
  g_autoptr (GPtrArray) records = use (fixture);

  g_assert_cmpuint (records->len, ==, G_N_ELEMENTS (asked));
  for (guint without_store = 0; without_store < 2; without_store++)
    {
      for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
        {
          g_autoptr (JsonObject) usage = get_usage (fixture, cases[i].query);
          JsonArray *rows = json_object_get_array_member (usage, "rows");
          JsonObject *totals = json_object_get_object_member (usage, "totals");

          g_assert_cmpuint (json_array_get_length (rows), ==, cases[i].n_rows);
          g_assert_cmpint (jump_json_get_int (totals, "requests", -1), ==, cases[i].requests);
        }
      fixture_set (fixture, "history.store", "false");
    }
}

static void
test_wrong_questions (void)
{
  static const struct
  {
    const char *path;
    const char *message;
  } cases[] = {
    { "/api/usage?range=fortnight", "range: expected one of hour, today" },
    { "/api/usage?by=colour", "by: expected one of none, model" },
    { "/api/usage?bucket=year", "bucket: expected one of none, minute" },
    { "/api/usage?format=xml", "format: expected one of json, csv" },
    { "/api/usage?from=yesterday", "from: expected a number" },
    { "/api/request-stats?metric=colour", "metric: expected one of" },
    { "/api/stats?user=%zz", "user: expected" },
  };
  g_autoptr (Fixture) fixture = fixture_new ("test");

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Answer) answer = control_ask (fixture, "GET", cases[i].path, NULL);

      g_assert_cmpuint (answer->status, ==, 400);
      assert_says (answer->body->str, cases[i].message);
    }
}

static void
test_csv (void)
{
  g_autoptr (Fixture) fixture = fixture_new_ruled (NULL);
  g_autoptr (GPtrArray) records = use (fixture);
  g_autoptr (Answer) answer = control_ask (fixture, "GET", "/api/usage?by=model&format=csv", NULL);
  g_auto (GStrv) lines = g_strsplit (answer->body->str, "\r\n", -1);

  g_assert_cmpuint (records->len, ==, G_N_ELEMENTS (asked));
  g_assert_cmpstr (answer_header (answer, "content-type"), ==, "text/csv; charset=utf-8");
  g_assert_cmpuint (g_strv_length (lines),
                    ==,
                    5); /* a head, three models, nothing behind the last */
  g_assert_true (g_str_has_prefix (lines[0], "model,"));
}

static void
check_histogram (Fixture *fixture, const char *metric, const char *filter, gint64 expected)
{
  g_autofree char *path = g_strconcat ("/api/request-stats?metric=", metric, filter, NULL);
  g_autoptr (Answer) answer = control_ask (fixture, "GET", path, NULL);
  g_autoptr (JsonObject) stats = answer_parse (answer);
  JsonArray *bars = json_object_get_array_member (stats, "bars");
  gint64 n = 0;

  g_test_message ("%s", path);
  for (guint i = 0; i < json_array_get_length (bars); i++)
    {
      JsonObject *bar = json_array_get_object_element (bars, i);

      g_assert_cmpint (jump_json_get_int (bar, "index", -1), ==, i);
      n += jump_json_get_int (bar, "count", 0);
    }
  g_assert_cmpstr (jump_json_get_string (stats, "metric", NULL), ==, metric);
  g_assert_cmpint (jump_json_get_int (stats, "count", -1), ==, expected);
  g_assert_cmpint (n, ==, expected);
}

/* From disk and, where nothing is kept there, from memory. */
static void
test_histogram (void)
{
  static const char *const metrics[] = { "request_size", "reply_size",    "duration",
                                         "input_tokens", "output_tokens", "credits" };
  g_autoptr (Fixture) fixture = fixture_new_ruled (NULL);
  g_autoptr (GPtrArray) records = use (fixture);

  for (guint without_store = 0; without_store < 2; without_store++)
    {
      g_autoptr (Answer) answer = NULL;

      for (gsize i = 0; i < G_N_ELEMENTS (metrics); i++)
        {
          check_histogram (fixture, metrics[i], "", records->len);
          check_histogram (fixture, metrics[i], "&model=gpt-5.5", 2);
          check_histogram (fixture, metrics[i], "&search=sonnet", 1);
        }
      fixture_set (fixture, "history.store", "false");
      answer = api_ask (fixture, API_CHAT, "gpt-4.1", "one more", TRUE);
      records_wait (records, G_N_ELEMENTS (asked) + 1 + without_store);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/usage-api/sums", test_sums);
  g_test_add_func ("/usage-api/questions", test_questions);
  g_test_add_func ("/usage-api/wrong-questions", test_wrong_questions);
  g_test_add_func ("/usage-api/csv", test_csv);
  g_test_add_func ("/usage-api/histogram", test_histogram);
  return g_test_run ();
}
