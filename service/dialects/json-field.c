/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/json-field.h"

#include "service/base/error.h"

static gboolean
is_null (JumpJsonSpan value)
{
  return jump_json_span_kind (value) == JUMP_JSON_NULL;
}

/**
 * jump_json_field_refuse:
 * @name: of the field
 * @expected: what should have stood there
 *
 * Returns: %FALSE
 */
gboolean
jump_json_field_refuse (GError **error, const char *name, const char *expected)
{
  g_set_error (error, JUMP_ERROR, JUMP_ERROR_BAD_REQUEST, "%s: expected %s", name, expected);
  return FALSE;
}

/**
 * jump_json_field_string:
 * @value: absent ones too
 * @name: for errors
 * @field: (inout) (transfer full): replaced
 */
gboolean
jump_json_field_string (JumpJsonSpan value, const char *name, char **field, GError **error)
{
  if (is_null (value))
    return TRUE;
  if (jump_json_span_kind (value) != JUMP_JSON_STRING)
    return jump_json_field_refuse (error, name, "string");
  g_free (*field);
  *field = jump_json_span_dup_string (value);
  return TRUE;
}

/**
 * jump_json_field_int:
 * @value: absent ones too; 5.0 is as good as 5
 * @name: for errors
 * @min: the smallest that is allowed, G_MININT64 for any
 * @field: (inout): left alone unless @value is such a number
 */
gboolean
jump_json_field_int (JumpJsonSpan value,
                     const char *name,
                     gint64 min,
                     gint64 *field,
                     GError **error)
{
  g_autofree char *expected = NULL;
  gint64 whole = 0;

  if (is_null (value))
    return TRUE;
  if (jump_json_span_get_int (value, &whole) && whole >= min)
    {
      *field = whole;
      return TRUE;
    }
  expected = min == G_MININT64 ? g_strdup ("integer")
                               : g_strdup_printf ("integer of at least %" G_GINT64_FORMAT, min);
  return jump_json_field_refuse (error, name, expected);
}

/**
 * jump_json_field_double:
 * @value: absent ones too
 * @name: for errors
 * @field: (inout): left alone by null
 */
gboolean
jump_json_field_double (JumpJsonSpan value, const char *name, double *field, GError **error)
{
  g_autofree char *text = NULL;

  if (is_null (value))
    return TRUE;
  if (jump_json_span_kind (value) != JUMP_JSON_NUMBER)
    return jump_json_field_refuse (error, name, "number");
  text = g_strndup (value.start, value.length);
  *field = g_ascii_strtod (text, NULL);
  return TRUE;
}

/**
 * jump_json_field_boolean:
 * @value: absent ones too
 * @name: for errors
 * @field: (inout): left alone by null
 */
gboolean
jump_json_field_boolean (JumpJsonSpan value, const char *name, gboolean *field, GError **error)
{
  JumpJsonKind kind = jump_json_span_kind (value);

  if (kind != JUMP_JSON_TRUE && kind != JUMP_JSON_FALSE && kind != JUMP_JSON_NULL)
    return jump_json_field_refuse (error, name, "boolean");
  if (kind != JUMP_JSON_NULL)
    *field = kind == JUMP_JSON_TRUE;
  return TRUE;
}

/**
 * jump_json_field_flag:
 * @value: absent ones too
 * @name: for errors
 * @field: (inout): left alone by null, so that "not said" stays apart from "no"
 */
gboolean
jump_json_field_flag (JumpJsonSpan value, const char *name, JumpFlag *field, GError **error)
{
  gboolean is_true = FALSE;

  if (!jump_json_field_boolean (value, name, &is_true, error))
    return FALSE;
  if (!is_null (value))
    *field = is_true ? JUMP_FLAG_TRUE : JUMP_FLAG_FALSE;
  return TRUE;
}

/**
 * jump_json_field_object:
 * @value: absent ones too
 * @name: for errors
 * @field: (inout) (transfer full): replaced by the JSON text
 */
gboolean
jump_json_field_object (JumpJsonSpan value, const char *name, char **field, GError **error)
{
  if (is_null (value))
    return TRUE;
  if (!jump_json_field_is_object (value, name, error))
    return FALSE;
  g_free (*field);
  *field = g_strndup (value.start, value.length);
  return TRUE;
}

gboolean
jump_json_field_is_object (JumpJsonSpan value, const char *name, GError **error)
{
  return jump_json_field_check (value, JUMP_JSON_OBJECT, name, "object", error);
}

/**
 * jump_json_field_check:
 * @value: absent ones too
 * @kind: that it must be of, unless it is null
 * @name: for errors
 * @expected: what errors call @kind
 */
gboolean
jump_json_field_check (JumpJsonSpan value,
                       JumpJsonKind kind,
                       const char *name,
                       const char *expected,
                       GError **error)
{
  if (is_null (value) || jump_json_span_kind (value) == kind)
    return TRUE;
  return jump_json_field_refuse (error, name, expected);
}

gboolean
jump_json_field_is_nothing (JumpJsonSpan value)
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
