/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/openai-chat-request.h"

#include "service/base/error.h"
#include "service/base/limits.h"
#include "service/conversation/tool-names.h"

#include <string.h>

/* Shorter strings are no image worth counting apart. */
#define SHORT_STRING 256
/* Alternatives in one reply. OpenAI's own ceiling; Copilot's is lower and its own business. */
#define MAX_N 128

/* A top-level member that is looked at or edited, with the room for its spans. */
typedef struct
{
  const char *name;
  gsize length;      /* of @name */
  JumpJsonSpan *key; /* (nullable) for those that are only read */
  JumpJsonSpan *value;
} Wanted;

#define WANTED(name, key, value)              \
  {                                           \
    (name), sizeof (name) - 1, (key), (value) \
  }

/* Notes down the wanted members while the body is being validated. */
typedef struct
{
  const Wanted *wanted;
  gsize n_wanted;
  const char *repeated; /* (nullable) the first name that came twice */
} Members;

static inline gboolean
has_escape (JumpJsonSpan string)
{
  return memchr (string.start, '\\', string.length) != NULL;
}

static inline gboolean
is_wanted (const Wanted *wanted, JumpJsonSpan key, gboolean key_has_escape)
{
  if (key_has_escape)
    return jump_json_span_equals (key, wanted->name);
  return key.length == wanted->length + 2 &&
         memcmp (key.start + 1, wanted->name, wanted->length) == 0;
}

/* A key given twice means its last value to most parsers and its first to some, so that what we
 * checked and what upstream reads could differ: refused for the keys that matter here. */
static void
on_member_found (JumpJsonSpan key, JumpJsonSpan value, gpointer user_data)
{
  Members *members = user_data;
  gboolean key_has_escape = has_escape (key);

  for (gsize i = 0; i < members->n_wanted; i++)
    {
      const Wanted *wanted = &members->wanted[i];

      if (!is_wanted (wanted, key, key_has_escape))
        continue;
      if (wanted->value->start != NULL && members->repeated == NULL)
        members->repeated = wanted->name;
      *wanted->value = value;
      if (wanted->key != NULL)
        *wanted->key = key;
      return;
    }
}

/* "type":"image" in the three ways it is spelled, or an image_url (protocol 5.3). */
static gboolean
is_image (JumpJsonSpan key, JumpJsonSpan value)
{
  if (jump_json_span_kind (value) == JUMP_JSON_STRING)
    return (value.length >= 7 && jump_json_span_equals (key, "type") &&
            (jump_json_span_equals (value, "image") || jump_json_span_equals (value, "image_url") ||
             jump_json_span_equals (value, "input_image"))) ||
           (value.length > 6 && memcmp (value.start, "\"data:", 6) == 0 &&
            jump_json_span_equals (key, "image_url"));
  return jump_json_span_kind (value) == JUMP_JSON_OBJECT &&
         jump_json_span_equals (key, "image_url");
}

/* Long strings that are no text: base64 of images and files. */
static inline gboolean
is_blob (JumpJsonSpan key, JumpJsonSpan string)
{
  return string.length > SHORT_STRING &&
         (memcmp (string.start, "\"data:", 6) == 0 || jump_json_span_equals (key, "data") ||
          jump_json_span_equals (key, "file_data") || jump_json_span_equals (key, "url"));
}

static gboolean
has_odd_name (JumpJsonSpan function)
{
  JumpJsonSpan name = jump_json_find_member (function, "name");

  return jump_json_span_kind (name) == JUMP_JSON_STRING &&
         !jump_tool_name_is_fine (name.start + 1, name.length - 2);
}

/* Takes the value in front of @cursor and looks for images in it, however deep. The recursion ends
 * at JUMP_LIMIT_JSON_DEPTH. @out_image: set to TRUE when the value makes an image of what it stands in. */
static JumpJsonSpan
take_value (JumpChatRequest *self, JumpJsonCursor *cursor, JumpJsonSpan key, gboolean *out_image)
{
  gboolean is_picture = FALSE;
  JumpJsonCursor inner;
  JumpJsonSpan inner_key, value;

  if (!jump_json_cursor_is_at_container (cursor))
    {
      value = jump_json_cursor_take_value (cursor);
      if (*value.start == '"' && !is_blob (key, value))
        self->text_bytes += value.length - 2;
    }
  else
    {
      jump_json_cursor_enter (cursor, &inner);
      while (jump_json_cursor_next_key (&inner, &inner_key))
        take_value (self, &inner, inner_key, &is_picture);
      value = jump_json_cursor_leave (cursor, &inner);
      /* The type and the address tell it both: one image. */
      self->n_images += is_picture ? 1 : 0;
    }
  if (key.start == NULL)
    return value;
  if (is_image (key, value))
    *out_image = TRUE;
  else if (*value.start == '{' && jump_json_span_equals (key, "function"))
    self->has_odd_names |= has_odd_name (value);
  return value;
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

/* What is_from_agent() wants to know of the message at hand. */
typedef struct
{
  JumpJsonSpan role;
  JumpJsonSpan content;
} Message;

/* protocol 5.2: a person's turn is a last message of role user that brings more than tool results. */
static gboolean
is_from_agent (const Message *last)
{
  return !jump_json_span_equals (last->role, "user") || is_only_tool_results (last->content);
}

static void
scan_message (JumpChatRequest *self, JumpJsonCursor *messages, Message *message)
{
  gboolean is_picture = FALSE;
  JumpJsonCursor cursor;
  JumpJsonSpan key;

  *message = (Message){ 0 };
  jump_json_cursor_enter (messages, &cursor);
  while (jump_json_cursor_next_key (&cursor, &key))
    {
      JumpJsonSpan value = take_value (self, &cursor, key, &is_picture);

      if (jump_json_span_equals (key, "role"))
        message->role = value;
      else if (jump_json_span_equals (key, "content"))
        message->content = value;
    }
  jump_json_cursor_leave (messages, &cursor);
  self->n_images += is_picture ? 1 : 0;
  if (jump_json_span_equals (message->role, "developer"))
    self->n_developer++;
}

/* One walk over the conversation, which is nearly all of the body. */
static gboolean
scan_messages (JumpChatRequest *self, GError **error)
{
  JumpJsonCursor cursor;
  Message message = { 0 };

  if (jump_json_span_kind (self->messages) != JUMP_JSON_ARRAY)
    {
      g_set_error (error, JUMP_ERROR, JUMP_ERROR_BAD_REQUEST, "messages: expected array");
      return FALSE;
    }
  jump_json_cursor_init (&cursor, self->messages);
  while (jump_json_cursor_next_key (&cursor, NULL))
    {
      if (*cursor.position != '{')
        {
          g_set_error (error,
                       JUMP_ERROR,
                       JUMP_ERROR_BAD_REQUEST,
                       "messages[%u]: expected object",
                       self->n_messages);
          return FALSE;
        }
      scan_message (self, &cursor, &message);
      self->n_messages++;
    }
  if (self->n_messages == 0)
    {
      g_set_error (error, JUMP_ERROR, JUMP_ERROR_BAD_REQUEST, "messages: expected at least one");
      return FALSE;
    }
  self->from_agent = is_from_agent (&message);
  self->has_image = self->n_images > 0;
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
    {
      self->n_tools++;
      self->has_odd_names |= has_odd_name (jump_json_find_member (tool, "function"));
    }
  self->text_bytes += tools.length;
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
    WANTED ("model", &self->model_key, &self->model),
    WANTED ("messages", NULL, &self->messages),
    WANTED ("stream", NULL, &stream),
    WANTED ("stream_options", &self->stream_options_key, &self->stream_options),
    WANTED ("tools", NULL, &tools),
    WANTED ("n", NULL, &n),
    WANTED ("max_tokens", &self->max_tokens_key, &self->max_tokens),
    WANTED ("max_completion_tokens",
            &self->max_completion_tokens_key,
            &self->max_completion_tokens),
    WANTED ("temperature", &self->temperature_key, &self->temperature),
    WANTED ("top_p", &self->top_p_key, &self->top_p),
    WANTED ("store", &self->store_key, &self->store),
    WANTED ("service_tier", &self->service_tier_key, &self->service_tier),
    WANTED ("metadata", &self->metadata_key, &self->metadata),
    WANTED ("user", NULL, &self->user),
  };
  Members members = { wanted, G_N_ELEMENTS (wanted), NULL };

  memset (self, 0, sizeof *self);
  if (!jump_json_validate_members (data,
                                   length,
                                   JUMP_LIMIT_JSON_DEPTH,
                                   on_member_found,
                                   &members,
                                   error))
    return FALSE;
  self->object = jump_json_span_trim (data, length);
  if (jump_json_span_kind (self->object) != JUMP_JSON_OBJECT)
    {
      g_set_error (error, JUMP_ERROR, JUMP_ERROR_BAD_REQUEST, "body: expected object");
      return FALSE;
    }
  if (members.repeated != NULL)
    {
      g_set_error (error,
                   JUMP_ERROR,
                   JUMP_ERROR_BAD_REQUEST,
                   "%s: given more than once",
                   members.repeated);
      return FALSE;
    }
  if (self->model.start != NULL && jump_json_span_kind (self->model) != JUMP_JSON_STRING)
    {
      g_set_error (error, JUMP_ERROR, JUMP_ERROR_BAD_REQUEST, "model: expected string");
      return FALSE;
    }
  return scan_stream (self, stream, error) && scan_n (self, n, error) &&
         scan_tools (self, tools, error) && scan_messages (self, error);
}
