/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/json-bytes.h"
#include "service/base/json-scan.h"

/* Walking through validated text: what the scanner in json-scan.c has checked is taken for granted
 * here, but no read ever leaves the container that is walked. */

/* @at is behind the opening quote; returns what is behind the closing one. A quote ends the
 * string when an even number of backslashes stands in front of it. */
static inline const char *
skip_string (const char *at, const char *end)
{
  const char *start = at;

  while (TRUE)
    {
      const char *quote = jump_json_find_quote (at, end);
      const char *before;

      if (quote == end)
        return end;
      if (quote[-1] != '\\') /* there is always the opening quote */
        return quote + 1;
      before = quote - 1;
      while (before > start && before[-1] == '\\')
        before--;
      at = start = quote + 1;
      if ((quote - before) % 2 == 0)
        return at;
    }
}

static const char *
skip_container (const char *at, const char *end)
{
  guint depth = 0;

  while (at < end)
    {
      char byte = *at++;

      if (byte == '"')
        at = skip_string (at, end);
      else if (jump_json_is_opening_bracket (byte))
        depth++;
      else if (jump_json_is_closing_bracket (byte) && --depth == 0)
        return at;
    }
  return end;
}

static const char *
skip_word (const char *at, const char *end)
{
  while (at < end && (g_ascii_isalnum (*at) || *at == '-' || *at == '+' || *at == '.'))
    at++;
  return at;
}

static inline const char *
skip_value (const char *at, const char *end)
{
  if (at == end)
    return end;
  if (*at == '"')
    return skip_string (at + 1, end);
  if (jump_json_is_opening_bracket (*at))
    return skip_container (at, end);
  return skip_word (at, end);
}

static inline gboolean
is_at_closing_bracket (const JumpJsonCursor *cursor)
{
  return cursor->position < cursor->end && jump_json_is_closing_bracket (*cursor->position);
}

/* The steps of the public functions of nearly the same names, to be inlined into each of them. */
static inline gboolean
next_key (JumpJsonCursor *cursor, JumpJsonSpan *out_key)
{
  const char *end = cursor->end;
  const char *at = jump_json_skip_space_to (cursor->position, end, ',');
  JumpJsonSpan key = { NULL, 0 };

  if (at < end && *at == ',')
    at = jump_json_skip_space (at + 1, end);
  cursor->position = at;
  if (is_at_closing_bracket (cursor) || at == end)
    return FALSE;
  if (cursor->is_object)
    {
      key.start = at;
      at = skip_value (at, end);
      key.length = (gsize) (at - key.start);
      at = jump_json_skip_space_to (at, end, ':');
      if (at < end) /* the colon */
        at = jump_json_skip_space (at + 1, end);
      cursor->position = at;
    }
  if (out_key != NULL)
    *out_key = key;
  return TRUE;
}

static inline JumpJsonSpan
take_value (JumpJsonCursor *cursor)
{
  JumpJsonSpan value = { cursor->position, 0 };

  cursor->position = skip_value (cursor->position, cursor->end);
  value.length = (gsize) (cursor->position - value.start);
  return value;
}

/**
 * jump_json_cursor_init:
 * @cursor: (out caller-allocates): stands before the first member or element
 * @container: an object or array of validated text; anything else counts as an empty array
 */
void
jump_json_cursor_init (JumpJsonCursor *cursor, JumpJsonSpan container)
{
  gboolean is_container = container.length > 0 && jump_json_is_opening_bracket (*container.start);

  cursor->position = is_container ? container.start + 1 : container.start;
  cursor->end = is_container ? container.start + container.length : container.start;
  cursor->is_object = is_container && *container.start == '{';
}

/**
 * jump_json_cursor_next_key:
 * @cursor: a cursor behind a value, or at the beginning
 * @out_key: (out) (optional): the member's name with its quotes; absent in arrays
 *
 * Stops in front of the value, which has to be taken with jump_json_cursor_take_value() or walked
 * through with jump_json_cursor_enter() before the next step.
 *
 * Returns: FALSE behind the last one
 */
gboolean
jump_json_cursor_next_key (JumpJsonCursor *cursor, JumpJsonSpan *out_key)
{
  return next_key (cursor, out_key);
}

/**
 * jump_json_cursor_take_value:
 * @cursor: a cursor in front of a value
 *
 * Returns: the value; the cursor is behind it. Empty when there is none: not validated
 */
JumpJsonSpan
jump_json_cursor_take_value (JumpJsonCursor *cursor)
{
  return take_value (cursor);
}

/**
 * jump_json_cursor_enter:
 * @cursor: a cursor in front of an object or array
 * @inner: (out caller-allocates): stands before its first member or element
 *
 * Walks into a value without looking for its end first. Until jump_json_cursor_leave() only @inner
 * may move.
 */
void
jump_json_cursor_enter (const JumpJsonCursor *cursor, JumpJsonCursor *inner)
{
  g_return_if_fail (jump_json_cursor_is_at_container (cursor));
  inner->position = cursor->position + 1;
  inner->end = cursor->end;
  inner->is_object = *cursor->position == '{';
}

/**
 * jump_json_cursor_leave:
 * @cursor: the cursor that was entered
 * @inner: a cursor behind a value, or at the beginning or end; what it did not walk is skipped
 *
 * Returns: the whole object or array; @cursor is behind it
 */
JumpJsonSpan
jump_json_cursor_leave (JumpJsonCursor *cursor, JumpJsonCursor *inner)
{
  JumpJsonSpan value = { cursor->position, 0 };

  while (!is_at_closing_bracket (inner) && jump_json_cursor_next (inner, NULL, NULL))
    ;
  cursor->position = is_at_closing_bracket (inner) ? inner->position + 1 : inner->end;
  value.length = (gsize) (cursor->position - value.start);
  return value;
}

/**
 * jump_json_cursor_next:
 * @cursor: a cursor
 * @out_key: (out) (optional): the member's name with its quotes; absent in arrays
 * @out_value: (out) (optional): the member's or element's value
 *
 * Returns: FALSE behind the last one
 */
gboolean
jump_json_cursor_next (JumpJsonCursor *cursor, JumpJsonSpan *out_key, JumpJsonSpan *out_value)
{
  JumpJsonSpan value;

  if (!next_key (cursor, out_key))
    return FALSE;
  value = take_value (cursor);
  if (value.length == 0) /* no value at all: not validated */
    return FALSE;
  if (out_value != NULL)
    *out_value = value;
  return TRUE;
}

/**
 * jump_json_find_member:
 * @object: an object of validated text; anything else has no members
 * @name: plain text
 *
 * Of several members with the same name the last one counts, as in nearly every JSON library,
 * so that we never read another value than upstream does.
 *
 * Returns: its value, or an absent span
 */
JumpJsonSpan
jump_json_find_member (JumpJsonSpan object, const char *name)
{
  JumpJsonSpan found = { NULL, 0 };
  JumpJsonCursor cursor;
  JumpJsonSpan key;
  JumpJsonSpan value;

  jump_json_cursor_init (&cursor, object);
  while (cursor.is_object && jump_json_cursor_next (&cursor, &key, &value))
    {
      if (jump_json_span_equals (key, name))
        found = value;
    }
  return found;
}
