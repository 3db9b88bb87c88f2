/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "tests/unit/history-stage.h"

#include "service/base/limits.h"

#include <string.h>

static void
on_answered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **out_result = user_data;

  *out_result = g_object_ref (result);
}

static void
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
}

void
history_stage_set_up (HistoryStage *stage, gconstpointer data)
{
  stage->home = jump_temp_home_new ();
  stage->clock = jump_clock_fake_new ();
  stage->path = g_build_filename (stage->home->paths->data_dir, "history.db", NULL);
  stage->store = jump_history_store_new (stage->path, stage->clock);
}

void
history_stage_tear_down (HistoryStage *stage, gconstpointer data)
{
  g_clear_object (&stage->store);
  g_object_unref (stage->clock);
  g_free (stage->path);
  jump_temp_home_free (stage->home);
}

void
history_stage_restart (HistoryStage *stage)
{
  jump_history_store_close (stage->store);
  g_object_unref (stage->store);
  stage->store = jump_history_store_new (stage->path, stage->clock);
}

JumpExchangeRecord *
history_stage_make_record (const char *id, gint64 seconds, guint number)
{
  JumpExchangeRecord *record = jump_exchange_record_new ();

  record->state = JUMP_EXCHANGE_ENDED;
  record->id = g_strdup (id);
  record->method = g_strdup ("POST");
  record->path = g_strdup ("/v1/chat/completions");
  record->client = g_strdup ("tester/1.0");
  record->client_name = g_strdup ("tester");
  record->asked_model = g_strdup ("gpt");
  record->used_model = g_strdup ("gpt-4.1");
  record->route = g_strdup ("verbatim");
  record->changes = g_strdup ("");
  record->api = "chat";
  record->status = 200;
  record->upstream_status = 200;
  record->attempts = 1;
  record->started_wall = (G_GINT64_CONSTANT (1800000000) + seconds) * G_USEC_PER_SEC;
  record->first_byte_us = 1000;
  record->total_us = (gint64) number * 1000;
  record->bytes_in = number;
  record->bytes_out = number * 2;
  record->usage.input_tokens = number;
  record->usage.output_tokens = number * 3;
  record->usage.nano_aiu = (gint64) number * 1000000;
  return record;
}

void
history_stage_give_bodies (JumpExchangeRecord *record, const char *request, const char *reply)
{
  record->request_headers = g_strdup ("Content-Type: application/json");
  record->request_body = g_bytes_new (request, strlen (request));
  record->reply_headers = g_strdup ("Content-Type: text/event-stream");
  record->reply_body = g_byte_array_new ();
  g_byte_array_append (record->reply_body, (const guint8 *) reply, (guint) strlen (reply));
}

void
history_stage_add (HistoryStage *stage, const char *id, gint64 seconds, guint number)
{
  g_autoptr (JumpExchangeRecord) record = history_stage_make_record (id, seconds, number);

  jump_history_store_add (stage->store, record);
}

void
history_stage_flush (HistoryStage *stage)
{
  jump_clock_fake_advance (stage->clock, JUMP_LIMIT_HISTORY_FLUSH_MS);
  history_stage_measure (stage);
}

JumpHistoryPolicy
history_stage_get_policy (void)
{
  return (JumpHistoryPolicy){ .is_kept = TRUE, .keeps_bodies = TRUE, .body_bytes = 1024 * 1024 };
}

JumpHistoryPage *
history_stage_find (HistoryStage *stage, const JumpHistoryQuery *query)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  JumpHistoryPage *page;

  jump_history_store_find_async (stage->store, query, NULL, on_answered, &result);
  wait_for (&result);
  page = jump_history_store_find_finish (stage->store, result, &error);
  g_assert_no_error (error);
  return page;
}

char *
history_stage_find_ids (HistoryStage *stage, const JumpHistoryQuery *query)
{
  g_autoptr (JumpHistoryPage) page = history_stage_find (stage, query);
  GString *ids = g_string_new (NULL);

  for (guint i = 0; i < page->records->len; i++)
    {
      const JumpExchangeRecord *record = g_ptr_array_index (page->records, i);

      g_string_append_printf (ids, "%s%s", i > 0 ? " " : "", record->id);
    }
  return g_string_free (ids, FALSE);
}

JumpExchangeRecord *
history_stage_get (HistoryStage *stage, const char *id)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  JumpExchangeRecord *record;

  jump_history_store_get_async (stage->store, id, NULL, on_answered, &result);
  wait_for (&result);
  record = jump_history_store_get_finish (stage->store, result, &error);
  g_assert_no_error (error);
  return record;
}

GPtrArray *
history_stage_sum (HistoryStage *stage,
                   const JumpHistoryQuery *query,
                   JumpSumBy by,
                   JumpBucket bucket)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *sums;

  jump_history_store_sum_async (stage->store, query, by, bucket, NULL, on_answered, &result);
  wait_for (&result);
  sums = jump_history_store_sum_finish (stage->store, result, &error);
  g_assert_no_error (error);
  return sums;
}

JumpHistogram *
history_stage_histogram (HistoryStage *stage, const JumpHistoryQuery *query, JumpMetric metric)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  JumpHistogram *histogram;

  jump_history_store_histogram_async (stage->store, query, metric, NULL, on_answered, &result);
  wait_for (&result);
  histogram = jump_history_store_histogram_finish (stage->store, result, &error);
  g_assert_no_error (error);
  return histogram;
}

gssize
history_stage_import (HistoryStage *stage, GPtrArray *records)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gssize n;

  jump_history_store_import_async (stage->store, records, NULL, on_answered, &result);
  wait_for (&result);
  n = jump_history_store_import_finish (stage->store, result, &error);
  g_assert_no_error (error);
  return n;
}

gssize
history_stage_purge (HistoryStage *stage, gboolean only_bodies, gint64 before)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gssize n;

  jump_history_store_purge_async (stage->store, only_bodies, before, NULL, on_answered, &result);
  wait_for (&result);
  n = jump_history_store_purge_finish (stage->store, result, &error);
  g_assert_no_error (error);
  return n;
}

JumpHistoryMeasure
history_stage_measure (HistoryStage *stage)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  JumpHistoryMeasure measure = { 0 };

  jump_history_store_measure_async (stage->store, NULL, on_answered, &result);
  wait_for (&result);
  jump_history_store_measure_finish (stage->store, result, &measure, &error);
  g_assert_no_error (error);
  return measure;
}

static gboolean
is_in_file (const char *path, const char *ending, const char *text)
{
  g_autofree char *name = g_strconcat (path, ending, NULL);
  g_autofree char *data = NULL;
  gsize length;

  return g_file_get_contents (name, &data, &length, NULL) &&
         memmem (data, length, text, strlen (text)) != NULL;
}

gboolean
history_stage_is_on_disk (HistoryStage *stage, const char *text)
{
  return is_in_file (stage->path, "", text) || is_in_file (stage->path, "-wal", text);
}
