/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/anthropic-encoder.h"

#include "service/base/json-write.h"
#include "service/dialects/anthropic-call-id.h"
#include "service/dialects/anthropic-citation.h"
#include "service/dialects/anthropic-failure.h"
#include "service/dialects/anthropic-reasoning.h"
#include "service/dialects/anthropic-stop.h"
#include "service/dialects/anthropic-usage.h"
#include "service/dialects/json-splice.h"

typedef enum
{
  BLOCK_NONE,
  BLOCK_TEXT,
  BLOCK_THINKING,
  BLOCK_TOOL,
} BlockKind;

typedef struct
{
  JumpEncoder encoder;
  char *client_model; /* (owned) (nullable) */
  char *used_model;   /* (owned) (nullable) */
  char *request_id;   /* (owned) (nullable) */
  gboolean wants_thinking;
  gint64 estimated_input;
  JumpToolNames *names; /* (owned) (nullable) */

  GString *start; /* (owned): message_start until it is written, then empty */
  gboolean has_start;
  gboolean has_failed;

  BlockKind block; /* the open one */
  guint index;     /* of the open one, or of the next */
  GString *delta;  /* (owned): how each delta of the open block begins */
  gboolean has_arguments;
  gboolean is_custom; /* the tool takes free text */

  JumpUsageCount usage;
  JumpStopReason stop_reason;
  char *stop_sequence; /* (owned) (nullable) */
  gboolean has_tool_calls;
} AnthropicEncoder;

static void
put_escaped (GString *out, const char *text)
{
  jump_splice_put_literal (out, "\"");
  jump_json_append_escaped (out, text == NULL ? "" : text, -1);
  jump_splice_put_literal (out, "\"");
}

/* It waits for what comes first behind it: until then upstream may still refuse, and a second try
 * would begin with another message_start. */
static void
prepare_start (AnthropicEncoder *self, const JumpReplyEvent *event)
{
  JumpUsageCount usage = JUMP_USAGE_COUNT_UNKNOWN;

  if (self->has_start)
    return;
  self->has_start = TRUE;
  if (event != NULL && event->usage != NULL)
    usage = *event->usage;
  if (usage.input_tokens < 0)
    usage.input_tokens = self->estimated_input;
  jump_splice_put_literal (self->start,
                           "event: message_start\n"
                           "data: {\"type\":\"message_start\",\"message\":{\"id\":\"msg_");
  jump_json_append_escaped (self->start, self->request_id == NULL ? "" : self->request_id, -1);
  jump_splice_put_literal (self->start,
                           "\",\"type\":\"message\",\"role\":\"assistant\",\"model\":");
  put_escaped (self->start, self->client_model);
  jump_splice_put_literal (
      self->start,
      ",\"content\":[],\"stop_reason\":null,\"stop_sequence\":null,\"usage\":");
  jump_anthropic_usage_append (self->start, &usage);
  jump_splice_put_literal (self->start, "}}\n\n");
}

static void
put_start (AnthropicEncoder *self, GString *out)
{
  if (!self->has_start)
    prepare_start (self, NULL);
  jump_splice_put (out, self->start->str, self->start->len);
  g_string_truncate (self->start, 0);
}

static void
put_block_stop (AnthropicEncoder *self, GString *out)
{
  g_string_append_printf (out,
                          "event: content_block_stop\n"
                          "data: {\"type\":\"content_block_stop\",\"index\":%u}\n\n",
                          self->index);
  self->index++;
  self->block = BLOCK_NONE;
}

/* Up to the members of the block. */
static void
put_block_start (AnthropicEncoder *self, GString *out)
{
  g_string_append_printf (
      out,
      "event: content_block_start\n"
      "data: {\"type\":\"content_block_start\",\"index\":%u,\"content_block\":{",
      self->index);
}

/* @type: of the deltas; @member: of them that gets the text */
static void
open_block (AnthropicEncoder *self, BlockKind block, const char *type, const char *member)
{
  self->block = block;
  g_string_printf (self->delta,
                   "event: content_block_delta\n"
                   "data: {\"type\":\"content_block_delta\",\"index\":%u,"
                   "\"delta\":{\"type\":\"%s\",\"%s\":",
                   self->index,
                   type,
                   member);
}

static void
put_delta (AnthropicEncoder *self, JumpJsonSpan text, GString *out)
{
  jump_splice_put (out, self->delta->str, self->delta->len);
  jump_splice_put_span (out, text);
  jump_splice_put_literal (out, "}}\n\n");
}

static void
put_text (AnthropicEncoder *self, JumpJsonSpan text, GString *out)
{
  if (self->block != BLOCK_TEXT)
    {
      put_start (self, out);
      put_block_start (self, out);
      jump_splice_put_literal (out, "\"type\":\"text\",\"text\":\"\"}}\n\n");
      open_block (self, BLOCK_TEXT, "text_delta", "text");
    }
  put_delta (self, text, out);
}

static void
put_citation (AnthropicEncoder *self, JumpJsonSpan citation, GString *out)
{
  if (self->block != BLOCK_TEXT || !jump_anthropic_citation_is_known (citation))
    return;
  g_string_append_printf (out,
                          "event: content_block_delta\n"
                          "data: {\"type\":\"content_block_delta\",\"index\":%u,"
                          "\"delta\":{\"type\":\"citations_delta\",\"citation\":",
                          self->index);
  jump_splice_put_span (out, citation);
  jump_splice_put_literal (out, "}}\n\n");
}

static void
open_thinking (AnthropicEncoder *self, GString *out)
{
  put_start (self, out);
  put_block_start (self, out);
  jump_splice_put_literal (out, "\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"\"}}\n\n");
  open_block (self, BLOCK_THINKING, "thinking_delta", "thinking");
}

static void
put_thinking (AnthropicEncoder *self, JumpJsonSpan text, GString *out)
{
  if (!self->wants_thinking)
    return;
  if (self->block != BLOCK_THINKING)
    open_thinking (self, out);
  put_delta (self, text, out);
}

static void
put_state (AnthropicEncoder *self, const JumpReasoningState *state, GString *out)
{
  g_autofree char *field = NULL;

  if (!self->wants_thinking)
    return;
  field = jump_anthropic_reasoning_dup_field (state, self->used_model);
  if (self->block != BLOCK_THINKING && jump_anthropic_reasoning_is_redacted (state))
    {
      put_start (self, out);
      put_block_start (self, out);
      jump_splice_put_literal (out, "\"type\":\"redacted_thinking\",\"data\":");
      put_escaped (out, field);
      jump_splice_put_literal (out, "}}\n\n");
      put_block_stop (self, out);
      return;
    }
  if (self->block != BLOCK_THINKING)
    open_thinking (self, out);
  g_string_append_printf (out,
                          "event: content_block_delta\n"
                          "data: {\"type\":\"content_block_delta\",\"index\":%u,"
                          "\"delta\":{\"type\":\"signature_delta\",\"signature\":",
                          self->index);
  put_escaped (out, field);
  jump_splice_put_literal (out, "}}\n\n");
}

static void
put_call_id (AnthropicEncoder *self, const JumpReplyEvent *event, GString *out)
{
  g_autofree char *made = NULL;
  g_autofree char *id = NULL;

  if (event->id == NULL || *event->id == '\0')
    made = g_strdup_printf ("toolu_%s_%u",
                            self->request_id == NULL ? "" : self->request_id,
                            self->index);
  id = jump_anthropic_call_id_seal (made != NULL ? made : event->id, event->call_state);
  put_escaped (out, id);
}

static void
start_tool (AnthropicEncoder *self, const JumpReplyEvent *event, GString *out)
{
  const char *name = event->name == NULL ? "" : event->name;

  if (self->names != NULL)
    jump_tool_names_from_wire (self->names, name, &name, NULL, NULL);
  put_start (self, out);
  put_block_start (self, out);
  jump_splice_put_literal (out, "\"type\":\"tool_use\",\"id\":");
  put_call_id (self, event, out);
  jump_splice_put_literal (out, ",\"name\":");
  put_escaped (out, name);
  jump_splice_put_literal (out, ",\"input\":{}}}\n\n");
  open_block (self, BLOCK_TOOL, "input_json_delta", "partial_json");
  self->is_custom = event->tool_kind == JUMP_TOOL_CUSTOM;
  self->has_arguments = FALSE;
  self->has_tool_calls = TRUE;
}

/* Free text becomes the one member of an object: what stands in a JSON string stands in one twice. */
static void
put_free_text (AnthropicEncoder *self, JumpJsonSpan piece, GString *out)
{
  jump_splice_put (out, self->delta->str, self->delta->len);
  jump_splice_put_literal (out, "\"");
  if (!self->has_arguments)
    jump_splice_put_literal (out, "{\\\"input\\\":\\\"");
  jump_json_append_escaped (out, piece.start + 1, (gssize) piece.length - 2);
  jump_splice_put_literal (out, "\"}}\n\n");
  self->has_arguments = TRUE;
}

static void
put_arguments (AnthropicEncoder *self, JumpJsonSpan piece, GString *out)
{
  if (self->block != BLOCK_TOOL || jump_json_span_is_empty_string (piece))
    return;
  if (self->is_custom)
    {
      put_free_text (self, piece, out);
      return;
    }
  self->has_arguments = TRUE;
  put_delta (self, piece, out);
}

static void
put_end_of_arguments (AnthropicEncoder *self, GString *out)
{
  static const char end[] = "\"\\\"}\"";
  static const char nothing[] = "\"{}\"";

  if (self->is_custom && self->has_arguments)
    put_delta (self, (JumpJsonSpan){ end, sizeof end - 1 }, out);
  else if (!self->has_arguments)
    put_delta (self, (JumpJsonSpan){ nothing, sizeof nothing - 1 }, out);
}

static void
end_part (AnthropicEncoder *self, GString *out)
{
  if (self->block == BLOCK_NONE)
    return;
  if (self->block == BLOCK_TOOL)
    put_end_of_arguments (self, out);
  put_block_stop (self, out);
}

static void
put_end (AnthropicEncoder *self, GString *out)
{
  if (self->has_failed)
    return;
  put_start (self, out);
  end_part (self, out);
  jump_splice_put_literal (
      out,
      "event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"");
  g_string_append (out, jump_anthropic_stop_word (self->stop_reason, self->has_tool_calls));
  jump_splice_put_literal (out, "\",\"stop_sequence\":");
  if (self->stop_sequence != NULL)
    put_escaped (out, self->stop_sequence);
  else
    jump_splice_put_literal (out, "null");
  jump_splice_put_literal (out, "},\"usage\":");
  if (self->usage.input_tokens < 0)
    self->usage.input_tokens = self->estimated_input;
  jump_anthropic_usage_append (out, &self->usage);
  jump_splice_put_literal (out, "}\n\nevent: message_stop\ndata: {\"type\":\"message_stop\"}\n\n");
}

static void
put_event (JumpEncoder *encoder, const JumpReplyEvent *event, GString *out)
{
  AnthropicEncoder *self = (AnthropicEncoder *) encoder;

  if (event->usage != NULL)
    jump_usage_count_merge (&self->usage, event->usage);
  switch (event->kind)
    {
    case JUMP_EVENT_START:
      prepare_start (self, event);
      break;
    case JUMP_EVENT_TEXT:
    case JUMP_EVENT_REFUSAL:
      put_text (self, event->text, out);
      break;
    case JUMP_EVENT_ANNOTATION:
      put_citation (self, event->text, out);
      break;
    case JUMP_EVENT_REASONING:
      put_thinking (self, event->text, out);
      break;
    case JUMP_EVENT_STATE:
      put_state (self, event->state, out);
      break;
    case JUMP_EVENT_TOOL_CALL:
      start_tool (self, event, out);
      break;
    case JUMP_EVENT_ARGUMENTS:
      put_arguments (self, event->text, out);
      break;
    case JUMP_EVENT_PART_END:
      end_part (self, out);
      break;
    case JUMP_EVENT_USAGE:
      break;
    case JUMP_EVENT_STOP:
      self->stop_reason = event->stop_reason;
      g_free (self->stop_sequence);
      self->stop_sequence = g_strdup (event->stop_sequence);
      break;
    case JUMP_EVENT_FAILURE:
      self->has_failed = TRUE;
      jump_anthropic_failure_append_event (out, event->failure, self->request_id);
      break;
    case JUMP_EVENT_PING:
      if (self->has_start && self->start->len == 0)
        jump_splice_put_literal (out, "event: ping\ndata: {\"type\":\"ping\"}\n\n");
      break;
    case JUMP_EVENT_END:
      put_end (self, out);
      break;
    }
}

static void
free_encoder (JumpEncoder *encoder)
{
  AnthropicEncoder *self = (AnthropicEncoder *) encoder;

  g_clear_pointer (&self->client_model, g_free);
  g_clear_pointer (&self->used_model, g_free);
  g_clear_pointer (&self->request_id, g_free);
  g_clear_pointer (&self->names, jump_tool_names_unref);
  g_string_free (g_steal_pointer (&self->start), TRUE);
  g_string_free (g_steal_pointer (&self->delta), TRUE);
  g_clear_pointer (&self->stop_sequence, g_free);
  g_free (self);
}

static const JumpEncoderClass encoder_class = {
  .event = put_event,
  .free = free_encoder,
};

/**
 * jump_anthropic_encoder_new:
 * @options: of the request
 *
 * Returns: (transfer full): an encoder before its first event
 */
JumpEncoder *
jump_anthropic_encoder_new (const JumpReplyOptions *options)
{
  AnthropicEncoder *self = g_new0 (AnthropicEncoder, 1);

  self->encoder.class = &encoder_class;
  self->client_model = g_strdup (options->client_model);
  self->used_model = g_strdup (options->used_model);
  self->request_id = g_strdup (options->request_id);
  self->wants_thinking = options->wants_thinking;
  self->estimated_input = options->estimated_input;
  if (options->names != NULL)
    self->names = jump_tool_names_ref (options->names);
  self->start = g_string_new (NULL);
  self->delta = g_string_new (NULL);
  self->usage = JUMP_USAGE_COUNT_UNKNOWN;
  return &self->encoder;
}
