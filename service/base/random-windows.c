/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/random.h"

#include <windows.h>

/* after windows.h, which it needs */
#include <bcrypt.h>

/**
 * jump_random_bytes:
 * @buffer: (out caller-allocates): filled
 * @length: in bytes
 *
 * Ends the program when the system has no random bytes: every alternative would be guessable.
 */
void
jump_random_bytes (void *buffer, gsize length)
{
  guchar *position = buffer;

  while (length > 0)
    {
      ULONG n_bytes = (ULONG) MIN (length, 65536);
      NTSTATUS status = BCryptGenRandom (NULL, position, n_bytes, BCRYPT_USE_SYSTEM_PREFERRED_RNG);

      if (status < 0)
        g_error ("no random bytes from the system: status 0x%lx", (gulong) status);
      position += n_bytes;
      length -= n_bytes;
    }
}
