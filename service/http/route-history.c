/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/error.h"
#include "service/http/http-reply.h"
#include "service/http/pending-answer.h"
#include "service/http/query-string.h"
#include "service/http/record-import.h"
#include "service/http/record-shelf.h"
#include "service/http/routes.h"

/* ---- import ---- */

static void
answer_import (JumpClientRequest *request, const JumpRecordImport *report)
{
  g_auto (JumpJsonWriter) writer = { 0 };

  jump_json_writer_init (&writer);
  jump_json_writer_begin_object (&writer);
  jump_json_writer_member_int (&writer, "imported", (gint64) report->imported);
  jump_json_writer_member (&writer, "errors");
  jump_json_writer_begin_array (&writer);
  for (guint i = 0; i < report->errors->len; i++)
    jump_json_writer_string (&writer, g_ptr_array_index (report->errors, i));
  jump_json_writer_end_array (&writer);
  jump_json_writer_member_int (&writer, "total_errors", (gint64) report->total_errors);
  jump_json_writer_end_object (&writer);
  jump_http_reply_json (request, 200, &writer);
}

static void
on_imported (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JumpPendingAnswer) pending = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JumpRecordImport) report = jump_record_import_finish (result, &error);
  JumpClientRequest *request = jump_pending_answer_take (pending);

  if (request != NULL && report != NULL)
    answer_import (request, report);
  else if (request != NULL)
    jump_http_reply_error (request, error);
}

/* POST /api/requests/import: lines of a .jl file, in the field "file" of a form or as the body */
void
jump_route_requests_import (JumpHttpContext *context, JumpClientRequest *request)
{
  JumpPendingAnswer *pending;

  if (!jump_record_shelf_uses_store (context))
    {
      jump_http_reply_refusal (request,
                               409,
                               "history_off",
                               "the setting history.store is off: there is nowhere to keep what is "
                               "imported",
                               NULL);
      return;
    }
  pending = jump_pending_answer_new (context, request);
  jump_record_import_async (context->store,
                            request->body,
                            request->content_type,
                            pending->cancellable,
                            on_imported,
                            pending);
}

/* ---- purge ---- */

static void
on_purged (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JumpPendingAnswer) pending = user_data;
  g_autoptr (GError) error = NULL;
  gssize n_removed = jump_history_store_purge_finish (JUMP_HISTORY_STORE (source), result, &error);
  JumpClientRequest *request = jump_pending_answer_take (pending);
  g_auto (JumpJsonWriter) writer = { 0 };

  if (request == NULL)
    return;
  if (n_removed < 0)
    {
      jump_http_reply_error (request, error);
      return;
    }
  jump_json_writer_init (&writer);
  jump_json_writer_begin_object (&writer);
  jump_json_writer_member_int (&writer, "removed", n_removed);
  jump_json_writer_end_object (&writer);
  jump_http_reply_json (request, 200, &writer);
}

/* DELETE /api/requests?only=bodies&before= (or DELETE /api/history?what=bodies): in memory and on disk, for good; what runs stays. Answers how many of
 * the store were removed. */
void
jump_route_requests_purge (JumpHttpContext *context, JumpClientRequest *request)
{
  static const char *const kinds[] = { "all", "bodies", NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (JumpQueryString) query = jump_query_string_new (request->query, &error);
  JumpPendingAnswer *pending;
  guint kind = 0;
  gint64 before = 0;

  if (query == NULL || !jump_query_string_get_choice (query, "only", kinds, &kind, &error) ||
      !jump_query_string_get_choice (query, "what", kinds, &kind, &error) ||
      !jump_query_string_get_int (query, "before", 0, G_MAXINT32 * 2ll, &before, &error))
    {
      jump_http_reply_error (request, error);
      return;
    }
  jump_history_ring_purge (context->history, kind == 1, before);
  pending = jump_pending_answer_new (context, request);
  /* Somebody who wants it gone and leaves still wants it gone. */
  jump_history_store_purge_async (context->store, kind == 1, before, NULL, on_purged, pending);
}

/* ---- measure ---- */

static void
write_policy (JumpJsonWriter *writer, JumpSettings *settings)
{
  static const struct
  {
    const char *name;
    JumpSettingKey key;
  } numbers[] = {
    { "body_bytes", JUMP_KEY_HISTORY_BODY_BYTES },
    { "days", JUMP_KEY_HISTORY_DAYS },
    { "body_days", JUMP_KEY_HISTORY_BODY_DAYS },
    { "megabytes", JUMP_KEY_HISTORY_MEGABYTES },
  };

  jump_json_writer_member_boolean (writer,
                                   "store",
                                   jump_settings_get_boolean (settings, JUMP_KEY_HISTORY_STORE));
  jump_json_writer_member_boolean (writer,
                                   "bodies",
                                   jump_settings_get_boolean (settings, JUMP_KEY_HISTORY_BODIES));
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    jump_json_writer_member_int (writer,
                                 numbers[i].name,
                                 jump_settings_get_int (settings, numbers[i].key));
  jump_json_writer_member_string (
      writer,
      "skip_clients",
      jump_settings_get_string (settings, JUMP_KEY_HISTORY_SKIP_CLIENTS));
}

/* @measure: (nullable): the disk does not say */
static void
answer_measure (JumpHttpContext *context,
                JumpClientRequest *request,
                const JumpHistoryMeasure *measure,
                const GError *problem)
{
  static const JumpHistoryMeasure unknown = { 0 };
  const JumpHistoryMeasure *told = measure != NULL ? measure : &unknown;
  g_auto (JumpJsonWriter) writer = { 0 };

  jump_json_writer_init (&writer);
  jump_json_writer_begin_object (&writer);
  jump_json_writer_member_int (&writer, "records", (gint64) told->n_records);
  jump_json_writer_member_int (&writer, "bodies", (gint64) told->n_bodies);
  jump_json_writer_member_int (&writer, "imported", (gint64) told->n_imported);
  jump_json_writer_member_int (&writer, "size", (gint64) told->bytes);
  jump_json_writer_member (&writer, "oldest");
  if (told->oldest > 0)
    jump_json_writer_int (&writer, told->oldest);
  else
    jump_json_writer_null (&writer);
  jump_json_writer_member_int (&writer,
                               "in_memory",
                               g_list_model_get_n_items (G_LIST_MODEL (context->history)));
  jump_json_writer_member_boolean (&writer, "on_disk", !context->is_demo);
  jump_json_writer_member (&writer, "policy");
  jump_json_writer_begin_object (&writer);
  write_policy (&writer, context->settings);
  jump_json_writer_end_object (&writer);
  jump_json_writer_member_string (&writer, "problem", problem != NULL ? problem->message : NULL);
  jump_json_writer_end_object (&writer);
  jump_http_reply_json (request, 200, &writer);
}

static void
on_measured (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JumpPendingAnswer) pending = user_data;
  JumpHistoryStore *store = JUMP_HISTORY_STORE (source);
  g_autoptr (GError) error = NULL;
  JumpHistoryMeasure measure = { 0 };
  gboolean is_measured = jump_history_store_measure_finish (store, result, &measure, &error);
  JumpClientRequest *request = jump_pending_answer_take (pending);
  const GError *problem = jump_history_store_get_problem (store);

  if (request != NULL)
    answer_measure (pending->context,
                    request,
                    is_measured ? &measure : NULL,
                    problem != NULL ? problem : error);
}

/* GET /api/history: how much is kept, what is to be kept, and why the disk does not do, if so */
void
jump_route_history (JumpHttpContext *context, JumpClientRequest *request)
{
  JumpPendingAnswer *pending = jump_pending_answer_new (context, request);

  jump_history_store_measure_async (context->store, pending->cancellable, on_measured, pending);
}
