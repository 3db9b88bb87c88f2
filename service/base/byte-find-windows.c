/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/byte-find.h"

#include <string.h>

const char *
jump_byte_find (const char *bytes, gsize length, const char *wanted, gsize wanted_length)
{
  const char *at = bytes;

  if (wanted_length == 0)
    return bytes;
  while (length - (gsize) (at - bytes) >= wanted_length)
    {
      at = memchr (at, wanted[0], length - (gsize) (at - bytes) - wanted_length + 1);
      if (at == NULL || memcmp (at, wanted, wanted_length) == 0)
        return at;
      at++;
    }
  return NULL;
}
