/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/json-read.h"

#include "service/base/error.h"
#include "service/base/json-scan.h"
#include "service/base/limits.h"

#include <string.h>

static JsonNode *
peek_member (JsonObject *object, const char *member, GType value_type)
{
  JsonNode *node = object == NULL ? NULL : json_object_get_member (object, member);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) ||
      json_node_get_value_type (node) != value_type)
    return NULL;
  return node;
}

/* json-glib keeps 3 and 3.0 apart; upstream sends either for the same field. */
static gboolean
node_to_int (JsonNode *node, gint64 *out_value)
{
  double number;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return FALSE;
  if (json_node_get_value_type (node) == G_TYPE_INT64)
    {
      *out_value = json_node_get_int (node);
      return TRUE;
    }
  if (json_node_get_value_type (node) != G_TYPE_DOUBLE)
    return FALSE;
  number = json_node_get_double (node);
  if (!(number >= -9007199254740992.0 && number <= 9007199254740992.0) ||
      (double) (gint64) number != number)
    return FALSE;
  *out_value = (gint64) number;
  return TRUE;
}

static JsonObject *
node_to_object (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static JsonArray *
node_to_array (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

/* The code unit of the \uXXXX at @at, or 0 when there is none. */
static guint
read_code_unit (const char *at, const char *end)
{
  guint value = 0;

  if (end - at < 6 || at[0] != '\\' || at[1] != 'u')
    return 0;
  for (int i = 2; i < 6; i++)
    value = value << 4 | (guint) g_ascii_xdigit_value (at[i]);
  return value;
}

/* The grammar allows half a surrogate pair, and JavaScript clients that cut a text in the middle
 * of an emoji send one; json-glib refuses it or makes invalid UTF-8 of it. It ends a text at U+0000,
 * which would make "model" of "model\u0000x". Writes the escape of U+FFFD over each, which is as
 * long. @copy is validated. */
static void
repair_escapes (char *copy, gsize length)
{
  const char *end = copy + length;
  char *at = memchr (copy, '\\', length);

  while (at != NULL)
    {
      guint unit = read_code_unit (at, end);
      gsize step = at[1] == 'u' ? 6 : 2;

      if (step == 6 && unit == 0)
        memcpy (at, "\\ufffd", 6);
      else if (unit >= 0xd800 && unit <= 0xdfff)
        {
          guint next = read_code_unit (at + 6, end);

          if (unit <= 0xdbff && next >= 0xdc00 && next <= 0xdfff)
            step = 12;
          else
            memcpy (at, "\\ufffd", 6);
        }
      at += step;
      at = memchr (at, '\\', (gsize) (end - at));
    }
}

static gboolean
needs_repair (const char *data, gsize length)
{
  return g_strstr_len (data, (gssize) length, "\\ud") != NULL ||
         g_strstr_len (data, (gssize) length, "\\uD") != NULL ||
         g_strstr_len (data, (gssize) length, "\\u0000") != NULL;
}

/* @path is where @object stands ("messages[2]"), NULL or empty at the top. */
static gboolean
set_expected (GError **error, const char *path, const char *member, const char *expected)
{
  gboolean at_top = path == NULL || *path == '\0';

  g_set_error (error,
               JUMP_ERROR,
               JUMP_ERROR_BAD_REQUEST,
               "%s%s%s: expected %s",
               at_top ? "" : path,
               at_top ? "" : ".",
               member,
               expected);
  return FALSE;
}

/**
 * jump_json_parse:
 * @data: JSON text
 * @length: in bytes, or -1 when @data ends with a NUL
 * @error: JUMP_ERROR_BAD_REQUEST, naming the byte offset
 *
 * Checks the text with the strict scanner first: json-glib recurses without a limit and accepts
 * comments and trailing commas.
 *
 * Returns: (transfer full) (nullable): the root, or NULL with @error
 */
JsonNode *
jump_json_parse (const char *data, gssize length, GError **error)
{
  g_autoptr (JsonParser) parser = NULL;
  g_autoptr (GError) problem = NULL;
  g_autofree char *repaired = NULL;

  if (length < 0)
    length = (gssize) strlen (data);
  if (!jump_json_validate (data, (gsize) length, JUMP_LIMIT_JSON_DEPTH, error))
    return NULL;
  if (needs_repair (data, (gsize) length))
    {
      repaired = g_memdup2 (data, (gsize) length);
      repair_escapes (repaired, (gsize) length);
    }
  parser = json_parser_new ();
  if (!json_parser_load_from_data (parser, repaired != NULL ? repaired : data, length, &problem))
    {
      g_set_error (error, JUMP_ERROR, JUMP_ERROR_BAD_REQUEST, "invalid JSON: %s", problem->message);
      return NULL;
    }
  return json_parser_steal_root (parser);
}

/**
 * jump_json_parse_object:
 * @data: JSON text
 * @length: in bytes, or -1 when @data ends with a NUL
 * @error: JUMP_ERROR_BAD_REQUEST, also when the root is no object
 *
 * Returns: (transfer full) (nullable): the root object, or NULL with @error
 */
JsonObject *
jump_json_parse_object (const char *data, gssize length, GError **error)
{
  g_autoptr (JsonNode) root = jump_json_parse (data, length, error);

  if (root == NULL)
    return NULL;
  if (!JSON_NODE_HOLDS_OBJECT (root))
    {
      g_set_error (error, JUMP_ERROR, JUMP_ERROR_BAD_REQUEST, "invalid JSON: expected an object");
      return NULL;
    }
  return json_node_dup_object (root);
}

/**
 * jump_json_parse_request:
 * @data: (nullable): JSON text
 * @length: in bytes
 * @error: JUMP_ERROR_BAD_REQUEST, naming the place
 *
 * Refuses what two readers could understand in two ways, unlike jump_json_parse_object(), which is for
 * upstream's replies and for files.
 *
 * Returns: (transfer full) (nullable): the root object, or NULL with @error
 */
JsonObject *
jump_json_parse_request (const char *data, gsize length, GError **error)
{
  if (!jump_json_validate_request (data, length, NULL, NULL, NULL, error))
    return NULL;
  return jump_json_parse_object (data, (gssize) length, error);
}

/**
 * jump_json_get_string:
 * @object: (nullable): where to look
 * @member: its name
 * @fallback: (nullable): for a missing member or one of another type, null included
 *
 * Returns: (transfer none) (nullable): the text, valid while @object is
 */
const char *
jump_json_get_string (JsonObject *object, const char *member, const char *fallback)
{
  JsonNode *node = peek_member (object, member, G_TYPE_STRING);

  return node == NULL ? fallback : json_node_get_string (node);
}

/**
 * jump_json_get_int:
 * @object: (nullable): where to look
 * @member: its name
 * @fallback: for a missing member or one that is no whole number
 *
 * Returns: the number; 3.0 counts as 3
 */
gint64
jump_json_get_int (JsonObject *object, const char *member, gint64 fallback)
{
  gint64 value = fallback;

  if (object != NULL)
    node_to_int (json_object_get_member (object, member), &value);
  return value;
}

/**
 * jump_json_get_double:
 * @object: (nullable): where to look
 * @member: its name
 * @fallback: for a missing member or one that is no number
 *
 * Returns: the number
 */
double
jump_json_get_double (JsonObject *object, const char *member, double fallback)
{
  JsonNode *node = object == NULL ? NULL : json_object_get_member (object, member);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return fallback;
  if (json_node_get_value_type (node) == G_TYPE_DOUBLE ||
      json_node_get_value_type (node) == G_TYPE_INT64)
    return json_node_get_double (node);
  return fallback;
}

/**
 * jump_json_get_boolean:
 * @object: (nullable): where to look
 * @member: its name
 * @fallback: for a missing member or one that is neither true nor false
 *
 * Returns: the value
 */
gboolean
jump_json_get_boolean (JsonObject *object, const char *member, gboolean fallback)
{
  JsonNode *node = peek_member (object, member, G_TYPE_BOOLEAN);

  return node == NULL ? fallback : json_node_get_boolean (node);
}

/**
 * jump_json_has_value:
 * @object: (nullable): where to look
 * @member: its name
 *
 * Returns: whether @object has @member, and not as null
 */
gboolean
jump_json_has_value (JsonObject *object, const char *member)
{
  return object != NULL && json_object_has_member (object, member) &&
         !json_object_get_null_member (object, member);
}

/**
 * jump_json_get_object:
 * @object: (nullable): where to look
 * @member: its name
 *
 * Returns: (transfer none) (nullable): the object, valid while the outer one is
 */
JsonObject *
jump_json_get_object (JsonObject *object, const char *member)
{
  return object == NULL ? NULL : node_to_object (json_object_get_member (object, member));
}

/**
 * jump_json_get_array:
 * @object: (nullable): where to look
 * @member: its name
 *
 * Returns: (transfer none) (nullable): the array, valid while @object is
 */
JsonArray *
jump_json_get_array (JsonObject *object, const char *member)
{
  return object == NULL ? NULL : node_to_array (json_object_get_member (object, member));
}

/**
 * jump_json_array_get_object:
 * @array: (nullable): where to look
 * @index: from 0; may lie behind the end
 *
 * Returns: (transfer none) (nullable): the element if it is an object
 */
JsonObject *
jump_json_array_get_object (JsonArray *array, guint index)
{
  if (array == NULL || index >= json_array_get_length (array))
    return NULL;
  return node_to_object (json_array_get_element (array, index));
}

/**
 * jump_json_array_get_string:
 * @array: (nullable): where to look
 * @index: from 0; may lie behind the end
 *
 * Returns: (transfer none) (nullable): the element if it is a string
 */
const char *
jump_json_array_get_string (JsonArray *array, guint index)
{
  JsonNode *node;

  if (array == NULL || index >= json_array_get_length (array))
    return NULL;
  node = json_array_get_element (array, index);
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;
  return json_node_get_string (node);
}

/**
 * jump_json_array_has_string:
 * @array: (nullable): where to look
 * @text: compared byte for byte
 *
 * Returns: whether an element of @array is the string @text
 */
gboolean
jump_json_array_has_string (JsonArray *array, const char *text)
{
  guint length = array == NULL ? 0 : json_array_get_length (array);

  for (guint i = 0; i < length; i++)
    {
      if (g_strcmp0 (jump_json_array_get_string (array, i), text) == 0)
        return TRUE;
    }
  return FALSE;
}

/**
 * jump_json_need_string:
 * @object: where to look
 * @path: (nullable): where @object stands in what the client sent, as in "messages[2]"
 * @member: its name
 * @out_value: (out) (transfer none): the text, valid while @object is
 * @error: JUMP_ERROR_BAD_REQUEST
 *
 * Returns: whether @member is there and a string
 */
gboolean
jump_json_need_string (JsonObject *object,
                       const char *path,
                       const char *member,
                       const char **out_value,
                       GError **error)
{
  JsonNode *node = peek_member (object, member, G_TYPE_STRING);

  if (node == NULL)
    return set_expected (error, path, member, "string");
  *out_value = json_node_get_string (node);
  return TRUE;
}
