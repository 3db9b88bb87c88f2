/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/random.h"

#include <errno.h>
#include <sys/random.h>

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
  char *position = buffer;

  while (length > 0)
    {
      gssize n_bytes = getrandom (position, length, 0);

      if (n_bytes < 0 && errno != EINTR)
        g_error ("no random bytes from the system: %s", g_strerror (errno));
      if (n_bytes <= 0)
        continue;
      position += n_bytes;
      length -= (gsize) n_bytes;
    }
}
