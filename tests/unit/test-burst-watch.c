/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/relay/burst-watch.h"
#include "tests/support/clock-fake.h"

typedef struct
{
  JumpClock *clock;      /* (owned) */
  JumpBurstWatch *watch; /* (owned) */
  guint n_changes;
} Stage;

static void
on_changed (gpointer user_data)
{
  ((Stage *) user_data)->n_changes++;
}

static void
stage_init (Stage *self, guint limit)
{
  *self = (Stage){ .clock = jump_clock_fake_new () };
  self->watch = jump_burst_watch_new (self->clock, on_changed, self);
  jump_burst_watch_set_limit (self->watch, limit);
}

static void
stage_clear (Stage *self)
{
  jump_burst_watch_free (self->watch);
  g_assert_cmpuint (jump_clock_fake_count_alarms (self->clock), ==, 0);
  g_object_unref (self->clock);
}

static void
add (Stage *self, guint n, guint pause_ms)
{
  for (guint i = 0; i < n; i++)
    {
      jump_burst_watch_add (self->watch);
      jump_clock_fake_advance (self->clock, pause_ms);
    }
}

static void
test_count (void)
{
  Stage stage;

  stage_init (&stage, 0);
  g_assert_cmpuint (jump_burst_watch_get_count (stage.watch), ==, 0);
  add (&stage, 30, 1000);
  g_assert_cmpuint (jump_burst_watch_get_count (stage.watch), ==, 30);
  add (&stage, 90, 1000);
  g_assert_cmpuint (jump_burst_watch_get_count (stage.watch), ==, 59);
  jump_clock_fake_advance (stage.clock, 30000);
  g_assert_cmpuint (jump_burst_watch_get_count (stage.watch), ==, 29);
  jump_clock_fake_advance (stage.clock, 600000);
  g_assert_cmpuint (jump_burst_watch_get_count (stage.watch), ==, 0);
  add (&stage, 1, 0);
  g_assert_cmpuint (jump_burst_watch_get_count (stage.watch), ==, 1);
  g_assert_cmpuint (stage.n_changes, ==, 0);
  stage_clear (&stage);
}

static void
test_burst (void)
{
  Stage stage;

  stage_init (&stage, 10);
  add (&stage, 10, 100);
  g_assert_false (jump_burst_watch_is_bursting (stage.watch));
  add (&stage, 20, 100);
  g_assert_true (jump_burst_watch_is_bursting (stage.watch));
  g_assert_cmpuint (stage.n_changes, ==, 1);
  jump_clock_fake_advance (stage.clock, 50000);
  g_assert_true (jump_burst_watch_is_bursting (stage.watch));
  jump_clock_fake_advance (stage.clock, 12000);
  g_assert_false (jump_burst_watch_is_bursting (stage.watch));
  g_assert_cmpuint (stage.n_changes, ==, 2);
  g_assert_cmpuint (jump_clock_fake_count_alarms (stage.clock), ==, 0);
  add (&stage, 11, 0);
  g_assert_cmpuint (stage.n_changes, ==, 3);
  stage_clear (&stage);
}

static void
test_limit_changes (void)
{
  Stage stage;

  stage_init (&stage, 100);
  add (&stage, 50, 10);
  jump_burst_watch_set_limit (stage.watch, 20);
  g_assert_true (jump_burst_watch_is_bursting (stage.watch));
  jump_burst_watch_set_limit (stage.watch, 0);
  g_assert_false (jump_burst_watch_is_bursting (stage.watch));
  g_assert_cmpuint (stage.n_changes, ==, 2);
  stage_clear (&stage);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/burst-watch/count", test_count);
  g_test_add_func ("/burst-watch/burst", test_burst);
  g_test_add_func ("/burst-watch/limit-changes", test_limit_changes);
  return g_test_run ();
}
