/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>
#include <string.h>

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

typedef void (*JumpJsonMemberFunc) (JumpJsonSpan key, JumpJsonSpan value, gpointer user_data);

gboolean jump_json_validate (const char *data, gsize length, guint max_depth, GError **error);
/* The same, and hands the members of the outermost object to @on_member on the way. */
gboolean jump_json_validate_members (const char *data,
                                     gsize length,
                                     guint max_depth,
                                     JumpJsonMemberFunc on_member,
                                     gpointer user_data,
                                     GError **error);
/* For what clients send: no name twice in any object, JUMP_LIMIT_JSON_DEPTH, errors name the place.
 * @may_repeat: (nullable): a name that may come twice with one and the same short string. */
gboolean jump_json_validate_request (const char *data,
                                     gsize length,
                                     const char *may_repeat,
                                     JumpJsonMemberFunc on_member,
                                     gpointer user_data,
                                     GError **error);

JumpJsonSpan jump_json_span_trim (const char *data, gsize length);
/* What @span is, told from its first byte; absent counts as null. Inlined: asked for every member. */
static inline JumpJsonKind
jump_json_span_kind (JumpJsonSpan span)
{
  if (span.start == NULL || span.length == 0)
    return JUMP_JSON_NULL;
  switch (*span.start)
    {
    case '{':
      return JUMP_JSON_OBJECT;
    case '[':
      return JUMP_JSON_ARRAY;
    case '"':
      return JUMP_JSON_STRING;
    case 't':
      return JUMP_JSON_TRUE;
    case 'f':
      return JUMP_JSON_FALSE;
    case 'n':
      return JUMP_JSON_NULL;
    default:
      return JUMP_JSON_NUMBER;
    }
}
/* Whether @span is a string with anything in it. */
static inline gboolean
jump_json_span_has_text (JumpJsonSpan span)
{
  return jump_json_span_kind (span) == JUMP_JSON_STRING && span.length > 2;
}
gboolean jump_json_span_decodes_to (JumpJsonSpan span, const char *text, gsize length);
/* Whether @span is a string that decodes to @text, plain as a person would write it. Inlined: for
 * most keys a look at the length or the first byte is enough. */
static inline gboolean
jump_json_span_equals (JumpJsonSpan span, const char *text)
{
  gsize length = strlen (text);

  /* Every escape is longer than what it stands for, six times at most. */
  if (span.length <= length + 2)
    return span.length == length + 2 && *span.start == '"' &&
           memcmp (span.start + 1, text, length) == 0 && strchr (text, '\\') == NULL;
  return span.length <= 6 * length + 2 && (span.start[1] == '\\' || span.start[1] == text[0]) &&
         jump_json_span_decodes_to (span, text, length);
}
char *jump_json_span_dup_string (JumpJsonSpan span);
gboolean jump_json_span_get_int (JumpJsonSpan span, gint64 *out_value);
gboolean jump_json_span_is_empty_string (JumpJsonSpan span);

void jump_json_cursor_init (JumpJsonCursor *cursor, JumpJsonSpan container);
gboolean
jump_json_cursor_next (JumpJsonCursor *cursor, JumpJsonSpan *out_key, JumpJsonSpan *out_value);
/* The same in two steps, for those who want to walk into values without skipping them first. */
gboolean jump_json_cursor_next_key (JumpJsonCursor *cursor, JumpJsonSpan *out_key);
JumpJsonSpan jump_json_cursor_take_value (JumpJsonCursor *cursor);
void jump_json_cursor_enter (const JumpJsonCursor *cursor, JumpJsonCursor *inner);
JumpJsonSpan jump_json_cursor_leave (JumpJsonCursor *cursor, JumpJsonCursor *inner);
/* Whether the value in front of @cursor can be entered. */
static inline gboolean
jump_json_cursor_is_at_container (const JumpJsonCursor *cursor)
{
  return cursor->position < cursor->end && (*cursor->position == '{' || *cursor->position == '[');
}
JumpJsonSpan jump_json_find_member (JumpJsonSpan object, const char *name);
