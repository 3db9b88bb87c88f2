/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/argument-scan.h"

/* More whitespace than this in a row is a loop. */
#define MAX_SPACE 20
/* Except that one line may be indented deeply: models do write such JSON. */
#define MAX_INDENT 160

static inline void
take_space (JumpArgumentScan *self, gboolean is_newline)
{
  self->n_space++;
  if (is_newline)
    self->n_newlines++;
  if (self->n_space > (self->n_newlines == 1 ? MAX_INDENT : MAX_SPACE))
    self->is_looping = TRUE;
}

static inline void
take_other (JumpArgumentScan *self, char byte)
{
  self->n_space = 0;
  self->n_newlines = 0;
  switch (byte)
    {
    case '{':
    case '[':
      self->depth++;
      break;
    case '}':
    case ']':
      if (self->depth > 0 && --self->depth == 0)
        self->is_complete = TRUE;
      break;
    default:
      break;
    }
}

/* @byte: of the arguments, with the escapes of the piece undone */
static inline void
take_byte (JumpArgumentScan *self, char byte)
{
  if (self->in_string)
    {
      if (self->is_escaped)
        self->is_escaped = FALSE;
      else if (byte == '\\')
        self->is_escaped = TRUE;
      else if (byte == '"')
        self->in_string = FALSE;
    }
  else if (byte == '"')
    {
      self->in_string = TRUE;
      self->n_space = 0;
      self->n_newlines = 0;
    }
  else if (byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n')
    take_space (self, byte == '\n');
  else
    take_other (self, byte);
}

/* Returns: the character of an escape: only those that mean something to JSON are told apart */
static char
unescape (const char *escape, const char *end, gsize *out_length)
{
  *out_length = 2;
  switch (escape[1])
    {
    case 'n':
      return '\n';
    case 't':
      return '\t';
    case 'r':
      return '\r';
    case 'u':
      *out_length = MIN (6, (gsize) (end - escape));
      if (*out_length < 6 || escape[2] != '0' || escape[3] != '0')
        return 'x';
      return (char) (g_ascii_xdigit_value (escape[4]) << 4 | g_ascii_xdigit_value (escape[5]));
    default:
      return escape[1];
    }
}

/**
 * jump_argument_scan_push:
 * @self: the arguments so far
 * @piece: a JSON string; anything else says nothing
 *
 * Returns: whether it can go on
 */
gboolean
jump_argument_scan_push (JumpArgumentScan *self, JumpJsonSpan piece)
{
  const char *at;
  const char *end;

  if (jump_json_span_kind (piece) != JUMP_JSON_STRING)
    return !self->is_looping;
  at = piece.start + 1;
  end = piece.start + piece.length - 1;
  while (at < end)
    {
      gsize length = 1;
      char byte = *at;

      if (byte == '\\' && end - at >= 2)
        byte = unescape (at, end, &length);
      take_byte (self, byte);
      at += length;
    }
  return !self->is_looping;
}
