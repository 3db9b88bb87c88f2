/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/net/poller.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* A pair of connected sockets with a watch on the near one. */
typedef struct _Pair Pair;
struct _Pair
{
  JumpPoller *poller;
  int near;
  int far;
  JumpPollFunc func;
  JumpPollWatch *watch;
  guint calls;
  JumpPollFlags ready; /* of the last call */
  gboolean drains;     /* reads all there is when called */
  Pair *victim;        /* removed when called */
  gboolean replaces_victim;
};

static void
pair_init_with (Pair *pair, JumpPoller *poller, JumpPollFlags interest, JumpPollFunc func)
{
  int fds[2];

  memset (pair, 0, sizeof *pair);
  g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, fds), ==, 0);
  pair->poller = poller;
  pair->near = fds[0];
  pair->far = fds[1];
  pair->func = func;
  pair->watch = jump_poller_add (poller, pair->near, interest, func, pair);
}

static void
pair_clear (Pair *pair)
{
  g_clear_pointer (&pair->watch, jump_poll_watch_remove);
  if (pair->near >= 0)
    close (pair->near);
  if (pair->far >= 0)
    close (pair->far);
  pair->near = -1;
  pair->far = -1;
}

static void
pair_say (Pair *pair)
{
  g_assert_cmpint (write (pair->far, "x", 1), ==, 1);
}

static void
pair_drain (Pair *pair)
{
  char buffer[64];

  while (read (pair->near, buffer, sizeof buffer) > 0)
    ;
}

/* The number of the closed socket is given to a new one at once, as busy programs do. */
static void
replace_pair (Pair *pair)
{
  int old = pair->near;
  JumpPollFunc func = pair->func;

  pair_clear (pair);
  pair_init_with (pair, pair->poller, JUMP_POLL_IN, func);
  g_assert_cmpint (pair->near, ==, old);
}

static void
on_pair_ready (JumpPollFlags ready, gpointer user_data)
{
  Pair *pair = user_data;

  pair->calls++;
  pair->ready = ready;
  if (pair->drains)
    pair_drain (pair);
  if (pair->victim == NULL)
    return;
  if (pair->replaces_victim)
    replace_pair (pair->victim);
  else
    g_clear_pointer (&pair->victim->watch, jump_poll_watch_remove);
  pair->victim = NULL;
}

static void
pair_init (Pair *pair, JumpPoller *poller, JumpPollFlags interest)
{
  pair_init_with (pair, poller, interest, on_pair_ready);
}

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

static void
test_readable (void)
{
  g_autoptr (JumpPoller) poller = jump_poller_new ();
  Pair pair;

  pair_init (&pair, poller, JUMP_POLL_IN);
  settle ();
  g_assert_cmpuint (pair.calls, ==, 0);
  pair_say (&pair);
  g_main_context_iteration (NULL, TRUE);
  g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (pair.calls, ==, 2); /* level-triggered */
  g_assert_cmpint (pair.ready, ==, JUMP_POLL_IN);
  pair.drains = TRUE;
  settle ();
  g_assert_cmpuint (pair.calls, ==, 3);
  pair_clear (&pair);
  g_assert_cmpint (get_loop_timeout (), ==, -1);
}

static void
test_interest (void)
{
  g_autoptr (JumpPoller) poller = jump_poller_new ();
  Pair pair;

  pair_init (&pair, poller, 0);
  pair_say (&pair);
  settle ();
  g_assert_cmpuint (pair.calls, ==, 0);
  jump_poll_watch_set_interest (pair.watch, JUMP_POLL_OUT);
  g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (pair.calls, ==, 1);
  g_assert_cmpint (pair.ready, ==, JUMP_POLL_OUT);
  jump_poll_watch_set_interest (pair.watch, JUMP_POLL_IN | JUMP_POLL_OUT);
  g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (pair.ready, ==, JUMP_POLL_IN | JUMP_POLL_OUT);
  jump_poll_watch_set_interest (pair.watch, JUMP_POLL_IN);
  g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (pair.ready, ==, JUMP_POLL_IN);
  g_assert_cmpuint (pair.calls, ==, 3);
  jump_poll_watch_set_interest (pair.watch, 0);
  settle ();
  g_assert_cmpuint (pair.calls, ==, 3);
  /* what waited meanwhile is told as soon as somebody wants to know */
  jump_poll_watch_set_interest (pair.watch, JUMP_POLL_IN);
  g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (pair.calls, ==, 4);
  pair_clear (&pair);
}

static void
test_rest_without_events (void)
{
  g_autoptr (JumpPoller) poller = jump_poller_new ();
  Pair pair;

  pair_init (&pair, poller, JUMP_POLL_IN);
  pair.drains = TRUE;
  for (guint i = 1; i < 4; i++)
    {
      jump_poll_watch_set_interest (pair.watch, JUMP_POLL_IN);
      pair_say (&pair);
      g_main_context_iteration (NULL, TRUE);
      g_assert_cmpuint (pair.calls, ==, i);
      jump_poll_watch_set_interest (pair.watch, 0);
    }
  pair_clear (&pair);
}

/* A connection that rests in a pool and is closed by its peer must not keep the loop busy. */
static void
test_closed_while_nobody_listens (void)
{
  g_autoptr (JumpPoller) poller = jump_poller_new ();
  Pair pair;

  pair_init (&pair, poller, JUMP_POLL_IN);
  jump_poll_watch_set_interest (pair.watch, 0);
  close (pair.far);
  pair.far = -1;
  settle ();
  g_assert_cmpuint (pair.calls, ==, 0);
  g_assert_cmpint (get_loop_timeout (), ==, -1);
  jump_poll_watch_set_interest (pair.watch, JUMP_POLL_IN);
  g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (pair.ready & JUMP_POLL_HANGUP, ==, JUMP_POLL_HANGUP);
  pair_clear (&pair);
}

static void
test_hangup (void)
{
  g_autoptr (JumpPoller) poller = jump_poller_new ();
  Pair pair;

  pair_init (&pair, poller, JUMP_POLL_HANGUP);
  pair_say (&pair);
  settle ();
  g_assert_cmpuint (pair.calls, ==, 0);
  shutdown (pair.far, SHUT_WR);
  g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (pair.ready, ==, JUMP_POLL_HANGUP);
  pair_clear (&pair);
}

/* Holds for both kinds of poller: whoever asked for edges reads until there is nothing left. */
static void
test_edge (void)
{
  g_autoptr (JumpPoller) poller = jump_poller_new ();
  Pair pair;

  pair_init (&pair, poller, JUMP_POLL_IN | JUMP_POLL_HANGUP | JUMP_POLL_EDGE);
  pair.drains = TRUE;
  for (guint i = 1; i < 4; i++)
    {
      pair_say (&pair);
      settle ();
      g_assert_cmpuint (pair.calls, ==, i);
      g_assert_cmpint (pair.ready, ==, JUMP_POLL_IN);
    }
  close (pair.far);
  pair.far = -1;
  g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (pair.ready & JUMP_POLL_HANGUP, ==, JUMP_POLL_HANGUP);
  pair_clear (&pair);
}

static void
test_remove_own (void)
{
  g_autoptr (JumpPoller) poller = jump_poller_new ();
  Pair pair;

  pair_init (&pair, poller, JUMP_POLL_IN);
  pair.victim = &pair;
  pair_say (&pair);
  g_main_context_iteration (NULL, TRUE);
  settle ();
  g_assert_cmpuint (pair.calls, ==, 1);
  g_assert_null (pair.watch);
  pair_clear (&pair);
}

/* Both are ready in one turn; whichever is called first removes the other. */
static void
check_victim (gboolean replaces)
{
  g_autoptr (JumpPoller) poller = jump_poller_new ();
  Pair pairs[2];
  guint calls;

  pair_init (&pairs[0], poller, JUMP_POLL_IN);
  pair_init (&pairs[1], poller, JUMP_POLL_IN);
  for (guint i = 0; i < 2; i++)
    {
      pairs[i].drains = TRUE;
      pairs[i].victim = &pairs[1 - i];
      pairs[i].replaces_victim = replaces;
      pair_say (&pairs[i]);
    }
  g_main_context_iteration (NULL, TRUE);
  settle ();
  calls = pairs[0].calls + pairs[1].calls;
  g_assert_cmpuint (calls, ==, 1);
  pair_clear (&pairs[0]);
  pair_clear (&pairs[1]);
}

static void
test_remove_other (void)
{
  check_victim (FALSE);
}

static void
test_number_is_used_again (void)
{
  check_victim (TRUE);
}

static void
on_ready_iterate (JumpPollFlags ready, gpointer user_data)
{
  Pair *pair = user_data;

  pair->calls++;
  pair_drain (pair);
  settle ();
}

static void
test_nested_loop (void)
{
  g_autoptr (JumpPoller) poller = jump_poller_new ();
  Pair outer;
  Pair inner;

  pair_init_with (&outer, poller, JUMP_POLL_IN, on_ready_iterate);
  pair_init (&inner, poller, JUMP_POLL_IN);
  inner.victim = &inner;
  pair_say (&outer);
  pair_say (&inner);
  g_main_context_iteration (NULL, TRUE);
  settle ();
  g_assert_cmpuint (outer.calls, ==, 1);
  g_assert_cmpuint (inner.calls, ==, 1);
  pair_clear (&outer);
  pair_clear (&inner);
}

static void
test_many (void)
{
  enum
  {
    N_PAIRS = 300
  };
  g_autoptr (JumpPoller) poller = jump_poller_new ();
  g_autofree Pair *pairs = g_new (Pair, N_PAIRS);

  for (guint i = 0; i < N_PAIRS; i++)
    {
      pair_init (&pairs[i], poller, JUMP_POLL_IN);
      pairs[i].drains = TRUE;
      pair_say (&pairs[i]);
    }
  settle ();
  for (guint i = 0; i < N_PAIRS; i++)
    {
      g_assert_cmpuint (pairs[i].calls, ==, 1);
      pair_clear (&pairs[i]);
    }
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
on_ready_defer (JumpPollFlags ready, gpointer user_data)
{
  Step *step = user_data;

  jump_poller_defer (step->poller, on_deferred, step);
}

/* All sockets of a turn are served before what they deferred: that is what joins their writes. */
static void
test_deferred_from_callback (void)
{
  g_autoptr (JumpPoller) poller = jump_poller_new ();
  g_autoptr (GString) log = g_string_new (NULL);
  Step a;
  Pair pairs[2];

  step_init (&a, poller, log, "a", NULL);
  for (guint i = 0; i < 2; i++)
    {
      pair_init (&pairs[i], poller, JUMP_POLL_IN);
      jump_poll_watch_remove (pairs[i].watch);
      pairs[i].watch = jump_poller_add (poller, pairs[i].near, JUMP_POLL_IN, on_ready_defer, &a);
      pair_say (&pairs[i]);
    }
  g_main_context_iteration (NULL, TRUE);
  pair_clear (&pairs[0]);
  pair_clear (&pairs[1]);
  settle ();
  g_assert_cmpstr (log->str, ==, "a");
}

static void
on_deferred_unref (gpointer user_data)
{
  Step *step = user_data;

  g_string_append (step->log, step->name);
  g_clear_pointer (&step->poller, jump_poller_unref);
}

static void
test_last_reference (void)
{
  g_autoptr (GString) log = g_string_new (NULL);
  Step a;
  Pair pair;

  step_init (&a, jump_poller_new (), log, "a", NULL);
  jump_poller_defer (a.poller, on_deferred_unref, &a);
  settle ();
  g_assert_cmpstr (log->str, ==, "a");
  g_assert_null (a.poller);

  /* a watch keeps its poller alive */
  step_init (&a, jump_poller_new (), log, "b", NULL);
  pair_init (&pair, a.poller, JUMP_POLL_IN);
  pair.drains = TRUE;
  jump_poller_unref (a.poller);
  pair_say (&pair);
  settle ();
  g_assert_cmpuint (pair.calls, ==, 1);
  pair.victim = &pair;
  pair_say (&pair);
  settle ();
  g_assert_cmpuint (pair.calls, ==, 2);
  pair_clear (&pair);
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
  g_test_add_func ("/poller/readable", test_readable);
  g_test_add_func ("/poller/interest", test_interest);
  g_test_add_func ("/poller/rest", test_rest_without_events);
  g_test_add_func ("/poller/closed-while-nobody-listens", test_closed_while_nobody_listens);
  g_test_add_func ("/poller/hangup", test_hangup);
  g_test_add_func ("/poller/edge", test_edge);
  g_test_add_func ("/poller/remove-own", test_remove_own);
  g_test_add_func ("/poller/remove-other", test_remove_other);
  g_test_add_func ("/poller/number-is-used-again", test_number_is_used_again);
  g_test_add_func ("/poller/nested-loop", test_nested_loop);
  g_test_add_func ("/poller/many", test_many);
  g_test_add_func ("/poller/timers", test_timers);
  g_test_add_func ("/poller/timer-in-the-past", test_timer_in_the_past);
  g_test_add_func ("/poller/deferred", test_deferred);
  g_test_add_func ("/poller/deferred-again", test_deferred_again);
  g_test_add_func ("/poller/deferred-from-callback", test_deferred_from_callback);
  g_test_add_func ("/poller/last-reference", test_last_reference);
  g_test_add_func ("/poller/own-context", test_own_context);
  return g_test_run ();
}
