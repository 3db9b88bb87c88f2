/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/coded-request.h"

#include "service/base/error.h"
#include "service/base/limits.h"
#include "service/http/content-coding.h"
#include "service/http/http-reply.h"
#include "service/http/pending-answer.h"

/* Bodies above this are decoded in a worker thread: they may be ten times as big afterwards. So are those that turn
 * out to be larger than what the loop looks at: a kibibyte may become many mebibytes. */
#define DECODE_ON_LOOP (16 * 1024)
/* Memory that is set aside before anybody knows how large it gets. What real clients send is about five times as
 * large decoded; who needs more is decoded anew, and only while there is room for the largest. */
#define USUAL_RATIO 16
#define LEAST_ROOM  (1024 * 1024)

typedef struct
{
  JumpPendingAnswer *answer; /* (owned) */
  const JumpRoute *route;    /* const data */
  char *coding;              /* (owned) */
  GBytes *body;              /* (owned) */
  gsize limit;
  gsize room; /* for this try, at most @limit */
  JumpConnectionBudget
      *budget; /* (owned) (nullable): from which @room was taken; outlives the service */
} Decoding;

static void
free_decoding (Decoding *self)
{
  g_clear_pointer (&self->answer, jump_pending_answer_free);
  g_free (self->coding);
  g_clear_pointer (&self->budget, jump_connection_budget_unref);
  g_bytes_unref (self->body);
}

static void
drop_decoding (gpointer self)
{
  g_atomic_rc_box_release_full (self, (GDestroyNotify) free_decoding);
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
  GBytes *decoded = jump_content_coding_decode (self->coding, self->body, self->room, &error);

  if (decoded != NULL)
    g_task_return_pointer (task, decoded, (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_error (task, error);
}

/* FALSE: the bodies of all together would be too large. */
static gboolean
take_room (Decoding *self, gsize room)
{
  JumpConnectionBudget *budget = self->answer->context->connections;

  self->room = room;
  if (budget == NULL)
    return TRUE;
  if (!jump_connection_budget_take_bytes (budget, room))
    return FALSE;
  self->budget = jump_connection_budget_ref (budget);
  return TRUE;
}

static void
give_room (Decoding *self)
{
  if (self->budget != NULL)
    jump_connection_budget_give_bytes (self->budget, self->room);
  g_clear_pointer (&self->budget, jump_connection_budget_unref);
}

static void
refuse (Decoding *self)
{
  JumpClientRequest *request = jump_pending_answer_take (self->answer);

  if (request != NULL)
    jump_http_reply_refusal (request,
                             503,
                             "too_many_bodies",
                             "too many large requests are being read, try again in a moment",
                             NULL);
}

static void
run (Decoding *self, GAsyncReadyCallback on_decoded)
{
  /* Not cancellable: a client that left is found out by its answer. */
  g_autoptr (GTask) task = g_task_new (NULL, NULL, on_decoded, NULL);

  g_task_set_source_tag (task, jump_coded_request_answer);
  g_task_set_task_data (task, g_atomic_rc_box_acquire (self), drop_decoding);
  g_task_run_in_thread (task, decode_in_thread);
}

/* It needs more room than most, and somebody still waits for it. */
static gboolean
wants_more (const Decoding *self, const GError *error)
{
  return self->room < self->limit && self->answer->request != NULL &&
         g_error_matches (error, JUMP_ERROR, JUMP_ERROR_TOO_LARGE);
}

static void
on_decoded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Decoding *self = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  GBytes *decoded = g_task_propagate_pointer (G_TASK (result), &error);
  JumpClientRequest *request;

  give_room (self);
  if (wants_more (self, error))
    {
      if (take_room (self, self->limit))
        run (self, on_decoded);
      else
        refuse (self);
      return;
    }
  request = jump_pending_answer_take (self->answer);
  if (request != NULL)
    go_on (self->answer->context, request, self->route, decoded, error);
  else
    g_clear_pointer (&decoded, g_bytes_unref);
}

/* FALSE: larger than what the loop looks at. */
static gboolean
answer_at_once (JumpHttpContext *context,
                JumpClientRequest *request,
                const JumpRoute *route,
                gsize body_limit)
{
  g_autoptr (GError) error = NULL;
  GBytes *decoded = jump_content_coding_decode (request->content_encoding,
                                                request->body,
                                                MIN (body_limit, JUMP_LIMIT_SCAN_ON_LOOP),
                                                &error);

  if (body_limit > JUMP_LIMIT_SCAN_ON_LOOP &&
      g_error_matches (error, JUMP_ERROR, JUMP_ERROR_TOO_LARGE))
    return FALSE;
  go_on (context, request, route, decoded, error);
  return TRUE;
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
  gsize length = g_bytes_get_size (request->body);
  Decoding *self;

  if (length <= DECODE_ON_LOOP && answer_at_once (context, request, route, body_limit))
    return;
  self = g_atomic_rc_box_new0 (Decoding);
  self->answer = jump_pending_answer_new (context, request);
  self->route = route;
  self->coding = g_strdup (request->content_encoding);
  self->body = g_bytes_ref (request->body);
  self->limit = body_limit;
  if (take_room (self, MIN (body_limit, MAX (LEAST_ROOM, length * USUAL_RATIO))))
    run (self, on_decoded);
  else
    refuse (self);
  drop_decoding (self);
}
