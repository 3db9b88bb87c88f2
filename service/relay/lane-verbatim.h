/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/conversation/usage-count.h"
#include "service/relay/reply-sink.h"
#include "service/upstream/upstream-client.h"

/* The way of a reply whose dialect is the client's own: bytes pass, put right on the way where
 * upstream's shape is odd, and a tap counts what they used. Fed by the upstream's callbacks;
 * writes to the sink. */

typedef struct _JumpLaneVerbatim JumpLaneVerbatim;

typedef struct
{
  const char *client_model; /* what the replies call the model */
  const char *request_id;
  gint64 now;        /* wall seconds */
  guint requested_n; /* choices asked for */
  gboolean stream;
  gboolean show_usage;
} JumpLaneOptions;

JumpLaneVerbatim *jump_lane_verbatim_new (JumpReplySink *sink, const JumpLaneOptions *options);
void jump_lane_verbatim_free (JumpLaneVerbatim *self);

/* @call: for its headers. */
void jump_lane_verbatim_head (JumpLaneVerbatim *self, JumpUpstreamCall *call, guint status);
/* Returns: FALSE when upstream has to be paused. @out_error: set when the reply cannot go on. */
gboolean jump_lane_verbatim_data (JumpLaneVerbatim *self,
                                  const char *data,
                                  gsize length,
                                  GError **out_error);
/* Upstream is done (@upstream_error: (nullable)): completes the reply and ends the sink. @out_error: what
 * went wrong, if anything, for the record. Returns: the status that the client got. */
guint
jump_lane_verbatim_end (JumpLaneVerbatim *self, const GError *upstream_error, GError **out_error);

const JumpUsageCount *jump_lane_verbatim_get_usage (const JumpLaneVerbatim *self);
guint64 jump_lane_verbatim_get_bytes (const JumpLaneVerbatim *self);
/* Returns: (transfer full): names of what was put right, comma-separated */
char *jump_lane_verbatim_dup_changes (const JumpLaneVerbatim *self);

/* An error reply of our own, whole: writes head and body and ends @sink. @retry_after: seconds, 0: the
 * client is not told when to try again. */
void jump_lane_send_error (JumpReplySink *sink,
                           guint status,
                           GBytes *body,
                           guint retry_after,
                           const char *request_id);
