/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/openai-responses-queue.h"

struct _JumpResponsesWaiting
{
  gint64 index;
  GBytes *name; /* (owned) */
  GBytes *data; /* (owned) */
};

/**
 * jump_responses_queue_init:
 * @self: (out caller-allocates): empty
 * @max_size: bytes that may wait
 */
void
jump_responses_queue_init (JumpResponsesQueue *self, gsize max_size)
{
  self->max_size = max_size;
  g_queue_init (&self->events);
  self->size = 0;
}

/**
 * jump_responses_queue_clear:
 * @self: a queue
 */
void
jump_responses_queue_clear (JumpResponsesQueue *self)
{
  g_queue_clear_full (&self->events, (GDestroyNotify) jump_responses_waiting_free);
  self->size = 0;
}

/**
 * jump_responses_queue_push:
 * @self: a queue
 * @index: position of the item that @event belongs to
 * @event: comes last
 *
 * Returns: whether it was taken
 */
gboolean
jump_responses_queue_push (JumpResponsesQueue *self, gint64 index, const JumpSseEvent *event)
{
  JumpResponsesWaiting *waiting;

  if (self->size + event->data_length > self->max_size)
    return FALSE;
  waiting = g_new0 (JumpResponsesWaiting, 1);
  waiting->index = index;
  waiting->name = g_bytes_new (event->event, event->event == NULL ? 0 : event->event_length);
  waiting->data = g_bytes_new (event->data, event->data_length);
  self->size += event->data_length;
  g_queue_push_tail (&self->events, waiting);
  return TRUE;
}

/**
 * jump_responses_queue_peek:
 * @self: a queue
 *
 * Returns: position of the item that comes next, -1 when nothing waits
 */
gint64
jump_responses_queue_peek (const JumpResponsesQueue *self)
{
  const JumpResponsesWaiting *first = g_queue_peek_head ((GQueue *) &self->events);

  return first == NULL ? -1 : first->index;
}

/**
 * jump_responses_queue_pop:
 * @self: a queue
 * @index: position of an item
 *
 * Returns: (transfer full) (nullable): the oldest event of that item
 */
JumpResponsesWaiting *
jump_responses_queue_pop (JumpResponsesQueue *self, gint64 index)
{
  for (GList *link = self->events.head; link != NULL; link = link->next)
    {
      JumpResponsesWaiting *waiting = link->data;

      if (waiting->index != index)
        continue;
      self->size -= g_bytes_get_size (waiting->data);
      g_queue_delete_link (&self->events, link);
      return waiting;
    }
  return NULL;
}

/**
 * jump_responses_waiting_get:
 * @self: an event that was taken out
 * @out_event: (out): points into @self
 */
void
jump_responses_waiting_get (const JumpResponsesWaiting *self, JumpSseEvent *out_event)
{
  out_event->event = g_bytes_get_data (self->name, &out_event->event_length);
  out_event->data = g_bytes_get_data (self->data, &out_event->data_length);
}

void
jump_responses_waiting_free (JumpResponsesWaiting *self)
{
  g_bytes_unref (self->name);
  g_bytes_unref (self->data);
  g_free (self);
}
