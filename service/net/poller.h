/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* All sockets of the hot path in one place: one epoll set behind one GSource (poller-epoll.c), so
 * that a turn of the main loop costs the same with ten sockets and with a thousand; select() in a
 * thread on Windows (poller-windows.c), a plain GSource per socket elsewhere (poller-gsource.c). Belongs to the thread-default main context it
 * was created in. Reference counted. Callbacks may add, change and remove any watch, their own
 * included; a removed watch is never called again, events already collected included. */

typedef enum
{
  JUMP_POLL_IN = 1 << 0,
  JUMP_POLL_OUT = 1 << 1,
  JUMP_POLL_HANGUP =
      1 << 2,              /* the peer closed its end (EPOLLRDHUP, EPOLLHUP) or the socket failed */
  JUMP_POLL_EDGE = 1 << 3, /* registration only: report changes once (EPOLLET). The other
                              * versions report level-triggered; users must cope with both */
} JumpPollFlags;

typedef struct _JumpPoller JumpPoller;
typedef struct _JumpPollWatch JumpPollWatch;
typedef struct _JumpPollTimer JumpPollTimer;

typedef void (*JumpPollFunc) (JumpPollFlags ready, gpointer user_data);
typedef void (*JumpPollTimerFunc) (gpointer user_data);

JumpPoller *jump_poller_new (void);
JumpPoller *jump_poller_ref (JumpPoller *self);
void jump_poller_unref (JumpPoller *self);

/* @fd is a socket (a SOCKET on Windows); it is not closed by the poller. */
JumpPollWatch *jump_poller_add (JumpPoller *self,
                                int fd,
                                JumpPollFlags interest,
                                JumpPollFunc func,
                                gpointer user_data);
void jump_poll_watch_set_interest (JumpPollWatch *watch, JumpPollFlags interest);
void jump_poll_watch_remove (JumpPollWatch *watch);

/* Timers are meant for few long-lived users (a queue of deadlines each), not one per stream. */
JumpPollTimer *jump_poller_timer_new (JumpPoller *self, JumpPollTimerFunc func, gpointer user_data);
/* @deadline: monotonic time in µs at which to call once, or -1 for never. */
void jump_poll_timer_set (JumpPollTimer *timer, gint64 deadline);
void jump_poll_timer_free (JumpPollTimer *timer);

/* Calls @func once before the loop polls again: coalesces writes of one turn. The same
 * (func, user_data) pair is queued once. */
void jump_poller_defer (JumpPoller *self, JumpPollTimerFunc func, gpointer user_data);
void jump_poller_cancel_deferred (JumpPoller *self, JumpPollTimerFunc func, gpointer user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpPoller, jump_poller_unref)
