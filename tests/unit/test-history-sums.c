/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "tests/unit/history-stage.h"

#define BASE G_GINT64_CONSTANT (1800000000)

static void
add_record (HistoryStage *stage, JumpExchangeRecord *new_record)
{
  g_autoptr (JumpExchangeRecord) record = new_record;

  jump_history_store_add (stage->store, record);
}

/* Every kind there is, over some days, a prime number of seconds apart. */
static JumpExchangeRecord *
make_mixed (guint i)
{
  static const char *const models[] = { "gpt-4.1", "claude-sonnet-4.5", NULL };
  static const char *const apis[] = { "chat", "messages", "count", "ollama", "responses" };
  static const char *const sessions[] = { NULL, "s1", "s2", "s3" };
  static const guint statuses[] = { 200, 200, 200, 429, 499, 500 };
  g_autofree char *id = g_strdup_printf ("m%u", i);
  JumpExchangeRecord *record = history_stage_make_record (id, (gint64) i * 1009, i + 1);

  g_free (record->used_model);
  record->used_model = g_strdup (models[i % G_N_ELEMENTS (models)]);
  record->api = apis[i % G_N_ELEMENTS (apis)];
  record->session = g_strdup (sessions[i % G_N_ELEMENTS (sessions)]);
  record->status = statuses[i % G_N_ELEMENTS (statuses)];
  record->client_key = i % 7 == 0 ? g_strdup ("key") : NULL;
  record->usage.cache_read_tokens = i % 2 == 0 ? (gint64) i : -1;
  record->usage.cache_write_tokens = i % 3 == 0 ? (gint64) i : -1;
  record->usage.reasoning_tokens = i % 5 == 0 ? (gint64) i : -1;
  if (i % 4 == 0)
    record->usage.nano_aiu = -1;
  if (i % 8 == 0)
    record->estimated_nano_aiu = i;
  record->is_imported = i % 11 == 0;
  return record;
}

#define N_MIXED 300

/* Own ones and imported ones alike. */
static void
fill_mixed (HistoryStage *stage)
{
  g_autoptr (GPtrArray) imported =
      g_ptr_array_new_with_free_func ((GDestroyNotify) jump_exchange_record_unref);

  for (guint i = 0; i < N_MIXED; i++)
    {
      g_autoptr (JumpExchangeRecord) record = make_mixed (i);

      if (record->is_imported)
        g_ptr_array_add (imported, jump_exchange_record_ref (record));
      else
        jump_history_store_add (stage->store, record);
    }
  g_assert_cmpint (history_stage_import (stage, imported), ==, imported->len);
}

static gboolean
fits (const JumpExchangeRecord *record, const JumpHistoryQuery *query)
{
  gint64 seconds = record->started_wall / G_USEC_PER_SEC;

  return (query->model == NULL || g_strcmp0 (query->model, record->used_model) == 0) &&
         (query->api == NULL || g_strcmp0 (query->api, record->api) == 0) &&
         (query->session == NULL || g_strcmp0 (query->session, record->session) == 0) &&
         (query->client_key == NULL || g_strcmp0 (query->client_key, record->client_key) == 0) &&
         (query->status == 0 ||
          (query->status < 10 ? record->status / 100 : record->status) == query->status) &&
         (query->from == 0 || seconds >= query->from) &&
         (query->until == 0 || seconds < query->until) &&
         (!query->excludes_imported || !record->is_imported);
}

static JumpUsageSums
add_up_rows (GPtrArray *rows)
{
  JumpUsageSums sums = { 0 };

  for (guint i = 0; i < rows->len; i++)
    jump_usage_sums_merge (&sums, &((JumpHistorySum *) g_ptr_array_index (rows, i))->sums);
  return sums;
}

/* Whatever the sums are by, together they are those of the records that fit. */
static void
check_question (HistoryStage *stage, const JumpHistoryQuery *query)
{
  JumpUsageSums expected = { 0 };

  for (guint i = 0; i < N_MIXED; i++)
    {
      g_autoptr (JumpExchangeRecord) record = make_mixed (i);

      if (fits (record, query))
        jump_usage_sums_add (&expected, record);
    }
  for (guint by = JUMP_SUM_ALL; by <= JUMP_SUM_STATUS; by++)
    for (guint bucket = JUMP_BUCKET_NONE; bucket <= JUMP_BUCKET_DAY; bucket++)
      {
        g_autoptr (GPtrArray) rows =
            history_stage_sum (stage, query, (JumpSumBy) by, (JumpBucket) bucket);
        JumpUsageSums sums = add_up_rows (rows);

        g_assert_cmpmem (&sums, sizeof sums, &expected, sizeof expected);
      }
}

static void
test_agreement (HistoryStage *stage, gconstpointer data)
{
  static const JumpHistoryQuery queries[] = {
    { 0 },
    { .excludes_imported = TRUE },
    { .model = "gpt-4.1" },
    { .api = "messages", .excludes_imported = TRUE },
    { .session = "s2" },
    { .session = "s2", .model = "gpt-4.1" },
    { .client_key = "key", .status = 4 },
    { .status = 499 },
    { .status = 2 },
    { .from = BASE + 12345 },
    { .until = BASE + 54321 },
    { .from = BASE + 12345, .until = BASE + 54321 },
    { .from = 1800000900, .until = 1800009000 },
    { .from = BASE + 100, .until = BASE + 200 },
    { .from = BASE + 1000, .until = BASE + 2100, .model = "claude-sonnet-4.5" },
    { .from = BASE + 12345, .until = BASE + 54321, .session = "s1" },
    { .model = "none" },
  };

  fill_mixed (stage);
  for (gsize i = 0; i < G_N_ELEMENTS (queries); i++)
    check_question (stage, &queries[i]);
}

static void
test_names (HistoryStage *stage, gconstpointer data)
{
  const JumpHistoryQuery all = { 0 };
  g_autoptr (GPtrArray) models = NULL;
  g_autoptr (GPtrArray) statuses = NULL;
  const JumpHistorySum *sum;

  history_stage_add (stage, "a", 0, 5);
  add_record (stage, make_mixed (1)); /* claude, 2 million */
  add_record (stage, make_mixed (2)); /* no model, 3 million */
  models = history_stage_sum (stage, &all, JUMP_SUM_MODEL, JUMP_BUCKET_NONE);
  g_assert_cmpuint (models->len, ==, 3);
  sum = g_ptr_array_index (models, 0);
  g_assert_cmpstr (sum->name, ==, "gpt-4.1");
  g_assert_cmpint (sum->bucket, ==, 0);
  sum = g_ptr_array_index (models, 1);
  g_assert_null (sum->name);
  sum = g_ptr_array_index (models, 2);
  g_assert_cmpstr (sum->name, ==, "claude-sonnet-4.5");
  statuses = history_stage_sum (stage, &all, JUMP_SUM_STATUS, JUMP_BUCKET_NONE);
  g_assert_cmpuint (statuses->len, ==, 1);
  sum = g_ptr_array_index (statuses, 0);
  g_assert_cmpstr (sum->name, ==, "200");
}

typedef struct
{
  const char *zone;
  gint64 time; /* wall seconds */
  JumpBucket bucket;
  gint64 begin;
} BucketCase;

/* Berlin: clocks went forward on 2026-03-29 01:00 UTC and back on 2026-10-25 01:00 UTC. */
static void
test_buckets (void)
{
  static const BucketCase cases[] = {
    { "UTC", 1800000061, JUMP_BUCKET_MINUTE, 1800000060 },
    { "UTC", 1800000061, JUMP_BUCKET_HOUR, 1800000000 },
    { "UTC", 1800000061, JUMP_BUCKET_DAY, 1799971200 },
    { "Europe/Berlin", 1774738800 + 3600 * 20, JUMP_BUCKET_DAY, 1774738800 }, /* 23 hours long */
    { "Europe/Berlin", 1774738800 + 3600 * 23, JUMP_BUCKET_DAY, 1774738800 + 3600 * 23 },
    { "Europe/Berlin", 1792879200 + 3600 * 24 + 1, JUMP_BUCKET_DAY, 1792879200 }, /* 25 hours */
    { "Europe/Berlin", 1792879200 + 3600 * 25, JUMP_BUCKET_DAY, 1792879200 + 3600 * 25 },
    { "Asia/Kathmandu", 1800000000, JUMP_BUCKET_HOUR, 1799997300 }, /* 13:45 there */
    { "Asia/Kolkata", 1800000000, JUMP_BUCKET_DAY, 1799951400 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      HistoryStage stage = { .clock = jump_clock_fake_new () };
      const JumpHistoryQuery all = { 0 };
      g_autoptr (GPtrArray) sums = NULL;

      g_setenv ("TZ", cases[i].zone, TRUE);
      stage.store = jump_history_store_new (NULL, stage.clock);
      history_stage_add (&stage, "a", cases[i].time - BASE, 1);
      sums = history_stage_sum (&stage, &all, JUMP_SUM_ALL, cases[i].bucket);
      g_assert_cmpuint (sums->len, ==, 1);
      g_assert_cmpint (((JumpHistorySum *) g_ptr_array_index (sums, 0))->bucket,
                       ==,
                       cases[i].begin);
      g_object_unref (stage.store);
      g_object_unref (stage.clock);
    }
  g_setenv ("TZ", "UTC", TRUE);
}

static void
test_histogram (HistoryStage *stage, gconstpointer data)
{
  const JumpHistoryQuery all = { 0 };
  const JumpHistoryQuery some = { .status = 200, .metric = JUMP_METRIC_INPUT_TOKENS, .below = 16 };
  g_autoptr (JumpHistogram) tokens = NULL;
  g_autoptr (JumpHistogram) few = NULL;
  g_autoptr (JumpHistogram) prices = NULL;
  JumpHistogramBar *bars;

  for (guint i = 1; i <= 40; i++)
    {
      g_autofree char *id = g_strdup_printf ("%u", i);
      g_autoptr (JumpExchangeRecord) record = history_stage_make_record (id, i, i);

      if (i == 40)
        record->usage.input_tokens = 10000000;
      if (i == 39)
        record->usage.nano_aiu = -1;
      jump_history_store_add (stage->store, record);
    }
  tokens = history_stage_histogram (stage, &all, JUMP_METRIC_INPUT_TOKENS);
  bars = (JumpHistogramBar *) (gpointer) tokens->bars->data;
  g_assert_cmpint (bars[0].lower, ==, 0);
  g_assert_cmpint (bars[0].upper, ==, 16);
  g_assert_cmpuint (bars[0].count, ==, 15);
  g_assert_cmpuint (bars[1].count, ==, 16);
  g_assert_cmpuint (bars[2].count, ==, 8);
  g_assert_cmpint (bars[tokens->bars->len - 1].lower, ==, 131072);
  g_assert_cmpint (bars[tokens->bars->len - 1].upper, ==, 0);
  g_assert_cmpuint (bars[tokens->bars->len - 1].count, ==, 1);
  g_assert_cmpuint (tokens->count, ==, 40);
  g_assert_cmpint (tokens->least, ==, 1);
  g_assert_cmpint (tokens->most, ==, 10000000);
  g_assert_cmpfloat (tokens->sum, ==, 10000780);
  few = history_stage_histogram (stage, &some, JUMP_METRIC_INPUT_TOKENS);
  g_assert_cmpuint (few->count, ==, 15);
  prices = history_stage_histogram (stage, &all, JUMP_METRIC_NANO_AIU);
  g_assert_cmpuint (prices->count, ==, 39); /* what has no price is no price of nothing */
}

#define ADD(name, func) \
  g_test_add (name, HistoryStage, NULL, history_stage_set_up, func, history_stage_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/history-sums/agreement", test_agreement);
  ADD ("/history-sums/names", test_names);
  g_test_add_func ("/history-sums/buckets", test_buckets);
  ADD ("/history-sums/histogram", test_histogram);
  return g_test_run ();
}
