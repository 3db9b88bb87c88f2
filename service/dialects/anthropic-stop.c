/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/anthropic-stop.h"

static const struct
{
  const char *word;
  JumpStopReason reason;
} words[] = {
  { "end_turn", JUMP_STOP_END },
  { "tool_use", JUMP_STOP_TOOLS },
  { "max_tokens", JUMP_STOP_LIMIT },
  { "stop_sequence", JUMP_STOP_SEQUENCE },
  { "refusal", JUMP_STOP_REFUSAL },
  { "pause_turn", JUMP_STOP_PAUSE },
  { "model_context_window_exceeded", JUMP_STOP_CONTEXT },
};

/**
 * jump_anthropic_stop_read:
 * @word: the value of "stop_reason"
 */
JumpStopReason
jump_anthropic_stop_read (JumpJsonSpan word)
{
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      if (jump_json_span_equals (word, words[i].word))
        return words[i].reason;
    }
  return JUMP_STOP_UNKNOWN;
}

/**
 * jump_anthropic_stop_word:
 *
 * A content filter has no word of its own; H-07 says refusal.
 *
 * Returns: a "stop_reason"
 */
const char *
jump_anthropic_stop_word (JumpStopReason reason, gboolean has_tool_calls)
{
  switch (reason)
    {
    case JUMP_STOP_UNKNOWN:
    case JUMP_STOP_END:
      return has_tool_calls ? "tool_use" : "end_turn";
    case JUMP_STOP_SEQUENCE:
      return "stop_sequence";
    case JUMP_STOP_LIMIT:
      return "max_tokens";
    case JUMP_STOP_CONTEXT:
      return "model_context_window_exceeded";
    case JUMP_STOP_TOOLS:
      return "tool_use";
    case JUMP_STOP_FILTER:
    case JUMP_STOP_REFUSAL:
      return "refusal";
    case JUMP_STOP_PAUSE:
      return "pause_turn";
    }
  return "end_turn";
}
