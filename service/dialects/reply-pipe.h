/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/conversation/changes.h"
#include "service/conversation/failure.h"
#include "service/conversation/usage-count.h"
#include "service/dialects/reply-options.h"
#include "service/sse/sse-parser.h"

/* Upstream's bytes in, the client's bytes out, one reply long: either the same dialect with its
 * oddities put right (each dialect's new_repair), or another one (translate-pipe). The relay moves
 * the bytes and does not care which. */

typedef enum
{
  JUMP_PIPE_GO_ON,
  JUMP_PIPE_DONE,  /* the reply is complete and its terminator written; nothing counts any more */
  JUMP_PIPE_ERROR, /* it broke off; the client has its error event and terminator */
} JumpPipeStep;

typedef struct _JumpReplyPipe JumpReplyPipe;

typedef struct
{
  /* One event of a stream; appends what the client gets, whole events or nothing. */
  JumpPipeStep (*event) (JumpReplyPipe *self, const JumpSseEvent *event, GString *out);
  /* Upstream's stream ended, @problem: (nullable): badly. Writes what is missing: terminator or error
   * event. Called once, unless a step was not GO_ON. Returns: DONE or ERROR. */
  JumpPipeStep (*finish) (JumpReplyPipe *self, const GError *problem, GString *out);
  /* A reply that is no stream. Returns: (transfer full) (nullable): what the client gets, @body itself when
   * nothing had to change; NULL with @error: JUMP_ERROR_UPSTREAM for HTTP 200 with an error inside,
   * JUMP_ERROR_PROTOCOL for anything that is no reply of the dialect. */
  GBytes *(*whole) (JumpReplyPipe *self, GBytes *body, GError **error);
  void (*free) (JumpReplyPipe *self);
} JumpReplyPipeClass;

/* Implementations embed this first; whoever moves the bytes reads the members. */
struct _JumpReplyPipe
{
  const JumpReplyPipeClass *class;
  JumpUsageCount usage; /* as far as upstream told */
  JumpChanges changes;  /* (owned): what was put right */
  JumpFailure *failure; /* (owned) (nullable): why it broke off, in upstream's words */
  GBytes *response; /* (owned) (nullable): Responses: the final response object for the client */
  gboolean keep_response; /* whoever made the pipe wants that */
  gboolean has_output;    /* the client has seen something that a second try would repeat */
};

void jump_reply_pipe_init (JumpReplyPipe *self, const JumpReplyPipeClass *class);
/* Clears the members; implementations call it in their free. */
void jump_reply_pipe_clear (JumpReplyPipe *self);
JumpPipeStep jump_reply_pipe_event (JumpReplyPipe *self, const JumpSseEvent *event, GString *out);
JumpPipeStep jump_reply_pipe_finish (JumpReplyPipe *self, const GError *problem, GString *out);
GBytes *jump_reply_pipe_whole (JumpReplyPipe *self, GBytes *body, GError **error);
void jump_reply_pipe_free (JumpReplyPipe *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpReplyPipe, jump_reply_pipe_free)
