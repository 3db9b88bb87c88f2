/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* The header of one reply, collected line by line and kept as one piece of memory. Interim replies
 * (1xx) are forgotten. Private to the HTTP client. */

typedef struct
{
  GString *fields; /* (owned) (nullable) name NUL value NUL, again and again */
  gsize received;  /* bytes of all header lines, interim replies included */
  guint status;    /* 0: no status line yet */
  gboolean is_complete;
} JumpReplyHeaders;

void jump_reply_headers_clear (JumpReplyHeaders *self);
gboolean jump_reply_headers_add_line (JumpReplyHeaders *self, const char *line, gsize length);
const char *jump_reply_headers_get (const JumpReplyHeaders *self, const char *name);
gboolean jump_reply_headers_next (const JumpReplyHeaders *self,
                                  gsize *position,
                                  const char **out_name,
                                  const char **out_value);
