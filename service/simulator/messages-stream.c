/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/simulator/messages-stream.h"

#include "service/base/json-write.h"
#include "service/simulator/cost.h"
#include "service/simulator/messages-backend.h"
#include "service/simulator/messages-reply.h"
#include "service/simulator/messages-usage.h"
#include "service/simulator/scenario-facts.h"
#include "service/simulator/text-piece.h"

/* Now and then: every n-th piece of text has annotations beside it. */
#define ANNOTATION_EVERY 40

typedef struct
{
  const JumpQuestion *question;
  const JumpAnswer *answer;
  JumpPlannedReply *reply;
  guint index; /* of the content block */
  guint n_deltas;
} Stream;

static void
begin_event (const char *type, JumpJsonWriter *writer)
{
  jump_json_writer_init (writer);
  jump_json_writer_begin_object (writer);
  jump_json_writer_member_string (writer, "type", type);
}

static void
end_event (Stream *stream, const char *type, JumpJsonWriter *writer)
{
  g_autofree char *json = NULL;

  jump_json_writer_end_object (writer);
  json = jump_json_writer_finish (writer);
  jump_planned_reply_add_event (stream->reply, type, json);
}

static void
add_start (Stream *stream)
{
  g_auto (JumpJsonWriter) writer = { 0 };

  begin_event ("message_start", &writer);
  jump_json_writer_member (&writer, "message");
  jump_json_writer_begin_object (&writer);
  jump_messages_reply_write_head (stream->question, stream->answer, &writer);
  jump_json_writer_member (&writer, "content");
  jump_json_writer_raw (&writer, "[]", -1);
  jump_messages_reply_write_stop (NULL, &writer);
  jump_messages_usage_write (stream->answer, TRUE, &writer);
  jump_json_writer_end_object (&writer);
  end_event (stream, "message_start", &writer);
}

/* Behind the first block's start, as the real one does. */
static void
add_ping (Stream *stream)
{
  if (stream->index == 0)
    jump_planned_reply_add_piece (stream->reply, "event: ping\ndata: {\"type\":\"ping\"}\n\n");
}

/* Opens content_block in the event; end_block_start() closes both. */
static void
begin_block (Stream *stream, const char *type, JumpJsonWriter *writer)
{
  begin_event ("content_block_start", writer);
  jump_json_writer_member_int (writer, "index", stream->index);
  jump_json_writer_member (writer, "content_block");
  jump_json_writer_begin_object (writer);
  jump_json_writer_member_string (writer, "type", type);
}

static void
end_block_start (Stream *stream, JumpJsonWriter *writer)
{
  jump_json_writer_end_object (writer);
  end_event (stream, "content_block_start", writer);
  add_ping (stream);
}

static void
add_block_stop (Stream *stream)
{
  g_auto (JumpJsonWriter) writer = { 0 };

  begin_event ("content_block_stop", &writer);
  jump_json_writer_member_int (&writer, "index", stream->index);
  end_event (stream, "content_block_stop", &writer);
  stream->index++;
}

static void
add_delta (Stream *stream, const char *type, const char *member, const char *text, gsize length)
{
  g_auto (JumpJsonWriter) writer = { 0 };
  g_autofree char *piece = g_strndup (text, length);

  begin_event ("content_block_delta", &writer);
  jump_json_writer_member_int (&writer, "index", stream->index);
  jump_json_writer_member (&writer, "delta");
  jump_json_writer_begin_object (&writer);
  jump_json_writer_member_string (&writer, "type", type);
  jump_json_writer_member_string (&writer, member, piece);
  stream->n_deltas++;
  if (stream->n_deltas % ANNOTATION_EVERY == 0 && g_str_equal (type, "text_delta"))
    {
      jump_json_writer_member (&writer, "copilot_annotations");
      jump_json_writer_raw (&writer, "{\"IPCodeCitations\":[]}", -1);
    }
  jump_json_writer_end_object (&writer);
  end_event (stream, "content_block_delta", &writer);
}

static void
add_words (Stream *stream, const char *type, const char *member, const char *text)
{
  gsize length;

  for (; (length = jump_text_piece_get_word (text)) > 0; text += length)
    add_delta (stream, type, member, text, length);
}

static void
add_redacted (Stream *stream, const char *seal)
{
  g_auto (JumpJsonWriter) writer = { 0 };

  begin_block (stream, "redacted_thinking", &writer);
  jump_json_writer_member_string (&writer, "data", seal);
  end_block_start (stream, &writer);
  add_block_stop (stream);
}

/* Vertex gives the signature at once, Bedrock behind the text. */
static void
add_thinking (Stream *stream)
{
  g_auto (JumpJsonWriter) writer = { 0 };
  g_autofree char *seal = jump_messages_dup_seal (stream->question, stream->answer);
  gboolean at_once = jump_model_is_at_vertex (stream->question->model);

  if (jump_messages_is_redacted (stream->question))
    {
      add_redacted (stream, seal);
      return;
    }
  begin_block (stream, "thinking", &writer);
  jump_json_writer_member_string (&writer, "thinking", "");
  jump_json_writer_member_string (&writer, "signature", at_once ? seal : "");
  end_block_start (stream, &writer);
  if (!stream->question->hides_thinking)
    add_words (stream, "thinking_delta", "thinking", stream->answer->reasoning);
  if (!at_once)
    add_delta (stream, "signature_delta", "signature", seal, strlen (seal));
  add_block_stop (stream);
}

static void
add_text (Stream *stream)
{
  g_auto (JumpJsonWriter) writer = { 0 };

  begin_block (stream, "text", &writer);
  jump_json_writer_member_string (&writer, "text", "");
  end_block_start (stream, &writer);
  add_words (stream, "text_delta", "text", stream->answer->text);
  add_block_stop (stream);
}

static void
add_call (Stream *stream, const JumpAnsweredCall *call)
{
  g_auto (JumpJsonWriter) writer = { 0 };
  g_autofree char *id = jump_model_dup_backend_id (stream->question->model, "toolu", call->key);
  const char *rest = call->arguments;
  gsize length;

  begin_block (stream, "tool_use", &writer);
  jump_json_writer_member_string (&writer, "id", id);
  jump_json_writer_member_string (&writer, "name", call->name);
  jump_json_writer_member (&writer, "input");
  jump_json_writer_raw (&writer, "{}", -1);
  jump_json_writer_member (&writer, "caller");
  jump_json_writer_raw (&writer, "{\"type\":\"direct\"}", -1);
  end_block_start (stream, &writer);
  add_delta (stream, "input_json_delta", "partial_json", "", 0);
  for (; (length = jump_text_piece_get_letters (rest)) > 0; rest += length)
    add_delta (stream, "input_json_delta", "partial_json", rest, length);
  add_block_stop (stream);
}

static void
add_end (Stream *stream)
{
  g_auto (JumpJsonWriter) writer = { 0 };

  begin_event ("message_delta", &writer);
  jump_json_writer_member (&writer, "delta");
  jump_json_writer_begin_object (&writer);
  jump_messages_reply_write_stop (stream->answer, &writer);
  jump_json_writer_end_object (&writer);
  jump_messages_usage_write (stream->answer, FALSE, &writer);
  jump_cost_write (stream->question, stream->answer, &writer);
  end_event (stream, "message_delta", &writer);
}

static void
add_stop (Stream *stream)
{
  g_auto (JumpJsonWriter) writer = { 0 };

  begin_event ("message_stop", &writer);
  if (!jump_model_is_at_vertex (stream->question->model))
    {
      jump_json_writer_member (&writer, "amazon-bedrock-invocationMetrics");
      jump_json_writer_begin_object (&writer);
      jump_json_writer_member_int (&writer, "inputTokenCount", stream->answer->prompt_tokens);
      jump_json_writer_member_int (&writer,
                                   "outputTokenCount",
                                   jump_answer_count_tokens (stream->answer));
      jump_json_writer_member_int (&writer, "invocationLatency", 1203);
      jump_json_writer_member_int (&writer, "firstByteLatency", 611);
      jump_json_writer_end_object (&writer);
    }
  end_event (stream, "message_stop", &writer);
}

/**
 * jump_messages_plan_stream:
 * @question: what was asked
 * @answer: what is said
 */
JumpPlannedReply *
jump_messages_plan_stream (const JumpQuestion *question, const JumpAnswer *answer)
{
  Stream stream = {
    .question = question,
    .answer = answer,
    .reply = jump_planned_reply_new_stream (),
  };

  add_start (&stream);
  if (answer->reasoning != NULL)
    add_thinking (&stream);
  if (answer->text != NULL && *answer->text != '\0')
    add_text (&stream);
  for (guint i = 0; i < answer->calls->len; i++)
    add_call (&stream, answer->calls->pdata[i]);
  add_end (&stream);
  add_stop (&stream);
  if ((question->quirks & JUMP_QUIRK_DONE) != 0)
    jump_planned_reply_add_data (stream.reply, "[DONE]");
  return stream.reply;
}
