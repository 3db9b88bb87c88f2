/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/clock.h"
#include "service/simulator/planned-reply.h"

#include <gio/gio.h>

/* Sends one planned reply on a connection taken from the server, piece by piece, and notices
 * within one main loop turn when the reader leaves. Writes never block; the next piece waits until
 * the last one is out, so a reader that stops reading stops the stream. */

typedef struct _JumpReplySender JumpReplySender;

typedef enum
{
  JUMP_SENDER_DONE, /* all sent, the connection is in order */
  JUMP_SENDER_CUT,  /* hung up as planned */
  JUMP_SENDER_LEFT, /* the reader went away */
} JumpSenderOutcome;

/* Called once; the sender is freed by its owner, in the callback if it likes. */
typedef void (*JumpReplySenderFunc) (JumpReplySender *sender,
                                     JumpSenderOutcome outcome,
                                     gpointer user_data);

/* @reply: (transfer full) */
JumpReplySender *jump_reply_sender_new (JumpClock *clock,
                                        GSocketConnection *connection,
                                        JumpPlannedReply *reply,
                                        gboolean keep_alive,
                                        JumpReplySenderFunc func,
                                        gpointer user_data);
void jump_reply_sender_free (JumpReplySender *self);
void jump_reply_sender_start (JumpReplySender *self);
GSocketConnection *jump_reply_sender_get_connection (JumpReplySender *self);
gboolean jump_reply_sender_get_keep_alive (JumpReplySender *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpReplySender, jump_reply_sender_free)
