/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/dialects/dialect.h"
#include "service/relay/reply-sink.h"
#include "service/upstream/upstream-client.h"

/* The way of one reply: takes upstream's bytes, sends them through a pipe and hands what comes out to the
 * sink, with a brake. Verbatim or translated is the pipe's matter. Error replies never get here. */

typedef struct _JumpReplyLane JumpReplyLane;

typedef struct
{
  const JumpDialect *client;
  const char *request_id;
  const char *route;   /* for the reply's headers */
  const char *changes; /* made to the request */
  gboolean stream;     /* the client asked for one */
  /* Nothing is written before the client gets something that a second try would repeat, so that an
   * early failure can be hidden by another try (protocol 6.1); silence is filled with signs of life. */
  gboolean is_patient;
  const JumpDialect *upstream;
  /* Returns: (transfer full): for a stream that has begun, when upstream sends a whole reply all the same */
  JumpEncoder *(*new_encoder) (gpointer owner);
  gpointer owner;
  gsize event_bytes;      /* the largest of upstream's events */
  gsize reply_bytes;      /* the largest reply that is no stream */
  gboolean shows_credits; /* an event stream ends with a comment that tells what it cost */
} JumpReplyLaneOptions;

typedef enum
{
  JUMP_LANE_GO_ON,
  JUMP_LANE_PAUSE,   /* the client is slow: upstream has to be paused */
  JUMP_LANE_BROKEN,  /* the reply is over, badly; the client was told */
  JUMP_LANE_FAILED,  /* nothing of an answer was written: see jump_reply_lane_get_failure() */
  JUMP_LANE_REFUSED, /* the same, and another try would not help: @out_error */
} JumpLaneStep;

/* Takes @pipe. */
JumpReplyLane *
jump_reply_lane_new (JumpReplySink *sink, JumpReplyPipe *pipe, const JumpReplyLaneOptions *options);
void jump_reply_lane_free (JumpReplyLane *self);

/* The client has the head of a stream already. */
void jump_reply_lane_set_committed (JumpReplyLane *self);
/* Whether it has, from this lane or before. */
gboolean jump_reply_lane_has_head (const JumpReplyLane *self);
/* Whether upstream has answered. */
gboolean jump_reply_lane_has_begun (const JumpReplyLane *self);

/* @call: for its headers. */
void jump_reply_lane_head (JumpReplyLane *self, JumpUpstreamCall *call, guint status);
/* @out_error: with BROKEN and REFUSED. */
JumpLaneStep
jump_reply_lane_data (JumpReplyLane *self, const char *data, gsize length, GError **out_error);
/* Upstream is done (@upstream_error: (nullable): badly): completes the reply and ends the sink, unless the
 * step is FAILED or REFUSED. @out_error: what went wrong, if anything, for the record. */
JumpLaneStep
jump_reply_lane_end (JumpReplyLane *self, const GError *upstream_error, GError **out_error);

/* To be called when there was nothing to write for long: says something that means nothing, where the
 * dialect has such and a stream is under way. Returns: whether it did */
gboolean jump_reply_lane_keep_alive (JumpReplyLane *self);

guint jump_reply_lane_get_status (const JumpReplyLane *self); /* as the client got it */
const JumpReplyPipe *jump_reply_lane_get_pipe (const JumpReplyLane *self);
/* (nullable): why nothing was written */
const JumpFailure *jump_reply_lane_get_failure (const JumpReplyLane *self);
guint64 jump_reply_lane_get_bytes (const JumpReplyLane *self);

/* A reply of our own, whole: writes head and body and ends @sink. @headers: (nullable): to start with, as of
 * jump_reply_head_new(); taken. */
void
jump_reply_lane_send_whole (JumpReplySink *sink, guint status, GPtrArray *headers, GBytes *body);
