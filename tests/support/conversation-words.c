/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "tests/support/conversation-words.h"

/* @value may be anything that a mistake has left there. */
static const char *
pick (const char *const *words, gsize n_words, guint value)
{
  g_assert_cmpuint (value, <, n_words);
  return words[value];
}

const char *
jump_word_of_role (JumpRole role)
{
  static const char *const words[] = { "system", "developer", "user", "assistant" };

  return pick (words, G_N_ELEMENTS (words), (guint) role);
}

const char *
jump_word_of_part (JumpPartKind kind)
{
  static const char *const words[] = { "text",      "image",       "file",    "reasoning",
                                       "tool_call", "tool_result", "refusal", "other" };

  return pick (words, G_N_ELEMENTS (words), (guint) kind);
}

const char *
jump_word_of_tool (JumpToolKind kind)
{
  static const char *const words[] = { "function", "custom", "hosted" };

  return pick (words, G_N_ELEMENTS (words), (guint) kind);
}

const char *
jump_word_of_flag (JumpFlag flag)
{
  static const char *const words[] = { NULL, "false", "true" };

  return pick (words, G_N_ELEMENTS (words), (guint) flag);
}

const char *
jump_word_of_choice (JumpChoice choice)
{
  static const char *const words[] = { NULL, "auto", "none", "required", "named" };

  return pick (words, G_N_ELEMENTS (words), (guint) choice);
}

const char *
jump_word_of_format (JumpFormat format)
{
  static const char *const words[] = { NULL, "json", "schema" };

  return pick (words, G_N_ELEMENTS (words), (guint) format);
}

const char *
jump_word_of_thinking (JumpThinking thinking)
{
  static const char *const words[] = { NULL, "off", "budget", "adaptive" };

  return pick (words, G_N_ELEMENTS (words), (guint) thinking);
}

const char *
jump_word_of_reasoning (JumpReasoningKind kind)
{
  static const char *const words[] = { NULL, "opaque", "encrypted", "signature", "redacted" };

  return pick (words, G_N_ELEMENTS (words), (guint) kind);
}

const char *
jump_word_of_stop (JumpStopReason reason)
{
  static const char *const words[] = { "unknown", "end",    "sequence", "limit", "context",
                                       "tools",   "filter", "refusal",  "pause" };

  return pick (words, G_N_ELEMENTS (words), (guint) reason);
}

const char *
jump_word_of_failure (JumpFailureKind kind)
{
  static const char *const words[] = { "bad_request", "overflow",   "authentication", "billing",
                                       "permission",  "not_found",  "unknown_model",  "too_large",
                                       "rate_limit",  "overloaded", "timeout",        "filter",
                                       "server" };

  return pick (words, G_N_ELEMENTS (words), (guint) kind);
}

const char *
jump_word_of_event (JumpReplyEventKind kind)
{
  static const char *const words[] = { "start",   "text",      "annotation", "reasoning", "state",
                                       "refusal", "tool_call", "arguments",  "part_end",  "usage",
                                       "stop",    "failure",   "ping",       "end" };

  return pick (words, G_N_ELEMENTS (words), (guint) kind);
}

void
jump_put_dense (GString *out, const char *text)
{
  for (; text != NULL && *text != '\0'; text++)
    if (!g_ascii_isspace (*text))
      g_string_append_c (out, *text);
}
