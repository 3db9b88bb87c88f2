/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/backoff.h"

static void
test_table (void)
{
  static const guint waits[] = { 2000, 8000, 18000 };
  const JumpBackoff backoff = { waits, G_N_ELEMENTS (waits) };
  static const struct
  {
    guint failures;
    gboolean again;
    guint wait_ms;
  } rows[] = {
    { 0, TRUE, 0 },     { 1, TRUE, 2000 }, { 2, TRUE, 8000 },
    { 3, TRUE, 18000 }, { 4, FALSE, 7 },   { G_MAXUINT, FALSE, 7 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      guint wait_ms = 7;

      g_assert_cmpint (jump_backoff_next (&backoff, rows[i].failures, &wait_ms), ==, rows[i].again);
      g_assert_cmpuint (wait_ms, ==, rows[i].wait_ms);
    }
  g_assert_true (jump_backoff_next (&backoff, 1, NULL));
}

static void
test_no_waits (void)
{
  const JumpBackoff backoff = { NULL, 0 };

  g_assert_true (jump_backoff_next (&backoff, 0, NULL));
  g_assert_false (jump_backoff_next (&backoff, 1, NULL));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/backoff/table", test_table);
  g_test_add_func ("/backoff/no-waits", test_no_waits);
  return g_test_run ();
}
