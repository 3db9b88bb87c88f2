/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/simulator/responses-item.h"

#include "service/simulator/model-shelf.h"
#include "service/simulator/opaque-id.h"
#include "service/simulator/reasoning-seal.h"

/* The tools of this namespace are called as if it were none. */
#define PLAIN_SPACE "functions"

static void
begin_item (const char *type, const char *partner, JumpJsonWriter *writer)
{
  g_autofree char *id = jump_opaque_id_make (partner);

  jump_json_writer_begin_object (writer);
  jump_json_writer_member_string (writer, "id", id);
  jump_json_writer_member_string (writer, "type", type);
}

static const char *
get_status (const JumpAnswer *answer, gboolean done)
{
  if (!done)
    return "in_progress";
  return answer->finish == JUMP_FINISH_LENGTH ? "incomplete" : "completed";
}

/**
 * jump_responses_item_write_reasoning:
 *
 * The summary stands there when it was asked for, the sealed state too.
 */
void
jump_responses_item_write_reasoning (const JumpQuestion *question,
                                     const JumpAnswer *answer,
                                     gboolean done,
                                     JumpJsonWriter *writer)
{
  g_autofree char *seal = NULL;

  if (question->seals_thinking)
    seal = jump_reasoning_seal_make (JUMP_SEAL_RESPONSES, question->model, answer->reasoning);
  begin_item ("reasoning", seal == NULL ? "" : seal, writer);
  jump_json_writer_member (writer, "summary");
  jump_json_writer_begin_array (writer);
  if (done && !question->hides_thinking)
    {
      jump_json_writer_begin_object (writer);
      jump_json_writer_member_string (writer, "type", "summary_text");
      jump_json_writer_member_string (writer, "text", answer->reasoning);
      jump_json_writer_end_object (writer);
    }
  jump_json_writer_end_array (writer);
  if (seal != NULL)
    jump_json_writer_member_string (writer, "encrypted_content", seal);
  jump_json_writer_end_object (writer);
}

/**
 * jump_responses_item_write_part:
 */
void
jump_responses_item_write_part (const JumpAnswer *answer, const char *text, JumpJsonWriter *writer)
{
  jump_json_writer_begin_object (writer);
  if (answer->finish == JUMP_FINISH_REFUSAL)
    {
      jump_json_writer_member_string (writer, "type", "refusal");
      jump_json_writer_member_string (writer, "refusal", text);
    }
  else
    {
      jump_json_writer_member_string (writer, "type", "output_text");
      jump_json_writer_member (writer, "annotations");
      jump_json_writer_raw (writer, "[]", -1);
      jump_json_writer_member (writer, "logprobs");
      jump_json_writer_raw (writer, "[]", -1);
      jump_json_writer_member_string (writer, "text", text);
    }
  jump_json_writer_end_object (writer);
}

/**
 * jump_responses_item_write_message:
 */
void
jump_responses_item_write_message (const JumpQuestion *question,
                                   const JumpAnswer *answer,
                                   gboolean done,
                                   JumpJsonWriter *writer)
{
  begin_item ("message", "", writer);
  jump_json_writer_member_string (writer, "status", get_status (answer, done));
  jump_json_writer_member (writer, "content");
  jump_json_writer_begin_array (writer);
  if (done)
    jump_responses_item_write_part (answer, answer->text, writer);
  jump_json_writer_end_array (writer);
  if (jump_model_is_vendor (question->model, "OpenAI"))
    jump_json_writer_member_string (writer,
                                    "phase",
                                    answer->calls->len > 0 ? "commentary" : "final_answer");
  jump_json_writer_member_string (writer, "role", "assistant");
  jump_json_writer_end_object (writer);
}

/**
 * jump_responses_item_write_call:
 */
void
jump_responses_item_write_call (const JumpAnsweredCall *call, gboolean done, JumpJsonWriter *writer)
{
  g_autofree char *call_id = g_strconcat ("call_", call->key, NULL);
  const char *arguments = *call->arguments == '\0' ? "{}" : call->arguments;

  begin_item (call->freeform ? "custom_tool_call" : "function_call", "", writer);
  jump_json_writer_member_string (writer, "status", done ? "completed" : "in_progress");
  if (call->freeform)
    jump_json_writer_member_string (writer, "input", done ? call->arguments : "");
  else
    jump_json_writer_member_string (writer, "arguments", done ? arguments : "");
  jump_json_writer_member_string (writer, "call_id", call_id);
  jump_json_writer_member_string (writer, "name", call->name);
  if (call->space != NULL && !g_str_equal (call->space, PLAIN_SPACE))
    jump_json_writer_member_string (writer, "namespace", call->space);
  jump_json_writer_end_object (writer);
}

/**
 * jump_responses_item_write_compaction:
 */
void
jump_responses_item_write_compaction (const JumpQuestion *question, JumpJsonWriter *writer)
{
  g_autofree char *seal =
      jump_reasoning_seal_make (JUMP_SEAL_COMPACTION, question->model, question->prompt);

  begin_item ("compaction", seal, writer);
  jump_json_writer_member_string (writer, "encrypted_content", seal);
  jump_json_writer_end_object (writer);
}

/**
 * jump_responses_item_write_all:
 * @writer: where an array is open
 */
void
jump_responses_item_write_all (const JumpQuestion *question,
                               const JumpAnswer *answer,
                               JumpJsonWriter *writer)
{
  if (answer->reasoning != NULL)
    jump_responses_item_write_reasoning (question, answer, TRUE, writer);
  if (answer->text != NULL)
    jump_responses_item_write_message (question, answer, TRUE, writer);
  for (guint i = 0; i < answer->calls->len; i++)
    jump_responses_item_write_call (answer->calls->pdata[i], TRUE, writer);
}
