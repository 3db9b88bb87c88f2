/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "tests/unit/poller-stage.h"

#include "tests/unit/stream-pair.h"

#include <string.h>

void
pair_init_with (Pair *pair, JumpPoller *poller, JumpPollFlags interest, JumpPollFunc func)
{
  int fds[2];

  memset (pair, 0, sizeof *pair);
  stream_pair_make (fds);
  pair->poller = poller;
  pair->near_fd = fds[0];
  pair->far_fd = fds[1];
  pair->func = func;
  pair->watch = jump_poller_add (poller, pair->near_fd, interest, func, pair);
}

void
pair_clear (Pair *pair)
{
  g_clear_pointer (&pair->watch, jump_poll_watch_remove);
  if (pair->near_fd >= 0)
    stream_pair_close (pair->near_fd);
  if (pair->far_fd >= 0)
    stream_pair_close (pair->far_fd);
  pair->near_fd = -1;
  pair->far_fd = -1;
}

void
pair_say (Pair *pair)
{
  g_assert_cmpint (stream_pair_write (pair->far_fd, "x", 1), ==, 1);
}

void
pair_drain (Pair *pair)
{
  char buffer[64];

  while (stream_pair_read (pair->near_fd, buffer, sizeof buffer) > 0)
    ;
}

/* The number of the closed socket is given to a new one at once, as busy programs do. */
static void
replace_pair (Pair *pair)
{
  int old = pair->near_fd;
  JumpPollFunc func = pair->func;

  pair_clear (pair);
  pair_init_with (pair, pair->poller, JUMP_POLL_IN, func);
#ifdef G_OS_UNIX
  g_assert_cmpint (pair->near_fd, ==, old);
#else
  (void) old;
#endif
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

void
pair_init (Pair *pair, JumpPoller *poller, JumpPollFlags interest)
{
  pair_init_with (pair, poller, interest, on_pair_ready);
}

#ifdef G_OS_WIN32
/* Whatever is ready, a thread has to see first. When it has seen bytes that come last, and told of them, it
 * has seen the rest, too. */
void
settle (JumpPoller *poller)
{
  guint turns = 0;

  for (guint i = 0; i < 2; i++)
    {
      Pair last;

      pair_init (&last, poller, JUMP_POLL_IN);
      last.drains = TRUE;
      pair_say (&last);
      while (last.calls == 0)
        {
          g_main_context_iteration (NULL, TRUE);
          g_assert_cmpuint (turns++, <, 100);
        }
      pair_clear (&last);
    }
}
#else
/* Turns the loop until nothing is left to do; fails when it spins. */
void
settle (JumpPoller *poller)
{
  guint turns = 0;

  while (g_main_context_iteration (NULL, FALSE))
    g_assert_cmpuint (turns++, <, 100);
}
#endif

void
wait_for_call (Pair *pair)
{
  guint calls = pair->calls;

  while (pair->calls == calls)
    g_main_context_iteration (NULL, TRUE);
}
