/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/conversation/part.h"
#include "service/dialects/openai-responses-draft.h"
#include "service/dialects/openai-responses-ids.h"

/* Writes the output items of a streamed response, one after the other, with all the events that the API
 * has for them (protocol 6.1): announced empty, told in pieces, told whole when they are complete. Keeps
 * what was written, because the end of a stream repeats it. */

typedef struct
{
  JumpResponsesIds ids;     /* (owned) */
  gint64 sequence;          /* number of the next event */
  GString *output;          /* (owned): the finished items, comma-separated */
  guint n_items;            /* begun so far; the open one is the last */
  JumpResponsesDraft draft; /* (owned): the open item */
  GString *delta_start;     /* (owned): of each piece's event, up to its number */
  GString *delta_middle;    /* (owned): what follows, up to the piece */
  gboolean is_wrapped;      /* a custom tool's input comes as the arguments of a function */
} JumpResponsesComposer;

void jump_responses_composer_init (JumpResponsesComposer *self, const char *request_id);
void jump_responses_composer_clear (JumpResponsesComposer *self);

/* Begins an event, up to and with its number; the caller adds members, a comma before each, and ends it. */
void
jump_responses_composer_begin_event (JumpResponsesComposer *self, const char *type, GString *out);
void jump_responses_composer_end_event (GString *out);

/* @text: a JSON string, still escaped */
void jump_responses_composer_text (JumpResponsesComposer *self,
                                   gboolean is_refusal,
                                   JumpJsonSpan text,
                                   GString *out);
void jump_responses_composer_annotation (JumpResponsesComposer *self,
                                         JumpJsonSpan annotation,
                                         GString *out);
void
jump_responses_composer_reasoning (JumpResponsesComposer *self, JumpJsonSpan text, GString *out);
void jump_responses_composer_state (JumpResponsesComposer *self, const char *state, GString *out);
/* @is_wrapped: @kind is CUSTOM, but the model was offered a function */
void jump_responses_composer_call (JumpResponsesComposer *self,
                                   JumpToolKind kind,
                                   const char *call_id,
                                   const char *name,
                                   const char *name_space,
                                   gboolean is_wrapped,
                                   GString *out);
void
jump_responses_composer_arguments (JumpResponsesComposer *self, JumpJsonSpan text, GString *out);
void jump_responses_composer_end_part (JumpResponsesComposer *self, GString *out);
/* @status: completed or incomplete */
void
jump_responses_composer_end_item (JumpResponsesComposer *self, const char *status, GString *out);
