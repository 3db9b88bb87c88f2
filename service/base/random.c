/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/random.h"

#include "service/base/secret-text.h"

/**
 * jump_random_uuid:
 *
 * g_uuid_string_random() takes GLib's predictable generator; ids that clients see come from the
 * operating system's (G-08).
 *
 * Returns: (transfer full): a random (version 4) UUID, 36 characters
 */
char *
jump_random_uuid (void)
{
  guchar b[16];

  jump_random_bytes (b, sizeof b);
  b[6] = (b[6] & 0x0f) | 0x40; /* version 4 */
  b[8] = (b[8] & 0x3f) | 0x80; /* variant of RFC 4122 */
  return g_strdup_printf ("%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x",
                          b[0],
                          b[1],
                          b[2],
                          b[3],
                          b[4],
                          b[5],
                          b[6],
                          b[7],
                          b[8],
                          b[9],
                          b[10],
                          b[11],
                          b[12],
                          b[13],
                          b[14],
                          b[15]);
}

/**
 * jump_random_hex:
 * @n_bytes: how much chance; the text is twice as long
 *
 * Returns: (transfer full): @n_bytes random bytes as lower-case hexadecimal
 */
char *
jump_random_hex (gsize n_bytes)
{
  static const char digits[] = "0123456789abcdef";
  g_autofree guchar *bytes = g_malloc (n_bytes + 1);
  char *text = g_malloc (2 * n_bytes + 1);

  jump_random_bytes (bytes, n_bytes);
  for (gsize i = 0; i < n_bytes; i++)
    {
      text[2 * i] = digits[bytes[i] >> 4];
      text[2 * i + 1] = digits[bytes[i] & 0x0f];
    }
  text[2 * n_bytes] = '\0';
  jump_secret_wipe (bytes, n_bytes);
  return text;
}
