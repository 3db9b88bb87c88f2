/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

/* The gate for JSON: what it lets in must be read alike by the spans, by json-glib, and by a slow check for names
 * that stand twice. */

#include "service/base/error.h"
#include "service/base/json-edit.h"
#include "service/base/json-names.h"
#include "service/base/json-place.h"
#include "service/base/json-read.h"
#include "service/base/limits.h"
#include "tests/fuzz/targets/fuzz-target.h"

#include <string.h>

/* Whether an object in @value has two members of one name. */
static gboolean
has_repeated_name (JumpJsonSpan value)
{
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  JumpJsonCursor cursor;
  JumpJsonSpan key, inner;

  if (jump_json_span_kind (value) < JUMP_JSON_ARRAY)
    return FALSE;
  jump_json_cursor_init (&cursor, value);
  while (jump_json_cursor_next (&cursor, &key, &inner))
    {
      if (cursor.is_object && !g_hash_table_add (names, jump_json_span_dup_string (key)))
        return TRUE;
      if (has_repeated_name (inner))
        return TRUE;
    }
  return FALSE;
}

static void
compare (JumpJsonSpan value, JsonNode *node)
{
  g_autofree char *text = NULL;
  JumpJsonCursor cursor;
  JumpJsonSpan key, inner;
  guint n = 0;

  switch (jump_json_span_kind (value))
    {
    case JUMP_JSON_NULL:
      g_assert_true (JSON_NODE_HOLDS_NULL (node));
      return;
    case JUMP_JSON_TRUE:
    case JUMP_JSON_FALSE:
      g_assert_true (json_node_get_value_type (node) == G_TYPE_BOOLEAN);
      g_assert_cmpint (json_node_get_boolean (node), ==, *value.start == 't');
      return;
    case JUMP_JSON_NUMBER:
      g_assert_true (json_node_get_value_type (node) == G_TYPE_INT64 ||
                     json_node_get_value_type (node) == G_TYPE_DOUBLE);
      return;
    case JUMP_JSON_STRING:
      text = jump_json_span_dup_string (value);
      g_assert_cmpstr (json_node_get_string (node), ==, text);
      g_assert_true (g_utf8_validate (text, -1, NULL));
      g_assert_true (jump_json_span_decodes_to (value, text, strlen (text)));
      return;
    case JUMP_JSON_ARRAY:
      g_assert_true (JSON_NODE_HOLDS_ARRAY (node));
      break;
    case JUMP_JSON_OBJECT:
      g_assert_true (JSON_NODE_HOLDS_OBJECT (node));
      break;
    }
  jump_json_cursor_init (&cursor, value);
  for (; jump_json_cursor_next (&cursor, &key, &inner); n++)
    {
      g_autofree char *name = jump_json_span_dup_string (key);

      if (JSON_NODE_HOLDS_ARRAY (node))
        compare (inner, json_array_get_element (json_node_get_array (node), n));
      else
        compare (inner, json_object_get_member (json_node_get_object (node), name));
    }
  g_assert_cmpuint (n,
                    ==,
                    JSON_NODE_HOLDS_ARRAY (node)
                        ? json_array_get_length (json_node_get_array (node))
                        : json_object_get_size (json_node_get_object (node)));
}

static void
check_error (const GError *error)
{
  g_assert_error (error, JUMP_ERROR, JUMP_ERROR_BAD_REQUEST);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  g_assert_cmpuint (strlen (error->message), <, 320);
  for (const char *at = error->message; *at != '\0'; at++)
    g_assert_true ((guchar) *at >= ' ' && *at != 0x7f);
}

/* Taking out what is there and putting it in again leaves good JSON. */
static void
edit (const char *text, gsize length)
{
  g_autoptr (JumpJsonEdit) edit = jump_json_edit_new (text, length);
  g_autoptr (GBytes) changed = NULL;
  JumpJsonSpan root = jump_json_span_trim (text, length);
  JumpJsonCursor cursor;
  JumpJsonSpan key, value;
  gsize n;

  if (jump_json_span_kind (root) != JUMP_JSON_OBJECT)
    return;
  jump_json_cursor_init (&cursor, root);
  for (guint i = 0; jump_json_cursor_next (&cursor, &key, &value); i++)
    {
      if (i % 2 == 0)
        jump_json_edit_remove_member (edit, root, key, value);
    }
  changed = jump_json_edit_apply (edit);
  text = g_bytes_get_data (changed, &n);
  g_assert_true (jump_json_validate (text, n, JUMP_LIMIT_JSON_DEPTH, NULL));
}

void
fuzz_target_json (const guint8 *data, gsize length)
{
  const char *text = (const char *) data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) problem = NULL;
  g_autoptr (JsonNode) root = NULL;
  gboolean is_valid = jump_json_validate (text, length, JUMP_LIMIT_JSON_DEPTH, &problem);
  gboolean is_strict = jump_json_validate_request (text, length, NULL, NULL, NULL, &error);
  gboolean is_lenient = jump_json_validate_request (text, length, "role", NULL, NULL, NULL);
  g_autofree char *place = jump_json_describe_place (text, length);

  g_assert_true (place == NULL || strlen (place) < 256);
  g_assert_true (is_valid || !is_lenient);
  g_assert_true (is_lenient || !is_strict);
  if (!is_strict)
    check_error (error);
  if (!is_valid)
    {
      check_error (problem);
      return;
    }
  g_assert_true (has_repeated_name (jump_json_span_trim (text, length)) == !is_strict);
  edit (text, length);
  if (!is_strict)
    return;
  root = jump_json_parse (text, (gssize) length, &error);
  g_assert_no_error (error);
  compare (jump_json_span_trim (text, length), root);
}
