/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

/* A history of a million exchanges: what it costs to write, to open and to ask.
 *
 * bench-history FILE [RECORDS]   fills FILE when it is not there yet, then asks. */

#include "service/base/clock-system.h"
#include "service/history/history-store.h"

#include <stdlib.h>
#include <string.h>

#define ROUNDS 5
/* A year. */
#define SPAN (365 * 24 * 60 * 60)

static const char *const models[] = { "gpt-4.1",           "gpt-5",           "gpt-5-mini",
                                      "claude-sonnet-4.5", "claude-opus-4.1", "gemini-2.5-pro",
                                      "o4-mini",           "gpt-4o" };
static const char *const apis[] = { "chat", "responses", "messages", "ollama" };
static const char *const paths[] = { "/v1/chat/completions",
                                     "/v1/responses",
                                     "/v1/messages",
                                     "/api/chat" };
static const char *const clients[] = { "claude-code", "codex", "opencode", "curl", "my-script" };
static const char *const words[] = { "invoice",  "parser",  "refactor", "pelican",
                                     "bicycle",  "deploy",  "cluster",  "matrix",
                                     "velocity", "harbour", "lantern",  "granite" };

typedef struct
{
  JumpHistoryStore *store; /* (owned) */
  JumpClock *clock;        /* (owned) */
  GAsyncResult *result;    /* (owned) (nullable) */
} Bench;

static void
on_answered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Bench *bench = user_data;

  bench->result = g_object_ref (result);
}

static void
wait_for_answer (Bench *bench)
{
  while (bench->result == NULL)
    g_main_context_iteration (NULL, TRUE);
}

static guint64
get_memory_kb (void)
{
  g_autofree char *status = NULL;
  const char *line;

  if (!g_file_get_contents ("/proc/self/status", &status, NULL, NULL))
    return 0;
  line = strstr (status, "VmRSS:");
  return line != NULL ? g_ascii_strtoull (line + strlen ("VmRSS:"), NULL, 10) : 0;
}

static void
give_bodies (JumpExchangeRecord *record, GRand *luck)
{
  g_autoptr (GString) text = g_string_new ("{\"messages\":[{\"role\":\"user\",\"content\":\"");

  for (guint i = 0; i < 60; i++)
    g_string_append_printf (text,
                            "%s%u ",
                            words[g_rand_int_range (luck, 0, G_N_ELEMENTS (words))],
                            g_rand_int_range (luck, 0, 1000));
  g_string_append (text, "\"}]}");
  record->request_body = g_bytes_new (text->str, text->len);
  record->reply_body = g_byte_array_new ();
  g_byte_array_append (record->reply_body, (const guint8 *) text->str, (guint) text->len);
}

static JumpExchangeRecord *
make_record (guint i, guint n, gint64 begin, GRand *luck)
{
  JumpExchangeRecord *record = jump_exchange_record_new ();
  guint session = i / 40; /* somebody works at one thing for a while, with one client and model */
  guint kind = session % G_N_ELEMENTS (apis);

  record->state = JUMP_EXCHANGE_ENDED;
  record->id = g_strdup_printf ("00000000-0000-4000-8000-%012u", i);
  record->method = g_strdup ("POST");
  record->path = g_strdup (paths[kind]);
  record->api = apis[kind];
  record->client_name = g_strdup (clients[session % G_N_ELEMENTS (clients)]);
  record->client = g_strdup_printf ("%s/1.%u", record->client_name, session / 1000 % 9);
  record->client_address = g_strdup ("127.0.0.1");
  record->session = g_strdup_printf ("session-%u", session);
  record->used_model = g_strdup (models[session % G_N_ELEMENTS (models)]);
  record->asked_model = g_strdup (record->used_model);
  record->route = g_strdup ("verbatim");
  record->changes = g_strdup ("");
  record->status = i % 50 == 0 ? 429 : 200;
  record->error = i % 50 == 0 ? g_strdup ("too many requests") : NULL;
  record->streamed = i % 3 != 0;
  record->attempts = 1;
  record->started_wall = (begin + (gint64) ((double) i / n * SPAN)) * G_USEC_PER_SEC;
  record->first_byte_us = g_rand_int_range (luck, 1000, 900000);
  record->total_us = g_rand_int_range (luck, 1000000, 60000000);
  record->bytes_in = (guint64) g_rand_int_range (luck, 100, 1000000);
  record->bytes_out = (guint64) g_rand_int_range (luck, 100, 100000);
  record->usage.input_tokens = g_rand_int_range (luck, 10, 100000);
  record->usage.output_tokens = g_rand_int_range (luck, 10, 4000);
  record->usage.nano_aiu = g_rand_int_range (luck, 1, 1000000000);
  if (i % 20 == 0)
    give_bodies (record, luck);
  return record;
}

static JumpHistoryMeasure
measure (Bench *bench)
{
  JumpHistoryMeasure measure = { 0 };

  jump_history_store_measure_async (bench->store, NULL, on_answered, bench);
  wait_for_answer (bench);
  jump_history_store_measure_finish (bench->store, bench->result, &measure, NULL);
  g_clear_object (&bench->result);
  return measure;
}

static void
fill (Bench *bench, guint n)
{
  const JumpHistoryPolicy policy = { .is_kept = TRUE, .keeps_bodies = TRUE, .body_bytes = 1 << 20 };
  g_autoptr (GRand) luck = g_rand_new_with_seed (1);
  gint64 begin = g_get_real_time () / G_USEC_PER_SEC - SPAN;
  gint64 start = g_get_monotonic_time ();

  jump_history_store_set_policy (bench->store, &policy);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (JumpExchangeRecord) record = make_record (i, n, begin, luck);

      jump_history_store_add (bench->store, record);
      if (i % 5000 == 4999)
        measure (bench);
    }
  measure (bench);
  g_print ("write           %8.1f us a record\n", (double) (g_get_monotonic_time () - start) / n);
}

static void
print_times (const char *name, const gint64 times[ROUNDS], guint64 count)
{
  gint64 worst = 0;
  gint64 best = G_MAXINT64;

  for (guint i = 0; i < ROUNDS; i++)
    {
      worst = MAX (worst, times[i]);
      best = MIN (best, times[i]);
    }
  g_print ("%-28s best %8.1f ms  worst %8.1f ms  %" G_GUINT64_FORMAT "\n",
           name,
           (double) best / 1000,
           (double) worst / 1000,
           count);
}

static void
time_find (Bench *bench, const char *name, const JumpHistoryQuery *query)
{
  gint64 times[ROUNDS];
  guint64 total = 0;

  for (guint i = 0; i < ROUNDS; i++)
    {
      g_autoptr (JumpHistoryPage) page = NULL;
      gint64 start = g_get_monotonic_time ();

      jump_history_store_find_async (bench->store, query, NULL, on_answered, bench);
      wait_for_answer (bench);
      page = jump_history_store_find_finish (bench->store, bench->result, NULL);
      g_clear_object (&bench->result);
      times[i] = g_get_monotonic_time () - start;
      total = page->total;
    }
  print_times (name, times, total);
}

static void
time_sum (Bench *bench, const char *name, JumpSumBy by, JumpBucket bucket)
{
  const JumpHistoryQuery query = { .excludes_imported = TRUE };
  gint64 times[ROUNDS];
  guint64 n_rows = 0;

  for (guint i = 0; i < ROUNDS; i++)
    {
      g_autoptr (GPtrArray) sums = NULL;
      gint64 start = g_get_monotonic_time ();

      jump_history_store_sum_async (bench->store, &query, by, bucket, NULL, on_answered, bench);
      wait_for_answer (bench);
      sums = jump_history_store_sum_finish (bench->store, bench->result, NULL);
      g_clear_object (&bench->result);
      times[i] = g_get_monotonic_time () - start;
      n_rows = sums->len;
    }
  print_times (name, times, n_rows);
}

static void
time_histogram (Bench *bench)
{
  const JumpHistoryQuery query = { 0 };
  gint64 times[ROUNDS];
  guint64 count = 0;

  for (guint i = 0; i < ROUNDS; i++)
    {
      g_autoptr (JumpHistogram) histogram = NULL;
      gint64 start = g_get_monotonic_time ();

      jump_history_store_histogram_async (bench->store,
                                          &query,
                                          JUMP_METRIC_DURATION,
                                          NULL,
                                          on_answered,
                                          bench);
      wait_for_answer (bench);
      histogram = jump_history_store_histogram_finish (bench->store, bench->result, NULL);
      g_clear_object (&bench->result);
      times[i] = g_get_monotonic_time () - start;
      count = histogram->count;
    }
  print_times ("histogram of durations", times, count);
}

static void
ask_all (Bench *bench)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  const struct
  {
    const char *name;
    JumpHistoryQuery query;
  } rows[] = {
    { "list, first page", { 0 } },
    { "list, page 10000", { .page = 10000 } },
    { "list, last month", { .from = now - 30 * 24 * 60 * 60 } },
    { "list, one model", { .model = "gpt-5" } },
    { "list, failed ones", { .status = 4 } },
    { "list, one session", { .session = "session-777" } },
    { "text, common", { .text = "claude" } },
    { "text, rare", { .text = "SESSION-12345" } },
    { "text, nowhere", { .text = "zzzzzz" } },
    { "full text, common", { .full_text = "opencode messages" } },
    { "full text, in bodies", { .full_text = "pelican17" } },
    { "full text, two in bodies", { .full_text = "pelican17 granite9" } },
    { "full text, start of a word", { .full_text = "pel" } },
    { "full text, one letter", { .full_text = "p" } },
    { "full text, nowhere", { .full_text = "zzzzzz" } },
    { "slow ones (no index)", { .metric = JUMP_METRIC_DURATION, .at_least = 59999000 } },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    time_find (bench, rows[i].name, &rows[i].query);
  time_sum (bench, "sums of all", JUMP_SUM_ALL, JUMP_BUCKET_NONE);
  time_sum (bench, "sums by model", JUMP_SUM_MODEL, JUMP_BUCKET_NONE);
  time_sum (bench, "sums by model and day", JUMP_SUM_MODEL, JUMP_BUCKET_DAY);
  time_sum (bench, "sums by session", JUMP_SUM_SESSION, JUMP_BUCKET_NONE);
  time_histogram (bench);
}

int
main (int argc, char **argv)
{
  Bench bench = { .clock = jump_clock_system_new () };
  guint n = argc > 2 ? (guint) g_ascii_strtoull (argv[2], NULL, 10) : 1000000;
  gint64 start;
  JumpHistoryMeasure size;

  if (argc < 2)
    {
      g_printerr ("usage: bench-history FILE [RECORDS]\n");
      return EXIT_FAILURE;
    }
  if (!g_file_test (argv[1], G_FILE_TEST_EXISTS))
    {
      bench.store = jump_history_store_new (argv[1], bench.clock);
      fill (&bench, n);
      jump_history_store_close (bench.store);
      g_object_unref (bench.store);
    }
  g_print ("memory          %8" G_GUINT64_FORMAT " KiB before opening\n", get_memory_kb ());
  start = g_get_monotonic_time ();
  bench.store = jump_history_store_new (argv[1], bench.clock);
  g_print ("start           %8" G_GINT64_FORMAT " us on the main loop\n",
           g_get_monotonic_time () - start);
  size = measure (&bench);
  g_print ("open, count     %8.1f ms on the worker\n",
           (double) (g_get_monotonic_time () - start) / 1000);
  g_print ("file            %8" G_GUINT64_FORMAT " MiB of %" G_GUINT64_FORMAT
           " records, %" G_GUINT64_FORMAT " with bodies\n",
           size.bytes >> 20,
           size.n_records,
           size.n_bodies);
  ask_all (&bench);
  g_print ("memory          %8" G_GUINT64_FORMAT " KiB after all that\n", get_memory_kb ());
  jump_history_store_close (bench.store);
  g_object_unref (bench.store);
  g_object_unref (bench.clock);
  return EXIT_SUCCESS;
}
