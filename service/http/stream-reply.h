/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/http/client-connection.h"
#include "service/relay/reply-sink.h"

/* A reply on its way to a client: the JumpReplySink of this server. Writes of one turn of the loop
 * leave in one send, as one chunk (RFC 9112 7.1). Frees itself when it is over: after end or abort
 * it must not be used any more. */

typedef struct _JumpStreamReply JumpStreamReply;

typedef struct
{
  gboolean is_http10;        /* no chunks: the end of the connection is the end of the body */
  gboolean is_head;          /* the head only */
  gboolean keep_alive;       /* the client will ask again */
  gboolean request_was_read; /* the request's body was taken from the wire */
  const char *head_lines;    /* (nullable): more "Name: value\r\n"; lives as long as the reply */
} JumpStreamReplyOptions;

/* Called once, just before the reply frees itself: @complete when all of it was sent. */
typedef void (*JumpStreamReplyDoneFunc) (guint status,
                                         guint64 bytes,
                                         gboolean complete,
                                         gpointer user_data);

JumpReplySink *jump_stream_reply_new (JumpClientConnection *connection,
                                      const JumpStreamReplyOptions *options,
                                      JumpStreamReplyDoneFunc on_done,
                                      gpointer user_data);
