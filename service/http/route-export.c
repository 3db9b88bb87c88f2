/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/history/history-line.h"
#include "service/http/http-reply.h"
#include "service/http/record-query.h"
#include "service/http/record-source.h"
#include "service/http/routes.h"

/* Text that is made at once, unless a single line is longer. */
#define PIECE_BYTES (256 * 1024)

/* One export: a batch of records is loaded, made lines in a thread piece by piece, and each piece is made when the
 * client has taken the one before. */
typedef struct
{
  JumpHttpContext *context;   /* (unowned) */
  JumpClientRequest *request; /* (unowned) (nullable): NULL once the client has left */
  JumpRecordSource *source;   /* (owned) */
  GCancellable *cancellable;  /* (owned) */
  GPtrArray *batch;           /* (owned) (element-type JumpExchangeRecord) */
  guint next;                 /* of batch */
  gboolean is_busy;           /* a callback will come */
  gboolean has_head;
} Export;

static void
free_export (Export *self)
{
  jump_record_source_free (self->source);
  g_object_unref (self->cancellable);
  g_clear_pointer (&self->batch, g_ptr_array_unref);
  g_free (self);
}

static void
send_head (Export *self)
{
  gint64 now = jump_clock_get_wall_seconds (self->context->clock);
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (now);
  g_autofree char *disposition =
      g_date_time_format (time, "attachment; filename=\"requests_%Y%m%d_%H%M%S.jl\"");
  const char *const headers[] = { "Content-Type",
                                  "application/x-jsonlines",
                                  "Content-Disposition",
                                  disposition,
                                  "X-Request-Id",
                                  self->request->id,
                                  "Cache-Control",
                                  "no-cache, no-store, must-revalidate",
                                  NULL };

  self->has_head = TRUE;
  jump_reply_sink_head (self->request->sink, 200, headers, -1);
}

/* Ends it badly: whoever has half a file must notice. */
static void
fail (Export *self, const GError *error)
{
  jump_reply_sink_set_events (self->request->sink, NULL, NULL);
  if (self->has_head)
    jump_reply_sink_abort (self->request->sink);
  else
    jump_http_reply_error (self->request, error);
  free_export (self);
}

/* FALSE: nobody waits any more, and @self is gone. */
static gboolean
end_wait (Export *self)
{
  self->is_busy = FALSE;
  if (self->request != NULL)
    return TRUE;
  free_export (self);
  return FALSE;
}

/* ---- lines ---- */

static void
write_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Export *self = task_data;
  GString *text = g_string_new (NULL);

  while (self->next < self->batch->len && text->len < PIECE_BYTES &&
         !g_cancellable_is_cancelled (cancellable))
    {
      g_autofree char *line = jump_history_line_new (g_ptr_array_index (self->batch, self->next++));

      g_string_append (text, line);
      g_string_append_c (text, '\n');
    }
  g_task_return_pointer (task, g_string_free_to_bytes (text), (GDestroyNotify) g_bytes_unref);
}

static void go_on (Export *self);

static void
on_piece_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Export *self = user_data;
  g_autoptr (GBytes) piece = g_task_propagate_pointer (G_TASK (result), NULL);
  gsize length = 0;
  const char *data = piece != NULL ? g_bytes_get_data (piece, &length) : NULL;

  if (end_wait (self) && jump_reply_sink_write (self->request->sink, data, length))
    go_on (self);
}

static void
write_piece (Export *self)
{
  g_autoptr (GTask) task = g_task_new (NULL, self->cancellable, on_piece_written, self);

  self->is_busy = TRUE;
  g_task_set_source_tag (task, write_piece);
  g_task_set_task_data (task, self, NULL);
  g_task_run_in_thread (task, write_in_thread);
}

/* ---- records ---- */

static void
take_batch (Export *self, GPtrArray *batch)
{
  g_clear_pointer (&self->batch, g_ptr_array_unref);
  self->batch = batch;
  self->next = 0;
  if (!self->has_head)
    send_head (self);
  go_on (self);
}

static void
on_batch_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Export *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) batch = jump_record_source_load_finish (result, &error);

  if (!end_wait (self))
    return;
  if (batch == NULL)
    fail (self, error);
  else
    take_batch (self, g_steal_pointer (&batch));
}

static void
load_batch (Export *self)
{
  self->is_busy = TRUE;
  jump_record_source_load_async (self->source, self->cancellable, on_batch_loaded, self);
}

static void
go_on (Export *self)
{
  gboolean wants_head_only = g_str_equal (self->request->method, "HEAD");

  if (!wants_head_only && self->batch != NULL && self->next < self->batch->len)
    write_piece (self);
  else if (!wants_head_only && !jump_record_source_is_last (self->source))
    load_batch (self);
  else
    {
      jump_reply_sink_end (self->request->sink);
      free_export (self);
    }
}

/* ---- the client ---- */

static void
on_client_ready (gpointer user_data)
{
  Export *self = user_data;

  if (!self->is_busy)
    go_on (self);
}

static void
on_client_gone (gpointer user_data)
{
  Export *self = user_data;

  self->request = NULL;
  g_cancellable_cancel (self->cancellable);
  if (!self->is_busy)
    free_export (self);
}

static const JumpReplySinkEvents export_events = {
  .on_drained = on_client_ready,
  .on_gone = on_client_gone,
};

/* GET /api/requests/export: oldest first, with the filters of GET /api/requests, and q= of its search */
void
jump_route_requests_export (JumpHttpContext *context, JumpClientRequest *request)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JumpQueryString) parameters = jump_query_string_new (request->query, &error);
  JumpHistoryQuery query;
  Export *self;

  if (parameters == NULL || !jump_record_query_read (&query, parameters, context->keys, &error))
    {
      jump_http_reply_error (request, error);
      return;
    }
  query.full_text = jump_query_string_get (parameters, "q");
  self = g_new0 (Export, 1);
  self->context = context;
  self->request = request;
  self->source = jump_record_source_new (context, &query);
  self->cancellable = g_cancellable_new ();
  jump_reply_sink_set_events (request->sink, &export_events, self);
  load_batch (self);
}
