/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/json-scan.h"
#include "service/conversation/failure.h"
#include "service/sse/sse-parser.h"

/* One event of a streamed response, taken apart into spans in one pass (protocol 6.1). Its type is told
 * by the data or, where that is silent, by the name of the SSE event. */

typedef enum
{
  JUMP_RESPONSES_EVENT_OTHER,   /* whatever nobody here has to understand */
  JUMP_RESPONSES_EVENT_CREATED, /* queued and in progress as well */
  JUMP_RESPONSES_EVENT_ITEM_ADDED,
  JUMP_RESPONSES_EVENT_ITEM_DONE,
  JUMP_RESPONSES_EVENT_PART_ADDED, /* content parts */
  JUMP_RESPONSES_EVENT_PART_DONE,
  JUMP_RESPONSES_EVENT_TEXT_DELTA,
  JUMP_RESPONSES_EVENT_TEXT_DONE,
  JUMP_RESPONSES_EVENT_REFUSAL_DELTA,
  JUMP_RESPONSES_EVENT_REFUSAL_DONE,
  JUMP_RESPONSES_EVENT_SUMMARY_DELTA, /* of reasoning */
  JUMP_RESPONSES_EVENT_SUMMARY_DONE,
  JUMP_RESPONSES_EVENT_REASONING_DELTA, /* reasoning itself, where a model shows it */
  JUMP_RESPONSES_EVENT_REASONING_DONE,
  JUMP_RESPONSES_EVENT_ARGUMENTS_DELTA, /* of a function call or a custom tool's input */
  JUMP_RESPONSES_EVENT_ARGUMENTS_DONE,
  JUMP_RESPONSES_EVENT_ANNOTATION,
  JUMP_RESPONSES_EVENT_KEEPALIVE,
  JUMP_RESPONSES_EVENT_COMPLETED,
  JUMP_RESPONSES_EVENT_INCOMPLETE,
  JUMP_RESPONSES_EVENT_FAILED,
  JUMP_RESPONSES_EVENT_ERROR, /* flat or nested, named or not */
} JumpResponsesEventType;

typedef enum
{
  JUMP_RESPONSES_READ_EVENT,
  JUMP_RESPONSES_READ_NOTHING, /* an event without data */
  JUMP_RESPONSES_READ_DONE,    /* [DONE], which this API does not have (tolerated) */
  JUMP_RESPONSES_READ_BAD,     /* no JSON object */
} JumpResponsesReading;

typedef struct
{
  JumpResponsesEventType type;
  JumpJsonSpan object; /* all of it */
  const char *name;    /* its type, not terminated; empty when there is none */
  gsize name_length;
  gint64 index; /* output_index, the only key that stays the same; -1: not told */
  guint part;   /* content_index or summary_index */
  JumpJsonSpan type_value;
  JumpJsonSpan sequence_number;
  JumpJsonSpan item_id;
  JumpJsonSpan output_index;
  JumpJsonSpan delta;
  JumpJsonSpan text; /* all of a text, refusal, input or of the arguments */
  JumpJsonSpan content_part;
  JumpJsonSpan item;
  JumpJsonSpan response;
  JumpJsonSpan annotation;
  JumpJsonSpan error;
  JumpJsonSpan copilot_usage;
} JumpResponsesEvent;

/* @scratch: holds a copy where the data has several lines: spans then point into it, and everything can be
 * written into one line. */
JumpResponsesReading
jump_responses_event_read (JumpResponsesEvent *self, const JumpSseEvent *event, GString *scratch);
/* What a FAILED or ERROR event says. Returns: (transfer full) */
JumpFailure *jump_responses_event_read_failure (const JumpResponsesEvent *self);
