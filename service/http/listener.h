/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/net/poller.h"

#include <gio/gio.h>

/* Listening sockets of one port, one for each address (listen-address.h), or one Unix socket. Running
 * out of file descriptors pauses accepting for a second instead of ending it. */

typedef struct _JumpListener JumpListener;
typedef void (*JumpListenerFunc) (GSocket *socket, gpointer user_data);

/* @address: "loopback", "any" or an IP address of this computer. */
JumpListener *jump_listener_new (JumpPoller *poller,
                                 const char *address,
                                 guint16 port,
                                 JumpListenerFunc on_accepted,
                                 gpointer user_data,
                                 GError **error);
JumpListener *jump_listener_new_local (JumpPoller *poller,
                                       const char *path,
                                       JumpListenerFunc on_accepted,
                                       gpointer user_data,
                                       GError **error);
/* At sockets that somebody else opened. */
JumpListener *jump_listener_new_inherited (JumpPoller *poller,
                                           GPtrArray *sockets,
                                           guint16 loopback_port,
                                           JumpListenerFunc on_accepted,
                                           gpointer user_data);
void jump_listener_free (JumpListener *self);
guint16 jump_listener_get_port (JumpListener *self);
guint16 jump_listener_find_free_port (const char *address, guint16 after);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpListener, jump_listener_free)
