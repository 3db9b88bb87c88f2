/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/error.h"
#include "service/dialects/openai-chat-message.h"
#include "service/dialects/openai-chat-reply.h"
#include "service/dialects/openai-chat-stop.h"
#include "service/dialects/openai-chat-usage.h"
#include "service/dialects/openai-chat.h"

/* Upstream's whole reply as parts (protocol 5.4). */

/* Returns: (transfer full) (nullable) */
static char *
dup_text (const JumpChatText *text)
{
  g_autofree char *quoted = NULL;

  if (text->first.start == NULL)
    return NULL;
  if (text->joined == NULL)
    return jump_json_span_dup_string (text->first);
  quoted = g_strdup_printf ("\"%s\"", text->joined->str);
  return jump_json_span_dup_string ((JumpJsonSpan){ quoted, strlen (quoted) });
}

static void
add_reasoning (JumpReply *reply, const JumpChatMessage *message, JumpJsonSpan rest)
{
  g_autofree char *text = dup_text (&message->reasoning);
  JumpJsonSpan opaque = jump_json_find_member (rest, "reasoning_opaque");
  JumpPart *part;

  if (!jump_json_span_has_text (opaque))
    opaque = jump_json_find_member (rest, "cot_id");
  if ((text == NULL || *text == '\0') && !jump_json_span_has_text (opaque))
    return;
  part = jump_reply_add (reply, jump_part_new (JUMP_PART_REASONING));
  if (text != NULL && *text != '\0')
    part->text = g_steal_pointer (&text);
  if (!jump_json_span_has_text (opaque))
    return;
  part->state.kind = JUMP_REASONING_OPAQUE;
  part->state.data = jump_json_span_dup_string (opaque);
}

static void
add_text (JumpReply *reply, const JumpChatMessage *message, JumpJsonSpan rest)
{
  g_autofree char *text = dup_text (&message->content);
  JumpJsonSpan annotations = jump_json_find_member (rest, "annotations");
  JumpJsonSpan refusal = jump_json_find_member (rest, "refusal");
  JumpPart *part;

  if (text != NULL && *text != '\0')
    {
      part = jump_reply_add (reply, jump_part_new (JUMP_PART_TEXT));
      part->text = g_steal_pointer (&text);
      if (jump_json_span_kind (annotations) == JUMP_JSON_ARRAY && annotations.length > 2)
        part->annotations = g_strndup (annotations.start, annotations.length);
    }
  if (!jump_json_span_has_text (refusal))
    return;
  part = jump_reply_add (reply, jump_part_new (JUMP_PART_REFUSAL));
  part->text = jump_json_span_dup_string (refusal);
}

static gboolean
add_calls (JumpReply *reply, const JumpChatMessage *message, GError **error)
{
  g_autofree char *array = NULL;
  g_autoptr (GError) problem = NULL;
  JumpJsonCursor cursor;
  JumpJsonSpan element;

  if (message->tool_calls == NULL)
    return TRUE;
  array = g_strdup_printf ("[%s]", message->tool_calls->str);
  jump_json_cursor_init (&cursor, jump_json_span_trim (array, strlen (array)));
  for (guint i = 0; jump_json_cursor_next (&cursor, NULL, &element); i++)
    {
      JumpPart *call = jump_chat_read_call (element, &problem);

      if (call == NULL)
        {
          g_set_error (error,
                       JUMP_ERROR,
                       JUMP_ERROR_PROTOCOL,
                       "reading upstream's reply: tool_calls[%u].%s",
                       i,
                       problem->message);
          return FALSE;
        }
      if (call->call_id == NULL || *call->call_id == '\0')
        {
          g_free (call->call_id);
          call->call_id =
              g_strdup_printf ("call_%s_%u", reply->id != NULL ? reply->id : "reply", i);
        }
      jump_reply_add (reply, call);
    }
  return TRUE;
}

/* All choices are parts of one answer (protocol 5.4 quirk 2): nobody who needs parts asks for more
 * than one. @out_reason: the last finish reason */
static gboolean
read_choices (JumpChatMessage *message,
              JumpJsonSpan choices,
              JumpJsonSpan *out_reason,
              GError **error)
{
  gboolean any = FALSE;
  JumpChatChoice choice;
  JumpJsonCursor cursor;

  *out_reason = (JumpJsonSpan){ NULL, 0 };
  jump_json_cursor_init (&cursor, choices);
  while (jump_json_cursor_next_key (&cursor, NULL))
    {
      any = TRUE;
      jump_chat_choice_read (&choice, &cursor, "message", NULL);
      jump_chat_message_add (message, choice.body);
      if (jump_json_span_has_text (choice.finish_reason))
        *out_reason = choice.finish_reason;
    }
  if (!any)
    g_set_error (error,
                 JUMP_ERROR,
                 JUMP_ERROR_PROTOCOL,
                 "reading upstream's reply: choices: expected at least one");
  return any;
}

static char *
dup_or_null (JumpJsonSpan span)
{
  return jump_json_span_has_text (span) ? jump_json_span_dup_string (span) : NULL;
}

/**
 * jump_chat_read_reply:
 * @data: a reply with status 200, not terminated
 * @length: bytes of @data
 * @error: see jump_chat_reply_read()
 *
 * Returns: (transfer full) (nullable): what the model answered
 */
JumpReply *
jump_chat_read_reply (const char *data, gsize length, GError **error)
{
  g_autoptr (JumpReply) reply = jump_reply_new ();
  g_auto (JumpChatMessage) message = { { NULL, 0 } };
  g_autofree char *rest = NULL;
  JumpChatChunk chunk;
  JumpJsonSpan others, reason;
  gboolean has_refusal;

  if (!jump_chat_reply_read (&chunk, data, length, NULL, error))
    return NULL;
  jump_chat_message_init (&message);
  if (!read_choices (&message, chunk.choices, &reason, error))
    return NULL;
  if (jump_json_span_equals (reason, "error"))
    {
      g_set_error (error,
                   JUMP_ERROR,
                   JUMP_ERROR_UPSTREAM,
                   "upstream ended the answer with an error");
      return NULL;
    }
  rest = g_strdup_printf ("{\"\":0%s}", message.rest != NULL ? message.rest->str : "");
  others = jump_json_span_trim (rest, strlen (rest));
  reply->id = dup_or_null (chunk.id);
  reply->model = dup_or_null (chunk.model);
  add_reasoning (reply, &message, others);
  add_text (reply, &message, others);
  if (!add_calls (reply, &message, error))
    return NULL;
  has_refusal = jump_json_span_has_text (jump_json_find_member (others, "refusal"));
  reply->stop_reason = jump_chat_stop_read (reason, jump_reply_has_tool_calls (reply), has_refusal);
  jump_chat_usage_read (chunk.usage, chunk.copilot_usage, &reply->usage);
  return g_steal_pointer (&reply);
}
