/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/limits.h"
#include "tests/unit/history-stage.h"

#include <glib/gstdio.h>
#include <string.h>

static void
test_round_trip (HistoryStage *stage, gconstpointer data)
{
  g_autoptr (JumpExchangeRecord) record = history_stage_make_record ("one", 5, 7);
  g_autoptr (JumpExchangeRecord) kept = NULL;
  g_autoptr (JumpExchangeRecord) absent = NULL;

  record->client_key = g_strdup ("key-1");
  record->client_address = g_strdup ("127.0.0.1");
  record->process = g_strdup ("claude (4711)");
  record->session = g_strdup ("session-1");
  record->error = g_strdup ("it's \"broken\"; --");
  record->upstream_id = g_strdup ("GH:1");
  record->streamed = TRUE;
  record->queued_us = 9;
  record->estimated_nano_aiu = 0;
  record->usage.cache_read_tokens = 0;
  record->extra = g_strdup ("{\"raw\":1}");
  jump_history_store_add (stage->store, record);
  history_stage_restart (stage);
  kept = history_stage_get (stage, "one");
  g_assert_nonnull (kept);
  g_assert_cmpint (kept->state, ==, JUMP_EXCHANGE_ENDED);
  g_assert_cmpstr (kept->method, ==, "POST");
  g_assert_cmpstr (kept->path, ==, record->path);
  g_assert_cmpstr (kept->client, ==, record->client);
  g_assert_cmpstr (kept->client_key, ==, "key-1");
  g_assert_cmpstr (kept->client_name, ==, "tester");
  g_assert_cmpstr (kept->client_address, ==, "127.0.0.1");
  g_assert_cmpstr (kept->process, ==, "claude (4711)");
  g_assert_cmpstr (kept->session, ==, "session-1");
  g_assert_cmpstr (kept->asked_model, ==, "gpt");
  g_assert_cmpstr (kept->used_model, ==, "gpt-4.1");
  g_assert_cmpstr (kept->route, ==, "verbatim");
  g_assert_cmpstr (kept->changes, ==, "");
  g_assert_cmpstr (kept->error, ==, record->error);
  g_assert_cmpstr (kept->upstream_id, ==, "GH:1");
  g_assert_cmpstr (kept->extra, ==, "{\"raw\":1}");
  g_assert_cmpstr (kept->api, ==, "chat");
  g_assert_true (kept->streamed);
  g_assert_false (kept->is_imported);
  g_assert_cmpint (kept->started_wall, ==, record->started_wall);
  g_assert_cmpint (kept->queued_us, ==, 9);
  g_assert_cmpint (kept->first_byte_us, ==, 1000);
  g_assert_cmpint (kept->total_us, ==, 7000);
  g_assert_cmpuint (kept->attempts, ==, 1);
  g_assert_cmpuint (kept->bytes_out, ==, 14);
  g_assert_cmpmem (&kept->usage, sizeof kept->usage, &record->usage, sizeof record->usage);
  g_assert_cmpint (kept->estimated_nano_aiu, ==, 0);
  g_assert_null (kept->request_body);
  absent = history_stage_get (stage, "two");
  g_assert_null (absent);
}

/* What upstream did not tell is nowhere a number. */
static void
test_absent (HistoryStage *stage, gconstpointer data)
{
  g_autoptr (JumpExchangeRecord) record = jump_exchange_record_new ();
  g_autoptr (JumpExchangeRecord) kept = NULL;

  record->state = JUMP_EXCHANGE_ENDED;
  record->id = g_strdup ("bare");
  record->api = "messages";
  jump_history_store_add (stage->store, record);
  kept = history_stage_get (stage, "bare");
  g_assert_nonnull (kept);
  g_assert_cmpint (kept->usage.input_tokens, ==, -1);
  g_assert_cmpint (kept->usage.nano_aiu, ==, -1);
  g_assert_cmpint (kept->estimated_nano_aiu, ==, -1);
  g_assert_cmpint (kept->first_byte_us, ==, -1);
  g_assert_null (kept->path);
  g_assert_null (kept->changes);
  g_assert_null (kept->session);
  g_assert_true (kept->api == g_intern_string ("messages"));
}

static void
test_file (HistoryStage *stage, gconstpointer data)
{
  GStatBuf status;

  g_assert_false (g_file_test (stage->path, G_FILE_TEST_EXISTS));
  history_stage_add (stage, "a", 0, 1);
  g_assert_cmpuint (jump_history_store_get_waiting (stage->store), ==, 1);
  history_stage_flush (stage);
  g_assert_cmpuint (jump_history_store_get_waiting (stage->store), ==, 0);
  g_assert_cmpint (g_stat (stage->path, &status), ==, 0);
#ifdef G_OS_UNIX
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
#endif
}

/* Nobody asks: the clock alone brings it to the disk, for another program to see. */
static void
test_flush_by_time (HistoryStage *stage, gconstpointer data)
{
  g_autoptr (JumpHistoryStore) other = NULL;

  history_stage_add (stage, "a", 0, 1);
  g_assert_cmpint (jump_clock_fake_get_next_alarm (stage->clock), ==, JUMP_LIMIT_HISTORY_FLUSH_MS);
  jump_clock_fake_advance (stage->clock, JUMP_LIMIT_HISTORY_FLUSH_MS);
  other = g_steal_pointer (&stage->store);
  stage->store = jump_history_store_new (stage->path, stage->clock);
  while (history_stage_measure (stage).n_records == 0)
    ;
}

static void
test_bodies (HistoryStage *stage, gconstpointer data)
{
  JumpHistoryPolicy policy = history_stage_get_policy ();
  const char *skipped[] = { "claude*", NULL };
  g_autoptr (JumpExchangeRecord) record = history_stage_make_record ("full", 0, 1);
  g_autoptr (JumpExchangeRecord) large = history_stage_make_record ("large", 1, 1);
  g_autoptr (JumpExchangeRecord) secret = history_stage_make_record ("secret", 2, 1);
  g_autoptr (JumpExchangeRecord) kept = NULL;
  g_autoptr (JumpExchangeRecord) kept_large = NULL;
  g_autoptr (JumpExchangeRecord) kept_secret = NULL;
  g_autofree char *long_text = g_strnfill (5000, 'x');

  policy.body_bytes = 4096;
  policy.skip_clients = skipped;
  jump_history_store_set_policy (stage->store, &policy);
  history_stage_give_bodies (record, "{\"a\":1}", "data: x\n\n");
  record->sent_body = g_bytes_new_static ("{\"a\":2}", 7);
  record->is_reply_cut = TRUE;
  jump_history_store_add (stage->store, record);
  /* Another one that shows it lets go of them before they are written. */
  g_clear_pointer (&record->request_body, g_bytes_unref);
  g_clear_pointer (&record->reply_body, g_byte_array_unref);
  g_clear_pointer (&record->request_headers, g_free);
  history_stage_give_bodies (large, long_text, "short");
  jump_history_store_add (stage->store, large);
  history_stage_give_bodies (secret, "a planted question", "short");
  g_free (secret->client_name);
  secret->client_name = g_strdup ("claude-code");
  jump_history_store_add (stage->store, secret);

  kept = history_stage_get (stage, "full");
  g_assert_cmpstr (kept->request_headers, ==, "Content-Type: application/json");
  g_assert_cmpmem (g_bytes_get_data (kept->request_body, NULL),
                   g_bytes_get_size (kept->request_body),
                   "{\"a\":1}",
                   7);
  g_assert_cmpmem (g_bytes_get_data (kept->sent_body, NULL), 7, "{\"a\":2}", 7);
  g_assert_cmpmem (kept->reply_body->data, kept->reply_body->len, "data: x\n\n", 9);
  g_assert_true (kept->is_reply_cut);
  kept_large = history_stage_get (stage, "large");
  g_assert_cmpmem (
      g_bytes_get_data (kept_large->request_body, NULL),
      g_bytes_get_size (kept_large->request_body),
      "{\"_truncated\":true,\"_size\":5000,\"_reason\":\"larger than 4096 bytes\"}",
      strlen ("{\"_truncated\":true,\"_size\":5000,\"_reason\":\"larger than 4096 bytes\"}"));
  kept_secret = history_stage_get (stage, "secret");
  g_assert_null (kept_secret->request_body);
  g_assert_null (kept_secret->request_headers);
  g_assert_cmpuint (history_stage_measure (stage).n_bodies, ==, 2);
  jump_history_store_close (stage->store);
  g_assert_false (history_stage_is_on_disk (stage, "planted"));
}

static void
test_not_kept (HistoryStage *stage, gconstpointer data)
{
  JumpHistoryPolicy policy = history_stage_get_policy ();

  history_stage_add (stage, "before", 0, 1);
  policy.is_kept = FALSE;
  jump_history_store_set_policy (stage->store, &policy);
  history_stage_add (stage, "after", 1, 1);
  g_assert_cmpuint (history_stage_measure (stage).n_records, ==, 1);
}

static void
test_import (HistoryStage *stage, gconstpointer data)
{
  g_autoptr (GPtrArray) records =
      g_ptr_array_new_with_free_func ((GDestroyNotify) jump_exchange_record_unref);
  JumpHistoryQuery all = { 0 };
  JumpHistoryQuery own = { .excludes_imported = TRUE };
  g_autoptr (GPtrArray) sums = NULL;
  g_autoptr (GPtrArray) own_sums = NULL;
  g_autofree char *ids = NULL;
  JumpHistoryMeasure measure;

  history_stage_add (stage, "mine", 0, 10);
  g_ptr_array_add (records, history_stage_make_record ("mine", 0, 99));
  g_ptr_array_add (records, history_stage_make_record ("theirs", -9000, 5));
  g_assert_cmpint (history_stage_import (stage, records), ==, 1);
  g_ptr_array_set_size (records, 0);
  g_ptr_array_add (records, history_stage_make_record ("theirs", -9000, 6));
  g_ptr_array_add (records, history_stage_make_record ("theirs", -9000, 7));
  g_assert_cmpint (history_stage_import (stage, records), ==, 2);
  measure = history_stage_measure (stage);
  g_assert_cmpuint (measure.n_records, ==, 2);
  g_assert_cmpuint (measure.n_imported, ==, 1);
  g_assert_cmpint (measure.oldest, ==, 1800000000 - 9000);
  sums = history_stage_sum (stage, &all, JUMP_SUM_ALL, JUMP_BUCKET_NONE);
  g_assert_cmpuint (((JumpHistorySum *) g_ptr_array_index (sums, 0))->sums.input_tokens, ==, 17);
  own_sums = history_stage_sum (stage, &own, JUMP_SUM_ALL, JUMP_BUCKET_NONE);
  g_assert_cmpuint (((JumpHistorySum *) g_ptr_array_index (own_sums, 0))->sums.input_tokens,
                    ==,
                    10);
  ids = history_stage_find_ids (stage, &own);
  g_assert_cmpstr (ids, ==, "mine");
}

static void
on_problem (JumpHistoryStore *store, const GError *problem, gpointer user_data)
{
  char **first = user_data;

  if (*first == NULL)
    *first = g_strdup (problem->message);
}

/* One that the file does not take is lost alone, and only once. */
static void
test_refused (HistoryStage *stage, gconstpointer data)
{
  const JumpHistoryQuery all = { 0 };
  g_autofree char *problem = NULL;
  g_autofree char *ids = NULL;
  g_autoptr (GPtrArray) sums = NULL;

  g_signal_connect (stage->store, "problem", G_CALLBACK (on_problem), &problem);
  history_stage_add (stage, "a", 0, 1);
  history_stage_add (stage, NULL, 1, 10);
  history_stage_add (stage, "b", 2, 100);
  history_stage_flush (stage);
  g_assert_cmpstr (problem, ==, "1 exchanges were not kept");
  g_assert_null (jump_history_store_get_problem (stage->store));
  ids = history_stage_find_ids (stage, &all);
  g_assert_cmpstr (ids, ==, "b a");
  sums = history_stage_sum (stage, &all, JUMP_SUM_ALL, JUMP_BUCKET_NONE);
  g_assert_cmpuint (((JumpHistorySum *) g_ptr_array_index (sums, 0))->sums.input_tokens, ==, 101);
}

/* Two programs at one file: each sees what the other wrote. */
static void
test_sharing (HistoryStage *stage, gconstpointer data)
{
  HistoryStage other = *stage;

  other.store = jump_history_store_new (stage->path, stage->clock);
  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *id = g_strdup_printf ("id-%u", i);

      history_stage_add (i % 2 == 0 ? stage : &other, id, i, 1);
      history_stage_flush (i % 2 == 0 ? stage : &other);
    }
  g_assert_cmpuint (history_stage_measure (stage).n_records, ==, 20);
  g_assert_cmpuint (history_stage_measure (&other).n_records, ==, 20);
  g_assert_null (jump_history_store_get_problem (other.store));
  g_object_unref (other.store);
}

static void
test_memory (void)
{
  HistoryStage stage = { .clock = jump_clock_fake_new () };

  stage.store = jump_history_store_new (NULL, stage.clock);
  history_stage_add (&stage, "a", 0, 1);
  g_assert_cmpuint (history_stage_measure (&stage).n_records, ==, 1);
  g_object_unref (stage.store);
  g_object_unref (stage.clock);
}

static void
on_find_refused (GObject *source, GAsyncResult *result, gpointer user_data)
{
  gboolean *is_done = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JumpHistoryPage) page =
      jump_history_store_find_finish (JUMP_HISTORY_STORE (source), result, &error);

  g_assert_null (page);
  g_assert_nonnull (error);
  g_assert_cmpuint (error->domain, ==, G_IO_ERROR);
  *is_done = TRUE;
}

static void
test_close (HistoryStage *stage, gconstpointer data)
{
  JumpHistoryQuery query = { 0 };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  gboolean is_cancelled = FALSE;
  gboolean is_closed = FALSE;

  g_cancellable_cancel (cancellable);
  jump_history_store_find_async (stage->store, &query, cancellable, on_find_refused, &is_cancelled);
  while (!is_cancelled)
    g_main_context_iteration (NULL, TRUE);
  jump_history_store_close (stage->store);
  history_stage_add (stage, "late", 0, 1);
  jump_history_store_find_async (stage->store, &query, NULL, on_find_refused, &is_closed);
  while (!is_closed)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (jump_clock_fake_count_alarms (stage->clock), ==, 0);
  history_stage_restart (stage);
  g_assert_cmpuint (history_stage_measure (stage).n_records, ==, 0);
}

#define ADD(name, func) \
  g_test_add (name, HistoryStage, NULL, history_stage_set_up, func, history_stage_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/history-store/round-trip", test_round_trip);
  ADD ("/history-store/absent", test_absent);
  ADD ("/history-store/file", test_file);
  ADD ("/history-store/flush-by-time", test_flush_by_time);
  ADD ("/history-store/bodies", test_bodies);
  ADD ("/history-store/not-kept", test_not_kept);
  ADD ("/history-store/import", test_import);
  ADD ("/history-store/refused", test_refused);
  ADD ("/history-store/sharing", test_sharing);
  g_test_add_func ("/history-store/memory", test_memory);
  ADD ("/history-store/close", test_close);
  return g_test_run ();
}
