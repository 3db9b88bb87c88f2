/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/conversation/part.h"
#include "service/conversation/stop-reason.h"
#include "service/conversation/usage-count.h"

/* What a model answered, whole, in no dialect's words. */

typedef struct
{
  char *id;         /* (owned) (nullable): upstream's */
  char *model;      /* (owned) (nullable): upstream's name of it */
  GPtrArray *parts; /* (owned) (element-type JumpPart) */
  JumpStopReason stop_reason;
  char *stop_sequence; /* (owned) (nullable) */
  JumpUsageCount usage;
} JumpReply;

JumpReply *jump_reply_new (void);
void jump_reply_free (JumpReply *self);
JumpPart *jump_reply_add (JumpReply *self, JumpPart *part); /* takes @part, returns it */
gboolean jump_reply_has_tool_calls (const JumpReply *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpReply, jump_reply_free)
