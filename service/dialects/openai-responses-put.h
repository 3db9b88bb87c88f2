/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/dialects/json-splice.h"

/* Appending numbers to events, which happens in every one of them: without a format string. */

static inline void
jump_responses_put_int (GString *out, gint64 value)
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
