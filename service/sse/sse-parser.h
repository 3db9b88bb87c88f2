/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* Bytes to server-sent events, incremental, across any split of the bytes. Follows the "Server-sent
 * events" section of the HTML standard: CR, LF and CRLF line ends, a BOM at the start, comments,
 * several data lines joined by LF. No network, no JSON. An event that arrives whole inside one push
 * is handed out without copying.
 * Jumpseat's addition: an event without the final empty line is handed out by _finish(). */

typedef struct
{
  const char *event; /* (nullable) not terminated: use event_length */
  gsize event_length;
  const char *data; /* not terminated: use data_length */
  gsize data_length;
} JumpSseEvent;

/* Valid only during the call. Return FALSE to stop parsing (the push then returns TRUE early). */
typedef gboolean (*JumpSseEventFunc) (const JumpSseEvent *event, gpointer user_data);
/* @text: a comment line without its colon. */
typedef void (*JumpSseCommentFunc) (const char *text, gsize length, gpointer user_data);

typedef struct _JumpSseParser JumpSseParser;

JumpSseParser *jump_sse_parser_new (gsize max_event,
                                    JumpSseEventFunc on_event,
                                    JumpSseCommentFunc on_comment,
                                    gpointer user_data);
void jump_sse_parser_free (JumpSseParser *self);
gboolean
jump_sse_parser_push (JumpSseParser *self, const char *bytes, gsize length, GError **error);
gboolean jump_sse_parser_finish (JumpSseParser *self, GError **error);
gsize jump_sse_parser_get_pending (const JumpSseParser *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpSseParser, jump_sse_parser_free)
