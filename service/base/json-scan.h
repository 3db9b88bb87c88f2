/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* A linear, validating JSON scanner that builds no tree: it tells where values stand, so that the
 * bytes around them can pass untouched. Strict RFC 8259: one value, no trailing data, no NaN, no
 * control characters in strings, valid UTF-8, nesting up to a limit. */

typedef enum
{
  JUMP_JSON_NULL,
  JUMP_JSON_FALSE,
  JUMP_JSON_TRUE,
  JUMP_JSON_NUMBER,
  JUMP_JSON_STRING,
  JUMP_JSON_ARRAY,
  JUMP_JSON_OBJECT,
} JumpJsonKind;

/* A value inside somebody else's bytes, quotes and brackets included. start == NULL: absent. */
typedef struct
{
  const char *start;
  gsize length;
} JumpJsonSpan;

/* Walks the members of one object or the elements of one array of *validated* JSON. */
typedef struct
{
  const char *position;
  const char *end;
  gboolean is_object;
} JumpJsonCursor;

gboolean jump_json_validate (const char *data, gsize length, guint max_depth, GError **error);

JumpJsonSpan jump_json_span_trim (const char *data, gsize length);
JumpJsonKind jump_json_span_kind (JumpJsonSpan span);
gboolean jump_json_span_equals (JumpJsonSpan span, const char *text);
char *jump_json_span_dup_string (JumpJsonSpan span);
gboolean jump_json_span_get_int (JumpJsonSpan span, gint64 *out_value);
gboolean jump_json_span_is_empty_string (JumpJsonSpan span);

void jump_json_cursor_init (JumpJsonCursor *cursor, JumpJsonSpan container);
gboolean
jump_json_cursor_next (JumpJsonCursor *cursor, JumpJsonSpan *out_key, JumpJsonSpan *out_value);
JumpJsonSpan jump_json_find_member (JumpJsonSpan object, const char *name);
