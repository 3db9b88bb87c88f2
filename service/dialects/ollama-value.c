/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/ollama-value.h"

#include "service/base/error.h"

gboolean
jump_ollama_value_fail (const char *path, const char *expected, GError **error)
{
  g_set_error (error, JUMP_ERROR, JUMP_ERROR_BAD_REQUEST, "%s: expected %s", path, expected);
  return FALSE;
}

gboolean
jump_ollama_value_check (JumpJsonSpan value,
                         JumpJsonKind kind,
                         const char *path,
                         const char *expected,
                         GError **error)
{
  JumpJsonKind actual = jump_json_span_kind (value);

  return actual == kind || actual == JUMP_JSON_NULL ||
         jump_ollama_value_fail (path, expected, error);
}

gboolean
jump_ollama_value_get_boolean (JumpJsonSpan value, const char *path, gboolean *out, GError **error)
{
  JumpJsonKind kind = jump_json_span_kind (value);

  if (kind == JUMP_JSON_NULL)
    return TRUE;
  if (kind != JUMP_JSON_TRUE && kind != JUMP_JSON_FALSE)
    return jump_ollama_value_fail (path, "boolean", error);
  *out = kind == JUMP_JSON_TRUE;
  return TRUE;
}

gboolean
jump_ollama_value_get_int (JumpJsonSpan value, const char *path, gint64 *out, GError **error)
{
  return jump_json_span_kind (value) == JUMP_JSON_NULL || jump_json_span_get_int (value, out) ||
         jump_ollama_value_fail (path, "integer", error);
}

gboolean
jump_ollama_value_get_double (JumpJsonSpan value, const char *path, double *out, GError **error)
{
  g_autofree char *text = NULL;

  if (!jump_ollama_value_check (value, JUMP_JSON_NUMBER, path, "number", error))
    return FALSE;
  if (jump_json_span_kind (value) == JUMP_JSON_NULL)
    return TRUE;
  text = g_strndup (value.start, value.length);
  *out = g_ascii_strtod (text, NULL);
  return TRUE;
}

gboolean
jump_ollama_value_dup_string (JumpJsonSpan value, const char *path, char **out, GError **error)
{
  if (!jump_ollama_value_check (value, JUMP_JSON_STRING, path, "string", error))
    return FALSE;
  if (jump_json_span_kind (value) == JUMP_JSON_NULL)
    return TRUE;
  g_free (*out);
  *out = jump_json_span_dup_string (value);
  return TRUE;
}

gboolean
jump_ollama_value_is_nothing (JumpJsonSpan value)
{
  JumpJsonCursor cursor;

  switch (jump_json_span_kind (value))
    {
    case JUMP_JSON_NULL:
    case JUMP_JSON_FALSE:
      return TRUE;
    case JUMP_JSON_STRING:
      return jump_json_span_is_empty_string (value);
    case JUMP_JSON_ARRAY:
    case JUMP_JSON_OBJECT:
      jump_json_cursor_init (&cursor, value);
      return !jump_json_cursor_next (&cursor, NULL, NULL);
    case JUMP_JSON_TRUE:
    case JUMP_JSON_NUMBER:
      break;
    }
  return FALSE;
}
