/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/openai-chat-usage.h"

/* Chat usage has no field for what was written to the cache; copilot_usage has. */
static void
take_cache_writes (JumpJsonSpan token_details, gint64 *out_count)
{
  JumpJsonCursor cursor;
  JumpJsonSpan detail;

  jump_json_cursor_init (&cursor, token_details);
  while (jump_json_cursor_next (&cursor, NULL, &detail))
    {
      if (jump_json_span_equals (jump_json_find_member (detail, "token_type"), "cache_write"))
        jump_usage_count_take (jump_json_find_member (detail, "token_count"), out_count);
    }
}

/* The members of "usage" that count; of those given twice the last. */
typedef struct
{
  JumpJsonSpan prompt;
  JumpJsonSpan completion;
  JumpJsonSpan reasoning;
  JumpJsonSpan prompt_details;
  JumpJsonSpan completion_details;
} UsageMembers;

static UsageMembers
read_members (JumpJsonSpan usage)
{
  UsageMembers members = { 0 };
  JumpJsonCursor cursor;
  JumpJsonSpan key, value;

  jump_json_cursor_init (&cursor, usage);
  while (cursor.is_object && jump_json_cursor_next (&cursor, &key, &value))
    {
      if (jump_json_span_equals (key, "prompt_tokens"))
        members.prompt = value;
      else if (jump_json_span_equals (key, "completion_tokens"))
        members.completion = value;
      else if (jump_json_span_equals (key, "reasoning_tokens"))
        members.reasoning = value;
      else if (jump_json_span_equals (key, "prompt_tokens_details"))
        members.prompt_details = value;
      else if (jump_json_span_equals (key, "completion_tokens_details"))
        members.completion_details = value;
    }
  return members;
}

/**
 * jump_chat_usage_read:
 * @usage: the value of "usage"
 * @copilot_usage: the value of "copilot_usage"
 * @out_usage: (inout): only what is reported is set
 */
void
jump_chat_usage_read (JumpJsonSpan usage, JumpJsonSpan copilot_usage, JumpUsageCount *out_usage)
{
  UsageMembers members = read_members (usage);

  jump_usage_count_take (members.prompt, &out_usage->input_tokens);
  jump_usage_count_take (members.completion, &out_usage->output_tokens);
  jump_usage_count_take (jump_json_find_member (members.prompt_details, "cached_tokens"),
                         &out_usage->cache_read_tokens);
  jump_usage_count_take (members.reasoning, &out_usage->reasoning_tokens);
  jump_usage_count_take (jump_json_find_member (members.completion_details, "reasoning_tokens"),
                         &out_usage->reasoning_tokens);
  if (copilot_usage.start == NULL)
    return;
  take_cache_writes (jump_json_find_member (copilot_usage, "token_details"),
                     &out_usage->cache_write_tokens);
  jump_usage_count_take (jump_json_find_member (copilot_usage, "total_nano_aiu"),
                         &out_usage->nano_aiu);
}

/**
 * jump_chat_usage_put:
 * @usage: what is known; clients read the main counts without looking whether they are there, so
 *   that unknown ones are 0 (P-06)
 * @out: appended to
 */
void
jump_chat_usage_put (const JumpUsageCount *usage, GString *out)
{
  gint64 input = MAX (usage->input_tokens, 0);
  gint64 output = MAX (usage->output_tokens, 0);

  g_string_append_printf (out,
                          "\"usage\":{\"prompt_tokens\":%" G_GINT64_FORMAT
                          ",\"completion_tokens\":%" G_GINT64_FORMAT
                          ",\"total_tokens\":%" G_GINT64_FORMAT,
                          input,
                          output,
                          input + output);
  if (usage->cache_read_tokens >= 0)
    g_string_append_printf (out,
                            ",\"prompt_tokens_details\":{\"cached_tokens\":%" G_GINT64_FORMAT "}",
                            usage->cache_read_tokens);
  if (usage->reasoning_tokens >= 0)
    g_string_append_printf (out,
                            ",\"completion_tokens_details\":{\"reasoning_tokens\":%" G_GINT64_FORMAT
                            "}",
                            usage->reasoning_tokens);
  g_string_append_c (out, '}');
  if (usage->nano_aiu >= 0)
    g_string_append_printf (out,
                            ",\"copilot_usage\":{\"total_nano_aiu\":%" G_GINT64_FORMAT "}",
                            usage->nano_aiu);
}
