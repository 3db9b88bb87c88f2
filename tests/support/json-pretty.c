/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "tests/support/json-pretty.h"

#include "service/base/json-scan.h"
#include "service/base/limits.h"

#include <string.h>

#define MAX_LINE 100
/* What writers wrap in containers of ours may be a little deeper than what clients may send. */
#define MAX_DEPTH (JUMP_LIMIT_JSON_DEPTH + 20)

static gboolean
is_container (JumpJsonSpan value)
{
  JumpJsonKind kind = jump_json_span_kind (value);

  return kind == JUMP_JSON_OBJECT || kind == JUMP_JSON_ARRAY;
}

/* On one line, with the spaces that a person would write. */
static void
put_flat (GString *out, JumpJsonSpan value)
{
  gboolean is_object = jump_json_span_kind (value) == JUMP_JSON_OBJECT;
  JumpJsonCursor cursor;
  JumpJsonSpan key;
  JumpJsonSpan inner;
  const char *comma = is_object ? " " : "";

  if (!is_container (value))
    {
      g_string_append_len (out, value.start, (gssize) value.length);
      return;
    }
  g_string_append_c (out, *value.start);
  jump_json_cursor_init (&cursor, value);
  while (jump_json_cursor_next (&cursor, &key, &inner))
    {
      g_string_append (out, comma);
      comma = ", ";
      if (is_object)
        {
          g_string_append_len (out, key.start, (gssize) key.length);
          g_string_append (out, ": ");
        }
      put_flat (out, inner);
    }
  if (is_object && comma[0] == ',')
    g_string_append_c (out, ' ');
  g_string_append_c (out, value.start[value.length - 1]);
}

static void
put_indent (GString *out, guint depth)
{
  for (guint i = 0; i < depth; i++)
    g_string_append (out, "  ");
}

static void
put_value (GString *out, JumpJsonSpan value, guint depth, gsize column)
{
  gboolean is_object = jump_json_span_kind (value) == JUMP_JSON_OBJECT;
  g_autoptr (GString) flat = g_string_new (NULL);
  JumpJsonCursor cursor;
  JumpJsonSpan key;
  JumpJsonSpan inner;
  gboolean is_first = TRUE;

  put_flat (flat, value);
  if (!is_container (value) || flat->len + column <= MAX_LINE)
    {
      g_string_append_len (out, flat->str, (gssize) flat->len);
      return;
    }
  g_string_append_c (out, *value.start);
  jump_json_cursor_init (&cursor, value);
  while (jump_json_cursor_next (&cursor, &key, &inner))
    {
      gsize used = 2 * depth + 3;

      g_string_append (out, is_first ? "\n" : ",\n");
      is_first = FALSE;
      put_indent (out, depth + 1);
      if (is_object)
        {
          g_string_append_len (out, key.start, (gssize) key.length);
          g_string_append (out, ": ");
          used += key.length + 2;
        }
      put_value (out, inner, depth + 1, used);
    }
  g_string_append_c (out, '\n');
  put_indent (out, depth);
  g_string_append_c (out, value.start[value.length - 1]);
}

/**
 * jump_json_pretty:
 * @json: JSON text, in any layout
 * @length: in bytes, -1 for a C string
 */
char *
jump_json_pretty (const char *json, gssize length)
{
  g_autoptr (GString) out = g_string_new (NULL);
  gsize n = length < 0 ? strlen (json) : (gsize) length;

  if (jump_json_validate (json, n, MAX_DEPTH, NULL))
    put_value (out, jump_json_span_trim (json, n), 0, 0);
  else
    g_string_append_len (out, json, (gssize) n);
  g_string_append_c (out, '\n');
  return g_string_free (g_steal_pointer (&out), FALSE);
}
