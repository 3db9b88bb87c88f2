/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/coded-request.h"

#include "service/http/content-coding.h"
#include "service/http/http-reply.h"
#include "service/http/pending-answer.h"

/* Bodies above this are decoded in a worker thread: they may be ten times as big afterwards. */
#define DECODE_ON_LOOP (16 * 1024)

typedef struct
{
  JumpPendingAnswer *answer; /* (owned) */
  const JumpRoute *route;    /* const data */
  char *coding;              /* (owned) */
  GBytes *body;              /* (owned) */
  gsize limit;
} Decoding;

static void
free_decoding (Decoding *self)
{
  g_clear_pointer (&self->answer, jump_pending_answer_free);
  g_free (self->coding);
  g_bytes_unref (self->body);
  g_free (self);
}

/* Takes @decoded. */
static void
go_on (JumpHttpContext *context,
       JumpClientRequest *request,
       const JumpRoute *route,
       GBytes *decoded,
       const GError *error)
{
  if (decoded == NULL)
    {
      jump_http_reply_error (request, error);
      return;
    }
  g_bytes_unref (request->body);
  request->body = decoded;
  route->answer (context, request);
}

static void
decode_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Decoding *self = task_data;
  GError *error = NULL;
  GBytes *decoded = jump_content_coding_decode (self->coding, self->body, self->limit, &error);

  if (decoded != NULL)
    g_task_return_pointer (task, decoded, (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_error (task, error);
}

static void
on_decoded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Decoding *self = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  GBytes *decoded = g_task_propagate_pointer (G_TASK (result), &error);
  JumpClientRequest *request = jump_pending_answer_take (self->answer);

  if (request != NULL)
    go_on (self->answer->context, request, self->route, decoded, error);
  else
    g_clear_pointer (&decoded, g_bytes_unref);
}

/**
 * jump_coded_request_answer:
 * @context: for the route
 * @request: whose body is compressed in a known way
 * @route: answers
 * @body_limit: bytes, of the decoded body
 */
void
jump_coded_request_answer (JumpHttpContext *context,
                           JumpClientRequest *request,
                           const JumpRoute *route,
                           gsize body_limit)
{
  g_autoptr (GTask) task = NULL;
  Decoding *self;

  if (g_bytes_get_size (request->body) <= DECODE_ON_LOOP)
    {
      g_autoptr (GError) error = NULL;
      GBytes *decoded =
          jump_content_coding_decode (request->content_encoding, request->body, body_limit, &error);

      go_on (context, request, route, decoded, error);
      return;
    }
  self = g_new0 (Decoding, 1);
  self->answer = jump_pending_answer_new (context, request);
  self->route = route;
  self->coding = g_strdup (request->content_encoding);
  self->body = g_bytes_ref (request->body);
  self->limit = body_limit;
  /* Not cancellable: a client that left is found out by its answer. */
  task = g_task_new (NULL, NULL, on_decoded, NULL);
  g_task_set_source_tag (task, jump_coded_request_answer);
  g_task_set_task_data (task, self, (GDestroyNotify) free_decoding);
  g_task_run_in_thread (task, decode_in_thread);
}
