/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <gio/gio.h>

/* Tells the main loop what the computer says of its network, once at the start and at every change. */

typedef enum
{
  JUMP_NETWORK_NONE,
  JUMP_NETWORK_PORTAL, /* it wants a sign-in of its own first */
  JUMP_NETWORK_THERE,  /* the computer may be wrong about how far it leads */
} JumpNetwork;

/* @is_same: only the way it leads has changed, as when a tunnel opens. */
typedef void (*JumpNetworkFunc) (JumpNetwork network, gboolean is_same, gpointer user_data);

typedef struct _JumpNetworkWatch JumpNetworkWatch;

/* @monitor: the system's, g_network_monitor_get_default(). */
JumpNetworkWatch *
jump_network_watch_new (GNetworkMonitor *monitor, JumpNetworkFunc func, gpointer user_data);
void jump_network_watch_free (JumpNetworkWatch *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpNetworkWatch, jump_network_watch_free)
