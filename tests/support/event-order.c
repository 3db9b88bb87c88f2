/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "tests/support/event-order.h"

#include "service/base/limits.h"

static void
demand (JumpEventOrder *self, gboolean holds, const char *promise)
{
  if (!holds && self->problem == NULL)
    self->problem = promise;
}

static void
watch_piece (JumpEventOrder *self,
             const JumpReplyEvent *event,
             JumpPartKind part,
             gboolean may_begin)
{
  demand (self, self->has_started, "nothing stands in front of START");
  demand (self, !self->has_stopped, "no part behind STOP");
  demand (self, self->is_in_part || may_begin, "the piece's part has begun");
  demand (self, !self->is_in_part || self->part == part, "parts never overlap");
  demand (
      self,
      event->kind == JUMP_EVENT_STATE || event->kind == JUMP_EVENT_TOOL_CALL ||
          jump_json_validate (event->text.start, event->text.length, JUMP_LIMIT_JSON_DEPTH, NULL),
      "text is JSON");
  demand (self, !self->has_state || part != JUMP_PART_REASONING, "STATE comes last in its part");
  self->is_in_part = TRUE;
  self->part = part;
}

static void
watch_string (JumpEventOrder *self,
              const JumpReplyEvent *event,
              JumpPartKind part,
              gboolean may_begin)
{
  watch_piece (self, event, part, may_begin);
  demand (self, jump_json_span_kind (event->text) == JUMP_JSON_STRING, "text is a JSON string");
}

static void
watch_call (JumpEventOrder *self, const JumpReplyEvent *event)
{
  demand (self, !self->is_in_part, "PART_END in front of TOOL_CALL");
  watch_piece (self, event, JUMP_PART_TOOL_CALL, TRUE);
  demand (self, event->id != NULL && *event->id != '\0', "calls have an id");
  demand (self, event->name != NULL, "calls have a name");
}

static void
watch_state (JumpEventOrder *self, const JumpReplyEvent *event)
{
  watch_piece (self, event, JUMP_PART_REASONING, TRUE);
  demand (self,
          event->state != NULL && event->state->kind != JUMP_REASONING_NONE &&
              event->state->data != NULL,
          "STATE has a state");
  self->has_state = TRUE;
}

void
jump_event_order_watch (JumpEventOrder *self, const JumpReplyEvent *event)
{
  demand (self, !self->has_ended, "nothing behind END");
  demand (self,
          !self->has_failed || event->kind == JUMP_EVENT_END,
          "nothing but END behind FAILURE");
  switch (event->kind)
    {
    case JUMP_EVENT_START:
      demand (self, !self->has_started, "one START");
      self->has_started = TRUE;
      break;
    case JUMP_EVENT_TEXT:
      watch_string (self, event, JUMP_PART_TEXT, TRUE);
      break;
    case JUMP_EVENT_ANNOTATION:
      watch_piece (self, event, JUMP_PART_TEXT, FALSE);
      break;
    case JUMP_EVENT_REASONING:
      watch_string (self, event, JUMP_PART_REASONING, TRUE);
      break;
    case JUMP_EVENT_STATE:
      watch_state (self, event);
      break;
    case JUMP_EVENT_REFUSAL:
      watch_string (self, event, JUMP_PART_REFUSAL, TRUE);
      break;
    case JUMP_EVENT_TOOL_CALL:
      watch_call (self, event);
      break;
    case JUMP_EVENT_ARGUMENTS:
      watch_string (self, event, JUMP_PART_TOOL_CALL, FALSE);
      break;
    case JUMP_EVENT_PART_END:
      demand (self, self->is_in_part, "PART_END ends a part");
      self->is_in_part = FALSE;
      self->has_state = FALSE;
      break;
    case JUMP_EVENT_USAGE:
      demand (self, self->has_started && !self->is_in_part, "USAGE stands between parts");
      demand (self, event->usage != NULL, "USAGE has a usage");
      break;
    case JUMP_EVENT_STOP:
      demand (self, self->has_started && !self->is_in_part, "STOP behind the last PART_END");
      demand (self, !self->has_stopped, "one STOP");
      self->has_stopped = TRUE;
      break;
    case JUMP_EVENT_FAILURE:
      demand (self, event->failure != NULL, "FAILURE has a failure");
      self->has_failed = TRUE;
      break;
    case JUMP_EVENT_PING:
      demand (self, self->has_started, "PING stands behind START");
      break;
    case JUMP_EVENT_END:
      demand (self, self->has_stopped || self->has_failed, "STOP or FAILURE in front of END");
      self->has_ended = TRUE;
      break;
    }
}
