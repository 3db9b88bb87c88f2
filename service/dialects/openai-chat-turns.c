/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/json-field.h"
#include "service/dialects/openai-chat-parts.h"
#include "service/dialects/openai-chat-thought.h"
#include "service/dialects/openai-chat.h"

/* The messages of a request: chat's roles and members into turns and parts. */

/* The members that are looked at, found in one walk. */
typedef struct
{
  JumpJsonSpan role;
  JumpJsonSpan content;
  JumpJsonSpan name;
  JumpJsonSpan refusal;
  JumpJsonSpan tool_calls;
  JumpJsonSpan tool_call_id;
  JumpJsonSpan function_call;
  JumpJsonSpan reasoning; /* what is visible, under any of its names */
  JumpJsonSpan opaque;
} Members;

/* Of the names for visible reasoning the first that says something. */
static void
take_reasoning (Members *self, JumpJsonSpan value)
{
  if (!jump_json_span_has_text (self->reasoning))
    self->reasoning = value;
}

static Members
find_members (JumpJsonSpan message)
{
  Members self = { { NULL, 0 } };
  JumpJsonCursor cursor;
  JumpJsonSpan key, value;

  jump_json_cursor_init (&cursor, message);
  while (jump_json_cursor_next (&cursor, &key, &value))
    {
      if (jump_json_span_equals (key, "role"))
        self.role = value;
      else if (jump_json_span_equals (key, "content"))
        self.content = value;
      else if (jump_json_span_equals (key, "name"))
        self.name = value;
      else if (jump_json_span_equals (key, "refusal"))
        self.refusal = value;
      else if (jump_json_span_equals (key, "tool_calls"))
        self.tool_calls = value;
      else if (jump_json_span_equals (key, "tool_call_id"))
        self.tool_call_id = value;
      else if (jump_json_span_equals (key, "function_call"))
        self.function_call = value;
      else if (jump_json_span_equals (key, "reasoning_opaque"))
        self.opaque = value;
      else if (jump_json_span_equals (key, "reasoning_text") ||
               jump_json_span_equals (key, "reasoning_content") ||
               jump_json_span_equals (key, "reasoning"))
        take_reasoning (&self, value);
    }
  return self;
}

static gboolean
read_plain (JumpPrompt *prompt, JumpRole role, const Members *members, GError **error)
{
  JumpMessage *message = jump_prompt_add_message (prompt, jump_message_new (role));

  return jump_json_field_string (members->name, "name", &message->name, error) &&
         jump_chat_read_content (message->parts, members->content, error);
}

static void
read_reasoning (JumpPrompt *prompt, GPtrArray *parts, const Members *members)
{
  g_autofree char *text = jump_json_span_has_text (members->reasoning)
                              ? jump_json_span_dup_string (members->reasoning)
                              : NULL;
  g_autofree char *opaque = jump_json_span_has_text (members->opaque)
                                ? jump_json_span_dup_string (members->opaque)
                                : NULL;

  if (opaque != NULL)
    prompt->wants_state = TRUE; /* whoever gives it back can carry it */
  if (!jump_chat_thought_read (parts, text, opaque))
    jump_prompt_drop (prompt, "reasoning_opaque");
}

static gboolean
read_calls (GPtrArray *parts, JumpJsonSpan calls, GError **error)
{
  JumpJsonCursor cursor;
  JumpJsonSpan element;
  guint i = 0;

  if (jump_json_span_kind (calls) == JUMP_JSON_NULL)
    return TRUE;
  if (jump_json_span_kind (calls) != JUMP_JSON_ARRAY)
    return jump_json_field_refuse (error, "tool_calls", "array");
  jump_json_cursor_init (&cursor, calls);
  for (; jump_json_cursor_next (&cursor, NULL, &element); i++)
    {
      JumpPart *call = jump_chat_read_call (element, error);

      if (call == NULL)
        {
          g_prefix_error (error, "tool_calls[%u].", i);
          return FALSE;
        }
      g_ptr_array_add (parts, call);
    }
  return TRUE;
}

/* The deprecated form: one call, without an id. */
static gboolean
read_function_call (GPtrArray *parts, JumpJsonSpan function, GError **error)
{
  g_autoptr (JumpPart) call = NULL;

  if (jump_json_span_kind (function) == JUMP_JSON_NULL)
    return TRUE;
  call = jump_part_new (JUMP_PART_TOOL_CALL);
  if (!jump_json_field_is_object (function, "function_call", error) ||
      !jump_json_field_string (jump_json_find_member (function, "name"),
                               "function_call.name",
                               &call->name,
                               error) ||
      !jump_json_field_string (jump_json_find_member (function, "arguments"),
                               "function_call.arguments",
                               &call->arguments,
                               error))
    return FALSE;
  g_ptr_array_add (parts, g_steal_pointer (&call));
  return TRUE;
}

static gboolean
read_assistant (JumpPrompt *prompt, const Members *members, GError **error)
{
  JumpMessage *message = jump_prompt_add_message (prompt, jump_message_new (JUMP_ROLE_ASSISTANT));
  JumpPart *refusal;

  read_reasoning (prompt, message->parts, members);
  if (!jump_json_field_string (members->name, "name", &message->name, error) ||
      !jump_chat_read_content (message->parts, members->content, error))
    return FALSE;
  if (jump_json_span_has_text (members->refusal))
    {
      refusal = jump_message_add (message, jump_part_new (JUMP_PART_REFUSAL));
      refusal->text = jump_json_span_dup_string (members->refusal);
    }
  return read_calls (message->parts, members->tool_calls, error) &&
         read_function_call (message->parts, members->function_call, error);
}

/* @is_function: the deprecated role, whose results have a name and no id. */
static gboolean
read_result (JumpPrompt *prompt, const Members *members, gboolean is_function, GError **error)
{
  JumpMessage *message = jump_prompt_add_message (prompt, jump_message_new (JUMP_ROLE_USER));
  JumpPart *result = jump_message_add (message, jump_part_new (JUMP_PART_TOOL_RESULT));

  result->content = g_ptr_array_new_with_free_func ((GDestroyNotify) jump_part_free);
  if (is_function && jump_json_span_kind (members->name) != JUMP_JSON_STRING)
    return jump_json_field_refuse (error, "name", "string");
  return jump_json_field_string (members->name, "name", &result->name, error) &&
         jump_json_field_string (members->tool_call_id, "tool_call_id", &result->call_id, error) &&
         jump_chat_read_content (result->content, members->content, error);
}

/* A marker of the whole message stands at its end. */
static void
mark_last_part (JumpPrompt *prompt, JumpJsonSpan object)
{
  JumpMessage *message = g_ptr_array_index (prompt->messages, prompt->messages->len - 1);
  g_autofree char *marker = jump_chat_read_cache_marker (object);
  JumpPart *last;

  if (marker == NULL || message->parts->len == 0)
    return;
  last = g_ptr_array_index (message->parts, message->parts->len - 1);
  g_free (last->cache_marker);
  last->cache_marker = g_steal_pointer (&marker);
}

static gboolean
read_message (JumpPrompt *prompt, JumpJsonSpan message, GError **error)
{
  Members members = find_members (message);

  if (jump_json_span_kind (members.role) != JUMP_JSON_STRING)
    return jump_json_field_refuse (error, "role", "string");
  if (jump_json_span_equals (members.role, "system"))
    return read_plain (prompt, JUMP_ROLE_SYSTEM, &members, error);
  if (jump_json_span_equals (members.role, "developer"))
    return read_plain (prompt, JUMP_ROLE_DEVELOPER, &members, error);
  if (jump_json_span_equals (members.role, "user"))
    return read_plain (prompt, JUMP_ROLE_USER, &members, error);
  if (jump_json_span_equals (members.role, "assistant"))
    return read_assistant (prompt, &members, error);
  if (jump_json_span_equals (members.role, "tool"))
    return read_result (prompt, &members, FALSE, error);
  if (jump_json_span_equals (members.role, "function"))
    return read_result (prompt, &members, TRUE, error);
  return jump_json_field_refuse (error,
                                 "role",
                                 "system, developer, user, assistant, tool or function");
}

/**
 * jump_chat_read_messages:
 * @prompt: gets a message for each
 * @messages: an array of objects
 * @error: names the field from the request on
 *
 * Returns: whether all could be read
 */
gboolean
jump_chat_read_messages (JumpPrompt *prompt, JumpJsonSpan messages, GError **error)
{
  JumpJsonCursor cursor;
  JumpJsonSpan message;

  if (jump_json_span_kind (messages) != JUMP_JSON_ARRAY)
    return jump_json_field_refuse (error, "messages", "array");
  jump_json_cursor_init (&cursor, messages);
  for (guint i = 0; jump_json_cursor_next (&cursor, NULL, &message); i++)
    {
      if (!read_message (prompt, message, error))
        {
          g_prefix_error (error, "messages[%u].", i);
          return FALSE;
        }
      mark_last_part (prompt, message);
    }
  return TRUE;
}
