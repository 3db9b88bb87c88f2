/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/conversation/reply-event.h"
#include "service/dialects/reply-options.h"

/* Reply events to the client's stream: appends whole SSE events or NDJSON lines to @out, its terminator
 * with END. One per stream. */

typedef struct _JumpEncoder JumpEncoder;

typedef struct
{
  void (*event) (JumpEncoder *self, const JumpReplyEvent *event, GString *out);
  /* (nullable): Responses: the final response object, once END was written. Returns: (transfer full)
   * (nullable) */
  GBytes *(*dup_response) (JumpEncoder *self);
  void (*free) (JumpEncoder *self);
} JumpEncoderClass;

/* Implementations embed this first. */
struct _JumpEncoder
{
  const JumpEncoderClass *class;
  gboolean keep_response; /* dup_response will be asked for */
};

void jump_encoder_event (JumpEncoder *self, const JumpReplyEvent *event, GString *out);
GBytes *jump_encoder_dup_response (JumpEncoder *self);
void jump_encoder_free (JumpEncoder *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpEncoder, jump_encoder_free)
