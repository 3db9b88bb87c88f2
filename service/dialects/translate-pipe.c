/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/translate-pipe.h"

#include "service/base/error.h"
#include "service/base/limits.h"

typedef struct
{
  JumpReplyPipe pipe;
  const JumpDialect *upstream;
  const JumpDialect *client;
  JumpReplyOptions options; /* its strings are owned below */
  char *client_model;       /* (owned) */
  char *used_model;         /* (owned) */
  char *request_id;         /* (owned) */
  char *echo;               /* (owned) (nullable) */
  JumpDecoder *decoder;     /* (owned) (nullable): from the first event on */
  JumpEncoder *encoder;     /* (owned) (nullable) */
  GString *out;             /* (unowned) (nullable): during a call */
  gsize text_bytes;         /* of all pieces so far */
} TranslatePipe;

static void
on_reply_event (const JumpReplyEvent *event, gpointer user_data)
{
  TranslatePipe *self = user_data;
  JumpReplyPipe *pipe = &self->pipe;

  self->text_bytes += event->text.length;
  if (event->usage != NULL)
    jump_usage_count_merge (&pipe->usage, event->usage);
  if (event->kind == JUMP_EVENT_FAILURE && pipe->failure == NULL)
    pipe->failure = jump_failure_copy (event->failure);
  switch (event->kind)
    {
    case JUMP_EVENT_TEXT:
    case JUMP_EVENT_REASONING:
    case JUMP_EVENT_STATE:
    case JUMP_EVENT_REFUSAL:
    case JUMP_EVENT_TOOL_CALL:
    case JUMP_EVENT_STOP:
      pipe->has_output = TRUE;
      break;

    case JUMP_EVENT_START:
    case JUMP_EVENT_ANNOTATION:
    case JUMP_EVENT_ARGUMENTS:
    case JUMP_EVENT_PART_END:
    case JUMP_EVENT_USAGE:
    case JUMP_EVENT_FAILURE:
    case JUMP_EVENT_PING:
    case JUMP_EVENT_END:
      break;
    }
  jump_encoder_event (self->encoder, event, self->out);
}

static void
start (TranslatePipe *self)
{
  if (self->decoder != NULL)
    return;
  self->encoder = self->client->new_encoder (&self->options);
  self->encoder->keep_response = self->pipe.keep_response;
  self->decoder = self->upstream->new_decoder (&self->options, on_reply_event, self);
}

/* Some clients get all of the text once more at its end, so it is kept until then. */
static void
check_length (TranslatePipe *self)
{
  g_autoptr (GError) problem = NULL;

  if (self->decoder->has_ended || self->text_bytes <= self->options.reply_bytes)
    return;
  problem = g_error_new (JUMP_ERROR,
                         JUMP_ERROR_UPSTREAM,
                         "upstream's answer is longer than %" G_GSIZE_FORMAT
                         " bytes (setting limits.reply_bytes)",
                         self->options.reply_bytes);
  jump_decoder_finish (self->decoder, problem);
}

static JumpPipeStep
get_step (TranslatePipe *self)
{
  if (!self->decoder->has_ended)
    return JUMP_PIPE_GO_ON;
  if (self->pipe.keep_response && self->pipe.response == NULL)
    self->pipe.response = jump_encoder_dup_response (self->encoder);
  return self->pipe.failure != NULL ? JUMP_PIPE_ERROR : JUMP_PIPE_DONE;
}

static JumpPipeStep
pass_event (JumpReplyPipe *pipe, const JumpSseEvent *event, GString *out)
{
  TranslatePipe *self = (TranslatePipe *) pipe;

  start (self);
  self->out = out;
  jump_decoder_event (self->decoder, event);
  check_length (self);
  self->out = NULL;
  return get_step (self);
}

static JumpPipeStep
finish (JumpReplyPipe *pipe, const GError *problem, GString *out)
{
  TranslatePipe *self = (TranslatePipe *) pipe;

  start (self);
  self->out = out;
  jump_decoder_finish (self->decoder, problem);
  self->out = NULL;
  return get_step (self);
}

static GBytes *
translate_whole (JumpReplyPipe *pipe, GBytes *body, GError **error)
{
  TranslatePipe *self = (TranslatePipe *) pipe;
  gsize length;
  const char *data = g_bytes_get_data (body, &length);
  g_autoptr (JumpReply) reply = self->upstream->read_reply (data, length, error);
  GBytes *translated;

  if (reply == NULL)
    return NULL;
  pipe->usage = reply->usage;
  translated = self->client->write_reply (reply, &self->options);
  if (pipe->keep_response)
    pipe->response = g_bytes_ref (translated);
  return translated;
}

static void
free_pipe (JumpReplyPipe *pipe)
{
  TranslatePipe *self = (TranslatePipe *) pipe;

  g_clear_pointer (&self->decoder, jump_decoder_free);
  g_clear_pointer (&self->encoder, jump_encoder_free);
  g_clear_pointer (&self->options.names, jump_tool_names_unref);
  g_clear_object (&self->options.clock);
  g_free (self->client_model);
  g_free (self->used_model);
  g_free (self->request_id);
  g_free (self->echo);
  jump_reply_pipe_clear (pipe);
  g_free (self);
}

static const JumpReplyPipeClass translate_class = {
  .event = pass_event,
  .finish = finish,
  .whole = translate_whole,
  .free = free_pipe,
};

/**
 * jump_translate_pipe_new:
 * @upstream: whose reply comes
 * @client: whose reply is written
 * @options: of the request
 *
 * Returns: (transfer full): a pipe from one to the other
 */
JumpReplyPipe *
jump_translate_pipe_new (const JumpDialect *upstream,
                         const JumpDialect *client,
                         const JumpReplyOptions *options)
{
  TranslatePipe *self = g_new0 (TranslatePipe, 1);

  jump_reply_pipe_init (&self->pipe, &translate_class);
  self->upstream = upstream;
  self->client = client;
  self->options = *options;
  self->options.client_model = self->client_model = g_strdup (options->client_model);
  self->options.used_model = self->used_model = g_strdup (options->used_model);
  self->options.request_id = self->request_id = g_strdup (options->request_id);
  self->options.echo = self->echo = g_strdup (options->echo);
  if (options->reply_bytes == 0)
    self->options.reply_bytes = JUMP_LIMIT_REPLY;
  if (options->names != NULL)
    jump_tool_names_ref (options->names);
  if (options->clock != NULL)
    g_object_ref (options->clock);
  return &self->pipe;
}
