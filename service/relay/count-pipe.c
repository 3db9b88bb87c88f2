/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/relay/count-pipe.h"

#include "service/base/json-write.h"
#include "service/dialects/anthropic-count.h"

typedef struct
{
  JumpReplyPipe pipe;
  const JumpDialect *client;
} CountPipe;

/**
 * jump_count_write:
 * @client: who asked
 * @n_tokens: of its request
 *
 * Returns: (transfer full): the body of a reply that says so, in Anthropic's or OpenAI's shape
 */
GBytes *
jump_count_write (const JumpDialect *client, gint64 n_tokens)
{
  g_auto (JumpJsonWriter) writer = { 0 };

  jump_json_writer_init (&writer);
  jump_json_writer_begin_object (&writer);
  if (client->id == JUMP_DIALECT_RESPONSES)
    jump_json_writer_member_string (&writer, "object", "response.input_tokens");
  jump_json_writer_member_int (&writer, "input_tokens", n_tokens);
  jump_json_writer_end_object (&writer);
  return jump_json_writer_finish_bytes (&writer);
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

/**
 * jump_count_pipe_new:
 * @client: who asked
 *
 * Returns: (transfer full): a pipe for the whole reply of upstream's token counter
 */
JumpReplyPipe *
jump_count_pipe_new (const JumpDialect *client)
{
  CountPipe *self = g_new0 (CountPipe, 1);

  jump_reply_pipe_init (&self->pipe, &count_class);
  self->client = client;
  return &self->pipe;
}
