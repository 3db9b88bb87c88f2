/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/conversation/exchange-record.h"
#include "service/relay/reply-sink.h"

/* A sink in front of a client's that writes down in a record what passes, up to JUMP_LIMIT_KEPT_REPLY.
 * There is none where nobody wants to see replies. The exchange owns it; what it stands in front of
 * frees itself at its end, as sinks do. */

/* @kept: (inout): bytes that all recorders hold; outlives them. Beyond JUMP_LIMIT_HISTORY_BYTES replies are cut,
 * however many streams there are. Returns: (transfer full): until jump_reply_recorder_free() */
JumpReplySink *
jump_reply_recorder_new (JumpReplySink *client, JumpExchangeRecord *record, gsize *kept);
void jump_reply_recorder_free (JumpReplySink *self);
