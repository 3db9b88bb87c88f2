/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/error.h"
#include "service/dialects/openai-chat-reply.h"
#include "service/dialects/openai-chat-stream.h"
#include "service/dialects/openai-chat.h"
#include "service/dialects/openai-error.h"

#define DONE "data: [DONE]\n\n"

/* Chat to chat: upstream's oddities put right, everything else byte for byte. */
typedef struct
{
  JumpReplyPipe pipe;
  JumpReplyOptions options; /* its strings are owned below */
  char *client_model;       /* (owned) */
  char *request_id;         /* (owned) */
  JumpChatStream *stream;   /* (owned) (nullable): from the first event on */
} ChatPipe;

static void
start (ChatPipe *self)
{
  if (self->stream == NULL)
    self->stream = jump_chat_stream_new (&self->options);
}

static void
collect (ChatPipe *self)
{
  const JumpFailure *failure = jump_chat_stream_get_failure (self->stream);

  jump_changes_add_all (&self->pipe.changes, jump_chat_stream_get_changes (self->stream));
  if (failure != NULL && self->pipe.failure == NULL)
    self->pipe.failure = jump_failure_copy (failure);
}

static JumpPipeStep
take_event (JumpReplyPipe *pipe, const JumpSseEvent *event, GString *out)
{
  ChatPipe *self = (ChatPipe *) pipe;
  gsize before = out->len;
  JumpChatStreamStep step;

  start (self);
  step = jump_chat_stream_event (self->stream, event->data, event->data_length, out);
  pipe->usage = *jump_chat_stream_get_usage (self->stream);
  switch (step)
    {
    case JUMP_CHAT_STREAM_GO_ON:
      pipe->has_output |= out->len > before;
      return JUMP_PIPE_GO_ON;
    case JUMP_CHAT_STREAM_DONE:
      pipe->has_output = TRUE;
      collect (self);
      return JUMP_PIPE_DONE;
    case JUMP_CHAT_STREAM_ERROR:
      collect (self); /* no [DONE]: it would say that nothing is missing */
      return JUMP_PIPE_ERROR;
    }
  return JUMP_PIPE_ERROR;
}

static JumpPipeStep
finish (JumpReplyPipe *pipe, const GError *problem, GString *out)
{
  ChatPipe *self = (ChatPipe *) pipe;
  g_autoptr (GError) cut = NULL;
  g_autoptr (JumpFailure) failure = NULL;
  gboolean is_complete;

  start (self);
  is_complete = jump_chat_stream_end (self->stream, out);
  collect (self);
  if (!is_complete)
    {
      cut = problem != NULL
                ? g_error_copy (problem)
                : g_error_new (JUMP_ERROR,
                               JUMP_ERROR_UPSTREAM,
                               "upstream ended the stream before the answer was complete");
      failure = jump_failure_new_from_error (cut);
      jump_openai_error_append_failure (out, failure);
      if (pipe->failure == NULL)
        pipe->failure = g_steal_pointer (&failure);
    }
  else
    g_string_append (out, DONE);
  return is_complete ? JUMP_PIPE_DONE : JUMP_PIPE_ERROR;
}

static GBytes *
repair_whole (JumpReplyPipe *pipe, GBytes *body, GError **error)
{
  ChatPipe *self = (ChatPipe *) pipe;

  return jump_chat_reply_repair (body, &self->options, &pipe->usage, &pipe->changes, error);
}

static void
free_pipe (JumpReplyPipe *pipe)
{
  ChatPipe *self = (ChatPipe *) pipe;

  g_clear_pointer (&self->stream, jump_chat_stream_free);
  g_free (self->client_model);
  g_free (self->request_id);
  jump_reply_pipe_clear (pipe);
  g_free (self);
}

static const JumpReplyPipeClass chat_pipe_class = {
  .event = take_event,
  .finish = finish,
  .whole = repair_whole,
  .free = free_pipe,
};

/**
 * jump_chat_pipe_new:
 * @options: of the request
 *
 * Returns: (transfer full): a pipe before the first byte
 */
JumpReplyPipe *
jump_chat_pipe_new (const JumpReplyOptions *options)
{
  ChatPipe *self = g_new0 (ChatPipe, 1);

  jump_reply_pipe_init (&self->pipe, &chat_pipe_class);
  self->options = *options;
  self->options.client_model = self->client_model = g_strdup (options->client_model);
  self->options.request_id = self->request_id = g_strdup (options->request_id);
  self->options.used_model = NULL;
  self->options.names = NULL;
  self->options.echo = NULL;
  self->options.clock = NULL;
  return &self->pipe;
}
