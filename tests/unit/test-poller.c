/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "tests/unit/poller-stage.h"
#include "tests/unit/stream-pair.h"

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
  settle (poller);
  g_assert_cmpuint (pair.calls, ==, 0);
  pair_say (&pair);
  wait_for_call (&pair);
  wait_for_call (&pair);
  g_assert_cmpuint (pair.calls, ==, 2); /* level-triggered */
  g_assert_cmpint (pair.ready, ==, JUMP_POLL_IN);
  pair.drains = TRUE;
  settle (poller);
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
  settle (poller);
  g_assert_cmpuint (pair.calls, ==, 0);
  jump_poll_watch_set_interest (pair.watch, JUMP_POLL_OUT);
  wait_for_call (&pair);
  g_assert_cmpuint (pair.calls, ==, 1);
  g_assert_cmpint (pair.ready, ==, JUMP_POLL_OUT);
  jump_poll_watch_set_interest (pair.watch, JUMP_POLL_IN | JUMP_POLL_OUT);
  wait_for_call (&pair);
  g_assert_cmpint (pair.ready, ==, JUMP_POLL_IN | JUMP_POLL_OUT);
  jump_poll_watch_set_interest (pair.watch, JUMP_POLL_IN);
  wait_for_call (&pair);
  g_assert_cmpint (pair.ready, ==, JUMP_POLL_IN);
  g_assert_cmpuint (pair.calls, ==, 3);
  jump_poll_watch_set_interest (pair.watch, 0);
  settle (poller);
  g_assert_cmpuint (pair.calls, ==, 3);
  /* what waited meanwhile is told as soon as somebody wants to know */
  jump_poll_watch_set_interest (pair.watch, JUMP_POLL_IN);
  wait_for_call (&pair);
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
      wait_for_call (&pair);
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
  stream_pair_close (pair.far_fd);
  pair.far_fd = -1;
  settle (poller);
  g_assert_cmpuint (pair.calls, ==, 0);
  g_assert_cmpint (get_loop_timeout (), ==, -1);
  jump_poll_watch_set_interest (pair.watch, JUMP_POLL_IN);
  wait_for_call (&pair);
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
  settle (poller);
  g_assert_cmpuint (pair.calls, ==, 0);
#ifdef G_OS_WIN32
  pair_drain (&pair); /* wine sees no end behind bytes */
#endif
  stream_pair_end_writing (pair.far_fd);
  wait_for_call (&pair);
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
      settle (poller);
      g_assert_cmpuint (pair.calls, ==, i);
      g_assert_cmpint (pair.ready, ==, JUMP_POLL_IN);
    }
  stream_pair_close (pair.far_fd);
  pair.far_fd = -1;
  wait_for_call (&pair);
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
  wait_for_call (&pair);
  settle (poller);
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
  settle (poller);
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
  settle (pair->poller);
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
  wait_for_call (&outer);
  settle (poller);
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
  settle (poller);
  for (guint i = 0; i < N_PAIRS; i++)
    {
      g_assert_cmpuint (pairs[i].calls, ==, 1);
      pair_clear (&pairs[i]);
    }
}

static void
on_deferred_count (gpointer user_data)
{
  Pair *pair = user_data;

  pair->calls += 100;
}

static void
on_ready_defer (JumpPollFlags ready, gpointer user_data)
{
  Pair *pair = user_data;

  pair_drain (pair);
  jump_poller_defer (pair->poller, on_deferred_count, pair);
  jump_poller_defer (pair->poller, on_deferred_count, pair);
}

/* Called before the loop sleeps again, and once. */
static void
test_deferred_from_callback (void)
{
  g_autoptr (JumpPoller) poller = jump_poller_new ();
  Pair pair;

  pair_init_with (&pair, poller, JUMP_POLL_IN, on_ready_defer);
  pair_say (&pair);
  wait_for_call (&pair);
  settle (poller);
  g_assert_cmpuint (pair.calls, ==, 100);
  pair_clear (&pair);
}

static void
on_deferred_unref (gpointer user_data)
{
  JumpPoller **poller = user_data;

  g_clear_pointer (poller, jump_poller_unref);
}

static void
test_last_reference (void)
{
  JumpPoller *poller = jump_poller_new ();
  Pair pair;

  jump_poller_defer (poller, on_deferred_unref, &poller);
  g_main_context_iteration (NULL, FALSE);
  g_assert_null (poller);

  /* a watch keeps its poller alive */
  poller = jump_poller_new ();
  pair_init (&pair, poller, JUMP_POLL_IN);
  pair.drains = TRUE;
  jump_poller_unref (poller);
  pair_say (&pair);
  settle (poller);
  g_assert_cmpuint (pair.calls, ==, 1);
  pair.victim = &pair;
  pair_say (&pair);
  wait_for_call (&pair);
  g_assert_cmpuint (pair.calls, ==, 2);
  pair_clear (&pair);
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
  g_test_add_func ("/poller/deferred-from-callback", test_deferred_from_callback);
  g_test_add_func ("/poller/last-reference", test_last_reference);
  return g_test_run ();
}
