/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/json-scan.h"

#include <string.h>

/* The few steps that run for every member of every chunk, inlined: comparing a key with a name
 * known at build time, and copying bytes to a text that mostly has room. Keys written with escapes
 * do not match; no upstream writes its own names that way. */

#define jump_splice_key_is(key, literal)   \
  ((key).length == sizeof (literal) + 1 && \
   memcmp ((key).start + 1, literal, sizeof (literal) - 1) == 0)

static inline void
jump_splice_put (GString *out, const char *bytes, gsize length)
{
  if (out->len + length < out->allocated_len)
    {
      memcpy (out->str + out->len, bytes, length);
      out->len += length;
      out->str[out->len] = '\0';
    }
  else
    g_string_append_len (out, bytes, (gssize) length);
}

#define jump_splice_put_literal(out, literal) jump_splice_put (out, literal, sizeof (literal) - 1)

static inline void
jump_splice_put_span (GString *out, JumpJsonSpan span)
{
  jump_splice_put (out, span.start, span.length);
}

/* Copies a whole member as it stands, a comma in front unless @out ends with an opening bracket. */
static inline void
jump_splice_put_member (GString *out, JumpJsonSpan key, JumpJsonSpan value)
{
  if (out->len > 0 && out->str[out->len - 1] != '{')
    jump_splice_put_literal (out, ",");
  jump_splice_put (out, key.start, (gsize) (value.start + value.length - key.start));
}

/* Only for positions behind a member or a bracket of an object. */
static inline void
jump_splice_put_comma (GString *out)
{
  if (out->len > 0 && out->str[out->len - 1] != '{' && out->str[out->len - 1] != '[')
    jump_splice_put_literal (out, ",");
}

/* Without a format string. */
static inline void
jump_splice_put_int (GString *out, gint64 value)
{
  char digits[24];
  gsize at = sizeof digits;
  guint64 left = value < 0 ? (guint64) -value : (guint64) value;

  do
    digits[--at] = (char) ('0' + left % 10);
  while ((left /= 10) > 0);
  if (value < 0)
    digits[--at] = '-';
  jump_splice_put (out, digits + at, sizeof digits - at);
}
