/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/json-bytes.h"
#include "service/base/json-scan.h"

/* Reading spans of validated text: what the scanner in json-scan.c has checked is taken for
 * granted here, but no read ever leaves the span. */

#define REPLACEMENT_CHARACTER 0xfffd

/* @at is behind the opening quote; returns what is behind the closing one. A quote ends the
 * string when an even number of backslashes stands in front of it. */
static inline const char *
skip_string (const char *at, const char *end)
{
  const char *start = at;

  while (TRUE)
    {
      const char *quote = jump_json_find_quote (at, end);
      const char *before = quote;

      if (quote == end)
        return end;
      if (quote[-1] != '\\') /* there is always the opening quote */
        return quote + 1;
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

static gunichar
read_hex (const char *at)
{
  gunichar value = 0;

  for (int i = 0; i < 4; i++)
    value = value << 4 | (gunichar) g_ascii_xdigit_value (at[i]);
  return value;
}

/* @at is at a \uXXXX; advances it, over both halves of a surrogate pair. C strings cannot hold
 * U+0000 and UTF-8 no lone surrogate. */
static gunichar
read_unicode_escape (const char **at, const char *end)
{
  gunichar value = read_hex (*at + 2);

  *at += 6;
  if (value >= 0xd800 && value <= 0xdbff && end - *at >= 6 && (*at)[0] == '\\' && (*at)[1] == 'u')
    {
      gunichar low = read_hex (*at + 2);

      if (low >= 0xdc00 && low <= 0xdfff)
        {
          *at += 6;
          return 0x10000 + ((value - 0xd800) << 10) + (low - 0xdc00);
        }
    }
  return value == 0 || (value >= 0xd800 && value <= 0xdfff) ? REPLACEMENT_CHARACTER : value;
}

/* @at is at a backslash; writes up to four bytes and says how many. */
static gsize
read_escape (const char **at, const char *end, char *out)
{
  if (end - *at >= 6 && (*at)[1] == 'u')
    return (gsize) g_unichar_to_utf8 (read_unicode_escape (at, end), out);
  *out = end - *at >= 2 ? (*at)[1] : '\\';
  *at = MIN (*at + 2, end);
  switch (*out)
    {
    case 'b':
      *out = '\b';
      break;
    case 'f':
      *out = '\f';
      break;
    case 'n':
      *out = '\n';
      break;
    case 'r':
      *out = '\r';
      break;
    case 't':
      *out = '\t';
      break;
    default:
      break;
    }
  return 1;
}

static gboolean
decoded_equals (const char *at, const char *end, const char *text, gsize length)
{
  while (at < end)
    {
      char bytes[6] = { *at };
      gsize n_bytes = 1;

      if (*at == '\\')
        n_bytes = read_escape (&at, end, bytes);
      else
        at++;
      if (n_bytes > length || memcmp (bytes, text, n_bytes) != 0)
        return FALSE;
      text += n_bytes;
      length -= n_bytes;
    }
  return length == 0;
}

/**
 * jump_json_span_trim:
 * @data: validated JSON text
 * @length: in bytes
 *
 * Returns: the value in @data without the space around it; absent when there is nothing
 */
JumpJsonSpan
jump_json_span_trim (const char *data, gsize length)
{
  JumpJsonSpan span = { NULL, 0 };
  const char *end = data + length;
  const char *start = jump_json_skip_space (data, end);

  while (end > start && (end[-1] == ' ' || end[-1] == '\n' || end[-1] == '\r' || end[-1] == '\t'))
    end--;
  if (start == end)
    return span;
  span.start = start;
  span.length = (gsize) (end - start);
  return span;
}

/**
 * jump_json_span_decodes_to:
 * @span: a value, absent ones too
 * @text: plain text
 * @length: bytes of @text
 *
 * Of use only with escapes in @span: what jump_json_span_equals() calls when nothing simpler tells.
 *
 * Returns: whether @span is a string that decodes to @text
 */
gboolean
jump_json_span_decodes_to (JumpJsonSpan span, const char *text, gsize length)
{
  return jump_json_span_kind (span) == JUMP_JSON_STRING && span.length >= 2 &&
         decoded_equals (span.start + 1, span.start + span.length - 1, text, length);
}

/**
 * jump_json_span_dup_string:
 * @span: a value, absent ones too
 *
 * U+0000 and lone surrogates, which a C string in UTF-8 cannot hold, become U+FFFD.
 *
 * Returns: (transfer full) (nullable): the decoded text; NULL when @span is no string
 */
char *
jump_json_span_dup_string (JumpJsonSpan span)
{
  const char *at;
  const char *end;
  char *text;
  char *out;

  if (jump_json_span_kind (span) != JUMP_JSON_STRING || span.length < 2)
    return NULL;
  at = span.start + 1;
  end = span.start + span.length - 1;
  if (memchr (at, '\\', (gsize) (end - at)) == NULL)
    return g_strndup (at, (gsize) (end - at));
  text = out = g_malloc (span.length); /* no escape is shorter than what it stands for */
  while (at < end)
    {
      const char *stop = memchr (at, '\\', (gsize) (end - at));

      if (stop == NULL)
        stop = end;
      memcpy (out, at, (gsize) (stop - at));
      out += stop - at;
      at = stop;
      if (at < end)
        out += read_escape (&at, end, out);
    }
  *out = '\0';
  return text;
}

/**
 * jump_json_span_get_int:
 * @span: a value, absent ones too
 * @out_value: (out): left alone unless @span is a whole number
 *
 * 3.0 and 3e0 count as 3, as in jump_json_get_int().
 *
 * Returns: whether @span is a whole number that fits
 */
gboolean
jump_json_span_get_int (JumpJsonSpan span, gint64 *out_value)
{
  char buffer[64];
  double number;

  if (jump_json_span_kind (span) != JUMP_JSON_NUMBER || span.length >= sizeof buffer)
    return FALSE;
  memcpy (buffer, span.start, span.length);
  buffer[span.length] = '\0';
  if (strpbrk (buffer, ".eE") == NULL)
    return g_ascii_string_to_signed (buffer, 10, G_MININT64, G_MAXINT64, out_value, NULL);
  number = g_ascii_strtod (buffer, NULL);
  if (!(number >= -9007199254740992.0 && number <= 9007199254740992.0) ||
      (double) (gint64) number != number)
    return FALSE;
  *out_value = (gint64) number;
  return TRUE;
}

/**
 * jump_json_span_is_empty_string:
 * @span: a value, absent ones too
 *
 * Returns: whether @span is the string ""
 */
gboolean
jump_json_span_is_empty_string (JumpJsonSpan span)
{
  return jump_json_span_kind (span) == JUMP_JSON_STRING && span.length == 2;
}

/**
 * jump_json_cursor_init:
 * @cursor: (out caller-allocates): stands before the first member or element
 * @container: an object or array of validated text; anything else counts as an empty array
 */
void
jump_json_cursor_init (JumpJsonCursor *cursor, JumpJsonSpan container)
{
  JumpJsonKind kind = jump_json_span_kind (container);

  cursor->position = container.start;
  cursor->end = container.start;
  cursor->is_object = kind == JUMP_JSON_OBJECT;
  if (kind == JUMP_JSON_OBJECT || kind == JUMP_JSON_ARRAY)
    {
      cursor->position = container.start + 1;
      cursor->end = container.start + container.length;
    }
}

static inline gboolean
is_at_closing_bracket (const JumpJsonCursor *cursor)
{
  return cursor->position < cursor->end && jump_json_is_closing_bracket (*cursor->position);
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

/**
 * jump_json_cursor_take_value:
 * @cursor: a cursor in front of a value
 *
 * Returns: the value; the cursor is behind it. Empty when there is none: not validated
 */
JumpJsonSpan
jump_json_cursor_take_value (JumpJsonCursor *cursor)
{
  JumpJsonSpan value = { cursor->position, 0 };

  cursor->position = skip_value (cursor->position, cursor->end);
  value.length = (gsize) (cursor->position - value.start);
  return value;
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

  if (!jump_json_cursor_next_key (cursor, out_key))
    return FALSE;
  value = jump_json_cursor_take_value (cursor);
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
  while (jump_json_cursor_next (&cursor, &key, &value))
    {
      if (jump_json_span_equals (key, name))
        found = value;
    }
  return found;
}
