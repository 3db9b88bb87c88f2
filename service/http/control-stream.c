/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/control-stream.h"

#include "service/base/error.h"
#include "service/base/json-read.h"

/* Of a refusal: a sentence. */
#define REFUSAL_MAX (64 * 1024)
/* An instance that says nothing for so long is gone; followers of events get signs of life more often. */
#define SILENCE_MS 90000

typedef struct
{
  JumpControlPieceFunc on_piece;
  gpointer user_data;
  JumpHttpTransfer *transfer; /* (unowned) (nullable): until it has ended */
  GByteArray *refusal;        /* (owned) */
  guint status;
  GError *error; /* (owned) (nullable) */
} Run;

static gboolean
is_refusal (const Run *run)
{
  return run->status < 200 || run->status > 299;
}

static void
stop (Run *run)
{
  if (run->transfer == NULL)
    return;
  jump_http_transfer_cancel (g_steal_pointer (&run->transfer));
  run->error = g_error_new (G_IO_ERROR, G_IO_ERROR_CANCELLED, "interrupted");
}

static void
on_headers_arrived (JumpHttpTransfer *transfer, guint status, gpointer user_data)
{
  Run *run = user_data;

  run->status = status;
}

static void
on_data_arrived (JumpHttpTransfer *transfer, const char *data, gsize length, gpointer user_data)
{
  Run *run = user_data;

  if (!is_refusal (run))
    {
      if (!run->on_piece (data, length, run->user_data))
        stop (run);
    }
  else if (run->refusal->len + length <= REFUSAL_MAX)
    g_byte_array_append (run->refusal, (const guint8 *) data, (guint) length);
}

static void
on_transfer_done (JumpHttpTransfer *transfer, const GError *error, gpointer user_data)
{
  Run *run = user_data;

  run->transfer = NULL;
  if (error != NULL)
    run->error = g_error_copy (error);
}

static void
on_cancelled (GCancellable *cancellable, Run *run)
{
  stop (run);
}

static JumpHttpRequest *
build_request (JumpControlClient *client, const JumpControlQuestion *question)
{
  JumpHttpRequest *request =
      jump_control_client_new_request (client, question->method, question->path);

  if (question->last_event_id != NULL)
    jump_http_request_add_header (request, "Last-Event-ID", question->last_event_id);
  if (question->body != NULL)
    jump_http_request_set_body (request, question->body, question->content_type);
  request->idle_timeout_ms = SILENCE_MS;
  request->expects_stream = question->is_endless;
  return request;
}

/* A client of its own, in the caller's context. Never through a proxy: this is loopback. */
static void
run_until_done (Run *run, JumpControlClient *client, const JumpControlQuestion *question)
{
  static const JumpHttpTransferFuncs funcs = {
    .on_headers = on_headers_arrived,
    .on_data = on_data_arrived,
    .on_done = on_transfer_done,
  };
  JumpHttpClientOptions options = { .proxy = "" };
  g_autoptr (JumpPoller) poller = jump_poller_new ();
  g_autoptr (JumpHttpClient) http = jump_http_client_new (poller, &options);

  run->transfer = jump_http_client_start (http, build_request (client, question), &funcs, run);
  while (run->transfer != NULL)
    g_main_context_iteration (NULL, TRUE);
}

/**
 * jump_control_stream_run:
 * @client: connected
 * @question: what to ask
 * @on_piece: (scope call): gets the reply as it comes
 * @user_data: for @on_piece
 * @cancellable: (nullable): cancelled in the thread of the caller, as by a signal
 * @error: as in jump_control_client_call(), or %G_IO_ERROR_CANCELLED
 *
 * Returns: whether the reply came whole, and was no refusal
 */
gboolean
jump_control_stream_run (JumpControlClient *client,
                         const JumpControlQuestion *question,
                         JumpControlPieceFunc on_piece,
                         gpointer user_data,
                         GCancellable *cancellable,
                         GError **error)
{
  g_autoptr (GByteArray) refusal = g_byte_array_new ();
  Run run = { .on_piece = on_piece, .user_data = user_data, .refusal = refusal };
  gulong handler = 0;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  if (cancellable != NULL)
    handler = g_signal_connect (cancellable, "cancelled", G_CALLBACK (on_cancelled), &run);
  run_until_done (&run, client, question);
  if (cancellable != NULL)
    g_signal_handler_disconnect (cancellable, handler);
  if (run.error != NULL)
    {
      g_propagate_error (error, run.error);
      return FALSE;
    }
  if (!is_refusal (&run))
    return TRUE;
  jump_control_client_set_refusal (error,
                                   run.status,
                                   (const char *) refusal->data,
                                   refusal->len,
                                   question->method,
                                   question->path);
  return FALSE;
}
