/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/simulator/chat-stream.h"

#include "service/simulator/chat-reply.h"
#include "service/simulator/chat-usage.h"
#include "service/simulator/cost.h"
#include "service/simulator/model-shelf.h"
#include "service/simulator/reasoning-seal.h"
#include "service/simulator/text-piece.h"

/* Now and then: every n-th word has annotations beside it. */
#define ANNOTATION_EVERY 40

typedef struct
{
  const JumpQuestion *question;
  const JumpAnswer *answer;
  JumpPlannedReply *reply;
  const char *id;
  const char *model;
  gboolean is_openai;
  gboolean is_claude;
  guint words;
} Stream;

static void
begin_chunk (JumpJsonWriter *writer)
{
  jump_json_writer_init (writer);
  jump_json_writer_begin_object (writer);
}

static void
end_chunk (Stream *stream, JumpJsonWriter *writer)
{
  g_autofree char *json = NULL;

  jump_json_writer_member_int (writer, "created", stream->answer->created);
  jump_json_writer_member_string (writer, "id", stream->id);
  jump_json_writer_member_string (writer, "model", stream->model);
  if (stream->is_openai)
    jump_json_writer_member_string (writer, "system_fingerprint", "fp_6deacce395");
  jump_json_writer_end_object (writer);
  json = jump_json_writer_finish (writer);
  jump_planned_reply_add_data (stream->reply, json);
}

/* Opens choices[0].delta; end_delta() closes it. */
static void
begin_delta (JumpJsonWriter *writer, guint index, const char *finish)
{
  begin_chunk (writer);
  jump_json_writer_member (writer, "choices");
  jump_json_writer_begin_array (writer);
  jump_json_writer_begin_object (writer);
  if (finish != NULL)
    jump_json_writer_member_string (writer, "finish_reason", finish);
  jump_json_writer_member_int (writer, "index", index);
  jump_json_writer_member (writer, "delta");
  jump_json_writer_begin_object (writer);
}

static void
end_delta (JumpJsonWriter *writer)
{
  jump_json_writer_end_object (writer);
  jump_json_writer_end_object (writer);
  jump_json_writer_end_array (writer);
}

static void
add_filter_chunk (Stream *stream)
{
  if (stream->is_openai)
    jump_planned_reply_add_data (
        stream->reply,
        "{\"choices\":[],\"created\":0,\"id\":\"\",\"model\":\"\",\"object\":\"\","
        "\"prompt_filter_results\":[{\"prompt_index\":0,\"content_filter_results\":{\"hate\":{"
        "\"filtered\":false,\"severity\":\"safe\"},\"self_harm\":{\"filtered\":false,"
        "\"severity\":\"safe\"},\"sexual\":{\"filtered\":false,\"severity\":\"safe\"},"
        "\"violence\":{\"filtered\":false,\"severity\":\"safe\"}}}]}");
}

static void
add_text (Stream *stream, guint index, const char *member, const char *text, gboolean first)
{
  g_auto (JumpJsonWriter) writer = { 0 };

  begin_delta (&writer, index, NULL);
  if (!g_str_equal (member, "content"))
    jump_json_writer_member_string (&writer, "content", NULL);
  jump_json_writer_member_string (&writer, member, text);
  jump_json_writer_member_string (&writer, "role", first ? "assistant" : NULL);
  stream->words++;
  if (stream->words % ANNOTATION_EVERY == 0)
    {
      jump_json_writer_member (&writer, "copilot_annotations");
      jump_json_writer_raw (
          &writer,
          "{\"CodeVulnerability\":[{\"id\":0,\"start_offset\":1,\"end_offset\":2,\"details\":{"
          "\"type\":\"general\"},\"citations\":{}}]}",
          -1);
    }
  end_delta (&writer);
  end_chunk (stream, &writer);
}

static void
add_words (Stream *stream, guint index, const char *member, const char *text, gboolean first)
{
  while (*text != '\0')
    {
      gsize length = jump_text_piece_get_word (text);
      g_autofree char *word = g_strndup (text, length);

      add_text (stream, index, member, word, first);
      first = FALSE;
      text += length;
    }
}

static void
add_reasoning (Stream *stream)
{
  g_autofree char *opaque = NULL;

  if (stream->answer->reasoning == NULL)
    return;
  opaque =
      jump_reasoning_seal_make (JUMP_SEAL_CHAT, stream->question->model, stream->answer->reasoning);
  add_words (stream, 0, "reasoning_text", stream->answer->reasoning, TRUE);
  add_text (stream, 0, "reasoning_opaque", opaque, FALSE);
}

/* Claude's calls leave out their index; a new id tells them apart (protocol 5.5, quirk 4). */
static void
add_call_piece (Stream *stream,
                guint choice,
                guint position,
                const JumpAnsweredCall *call,
                const char *arguments,
                gboolean first)
{
  g_auto (JumpJsonWriter) writer = { 0 };
  g_autofree char *id = g_strconcat ("call_", call->key, NULL);

  begin_delta (&writer, choice, NULL);
  if (first && position == 0)
    {
      jump_json_writer_member_string (&writer, "role", "assistant");
      jump_json_writer_member_string (&writer, "content", NULL);
    }
  jump_json_writer_member (&writer, "tool_calls");
  jump_json_writer_begin_array (&writer);
  jump_json_writer_begin_object (&writer);
  jump_json_writer_member (&writer, "function");
  jump_json_writer_begin_object (&writer);
  jump_json_writer_member_string (&writer, "arguments", arguments);
  if (first)
    jump_json_writer_member_string (&writer, "name", call->name);
  jump_json_writer_end_object (&writer);
  if (first)
    {
      jump_json_writer_member_string (&writer, "id", id);
      jump_json_writer_member_string (&writer, "type", "function");
    }
  if (!stream->is_claude)
    jump_json_writer_member_int (&writer, "index", position);
  jump_json_writer_end_object (&writer);
  jump_json_writer_end_array (&writer);
  end_delta (&writer);
  end_chunk (stream, &writer);
}

static void
add_calls (Stream *stream, guint choice)
{
  for (guint i = 0; i < stream->answer->calls->len; i++)
    {
      const JumpAnsweredCall *call = stream->answer->calls->pdata[i];
      const char *rest = call->arguments;

      add_call_piece (stream, choice, i, call, "", TRUE);
      while (*rest != '\0')
        {
          gsize length = jump_text_piece_get_letters (rest);
          g_autofree char *piece = g_strndup (rest, length);

          add_call_piece (stream, choice, i, call, piece, FALSE);
          rest += length;
        }
    }
}

/* OpenAI's usage stands in the last chunk, asked for or not; others' in one of its own, when asked.
 * What it cost is always told. */
static void
add_finish (Stream *stream, guint index, const char *finish, gboolean last)
{
  g_auto (JumpJsonWriter) writer = { 0 };

  begin_delta (&writer, index, finish);
  jump_json_writer_member_string (&writer, "content", NULL);
  jump_json_writer_member_string (&writer, "role", NULL);
  end_delta (&writer);
  if (last)
    {
      if (stream->is_openai)
        jump_chat_usage_write (stream->answer, &writer);
      jump_cost_write (stream->question, stream->answer, &writer);
    }
  end_chunk (stream, &writer);
}

static void
add_usage (Stream *stream)
{
  g_auto (JumpJsonWriter) writer = { 0 };

  if (stream->is_openai || !stream->question->include_usage)
    return;
  begin_chunk (&writer);
  jump_json_writer_member (&writer, "choices");
  jump_json_writer_raw (&writer, "[]", -1);
  jump_chat_usage_write (stream->answer, &writer);
  end_chunk (stream, &writer);
}

static void
add_choice (Stream *stream, guint index, gboolean last)
{
  const JumpAnswer *answer = stream->answer;
  gboolean has_calls = answer->calls->len > 0;

  if (answer->text != NULL)
    add_words (stream, index, "content", answer->text, answer->reasoning == NULL);
  if (stream->is_claude && has_calls && answer->text != NULL)
    {
      add_finish (stream, index, "stop", FALSE);
      index++;
    }
  if (has_calls)
    add_calls (stream, index);
  add_finish (stream, index, jump_chat_finish_get_name (answer->finish), last);
}

/**
 * jump_chat_plan_stream:
 * @question: what was asked
 * @answer: what is said
 */
JumpPlannedReply *
jump_chat_plan_stream (const JumpQuestion *question, const JumpAnswer *answer)
{
  g_autofree char *model = jump_model_dup_reply_name (question->model);
  g_autofree char *id = g_strconcat ("chatcmpl-", answer->key, NULL);
  Stream stream = {
    .question = question,
    .answer = answer,
    .reply = jump_planned_reply_new_stream (),
    .id = id,
    .model = model,
    .is_openai = jump_model_is_vendor (question->model, "OpenAI"),
    .is_claude = jump_model_is_vendor (question->model, "Anthropic"),
  };

  add_filter_chunk (&stream);
  add_reasoning (&stream);
  for (guint i = 0; i < question->n; i++)
    add_choice (&stream, i, i + 1 == question->n);
  add_usage (&stream);
  jump_planned_reply_add_data (stream.reply, "[DONE]");
  return stream.reply;
}
