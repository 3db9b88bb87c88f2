/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "tests/unit/poller-stage.h"
#include "tests/unit/stream-pair.h"

/* Sockets whose watchers want now this, now that, while answers come from another thread: each asks for the
 * next byte when it has read one, so that one forgotten byte is the last. */

#define N_PAIRS    12
#define BYTES_EACH 400
#define TIME_LIMIT (60 * G_USEC_PER_SEC)
#define TICK_MS    500

typedef struct
{
  Pair pair;
  GAsyncQueue *asked; /* (unowned) */
  JumpPollFlags next; /* wanted at the end of the turn */
  guint n_read;
} Reader;

static void
on_turn_ended (gpointer user_data)
{
  Reader *reader = user_data;

  jump_poll_watch_set_interest (reader->pair.watch, reader->next);
}

/* Now and then nothing is wanted until the turn is over, as between two requests, or writing as well. */
static void
on_reader_ready (JumpPollFlags ready, gpointer user_data)
{
  Reader *reader = user_data;
  char byte;

  reader->pair.calls++;
  if ((ready & JUMP_POLL_IN) != 0 && stream_pair_read (reader->pair.near_fd, &byte, 1) == 1)
    {
      reader->n_read++;
      g_async_queue_push (reader->asked, reader);
    }
  reader->next = reader->pair.calls % 5 == 0 ? JUMP_POLL_IN | JUMP_POLL_OUT : JUMP_POLL_IN;
  if (reader->pair.calls % 3 == 0)
    jump_poll_watch_set_interest (reader->pair.watch, 0);
  jump_poller_defer (reader->pair.poller, on_turn_ended, reader);
}

static gpointer
answer_in_thread (gpointer user_data)
{
  GAsyncQueue *asked = user_data;

  for (guint i = 0; i < N_PAIRS * BYTES_EACH; i++)
    {
      Reader *reader = g_async_queue_pop (asked);

      pair_say (&reader->pair);
    }
  return NULL;
}

static gboolean
on_tick (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

static guint
count_bytes (const Reader *readers)
{
  guint n_bytes = 0;

  for (guint i = 0; i < N_PAIRS; i++)
    n_bytes += readers[i].n_read;
  return n_bytes;
}

static void
test_while_answers_come (void)
{
  g_autoptr (JumpPoller) poller = jump_poller_new ();
  g_autoptr (GAsyncQueue) asked = g_async_queue_new ();
  Reader readers[N_PAIRS] = { 0 };
  gint64 end = g_get_monotonic_time () + TIME_LIMIT;
  guint tick = g_timeout_add (TICK_MS, on_tick, NULL);
  GThread *thread = g_thread_new ("answers", answer_in_thread, asked);

  for (guint i = 0; i < N_PAIRS; i++)
    {
      pair_init_with (&readers[i].pair, poller, JUMP_POLL_IN, on_reader_ready);
      readers[i].asked = asked;
      g_async_queue_push (asked, &readers[i]);
    }
  while (count_bytes (readers) < N_PAIRS * BYTES_EACH && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (count_bytes (readers), ==, N_PAIRS * BYTES_EACH);
  g_thread_join (thread);
  for (guint i = 0; i < N_PAIRS; i++)
    {
      jump_poller_cancel_deferred (poller, on_turn_ended, &readers[i]);
      pair_clear (&readers[i].pair);
    }
  g_source_remove (tick);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/poller-changes/while-answers-come", test_while_answers_come);
  return g_test_run ();
}
