/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "config.h"

#include "service/http/metrics-text.h"
#include "service/http/metrics.h"
#include "tests/integration/asking.h"

/* What monitors read: in the format that they expect, by those alone who may, and true. */

/* ---- a reader as strict as Prometheus' own checker ---- */

#define NAME  "[a-zA-Z_:][a-zA-Z0-9_:]*"
#define LABEL "[a-zA-Z_][a-zA-Z0-9_]*=\"(?:[^\"\\\\\\n]|\\\\[\\\\\"n])*\""

static gboolean
matches (const char *line, const char *pattern, char **out_first, char **out_second)
{
  g_autofree char *whole = g_strconcat ("^(?:", pattern, ")$", NULL);
  g_autoptr (GRegex) regex = g_regex_new (whole, 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;

  g_assert_nonnull (regex);
  if (!g_regex_match (regex, line, 0, &match))
    return FALSE;
  *out_first = g_match_info_fetch (match, 1);
  *out_second = g_match_info_fetch (match, 2);
  return TRUE;
}

/* Samples by name and labels as they are written. Returns: (transfer full) (element-type utf8 utf8) */
static GHashTable *
read_metrics (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  GHashTable *samples = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GHashTable) families = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *helped = NULL;
  g_autofree char *family = NULL;
  g_autofree char *type = NULL;

  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_true (g_str_has_suffix (text, "\n"));
  for (guint i = 0; lines[i + 1] != NULL; i++)
    {
      g_autofree char *first = NULL;
      g_autofree char *second = NULL;

      g_test_message ("%s", lines[i]);
      if (matches (lines[i], "# HELP (" NAME ") (.+)", &first, &second))
        {
          g_assert_true (g_hash_table_add (families, g_strdup (first)));
          g_free (helped);
          helped = g_steal_pointer (&first);
        }
      else if (matches (lines[i], "# TYPE (" NAME ") (counter|gauge|histogram)", &first, &second))
        {
          g_assert_cmpstr (first, ==, helped);
          g_assert_true (g_str_has_suffix (first, "_total") == g_str_equal (second, "counter"));
          g_free (family);
          g_free (type);
          family = g_steal_pointer (&first);
          type = g_steal_pointer (&second);
        }
      else
        {
          g_autofree char *suffix = NULL;

          g_assert_true (matches (lines[i],
                                  "(" NAME "(?:\\{" LABEL "(?:," LABEL ")*\\})?) "
                                  "(NaN|[+-]Inf|-?[0-9]+(?:\\.[0-9]+)?(?:e[+-]?[0-9]+)?)",
                                  &first,
                                  &second));
          g_assert_true (g_str_has_prefix (first, family));
          suffix = g_strndup (first + strlen (family), strcspn (first + strlen (family), "{"));
          if (g_str_equal (type, "histogram"))
            g_assert_true (g_str_equal (suffix, "_bucket") || g_str_equal (suffix, "_sum") ||
                           g_str_equal (suffix, "_count"));
          else
            g_assert_cmpstr (suffix, ==, "");
          g_assert_true (
              g_hash_table_insert (samples, g_steal_pointer (&first), g_steal_pointer (&second)));
        }
    }
  return samples;
}

static void
assert_sample (GHashTable *samples, const char *name, const char *expected)
{
  g_test_message ("%s", name);
  g_assert_cmpstr (g_hash_table_lookup (samples, name), ==, expected);
}

/* ---- counting ---- */

static JumpExchangeRecord *
make_record (const char *model, guint status)
{
  JumpExchangeRecord *record = jump_exchange_record_new ();

  record->api = "chat";
  record->used_model = g_strdup (model);
  record->status = status;
  record->first_byte_us = 60 * G_TIME_SPAN_MILLISECOND;
  record->total_us = 700 * G_TIME_SPAN_MILLISECOND;
  record->usage.input_tokens = 10;
  record->usage.nano_aiu = 1500000000;
  record->streamed = TRUE;
  return record;
}

static void
test_counting (void)
{
  g_autoptr (JumpMetrics) metrics = jump_metrics_new ();
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GHashTable) samples = NULL;
  g_autoptr (JumpExchangeRecord) odd = make_record ("a \"b\"\\c\nd \xff", 200);

  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (JumpExchangeRecord) record = make_record ("m", i == 2 ? 429 : 200);

      record->state = JUMP_EXCHANGE_STREAMING;
      jump_metrics_update (metrics, record);
      jump_metrics_update (metrics, record);
      g_assert_cmpuint (jump_metrics_get_streams (metrics), ==, 1);
      record->state = JUMP_EXCHANGE_ENDED;
      jump_metrics_add (metrics, record);
      g_assert_cmpuint (jump_metrics_get_streams (metrics), ==, 0);
    }
  odd->total_us = 700 * G_USEC_PER_SEC;
  odd->first_byte_us = -1;
  jump_metrics_add (metrics, odd);
  jump_metrics_write (metrics, text);
  samples = read_metrics (text->str);
  assert_sample (samples, "jumpseat_requests_total{api=\"chat\",model=\"m\",status=\"200\"}", "2");
  assert_sample (samples, "jumpseat_requests_total{api=\"chat\",model=\"m\",status=\"429\"}", "1");
  assert_sample (samples,
                 "jumpseat_requests_total{api=\"chat\",model=\"a \\\"b\\\"\\\\c\\nd "
                 "\xef\xbf\xbd\",status=\"200\"}",
                 "1");
  assert_sample (samples, "jumpseat_tokens_total{kind=\"input\",model=\"m\"}", "30");
  assert_sample (samples, "jumpseat_credits_total{model=\"m\"}", "4.5");
  assert_sample (samples, "jumpseat_request_duration_seconds_bucket{api=\"chat\",le=\"0.5\"}", "0");
  assert_sample (samples, "jumpseat_request_duration_seconds_bucket{api=\"chat\",le=\"1\"}", "3");
  assert_sample (samples, "jumpseat_request_duration_seconds_bucket{api=\"chat\",le=\"600\"}", "3");
  assert_sample (samples,
                 "jumpseat_request_duration_seconds_bucket{api=\"chat\",le=\"+Inf\"}",
                 "4");
  assert_sample (samples, "jumpseat_request_duration_seconds_count{api=\"chat\"}", "4");
  assert_sample (samples, "jumpseat_request_duration_seconds_sum{api=\"chat\"}", "702.1");
  assert_sample (samples, "jumpseat_request_first_byte_seconds_count{api=\"chat\"}", "3");
}

/* A client that makes up names of models does not fill the memory of whoever watches. */
static void
test_many_models (void)
{
  g_autoptr (JumpMetrics) metrics = jump_metrics_new ();
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GHashTable) samples = NULL;
  GHashTableIter iter;
  gpointer name;
  guint n_models = 0;

  for (guint i = 0; i < JUMP_METRICS_MODELS + 50; i++)
    {
      g_autofree char *model = g_strdup_printf ("model-%u", i);
      g_autoptr (JumpExchangeRecord) record = make_record (model, 200);

      jump_metrics_add (metrics, record);
    }
  jump_metrics_write (metrics, text);
  samples = read_metrics (text->str);
  g_hash_table_iter_init (&iter, samples);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    n_models += g_str_has_prefix (name, "jumpseat_credits_total");
  g_assert_cmpuint (n_models, ==, JUMP_METRICS_MODELS + 1);
  assert_sample (samples,
                 "jumpseat_requests_total{api=\"chat\",model=\"other\",status=\"200\"}",
                 "50");
}

static void
test_values (void)
{
  g_autoptr (GString) text = g_string_new (NULL);

  jump_metrics_text_add (text, "a", NULL, 0.1);
  jump_metrics_text_add (text, "a", NULL, 1e21);
  jump_metrics_text_add (text, "a", NULL, -G_MAXDOUBLE * 2);
  g_assert_cmpstr (text->str, ==, "a 0.1\na 1e+21\na -Inf\n");
}

/* ---- the routes ---- */

static void
test_route (void)
{
  g_autoptr (Fixture) fixture = fixture_new ("test");
  g_autoptr (Answer) off = fixture_ask (fixture, "GET", "/metrics", NULL);
  g_autoptr (Answer) chat = NULL;
  g_autoptr (Answer) on = NULL;
  g_autoptr (GHashTable) samples = NULL;

  g_assert_cmpuint (off->status, ==, 404);
  assert_says (off->body->str, "metrics.enabled");
  chat = fixture_chat (fixture, "gpt-4.1", "hello", TRUE);
  g_assert_cmpuint (chat->status, ==, 200);
  fixture_set (fixture, "metrics.enabled", "true");
  fixture_set (fixture, "server.require_key", "true");
  on = fixture_ask (fixture, "GET", "/metrics", NULL);
  g_assert_cmpuint (on->status, ==, 200);
  g_assert_cmpstr (answer_header (on, "content-type"),
                   ==,
                   "text/plain; version=0.0.4; charset=utf-8");
  samples = read_metrics (on->body->str);
  assert_sample (samples,
                 "jumpseat_requests_total{api=\"chat\",model=\"gpt-4.1\",status=\"200\"}",
                 "1");
  assert_sample (samples, "jumpseat_streams_open", "0");
  assert_sample (samples, "jumpseat_queue_waiting", "0");
  assert_sample (samples, "jumpseat_breaker_state{state=\"closed\"}", "1");
  assert_sample (samples, "jumpseat_breaker_state{state=\"open\"}", "0");
  g_assert_nonnull (g_hash_table_lookup (samples, "jumpseat_connections"));
  g_assert_nonnull (g_hash_table_lookup (samples, "jumpseat_history_records"));
  assert_sample (samples, "jumpseat_history_waiting", "0");
  g_assert_nonnull (g_hash_table_lookup (samples, "jumpseat_uptime_seconds"));
  assert_sample (samples, "jumpseat_build_info{version=\"" JUMPSEAT_VERSION "\"}", "1");
}

static void
test_debug (void)
{
  g_autoptr (Fixture) fixture = fixture_new ("test");
  g_autoptr (Answer) off = fixture_ask (fixture, "GET", "/debug/", NULL);
  g_autoptr (Answer) on = NULL;
  g_autoptr (JsonObject) vars = NULL;

  g_assert_cmpuint (off->status, ==, 404);
  assert_says (off->body->str, "metrics.debug");
  fixture_set (fixture, "metrics.debug", "true");
  on = fixture_ask (fixture, "GET", "/debug/vars", NULL);
  g_assert_cmpuint (on->status, ==, 200);
  vars = answer_parse (on);
  g_assert_cmpint (jump_json_get_int (vars, "connections", 0), >, 0);
  g_assert_true (jump_json_has_value (jump_json_get_object (vars, "relay"), "queue_waiting"));
  g_assert_true (jump_json_has_value (jump_json_get_object (vars, "relay"), "signs_of_life"));
  g_assert_cmpint (jump_json_get_int (vars, "body_bytes_read", -1), ==, 0);
  g_assert_cmpint (jump_json_get_int (jump_json_get_object (vars, "history"), "disk_waiting", -1),
                   ==,
                   0);
}

/* A page that may use the model API learns nothing here. */
static void
test_pages (void)
{
  static const char *const paths[] = { "/metrics", "/debug/vars" };
  g_autoptr (Fixture) fixture = fixture_new ("test");

  fixture_set (fixture, "metrics.enabled", "true");
  fixture_set (fixture, "metrics.debug", "true");
  fixture_set (fixture, "server.allowed_origins", "https://chat.example");
  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (Answer) answer =
          fixture_start (fixture, "GET", paths[i], NULL, "Origin", "https://chat.example", NULL);

      answer_wait (answer);
      g_assert_cmpuint (answer->status, ==, 403);
      assert_silent (answer->body->str, "jumpseat_");
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/metrics/counting", test_counting);
  g_test_add_func ("/metrics/many-models", test_many_models);
  g_test_add_func ("/metrics/values", test_values);
  g_test_add_func ("/metrics/route", test_route);
  g_test_add_func ("/metrics/debug", test_debug);
  g_test_add_func ("/metrics/pages", test_pages);
  return g_test_run ();
}
