/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/error.h"
#include "service/base/limits.h"
#include "service/conversation/tool-names.h"
#include "service/dialects/json-field.h"
#include "service/dialects/openai-chat.h"

#include <string.h>

/* Shorter strings are no image worth counting apart. */
#define SHORT_STRING 256
/* Alternatives in one reply. OpenAI's own ceiling; Copilot's is lower and its own business. */
#define MAX_N 128

/* The members that are looked at here or patched later. */
typedef enum
{
  MODEL,
  MESSAGES,
  STREAM,
  STREAM_OPTIONS,
  TOOLS,
  N,
  USER,
  CACHE_KEY,
  MAX_TOKENS,
  MAX_COMPLETION_TOKENS,
  TEMPERATURE,
  TOP_P,
  STORE,
  SERVICE_TIER,
  METADATA,
  N_PLACES,
} Place;

#define NAME(place, name) [place] = { (name), sizeof (name) - 1 }

static const struct
{
  const char *name;
  gsize length;
} names[N_PLACES] = {
  NAME (MODEL, "model"),
  NAME (MESSAGES, "messages"),
  NAME (STREAM, "stream"),
  NAME (STREAM_OPTIONS, "stream_options"),
  NAME (TOOLS, "tools"),
  NAME (N, "n"),
  NAME (USER, "user"),
  NAME (CACHE_KEY, "prompt_cache_key"),
  NAME (MAX_TOKENS, "max_tokens"),
  NAME (MAX_COMPLETION_TOKENS, "max_completion_tokens"),
  NAME (TEMPERATURE, "temperature"),
  NAME (TOP_P, "top_p"),
  NAME (STORE, "store"),
  NAME (SERVICE_TIER, "service_tier"),
  NAME (METADATA, "metadata"),
};

/* Notes down the members while the body is being validated. */
typedef struct
{
  JumpJsonSpan values[N_PLACES];
  JumpJsonSpan model_key;
} Members;

static inline gboolean
has_escape (JumpJsonSpan string)
{
  return memchr (string.start, '\\', string.length) != NULL;
}

static inline gboolean
is_at (Place place, JumpJsonSpan key, gboolean key_has_escape)
{
  if (key_has_escape)
    return jump_json_span_equals (key, names[place].name);
  return key.length == names[place].length + 2 &&
         memcmp (key.start + 1, names[place].name, names[place].length) == 0;
}

static void
on_member_found (JumpJsonSpan key, JumpJsonSpan value, gpointer user_data)
{
  Members *members = user_data;
  gboolean key_has_escape = has_escape (key);

  for (Place place = MODEL; place < N_PLACES; place++)
    {
      if (!is_at (place, key, key_has_escape))
        continue;
      members->values[place] = value;
      if (place == MODEL)
        members->model_key = key;
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
take_value (JumpRequestFacts *self, JumpJsonCursor *cursor, JumpJsonSpan key, gboolean *out_image)
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
    self->has_odd_tool_names |= has_odd_name (value);
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
scan_message (JumpRequestFacts *self, JumpJsonCursor *messages, Message *message)
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
}

/* One walk over the conversation, which is nearly all of the body. */
static gboolean
scan_messages (JumpRequestFacts *self, JumpJsonSpan messages, GError **error)
{
  JumpJsonCursor cursor;
  Message message = { 0 };

  if (jump_json_span_kind (messages) != JUMP_JSON_ARRAY)
    return jump_json_field_refuse (error, "messages", "array");
  jump_json_cursor_init (&cursor, messages);
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
    return jump_json_field_refuse (error, "messages", "at least one");
  self->from_agent = is_from_agent (&message);
  self->has_image = self->n_images > 0;
  return TRUE;
}

static gboolean
scan_tools (JumpRequestFacts *self, JumpJsonSpan tools, GError **error)
{
  JumpJsonCursor cursor;
  JumpJsonSpan tool;

  if (!jump_json_field_check (tools, JUMP_JSON_ARRAY, "tools", "array", error))
    return FALSE;
  jump_json_cursor_init (&cursor, tools);
  while (jump_json_cursor_next (&cursor, NULL, &tool))
    {
      self->n_tools++;
      self->has_odd_tool_names |= has_odd_name (jump_json_find_member (tool, "function"));
    }
  self->text_bytes += tools.length;
  return jump_request_facts_check_n_tools (self->n_tools, error);
}

static gboolean
scan_stream (JumpRequestFacts *self, JumpJsonSpan stream, JumpJsonSpan options, GError **error)
{
  return jump_json_field_boolean (stream, "stream", &self->stream, error) &&
         jump_json_field_is_object (options, "stream_options", error) &&
         jump_json_field_boolean (jump_json_find_member (options, "include_usage"),
                                  "stream_options.include_usage",
                                  &self->include_usage,
                                  error);
}

static gboolean
scan_n (JumpRequestFacts *self, JumpJsonSpan n, GError **error)
{
  gint64 value = 1;

  if (jump_json_span_kind (n) != JUMP_JSON_NULL &&
      (!jump_json_span_get_int (n, &value) || value < 1 || value > MAX_N))
    return jump_json_field_refuse (error, "n", "integer from 1 to " G_STRINGIFY (MAX_N));
  self->n = (guint) value;
  return TRUE;
}

/**
 * jump_chat_scan:
 * @facts: (out caller-allocates): its spans point into @data
 * @data: a request body, not terminated
 * @length: bytes of @data
 * @error: JUMP_ERROR_BAD_REQUEST. A body that is no JSON gives "invalid JSON at byte …", every
 *   other message begins with the name of the field
 *
 * Looks at what Jumpseat acts on and nothing else; the rest is upstream's to judge. A missing model is
 * no error. No chat client says of a request what it is for, so every turn counts as a normal one.
 *
 * Returns: whether the request can be sent on
 */
gboolean
jump_chat_scan (JumpRequestFacts *facts, const char *data, gsize length, GError **error)
{
  Members members = { 0 };
  const JumpJsonSpan *values = members.values;

  memset (facts, 0, sizeof *facts);
  if (!jump_json_validate_request (data, length, NULL, on_member_found, &members, error))
    return FALSE;
  facts->object = jump_json_span_trim (data, length);
  if (jump_json_span_kind (facts->object) != JUMP_JSON_OBJECT)
    return jump_json_field_refuse (error, "body", "object");
  facts->model_key = members.model_key;
  facts->model = values[MODEL];
  if (facts->model.start != NULL && jump_json_span_kind (facts->model) != JUMP_JSON_STRING)
    return jump_json_field_refuse (error, "model", "string");
  facts->is_session_person = !jump_json_span_has_text (values[CACHE_KEY]);
  if (!facts->is_session_person)
    facts->session = values[CACHE_KEY];
  else if (jump_json_span_has_text (values[USER]))
    facts->session = values[USER];
  return scan_stream (facts, values[STREAM], values[STREAM_OPTIONS], error) &&
         scan_n (facts, values[N], error) && scan_tools (facts, values[TOOLS], error) &&
         scan_messages (facts, values[MESSAGES], error);
}
