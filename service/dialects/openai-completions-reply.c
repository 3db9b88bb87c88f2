/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/json-write.h"
#include "service/dialects/json-splice.h"
#include "service/dialects/openai-chat-head.h"
#include "service/dialects/openai-chat-stop.h"
#include "service/dialects/openai-chat-usage.h"
#include "service/dialects/openai-completions.h"
#include "service/dialects/openai-error.h"

typedef struct
{
  JumpEncoder encoder;
  JumpChatHead head; /* (owned): id, object, created and model are those of chat */
  JumpUsageCount usage;
  gboolean show_usage;
  gboolean has_failed;
} CompletionsEncoder;

static void
init_head (JumpChatHead *head, const char *opening, const JumpReplyOptions *options)
{
  GString *id = g_string_new ("\"cmpl-");

  jump_chat_head_init (head,
                       opening,
                       "text_completion",
                       options->client_model,
                       options->request_id,
                       options->now);
  jump_json_append_escaped (id, options->request_id, -1);
  g_string_append_c (id, '"');
  head->id = g_string_free (id, FALSE);
}

/* @text: JSON string. @word: (nullable): finish reason */
static void
put_choice (JumpJsonSpan text, const char *word, GString *out)
{
  jump_splice_put_literal (out, "{\"text\":");
  jump_splice_put_span (out, text);
  jump_splice_put_literal (out, ",\"index\":0,\"logprobs\":null,\"finish_reason\":");
  if (word != NULL)
    g_string_append_printf (out, "\"%s\"}]", word);
  else
    jump_splice_put_literal (out, "null}]");
}

/* Tools are no part of this API, so that nothing waits for their results. */
static const char *
get_word (JumpStopReason reason)
{
  return reason == JUMP_STOP_TOOLS ? "stop" : jump_chat_stop_get_word (reason, FALSE, FALSE);
}

static void
put_text (CompletionsEncoder *self, JumpJsonSpan text, const char *word, GString *out)
{
  jump_chat_head_put (&self->head, out);
  put_choice (text, word, out);
  jump_splice_put_literal (out, "}\n\n");
}

static void
put_end (CompletionsEncoder *self, GString *out)
{
  /* [DONE] would say that nothing is missing. */
  if (self->has_failed)
    return;
  jump_chat_head_put_end (&self->head, self->show_usage ? &self->usage : NULL, out);
}

static void
put_event (JumpEncoder *encoder, const JumpReplyEvent *event, GString *out)
{
  static const char nothing[] = "\"\"";
  CompletionsEncoder *self = (CompletionsEncoder *) encoder;

  switch (event->kind)
    {
    case JUMP_EVENT_TEXT:
    case JUMP_EVENT_REFUSAL:
      put_text (self, event->text, NULL, out);
      break;
    case JUMP_EVENT_START:
    case JUMP_EVENT_USAGE:
      if (event->usage != NULL)
        jump_usage_count_merge (&self->usage, event->usage);
      break;
    case JUMP_EVENT_STOP:
      put_text (self, (JumpJsonSpan){ nothing, 2 }, get_word (event->stop_reason), out);
      break;
    case JUMP_EVENT_FAILURE:
      self->has_failed = TRUE;
      jump_openai_error_append_failure (out, event->failure);
      break;
    case JUMP_EVENT_PING:
      jump_splice_put_literal (out, ": ping\n\n");
      break;
    case JUMP_EVENT_END:
      put_end (self, out);
      break;
    case JUMP_EVENT_ANNOTATION:
    case JUMP_EVENT_REASONING:
    case JUMP_EVENT_STATE:
    case JUMP_EVENT_TOOL_CALL:
    case JUMP_EVENT_ARGUMENTS:
    case JUMP_EVENT_PART_END:
      break;
    }
}

static void
free_encoder (JumpEncoder *encoder)
{
  CompletionsEncoder *self = (CompletionsEncoder *) encoder;

  jump_chat_head_clear (&self->head);
  g_free (self);
}

static const JumpEncoderClass completions_encoder_class = {
  .event = put_event,
  .free = free_encoder,
};

/**
 * jump_completions_encoder_new:
 * @options: of the request
 *
 * Returns: (transfer full): an encoder before the first event
 */
JumpEncoder *
jump_completions_encoder_new (const JumpReplyOptions *options)
{
  CompletionsEncoder *self = g_new0 (CompletionsEncoder, 1);

  self->encoder.class = &completions_encoder_class;
  self->show_usage = options->show_usage;
  self->usage = JUMP_USAGE_COUNT_UNKNOWN;
  init_head (&self->head, "data: ", options);
  return &self->encoder;
}

/**
 * jump_completions_write_reply:
 * @reply: what the model answered
 * @options: of the request
 *
 * Returns: (transfer full): a text_completion
 */
GBytes *
jump_completions_write_reply (const JumpReply *reply, const JumpReplyOptions *options)
{
  g_auto (JumpChatHead) head = { 0 };
  g_autoptr (GString) text = g_string_new ("\"");
  GString *out = g_string_sized_new (1024);

  for (guint i = 0; i < reply->parts->len; i++)
    {
      const JumpPart *part = g_ptr_array_index (reply->parts, i);

      if ((part->kind == JUMP_PART_TEXT || part->kind == JUMP_PART_REFUSAL) && part->text != NULL)
        jump_json_append_escaped (text, part->text, -1);
    }
  g_string_append_c (text, '"');
  init_head (&head, "", options);
  jump_chat_head_put (&head, out);
  put_choice ((JumpJsonSpan){ text->str, text->len }, get_word (reply->stop_reason), out);
  jump_splice_put_literal (out, ",");
  jump_chat_usage_put (&reply->usage, out);
  jump_splice_put_literal (out, "}");
  return g_string_free_to_bytes (out);
}
