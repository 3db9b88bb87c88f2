/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/call-arguments.h"
#include "service/dialects/json-splice.h"
#include "service/dialects/openai-chat-outlet.h"
#include "service/dialects/openai-chat-stop.h"
#include "service/dialects/openai-chat-usage.h"
#include "service/dialects/openai-chat.h"
#include "service/dialects/openai-error.h"

typedef struct
{
  JumpEncoder encoder;
  JumpReplyOptions options; /* its strings are owned below or by the head */
  char *request_id;         /* (owned) */
  char *used_model;         /* (owned) (nullable) */
  JumpChatHead head;        /* (owned) */
  JumpChatThought thought;
  JumpUsageCount usage;

  guint n_calls;
  JumpToolKind said_kind;   /* of the call at hand: as upstream said it */
  JumpToolKind client_kind; /* … and as the client gets it */
  gboolean is_in_call;
  gboolean has_arguments;
  GString *collected; /* (owned): arguments that have to be rewritten, inside of a JSON string */
  gboolean has_refusal;
  gboolean has_role;
  gboolean has_failed;
} ChatEncoder;

static inline void
begin_delta (ChatEncoder *self, GString *out)
{
  jump_chat_head_put (&self->head, out);
  jump_splice_put_literal (out, "{\"index\":0,\"delta\":{");
}

static inline void
end_delta (GString *out)
{
  jump_splice_put_literal (out, "},\"finish_reason\":null}]}\n\n");
}

static inline void
put_piece (ChatEncoder *self, const char *key, gsize key_length, JumpJsonSpan text, GString *out)
{
  begin_delta (self, out);
  jump_splice_put (out, key, key_length);
  jump_splice_put_literal (out, ":");
  jump_splice_put_span (out, text);
  end_delta (out);
}

static void
put_role (ChatEncoder *self, const JumpReplyEvent *event, GString *out)
{
  if (self->has_role)
    return;
  self->has_role = TRUE;
  jump_chat_outlet_set_id (&self->head, event->id);
  if (event->usage != NULL)
    jump_usage_count_merge (&self->usage, event->usage);
  begin_delta (self, out);
  jump_splice_put_literal (out, "\"role\":\"assistant\",\"content\":\"\"");
  end_delta (out);
}

static void
put_reasoning (ChatEncoder *self, JumpJsonSpan text, GString *out)
{
  const char *key = jump_chat_outlet_get_reasoning_key (&self->options);

  jump_chat_thought_note_text (&self->thought, text);
  put_piece (self, key, strlen (key), text, out);
}

static void
put_state (ChatEncoder *self, const JumpReasoningState *state, GString *out)
{
  g_autoptr (GString) field = g_string_new (NULL);

  jump_chat_thought_put_state (&self->thought, state, self->options.used_model, field);
  if (field->len == 0)
    return;
  begin_delta (self, out);
  jump_splice_put_literal (out, "\"reasoning_opaque\":");
  jump_json_append_string (out, field->str);
  end_delta (out);
}

static void
put_annotation (ChatEncoder *self, JumpJsonSpan citation, GString *out)
{
  gsize start = out->len;

  begin_delta (self, out);
  jump_splice_put_literal (out, "\"annotations\":[");
  if (!jump_chat_outlet_put_citation (citation, out))
    {
      g_string_truncate (out, start);
      return;
    }
  jump_splice_put_literal (out, "]");
  end_delta (out);
}

static void
begin_call_piece (ChatEncoder *self, GString *out)
{
  begin_delta (self, out);
  g_string_append_printf (out, "\"tool_calls\":[{\"index\":%u", self->n_calls - 1);
}

static void
put_call (ChatEncoder *self, const JumpReplyEvent *event, GString *out)
{
  const char *name = jump_chat_outlet_get_tool (&self->options, event->name, &self->client_kind);
  gboolean is_custom = self->client_kind == JUMP_TOOL_CUSTOM;

  self->said_kind = event->tool_kind;
  self->n_calls++;
  self->is_in_call = TRUE;
  self->has_arguments = FALSE;
  begin_call_piece (self, out);
  jump_splice_put_literal (out, ",\"id\":");
  if (event->id != NULL && *event->id != '\0')
    jump_json_append_string (out, event->id);
  else
    g_string_append_printf (out, "\"call_%s_%u\"", self->request_id, self->n_calls - 1);
  g_string_append_printf (out,
                          ",\"type\":\"%s\",\"%s\":{\"name\":",
                          is_custom ? "custom" : "function",
                          is_custom ? "custom" : "function");
  jump_json_append_string (out, name != NULL ? name : "");
  g_string_append_printf (out, ",\"%s\":\"\"", is_custom ? "input" : "arguments");
  if (event->call_state != NULL)
    {
      jump_splice_put_literal (out, ",\"thought_signature\":");
      jump_json_append_string (out, event->call_state);
    }
  jump_splice_put_literal (out, "}}]");
  end_delta (out);
}

static void
put_arguments (ChatEncoder *self, JumpJsonSpan text, GString *out)
{
  self->has_arguments = TRUE;
  if (self->said_kind != self->client_kind)
    {
      jump_splice_put (self->collected, text.start + 1, text.length - 2);
      return;
    }
  begin_call_piece (self, out);
  if (self->client_kind == JUMP_TOOL_CUSTOM)
    jump_splice_put_literal (out, ",\"custom\":{\"input\":");
  else
    jump_splice_put_literal (out, ",\"function\":{\"arguments\":");
  jump_splice_put_span (out, text);
  jump_splice_put_literal (out, "}}]");
  end_delta (out);
}

/* What was collected of a call whose kind differs goes out in one piece. */
static void
put_collected (ChatEncoder *self, GString *out)
{
  g_autofree char *said = NULL;
  g_autofree char *rewritten = NULL;
  g_autoptr (GString) text = NULL;
  JumpJsonSpan span;

  g_string_prepend_c (self->collected, '"');
  g_string_append_c (self->collected, '"');
  span = (JumpJsonSpan){ self->collected->str, self->collected->len };
  said = jump_json_span_dup_string (span);
  g_string_truncate (self->collected, 0);
  if (said == NULL)
    return;
  rewritten = self->client_kind == JUMP_TOOL_CUSTOM ? jump_call_arguments_unwrap (said)
                                                    : jump_call_arguments_wrap (said);
  text = g_string_new (NULL);
  jump_json_append_string (text, rewritten);
  self->said_kind = self->client_kind;
  put_arguments (self, (JumpJsonSpan){ text->str, text->len }, out);
}

static void
end_part (ChatEncoder *self, GString *out)
{
  static const char nothing[] = "\"{}\"";

  if (!self->is_in_call)
    return;
  if (self->collected->len > 0)
    put_collected (self, out);
  else if (!self->has_arguments && self->client_kind == JUMP_TOOL_FUNCTION)
    {
      self->said_kind = JUMP_TOOL_FUNCTION;
      put_arguments (self, (JumpJsonSpan){ nothing, sizeof nothing - 1 }, out);
    }
  self->is_in_call = FALSE;
}

static void
put_stop (ChatEncoder *self, JumpStopReason reason, GString *out)
{
  begin_delta (self, out);
  g_string_append_printf (out,
                          "},\"finish_reason\":\"%s\"}]}\n\n",
                          jump_chat_stop_get_word (reason, self->n_calls > 0, self->has_refusal));
}

static void
put_end (ChatEncoder *self, GString *out)
{
  /* [DONE] would say that nothing is missing. */
  if (self->has_failed)
    return;
  jump_chat_head_put_end (&self->head, self->options.show_usage ? &self->usage : NULL, out);
}

static void
put_refusal (ChatEncoder *self, JumpJsonSpan text, GString *out)
{
  static const char key[] = "\"refusal\"";

  self->has_refusal = TRUE;
  put_piece (self, key, sizeof key - 1, text, out);
}

static void
put_event (JumpEncoder *encoder, const JumpReplyEvent *event, GString *out)
{
  static const char content[] = "\"content\"";
  ChatEncoder *self = (ChatEncoder *) encoder;

  switch (event->kind)
    {
    case JUMP_EVENT_START:
      put_role (self, event, out);
      break;
    case JUMP_EVENT_TEXT:
      put_piece (self, content, sizeof content - 1, event->text, out);
      break;
    case JUMP_EVENT_ANNOTATION:
      put_annotation (self, event->text, out);
      break;
    case JUMP_EVENT_REASONING:
      put_reasoning (self, event->text, out);
      break;
    case JUMP_EVENT_STATE:
      put_state (self, event->state, out);
      break;
    case JUMP_EVENT_REFUSAL:
      put_refusal (self, event->text, out);
      break;
    case JUMP_EVENT_TOOL_CALL:
      put_call (self, event, out);
      break;
    case JUMP_EVENT_ARGUMENTS:
      put_arguments (self, event->text, out);
      break;
    case JUMP_EVENT_PART_END:
      end_part (self, out);
      break;
    case JUMP_EVENT_USAGE:
      jump_usage_count_merge (&self->usage, event->usage);
      break;
    case JUMP_EVENT_STOP:
      put_stop (self, event->stop_reason, out);
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
    }
}

static void
free_encoder (JumpEncoder *encoder)
{
  ChatEncoder *self = (ChatEncoder *) encoder;

  jump_chat_head_clear (&self->head);
  g_clear_pointer (&self->options.names, jump_tool_names_unref);
  g_string_free (g_steal_pointer (&self->collected), TRUE);
  g_free (self->request_id);
  g_free (self->used_model);
  g_free (self);
}

static const JumpEncoderClass chat_encoder_class = {
  .event = put_event,
  .free = free_encoder,
};

/**
 * jump_chat_encoder_new:
 * @options: of the request
 *
 * Returns: (transfer full): an encoder before the first event
 */
JumpEncoder *
jump_chat_encoder_new (const JumpReplyOptions *options)
{
  ChatEncoder *self = g_new0 (ChatEncoder, 1);

  self->encoder.class = &chat_encoder_class;
  self->options = *options;
  self->options.client_model = NULL; /* the head has it */
  self->options.echo = NULL;
  self->options.clock = NULL;
  self->options.request_id = self->request_id = g_strdup (options->request_id);
  self->options.used_model = self->used_model = g_strdup (options->used_model);
  if (options->names != NULL)
    jump_tool_names_ref (options->names);
  jump_chat_head_init (&self->head,
                       "data: ",
                       "chat.completion.chunk",
                       options->client_model,
                       options->request_id,
                       options->now);
  self->usage = JUMP_USAGE_COUNT_UNKNOWN;
  self->collected = g_string_new (NULL);
  return &self->encoder;
}
