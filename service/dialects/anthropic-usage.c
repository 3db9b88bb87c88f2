/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/anthropic-usage.h"

#include "service/dialects/anthropic-members.h"

typedef struct
{
  JumpJsonSpan input_tokens;
  JumpJsonSpan output_tokens;
  JumpJsonSpan cache_read_input_tokens;
  JumpJsonSpan cache_creation_input_tokens;
  JumpJsonSpan output_tokens_details;
} Members;

#define MEMBER(name) JUMP_ANTHROPIC_MEMBER (Members, name)

static const JumpAnthropicMember usage_members[] = {
  MEMBER (input_tokens),
  MEMBER (output_tokens),
  MEMBER (cache_read_input_tokens),
  MEMBER (cache_creation_input_tokens),
  MEMBER (output_tokens_details),
};

static gint64
known (gint64 count)
{
  return MAX (count, 0);
}

/**
 * jump_anthropic_usage_read:
 * @self: (inout)
 * @usage: the value of "usage"
 * @copilot_usage: the value of "copilot_usage"
 */
void
jump_anthropic_usage_read (JumpAnthropicUsage *self, JumpJsonSpan usage, JumpJsonSpan copilot_usage)
{
  Members members = { { NULL, 0 } };

  jump_anthropic_members_read (&members,
                               usage_members,
                               G_N_ELEMENTS (usage_members),
                               usage,
                               NULL,
                               NULL);
  jump_usage_count_take (members.input_tokens, &self->input);
  jump_usage_count_take (members.output_tokens, &self->output);
  jump_usage_count_take (members.cache_read_input_tokens, &self->cache_read);
  jump_usage_count_take (members.cache_creation_input_tokens, &self->cache_write);
  jump_usage_count_take (jump_json_find_member (members.output_tokens_details, "thinking_tokens"),
                         &self->thinking);
  jump_usage_count_take (jump_json_find_member (copilot_usage, "total_nano_aiu"), &self->nano_aiu);
}

/**
 * jump_anthropic_usage_get_count:
 *
 * No prompt is empty, so input that is all 0 was only not counted yet (protocol 6.3).
 *
 * Returns: the same in everybody's terms, cached input included in all input
 */
JumpUsageCount
jump_anthropic_usage_get_count (const JumpAnthropicUsage *self)
{
  JumpUsageCount count = JUMP_USAGE_COUNT_UNKNOWN;
  gint64 input = known (self->input) + known (self->cache_read) + known (self->cache_write);

  if (input > 0)
    {
      count.input_tokens = input;
      count.cache_read_tokens = self->cache_read;
      count.cache_write_tokens = self->cache_write;
    }
  count.output_tokens = self->output;
  count.reasoning_tokens = self->thinking;
  count.nano_aiu = self->nano_aiu;
  return count;
}

/**
 * jump_anthropic_usage_append:
 * @out: gets {"input_tokens":…}
 * @usage: in everybody's terms
 */
void
jump_anthropic_usage_append (GString *out, const JumpUsageCount *usage)
{
  gint64 cached = known (usage->cache_read_tokens) + known (usage->cache_write_tokens);

  g_string_append_printf (
      out,
      "{\"input_tokens\":%" G_GINT64_FORMAT ",\"cache_creation_input_tokens\":%" G_GINT64_FORMAT
      ",\"cache_read_input_tokens\":%" G_GINT64_FORMAT ",\"output_tokens\":%" G_GINT64_FORMAT "}",
      known (usage->input_tokens - cached),
      known (usage->cache_write_tokens),
      known (usage->cache_read_tokens),
      known (usage->output_tokens));
}
