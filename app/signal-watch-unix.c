/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "app/signal-watch.h"

#include <glib-unix.h>
#include <signal.h>

struct _JumpSignalWatch
{
  JumpSignalFunc func;
  gpointer user_data;
  guint interrupt_id;
  guint terminate_id;
};

static gboolean
on_signal_received (gpointer user_data)
{
  JumpSignalWatch *self = user_data;

  self->func (self->user_data);
  return G_SOURCE_CONTINUE;
}

/**
 * jump_signal_watch_new:
 * @func: called from the main loop at every signal
 * @user_data: for @func
 *
 * Returns: (transfer full): the watch; without one the signals end the program at once
 */
JumpSignalWatch *
jump_signal_watch_new (JumpSignalFunc func, gpointer user_data)
{
  JumpSignalWatch *self = g_new0 (JumpSignalWatch, 1);

  self->func = func;
  self->user_data = user_data;
  self->interrupt_id = g_unix_signal_add (SIGINT, on_signal_received, self);
  self->terminate_id = g_unix_signal_add (SIGTERM, on_signal_received, self);
  return self;
}

/**
 * jump_signal_watch_free:
 * @self: (transfer full): the watch; must not be called from its own function
 */
void
jump_signal_watch_free (JumpSignalWatch *self)
{
  g_clear_handle_id (&self->interrupt_id, g_source_remove);
  g_clear_handle_id (&self->terminate_id, g_source_remove);
  g_free (self);
}
