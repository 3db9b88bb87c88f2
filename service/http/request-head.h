/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <libsoup/soup.h>

/* The head of a request (RFC 9112 2 to 6): its syntax is checked first (head-syntax.h), then libsoup
 * parses it, and its framing is judged here. Pure.
 * Framing that two programs could read in two ways (both lengths, a length twice, an unknown
 * transfer coding) is refused, not guessed. */

typedef struct
{
  char *method; /* (owned) */
  char *path;   /* (owned): decoded, without the query */
  char *query;  /* (owned) (nullable): as it came, without "?"; a key may stand in it */
  SoupMessageHeaders *headers; /* (owned) */
  gboolean is_http10;
  gboolean keep_alive;
  gboolean is_chunked;
  gboolean expects_continue;
  gsize content_length;
} JumpRequestHead;

/* The number of bytes of the head, its empty line included, or 0 when it is not there whole. */
gsize jump_request_head_find_end (const char *data, gsize length, gsize from);

/* @data, @length: the head with its empty line. @max_fields: header fields that there may be. Returns: 0, or the status to refuse the request
 * with; @out_reason: (out) (transfer none): one sentence. Whatever comes back, clear @self. */
guint jump_request_head_parse (JumpRequestHead *self,
                               const char *data,
                               gsize length,
                               guint max_fields,
                               const char **out_reason);
void jump_request_head_clear (JumpRequestHead *self);
