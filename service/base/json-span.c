/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/json-bytes.h"
#include "service/base/json-scan.h"

/* Reading spans of validated text: what the scanner in json-scan.c has checked is taken for
 * granted here, but no read ever leaves the span. */

#define REPLACEMENT_CHARACTER 0xfffd

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
  const char *start;
  const char *end;

  if (length == 0) /* then there may be no data either */
    return span;
  end = data + length;
  start = jump_json_skip_space (data, end);
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
  if (jump_json_span_kind (span) != JUMP_JSON_STRING || span.length < 2)
    return FALSE;
  if (memchr (span.start, '\\', span.length) == NULL)
    return span.length == length + 2 && memcmp (span.start + 1, text, length) == 0;
  return decoded_equals (span.start + 1, span.start + span.length - 1, text, length);
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

/* Whole numbers of up to 18 digits, which always fit: nearly all there are. */
static gboolean
read_digits (JumpJsonSpan span, gint64 *out_value)
{
  gint64 value = 0;

  if (span.length > 18)
    return FALSE;
  for (gsize i = 0; i < span.length; i++)
    {
      if (!jump_json_is_digit (span.start[i]))
        return FALSE;
      value = value * 10 + (span.start[i] - '0');
    }
  *out_value = value;
  return TRUE;
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
  if (read_digits (span, out_value))
    return TRUE;
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
