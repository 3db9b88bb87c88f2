/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/json-scan.h"
#include "service/sse/sse-parser.h"

/* One event of Anthropic's stream, validated, with the spans of its members. The type inside the
 * data counts, not the name in front of it: upstreams forget either. */

typedef enum
{
  JUMP_ANTHROPIC_EVENT_NOTHING, /* no data: a keep-alive */
  JUMP_ANTHROPIC_EVENT_DONE,    /* [DONE], which Anthropic itself never sends */
  JUMP_ANTHROPIC_EVENT_BROKEN,  /* no JSON object */
  JUMP_ANTHROPIC_EVENT_MESSAGE_START,
  JUMP_ANTHROPIC_EVENT_BLOCK_START,
  JUMP_ANTHROPIC_EVENT_BLOCK_DELTA,
  JUMP_ANTHROPIC_EVENT_BLOCK_STOP,
  JUMP_ANTHROPIC_EVENT_MESSAGE_DELTA,
  JUMP_ANTHROPIC_EVENT_MESSAGE_STOP,
  JUMP_ANTHROPIC_EVENT_PING,
  JUMP_ANTHROPIC_EVENT_ERROR, /* in any of its shapes */
  JUMP_ANTHROPIC_EVENT_OTHER, /* of a later version of the API */
} JumpAnthropicEventKind;

typedef struct
{
  JumpAnthropicEventKind kind;
  JumpJsonSpan object; /* all of it, on one line */
  JumpJsonSpan type;
  JumpJsonSpan index;
  JumpJsonSpan delta;
  JumpJsonSpan content_block;
  JumpJsonSpan message;
  JumpJsonSpan usage;
  JumpJsonSpan error;
  JumpJsonSpan copilot_usage;
} JumpAnthropicEvent;

/* @scratch: may hold the data afterwards */
void
jump_anthropic_event_read (JumpAnthropicEvent *self, const JumpSseEvent *event, GString *scratch);
/* The members of a "delta"; one kind of them is there. */
typedef struct
{
  JumpJsonSpan text;
  JumpJsonSpan partial_json;
  JumpJsonSpan thinking;
  JumpJsonSpan signature;
  JumpJsonSpan citation;
} JumpAnthropicDelta;

void jump_anthropic_delta_read (JumpAnthropicDelta *self, JumpJsonSpan delta);
/* Counts line ends and tabs between the tokens of a tool's arguments over all their pieces in @run, 0 at
 * first. Returns: whether a model writes nothing else any more (protocol 9.21) */
gboolean jump_anthropic_whitespace_is_endless (guint *run, JumpJsonSpan piece);
