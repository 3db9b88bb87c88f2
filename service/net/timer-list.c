/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/net/timer-list.h"

struct _JumpPollTimer
{
  JumpPoller *owner; /* (owned) */
  JumpTimerList *list;
  JumpPollTimerFunc func;
  gpointer user_data;
  gint64 deadline; /* monotonic µs, -1: never */
  guint last_pass;
};

/* A deadline that a callback sets in the past waits for the next pass: the loop must turn. */
static JumpPollTimer *
find_due (JumpTimerList *self, gint64 now, guint pass)
{
  JumpPollTimer *due = NULL;

  for (guint i = 0; i < self->timers->len; i++)
    {
      JumpPollTimer *timer = g_ptr_array_index (self->timers, i);

      if (timer->deadline < 0 || timer->deadline > now || timer->last_pass == pass)
        continue;
      if (due == NULL || timer->deadline < due->deadline)
        due = timer;
    }
  return due;
}

void
jump_timer_list_init (JumpTimerList *self)
{
  self->timers = g_ptr_array_new ();
  self->pass = 0;
}

void
jump_timer_list_clear (JumpTimerList *self)
{
  g_clear_pointer (&self->timers, g_ptr_array_unref);
}

/**
 * jump_timer_list_add:
 * @owner: kept alive until the timer is freed
 */
JumpPollTimer *
jump_timer_list_add (JumpTimerList *self,
                     JumpPoller *owner,
                     JumpPollTimerFunc func,
                     gpointer user_data)
{
  JumpPollTimer *timer = g_new0 (JumpPollTimer, 1);

  timer->owner = jump_poller_ref (owner);
  timer->list = self;
  timer->func = func;
  timer->user_data = user_data;
  timer->deadline = -1;
  timer->last_pass = self->pass;
  g_ptr_array_add (self->timers, timer);
  return timer;
}

/**
 * jump_timer_list_get_timeout:
 *
 * Returns: milliseconds until the first timer is due, rounded up; -1 when none is set
 */
int
jump_timer_list_get_timeout (const JumpTimerList *self)
{
  gint64 first = -1;
  gint64 wait;

  for (guint i = 0; i < self->timers->len; i++)
    {
      const JumpPollTimer *timer = g_ptr_array_index (self->timers, i);

      if (timer->deadline >= 0 && (first < 0 || timer->deadline < first))
        first = timer->deadline;
    }
  if (first < 0)
    return -1;
  wait = first - g_get_monotonic_time ();
  return wait <= 0 ? 0 : (int) MIN ((wait + 999) / 1000, G_MAXINT);
}

/**
 * jump_timer_list_run:
 *
 * Calls what is due, in order of the deadlines, each timer once at most. Callbacks may set, add
 * and free any timer.
 */
void
jump_timer_list_run (JumpTimerList *self)
{
  guint pass = ++self->pass;
  JumpPollTimer *timer;
  gint64 now;

  if (self->timers->len == 0)
    return;
  now = g_get_monotonic_time ();
  while ((timer = find_due (self, now, pass)) != NULL)
    {
      timer->last_pass = pass;
      timer->deadline = -1;
      timer->func (timer->user_data);
    }
}

/**
 * jump_poll_timer_set:
 * @deadline: as g_get_monotonic_time() counts, in µs; one in the past is called in the next turn
 */
void
jump_poll_timer_set (JumpPollTimer *timer, gint64 deadline)
{
  timer->deadline = deadline;
}

/**
 * jump_poll_timer_free:
 *
 * May be called from the timer's own callback.
 */
void
jump_poll_timer_free (JumpPollTimer *timer)
{
  JumpPoller *owner = timer->owner;

  g_ptr_array_remove_fast (timer->list->timers, timer);
  g_free (timer);
  jump_poller_unref (owner);
}
