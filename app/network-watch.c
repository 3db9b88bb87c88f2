/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "app/network-watch.h"

struct _JumpNetworkWatch
{
  GNetworkMonitor *monitor; /* (owned) */
  JumpNetworkFunc func;
  gpointer user_data;
  JumpNetwork network;
};

static JumpNetwork
read_network (GNetworkMonitor *monitor)
{
  if (!g_network_monitor_get_network_available (monitor))
    return JUMP_NETWORK_NONE;
  return g_network_monitor_get_connectivity (monitor) == G_NETWORK_CONNECTIVITY_PORTAL
             ? JUMP_NETWORK_PORTAL
             : JUMP_NETWORK_THERE;
}

static void
look (JumpNetworkWatch *self)
{
  JumpNetwork before = self->network;

  self->network = read_network (self->monitor);
  self->func (self->network, self->network == before, self->user_data);
}

static void
on_network_changed (GNetworkMonitor *monitor, gboolean is_available, gpointer user_data)
{
  look (user_data);
}

static void
on_connectivity_changed (GNetworkMonitor *monitor, GParamSpec *spec, gpointer user_data)
{
  look (user_data);
}

/**
 * jump_network_watch_new:
 * @monitor: whom to ask
 * @func: called at once, and with each change
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
  self->network = read_network (monitor);
  g_signal_connect (monitor, "network-changed", G_CALLBACK (on_network_changed), self);
  g_signal_connect (monitor, "notify::connectivity", G_CALLBACK (on_connectivity_changed), self);
  func (self->network, FALSE, user_data);
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
