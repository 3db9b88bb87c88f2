/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/simulator/chat-usage.h"

/**
 * jump_chat_usage_write:
 * @writer: where an object is open; gets the member usage
 */
void
jump_chat_usage_write (const JumpAnswer *answer, JumpJsonWriter *writer)
{
  gint64 output = jump_answer_count_tokens (answer);
  gint64 reasoning = jump_answer_count_reasoning (answer);

  jump_json_writer_member (writer, "usage");
  jump_json_writer_begin_object (writer);
  jump_json_writer_member_int (writer, "prompt_tokens", answer->prompt_tokens);
  jump_json_writer_member_int (writer, "completion_tokens", output);
  jump_json_writer_member_int (writer, "total_tokens", answer->prompt_tokens + output);
  jump_json_writer_member (writer, "prompt_tokens_details");
  jump_json_writer_begin_object (writer);
  jump_json_writer_member_int (writer, "cached_tokens", answer->cached_tokens);
  jump_json_writer_end_object (writer);
  jump_json_writer_member (writer, "completion_tokens_details");
  jump_json_writer_begin_object (writer);
  jump_json_writer_member_int (writer, "accepted_prediction_tokens", 0);
  jump_json_writer_member_int (writer, "rejected_prediction_tokens", 0);
  if (reasoning > 0)
    jump_json_writer_member_int (writer, "reasoning_tokens", reasoning);
  jump_json_writer_end_object (writer);
  jump_json_writer_end_object (writer);
}
