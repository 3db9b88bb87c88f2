/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/conversation/reply-event.h"

/* The opposite of jump_reply_foreach_event(): collects events into a whole reply. */

typedef struct _JumpReplyBuilder JumpReplyBuilder;

JumpReplyBuilder *jump_reply_builder_new (void);
void jump_reply_builder_free (JumpReplyBuilder *self);
void jump_reply_builder_event (JumpReplyBuilder *self, const JumpReplyEvent *event);
/* (nullable): what a FAILURE said */
const JumpFailure *jump_reply_builder_get_failure (const JumpReplyBuilder *self);
/* Returns: (transfer full): what came so far; the builder is empty afterwards. */
JumpReply *jump_reply_builder_finish (JumpReplyBuilder *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpReplyBuilder, jump_reply_builder_free)
