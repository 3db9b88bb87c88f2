/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <gio/gio.h>

/* Tells the main loop whether the computer has a network, once at the start and at every change. */

typedef void (*JumpNetworkFunc) (gboolean is_online, gpointer user_data);

typedef struct _JumpNetworkWatch JumpNetworkWatch;

/* @monitor: the system's, g_network_monitor_get_default(). */
JumpNetworkWatch *
jump_network_watch_new (GNetworkMonitor *monitor, JumpNetworkFunc func, gpointer user_data);
void jump_network_watch_free (JumpNetworkWatch *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpNetworkWatch, jump_network_watch_free)
