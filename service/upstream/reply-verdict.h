/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* What an error reply says about our token (protocol 7.2). Pure. */

typedef enum
{
  JUMP_VERDICT_PASS,       /* the client's business */
  JUMP_VERDICT_TOKEN_DEAD, /* renew the token and send again */
  JUMP_VERDICT_WRONG_HOST, /* re-read the endpoints and send again */
  JUMP_VERDICT_OPAQUE,     /* refused without a reason: a new token may help, once */
} JumpReplyVerdict;

JumpReplyVerdict jump_reply_verdict (guint status, const char *body, gsize length);
