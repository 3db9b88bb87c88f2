/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/simulator/chat-reply.h"

#include "service/simulator/chat-usage.h"
#include "service/simulator/cost.h"
#include "service/simulator/model-shelf.h"
#include "service/simulator/reasoning-seal.h"

static void
write_reasoning (const JumpQuestion *question, const JumpAnswer *answer, JumpJsonWriter *writer)
{
  g_autofree char *opaque = NULL;

  if (answer->reasoning == NULL)
    return;
  opaque = jump_reasoning_seal_make (JUMP_SEAL_CHAT, question->model, answer->reasoning);
  jump_json_writer_member_string (writer, "reasoning_text", answer->reasoning);
  jump_json_writer_member_string (writer, "reasoning_opaque", opaque);
}

static void
write_calls (const JumpAnswer *answer, JumpJsonWriter *writer)
{
  jump_json_writer_member (writer, "tool_calls");
  jump_json_writer_begin_array (writer);
  for (guint i = 0; i < answer->calls->len; i++)
    {
      const JumpAnsweredCall *call = answer->calls->pdata[i];
      g_autofree char *id = g_strconcat ("call_", call->key, NULL);

      jump_json_writer_begin_object (writer);
      jump_json_writer_member (writer, "function");
      jump_json_writer_begin_object (writer);
      jump_json_writer_member_string (writer, "arguments", call->arguments);
      jump_json_writer_member_string (writer, "name", call->name);
      jump_json_writer_end_object (writer);
      jump_json_writer_member_string (writer, "id", id);
      jump_json_writer_member_string (writer, "type", "function");
      jump_json_writer_end_object (writer);
    }
  jump_json_writer_end_array (writer);
}

static void
write_choice (const JumpQuestion *question,
              const JumpAnswer *answer,
              guint index,
              const char *text,
              gboolean with_calls,
              gboolean with_reasoning,
              const char *finish,
              JumpJsonWriter *writer)
{
  jump_json_writer_begin_object (writer);
  jump_json_writer_member_string (writer, "finish_reason", finish);
  jump_json_writer_member_int (writer, "index", index);
  jump_json_writer_member (writer, "content_filter_results");
  jump_json_writer_raw (writer, "{}", -1);
  jump_json_writer_member (writer, "message");
  jump_json_writer_begin_object (writer);
  jump_json_writer_member_string (writer, "role", "assistant");
  /* NULL becomes null, as beside tool calls. */
  jump_json_writer_member_string (writer, "content", text);
  jump_json_writer_member_string (writer, "padding", "abcdefghijklmnop");
  if (with_reasoning)
    write_reasoning (question, answer, writer);
  if (with_calls)
    write_calls (answer, writer);
  jump_json_writer_end_object (writer);
  jump_json_writer_end_object (writer);
}

static void
write_choices (const JumpQuestion *question, const JumpAnswer *answer, JumpJsonWriter *writer)
{
  gboolean is_claude = jump_model_is_vendor (question->model, "Anthropic");
  gboolean has_calls = answer->calls->len > 0;
  const char *finish = jump_chat_finish_get_name (answer->finish);

  jump_json_writer_member (writer, "choices");
  jump_json_writer_begin_array (writer);
  if (is_claude && has_calls && answer->text != NULL)
    {
      write_choice (question, answer, 0, answer->text, FALSE, TRUE, "stop", writer);
      write_choice (question, answer, 0, NULL, TRUE, FALSE, finish, writer);
    }
  else
    {
      for (guint i = 0; i < question->n; i++)
        write_choice (question, answer, i, answer->text, has_calls, TRUE, finish, writer);
    }
  jump_json_writer_end_array (writer);
}

/**
 * jump_chat_reply_new:
 * @question: what was asked
 * @answer: what is said
 */
JumpPlannedReply *
jump_chat_reply_new (const JumpQuestion *question, const JumpAnswer *answer)
{
  g_auto (JumpJsonWriter) writer = { 0 };
  g_autofree char *model = jump_model_dup_reply_name (question->model);
  g_autofree char *id = g_strconcat ("chatcmpl-", answer->key, NULL);

  jump_json_writer_init (&writer);
  jump_json_writer_begin_object (&writer);
  write_choices (question, answer, &writer);
  jump_json_writer_member_string (&writer, "id", id);
  jump_json_writer_member_string (&writer, "model", model);
  if (jump_model_is_vendor (question->model, "OpenAI"))
    {
      jump_json_writer_member_string (&writer, "system_fingerprint", "fp_6deacce395");
      jump_json_writer_member (&writer, "prompt_filter_results");
      jump_json_writer_raw (
          &writer,
          "[{\"prompt_index\":0,\"content_filter_results\":{\"hate\":{\"filtered\":false,"
          "\"severity\":\"safe\"},\"self_harm\":{\"filtered\":false,\"severity\":\"safe\"}}}]",
          -1);
    }
  jump_chat_usage_write (answer, &writer);
  jump_cost_write (question, answer, &writer);
  jump_json_writer_end_object (&writer);
  return jump_planned_reply_new_json (200, jump_json_writer_finish (&writer));
}

/**
 * jump_chat_finish_get_name:
 *
 * Returns: (transfer none): as finish_reason spells it
 */
const char *
jump_chat_finish_get_name (JumpFinish finish)
{
  switch (finish)
    {
    case JUMP_FINISH_LENGTH:
      return "length";
    case JUMP_FINISH_CALLS:
      return "tool_calls";
    case JUMP_FINISH_REFUSAL:
      return "content_filter";
    case JUMP_FINISH_STOP:
    case JUMP_FINISH_STOP_TEXT:
      break;
    }
  return "stop";
}
