/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/net/poller.h"

/* Many deadlines of the same length with one timer: what is added last falls due last, so keeping
 * them in order costs nothing. */

typedef struct _JumpDeadlineQueue JumpDeadlineQueue;

/* Embedded in whoever has a deadline; zero-initialised means "not waiting". */
typedef struct
{
  GList link;
  gint64 at; /* monotonic µs */
  JumpDeadlineQueue *queue;
} JumpDeadline;

typedef void (*JumpDeadlineFunc) (JumpDeadline *deadline, gpointer user_data);

JumpDeadlineQueue *
jump_deadline_queue_new (JumpPoller *poller, JumpDeadlineFunc on_due, gpointer user_data);
void jump_deadline_queue_free (JumpDeadlineQueue *self);
void jump_deadline_queue_set_length (JumpDeadlineQueue *self, guint milliseconds);

void jump_deadline_start (JumpDeadline *deadline, JumpDeadlineQueue *queue);
void jump_deadline_stop (JumpDeadline *deadline);
