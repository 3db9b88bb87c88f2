/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/simulator/responses-reply.h"

#include "service/base/json-read.h"
#include "service/simulator/cost.h"
#include "service/simulator/model-shelf.h"
#include "service/simulator/opaque-id.h"
#include "service/simulator/responses-item.h"
#include "service/simulator/responses-question.h"

/* As the request said it, or what the real one fills in. */
static void
write_echo (const JumpQuestion *question,
            const char *name,
            const char *fallback,
            JumpJsonWriter *writer)
{
  jump_json_writer_member (writer, name);
  if (jump_json_has_value (question->body, name))
    jump_json_writer_node (writer, json_object_get_member (question->body, name));
  else
    jump_json_writer_raw (writer, fallback, -1);
}

static void
write_raw (const char *name, const char *json, JumpJsonWriter *writer)
{
  jump_json_writer_member (writer, name);
  jump_json_writer_raw (writer, json, -1);
}

static void
write_reasoning (const JumpQuestion *question, JumpJsonWriter *writer)
{
  JsonObject *reasoning = jump_json_get_object (question->body, "reasoning");
  const char *effort = reasoning == NULL ? NULL : jump_json_get_string (reasoning, "effort", NULL);
  const char *summary =
      reasoning == NULL ? NULL : jump_json_get_string (reasoning, "summary", NULL);

  if (effort == NULL && jump_model_reasons (question->model))
    effort = "medium";
  jump_json_writer_member (writer, "reasoning");
  jump_json_writer_begin_object (writer);
  jump_json_writer_member_string (writer, "effort", effort);
  jump_json_writer_member_string (writer, "mode", "standard");
  jump_json_writer_member_string (writer, "summary", summary);
  jump_json_writer_end_object (writer);
}

static void
write_text (const JumpQuestion *question, JumpJsonWriter *writer)
{
  JsonObject *text = jump_json_get_object (question->body, "text");
  const char *verbosity = text == NULL ? NULL : jump_json_get_string (text, "verbosity", NULL);

  jump_json_writer_member (writer, "text");
  jump_json_writer_begin_object (writer);
  jump_json_writer_member (writer, "format");
  if (text != NULL && jump_json_get_object (text, "format") != NULL)
    jump_json_writer_node (writer, json_object_get_member (text, "format"));
  else
    jump_json_writer_raw (writer, "{\"type\":\"text\"}", -1);
  jump_json_writer_member_string (writer, "verbosity", verbosity == NULL ? "medium" : verbosity);
  jump_json_writer_end_object (writer);
}

static void
write_usage (const JumpAnswer *answer, JumpJsonWriter *writer)
{
  gint64 output = jump_answer_count_tokens (answer);

  jump_json_writer_member (writer, "usage");
  jump_json_writer_begin_object (writer);
  jump_json_writer_member_int (writer, "input_tokens", answer->prompt_tokens);
  jump_json_writer_member (writer, "input_tokens_details");
  jump_json_writer_begin_object (writer);
  jump_json_writer_member_int (writer, "cached_tokens", answer->cached_tokens);
  jump_json_writer_member_int (writer, "cache_write_tokens", answer->written_tokens);
  jump_json_writer_end_object (writer);
  jump_json_writer_member_int (writer, "output_tokens", output);
  jump_json_writer_member (writer, "output_tokens_details");
  jump_json_writer_begin_object (writer);
  jump_json_writer_member_int (writer, "reasoning_tokens", jump_answer_count_reasoning (answer));
  jump_json_writer_end_object (writer);
  jump_json_writer_member_int (writer, "total_tokens", answer->prompt_tokens + output);
  jump_json_writer_end_object (writer);
}

static void
write_state (const JumpAnswer *answer, gboolean done, JumpJsonWriter *writer)
{
  gboolean cut = done && answer->finish == JUMP_FINISH_LENGTH;

  jump_json_writer_member_int (writer, "created_at", answer->created);
  jump_json_writer_member (writer, "completed_at");
  if (done && !cut)
    jump_json_writer_int (writer, answer->created);
  else
    jump_json_writer_null (writer);
  jump_json_writer_member_string (writer,
                                  "status",
                                  !done ? "in_progress"
                                  : cut ? "incomplete"
                                        : "completed");
  write_raw ("error", "null", writer);
  write_raw ("incomplete_details", cut ? "{\"reason\":\"max_output_tokens\"}" : "null", writer);
}

static void
write_output (const JumpQuestion *question,
              const JumpAnswer *answer,
              gboolean done,
              JumpJsonWriter *writer)
{
  jump_json_writer_member (writer, "output");
  jump_json_writer_begin_array (writer);
  if (done && jump_responses_wants_compaction (question->body))
    jump_responses_item_write_compaction (question, writer);
  else if (done)
    jump_responses_item_write_all (question, answer, writer);
  jump_json_writer_end_array (writer);
}

static void
write_settings (const JumpQuestion *question, JumpJsonWriter *writer)
{
  write_echo (question, "instructions", "null", writer);
  write_echo (question, "max_output_tokens", "null", writer);
  write_raw ("max_tool_calls", "null", writer);
  write_echo (question, "metadata", "{}", writer);
  write_raw ("moderation", "null", writer);
  write_echo (question, "parallel_tool_calls", "true", writer);
  write_raw ("presence_penalty", "0", writer);
  write_raw ("frequency_penalty", "0", writer);
  write_raw ("previous_response_id", "null", writer);
  write_echo (question, "prompt_cache_key", "null", writer);
  write_raw ("prompt_cache_retention", "\"in_memory\"", writer);
  write_reasoning (question, writer);
  write_raw ("safety_identifier", "\"5a1c7f\"", writer);
  write_raw ("service_tier", "\"default\"", writer);
  write_raw ("store", "false", writer);
  write_echo (question, "temperature", "1", writer);
  write_text (question, writer);
  write_echo (question, "tool_choice", "\"auto\"", writer);
  write_raw ("tool_usage",
             "{\"image_gen\":{\"input_tokens\":0,\"output_tokens\":0,\"total_tokens\":0},"
             "\"web_search\":{\"num_requests\":0}}",
             writer);
  write_echo (question, "tools", "[]", writer);
  write_raw ("top_logprobs", "0", writer);
  write_echo (question, "top_p", "0.98", writer);
  write_echo (question, "truncation", "\"disabled\"", writer);
  write_raw ("user", "null", writer);
}

/**
 * jump_responses_reply_write_fields:
 */
void
jump_responses_reply_write_fields (const JumpQuestion *question,
                                   const JumpAnswer *answer,
                                   gboolean done,
                                   JumpJsonWriter *writer)
{
  g_autofree char *id = jump_opaque_id_make ("");
  g_autofree char *model = jump_model_dup_reply_name (question->model);

  jump_json_writer_member_string (writer, "id", id);
  jump_json_writer_member_string (writer, "object", "response");
  write_state (answer, done, writer);
  write_raw ("background", "false", writer);
  jump_json_writer_member_string (writer, "model", model);
  write_settings (question, writer);
  write_output (question, answer, done, writer);
  if (done)
    write_usage (answer, writer);
  else
    write_raw ("usage", "null", writer);
}

/**
 * jump_responses_reply_new:
 * @question: what was asked
 * @answer: what is said
 */
JumpPlannedReply *
jump_responses_reply_new (const JumpQuestion *question, const JumpAnswer *answer)
{
  g_auto (JumpJsonWriter) writer = { 0 };

  jump_json_writer_init (&writer);
  jump_json_writer_begin_object (&writer);
  jump_responses_reply_write_fields (question, answer, TRUE, &writer);
  jump_cost_write (question, answer, &writer);
  jump_json_writer_end_object (&writer);
  return jump_planned_reply_new_json (200, jump_json_writer_finish (&writer));
}
