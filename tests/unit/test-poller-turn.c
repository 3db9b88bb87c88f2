/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/net/poller.h"

#include <string.h>

/* Turns the loop until nothing is left to do; fails when it spins. */
static void
settle (void)
{
  guint turns = 0;

  while (g_main_context_iteration (NULL, FALSE))
    g_assert_cmpuint (turns++, <, 100);
}

static int
get_loop_timeout (void)
{
  GMainContext *context = g_main_context_default ();
  GPollFD fds[16];
  int timeout;
  int priority;

  g_assert_true (g_main_context_acquire (context));
  g_main_context_prepare (context, &priority);
  g_main_context_query (context, priority, &timeout, fds, G_N_ELEMENTS (fds));
  g_main_context_check (context, priority, fds, 0);
  g_main_context_release (context);
  return timeout;
}

typedef struct
{
  JumpPoller *poller;
  JumpPollTimer *timer;
  GString *log;
  const char *name;
  guint again; /* sets itself to the past that often, or defers itself */
  gpointer cancel;
} Step;

static void
on_timer_due (gpointer user_data)
{
  Step *step = user_data;

  g_string_append (step->log, step->name);
  if (step->again > 0)
    {
      step->again--;
      jump_poll_timer_set (step->timer, 1);
    }
}

static void
on_timer_due_free (gpointer user_data)
{
  Step *step = user_data;

  g_string_append (step->log, step->name);
  g_clear_pointer (&step->timer, jump_poll_timer_free);
}

static void
step_init (Step *step, JumpPoller *poller, GString *log, const char *name, JumpPollTimerFunc func)
{
  memset (step, 0, sizeof *step);
  step->poller = poller;
  step->log = log;
  step->name = name;
  if (func != NULL)
    step->timer = jump_poller_timer_new (poller, func, step);
}

static void
test_timers (void)
{
  g_autoptr (JumpPoller) poller = jump_poller_new ();
  g_autoptr (GString) log = g_string_new (NULL);
  gint64 now = g_get_monotonic_time ();
  Step a, b, c;

  step_init (&a, poller, log, "a", on_timer_due);
  step_init (&b, poller, log, "b", on_timer_due_free);
  step_init (&c, poller, log, "c", on_timer_due);
  g_assert_cmpint (get_loop_timeout (), ==, -1);
  jump_poll_timer_set (a.timer, now + 2000);
  jump_poll_timer_set (b.timer, now + 1000);
  jump_poll_timer_set (c.timer, now + 1500);
  jump_poll_timer_set (c.timer, -1);
  while (log->len < 2)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (log->str, ==, "ba");
  g_assert_cmpint (get_loop_timeout (), ==, -1);
  g_assert_null (b.timer);

  /* one hour: the loop sleeps about that long, and wakes up never for a timer that was freed */
  jump_poll_timer_set (c.timer, g_get_monotonic_time () + G_TIME_SPAN_HOUR);
  g_assert_cmpint (get_loop_timeout (), >, 3590000);
  jump_poll_timer_free (c.timer);
  g_assert_cmpint (get_loop_timeout (), ==, -1);
  jump_poll_timer_free (a.timer);
}

static void
test_timer_in_the_past (void)
{
  g_autoptr (JumpPoller) poller = jump_poller_new ();
  g_autoptr (GString) log = g_string_new (NULL);
  Step a;

  step_init (&a, poller, log, "a", on_timer_due);
  a.again = 3;
  jump_poll_timer_set (a.timer, 0);
  g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (log->str, ==, "a"); /* once per turn, or it would hold the loop */
  settle ();
  g_assert_cmpstr (log->str, ==, "aaaa");
  jump_poll_timer_free (a.timer);
}

static void
on_deferred (gpointer user_data)
{
  Step *step = user_data;

  g_string_append (step->log, step->name);
  if (step->cancel != NULL)
    jump_poller_cancel_deferred (step->poller, on_deferred, step->cancel);
  if (step->again > 0)
    {
      step->again--;
      jump_poller_defer (step->poller, on_deferred, step);
    }
}

static void
test_deferred (void)
{
  g_autoptr (JumpPoller) poller = jump_poller_new ();
  g_autoptr (GString) log = g_string_new (NULL);
  Step a, b, c;

  step_init (&a, poller, log, "a", NULL);
  step_init (&b, poller, log, "b", NULL);
  step_init (&c, poller, log, "c", NULL);
  jump_poller_defer (poller, on_deferred, &a);
  jump_poller_defer (poller, on_deferred, &b);
  jump_poller_defer (poller, on_deferred, &a);
  jump_poller_defer (poller, on_deferred, &c);
  g_assert_cmpstr (log->str, ==, "");
  g_main_context_iteration (NULL, FALSE);
  g_assert_cmpstr (log->str, ==, "abc");
  settle ();
  g_assert_cmpstr (log->str, ==, "abc");

  g_string_truncate (log, 0);
  jump_poller_defer (poller, on_deferred, &a);
  jump_poller_defer (poller, on_deferred, &b);
  jump_poller_defer (poller, on_deferred, &c);
  jump_poller_cancel_deferred (poller, on_deferred, &b);
  a.cancel = &c; /* queued behind it in the same pass */
  settle ();
  g_assert_cmpstr (log->str, ==, "a");
}

static void
test_deferred_again (void)
{
  g_autoptr (JumpPoller) poller = jump_poller_new ();
  g_autoptr (GString) log = g_string_new (NULL);
  Step a, b;

  step_init (&a, poller, log, "a", NULL);
  step_init (&b, poller, log, "b", NULL);
  a.again = 2;
  jump_poller_defer (poller, on_deferred, &a);
  jump_poller_defer (poller, on_deferred, &b);
  settle ();
  g_assert_cmpstr (log->str, ==, "abaa");
  g_assert_cmpint (get_loop_timeout (), ==, -1);
}

static void
test_own_context (void)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (GString) log = g_string_new (NULL);
  JumpPoller *poller;
  Step a;

  g_main_context_push_thread_default (context);
  poller = jump_poller_new ();
  step_init (&a, poller, log, "a", NULL);
  jump_poller_defer (poller, on_deferred, &a);
  settle ();
  g_assert_cmpstr (log->str, ==, "");
  g_main_context_iteration (context, FALSE);
  g_assert_cmpstr (log->str, ==, "a");
  jump_poller_unref (poller);
  g_main_context_pop_thread_default (context);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/poller-turn/timers", test_timers);
  g_test_add_func ("/poller-turn/timer-in-the-past", test_timer_in_the_past);
  g_test_add_func ("/poller-turn/deferred", test_deferred);
  g_test_add_func ("/poller-turn/deferred-again", test_deferred_again);
  g_test_add_func ("/poller-turn/own-context", test_own_context);
  return g_test_run ();
}
