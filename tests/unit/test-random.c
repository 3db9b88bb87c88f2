/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/random.h"

#include <string.h>

static void
test_bytes (void)
{
  guchar buffer[64 + 2];
  guint n_zeros = 0;

  memset (buffer, 0, sizeof buffer);
  buffer[0] = buffer[65] = 0xa5;
  jump_random_bytes (buffer + 1, 64);
  g_assert_cmpuint (buffer[0], ==, 0xa5);
  g_assert_cmpuint (buffer[65], ==, 0xa5);
  for (guint i = 1; i < 65; i++)
    n_zeros += buffer[i] == 0 ? 1 : 0;
  g_assert_cmpuint (n_zeros, <, 16);
  jump_random_bytes (NULL, 0);
}

/* More than the kernel gives in one call. */
static void
test_many_bytes (void)
{
  gsize length = 1024 * 1024;
  g_autofree guchar *buffer = g_malloc0 (length);
  guint n_zeros = 0;

  jump_random_bytes (buffer, length);
  for (gsize i = length - 4096; i < length; i++)
    n_zeros += buffer[i] == 0 ? 1 : 0;
  g_assert_cmpuint (n_zeros, <, 256);
}

static void
test_uuid (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (int i = 0; i < 1000; i++)
    {
      char *uuid = jump_random_uuid ();

      g_assert_cmpuint (strlen (uuid), ==, 36);
      g_assert_true (g_uuid_string_is_valid (uuid));
      g_assert_cmpint (uuid[14], ==, '4');
      g_assert_nonnull (strchr ("89ab", uuid[19]));
      g_assert_true (g_hash_table_add (seen, uuid));
    }
}

static void
test_hex (void)
{
  g_autofree char *none = jump_random_hex (0);
  g_autofree char *hex = jump_random_hex (32);
  g_autofree char *other = jump_random_hex (32);

  g_assert_cmpstr (none, ==, "");
  g_assert_cmpuint (strlen (hex), ==, 64);
  g_assert_cmpuint (strspn (hex, "0123456789abcdef"), ==, 64);
  g_assert_cmpstr (hex, !=, other);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/random/bytes", test_bytes);
  g_test_add_func ("/random/many-bytes", test_many_bytes);
  g_test_add_func ("/random/uuid", test_uuid);
  g_test_add_func ("/random/hex", test_hex);
  return g_test_run ();
}
