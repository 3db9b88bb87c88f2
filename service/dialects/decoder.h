/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/conversation/reply-event.h"
#include "service/dialects/reply-options.h"
#include "service/sse/sse-parser.h"

/* Upstream's stream to reply events. One per stream; keeps the order that reply-event.h promises
 * whatever upstream does: PART_END before the next part, one STOP, one END. Error events and things
 * that are no event of the dialect become FAILURE, END. */

typedef struct _JumpDecoder JumpDecoder;

typedef struct
{
  void (*event) (JumpDecoder *self, const JumpSseEvent *event);
  /* Upstream ended, @problem: (nullable): badly. Says what is still missing: nothing when END was
   * said; else STOP if it was complete, or FAILURE, and END. */
  void (*finish) (JumpDecoder *self, const GError *problem);
  void (*free) (JumpDecoder *self);
} JumpDecoderClass;

/* Implementations embed this first. */
struct _JumpDecoder
{
  const JumpDecoderClass *class;
  JumpReplyEventFunc emit;
  gpointer emit_data;
  gboolean has_ended; /* END was said */
};

void jump_decoder_event (JumpDecoder *self, const JumpSseEvent *event);
void jump_decoder_finish (JumpDecoder *self, const GError *problem);
void jump_decoder_free (JumpDecoder *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpDecoder, jump_decoder_free)
