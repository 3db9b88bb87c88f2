/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/net/socket-sets-windows.h"

/* A thread that waits for sockets and wakes a main loop, which on Windows cannot do so itself: its
 * handles are events, and an event tells of a socket once. It reports that there is something, not
 * what, and rests until it is told what to wait for next; whoever was woken asks select() himself,
 * with what he wants by then. So what is ready stays ready until somebody deals with it, and
 * sockets may be closed while the thread waits for them: the worst is a report of nothing.
 * Private to the poller. */

typedef struct _JumpSocketWaiter JumpSocketWaiter;

JumpSocketWaiter *jump_socket_waiter_new (GMainContext *context);
void jump_socket_waiter_free (JumpSocketWaiter *self);
void
jump_socket_waiter_wait_for (JumpSocketWaiter *self, const JumpSocketSets *sets, int timeout_ms);
gboolean jump_socket_waiter_has_report (JumpSocketWaiter *self);
gboolean jump_socket_waiter_take_report (JumpSocketWaiter *self);
