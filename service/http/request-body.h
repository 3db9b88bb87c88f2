/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/http/chunk-decoder.h"
#include "service/http/client-socket.h"
#include "service/http/connection-budget.h"

/* The body of a request while it is read: with its length known, straight from the socket into the place
 * where it stays; in chunks otherwise. Too much of it is seen as soon as it is there. */

typedef struct
{
  JumpConnectionBudget *budget; /* (unowned): counts the bytes of all; NULL before it begins */
  char *data;                   /* (owned) (nullable) */
  gsize length;
  gsize room;
  gsize counted;  /* bytes taken from the budget */
  gsize expected; /* the Content-Length */
  gsize limit;
  gint64 started; /* monotonic µs */
  gboolean is_chunked;
  JumpChunkDecoder chunks;
} JumpRequestBody;

typedef enum
{
  JUMP_BODY_GO_ON, /* nothing more is there now */
  JUMP_BODY_WHOLE,
  JUMP_BODY_LOST,      /* the client is gone */
  JUMP_BODY_BROKEN,    /* its chunks make no sense */
  JUMP_BODY_TOO_LARGE, /* over the limit */
  JUMP_BODY_NO_ROOM,   /* the bodies of all take too much memory */
} JumpBodyStep;

/* @self: zero-initialised. @expected: ignored for chunks. */
void jump_request_body_begin (JumpRequestBody *self,
                              JumpConnectionBudget *budget,
                              gsize limit,
                              gboolean is_chunked,
                              gsize expected);
/* Bytes that were read behind the head; what is not the body's goes back to @socket. */
JumpBodyStep jump_request_body_take (JumpRequestBody *self,
                                     JumpClientSocket *socket,
                                     const char *data,
                                     gsize length);
JumpBodyStep jump_request_body_read (JumpRequestBody *self, JumpClientSocket *socket);
/* Is it worth waiting for? */
gboolean jump_request_body_keeps_pace (const JumpRequestBody *self, gint64 now);
/* Returns: (transfer full): all of it, also when it never began */
GBytes *jump_request_body_finish (JumpRequestBody *self);
void jump_request_body_clear (JumpRequestBody *self);
