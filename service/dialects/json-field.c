/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/json-field.h"

#include "service/base/error.h"

#include <string.h>

/* Longer numbers have more digits than a double. */
#define MAX_NUMBER 64
/* Every whole number below is exact in a double. */
#define MAX_EXACT 9007199254740992.0

static gboolean
is_null (JumpJsonSpan value)
{
  return jump_json_span_kind (value) == JUMP_JSON_NULL;
}

static gboolean
read_double (JumpJsonSpan value, double *out_number)
{
  char text[MAX_NUMBER];

  if (jump_json_span_kind (value) != JUMP_JSON_NUMBER || value.length >= sizeof text)
    return FALSE;
  memcpy (text, value.start, value.length);
  text[value.length] = '\0';
  *out_number = g_ascii_strtod (text, NULL);
  return TRUE;
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

gboolean
jump_json_field_int (JumpJsonSpan value,
                     const char *name,
                     gint64 min,
                     gint64 *field,
                     GError **error)
{
  g_autofree char *expected = NULL;
  double number = 0;
  gint64 whole = 0;

  if (is_null (value))
    return TRUE;
  if (!jump_json_span_get_int (value, &whole) && read_double (value, &number) &&
      number > -MAX_EXACT && number < MAX_EXACT)
    whole = (gint64) number;
  else
    number = (double) whole;
  if (jump_json_span_kind (value) == JUMP_JSON_NUMBER && whole >= min &&
      number - (double) whole <= 0 && number - (double) whole >= 0)
    {
      *field = whole;
      return TRUE;
    }
  expected = min == G_MININT64 ? g_strdup ("integer")
                               : g_strdup_printf ("integer of at least %" G_GINT64_FORMAT, min);
  return jump_json_field_refuse (error, name, expected);
}

gboolean
jump_json_field_double (JumpJsonSpan value, const char *name, double *field, GError **error)
{
  if (is_null (value) || read_double (value, field))
    return TRUE;
  return jump_json_field_refuse (error, name, "number");
}

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
  if (is_null (value) || jump_json_span_kind (value) == JUMP_JSON_OBJECT)
    return TRUE;
  return jump_json_field_refuse (error, name, "object");
}
