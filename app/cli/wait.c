/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "app/cli/wait.h"

static gboolean
on_limit_reached (gpointer user_data)
{
  JumpWait *self = user_data;

  self->limit_id = 0;
  g_cancellable_cancel (self->cancellable);
  return G_SOURCE_REMOVE;
}

/**
 * jump_wait_init:
 * @self: what to wait with, on the stack
 * @limit_seconds: after this the call is cancelled; 0: never
 */
void
jump_wait_init (JumpWait *self, guint limit_seconds)
{
  self->cancellable = g_cancellable_new ();
  self->result = NULL;
  self->limit_id =
      limit_seconds == 0 ? 0 : g_timeout_add_seconds (limit_seconds, on_limit_reached, self);
}

/**
 * jump_wait_clear:
 * @self: done with
 */
void
jump_wait_clear (JumpWait *self)
{
  g_clear_handle_id (&self->limit_id, g_source_remove);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->result);
}

/**
 * jump_wait_on_done:
 * @source: (nullable): unused
 * @result: what the call's finish function needs
 * @user_data: the JumpWait
 *
 * The callback to hand to the asynchronous call.
 */
void
jump_wait_on_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  JumpWait *self = user_data;

  g_set_object (&self->result, result);
}

/**
 * jump_wait_for_result:
 * @self: whose callback was handed to a call
 *
 * Returns: (transfer none): the call's result
 */
GAsyncResult *
jump_wait_for_result (JumpWait *self)
{
  while (self->result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_clear_handle_id (&self->limit_id, g_source_remove);
  return self->result;
}
