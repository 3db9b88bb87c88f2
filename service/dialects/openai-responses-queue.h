/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/sse/sse-parser.h"

/* Events that came too early: they belong to another output item than the one whose parts are just being
 * said, and parts must not overlap. Empty for every upstream that finishes one item after the other. */

typedef struct
{
  GQueue events; /* (owned) (element-type Waiting) */
  gsize size;    /* bytes in all */
  gsize max_size;
} JumpResponsesQueue;

void jump_responses_queue_init (JumpResponsesQueue *self, gsize max_size);
void jump_responses_queue_clear (JumpResponsesQueue *self);
/* Copies @event. Returns: FALSE when there is no room for it. */
gboolean
jump_responses_queue_push (JumpResponsesQueue *self, gint64 index, const JumpSseEvent *event);
/* The item of the oldest event, -1 for none. */
gint64 jump_responses_queue_peek (const JumpResponsesQueue *self);
/* Takes the oldest event of item @index out. Returns: (transfer full) (nullable): its data; an event's name
 * and data for jump_responses_queue_event_get() */
typedef struct _JumpResponsesWaiting JumpResponsesWaiting;
JumpResponsesWaiting *jump_responses_queue_pop (JumpResponsesQueue *self, gint64 index);
void jump_responses_waiting_get (const JumpResponsesWaiting *self, JumpSseEvent *out_event);
void jump_responses_waiting_free (JumpResponsesWaiting *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpResponsesWaiting, jump_responses_waiting_free)
