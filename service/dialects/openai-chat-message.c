/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/openai-chat-message.h"

#include "service/dialects/json-splice.h"
#include "service/dialects/openai-chat-chunk.h"

static GString *
ensure_text (GString **text)
{
  if (*text == NULL)
    *text = g_string_new (NULL);
  return *text;
}

static inline void
put_inside (GString *out, JumpJsonSpan string)
{
  jump_splice_put (out, string.start + 1, string.length - 2);
}

/* Joining JSON strings needs no decoding: what stands between the quotes is simply put in a row. */
static void
add_text (JumpChatText *text, JumpJsonSpan value)
{
  if (text->first.start == NULL)
    {
      text->first = value;
      return;
    }
  if (text->joined == NULL)
    put_inside (ensure_text (&text->joined), text->first);
  put_inside (text->joined, value);
}

/* Writes @text as a JSON string. */
static void
put_text (GString *out, const JumpChatText *text)
{
  if (text->joined == NULL)
    {
      jump_splice_put_span (out, text->first);
      return;
    }
  jump_splice_put_literal (out, "\"");
  jump_splice_put (out, text->joined->str, text->joined->len);
  jump_splice_put_literal (out, "\"");
}

static void
clear_text (JumpChatText *text)
{
  if (text->joined != NULL)
    g_string_free (g_steal_pointer (&text->joined), TRUE);
}

static gboolean
is_reasoning_text (JumpJsonSpan key)
{
  return jump_splice_key_is (key, "reasoning_text") ||
         jump_splice_key_is (key, "reasoning_content") || jump_splice_key_is (key, "cot_summary");
}

static gboolean
is_same_key (JumpJsonSpan a, JumpJsonSpan b)
{
  return a.length == b.length && memcmp (a.start, b.start, a.length) == 0;
}

static void
add_content (JumpChatMessage *self, JumpJsonSpan value)
{
  JumpJsonKind kind = jump_json_span_kind (value);

  self->has_content_member = TRUE;
  if (kind == JUMP_JSON_STRING)
    add_text (&self->content, value);
  else if (kind != JUMP_JSON_NULL && self->odd_content.start == NULL)
    self->odd_content = value;
}

/* Replaces arguments that are no JSON by {}: clients parse them (protocol 5.4 quirk 3). */
static void
add_tool_call (JumpChatMessage *self, JumpJsonSpan call)
{
  JumpJsonSpan function = jump_json_find_member (call, "function");
  JumpJsonSpan arguments = jump_json_find_member (function, "arguments");
  GString *out = ensure_text (&self->tool_calls);
  const char *call_end = call.start + call.length;
  const char *gap;     /* from here … */
  const char *gap_end; /* … to here is replaced */

  if (out->len > 0)
    jump_splice_put_literal (out, ",");
  if (jump_json_span_kind (function) != JUMP_JSON_OBJECT ||
      (arguments.start != NULL && jump_json_span_kind (arguments) != JUMP_JSON_NULL &&
       !jump_json_span_is_empty_string (arguments)))
    {
      jump_splice_put_span (out, call);
      return;
    }
  self->is_changed = TRUE;
  gap = arguments.start != NULL ? arguments.start : function.start + 1;
  gap_end = gap + arguments.length;
  jump_splice_put (out, call.start, (gsize) (gap - call.start));
  if (arguments.start == NULL)
    jump_splice_put_literal (out, "\"arguments\":");
  jump_splice_put_literal (out, "\"{}\"");
  if (arguments.start == NULL)
    {
      JumpJsonCursor cursor;

      jump_json_cursor_init (&cursor, function);
      if (jump_json_cursor_next_key (&cursor, NULL))
        jump_splice_put_literal (out, ",");
    }
  jump_splice_put (out, gap_end, (gsize) (call_end - gap_end));
}

static void
add_tool_calls (JumpChatMessage *self, JumpJsonSpan calls)
{
  JumpJsonCursor cursor;
  JumpJsonSpan call;
  gboolean any = FALSE;

  jump_json_cursor_init (&cursor, calls);
  while (!cursor.is_object && jump_json_cursor_next (&cursor, NULL, &call))
    {
      add_tool_call (self, call);
      any = TRUE;
    }
  if (!any) /* null or [] is left out */
    self->is_changed = TRUE;
}

static void
add_other (JumpChatMessage *self, JumpJsonSpan key, JumpJsonSpan value)
{
  if (self->rest_keys == NULL)
    self->rest_keys = g_array_new (FALSE, FALSE, sizeof (JumpJsonSpan));
  for (guint i = 0; i < self->rest_keys->len; i++)
    {
      if (is_same_key (g_array_index (self->rest_keys, JumpJsonSpan, i), key))
        return;
    }
  g_array_append_val (self->rest_keys, key);
  jump_splice_put_literal (ensure_text (&self->rest), ",");
  jump_splice_put (self->rest, key.start, (gsize) (value.start + value.length - key.start));
}

/**
 * jump_chat_message_init:
 * @self: (out caller-allocates): nothing added yet
 */
void
jump_chat_message_init (JumpChatMessage *self)
{
  memset (self, 0, sizeof *self);
}

/**
 * jump_chat_message_clear:
 * @self: a message
 */
void
jump_chat_message_clear (JumpChatMessage *self)
{
  clear_text (&self->content);
  clear_text (&self->reasoning);
  if (self->tool_calls != NULL)
    g_string_free (g_steal_pointer (&self->tool_calls), TRUE);
  if (self->rest != NULL)
    g_string_free (g_steal_pointer (&self->rest), TRUE);
  g_clear_pointer (&self->rest_keys, g_array_unref);
}

/**
 * jump_chat_message_add:
 * @self: a message
 * @message: the next part; absent ones add nothing
 *
 * A signature (reasoning_opaque) covers one thought, so the first one is kept rather than a row of
 * several that nothing could check.
 */
void
jump_chat_message_add (JumpChatMessage *self, JumpJsonSpan message)
{
  JumpJsonCursor cursor;
  JumpJsonSpan key, value;

  jump_json_cursor_init (&cursor, message);
  if (jump_json_span_kind (message) != JUMP_JSON_OBJECT)
    {
      self->is_changed = TRUE;
      return;
    }
  while (jump_json_cursor_next (&cursor, &key, &value))
    {
      JumpJsonKind kind = jump_json_span_kind (value);

      if (jump_chat_is_hidden (key, value))
        self->is_changed = TRUE;
      else if (jump_splice_key_is (key, "content"))
        add_content (self, value);
      else if (jump_splice_key_is (key, "tool_calls"))
        add_tool_calls (self, value);
      else if (jump_splice_key_is (key, "role") && kind == JUMP_JSON_STRING)
        self->role = self->role.start != NULL ? self->role : value;
      else if (jump_splice_key_is (key, "role"))
        self->is_changed = TRUE;
      else if (kind == JUMP_JSON_STRING && is_reasoning_text (key) &&
               (self->reasoning_key.start == NULL || is_same_key (self->reasoning_key, key)))
        {
          self->reasoning_key = key;
          add_text (&self->reasoning, value);
        }
      else
        add_other (self, key, value);
    }
}

/**
 * jump_chat_message_has_tool_calls:
 * @self: a message
 *
 * Returns: whether any part had one
 */
gboolean
jump_chat_message_has_tool_calls (const JumpChatMessage *self)
{
  return self->tool_calls != NULL;
}

/**
 * jump_chat_message_is_changed:
 * @self: a message
 *
 * Returns: whether the client gets something else than upstream's only part
 */
gboolean
jump_chat_message_is_changed (const JumpChatMessage *self)
{
  return self->is_changed || self->role.start == NULL || !self->has_content_member ||
         jump_chat_message_is_renamed (self);
}

/**
 * jump_chat_message_is_renamed:
 * @self: a message
 *
 * Returns: whether reasoning_text is there and gets the name that most clients know
 */
gboolean
jump_chat_message_is_renamed (const JumpChatMessage *self)
{
  return self->renames_reasoning && self->reasoning_key.start != NULL &&
         jump_splice_key_is (self->reasoning_key, "reasoning_text");
}

/**
 * jump_chat_message_put:
 * @self: a message
 * @out: gets the message as a JSON object
 */
void
jump_chat_message_put (const JumpChatMessage *self, GString *out)
{
  jump_splice_put_literal (out, "{\"role\":");
  if (self->role.start != NULL)
    jump_splice_put_span (out, self->role);
  else
    jump_splice_put_literal (out, "\"assistant\"");
  jump_splice_put_literal (out, ",\"content\":");
  if (self->content.first.start != NULL)
    put_text (out, &self->content);
  else if (self->odd_content.start != NULL)
    jump_splice_put_span (out, self->odd_content);
  else
    jump_splice_put_literal (out, "null");
  if (self->reasoning_key.start != NULL)
    {
      jump_splice_put_literal (out, ",");
      if (jump_chat_message_is_renamed (self))
        jump_splice_put_literal (out, "\"reasoning_content\"");
      else
        jump_splice_put_span (out, self->reasoning_key);
      jump_splice_put_literal (out, ":");
      put_text (out, &self->reasoning);
    }
  if (self->tool_calls != NULL)
    {
      jump_splice_put_literal (out, ",\"tool_calls\":[");
      jump_splice_put (out, self->tool_calls->str, self->tool_calls->len);
      jump_splice_put_literal (out, "]");
    }
  if (self->rest != NULL)
    jump_splice_put (out, self->rest->str, self->rest->len);
  jump_splice_put_literal (out, "}");
}
