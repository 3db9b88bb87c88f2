/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/simulator/messages-reply.h"

#include "service/simulator/cost.h"
#include "service/simulator/messages-backend.h"
#include "service/simulator/messages-usage.h"
#include "service/simulator/model-shelf.h"
#include "service/simulator/reasoning-seal.h"
#include "service/simulator/scenario-facts.h"

static const char *
get_stop_reason (JumpFinish finish)
{
  switch (finish)
    {
    case JUMP_FINISH_STOP_TEXT:
      return "stop_sequence";
    case JUMP_FINISH_LENGTH:
      return "max_tokens";
    case JUMP_FINISH_CALLS:
      return "tool_use";
    case JUMP_FINISH_REFUSAL:
      return "refusal";
    case JUMP_FINISH_STOP:
      break;
    }
  return "end_turn";
}

static void
write_thinking (const JumpQuestion *question, const JumpAnswer *answer, JumpJsonWriter *writer)
{
  g_autofree char *seal = jump_messages_dup_seal (question, answer);

  jump_json_writer_begin_object (writer);
  if (jump_messages_is_redacted (question))
    {
      jump_json_writer_member_string (writer, "type", "redacted_thinking");
      jump_json_writer_member_string (writer, "data", seal);
    }
  else
    {
      jump_json_writer_member_string (writer, "type", "thinking");
      jump_json_writer_member_string (writer,
                                      "thinking",
                                      question->hides_thinking ? "" : answer->reasoning);
      jump_json_writer_member_string (writer, "signature", seal);
    }
  jump_json_writer_end_object (writer);
}

static void
write_call (const JumpQuestion *question, const JumpAnsweredCall *call, JumpJsonWriter *writer)
{
  g_autofree char *id = jump_model_dup_backend_id (question->model, "toolu", call->key);

  jump_json_writer_begin_object (writer);
  jump_json_writer_member_string (writer, "type", "tool_use");
  jump_json_writer_member_string (writer, "id", id);
  jump_json_writer_member_string (writer, "name", call->name);
  jump_json_writer_member (writer, "input");
  jump_json_writer_raw (writer, *call->arguments == '\0' ? "{}" : call->arguments, -1);
  jump_json_writer_member (writer, "caller");
  jump_json_writer_raw (writer, "{\"type\":\"direct\"}", -1);
  jump_json_writer_end_object (writer);
}

static void
write_content (const JumpQuestion *question, const JumpAnswer *answer, JumpJsonWriter *writer)
{
  jump_json_writer_member (writer, "content");
  jump_json_writer_begin_array (writer);
  if (answer->reasoning != NULL)
    write_thinking (question, answer, writer);
  if (answer->text != NULL && *answer->text != '\0')
    {
      jump_json_writer_begin_object (writer);
      jump_json_writer_member_string (writer, "type", "text");
      jump_json_writer_member_string (writer, "text", answer->text);
      jump_json_writer_end_object (writer);
    }
  for (guint i = 0; i < answer->calls->len; i++)
    write_call (question, answer->calls->pdata[i], writer);
  jump_json_writer_end_array (writer);
}

/**
 * jump_messages_is_redacted:
 */
gboolean
jump_messages_is_redacted (const JumpQuestion *question)
{
  return (question->quirks & JUMP_QUIRK_REDACTED_THINKING) != 0;
}

/**
 * jump_messages_dup_seal:
 */
char *
jump_messages_dup_seal (const JumpQuestion *question, const JumpAnswer *answer)
{
  if (jump_messages_is_redacted (question))
    return jump_reasoning_seal_make (JUMP_SEAL_REDACTED, question->model, answer->reasoning);
  return jump_reasoning_seal_make (JUMP_SEAL_SIGNATURE,
                                   question->model,
                                   question->hides_thinking ? "" : answer->reasoning);
}

/**
 * jump_messages_reply_write_head:
 */
void
jump_messages_reply_write_head (const JumpQuestion *question,
                                const JumpAnswer *answer,
                                JumpJsonWriter *writer)
{
  g_autofree char *id = jump_model_dup_backend_id (question->model, "msg", answer->key);
  g_autofree char *model = jump_model_dup_reply_name (question->model);

  jump_json_writer_member_string (writer, "id", id);
  jump_json_writer_member_string (writer, "type", "message");
  jump_json_writer_member_string (writer, "role", "assistant");
  jump_json_writer_member_string (writer, "model", model);
}

/**
 * jump_messages_reply_write_stop:
 */
void
jump_messages_reply_write_stop (const JumpAnswer *answer, JumpJsonWriter *writer)
{
  jump_json_writer_member_string (writer,
                                  "stop_reason",
                                  answer == NULL ? NULL : get_stop_reason (answer->finish));
  jump_json_writer_member_string (writer,
                                  "stop_sequence",
                                  answer == NULL ? NULL : answer->stop_text);
  jump_json_writer_member (writer, "stop_details");
  jump_json_writer_null (writer);
}

/**
 * jump_messages_reply_new:
 * @question: what was asked
 * @answer: what is said
 */
JumpPlannedReply *
jump_messages_reply_new (const JumpQuestion *question, const JumpAnswer *answer)
{
  g_auto (JumpJsonWriter) writer = { 0 };

  jump_json_writer_init (&writer);
  jump_json_writer_begin_object (&writer);
  jump_messages_reply_write_head (question, answer, &writer);
  write_content (question, answer, &writer);
  jump_messages_reply_write_stop (answer, &writer);
  jump_messages_usage_write (answer, FALSE, &writer);
  jump_cost_write (question, answer, &writer);
  jump_json_writer_end_object (&writer);
  return jump_planned_reply_new_json (200, jump_json_writer_finish (&writer));
}
