/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/conversation/reply-event.h"

/* Watches the promises of reply-event.h about the order of events and what they carry. */

typedef struct
{
  gboolean has_started;
  gboolean has_stopped;
  gboolean has_failed;
  gboolean has_ended;
  gboolean is_in_part;
  JumpPartKind part;
  gboolean has_state;
  const char *problem; /* (nullable): the first broken promise */
} JumpEventOrder;

void jump_event_order_watch (JumpEventOrder *self, const JumpReplyEvent *event);
