/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/clock-system.h"

typedef struct
{
  JumpClock *clock;
  GMainLoop *loop;
  gint64 start;
  gint64 end;
  guint n_calls;
} Wait;

static void
on_alarm (gpointer user_data)
{
  Wait *wait = user_data;

  wait->end = jump_clock_get_monotonic_time (wait->clock);
  wait->n_calls++;
  g_main_loop_quit (wait->loop);
}

static void
on_alarm_unexpected (gpointer user_data)
{
  g_assert_not_reached ();
}

static gint64
wait_ms (JumpClock *clock, guint64 delay_ms)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Wait wait = { clock, loop, jump_clock_get_monotonic_time (clock), 0, 0 };

  g_assert_cmpuint (jump_clock_add_alarm (clock, delay_ms, on_alarm, &wait), >, 0);
  g_main_loop_run (loop);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (wait.n_calls, ==, 1);
  return (wait.end - wait.start) / 1000;
}

static void
test_times (void)
{
  g_autoptr (JumpClock) clock = jump_clock_system_new ();
  gint64 wall = g_get_real_time ();

  g_assert_cmpint (jump_clock_get_wall_time (clock) - wall, <, 60 * G_USEC_PER_SEC);
  g_assert_cmpint (jump_clock_get_wall_seconds (clock), >=, wall / G_USEC_PER_SEC);
}

static void
test_short_alarm (void)
{
  g_autoptr (JumpClock) clock = jump_clock_system_new ();

  g_assert_cmpint (wait_ms (clock, 0), >=, 0);
  g_assert_cmpint (wait_ms (clock, 20), >=, 20);
}

/* Never earlier than asked for, but for the allowance that keeps rounds of a second at a second. */
static void
test_long_alarm (void)
{
  g_autoptr (JumpClock) clock = jump_clock_system_new ();

  wait_ms (clock, 1000);
  g_assert_cmpint (wait_ms (clock, 1000), >=, 950);
}

static void
test_cleared (void)
{
  g_autoptr (JumpClock) clock = jump_clock_system_new ();
  guint alarm_id = jump_clock_add_alarm (clock, 0, on_alarm_unexpected, NULL);
  guint huge = jump_clock_add_alarm (clock, G_MAXUINT64, on_alarm_unexpected, NULL);
  guint none = 0;

  jump_clock_clear_alarm (clock, &alarm_id);
  g_assert_cmpuint (alarm_id, ==, 0);
  jump_clock_clear_alarm (clock, &alarm_id);
  jump_clock_clear_alarm (clock, &none);
  wait_ms (clock, 5);
  jump_clock_clear_alarm (clock, &huge);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/clock-system/times", test_times);
  g_test_add_func ("/clock-system/short-alarm", test_short_alarm);
  g_test_add_func ("/clock-system/long-alarm", test_long_alarm);
  g_test_add_func ("/clock-system/cleared", test_cleared);
  return g_test_run ();
}
