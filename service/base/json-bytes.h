/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>
#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* The steps over single bytes that all who read JSON share, inlined: nearly all time of a scan goes
 * here. Nothing is ever read at or behind @end. Each search over strings exists twice, for any
 * processor and for those with SSE2; both find the same. */

static G_ALWAYS_INLINE inline const char *
jump_json_skip_space (const char *at, const char *end)
{
  /* Mostly there is none: one comparison then. */
  while (at < end && (guchar) *at <= ' ' &&
         (*at == ' ' || *at == '\n' || *at == '\r' || *at == '\t'))
    at++;
  return at;
}

/* The same for a place where @expected is likely, without any space. */
static G_ALWAYS_INLINE inline const char *
jump_json_skip_space_to (const char *at, const char *end, char expected)
{
  return at < end && *at == expected ? at : jump_json_skip_space (at, end);
}

/* Square and curly brackets differ in one bit. */
static inline gboolean
jump_json_is_opening_bracket (char byte)
{
  return (byte | 0x20) == '{';
}

static inline gboolean
jump_json_is_closing_bracket (char byte)
{
  return (byte | 0x20) == '}';
}

static inline gboolean
jump_json_is_digit (char byte)
{
  return byte >= '0' && byte <= '9';
}

/* Whether @byte may stand in a string as it is: printable ASCII without quote and backslash. */
static inline gboolean
jump_json_is_plain (char byte)
{
  return (guchar) byte >= 0x20 && (guchar) byte < 0x80 && byte != '"' && byte != '\\';
}

/* FALSE may also be said of eight plain bytes, TRUE only of such. */
static inline gboolean
jump_json_are_eight_plain (const char *at)
{
  const guint64 ones = G_GUINT64_CONSTANT (0x0101010101010101);
  const guint64 highs = G_GUINT64_CONSTANT (0x8080808080808080);
  guint64 bytes;
  guint64 quotes;
  guint64 backslashes;

  memcpy (&bytes, at, sizeof bytes);
  quotes = bytes ^ (ones * '"');
  backslashes = bytes ^ (ones * '\\');
  /* The usual "is a byte zero / less than n" in all eight at once. */
  return (((bytes - ones * 0x20) | (quotes - ones) | (backslashes - ones) | bytes) & highs) == 0;
}

/* Whether @byte behind a backslash makes a whole escape, unlike the u of \u00e9. */
static inline gboolean
jump_json_is_short_escape (char byte)
{
  static const guint8 is_short[256] = {
    ['"'] = TRUE, ['\\'] = TRUE, ['/'] = TRUE, ['b'] = TRUE,
    ['f'] = TRUE, ['n'] = TRUE,  ['r'] = TRUE, ['t'] = TRUE,
  };

  return is_short[(guchar) byte];
}

static inline const char *
jump_json_skip_easy_portable (const char *at, const char *end)
{
  while (at < end)
    {
      const char *stop;

      while (end - at >= 8 && jump_json_are_eight_plain (at))
        at += 8;
      stop = end - at > 8 ? at + 8 : end;
      while (at < stop && jump_json_is_plain (*at))
        at++;
      if (at == stop)
        continue;
      if (*at != '\\' || end - at < 2 || !jump_json_is_short_escape (at[1]))
        return at;
      at += 2;
    }
  return at;
}

static inline const char *
jump_json_find_quote_portable (const char *at, const char *end)
{
  while (at < end && *at != '"')
    at++;
  return at;
}

#ifdef __SSE2__
static G_ALWAYS_INLINE inline const char *
jump_json_skip_easy_sse2 (const char *at, const char *end)
{
  const __m128i quote = _mm_set1_epi8 ('"');
  const __m128i backslash = _mm_set1_epi8 ('\\');
  const __m128i space = _mm_set1_epi8 (' ');

  /* A byte must be left behind each block, because an escape may begin at its last byte. */
  for (gssize left = end - at - 16; left > 0; left -= 16)
    {
      __m128i bytes = _mm_loadu_si128 ((const __m128i *) (const void *) at);
      /* Compared as signed numbers, bytes from 0x80 are below the space too. */
      __m128i odd = _mm_or_si128 (
          _mm_cmplt_epi8 (bytes, space),
          _mm_or_si128 (_mm_cmpeq_epi8 (bytes, quote), _mm_cmpeq_epi8 (bytes, backslash)));
      guint mask = (guint) _mm_movemask_epi8 (odd); /* one bit per byte, the first is lowest */

      while (mask != 0)
        {
          guint i = (guint) __builtin_ctz (mask);

          if (at[i] != '\\' || !jump_json_is_short_escape (at[i + 1]))
            return at + i;
          mask &= ~(3u << i); /* done with both bytes */
          if (i == 15)        /* its second byte belongs to the next block */
            {
              at++;
              left--;
            }
        }
      at += 16;
    }
  return jump_json_skip_easy_portable (at, end);
}

static inline const char *
jump_json_find_quote_sse2 (const char *at, const char *end)
{
  const __m128i quote = _mm_set1_epi8 ('"');

  for (gssize left = end - at - 16; left >= 0; left -= 16)
    {
      __m128i bytes = _mm_loadu_si128 ((const __m128i *) (const void *) at);
      guint mask = (guint) _mm_movemask_epi8 (_mm_cmpeq_epi8 (bytes, quote));

      if (mask != 0)
        return at + __builtin_ctz (mask);
      at += 16;
    }
  return jump_json_find_quote_portable (at, end);
}
#endif

/* Skips what a string mostly consists of: plain bytes and escapes of two bytes. Returns: the first
 * byte of anything else, the closing quote for example, or @end. */
static G_ALWAYS_INLINE inline const char *
jump_json_skip_easy (const char *at, const char *end)
{
#ifdef __SSE2__
  return jump_json_skip_easy_sse2 (at, end);
#else
  return jump_json_skip_easy_portable (at, end);
#endif
}

/* Returns: the first quote from @at, or @end. */
static inline const char *
jump_json_find_quote (const char *at, const char *end)
{
#ifdef __SSE2__
  return jump_json_find_quote_sse2 (at, end);
#else
  return jump_json_find_quote_portable (at, end);
#endif
}
