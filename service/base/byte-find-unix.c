/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/byte-find.h"

#include <string.h>

const char *
jump_byte_find (const char *bytes, gsize length, const char *wanted, gsize wanted_length)
{
  return memmem (bytes, length, wanted, wanted_length);
}
