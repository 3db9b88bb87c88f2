/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/json-scan.h"
#include "service/conversation/failure.h"
#include "service/conversation/reply.h"

/* A reply as it comes, event by event. A decoder says them, an encoder writes them. The order:
 *
 *   START  { part }  [ USAGE ]  STOP  [ USAGE ]  END        or, anywhere,  FAILURE END
 *   part:  TEXT …    [ANNOTATION …] PART_END
 *        | REASONING … [STATE] PART_END       a STATE without REASONING: nothing of it is visible
 *        | REFUSAL … PART_END
 *        | TOOL_CALL { ARGUMENTS } PART_END
 *
 * Parts never overlap; a decoder whose upstream mixes them puts them in order. PING may stand
 * anywhere behind START. Exactly one END, and nothing behind it. Members that are not named with a
 * kind are not set. Everything is valid only during the call. */

typedef enum
{
  JUMP_EVENT_START,      /* id, model: (nullable); usage: (nullable): what is known of the input */
  JUMP_EVENT_TEXT,       /* text */
  JUMP_EVENT_ANNOTATION, /* text: JSON of one citation, in @dialect's shape as far as known */
  JUMP_EVENT_REASONING,  /* text */
  JUMP_EVENT_STATE,      /* state */
  JUMP_EVENT_REFUSAL,    /* text */
  JUMP_EVENT_TOOL_CALL,  /* id, name: as upstream has it; tool_kind, call_state */
  JUMP_EVENT_ARGUMENTS,  /* text: a piece; all pieces together are one JSON object, or free text */
  JUMP_EVENT_PART_END,
  JUMP_EVENT_USAGE,   /* usage: merge it into what is known */
  JUMP_EVENT_STOP,    /* stop_reason, stop_sequence: (nullable) */
  JUMP_EVENT_FAILURE, /* failure: the reply broke off */
  JUMP_EVENT_PING,
  JUMP_EVENT_END,
} JumpReplyEventKind;

typedef struct
{
  JumpReplyEventKind kind;
  /* A piece of text as a JSON string, quotes included and still escaped: mostly upstream's own
   * bytes, so that they can be copied into the client's event as they stand. */
  JumpJsonSpan text;
  const char *id;
  const char *name;
  const char *model;
  JumpToolKind tool_kind;
  const char *call_state; /* (nullable) */
  const JumpReasoningState *state;
  JumpStopReason stop_reason;
  const char *stop_sequence;
  const JumpUsageCount *usage;
  const JumpFailure *failure;
} JumpReplyEvent;

typedef void (*JumpReplyEventFunc) (const JumpReplyEvent *event, gpointer user_data);

/* A whole reply as the events that would have led to it. */
void jump_reply_foreach_event (const JumpReply *self, JumpReplyEventFunc func, gpointer user_data);
