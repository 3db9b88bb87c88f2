/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/error.h"
#include "service/dialects/json-field.h"
#include "service/dialects/openai-responses-input.h"

static JumpPart *
read_text (JumpJsonSpan part, const char *member, JumpPartKind kind, GError **error)
{
  JumpJsonSpan text = jump_json_find_member (part, member);
  JumpJsonSpan annotations = jump_json_find_member (part, "annotations");
  JumpPart *result;

  if (jump_json_span_kind (text) != JUMP_JSON_STRING)
    {
      jump_json_field_refuse (error, member, "string");
      return NULL;
    }
  result = jump_part_new (kind);
  result->text = jump_json_span_dup_string (text);
  if (jump_json_span_kind (annotations) == JUMP_JSON_ARRAY && annotations.length > 2)
    result->annotations = g_strndup (annotations.start, annotations.length);
  return result;
}

/* The address stands there alone; chat's shape, {"url":…}, is taken as well. */
static JumpPart *
read_image (JumpJsonSpan part, GError **error)
{
  g_autoptr (JumpPart) image = jump_part_new (JUMP_PART_IMAGE);
  JumpJsonSpan address = jump_json_find_member (part, "image_url");
  g_autofree char *text = NULL;

  if (jump_json_span_kind (address) == JUMP_JSON_OBJECT)
    address = jump_json_find_member (address, "url");
  if (!jump_json_field_string (address, "image_url", &text, error) ||
      !jump_json_field_string (jump_json_find_member (part, "file_id"),
                               "file_id",
                               &image->file_id,
                               error) ||
      !jump_json_field_string (jump_json_find_member (part, "detail"),
                               "detail",
                               &image->detail,
                               error))
    return NULL;
  if (text != NULL)
    jump_part_set_address (image, text);
  if (text != NULL || image->file_id != NULL)
    return g_steal_pointer (&image);
  jump_json_field_refuse (error, "image_url", "string");
  return NULL;
}

/* file_data is a data: address; bare base64 is what some clients make of it. */
static void
set_file_data (JumpPart *file, const char *data)
{
  if (g_ascii_strncasecmp (data, "data:", 5) == 0)
    jump_part_set_address (file, data);
  else
    file->data = g_strdup (data);
}

static JumpPart *
read_file (JumpJsonSpan part, GError **error)
{
  g_autoptr (JumpPart) file = jump_part_new (JUMP_PART_FILE);
  g_autofree char *data = NULL;

  if (!jump_json_field_string (jump_json_find_member (part, "file_data"),
                               "file_data",
                               &data,
                               error) ||
      !jump_json_field_string (jump_json_find_member (part, "file_url"),
                               "file_url",
                               &file->url,
                               error) ||
      !jump_json_field_string (jump_json_find_member (part, "file_id"),
                               "file_id",
                               &file->file_id,
                               error) ||
      !jump_json_field_string (jump_json_find_member (part, "filename"),
                               "filename",
                               &file->file_name,
                               error))
    return NULL;
  if (data != NULL)
    set_file_data (file, data);
  if (file->data != NULL || file->url != NULL || file->file_id != NULL)
    return g_steal_pointer (&file);
  jump_json_field_refuse (error, "file_data", "string");
  return NULL;
}

static JumpPart *
read_other (JumpJsonSpan part, JumpJsonSpan type, GError **error)
{
  JumpPart *other;

  if (jump_json_span_kind (type) != JUMP_JSON_STRING)
    {
      jump_json_field_refuse (error, "type", "string");
      return NULL;
    }
  other = jump_part_new (JUMP_PART_OTHER);
  other->type = jump_json_span_dup_string (type);
  other->json = g_strndup (part.start, part.length);
  return other;
}

static JumpPart *
read_part (JumpJsonSpan part, GError **error)
{
  JumpJsonSpan type = jump_json_find_member (part, "type");

  if (jump_json_span_kind (part) == JUMP_JSON_STRING)
    {
      g_autofree char *text = jump_json_span_dup_string (part);

      return jump_part_new_text (text);
    }
  if (jump_json_span_equals (type, "input_text") || jump_json_span_equals (type, "output_text") ||
      jump_json_span_equals (type, "text") || jump_json_span_equals (type, "summary_text"))
    return read_text (part, "text", JUMP_PART_TEXT, error);
  if (jump_json_span_equals (type, "refusal"))
    return read_text (part, "refusal", JUMP_PART_REFUSAL, error);
  if (jump_json_span_equals (type, "input_image") || jump_json_span_equals (type, "image_url"))
    return read_image (part, error);
  if (jump_json_span_equals (type, "input_file"))
    return read_file (part, error);
  return read_other (part, type, error);
}

/**
 * jump_responses_read_content:
 * @parts: (element-type JumpPart): gets the parts
 * @content: a string, an array of parts, or null for none
 * @path: of @content
 * @error: JUMP_ERROR_BAD_REQUEST, "content[1].image_url: expected string"
 *
 * Returns: whether it is understood
 */
gboolean
jump_responses_read_content (GPtrArray *parts,
                             JumpJsonSpan content,
                             const char *path,
                             GError **error)
{
  JumpJsonCursor cursor;
  JumpJsonSpan span;
  guint i = 0;

  if (jump_json_span_kind (content) == JUMP_JSON_NULL)
    return TRUE;
  if (jump_json_span_kind (content) == JUMP_JSON_STRING)
    {
      g_ptr_array_add (parts, read_part (content, NULL));
      return TRUE;
    }
  if (jump_json_span_kind (content) != JUMP_JSON_ARRAY)
    return jump_json_field_refuse (error, path, "string or array");
  jump_json_cursor_init (&cursor, content);
  for (; jump_json_cursor_next (&cursor, NULL, &span); i++)
    {
      JumpPart *part = read_part (span, error);

      if (part == NULL)
        {
          g_prefix_error (error, "%s[%u].", path, i);
          return FALSE;
        }
      g_ptr_array_add (parts, part);
    }
  return TRUE;
}
