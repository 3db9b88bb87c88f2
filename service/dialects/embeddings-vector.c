/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/embeddings-vector.h"

#include "service/base/json-bytes.h"

#include <string.h>

/* Floats that are encoded at once; a multiple of three, so that base64 comes out even. */
#define N_AT_ONCE 192

/* A number longer than this is nobody's float. */
#define MAX_NUMBER 64

/* Whole numbers up to here are exact as a double. */
#define MAX_MANTISSA (G_GUINT64_CONSTANT (1) << 53)

/* Powers of ten that a double holds exactly. */
static const double powers[] = { 1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                 1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22 };

static double
read_slowly (const char *at, gsize length)
{
  char buffer[MAX_NUMBER + 1];

  length = MIN (length, MAX_NUMBER);
  memcpy (buffer, at, length);
  buffer[length] = '\0';
  return g_ascii_strtod (buffer, NULL);
}

/* Up to 2^53 over an exact power of ten: one division, correctly rounded. Replies hold hundreds of
 * thousands of such numbers; anything else goes the slow way. */
static double
read_number (const char *at, gsize length)
{
  const char *end = at + length;
  const char *digit = at + (*at == '-');
  guint64 mantissa = 0;
  gsize n_behind_point = 0;
  gboolean has_point = FALSE;

  for (; digit < end; digit++)
    {
      if (*digit == '.')
        has_point = TRUE;
      else if (jump_json_is_digit (*digit))
        {
          mantissa = mantissa * 10 + (guint64) (*digit - '0');
          n_behind_point += has_point;
        }
      else
        return read_slowly (at, length);
      if (mantissa > MAX_MANTISSA)
        return read_slowly (at, length);
    }
  if (n_behind_point >= G_N_ELEMENTS (powers))
    return read_slowly (at, length);
  return (*at == '-' ? -(double) mantissa : (double) mantissa) / powers[n_behind_point];
}

static guint32
to_little_endian (double number)
{
  float value = (float) number;
  guint32 bits;

  memcpy (&bits, &value, sizeof bits);
  return GUINT32_TO_LE (bits);
}

static void
append_encoded (GString *out, const guint32 *floats, gsize n)
{
  char text[(N_AT_ONCE * sizeof *floats / 3 + 1) * 4 + 4];
  int state = 0;
  int save = 0;
  gsize length = g_base64_encode_step ((const guchar *) floats,
                                       n * sizeof *floats,
                                       FALSE,
                                       text,
                                       &state,
                                       &save);

  length += g_base64_encode_close (FALSE, text + length, &state, &save);
  g_string_append_len (out, text, (gssize) length);
}

/**
 * jump_embeddings_vector_append_base64:
 * @vector: JSON array of numbers
 *
 * Little-endian float32, which is what OpenAI's libraries ask for unless told otherwise.
 */
void
jump_embeddings_vector_append_base64 (GString *out, JumpJsonSpan vector)
{
  guint32 floats[N_AT_ONCE];
  JumpJsonCursor cursor;
  JumpJsonSpan number;
  gsize n = 0;

  jump_json_cursor_init (&cursor, vector);
  while (jump_json_cursor_next (&cursor, NULL, &number))
    {
      floats[n++] = to_little_endian (read_number (number.start, number.length));
      if (n == N_AT_ONCE)
        {
          append_encoded (out, floats, n);
          n = 0;
        }
    }
  append_encoded (out, floats, n);
}
