/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/openai-responses-usage.h"

#include "service/dialects/json-splice.h"
#include "service/dialects/openai-chat-usage.h"

/* @copilot_usage: looks the same in all dialects. */
static void
read_usage (JumpJsonSpan usage, JumpJsonSpan copilot_usage, JumpUsageCount *out_usage)
{
  JumpJsonSpan none = { NULL, 0 };
  JumpJsonCursor cursor;
  JumpJsonSpan key, value;

  jump_chat_usage_read (none, copilot_usage, out_usage);
  jump_json_cursor_init (&cursor, usage);
  while (cursor.is_object && jump_json_cursor_next (&cursor, &key, &value))
    {
      if (jump_json_span_equals (key, "input_tokens"))
        jump_usage_count_take (value, &out_usage->input_tokens);
      else if (jump_json_span_equals (key, "output_tokens"))
        jump_usage_count_take (value, &out_usage->output_tokens);
      else if (jump_json_span_equals (key, "input_tokens_details"))
        {
          jump_usage_count_take (jump_json_find_member (value, "cached_tokens"),
                                 &out_usage->cache_read_tokens);
          jump_usage_count_take (jump_json_find_member (value, "cache_write_tokens"),
                                 &out_usage->cache_write_tokens);
        }
      else if (jump_json_span_equals (key, "output_tokens_details"))
        jump_usage_count_take (jump_json_find_member (value, "reasoning_tokens"),
                               &out_usage->reasoning_tokens);
    }
}

/**
 * jump_responses_usage_read_response:
 * @response: a response object
 * @event_copilot_usage: "copilot_usage" of the event, its usual place
 * @out_usage: (inout): counts so far
 */
void
jump_responses_usage_read_response (JumpJsonSpan response,
                                    JumpJsonSpan event_copilot_usage,
                                    JumpUsageCount *out_usage)
{
  JumpJsonSpan copilot_usage = event_copilot_usage;

  if (copilot_usage.start == NULL)
    copilot_usage = jump_json_find_member (response, "copilot_usage");
  read_usage (jump_json_find_member (response, "usage"), copilot_usage, out_usage);
}

/**
 * jump_responses_usage_write:
 * @usage: counts
 * @out: gets `{"input_tokens":…}`
 */
void
jump_responses_usage_write (const JumpUsageCount *usage, GString *out)
{
  gint64 input = MAX (usage->input_tokens, 0);
  gint64 output = MAX (usage->output_tokens, 0);

  jump_splice_put_literal (out, "{\"input_tokens\":");
  jump_splice_put_int (out, input);
  jump_splice_put_literal (out, ",\"input_tokens_details\":{\"cached_tokens\":");
  jump_splice_put_int (out, MAX (usage->cache_read_tokens, 0));
  if (usage->cache_write_tokens >= 0)
    {
      jump_splice_put_literal (out, ",\"cache_write_tokens\":");
      jump_splice_put_int (out, usage->cache_write_tokens);
    }
  jump_splice_put_literal (out, "},\"output_tokens\":");
  jump_splice_put_int (out, output);
  jump_splice_put_literal (out, ",\"output_tokens_details\":{\"reasoning_tokens\":");
  jump_splice_put_int (out, MAX (usage->reasoning_tokens, 0));
  jump_splice_put_literal (out, "},\"total_tokens\":");
  jump_splice_put_int (out, input + output);
  jump_splice_put_literal (out, "}");
}
