/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/net/deferred-queue.h"

typedef struct
{
  JumpPollTimerFunc func; /* NULL: cancelled */
  gpointer user_data;
} JumpDeferredCall;

/* Backwards: a stream that has several things to say in one turn asks several times in a row. */
static JumpDeferredCall *
find_call (JumpDeferredQueue *self, JumpPollTimerFunc func, gpointer user_data)
{
  for (guint i = self->calls->len; i > self->first; i--)
    {
      JumpDeferredCall *call = &g_array_index (self->calls, JumpDeferredCall, i - 1);

      if (call->user_data == user_data && call->func == func)
        return call;
    }
  return NULL;
}

void
jump_deferred_queue_init (JumpDeferredQueue *self)
{
  self->calls = g_array_new (FALSE, FALSE, sizeof (JumpDeferredCall));
  self->first = 0;
  self->depth = 0;
}

void
jump_deferred_queue_clear (JumpDeferredQueue *self)
{
  g_clear_pointer (&self->calls, g_array_unref);
}

void
jump_deferred_queue_add (JumpDeferredQueue *self, JumpPollTimerFunc func, gpointer user_data)
{
  JumpDeferredCall call = { func, user_data };

  if (find_call (self, func, user_data) == NULL)
    g_array_append_val (self->calls, call);
}

void
jump_deferred_queue_remove (JumpDeferredQueue *self, JumpPollTimerFunc func, gpointer user_data)
{
  JumpDeferredCall *call = find_call (self, func, user_data);

  if (call != NULL)
    call->func = NULL;
}

/**
 * jump_deferred_queue_run:
 *
 * Makes the calls that are queued now, in order.
 *
 * Returns: %FALSE when there were none
 */
gboolean
jump_deferred_queue_run (JumpDeferredQueue *self)
{
  guint end = self->calls->len;

  if (self->first == end)
    return FALSE;
  self->depth++;
  while (self->first < end)
    {
      JumpDeferredCall call = g_array_index (self->calls, JumpDeferredCall, self->first);

      self->first++;
      if (call.func != NULL)
        call.func (call.user_data);
    }
  self->depth--;
  /* an outer pass counts on the positions */
  if (self->depth == 0)
    {
      g_array_remove_range (self->calls, 0, self->first);
      self->first = 0;
    }
  return TRUE;
}
