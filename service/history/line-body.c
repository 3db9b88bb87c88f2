/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/history/line-body.h"

#include "service/base/limits.h"

#include <string.h>

/* The same bytes would mean something else, or nothing, when they are read back. */
static gboolean
stands_for_itself (JumpJsonSpan value)
{
  JumpJsonKind kind = jump_json_span_kind (value);

  return kind != JUMP_JSON_STRING && kind != JUMP_JSON_NULL;
}

static void
write_text (JumpJsonWriter *writer, const char *data, gsize length)
{
  g_autoptr (GString) text = g_string_sized_new (length + length / 8 + 2);

  g_string_append_c (text, '"');
  jump_json_append_escaped (text, data, (gssize) length);
  g_string_append_c (text, '"');
  jump_json_writer_raw (writer, text->str, (gssize) text->len);
}

/**
 * jump_line_body_is_text:
 * @data: bytes
 * @length: how many
 *
 * Returns: whether a string of JSON gives them back
 */
gboolean
jump_line_body_is_text (const char *data, gsize length)
{
  return length == 0 || g_utf8_validate (data, (gssize) length, NULL);
}

/**
 * jump_line_body_write:
 * @writer: where a value may stand
 * @data: (nullable): a body
 * @length: of it in bytes
 *
 * Bytes that are no text are repaired; see jump_line_body_is_text().
 */
void
jump_line_body_write (JumpJsonWriter *writer, const char *data, gsize length)
{
  JumpJsonSpan value;

  if (data == NULL)
    {
      jump_json_writer_null (writer);
      return;
    }
  if (length > 0 && jump_json_validate (data, length, JUMP_LIMIT_JSON_DEPTH, NULL))
    {
      value = jump_json_span_trim (data, length);
      if (stands_for_itself (value))
        {
          jump_line_body_write_raw (writer, value.start, value.length);
          return;
        }
    }
  write_text (writer, data, length);
}

/**
 * jump_line_body_write_raw:
 * @writer: where a value may stand
 * @json: one value; ends of lines in it are space, as in all JSON, and become blanks
 * @length: in bytes
 */
void
jump_line_body_write_raw (JumpJsonWriter *writer, const char *json, gsize length)
{
  gsize written = writer->text->len;

  jump_json_writer_raw (writer, json, (gssize) length);
  for (char *at = writer->text->str + written; *at != '\0'; at++)
    {
      if (*at == '\n' || *at == '\r')
        *at = ' ';
    }
}

/**
 * jump_line_body_read:
 * @value: a validated value, absent ones too
 *
 * Returns: (transfer full) (nullable): the body that jump_line_body_write() wrote there
 */
GBytes *
jump_line_body_read (JumpJsonSpan value)
{
  char *text;

  if (jump_json_span_kind (value) == JUMP_JSON_NULL)
    return NULL;
  if (jump_json_span_kind (value) != JUMP_JSON_STRING)
    return g_bytes_new (value.start, value.length);
  text = jump_json_span_dup_string (value);
  return g_bytes_new_take (text, strlen (text));
}
