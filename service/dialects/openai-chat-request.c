/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/openai-chat-request.h"

#include "service/base/error.h"
#include "service/base/limits.h"

#include <string.h>

/* Alternatives in one reply. OpenAI's own ceiling; Copilot's is lower and its own business. */
#define MAX_N 128

/* Every top-level key that is looked at or edited, with the room for its spans. key is NULL for those
 * that are only read. */
typedef struct
{
  const char *name;
  JumpJsonSpan *key;
  JumpJsonSpan *value;
} Wanted;

static const char *
skip_space_backwards (const char *start, const char *p)
{
  while (p > start && (p[-1] == ' ' || p[-1] == '\t' || p[-1] == '\n' || p[-1] == '\r'))
    p--;
  return p;
}

static const char *
skip_space (const char *p, const char *end)
{
  while (p < end && (*p == ' ' || *p == '\t' || *p == '\n' || *p == '\r'))
    p++;
  return p;
}

/* Whether the string token that begins at @token is the value of a member named "type". */
static gboolean
is_value_of_type (const char *start, const char *token)
{
  static const char key[] = "\"type\"";
  const gsize length = sizeof key - 1;
  const char *p = skip_space_backwards (start, token);

  if (p == start || p[-1] != ':')
    return FALSE;
  p = skip_space_backwards (start, p - 1);
  if ((gsize) (p - start) <= length || memcmp (p - length, key, length) != 0)
    return FALSE;
  return p[-(gssize) length - 1] != '\\';
}

/* Whether the member whose key ends at @p (the closing quote included) holds an image. */
static gboolean
is_image_member (const char *p, const char *end)
{
  p = skip_space (p, end);
  if (p == end || *p != ':')
    return FALSE;
  p = skip_space (p + 1, end);
  if (p < end && *p == '{')
    return TRUE;
  return end - p > 6 && memcmp (p, "\"data:", 6) == 0;
}

/* Looks for image parts without walking the values: in valid JSON a quote inside a string has a
 * backslash before it, so that a bare "image" between quotes is always a whole string. One memmem
 * over megabytes of conversation instead of a recursive walk. */
static gboolean
find_image (JumpJsonSpan messages)
{
  const char *start = messages.start;
  const char *end = messages.start + messages.length;
  const char *p = start;

  while ((p = memmem (p, (gsize) (end - p), "image", 5)) != NULL)
    {
      const char *token = p;
      const char *after = p + 5;
      gboolean is_input = p - start >= 6 && memcmp (p - 6, "input_", 6) == 0;
      gboolean is_url = end - after >= 4 && memcmp (after, "_url", 4) == 0;

      p += 5;
      if (is_input)
        token -= 6;
      if (is_url)
        after += 4;
      if (token - start < 2 || token[-1] != '"' || token[-2] == '\\' || after == end ||
          *after != '"')
        continue;
      if (!(is_input && is_url) && is_value_of_type (start, token - 1))
        return TRUE;
      if (is_url && !is_input && is_image_member (after + 1, end))
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_only_tool_results (JumpJsonSpan content)
{
  JumpJsonCursor cursor;
  JumpJsonSpan part;
  gboolean any = FALSE;

  if (jump_json_span_kind (content) != JUMP_JSON_ARRAY)
    return FALSE;
  jump_json_cursor_init (&cursor, content);
  while (jump_json_cursor_next (&cursor, NULL, &part))
    {
      if (!jump_json_span_equals (jump_json_find_member (part, "type"), "tool_result"))
        return FALSE;
      any = TRUE;
    }
  return any;
}

/* protocol 5.2: a person's turn is a last message of role user that brings more than tool results. */
static gboolean
is_from_agent (JumpJsonSpan last_message, JumpJsonSpan role)
{
  if (!jump_json_span_equals (role, "user"))
    return TRUE;
  return is_only_tool_results (jump_json_find_member (last_message, "content"));
}

static gboolean
scan_messages (JumpChatRequest *self, GError **error)
{
  JumpJsonCursor cursor;
  JumpJsonSpan message;
  JumpJsonSpan last = { NULL, 0 };
  JumpJsonSpan role = { NULL, 0 };

  if (jump_json_span_kind (self->messages) != JUMP_JSON_ARRAY)
    {
      g_set_error (error, JUMP_ERROR, JUMP_ERROR_BAD_REQUEST, "messages: expected array");
      return FALSE;
    }
  jump_json_cursor_init (&cursor, self->messages);
  while (jump_json_cursor_next (&cursor, NULL, &message))
    {
      if (jump_json_span_kind (message) != JUMP_JSON_OBJECT)
        {
          g_set_error (error,
                       JUMP_ERROR,
                       JUMP_ERROR_BAD_REQUEST,
                       "messages[%u]: expected object",
                       self->n_messages);
          return FALSE;
        }
      last = message;
      role = jump_json_find_member (message, "role");
      if (jump_json_span_equals (role, "developer"))
        self->n_developer++;
      self->n_messages++;
    }
  if (self->n_messages == 0)
    {
      g_set_error (error, JUMP_ERROR, JUMP_ERROR_BAD_REQUEST, "messages: expected at least one");
      return FALSE;
    }
  self->from_agent = is_from_agent (last, role);
  self->has_image = find_image (self->messages);
  return TRUE;
}

static gboolean
scan_tools (JumpChatRequest *self, JumpJsonSpan tools, GError **error)
{
  JumpJsonCursor cursor;
  JumpJsonSpan tool;

  if (jump_json_span_kind (tools) == JUMP_JSON_NULL)
    return TRUE;
  if (jump_json_span_kind (tools) != JUMP_JSON_ARRAY)
    {
      g_set_error (error, JUMP_ERROR, JUMP_ERROR_BAD_REQUEST, "tools: expected array");
      return FALSE;
    }
  jump_json_cursor_init (&cursor, tools);
  while (jump_json_cursor_next (&cursor, NULL, &tool))
    self->n_tools++;
  if (self->n_tools <= JUMP_LIMIT_TOOLS)
    return TRUE;
  g_set_error (error,
               JUMP_ERROR,
               JUMP_ERROR_BAD_REQUEST,
               "tools: %u given, at most %u are possible",
               self->n_tools,
               (guint) JUMP_LIMIT_TOOLS);
  return FALSE;
}

/* @value absent or null counts as false. */
static gboolean
read_boolean (JumpJsonSpan value, const char *name, gboolean *out_value, GError **error)
{
  *out_value = FALSE;
  switch (jump_json_span_kind (value))
    {
    case JUMP_JSON_TRUE:
      *out_value = TRUE;
      return TRUE;
    case JUMP_JSON_FALSE:
    case JUMP_JSON_NULL:
      return TRUE;
    case JUMP_JSON_NUMBER:
    case JUMP_JSON_STRING:
    case JUMP_JSON_ARRAY:
    case JUMP_JSON_OBJECT:
      break;
    }
  g_set_error (error, JUMP_ERROR, JUMP_ERROR_BAD_REQUEST, "%s: expected boolean", name);
  return FALSE;
}

static gboolean
scan_stream (JumpChatRequest *self, JumpJsonSpan stream, GError **error)
{
  JumpJsonKind kind;

  if (!read_boolean (stream, "stream", &self->stream, error))
    return FALSE;
  kind = jump_json_span_kind (self->stream_options);
  if (kind == JUMP_JSON_NULL)
    return TRUE;
  if (kind != JUMP_JSON_OBJECT)
    {
      g_set_error (error, JUMP_ERROR, JUMP_ERROR_BAD_REQUEST, "stream_options: expected object");
      return FALSE;
    }
  return read_boolean (jump_json_find_member (self->stream_options, "include_usage"),
                       "stream_options.include_usage",
                       &self->include_usage,
                       error);
}

static gboolean
scan_n (JumpChatRequest *self, JumpJsonSpan n, GError **error)
{
  gint64 value = 0;

  self->n = 1;
  if (jump_json_span_kind (n) == JUMP_JSON_NULL)
    return TRUE;
  if (!jump_json_span_get_int (n, &value) || value < 1 || value > MAX_N)
    {
      g_set_error (error,
                   JUMP_ERROR,
                   JUMP_ERROR_BAD_REQUEST,
                   "n: expected integer from 1 to %d",
                   MAX_N);
      return FALSE;
    }
  self->n = (guint) value;
  return TRUE;
}

/* A key given twice means its last value to most parsers and its first to some, so that what we
 * checked and what upstream reads could differ: refused for the keys that matter here. */
static gboolean
find_members (JumpJsonSpan object, const Wanted *wanted, gsize n_wanted, GError **error)
{
  JumpJsonCursor cursor;
  JumpJsonSpan key, value;

  jump_json_cursor_init (&cursor, object);
  while (jump_json_cursor_next (&cursor, &key, &value))
    {
      for (gsize i = 0; i < n_wanted; i++)
        {
          if (!jump_json_span_equals (key, wanted[i].name))
            continue;
          if (wanted[i].value->start != NULL)
            {
              g_set_error (error,
                           JUMP_ERROR,
                           JUMP_ERROR_BAD_REQUEST,
                           "%s: given more than once",
                           wanted[i].name);
              return FALSE;
            }
          *wanted[i].value = value;
          if (wanted[i].key != NULL)
            *wanted[i].key = key;
          break;
        }
    }
  return TRUE;
}

/**
 * jump_chat_request_scan:
 * @self: (out caller-allocates): the facts; its spans point into @data
 * @data: a request body, not terminated
 * @length: bytes of @data
 * @error: JUMP_ERROR_BAD_REQUEST. A body that is no JSON gives "invalid JSON at byte …", every
 *   other message begins with the name of the field
 *
 * Looks at what Jumpseat acts on and nothing else; the rest is upstream's to judge.
 *
 * Returns: whether the request can be sent on
 */
gboolean
jump_chat_request_scan (JumpChatRequest *self, const char *data, gsize length, GError **error)
{
  JumpJsonSpan stream = { NULL, 0 }, tools = { NULL, 0 }, n = { NULL, 0 };
  const Wanted wanted[] = {
    { "model", &self->model_key, &self->model },
    { "messages", NULL, &self->messages },
    { "stream", NULL, &stream },
    { "stream_options", &self->stream_options_key, &self->stream_options },
    { "tools", NULL, &tools },
    { "n", NULL, &n },
    { "max_tokens", &self->max_tokens_key, &self->max_tokens },
    { "max_completion_tokens", &self->max_completion_tokens_key, &self->max_completion_tokens },
    { "temperature", &self->temperature_key, &self->temperature },
    { "top_p", &self->top_p_key, &self->top_p },
    { "store", &self->store_key, &self->store },
    { "service_tier", &self->service_tier_key, &self->service_tier },
    { "metadata", &self->metadata_key, &self->metadata },
  };

  memset (self, 0, sizeof *self);
  if (!jump_json_validate (data, length, JUMP_LIMIT_JSON_DEPTH, error))
    return FALSE;
  self->object = jump_json_span_trim (data, length);
  if (jump_json_span_kind (self->object) != JUMP_JSON_OBJECT)
    {
      g_set_error (error, JUMP_ERROR, JUMP_ERROR_BAD_REQUEST, "body: expected object");
      return FALSE;
    }
  if (!find_members (self->object, wanted, G_N_ELEMENTS (wanted), error))
    return FALSE;
  if (self->model.start != NULL && jump_json_span_kind (self->model) != JUMP_JSON_STRING)
    {
      g_set_error (error, JUMP_ERROR, JUMP_ERROR_BAD_REQUEST, "model: expected string");
      return FALSE;
    }
  return scan_stream (self, stream, error) && scan_n (self, n, error) &&
         scan_tools (self, tools, error) && scan_messages (self, error);
}

/**
 * jump_chat_request_foreach_developer:
 * @self: a scanned request whose bytes are still there
 * @func: called in the order of the messages
 * @user_data: for @func
 */
void
jump_chat_request_foreach_developer (const JumpChatRequest *self,
                                     void (*func) (JumpJsonSpan role, gpointer user_data),
                                     gpointer user_data)
{
  JumpJsonCursor cursor;
  JumpJsonSpan message;

  if (self->n_developer == 0)
    return;
  jump_json_cursor_init (&cursor, self->messages);
  while (jump_json_cursor_next (&cursor, NULL, &message))
    {
      JumpJsonSpan role = jump_json_find_member (message, "role");

      if (jump_json_span_equals (role, "developer"))
        func (role, user_data);
    }
}
