/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/secret-text.h"

#include <string.h>

static void
test_life (void)
{
  char *plain = g_strdup ("abc");
  JumpSecretText *secret = jump_secret_text_new_take (plain);
  JumpSecretText *again = jump_secret_text_ref (secret);

  g_assert_true (jump_secret_text_peek (secret) == plain);
  jump_secret_text_unref (secret);
  g_assert_cmpstr (jump_secret_text_peek (again), ==, "abc");
  jump_secret_text_unref (again);
}

static void
test_null (void)
{
  g_assert_null (jump_secret_text_new (NULL));
  g_assert_null (jump_secret_text_new_take (NULL));
  g_assert_null (jump_secret_text_ref (NULL));
  g_assert_null (jump_secret_text_peek (NULL));
  g_assert_false (jump_secret_text_equal (NULL, NULL));
  g_assert_false (jump_secret_text_equal (NULL, ""));
  jump_secret_text_unref (NULL);
  jump_secret_free (NULL);
  jump_secret_wipe (NULL, 3);
}

static void
test_equal (void)
{
  g_autoptr (JumpSecretText) secret = jump_secret_text_new ("abc");

  g_assert_true (jump_secret_text_equal (secret, "abc"));
  g_assert_false (jump_secret_text_equal (secret, "abd"));
  g_assert_false (jump_secret_text_equal (secret, "bbc"));
  g_assert_false (jump_secret_text_equal (secret, "ab"));
  g_assert_false (jump_secret_text_equal (secret, "abcd"));
  g_assert_false (jump_secret_text_equal (secret, ""));
  g_assert_false (jump_secret_text_equal (secret, NULL));
  g_assert_true (jump_secret_equal ("", ""));
  g_assert_false (jump_secret_equal (NULL, NULL));
  g_assert_false (jump_secret_equal ("x", NULL));
}

static void
test_wipe (void)
{
  char buffer[] = "keep secret keep";

  jump_secret_wipe (buffer + 5, 6);
  g_assert_cmpmem (buffer, sizeof buffer, "keep \0\0\0\0\0\0 keep", sizeof buffer);
  jump_secret_wipe (buffer, 0);
  g_assert_cmpint (buffer[0], ==, 'k');
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/secret-text/life", test_life);
  g_test_add_func ("/secret-text/null", test_null);
  g_test_add_func ("/secret-text/equal", test_equal);
  g_test_add_func ("/secret-text/wipe", test_wipe);
  return g_test_run ();
}
