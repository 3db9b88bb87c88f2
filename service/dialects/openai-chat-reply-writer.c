/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/call-arguments.h"
#include "service/dialects/json-splice.h"
#include "service/dialects/openai-chat-outlet.h"
#include "service/dialects/openai-chat-stop.h"
#include "service/dialects/openai-chat-usage.h"
#include "service/dialects/openai-chat.h"

/* A whole reply for a chat client. Everything that a stream would say piece by piece is joined as
 * the client would have joined it. */

static void
put_string (GString *out, const char *text)
{
  jump_json_append_string (out, text != NULL ? text : "");
}

/* Returns: whether there is any part of @kind */
static gboolean
join_texts (const JumpReply *reply, JumpPartKind kind, GString *joined)
{
  gboolean any = FALSE;

  for (guint i = 0; i < reply->parts->len; i++)
    {
      const JumpPart *part = g_ptr_array_index (reply->parts, i);

      if (part->kind != kind || part->text == NULL)
        continue;
      g_string_append (joined, part->text);
      any = TRUE;
    }
  return any;
}

static void
put_content (const JumpReply *reply, GString *out)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean has_text = join_texts (reply, JUMP_PART_TEXT, text);
  g_autoptr (GString) refusal = g_string_new (NULL);

  jump_splice_put_literal (out, "{\"role\":\"assistant\",\"content\":");
  if (has_text)
    put_string (out, text->str);
  else
    jump_splice_put_literal (out, "null");
  jump_splice_put_literal (out, ",\"refusal\":");
  if (join_texts (reply, JUMP_PART_REFUSAL, refusal))
    put_string (out, refusal->str);
  else
    jump_splice_put_literal (out, "null");
}

static void
put_reasoning (const JumpReply *reply, const JumpReplyOptions *options, GString *out)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GString) field = g_string_new (NULL);
  JumpChatThought thought = { 0 };

  for (guint i = 0; i < reply->parts->len; i++)
    {
      const JumpPart *part = g_ptr_array_index (reply->parts, i);

      if (part->kind != JUMP_PART_REASONING)
        continue;
      if (part->text != NULL)
        g_string_append (text, part->text);
      thought.n_text = text->len;
      if (part->state.kind != JUMP_REASONING_NONE)
        jump_chat_thought_put_state (&thought, &part->state, options->used_model, field);
    }
  if (text->len > 0)
    {
      jump_splice_put_literal (out, ",");
      g_string_append (out, jump_chat_outlet_get_reasoning_key (options));
      jump_splice_put_literal (out, ":");
      put_string (out, text->str);
    }
  if (field->len > 0)
    {
      jump_splice_put_literal (out, ",\"reasoning_opaque\":");
      put_string (out, field->str);
    }
}

static void
put_call (const JumpPart *call, const JumpReplyOptions *options, guint index, GString *out)
{
  JumpToolKind kind;
  const char *name = jump_chat_outlet_get_tool (options, call->name, &kind);
  const char *said = call->arguments != NULL ? call->arguments : "";
  g_autofree char *arguments = NULL;
  gboolean is_custom = kind == JUMP_TOOL_CUSTOM;

  if (kind == call->tool_kind)
    arguments = g_strdup (*said == '\0' && !is_custom ? "{}" : said);
  else
    arguments = is_custom ? jump_call_arguments_unwrap (said) : jump_call_arguments_wrap (said);
  jump_splice_put_literal (out, "{\"id\":");
  if (call->call_id != NULL && *call->call_id != '\0')
    put_string (out, call->call_id);
  else
    g_string_append_printf (out, "\"call_%s_%u\"", options->request_id, index);
  g_string_append_printf (out,
                          ",\"type\":\"%s\",\"%s\":{\"name\":",
                          is_custom ? "custom" : "function",
                          is_custom ? "custom" : "function");
  put_string (out, name);
  g_string_append_printf (out, ",\"%s\":", is_custom ? "input" : "arguments");
  put_string (out, arguments);
  if (call->call_state != NULL)
    {
      jump_splice_put_literal (out, ",\"thought_signature\":");
      put_string (out, call->call_state);
    }
  jump_splice_put_literal (out, "}}");
}

/* Returns: whether there is any */
static gboolean
put_calls (const JumpReply *reply, const JumpReplyOptions *options, GString *out)
{
  guint n = 0;

  for (guint i = 0; i < reply->parts->len; i++)
    {
      const JumpPart *part = g_ptr_array_index (reply->parts, i);

      if (part->kind != JUMP_PART_TOOL_CALL)
        continue;
      if (n == 0)
        jump_splice_put_literal (out, ",\"tool_calls\":[");
      else
        jump_splice_put_literal (out, ",");
      put_call (part, options, n, out);
      n++;
    }
  if (n > 0)
    jump_splice_put_literal (out, "]");
  return n > 0;
}

static void
put_citations_of (const JumpPart *part, GString *list)
{
  JumpJsonCursor cursor;
  JumpJsonSpan citation;
  JumpJsonSpan array = jump_json_span_trim (part->annotations, strlen (part->annotations));

  if (jump_json_span_kind (array) != JUMP_JSON_ARRAY)
    return;
  jump_json_cursor_init (&cursor, array);
  while (jump_json_cursor_next (&cursor, NULL, &citation))
    {
      gsize start = list->len;

      if (start > 0)
        jump_splice_put_literal (list, ",");
      if (!jump_chat_outlet_put_citation (citation, list))
        g_string_truncate (list, start);
    }
}

static void
put_citations (const JumpReply *reply, GString *out)
{
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint i = 0; i < reply->parts->len; i++)
    {
      const JumpPart *part = g_ptr_array_index (reply->parts, i);

      if (part->kind == JUMP_PART_TEXT && part->annotations != NULL)
        put_citations_of (part, list);
    }
  if (list->len > 0)
    g_string_append_printf (out, ",\"annotations\":[%s]", list->str);
}

static gboolean
has_refusal (const JumpReply *reply)
{
  for (guint i = 0; i < reply->parts->len; i++)
    {
      if (((JumpPart *) g_ptr_array_index (reply->parts, i))->kind == JUMP_PART_REFUSAL)
        return TRUE;
    }
  return FALSE;
}

/**
 * jump_chat_write_reply:
 * @reply: what the model answered
 * @options: of the request
 *
 * Returns: (transfer full): a chat.completion
 */
GBytes *
jump_chat_write_reply (const JumpReply *reply, const JumpReplyOptions *options)
{
  g_auto (JumpChatHead) head = { 0 };
  GString *out = g_string_sized_new (1024);
  gboolean has_calls;

  jump_chat_head_init (&head,
                       "",
                       "chat.completion",
                       options->client_model,
                       options->request_id,
                       options->now);
  jump_chat_outlet_set_id (&head, reply->id);
  jump_chat_head_put (&head, out);
  jump_splice_put_literal (out, "{\"index\":0,\"message\":");
  put_content (reply, out);
  put_reasoning (reply, options, out);
  has_calls = put_calls (reply, options, out);
  put_citations (reply, out);
  g_string_append_printf (
      out,
      "},\"finish_reason\":\"%s\"}],",
      jump_chat_stop_get_word (reply->stop_reason, has_calls, has_refusal (reply)));
  jump_chat_usage_put (&reply->usage, out);
  jump_splice_put_literal (out, "}");
  return g_string_free_to_bytes (out);
}
