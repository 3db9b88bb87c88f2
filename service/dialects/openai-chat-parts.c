/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/openai-chat-parts.h"

#include "service/base/error.h"
#include "service/dialects/json-field.h"

typedef JumpPart *(*PartReader) (JumpJsonSpan part, GError **error);

static JumpPart *
read_text (JumpJsonSpan part, GError **error)
{
  g_autoptr (JumpPart) text = jump_part_new (JUMP_PART_TEXT);
  JumpJsonSpan value = jump_json_find_member (part, "text");

  if (jump_json_span_kind (value) != JUMP_JSON_STRING)
    {
      jump_json_field_refuse (error, "text", "string");
      return NULL;
    }
  text->text = jump_json_span_dup_string (value);
  return g_steal_pointer (&text);
}

static JumpPart *
read_refusal (JumpJsonSpan part, GError **error)
{
  g_autoptr (JumpPart) refusal = jump_part_new (JUMP_PART_REFUSAL);

  if (!jump_json_field_string (jump_json_find_member (part, "refusal"),
                               "refusal",
                               &refusal->text,
                               error))
    return NULL;
  return g_steal_pointer (&refusal);
}

/* {"image_url":{"url","detail"}}, and the shorter {"image_url":"…"} of Responses, which some
 * clients mix up. */
static JumpPart *
read_image (JumpJsonSpan part, GError **error)
{
  g_autoptr (JumpPart) image = jump_part_new (JUMP_PART_IMAGE);
  JumpJsonSpan value = jump_json_find_member (part, "image_url");
  JumpJsonSpan url = value;
  JumpJsonSpan detail = jump_json_find_member (part, "detail");
  g_autofree char *address = NULL;

  if (jump_json_span_kind (value) == JUMP_JSON_OBJECT)
    {
      url = jump_json_find_member (value, "url");
      detail = jump_json_find_member (value, "detail");
    }
  if (jump_json_span_kind (url) != JUMP_JSON_STRING)
    {
      jump_json_field_refuse (error, "image_url.url", "string");
      return NULL;
    }
  address = jump_json_span_dup_string (url);
  jump_part_set_address (image, address);
  if (!jump_json_field_string (detail, "image_url.detail", &image->detail, error))
    return NULL;
  return g_steal_pointer (&image);
}

/* Messages' spelling: {"source":{"type":"base64","media_type","data"}}. */
static JumpPart *
read_source (JumpJsonSpan part, GError **error)
{
  g_autoptr (JumpPart) image = jump_part_new (JUMP_PART_IMAGE);
  JumpJsonSpan source = jump_json_find_member (part, "source");

  if (jump_json_field_is_object (source, "source", error) &&
      jump_json_field_string (jump_json_find_member (source, "media_type"),
                              "source.media_type",
                              &image->media_type,
                              error) &&
      jump_json_field_string (jump_json_find_member (source, "data"),
                              "source.data",
                              &image->data,
                              error) &&
      jump_json_field_string (jump_json_find_member (source, "url"),
                              "source.url",
                              &image->url,
                              error))
    return g_steal_pointer (&image);
  return NULL;
}

/* {"file":{"file_data","file_id","filename"}} */
static JumpPart *
read_file (JumpJsonSpan part, GError **error)
{
  g_autoptr (JumpPart) file = jump_part_new (JUMP_PART_FILE);
  JumpJsonSpan value = jump_json_find_member (part, "file");
  g_autofree char *data = NULL;

  if (value.start == NULL)
    value = part;
  if (!jump_json_field_is_object (value, "file", error) ||
      !jump_json_field_string (jump_json_find_member (value, "file_data"),
                               "file.file_data",
                               &data,
                               error) ||
      !jump_json_field_string (jump_json_find_member (value, "file_id"),
                               "file.file_id",
                               &file->file_id,
                               error) ||
      !jump_json_field_string (jump_json_find_member (value, "filename"),
                               "file.filename",
                               &file->file_name,
                               error))
    return NULL;
  if (data != NULL && g_str_has_prefix (data, "data:"))
    jump_part_set_address (file, data);
  else
    file->data = g_steal_pointer (&data);
  if (file->data == NULL && file->file_id == NULL && file->url == NULL)
    {
      jump_json_field_refuse (error, "file", "file_data or file_id");
      return NULL;
    }
  return g_steal_pointer (&file);
}

static const struct
{
  const char *type;
  PartReader read;
} readers[] = {
  { "text", read_text },        { "image_url", read_image },   { "input_text", read_text },
  { "output_text", read_text }, { "input_image", read_image }, { "image", read_source },
  { "file", read_file },        { "input_file", read_file },   { "refusal", read_refusal },
};

static JumpPart *
read_part (JumpJsonSpan part, GError **error)
{
  g_autofree char *name = NULL;
  JumpJsonSpan type;

  if (jump_json_span_kind (part) == JUMP_JSON_STRING)
    {
      JumpPart *text = jump_part_new (JUMP_PART_TEXT);

      text->text = jump_json_span_dup_string (part);
      return text;
    }
  if (jump_json_span_kind (part) != JUMP_JSON_OBJECT)
    {
      jump_json_field_refuse (error, "type", "text, image_url or file");
      return NULL;
    }
  type = jump_json_find_member (part, "type");
  if (type.start == NULL && jump_json_find_member (part, "text").start != NULL)
    return read_text (part, error);
  for (gsize i = 0; i < G_N_ELEMENTS (readers); i++)
    {
      if (jump_json_span_kind (type) == JUMP_JSON_STRING &&
          jump_json_span_equals (type, readers[i].type))
        return readers[i].read (part, error);
    }
  if (jump_json_span_kind (type) == JUMP_JSON_STRING)
    name = jump_json_span_dup_string (type);
  g_set_error (error,
               JUMP_ERROR,
               JUMP_ERROR_BAD_REQUEST,
               "type: expected text, image_url or file, %s is not supported",
               name != NULL ? name : "this");
  return NULL;
}

/**
 * jump_chat_read_content:
 * @parts: (element-type JumpPart): appended to
 * @content: of a message; absent, null and "" add nothing
 *
 * Returns: whether it could be read
 */
gboolean
jump_chat_read_content (GPtrArray *parts, JumpJsonSpan content, GError **error)
{
  JumpJsonCursor cursor;
  JumpJsonSpan element;
  JumpPart *part;
  guint i = 0;

  switch (jump_json_span_kind (content))
    {
    case JUMP_JSON_NULL:
      return TRUE;
    case JUMP_JSON_STRING:
      if (!jump_json_span_is_empty_string (content))
        g_ptr_array_add (parts, read_part (content, NULL));
      return TRUE;
    case JUMP_JSON_ARRAY:
      break;
    case JUMP_JSON_FALSE:
    case JUMP_JSON_TRUE:
    case JUMP_JSON_NUMBER:
    case JUMP_JSON_OBJECT:
      return jump_json_field_refuse (error, "content", "string or array");
    }
  jump_json_cursor_init (&cursor, content);
  for (; jump_json_cursor_next (&cursor, NULL, &element); i++)
    {
      part = read_part (element, error);
      if (part == NULL)
        {
          g_prefix_error (error, "content[%u].", i);
          return FALSE;
        }
      part->cache_marker = jump_chat_read_cache_marker (element);
      g_ptr_array_add (parts, part);
    }
  return TRUE;
}

/**
 * jump_chat_read_cache_marker:
 * @object: what may carry one; anything but an object does not
 *
 * Copilot's own name of it, and that of clients which write Messages' markers into chat requests.
 *
 * Returns: (transfer full) (nullable): JSON
 */
char *
jump_chat_read_cache_marker (JumpJsonSpan object)
{
  JumpJsonSpan marker = jump_json_find_member (object, "copilot_cache_control");

  if (jump_json_span_kind (marker) != JUMP_JSON_OBJECT)
    marker = jump_json_find_member (object, "cache_control");
  if (jump_json_span_kind (marker) != JUMP_JSON_OBJECT)
    return NULL;
  return g_strndup (marker.start, marker.length);
}
