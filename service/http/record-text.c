/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/record-text.h"

#include "service/base/json-scan.h"
#include "service/base/json-write.h"
#include "service/base/limits.h"
#include "service/history/exchange-curl.h"
#include "service/history/history-line.h"

#include <string.h>

typedef struct
{
  JumpExchangeRecord *record; /* (owned) */
  JumpRecordPart part;
  char *url; /* (owned) */
} Job;

static void
free_job (gpointer data)
{
  Job *self = data;

  jump_exchange_record_unref (self->record);
  g_free (self->url);
  g_free (self);
}

static JumpJsonSpan
find_value (JumpJsonSpan line, const char *name)
{
  JumpJsonSpan value = jump_json_find_member (line, name);

  return jump_json_span_kind (value) == JUMP_JSON_NULL ? (JumpJsonSpan){ 0 } : value;
}

static char *
dup_events (JumpJsonSpan events)
{
  GString *text = g_string_new ("{\"raw_events\":");

  g_string_append_len (text, events.start, (gssize) events.length);
  g_string_append_c (text, '}');
  return g_string_free (text, FALSE);
}

/* Parts are those of the line, so that both say the same. */
static char *
dup_part (const char *line, JumpRecordPart part)
{
  JumpJsonSpan all = jump_json_span_trim (line, strlen (line));
  JumpJsonSpan value = { 0 };
  JumpJsonSpan events;

  switch (part)
    {
    case JUMP_RECORD_ALL:
    case JUMP_RECORD_CURL:
      return g_strdup (line);
    case JUMP_RECORD_REQUEST:
      value = find_value (all, "request_body");
      break;
    case JUMP_RECORD_OWN_REQUEST:
      value = find_value (all, "original_request_body");
      break;
    case JUMP_RECORD_REPLY:
      events = find_value (all, "raw_events");
      if (events.start != NULL)
        return dup_events (events);
      value = find_value (all, "response_body");
      break;
    }
  return value.start != NULL ? g_strndup (value.start, value.length) : NULL;
}

static char *
write_text (const Job *self)
{
  g_autofree char *line = NULL;

  if (self->part == JUMP_RECORD_CURL)
    return jump_exchange_curl_new (self->record, self->url);
  line = jump_history_line_new (self->record);
  return self->part == JUMP_RECORD_ALL ? g_steal_pointer (&line) : dup_part (line, self->part);
}

static void
write_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  g_task_return_pointer (task, write_text (task_data), g_free);
}

static gsize
measure_bodies (const JumpExchangeRecord *record)
{
  return (record->request_body != NULL ? g_bytes_get_size (record->request_body) : 0) +
         (record->sent_body != NULL ? g_bytes_get_size (record->sent_body) : 0) +
         (record->reply_body != NULL ? record->reply_body->len : 0);
}

/**
 * jump_record_text_write_async:
 * @record: referenced
 * @part: what to write
 * @url: copied
 * @cancellable: (nullable)
 * @callback: called when it is written
 * @user_data: for @callback
 */
void
jump_record_text_write_async (JumpExchangeRecord *record,
                              JumpRecordPart part,
                              const char *url,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Job *job = g_new0 (Job, 1);

  job->record = jump_exchange_record_ref (record);
  job->part = part;
  job->url = g_strdup (url);
  g_task_set_source_tag (task, jump_record_text_write_async);
  g_task_set_task_data (task, job, free_job);
  if (measure_bodies (record) <= JUMP_LIMIT_SCAN_ON_LOOP)
    g_task_return_pointer (task, write_text (job), g_free);
  else
    g_task_run_in_thread (task, write_in_thread);
}

char *
jump_record_text_write_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
