/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/chunk-decoder.h"

/* A chunk of 2^32 bytes would be over every limit of a body. */
#define MAX_DIGITS 8
/* Nobody uses extensions or trailers; somebody may try to send endless ones. */
#define MAX_SKIPPED 8192

typedef enum
{
  IN_SIZE,
  AFTER_SIZE, /* spaces before an extension or the line's end */
  IN_EXTENSION,
  AFTER_SIZE_CR,
  IN_DATA,
  AFTER_DATA,
  AFTER_DATA_CR,
  TRAILER_START, /* of a line: an empty one ends it all */
  TRAILER_LINE,
  TRAILER_CR,
  END_CR,
  AT_END,
  BROKEN,
} State;

static State
end_of_size_line (JumpChunkDecoder *self)
{
  if (self->n_digits == 0)
    return BROKEN;
  self->n_digits = 0;
  return self->left == 0 ? TRAILER_START : IN_DATA;
}

static State
skip (JumpChunkDecoder *self, State state)
{
  return ++self->n_skipped > MAX_SKIPPED ? BROKEN : state;
}

static State
take_after_size (JumpChunkDecoder *self, char c)
{
  if (c == '\r')
    return AFTER_SIZE_CR;
  if (c == ';')
    return skip (self, IN_EXTENSION);
  return c == ' ' || c == '\t' ? skip (self, AFTER_SIZE) : BROKEN;
}

static gboolean
is_control (char c)
{
  return ((guchar) c < ' ' && c != '\t') || c == 0x7f;
}

static State
take_size (JumpChunkDecoder *self, char c)
{
  int digit = g_ascii_xdigit_value (c);

  if (digit >= 0)
    {
      self->left = self->left * 16 + (guint64) digit;
      return ++self->n_digits > MAX_DIGITS ? BROKEN : IN_SIZE;
    }
  return self->n_digits > 0 ? take_after_size (self, c) : BROKEN;
}

/* One byte that is not data. */
static State
take_byte (JumpChunkDecoder *self, char c)
{
  switch ((State) self->state)
    {
    case IN_SIZE:
      return take_size (self, c);
    case AFTER_SIZE:
      return take_after_size (self, c);
    case IN_EXTENSION:
      if (c == '\r')
        return AFTER_SIZE_CR;
      return is_control (c) ? BROKEN : skip (self, IN_EXTENSION);
    case AFTER_SIZE_CR:
      return c == '\n' ? end_of_size_line (self) : BROKEN;
    case AFTER_DATA:
      return c == '\r' ? AFTER_DATA_CR : BROKEN;
    case AFTER_DATA_CR:
      return c == '\n' ? IN_SIZE : BROKEN;
    case TRAILER_START:
      if (c == '\r')
        return END_CR;
      return is_control (c) ? BROKEN : skip (self, TRAILER_LINE);
    case TRAILER_LINE:
      if (c == '\r')
        return TRAILER_CR;
      return is_control (c) ? BROKEN : skip (self, TRAILER_LINE);
    case TRAILER_CR:
      return c == '\n' ? TRAILER_START : BROKEN;
    case END_CR:
      return c == '\n' ? AT_END : BROKEN;
    case IN_DATA:
    case AT_END:
    case BROKEN:
      break;
    }
  return BROKEN;
}

JumpChunkStep
jump_chunk_decoder_take (JumpChunkDecoder *self,
                         const char *data,
                         gsize length,
                         gsize *out_used,
                         const char **out_data,
                         gsize *out_length)
{
  gsize i = 0;

  *out_data = data;
  *out_length = 0;
  while (i < length && self->state != IN_DATA && self->state != AT_END && self->state != BROKEN)
    self->state = take_byte (self, data[i++]);
  if (self->state == IN_DATA && i < length)
    {
      gsize taken = (gsize) MIN (self->left, (guint64) (length - i));

      *out_data = data + i;
      *out_length = taken;
      i += taken;
      self->left -= taken;
      if (self->left == 0)
        self->state = AFTER_DATA;
    }
  *out_used = i;
  if (self->state == BROKEN)
    return JUMP_CHUNKS_BROKEN;
  return self->state == AT_END ? JUMP_CHUNKS_END : JUMP_CHUNKS_GO_ON;
}
