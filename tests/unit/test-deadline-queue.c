/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/deadline-queue.h"

#define HOUR_MS     (60u * 60 * 1000)
#define PATIENCE_US (10 * G_USEC_PER_SEC)

typedef struct
{
  JumpPoller *poller;
  JumpDeadlineQueue *queue;
  JumpDeadline deadlines[4];
  GString *due; /* (owned): which, in order */
} Fixture;

static void
on_due (JumpDeadline *deadline, gpointer user_data)
{
  Fixture *fixture = user_data;

  g_string_append_printf (fixture->due, "%d", (int) (deadline - fixture->deadlines));
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->poller = jump_poller_new ();
  fixture->queue = jump_deadline_queue_new (fixture->poller, on_due, fixture);
  fixture->due = g_string_new (NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (fixture->deadlines); i++)
    jump_deadline_stop (&fixture->deadlines[i]);
  jump_deadline_queue_free (fixture->queue);
  jump_poller_unref (fixture->poller);
  g_string_free (fixture->due, TRUE);
}

static void
start (Fixture *fixture, guint index, guint length_ms)
{
  jump_deadline_queue_set_length (fixture->queue, length_ms);
  jump_deadline_start (&fixture->deadlines[index], fixture->queue);
}

/* Only wakes the loop, so that the patience is looked at. */
static gboolean
on_wake_up (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

static void
wait_for (Fixture *fixture, gsize n_due)
{
  gint64 end = g_get_monotonic_time () + PATIENCE_US;
  guint alarm = g_timeout_add_seconds (1, on_wake_up, NULL);

  while (fixture->due->len < n_due)
    {
      g_main_context_iteration (NULL, TRUE);
      g_assert_cmpint (g_get_monotonic_time (), <, end);
    }
  g_source_remove (alarm);
}

static void
test_order (Fixture *fixture, gconstpointer data)
{
  start (fixture, 2, 1);
  start (fixture, 0, 1);
  start (fixture, 1, 1);
  wait_for (fixture, 3);
  g_assert_cmpstr (fixture->due->str, ==, "201");
}

static void
test_never (Fixture *fixture, gconstpointer data)
{
  start (fixture, 0, 0);
  g_assert_null (fixture->deadlines[0].queue);
  start (fixture, 1, 1);
  start (fixture, 2, 1);
  jump_deadline_stop (&fixture->deadlines[1]);
  wait_for (fixture, 1);
  g_assert_cmpstr (fixture->due->str, ==, "2");
}

/* A shorter limit counts at once for what begins now, whatever began before. */
static void
test_shorter_length (Fixture *fixture, gconstpointer data)
{
  start (fixture, 0, HOUR_MS);
  start (fixture, 1, HOUR_MS);
  start (fixture, 2, 1);
  start (fixture, 3, HOUR_MS);
  wait_for (fixture, 1);
  g_assert_cmpstr (fixture->due->str, ==, "2");
  start (fixture, 0, 1);
  start (fixture, 1, 1);
  start (fixture, 3, 1);
  wait_for (fixture, 4);
  g_assert_cmpstr (fixture->due->str, ==, "2013");
}

static void
add (const char *path, void (*func) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, func, tear_down);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  add ("/deadline-queue/order", test_order);
  add ("/deadline-queue/never", test_never);
  add ("/deadline-queue/shorter-length", test_shorter_length);
  return g_test_run ();
}
