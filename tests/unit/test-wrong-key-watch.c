/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/wrong-key-watch.h"
#include "tests/support/clock-fake.h"

#define MINUTE 60000u

static void
test_waits (void)
{
  static const guint waits[] = { 0, 0, 0, 250, 500, 1000, 2000, 4000, 8000, 8000, 8000 };
  g_autoptr (JumpClock) clock = jump_clock_fake_new ();
  g_autoptr (JumpWrongKeyWatch) watch = jump_wrong_key_watch_new (clock);

  for (gsize i = 0; i < G_N_ELEMENTS (waits); i++)
    {
      g_assert_cmpuint (jump_wrong_key_watch_note (watch, "192.0.2.1"), ==, waits[i]);
      jump_clock_fake_advance (clock, MINUTE);
    }
  g_assert_cmpuint (jump_wrong_key_watch_note (watch, "192.0.2.2"), ==, 0);
  g_assert_cmpuint (jump_wrong_key_watch_note (watch, NULL), ==, 0);
}

static void
test_forgets (void)
{
  g_autoptr (JumpClock) clock = jump_clock_fake_new ();
  g_autoptr (JumpWrongKeyWatch) watch = jump_wrong_key_watch_new (clock);

  for (guint i = 0; i < 20; i++)
    jump_wrong_key_watch_note (watch, "192.0.2.1");
  jump_clock_fake_advance (clock, 10 * MINUTE - 1);
  g_assert_cmpuint (jump_wrong_key_watch_note (watch, "192.0.2.1"), ==, 8000);
  jump_clock_fake_advance (clock, 10 * MINUTE);
  g_assert_cmpuint (jump_wrong_key_watch_note (watch, "192.0.2.1"), ==, 0);
}

/* Ever new addresses push out each other, not whoever keeps trying. */
static void
test_many_peers (void)
{
  g_autoptr (JumpClock) clock = jump_clock_fake_new ();
  g_autoptr (JumpWrongKeyWatch) watch = jump_wrong_key_watch_new (clock);

  for (guint i = 0; i < 10000; i++)
    {
      g_autofree char *peer = g_strdup_printf ("10.0.%u.%u", i / 256, i % 256);

      jump_clock_fake_advance (clock, 1);
      g_assert_cmpuint (jump_wrong_key_watch_note (watch, peer), ==, 0);
      if (i % 50 == 0)
        jump_wrong_key_watch_note (watch, "192.0.2.1");
    }
  g_assert_cmpuint (jump_wrong_key_watch_note (watch, "192.0.2.1"), ==, 8000);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wrong-key-watch/waits", test_waits);
  g_test_add_func ("/wrong-key-watch/forgets", test_forgets);
  g_test_add_func ("/wrong-key-watch/many-peers", test_many_peers);
  return g_test_run ();
}
