/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/anthropic-turn.h"

#include "service/base/byte-find.h"

/* What Claude Code puts in front of its own words inside a user message. */
#define REMINDER "<system-reminder>"
/* A flag in the first system block of Claude Code's helpers. */
#define SUBAGENT_FLAG "cc_is_subagent=true"
#define BILLING_NAME  "x-anthropic-billing-header:"

/* The first words of the system texts of title writers: opencode's, Claude Code's old and new. */
static const char *const title_writers[] = {
  "You are a title generator.",
  "You are naming a coding session",
  "Generate a concise, sentence-case title",
  "Analyze if this message indicates a new conversation topic.",
  "Summarize this coding conversation in under 50 characters.",
};

/* The first words of the system texts of those who sum up conversations: opencode's, Claude Code's. */
static const char *const summary_writers[] = {
  "You are a context summarization agent.",
  "You are a helpful AI assistant tasked with summarizing conversations.",
};

/* The first words with which Claude Code asks for a summary in the middle of its conversation. */
static const char *const compaction_starts[] = {
  "CRITICAL: Respond with TEXT ONLY. Do NOT call any tools.",
  "Your task is to create a detailed summary of th",
};
/* In all of them. */
#define COMPACTION_CORE "Your task is to create a detailed summary of th"

/* @start: plain text that JSON needs not escape. Spaces in front of it in @span do not count. */
static gboolean
starts_with (JumpJsonSpan span, const char *start)
{
  const char *at;
  const char *end;
  gsize length = strlen (start);

  if (jump_json_span_kind (span) != JUMP_JSON_STRING || span.length < 2)
    return FALSE;
  at = span.start + 1;
  end = span.start + span.length - 1;
  while (at < end && (*at == ' ' || (end - at >= 2 && *at == '\\' && at[1] == 'n')))
    at += *at == ' ' ? 1 : 2;
  return (gsize) (end - at) >= length && g_ascii_strncasecmp (at, start, length) == 0;
}

static gboolean
contains (JumpJsonSpan span, const char *text)
{
  return span.start != NULL &&
         jump_byte_find (span.start, span.length, text, strlen (text)) != NULL;
}

static gboolean
is_one_of (JumpJsonSpan text, const char *const *starts, gsize n)
{
  for (gsize i = 0; i < n; i++)
    {
      if (starts_with (text, starts[i]))
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_compaction (JumpJsonSpan text)
{
  return is_one_of (text, compaction_starts, G_N_ELEMENTS (compaction_starts)) &&
         contains (text, COMPACTION_CORE);
}

/* What Claude Code sends before anybody asks: a first request of a helper, to fill the cache, and
 * those that look whether there is quota left or the model answers, with one token to say so. */
static gboolean
is_warm_up (const JumpAnthropicTurn *self, gint64 max_tokens, guint n_tools)
{
  if (self->n_messages != 1 || self->n_person_parts != 1)
    return FALSE;
  return jump_json_span_equals (self->last_text, "Warmup") || (max_tokens == 1 && n_tools == 0);
}

/**
 * jump_anthropic_turn_add_system_text:
 * @self: zeroed before the first call
 * @text: a system block's text, or all of it, as a JSON string
 */
void
jump_anthropic_turn_add_system_text (JumpAnthropicTurn *self, JumpJsonSpan text)
{
  if (starts_with (text, BILLING_NAME) && contains (text, SUBAGENT_FLAG))
    self->is_subagent = TRUE;
  self->asks_for_title |= is_one_of (text, title_writers, G_N_ELEMENTS (title_writers));
  self->asks_for_summary |= is_one_of (text, summary_writers, G_N_ELEMENTS (summary_writers));
}

/**
 * jump_anthropic_turn_add_text:
 * @text: of the message at hand
 */
void
jump_anthropic_turn_add_text (JumpAnthropicTurn *self, JumpJsonSpan text)
{
  if (starts_with (text, REMINDER))
    return;
  self->n_new_person_parts++;
  self->new_text = text;
}

/**
 * jump_anthropic_turn_add_block:
 * @block: of the message at hand
 */
void
jump_anthropic_turn_add_block (JumpAnthropicTurn *self, const JumpAnthropicBlock *block)
{
  if (jump_json_span_equals (block->type, "tool_result"))
    self->n_new_results++;
  else if (jump_json_span_equals (block->type, "text"))
    jump_anthropic_turn_add_text (self, block->text);
  else
    self->n_new_person_parts++;
}

/**
 * jump_anthropic_turn_end_message:
 * @role: whose the message is, as a JSON string
 *
 * System messages in the middle of a conversation are the client's notes to the model and say nothing
 * about who speaks: Claude Code puts them behind a person's words too.
 */
void
jump_anthropic_turn_end_message (JumpAnthropicTurn *self, JumpJsonSpan role)
{
  if (jump_json_span_equals (role, "assistant"))
    {
      self->n_messages++;
      self->ends_with_assistant = TRUE;
      self->n_results = 0;
      self->n_person_parts = 0;
      self->last_text = (JumpJsonSpan){ NULL, 0 };
    }
  else if (jump_json_span_equals (role, "user"))
    {
      self->n_messages++;
      self->ends_with_assistant = FALSE;
      self->n_results += self->n_new_results;
      self->n_person_parts += self->n_new_person_parts;
      if (self->new_text.start != NULL)
        self->last_text = self->new_text;
    }
  self->n_new_results = 0;
  self->n_new_person_parts = 0;
  self->new_text = (JumpJsonSpan){ NULL, 0 };
}

/**
 * jump_anthropic_turn_decide:
 * @self: all messages and system texts were added
 * @max_tokens: of the request, -1 for none
 * @n_tools: of the request
 * @facts: gets turn and from_agent
 *
 * Titles and warm-ups keep the initiator that their last message has: they are told by their words, which a
 * person could use as well.
 */
void
jump_anthropic_turn_decide (const JumpAnthropicTurn *self,
                            gint64 max_tokens,
                            guint n_tools,
                            JumpRequestFacts *facts)
{
  facts->turn = JUMP_TURN_NORMAL;
  facts->from_agent =
      self->ends_with_assistant || (self->n_results > 0 && self->n_person_parts == 0);
  if (is_compaction (self->last_text) || (self->asks_for_summary && n_tools == 0))
    facts->turn = JUMP_TURN_COMPACTION;
  else if (is_warm_up (self, max_tokens, n_tools) || (self->asks_for_title && n_tools == 0))
    facts->turn = JUMP_TURN_SMALL;
  else if (self->is_subagent)
    facts->turn = JUMP_TURN_SUBAGENT;
  if (facts->turn == JUMP_TURN_COMPACTION || self->is_subagent)
    facts->from_agent = TRUE;
}
