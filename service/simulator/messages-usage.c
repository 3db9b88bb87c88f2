/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/simulator/messages-usage.h"

/**
 * jump_messages_usage_write:
 */
void
jump_messages_usage_write (const JumpAnswer *answer, gboolean start, JumpJsonWriter *writer)
{
  jump_json_writer_member (writer, "usage");
  jump_json_writer_begin_object (writer);
  jump_json_writer_member_int (writer,
                               "input_tokens",
                               answer->prompt_tokens - answer->cached_tokens -
                                   answer->written_tokens);
  jump_json_writer_member_int (writer, "cache_creation_input_tokens", answer->written_tokens);
  jump_json_writer_member_int (writer, "cache_read_input_tokens", answer->cached_tokens);
  jump_json_writer_member (writer, "cache_creation");
  jump_json_writer_begin_object (writer);
  jump_json_writer_member_int (writer, "ephemeral_5m_input_tokens", answer->written_tokens);
  jump_json_writer_member_int (writer, "ephemeral_1h_input_tokens", 0);
  jump_json_writer_end_object (writer);
  jump_json_writer_member_int (writer,
                               "output_tokens",
                               start ? 1 : jump_answer_count_tokens (answer));
  if (!start)
    {
      jump_json_writer_member (writer, "output_tokens_details");
      jump_json_writer_begin_object (writer);
      jump_json_writer_member_int (writer, "thinking_tokens", jump_answer_count_reasoning (answer));
      jump_json_writer_end_object (writer);
    }
  jump_json_writer_end_object (writer);
}
