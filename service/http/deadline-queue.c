/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/deadline-queue.h"

struct _JumpDeadlineQueue
{
  JumpPollTimer *timer; /* (owned) */
  GQueue waiting;       /* (element-type JumpDeadline), soonest first */
  gint64 length;        /* µs */
  JumpDeadlineFunc on_due;
  gpointer user_data;
};

static void
arm_timer (JumpDeadlineQueue *self)
{
  JumpDeadline *next = g_queue_peek_head (&self->waiting);

  jump_poll_timer_set (self->timer, next != NULL ? next->at : -1);
}

static void
on_timer_due (gpointer user_data)
{
  JumpDeadlineQueue *self = user_data;
  gint64 now = g_get_monotonic_time ();
  JumpDeadline *deadline;

  while ((deadline = g_queue_peek_head (&self->waiting)) != NULL && deadline->at <= now)
    {
      jump_deadline_stop (deadline);
      self->on_due (deadline, self->user_data);
    }
  arm_timer (self);
}

/* From the end, where it belongs unless the length was made shorter meanwhile. */
static void
insert_sorted (GQueue *waiting, JumpDeadline *deadline)
{
  GList *before = waiting->tail;

  while (before != NULL && ((JumpDeadline *) before->data)->at > deadline->at)
    before = before->prev;
  if (before == NULL)
    g_queue_push_head_link (waiting, &deadline->link);
  else
    g_queue_insert_after_link (waiting, before, &deadline->link);
}

/**
 * jump_deadline_queue_new:
 * @poller: whose timer to use
 * @on_due: called for each deadline that passed; may free what it is embedded in
 * @user_data: for @on_due
 *
 * Returns: (transfer full): a queue; free it after everything in it was stopped
 */
JumpDeadlineQueue *
jump_deadline_queue_new (JumpPoller *poller, JumpDeadlineFunc on_due, gpointer user_data)
{
  JumpDeadlineQueue *self = g_new0 (JumpDeadlineQueue, 1);

  self->timer = jump_poller_timer_new (poller, on_timer_due, self);
  self->on_due = on_due;
  self->user_data = user_data;
  g_queue_init (&self->waiting);
  return self;
}

void
jump_deadline_queue_free (JumpDeadlineQueue *self)
{
  g_assert (g_queue_is_empty (&self->waiting));
  jump_poll_timer_free (self->timer);
  g_free (self);
}

/**
 * jump_deadline_queue_set_length:
 * @self: a queue
 * @milliseconds: how long from jump_deadline_start() on; 0: never
 *
 * Deadlines that run already keep their time.
 */
void
jump_deadline_queue_set_length (JumpDeadlineQueue *self, guint milliseconds)
{
  self->length = (gint64) milliseconds * 1000;
}

/**
 * jump_deadline_start:
 * @deadline: not waiting, or waiting anywhere: it starts anew
 * @queue: where to wait
 */
void
jump_deadline_start (JumpDeadline *deadline, JumpDeadlineQueue *queue)
{
  jump_deadline_stop (deadline);
  if (queue->length == 0)
    return;
  deadline->at = g_get_monotonic_time () + queue->length;
  deadline->queue = queue;
  deadline->link.data = deadline;
  insert_sorted (&queue->waiting, deadline);
  if (queue->waiting.head == &deadline->link)
    arm_timer (queue);
}

void
jump_deadline_stop (JumpDeadline *deadline)
{
  JumpDeadlineQueue *queue = g_steal_pointer (&deadline->queue);

  if (queue == NULL)
    return;
  g_queue_unlink (&queue->waiting, &deadline->link);
  /* A timer that goes off early finds nothing due and is armed again: cheaper than arming at
   * every stop. Only an empty queue must be silent. */
  if (g_queue_is_empty (&queue->waiting))
    jump_poll_timer_set (queue->timer, -1);
}
