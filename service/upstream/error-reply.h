/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/net/http-client.h"

/* An upstream error, collected whole: somebody has to look at it before it may go on, and by then
 * its transfer is gone. */

typedef struct
{
  guint status;
  GPtrArray *headers; /* (owned) (element-type utf8): name, value, name, value … */
  GByteArray *body;   /* (owned) */
} JumpErrorReply;

JumpErrorReply *jump_error_reply_new (JumpHttpTransfer *transfer, guint status);
void jump_error_reply_free (JumpErrorReply *self);
/* FALSE: the limit is reached, and what is over it was left out. */
gboolean jump_error_reply_append (JumpErrorReply *self, const char *data, gsize length);
const char *jump_error_reply_get_header (const JumpErrorReply *self, const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpErrorReply, jump_error_reply_free)
