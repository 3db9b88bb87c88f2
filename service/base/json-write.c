/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/json-write.h"

#include <math.h>
#include <string.h>

static void
begin_value (JumpJsonWriter *self)
{
  if (self->need_comma)
    g_string_append_c (self->text, ',');
  self->need_comma = TRUE;
}

static void
begin_container (JumpJsonWriter *self, char bracket)
{
  begin_value (self);
  g_string_append_c (self->text, bracket);
  self->need_comma = FALSE;
}

static void
end_container (JumpJsonWriter *self, char bracket)
{
  g_string_append_c (self->text, bracket);
  self->need_comma = TRUE;
}

/* The shortest text that reads back as the same number. JSON has no NaN and no infinity. */
static void
append_double (GString *text, double value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  if (!isfinite (value))
    {
      g_string_append (text, "null");
      return;
    }
  for (int digits = 15; digits <= 17; digits++)
    {
      char format[8];

      g_snprintf (format, sizeof format, "%%.%dg", digits);
      g_ascii_formatd (buffer, sizeof buffer, format, value);
      if (g_ascii_strtod (buffer, NULL) == value)
        break;
    }
  g_string_append (text, buffer);
  if (strpbrk (buffer, ".e") == NULL)
    g_string_append (text, ".0");
}

static void
append_escape (GString *text, guchar byte)
{
  switch (byte)
    {
    case '"':
      g_string_append (text, "\\\"");
      break;
    case '\\':
      g_string_append (text, "\\\\");
      break;
    case '\n':
      g_string_append (text, "\\n");
      break;
    case '\r':
      g_string_append (text, "\\r");
      break;
    case '\t':
      g_string_append (text, "\\t");
      break;
    default:
      g_string_append_printf (text, "\\u%04x", byte);
      break;
    }
}

/* How many bytes from @at form one character, or 0 when they form none. */
static gsize
utf8_length (const char *at, gsize room)
{
  gunichar character = g_utf8_get_char_validated (at, (gssize) MIN (room, 4));

  if (character == (gunichar) -1 || character == (gunichar) -2)
    return 0;
  return (gsize) (g_utf8_next_char (at) - at);
}

/**
 * jump_json_writer_init:
 * @self: (out caller-allocates): ready for one value
 */
void
jump_json_writer_init (JumpJsonWriter *self)
{
  self->text = g_string_new (NULL);
  self->need_comma = FALSE;
}

/**
 * jump_json_writer_clear:
 * @self: a writer, finished or not
 */
void
jump_json_writer_clear (JumpJsonWriter *self)
{
  if (self->text != NULL)
    g_string_free (g_steal_pointer (&self->text), TRUE);
}

/**
 * jump_json_writer_finish:
 * @self: a writer; it can only be cleared or initialised again afterwards
 *
 * Returns: (transfer full): the JSON text
 */
char *
jump_json_writer_finish (JumpJsonWriter *self)
{
  return g_string_free (g_steal_pointer (&self->text), FALSE);
}

/**
 * jump_json_writer_finish_bytes:
 * @self: a writer; it can only be cleared or initialised again afterwards
 *
 * Returns: (transfer full): the JSON text, without a NUL
 */
GBytes *
jump_json_writer_finish_bytes (JumpJsonWriter *self)
{
  return g_string_free_to_bytes (g_steal_pointer (&self->text));
}

void
jump_json_writer_begin_object (JumpJsonWriter *self)
{
  begin_container (self, '{');
}

void
jump_json_writer_end_object (JumpJsonWriter *self)
{
  end_container (self, '}');
}

void
jump_json_writer_begin_array (JumpJsonWriter *self)
{
  begin_container (self, '[');
}

void
jump_json_writer_end_array (JumpJsonWriter *self)
{
  end_container (self, ']');
}

/**
 * jump_json_writer_member:
 * @self: a writer inside an object
 * @name: of the member; exactly one value has to follow
 */
void
jump_json_writer_member (JumpJsonWriter *self, const char *name)
{
  begin_value (self);
  jump_json_append_string (self->text, name);
  g_string_append_c (self->text, ':');
  self->need_comma = FALSE;
}

/**
 * jump_json_writer_string:
 * @self: a writer
 * @value: (nullable): text; NULL becomes null
 */
void
jump_json_writer_string (JumpJsonWriter *self, const char *value)
{
  begin_value (self);
  if (value == NULL)
    g_string_append (self->text, "null");
  else
    jump_json_append_string (self->text, value);
}

void
jump_json_writer_int (JumpJsonWriter *self, gint64 value)
{
  begin_value (self);
  g_string_append_printf (self->text, "%" G_GINT64_FORMAT, value);
}

/**
 * jump_json_writer_double:
 * @self: a writer
 * @value: NaN and infinities become null
 */
void
jump_json_writer_double (JumpJsonWriter *self, double value)
{
  begin_value (self);
  append_double (self->text, value);
}

void
jump_json_writer_boolean (JumpJsonWriter *self, gboolean value)
{
  begin_value (self);
  g_string_append (self->text, value ? "true" : "false");
}

void
jump_json_writer_null (JumpJsonWriter *self)
{
  begin_value (self);
  g_string_append (self->text, "null");
}

/**
 * jump_json_writer_raw:
 * @self: a writer
 * @json: one complete JSON value; not checked
 * @length: in bytes, or -1 when @json ends with a NUL
 */
void
jump_json_writer_raw (JumpJsonWriter *self, const char *json, gssize length)
{
  begin_value (self);
  g_string_append_len (self->text, json, length);
}

/**
 * jump_json_writer_node:
 * @self: a writer
 * @node: (nullable): a tree; NULL becomes null
 */
void
jump_json_writer_node (JumpJsonWriter *self, JsonNode *node)
{
  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    jump_json_writer_null (self);
  else if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObjectIter iter;
      const char *name;
      JsonNode *value;

      jump_json_writer_begin_object (self);
      json_object_iter_init_ordered (&iter, json_node_get_object (node));
      while (json_object_iter_next_ordered (&iter, &name, &value))
        {
          jump_json_writer_member (self, name);
          jump_json_writer_node (self, value);
        }
      jump_json_writer_end_object (self);
    }
  else if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);

      jump_json_writer_begin_array (self);
      for (guint i = 0; i < json_array_get_length (array); i++)
        jump_json_writer_node (self, json_array_get_element (array, i));
      jump_json_writer_end_array (self);
    }
  else if (json_node_get_value_type (node) == G_TYPE_STRING)
    jump_json_writer_string (self, json_node_get_string (node));
  else if (json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    jump_json_writer_boolean (self, json_node_get_boolean (node));
  else if (json_node_get_value_type (node) == G_TYPE_DOUBLE)
    jump_json_writer_double (self, json_node_get_double (node));
  else
    jump_json_writer_int (self, json_node_get_int (node));
}

void
jump_json_writer_member_string (JumpJsonWriter *self, const char *name, const char *value)
{
  jump_json_writer_member (self, name);
  jump_json_writer_string (self, value);
}

void
jump_json_writer_member_int (JumpJsonWriter *self, const char *name, gint64 value)
{
  jump_json_writer_member (self, name);
  jump_json_writer_int (self, value);
}

void
jump_json_writer_member_double (JumpJsonWriter *self, const char *name, double value)
{
  jump_json_writer_member (self, name);
  jump_json_writer_double (self, value);
}

void
jump_json_writer_member_boolean (JumpJsonWriter *self, const char *name, gboolean value)
{
  jump_json_writer_member (self, name);
  jump_json_writer_boolean (self, value);
}

/**
 * jump_json_append_escaped:
 * @text: appended to
 * @value: text, which may hold NULs when @length is given
 * @length: in bytes, or -1 when @value ends with a NUL
 *
 * Appends what stands between the quotes of a JSON string, not the quotes themselves. A byte that
 * belongs to no UTF-8 character becomes U+FFFD.
 */
void
jump_json_append_escaped (GString *text, const char *value, gssize length)
{
  gsize end = length < 0 ? strlen (value) : (gsize) length;
  gsize plain = 0; /* where the bytes start that can be copied as they are */
  gsize i = 0;

  while (i < end)
    {
      guchar byte = (guchar) value[i];
      gsize n_bytes = byte < 0x80 ? 1 : utf8_length (value + i, end - i);

      if (n_bytes > 0 && byte >= 0x20 && byte != '"' && byte != '\\')
        {
          i += n_bytes;
          continue;
        }
      g_string_append_len (text, value + plain, (gssize) (i - plain));
      if (n_bytes == 0)
        g_string_append (text, "\xef\xbf\xbd");
      else
        append_escape (text, byte);
      plain = ++i;
    }
  g_string_append_len (text, value + plain, (gssize) (end - plain));
}

/**
 * jump_json_append_string:
 * @text: appended to
 * @value: text that ends with a NUL
 *
 * Appends a whole JSON string; see jump_json_append_escaped().
 */
void
jump_json_append_string (GString *text, const char *value)
{
  g_string_append_c (text, '"');
  jump_json_append_escaped (text, value, -1);
  g_string_append_c (text, '"');
}

/**
 * jump_json_node_to_text:
 * @node: (nullable): a tree
 *
 * Returns: (transfer full): its compact JSON text, members in their order
 */
char *
jump_json_node_to_text (JsonNode *node)
{
  g_auto (JumpJsonWriter) writer = { 0 };

  jump_json_writer_init (&writer);
  jump_json_writer_node (&writer, node);
  return jump_json_writer_finish (&writer);
}
