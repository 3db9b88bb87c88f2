/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <libsoup/soup.h>

/* Accepts connections on 127.0.0.1 and hands them to a SoupServer. libsoup 3.2 could listen itself,
 * but forgets to free the socket of every connection it accepts. */

typedef struct _JumpLoopbackListener JumpLoopbackListener;

/* @port: 0 takes a free one. */
JumpLoopbackListener *jump_loopback_listener_new (SoupServer *server, guint16 port, GError **error);
void jump_loopback_listener_free (JumpLoopbackListener *self);
guint16 jump_loopback_listener_get_port (JumpLoopbackListener *self);
void jump_loopback_hand_over (SoupServer *server, GSocketConnection *connection);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpLoopbackListener, jump_loopback_listener_free)
