/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/http/connection-budget.h"
#include "service/http/tls-identity.h"
#include "service/net/poller.h"

#include <gio/gio.h>

/* Accepted sockets until they are encrypted. GIO shakes hands in threads that it has few of and others
 * need, so only some do it at once, and nobody who has not said a word; who takes long while others
 * wait is cut. A failure costs only that connection. */

typedef struct _JumpTlsDesk JumpTlsDesk;
/* @tls: (transfer none): encrypted; @socket below it. */
typedef void (*JumpTlsDeskFunc) (GSocket *socket, GIOStream *tls, gpointer user_data);

/* @identity: (transfer full) */
JumpTlsDesk *jump_tls_desk_new (JumpPoller *poller,
                                JumpTlsIdentity *identity,
                                JumpConnectionBudget *budget,
                                JumpTlsDeskFunc on_ready,
                                gpointer user_data);
/* Cuts all that are not ready. */
void jump_tls_desk_free (JumpTlsDesk *self);
void jump_tls_desk_set_time (JumpTlsDesk *self, guint milliseconds);
void jump_tls_desk_take (JumpTlsDesk *self, GSocket *socket);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpTlsDesk, jump_tls_desk_free)
