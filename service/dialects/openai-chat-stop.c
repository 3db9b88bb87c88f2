/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/openai-chat-stop.h"

/**
 * jump_chat_stop_read:
 * @word: finish_reason; absent: upstream forgot it
 * @has_calls: whether the answer has tool calls
 * @has_refusal: whether it has a refusal
 *
 * Returns: why the model stopped
 */
JumpStopReason
jump_chat_stop_read (JumpJsonSpan word, gboolean has_calls, gboolean has_refusal)
{
  if (word.start == NULL || jump_json_span_equals (word, "stop"))
    {
      if (has_calls)
        return JUMP_STOP_TOOLS;
      return has_refusal ? JUMP_STOP_REFUSAL : JUMP_STOP_END;
    }
  if (jump_json_span_equals (word, "tool_calls") || jump_json_span_equals (word, "function_call"))
    return JUMP_STOP_TOOLS;
  if (jump_json_span_equals (word, "length"))
    return JUMP_STOP_LIMIT;
  if (jump_json_span_equals (word, "content_filter"))
    return JUMP_STOP_FILTER;
  return JUMP_STOP_UNKNOWN;
}

/**
 * jump_chat_stop_get_word:
 * @reason: why the model stopped
 * @has_calls: whether the answer has tool calls
 * @has_refusal: whether it has a refusal
 *
 * Returns: one of OpenAI's words (H-07)
 */
const char *
jump_chat_stop_get_word (JumpStopReason reason, gboolean has_calls, gboolean has_refusal)
{
  switch (reason)
    {
    case JUMP_STOP_TOOLS:
      return "tool_calls";
    case JUMP_STOP_LIMIT:
    case JUMP_STOP_CONTEXT:
      return "length";
    case JUMP_STOP_FILTER:
      return "content_filter";
    case JUMP_STOP_REFUSAL: /* the text of a refusal says it already */
      return has_refusal ? "stop" : "content_filter";
    case JUMP_STOP_UNKNOWN:
    case JUMP_STOP_END:
    case JUMP_STOP_SEQUENCE:
    case JUMP_STOP_PAUSE:
      return has_calls ? "tool_calls" : "stop";
    }
  return "stop";
}
