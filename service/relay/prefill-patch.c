/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/relay/prefill-patch.h"

#define GO_ON "Go on exactly where your last message ends, without repeating any of it."
#define BEGIN "[The conversation begins.]"

static gboolean
is_assistant (JumpJsonSpan message)
{
  return jump_json_span_equals (jump_json_find_member (message, "role"), "assistant");
}

/**
 * jump_prefill_patch:
 * @work: a request of chat or Messages, settled
 */
void
jump_prefill_patch (JumpPatchWork *work)
{
  JumpJsonSpan messages = jump_patch_work_get (work, "messages");
  JumpJsonSpan last = { NULL, 0 };
  JumpJsonCursor cursor;

  if (jump_json_span_kind (messages) != JUMP_JSON_ARRAY)
    return;
  jump_json_cursor_init (&cursor, messages);
  while (jump_json_cursor_next (&cursor, NULL, &last))
    ;
  if (last.start == NULL || !is_assistant (last))
    return;
  jump_patch_work_insert_behind (work, last, "{\"role\":\"user\",\"content\":\"" GO_ON "\"}");
  jump_changes_add (work->changes, "prefill-continued");
}

/**
 * jump_first_turn_patch:
 * @work: a Messages request, settled
 */
void
jump_first_turn_patch (JumpPatchWork *work)
{
  JumpJsonSpan messages = jump_patch_work_get (work, "messages");
  JumpJsonSpan place, first;
  JumpJsonCursor cursor;

  if (jump_json_span_kind (messages) != JUMP_JSON_ARRAY)
    return;
  jump_json_cursor_init (&cursor, messages);
  if (!jump_json_cursor_next (&cursor, NULL, &first) || !is_assistant (first))
    return;
  place = (JumpJsonSpan){ first.start, 0 };
  jump_patch_work_replace (work,
                           place,
                           "{\"role\":\"user\",\"content\":\"" BEGIN "\"},",
                           "first-turn-added");
}
