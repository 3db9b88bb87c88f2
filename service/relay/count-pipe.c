/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/relay/count-pipe.h"

#include "service/base/error.h"
#include "service/dialects/anthropic-count.h"

#include <string.h>

typedef struct
{
  JumpReplyPipe pipe;
  const JumpDialect *client;
} CountPipe;

GBytes *
jump_count_write (const JumpDialect *client, gint64 n_tokens)
{
  const char *format =
      client->id == JUMP_DIALECT_RESPONSES
          ? "{\"object\":\"response.input_tokens\",\"input_tokens\":%" G_GINT64_FORMAT "}"
          : "{\"input_tokens\":%" G_GINT64_FORMAT "}";
  char *text = g_strdup_printf (format, n_tokens);

  return g_bytes_new_take (text, strlen (text));
}

static GBytes *
read_count (JumpReplyPipe *pipe, GBytes *body, GError **error)
{
  CountPipe *self = (CountPipe *) pipe;
  gint64 n_tokens = 0;

  if (!jump_anthropic_count_read (body, &n_tokens, error))
    return NULL;
  return jump_count_write (self->client, n_tokens);
}

/* Counts are never streamed. */
static JumpPipeStep
refuse_event (JumpReplyPipe *pipe, const JumpSseEvent *event, GString *out)
{
  return JUMP_PIPE_GO_ON;
}

static JumpPipeStep
finish (JumpReplyPipe *pipe, const GError *problem, GString *out)
{
  return JUMP_PIPE_DONE;
}

static void
free_pipe (JumpReplyPipe *pipe)
{
  jump_reply_pipe_clear (pipe);
  g_free (pipe);
}

static const JumpReplyPipeClass count_class = {
  .event = refuse_event,
  .finish = finish,
  .whole = read_count,
  .free = free_pipe,
};

JumpReplyPipe *
jump_count_pipe_new (const JumpDialect *client)
{
  CountPipe *self = g_new0 (CountPipe, 1);

  jump_reply_pipe_init (&self->pipe, &count_class);
  self->client = client;
  return &self->pipe;
}
