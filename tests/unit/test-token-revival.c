/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/auth/token-revival.h"
#include "tests/support/clock-fake.h"

static void
on_due (gpointer user_data)
{
  (*(guint *) user_data)++;
}

static void
test_waits (void)
{
  static const gint64 waits[] = { 60, 120, 240, 300, 300 };
  g_autoptr (JumpClock) clock = jump_clock_fake_new ();
  JumpTokenRevival revival = { 0 };
  guint n_due = 0;

  for (guint i = 0; i < G_N_ELEMENTS (waits); i++)
    {
      jump_token_revival_plan (&revival, clock, 0, on_due, &n_due);
      g_assert_cmpint (jump_clock_fake_get_next_alarm (clock), ==, waits[i] * 1000);
      jump_clock_fake_advance (clock, (guint64) waits[i] * 1000);
      g_assert_cmpuint (n_due, ==, i + 1);
      revival.alarm = 0;
    }
  jump_token_revival_plan (&revival, clock, 3600 * (gint64) G_USEC_PER_SEC, on_due, &n_due);
  g_assert_cmpint (jump_clock_fake_get_next_alarm (clock), ==, 3601 * 1000);
  jump_token_revival_stop (&revival, clock);
  g_assert_cmpint (jump_clock_fake_get_next_alarm (clock), ==, -1);
  jump_token_revival_plan (&revival, clock, 0, on_due, &n_due);
  g_assert_cmpint (jump_clock_fake_get_next_alarm (clock), ==, 60 * 1000);
  jump_token_revival_plan (&revival, clock, 0, on_due, &n_due); /* one at a time */
  g_assert_cmpuint (jump_clock_fake_count_alarms (clock), ==, 1);
  jump_token_revival_stop (&revival, clock);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/token-revival/waits", test_waits);
  return g_test_run ();
}
