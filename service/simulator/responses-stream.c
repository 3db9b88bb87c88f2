/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/simulator/responses-stream.h"

#include "service/base/json-write.h"
#include "service/base/random.h"
#include "service/simulator/cost.h"
#include "service/simulator/opaque-id.h"
#include "service/simulator/responses-item.h"
#include "service/simulator/responses-question.h"
#include "service/simulator/responses-reply.h"
#include "service/simulator/scenario-facts.h"
#include "service/simulator/text-piece.h"

typedef struct
{
  const JumpQuestion *question;
  const JumpAnswer *answer;
  JumpPlannedReply *reply;
  guint sequence;
  guint index; /* of the item in the output */
} Stream;

static void
begin_event (Stream *stream, const char *type, JumpJsonWriter *writer)
{
  jump_json_writer_init (writer);
  jump_json_writer_begin_object (writer);
  if ((stream->question->quirks & JUMP_QUIRK_NO_TYPE) == 0)
    jump_json_writer_member_string (writer, "type", type);
  jump_json_writer_member_int (writer, "sequence_number", stream->sequence);
  stream->sequence++;
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
add_keepalive (Stream *stream)
{
  g_auto (JumpJsonWriter) writer = { 0 };

  if ((stream->question->quirks & JUMP_QUIRK_KEEPALIVE) == 0)
    return;
  begin_event (stream, "keepalive", &writer);
  end_event (stream, "keepalive", &writer);
}

static void
add_response (Stream *stream, const char *type, gboolean done)
{
  g_auto (JumpJsonWriter) writer = { 0 };

  begin_event (stream, type, &writer);
  jump_json_writer_member (&writer, "response");
  jump_json_writer_begin_object (&writer);
  jump_responses_reply_write_fields (stream->question, stream->answer, done, &writer);
  jump_json_writer_end_object (&writer);
  if (done)
    jump_cost_write (stream->question, stream->answer, &writer);
  end_event (stream, type, &writer);
}

/* A talk made short is one item, which is whole from the start. */
static void
add_compaction (Stream *stream)
{
  static const char *const types[] = { "response.output_item.added", "response.output_item.done" };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_auto (JumpJsonWriter) writer = { 0 };

      begin_event (stream, types[i], &writer);
      jump_json_writer_member_int (&writer, "output_index", stream->index);
      jump_json_writer_member (&writer, "item");
      jump_responses_item_write_compaction (stream->question, &writer);
      end_event (stream, types[i], &writer);
    }
  stream->index++;
}

/* An event about the item itself: @call, or the message or reasoning of that type. */
static void
add_item (Stream *stream, const char *item, const JumpAnsweredCall *call, gboolean done)
{
  g_auto (JumpJsonWriter) writer = { 0 };
  const char *type = done ? "response.output_item.done" : "response.output_item.added";

  begin_event (stream, type, &writer);
  jump_json_writer_member_int (&writer, "output_index", stream->index);
  jump_json_writer_member (&writer, "item");
  if (call != NULL)
    jump_responses_item_write_call (call, done, &writer);
  else if (g_str_equal (item, "reasoning"))
    jump_responses_item_write_reasoning (stream->question, stream->answer, done, &writer);
  else
    jump_responses_item_write_message (stream->question, stream->answer, done, &writer);
  end_event (stream, type, &writer);
  if (done)
    stream->index++;
}

/* Opens an event about something inside the current item. */
static void
begin_inner (Stream *stream, const char *type, const char *counter, JumpJsonWriter *writer)
{
  g_autofree char *id = jump_opaque_id_make ("");

  begin_event (stream, type, writer);
  jump_json_writer_member_string (writer, "item_id", id);
  jump_json_writer_member_int (writer, "output_index", stream->index);
  if (counter != NULL)
    jump_json_writer_member_int (writer, counter, 0);
}

/* Hides how long the text is from those who see only the length of the packets. */
static void
write_obfuscation (JumpJsonWriter *writer)
{
  guint8 length;
  g_autofree char *noise = NULL;

  jump_random_bytes (&length, 1);
  noise = jump_random_hex (1 + length % 8);
  jump_json_writer_member_string (writer, "obfuscation", noise);
}

static void
add_delta (Stream *stream, const char *type, const char *counter, const char *text, gsize length)
{
  g_auto (JumpJsonWriter) writer = { 0 };
  g_autofree char *piece = g_strndup (text, length);

  begin_inner (stream, type, counter, &writer);
  jump_json_writer_member_string (&writer, "delta", piece);
  if (g_str_equal (type, "response.output_text.delta"))
    {
      jump_json_writer_member (&writer, "logprobs");
      jump_json_writer_raw (&writer, "[]", -1);
    }
  write_obfuscation (&writer);
  end_event (stream, type, &writer);
}

static void
add_whole (Stream *stream,
           const char *type,
           const char *counter,
           const char *member,
           const char *text)
{
  g_auto (JumpJsonWriter) writer = { 0 };

  begin_inner (stream, type, counter, &writer);
  jump_json_writer_member_string (&writer, member, text);
  if (g_str_equal (type, "response.output_text.done"))
    {
      jump_json_writer_member (&writer, "logprobs");
      jump_json_writer_raw (&writer, "[]", -1);
    }
  end_event (stream, type, &writer);
}

static void
add_words (Stream *stream, const char *type, const char *counter, const char *text)
{
  gsize length;

  for (; (length = jump_text_piece_get_word (text)) > 0; text += length)
    add_delta (stream, type, counter, text, length);
}

static void
add_summary_part (Stream *stream, const char *type, const char *text)
{
  g_auto (JumpJsonWriter) writer = { 0 };

  begin_inner (stream, type, "summary_index", &writer);
  jump_json_writer_member (&writer, "part");
  jump_json_writer_begin_object (&writer);
  jump_json_writer_member_string (&writer, "type", "summary_text");
  jump_json_writer_member_string (&writer, "text", text);
  jump_json_writer_end_object (&writer);
  end_event (stream, type, &writer);
}

static void
add_reasoning (Stream *stream)
{
  const char *text = stream->answer->reasoning;

  add_item (stream, "reasoning", NULL, FALSE);
  if (!stream->question->hides_thinking)
    {
      add_summary_part (stream, "response.reasoning_summary_part.added", "");
      add_words (stream, "response.reasoning_summary_text.delta", "summary_index", text);
      add_whole (stream, "response.reasoning_summary_text.done", "summary_index", "text", text);
      add_summary_part (stream, "response.reasoning_summary_part.done", text);
    }
  add_item (stream, "reasoning", NULL, TRUE);
}

static void
add_content_part (Stream *stream, const char *type, const char *text)
{
  g_auto (JumpJsonWriter) writer = { 0 };

  begin_inner (stream, type, "content_index", &writer);
  jump_json_writer_member (&writer, "part");
  jump_responses_item_write_part (stream->answer, text, &writer);
  end_event (stream, type, &writer);
}

static void
add_message (Stream *stream)
{
  const char *text = stream->answer->text;
  gboolean refused = stream->answer->finish == JUMP_FINISH_REFUSAL;

  add_item (stream, "message", NULL, FALSE);
  add_content_part (stream, "response.content_part.added", "");
  add_words (stream,
             refused ? "response.refusal.delta" : "response.output_text.delta",
             "content_index",
             text);
  add_whole (stream,
             refused ? "response.refusal.done" : "response.output_text.done",
             "content_index",
             refused ? "refusal" : "text",
             text);
  add_content_part (stream, "response.content_part.done", text);
  add_item (stream, "message", NULL, TRUE);
}

static void
add_call (Stream *stream, const JumpAnsweredCall *call)
{
  const char *delta = call->freeform ? "response.custom_tool_call_input.delta"
                                     : "response.function_call_arguments.delta";
  const char *done = call->freeform ? "response.custom_tool_call_input.done"
                                    : "response.function_call_arguments.done";
  const char *whole = *call->arguments == '\0' && !call->freeform ? "{}" : call->arguments;
  const char *rest = whole;
  gsize length;

  add_item (stream, NULL, call, FALSE);
  for (; (length = jump_text_piece_get_letters (rest)) > 0; rest += length)
    add_delta (stream, delta, NULL, rest, length);
  add_whole (stream, done, NULL, call->freeform ? "input" : "arguments", whole);
  add_item (stream, NULL, call, TRUE);
}

static void
add_output (Stream *stream)
{
  const JumpAnswer *answer = stream->answer;

  if (jump_responses_wants_compaction (stream->question->body))
    {
      add_compaction (stream);
      return;
    }
  if (answer->reasoning != NULL)
    add_reasoning (stream);
  add_keepalive (stream);
  if (answer->text != NULL)
    add_message (stream);
  for (guint i = 0; i < answer->calls->len; i++)
    add_call (stream, answer->calls->pdata[i]);
}

/**
 * jump_responses_plan_stream:
 * @question: what was asked
 * @answer: what is said
 */
JumpPlannedReply *
jump_responses_plan_stream (const JumpQuestion *question, const JumpAnswer *answer)
{
  Stream stream = {
    .question = question,
    .answer = answer,
    .reply = jump_planned_reply_new_stream (),
  };
  gboolean cut = answer->finish == JUMP_FINISH_LENGTH;

  add_response (&stream, "response.created", FALSE);
  add_response (&stream, "response.in_progress", FALSE);
  add_keepalive (&stream);
  add_output (&stream);
  add_keepalive (&stream);
  add_response (&stream, cut ? "response.incomplete" : "response.completed", TRUE);
  if ((question->quirks & JUMP_QUIRK_DONE) != 0)
    jump_planned_reply_add_data (stream.reply, "[DONE]");
  return stream.reply;
}
