/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "app/network-watch.h"

struct _JumpNetworkWatch
{
  GNetworkMonitor *monitor; /* (owned) */
  JumpNetworkFunc func;
  gpointer user_data;
  gboolean is_online;
};

/* The system tells each route that comes or goes; most of them change nothing. */
static void
on_network_changed (GNetworkMonitor *monitor, gboolean is_available, gpointer user_data)
{
  JumpNetworkWatch *self = user_data;

  if (is_available == self->is_online)
    return;
  self->is_online = is_available;
  self->func (is_available, self->user_data);
}

/**
 * jump_network_watch_new:
 * @monitor: whom to ask
 * @func: called at once, and when the answer is another one
 * @user_data: for @func
 *
 * Returns: (transfer full): the watch
 */
JumpNetworkWatch *
jump_network_watch_new (GNetworkMonitor *monitor, JumpNetworkFunc func, gpointer user_data)
{
  JumpNetworkWatch *self = g_new0 (JumpNetworkWatch, 1);

  self->monitor = g_object_ref (monitor);
  self->func = func;
  self->user_data = user_data;
  self->is_online = g_network_monitor_get_network_available (monitor);
  g_signal_connect (monitor, "network-changed", G_CALLBACK (on_network_changed), self);
  func (self->is_online, user_data);
  return self;
}

/**
 * jump_network_watch_free:
 * @self: (transfer full): the watch
 */
void
jump_network_watch_free (JumpNetworkWatch *self)
{
  g_signal_handlers_disconnect_by_data (self->monitor, self);
  g_clear_object (&self->monitor);
  g_free (self);
}
