/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/json-scan.h"

#include "service/base/error.h"

#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* Room for the stack of brackets; a limit above this is lowered to it. */
#define DEPTH_CEILING 1024

typedef enum
{
  EXPECT_VALUE,
  EXPECT_FIRST_ELEMENT, /* or the end of the array */
  EXPECT_FIRST_KEY,     /* or the end of the object */
  EXPECT_KEY,
  EXPECT_NEXT, /* a comma or the end of the container */
  EXPECT_END,
} Expect;

typedef struct
{
  const char *position;
  const char *end;
  guint depth;
  guint max_depth;
  const char *expected; /* (nullable) what should have stood at position; NULL: less depth */
  guint64 is_object[DEPTH_CEILING / 64 + 1]; /* one bit per level */
} Scanner;

/* Skips what may stand in a string as it is: printable ASCII without quote and backslash. May
 * stop earlier than needed, never later. This is where nearly all time of a scan goes. */
#ifdef __SSE2__
static inline const char *
skip_plain (const char *at, const char *end)
{
  const __m128i quote = _mm_set1_epi8 ('"');
  const __m128i backslash = _mm_set1_epi8 ('\\');
  const __m128i space = _mm_set1_epi8 (' ');

  while (end - at >= 16)
    {
      __m128i bytes = _mm_loadu_si128 ((const __m128i *) (const void *) at);
      /* Compared as signed numbers, bytes from 0x80 are below the space too. */
      __m128i stop = _mm_or_si128 (
          _mm_cmplt_epi8 (bytes, space),
          _mm_or_si128 (_mm_cmpeq_epi8 (bytes, quote), _mm_cmpeq_epi8 (bytes, backslash)));
      guint mask = (guint) _mm_movemask_epi8 (stop);

      if (mask != 0)
        return at + __builtin_ctz (mask);
      at += 16;
    }
  return at;
}
#else
static inline const char *
skip_plain (const char *at, const char *end)
{
  const guint64 ones = G_GUINT64_CONSTANT (0x0101010101010101);
  const guint64 highs = G_GUINT64_CONSTANT (0x8080808080808080);

  while (end - at >= 8)
    {
      guint64 bytes;
      guint64 quotes;
      guint64 backslashes;

      memcpy (&bytes, at, sizeof bytes);
      quotes = bytes ^ (ones * '"');
      backslashes = bytes ^ (ones * '\\');
      /* The usual "is a byte zero / less than n" in all eight at once. */
      if ((((bytes - ones * 0x20) | (quotes - ones) | (backslashes - ones) | bytes) & highs) != 0)
        return at;
      at += 8;
    }
  return at;
}
#endif

static inline const char *
skip_space (const char *at, const char *end)
{
  while (at < end && (*at == ' ' || *at == '\n' || *at == '\r' || *at == '\t'))
    at++;
  return at;
}

static gboolean
fail (Scanner *self, const char *at, const char *expected)
{
  self->position = at;
  self->expected = expected;
  return FALSE;
}

static inline gboolean
is_continuation (char byte)
{
  return ((guchar) byte & 0xc0) == 0x80;
}

/* The length of the well-formed character of several bytes at @at, or 0: no overlong forms, no
 * surrogates, nothing above U+10FFFF (the table of RFC 3629). */
static gsize
multibyte_length (const char *at, const char *end)
{
  guchar first = (guchar) at[0];
  guchar second = end - at >= 2 ? (guchar) at[1] : 0;

  if (first >= 0xc2 && first <= 0xdf)
    return is_continuation ((char) second) ? 2 : 0;
  if (first >= 0xe0 && first <= 0xef)
    {
      if (end - at < 3 || !is_continuation (at[1]) || !is_continuation (at[2]))
        return 0;
      return (first == 0xe0 && second < 0xa0) || (first == 0xed && second > 0x9f) ? 0 : 3;
    }
  if (first >= 0xf0 && first <= 0xf4)
    {
      if (end - at < 4 || !is_continuation (at[1]) || !is_continuation (at[2]) ||
          !is_continuation (at[3]))
        return 0;
      return (first == 0xf0 && second < 0x90) || (first == 0xf4 && second > 0x8f) ? 0 : 4;
    }
  return 0;
}

/* The length of the escape at @at, or 0. Lone surrogates are allowed by the grammar. */
static gsize
escape_length (const char *at, const char *end)
{
  if (end - at < 2)
    return 0;
  if (at[1] != 'u')
    return at[1] != '\0' && strchr ("\"\\/bfnrt", at[1]) != NULL ? 2 : 0;
  if (end - at < 6)
    return 0;
  for (int i = 2; i < 6; i++)
    {
      if (!g_ascii_isxdigit (at[i]))
        return 0;
    }
  return 6;
}

/* self->position is at the opening quote. */
static gboolean
scan_string (Scanner *self)
{
  const char *at = self->position + 1;

  while (TRUE)
    {
      gsize length = 1;

      at = skip_plain (at, self->end);
      if (at == self->end)
        return fail (self, at, "a closing quote");
      if (*at == '"')
        break;
      if (*at == '\\')
        {
          length = escape_length (at, self->end);
          if (length == 0)
            return fail (self, at, "a valid escape");
        }
      else if ((guchar) *at >= 0x80)
        {
          length = multibyte_length (at, self->end);
          if (length == 0)
            return fail (self, at, "valid UTF-8");
        }
      else if ((guchar) *at < 0x20)
        return fail (self, at, "an escape instead of a control character");
      at += length;
    }
  self->position = at + 1;
  return TRUE;
}

static gboolean
scan_digits (Scanner *self)
{
  const char *at = self->position;

  while (at < self->end && g_ascii_isdigit (*at))
    at++;
  if (at == self->position)
    return fail (self, at, "a digit");
  self->position = at;
  return TRUE;
}

static gboolean
scan_number (Scanner *self)
{
  if (*self->position == '-')
    self->position++;
  if (self->position < self->end && *self->position == '0')
    self->position++;
  else if (!scan_digits (self))
    return FALSE;
  if (self->position < self->end && *self->position == '.')
    {
      self->position++;
      if (!scan_digits (self))
        return FALSE;
    }
  if (self->position < self->end && (*self->position == 'e' || *self->position == 'E'))
    {
      self->position++;
      if (self->position < self->end && (*self->position == '+' || *self->position == '-'))
        self->position++;
      if (!scan_digits (self))
        return FALSE;
    }
  return TRUE;
}

static gboolean
scan_word (Scanner *self, const char *word)
{
  gsize length = strlen (word);

  if ((gsize) (self->end - self->position) < length || memcmp (self->position, word, length) != 0)
    return fail (self, self->position, "a value");
  self->position += length;
  return TRUE;
}

static gboolean
scan_scalar (Scanner *self)
{
  if (self->position == self->end)
    return fail (self, self->position, "a value");
  switch (*self->position)
    {
    case '"':
      return scan_string (self);
    case 't':
      return scan_word (self, "true");
    case 'f':
      return scan_word (self, "false");
    case 'n':
      return scan_word (self, "null");
    case '-':
    case '0':
    case '1':
    case '2':
    case '3':
    case '4':
    case '5':
    case '6':
    case '7':
    case '8':
    case '9':
      return scan_number (self);
    default:
      return fail (self, self->position, "a value");
    }
}

static gboolean
scan_key (Scanner *self, const char *expected)
{
  if (self->position == self->end || *self->position != '"')
    return fail (self, self->position, expected);
  if (!scan_string (self))
    return FALSE;
  self->position = skip_space (self->position, self->end);
  if (self->position == self->end || *self->position != ':')
    return fail (self, self->position, "':'");
  self->position++;
  return TRUE;
}

static gboolean
open_container (Scanner *self, gboolean is_object)
{
  guint64 bit = G_GUINT64_CONSTANT (1) << (self->depth % 64);

  if (self->depth == self->max_depth)
    return fail (self, self->position, NULL);
  if (is_object)
    self->is_object[self->depth / 64] |= bit;
  else
    self->is_object[self->depth / 64] &= ~bit;
  self->depth++;
  self->position++;
  return TRUE;
}

static Expect
close_container (Scanner *self)
{
  self->depth--;
  self->position++;
  return self->depth == 0 ? EXPECT_END : EXPECT_NEXT;
}

static gboolean
scan_value (Scanner *self, char first, Expect *expect)
{
  if (first == '{' || first == '[')
    {
      *expect = first == '{' ? EXPECT_FIRST_KEY : EXPECT_FIRST_ELEMENT;
      return open_container (self, first == '{');
    }
  *expect = self->depth == 0 ? EXPECT_END : EXPECT_NEXT;
  return scan_scalar (self);
}

static gboolean
scan_next (Scanner *self, char first, Expect *expect)
{
  guint level = self->depth - 1;
  gboolean in_object = (self->is_object[level / 64] >> (level % 64) & 1) != 0;

  if (first == ',')
    {
      self->position++;
      *expect = in_object ? EXPECT_KEY : EXPECT_VALUE;
      return TRUE;
    }
  if (first != (in_object ? '}' : ']'))
    return fail (self, self->position, in_object ? "',' or '}'" : "',' or ']'");
  *expect = close_container (self);
  return TRUE;
}

static gboolean
scan_document (Scanner *self)
{
  Expect expect = EXPECT_VALUE;
  gboolean good = TRUE;

  while (good && expect != EXPECT_END)
    {
      char first;

      self->position = skip_space (self->position, self->end);
      first = self->position < self->end ? *self->position : '\0';
      if ((expect == EXPECT_FIRST_KEY && first == '}') ||
          (expect == EXPECT_FIRST_ELEMENT && first == ']'))
        expect = close_container (self);
      else if (expect == EXPECT_FIRST_KEY || expect == EXPECT_KEY)
        {
          good = scan_key (self, expect == EXPECT_KEY ? "a member name" : "a member name or '}'");
          expect = EXPECT_VALUE;
        }
      else if (expect == EXPECT_NEXT)
        good = scan_next (self, first, &expect);
      else
        good = scan_value (self, first, &expect);
    }
  if (!good)
    return FALSE;
  self->position = skip_space (self->position, self->end);
  return self->position == self->end || fail (self, self->position, "nothing after the value");
}

/**
 * jump_json_validate:
 * @data: JSON text; need not end with a NUL
 * @length: in bytes
 * @max_depth: how many arrays and objects may stand inside each other, 1024 at most
 * @error: JUMP_ERROR_BAD_REQUEST, naming the byte offset (from 0) and what was expected there
 *
 * Linear and without recursion, so that no client can make it slow or overflow the stack.
 *
 * Returns: whether @data is exactly one JSON value (RFC 8259)
 */
gboolean
jump_json_validate (const char *data, gsize length, guint max_depth, GError **error)
{
  Scanner scanner;

  scanner.position = length == 0 ? "" : data;
  scanner.end = scanner.position + length;
  scanner.depth = 0;
  scanner.max_depth = MIN (max_depth, DEPTH_CEILING);
  if (scan_document (&scanner))
    return TRUE;
  if (scanner.expected == NULL)
    g_set_error (error,
                 JUMP_ERROR,
                 JUMP_ERROR_BAD_REQUEST,
                 "invalid JSON at byte %" G_GSIZE_FORMAT ": expected at most %u levels",
                 length - (gsize) (scanner.end - scanner.position),
                 scanner.max_depth);
  else
    g_set_error (error,
                 JUMP_ERROR,
                 JUMP_ERROR_BAD_REQUEST,
                 "invalid JSON at byte %" G_GSIZE_FORMAT ": expected %s",
                 length - (gsize) (scanner.end - scanner.position),
                 scanner.expected);
  return FALSE;
}
