/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/limits.h"
#include "service/dialects/openai-responses-event.h"
#include "service/dialects/openai-responses-ids.h"
#include "service/dialects/openai-responses-queue.h"
#include "service/dialects/openai-responses-speaker.h"
#include "service/dialects/openai-responses-usage.h"
#include "service/dialects/openai-responses.h"

#define BROKEN_OFF "upstream's stream ended before the response was complete"

typedef struct
{
  JumpDecoder decoder;
  JumpResponsesSpeaker speaker;
  JumpResponsesQueue queue;
  GByteArray *said; /* (owned): by output_index, whether the item is over */
  guint n_said;
  GString *scratch; /* (owned): the event at hand, if it had several lines */
  gboolean has_started;
} ResponsesDecoder;

static void
say (ResponsesDecoder *self, JumpReplyEvent event)
{
  self->decoder.emit (&event, self->decoder.emit_data);
}

static void
end (ResponsesDecoder *self)
{
  self->decoder.has_ended = TRUE;
  say (self, (JumpReplyEvent){ .kind = JUMP_EVENT_END });
}

static void
fail (ResponsesDecoder *self, const JumpFailure *failure)
{
  say (self, (JumpReplyEvent){ .kind = JUMP_EVENT_FAILURE, .failure = failure });
  end (self);
}

static void
fail_with_text (ResponsesDecoder *self, const char *message)
{
  g_autoptr (JumpFailure) failure = jump_failure_new (JUMP_FAILURE_SERVER, 502, NULL, message);

  fail (self, failure);
}

/* An event that is an error, or has one somewhere inside. */
static void
fail_with_event (ResponsesDecoder *self, const JumpResponsesEvent *event)
{
  g_autoptr (JumpFailure) failure = jump_responses_event_read_failure (event);

  fail (self, failure);
}

/* @response: (may be absent) */
static void
start (ResponsesDecoder *self, JumpJsonSpan response)
{
  g_autofree char *id = NULL;
  g_autofree char *model = NULL;

  if (self->has_started)
    return;
  self->has_started = TRUE;
  id = jump_json_span_dup_string (jump_json_find_member (response, "id"));
  model = jump_json_span_dup_string (jump_json_find_member (response, "model"));
  say (self, (JumpReplyEvent){ .kind = JUMP_EVENT_START, .id = id, .model = model });
}

static gboolean
is_said (const ResponsesDecoder *self, gint64 index)
{
  return index < (gint64) self->said->len && self->said->data[index] != 0;
}

static void
close_item (ResponsesDecoder *self, JumpJsonSpan item)
{
  guint index = (guint) self->speaker.index;

  jump_responses_speaker_close (&self->speaker, item);
  if (index >= self->said->len)
    {
      guint old = self->said->len;

      g_byte_array_set_size (self->said, index + 1);
      memset (self->said->data + old, 0, index + 1 - old);
    }
  self->said->data[index] = 1;
  self->n_said++;
}

/* One event of the item that is open. */
static void
take_open_item (ResponsesDecoder *self, const JumpResponsesEvent *event)
{
  JumpResponsesSpeaker *speaker = &self->speaker;

  switch (event->type)
    {
    case JUMP_RESPONSES_EVENT_TEXT_DELTA:
      jump_responses_speaker_text (speaker, JUMP_EVENT_TEXT, event->part, event->delta, FALSE);
      break;
    case JUMP_RESPONSES_EVENT_TEXT_DONE:
      jump_responses_speaker_text (speaker, JUMP_EVENT_TEXT, event->part, event->text, TRUE);
      break;
    case JUMP_RESPONSES_EVENT_REFUSAL_DELTA:
      jump_responses_speaker_text (speaker, JUMP_EVENT_REFUSAL, event->part, event->delta, FALSE);
      break;
    case JUMP_RESPONSES_EVENT_REFUSAL_DONE:
      jump_responses_speaker_text (speaker, JUMP_EVENT_REFUSAL, event->part, event->text, TRUE);
      break;
    case JUMP_RESPONSES_EVENT_SUMMARY_DELTA:
      jump_responses_speaker_reasoning (speaker, TRUE, event->part, event->delta, FALSE);
      break;
    case JUMP_RESPONSES_EVENT_SUMMARY_DONE:
      jump_responses_speaker_reasoning (speaker, TRUE, event->part, event->text, TRUE);
      break;
    case JUMP_RESPONSES_EVENT_REASONING_DELTA:
      jump_responses_speaker_reasoning (speaker, FALSE, event->part, event->delta, FALSE);
      break;
    case JUMP_RESPONSES_EVENT_REASONING_DONE:
      jump_responses_speaker_reasoning (speaker, FALSE, event->part, event->text, TRUE);
      break;
    case JUMP_RESPONSES_EVENT_ARGUMENTS_DELTA:
      jump_responses_speaker_arguments (speaker, event->delta, FALSE);
      break;
    case JUMP_RESPONSES_EVENT_ARGUMENTS_DONE:
      jump_responses_speaker_arguments (speaker, event->text, TRUE);
      break;
    case JUMP_RESPONSES_EVENT_PART_DONE:
      jump_responses_speaker_part (speaker, event->part, event->content_part);
      break;
    case JUMP_RESPONSES_EVENT_ANNOTATION:
      jump_responses_speaker_annotation (speaker, event->part, event->annotation);
      break;
    case JUMP_RESPONSES_EVENT_ITEM_DONE:
      close_item (self, event->item);
      break;
    case JUMP_RESPONSES_EVENT_OTHER:
    case JUMP_RESPONSES_EVENT_CREATED:
    case JUMP_RESPONSES_EVENT_ITEM_ADDED:
    case JUMP_RESPONSES_EVENT_PART_ADDED:
    case JUMP_RESPONSES_EVENT_KEEPALIVE:
    case JUMP_RESPONSES_EVENT_COMPLETED:
    case JUMP_RESPONSES_EVENT_INCOMPLETE:
    case JUMP_RESPONSES_EVENT_FAILED:
    case JUMP_RESPONSES_EVENT_ERROR:
      break;
    }
}

/* Says the items that had to wait, in the order in which they began, until one of them is not over. */
static void
catch_up (ResponsesDecoder *self)
{
  gint64 index;

  while (self->speaker.index < 0 && (index = jump_responses_queue_peek (&self->queue)) >= 0)
    {
      JumpResponsesWaiting *next;

      while ((next = jump_responses_queue_pop (&self->queue, index)) != NULL)
        {
          g_autoptr (JumpResponsesWaiting) waiting = next;
          g_autoptr (GString) scratch = g_string_new (NULL);
          JumpResponsesEvent event;
          JumpSseEvent sse;

          jump_responses_waiting_get (waiting, &sse);
          if (is_said (self, index) ||
              jump_responses_event_read (&event, &sse, scratch) != JUMP_RESPONSES_READ_EVENT)
            continue;
          if (self->speaker.index < 0)
            jump_responses_speaker_open (&self->speaker, index, event.item);
          take_open_item (self, &event);
        }
    }
}

/* Positions that nobody told are those of the open item, or of the next. */
static gint64
find_index (const ResponsesDecoder *self, const JumpResponsesEvent *event)
{
  if (event->index >= 0)
    return MIN (event->index, JUMP_RESPONSES_MAX_ITEMS - 1);
  if (self->speaker.index >= 0 && event->type != JUMP_RESPONSES_EVENT_ITEM_ADDED)
    return self->speaker.index;
  return MIN (self->said->len, JUMP_RESPONSES_MAX_ITEMS - 1);
}

static void
take_item_event (ResponsesDecoder *self, const JumpResponsesEvent *event, const JumpSseEvent *sse)
{
  gint64 index = find_index (self, event);
  JumpJsonSpan none = { NULL, 0 };

  start (self, none);
  if (is_said (self, index))
    return;
  if (self->speaker.index >= 0 && self->speaker.index != index)
    {
      if (!jump_responses_queue_push (&self->queue, index, sse))
        fail_with_text (self, "upstream mixed up more output than can be put in order");
      return;
    }
  if (self->speaker.index < 0)
    jump_responses_speaker_open (&self->speaker,
                                 index,
                                 event->type == JUMP_RESPONSES_EVENT_ITEM_ADDED ? event->item
                                                                                : none);
  take_open_item (self, event);
  if (self->speaker.index < 0)
    catch_up (self);
  if (self->speaker.has_looped && !self->decoder.has_ended)
    fail_with_text (self, "the model wrote white space without end into a tool's arguments");
}

static JumpJsonSpan
element_at (JumpJsonSpan array, gint64 index)
{
  JumpJsonSpan element = { NULL, 0 };
  JumpJsonCursor cursor;
  gint64 i = 0;

  jump_json_cursor_init (&cursor, array);
  while (!cursor.is_object && jump_json_cursor_next (&cursor, NULL, &element))
    {
      if (i++ == index)
        return element;
    }
  return (JumpJsonSpan){ NULL, 0 };
}

/* Ends what never ended and says the items that never came, from the final object's list. */
static void
say_missing (ResponsesDecoder *self, JumpJsonSpan output)
{
  JumpJsonCursor cursor;
  JumpJsonSpan item;
  guint n_items = 0;
  gint64 index = 0;

  while (self->speaker.index >= 0)
    {
      close_item (self, element_at (output, self->speaker.index));
      catch_up (self);
    }
  jump_json_cursor_init (&cursor, output);
  while (!cursor.is_object && jump_json_cursor_next (&cursor, NULL, NULL))
    n_items++;
  /* As many as there are: the list is only counted differently. */
  if (self->n_said >= n_items || n_items > JUMP_RESPONSES_MAX_ITEMS)
    return;
  jump_json_cursor_init (&cursor, output);
  for (; jump_json_cursor_next (&cursor, NULL, &item); index++)
    {
      if (is_said (self, index))
        continue;
      jump_responses_speaker_open (&self->speaker, index, item);
      close_item (self, item);
    }
}

static void
say_usage (ResponsesDecoder *self, JumpJsonSpan response, JumpJsonSpan copilot_usage)
{
  JumpUsageCount usage = JUMP_USAGE_COUNT_UNKNOWN;

  jump_responses_usage_read_response (response, copilot_usage, &usage);
  if (jump_usage_count_is_known (&usage))
    say (self, (JumpReplyEvent){ .kind = JUMP_EVENT_USAGE, .usage = &usage });
}

static void
complete (ResponsesDecoder *self, JumpJsonSpan response, JumpJsonSpan copilot_usage)
{
  start (self, response);
  say_missing (self, jump_json_find_member (response, "output"));
  say_usage (self, response, copilot_usage);
  say (self,
       (JumpReplyEvent){ .kind = JUMP_EVENT_STOP,
                         .stop_reason =
                             jump_responses_speaker_get_stop (&self->speaker, response) });
  end (self);
}

static void
take_event (ResponsesDecoder *self, const JumpResponsesEvent *event, const JumpSseEvent *sse)
{
  switch (event->type)
    {
    case JUMP_RESPONSES_EVENT_CREATED:
      start (self, event->response);
      break;
    case JUMP_RESPONSES_EVENT_COMPLETED:
    case JUMP_RESPONSES_EVENT_INCOMPLETE:
      complete (self, event->response, event->copilot_usage);
      break;
    case JUMP_RESPONSES_EVENT_FAILED:
      start (self, event->response);
      say_usage (self, event->response, event->copilot_usage);
      fail_with_event (self, event);
      break;
    case JUMP_RESPONSES_EVENT_ERROR:
      fail_with_event (self, event);
      break;
    case JUMP_RESPONSES_EVENT_KEEPALIVE:
      if (self->has_started)
        say (self, (JumpReplyEvent){ .kind = JUMP_EVENT_PING });
      break;
    case JUMP_RESPONSES_EVENT_OTHER:
      break;
    case JUMP_RESPONSES_EVENT_ITEM_ADDED:
    case JUMP_RESPONSES_EVENT_ITEM_DONE:
    case JUMP_RESPONSES_EVENT_PART_ADDED:
    case JUMP_RESPONSES_EVENT_PART_DONE:
    case JUMP_RESPONSES_EVENT_TEXT_DELTA:
    case JUMP_RESPONSES_EVENT_TEXT_DONE:
    case JUMP_RESPONSES_EVENT_REFUSAL_DELTA:
    case JUMP_RESPONSES_EVENT_REFUSAL_DONE:
    case JUMP_RESPONSES_EVENT_SUMMARY_DELTA:
    case JUMP_RESPONSES_EVENT_SUMMARY_DONE:
    case JUMP_RESPONSES_EVENT_REASONING_DELTA:
    case JUMP_RESPONSES_EVENT_REASONING_DONE:
    case JUMP_RESPONSES_EVENT_ARGUMENTS_DELTA:
    case JUMP_RESPONSES_EVENT_ARGUMENTS_DONE:
    case JUMP_RESPONSES_EVENT_ANNOTATION:
      take_item_event (self, event, sse);
      break;
    }
}

/* [DONE] does not belong here, but who says it has said everything (protocol 6.1). */
static void
take_done (ResponsesDecoder *self)
{
  JumpJsonSpan none = { NULL, 0 };

  if (self->n_said > 0 && self->speaker.index < 0)
    complete (self, none, none);
  else
    fail_with_text (self, BROKEN_OFF);
}

static void
decode (JumpDecoder *decoder, const JumpSseEvent *sse)
{
  ResponsesDecoder *self = (ResponsesDecoder *) decoder;
  JumpResponsesEvent event;

  switch (jump_responses_event_read (&event, sse, self->scratch))
    {
    case JUMP_RESPONSES_READ_EVENT:
      take_event (self, &event, sse);
      break;
    case JUMP_RESPONSES_READ_DONE:
      take_done (self);
      break;
    case JUMP_RESPONSES_READ_NOTHING:
      break;
    case JUMP_RESPONSES_READ_BAD:
      fail_with_text (self, "upstream sent an event that is no event of a response");
      break;
    }
}

static void
finish (JumpDecoder *decoder, const GError *problem)
{
  ResponsesDecoder *self = (ResponsesDecoder *) decoder;
  g_autoptr (JumpFailure) failure = NULL;

  if (problem == NULL)
    {
      fail_with_text (self, BROKEN_OFF);
      return;
    }
  failure = jump_failure_new_from_error (problem);
  fail (self, failure);
}

static void
free_decoder (JumpDecoder *decoder)
{
  ResponsesDecoder *self = (ResponsesDecoder *) decoder;

  jump_responses_speaker_clear (&self->speaker);
  jump_responses_queue_clear (&self->queue);
  g_byte_array_unref (self->said);
  g_string_free (self->scratch, TRUE);
  g_free (self);
}

static const JumpDecoderClass decoder_class = {
  .event = decode,
  .finish = finish,
  .free = free_decoder,
};

/**
 * jump_responses_decoder_new:
 * @options: of the request
 * @emit: is told the events
 * @emit_data: for @emit
 *
 * Returns: (transfer full): a decoder for one stream of POST /responses (protocol 6.1)
 */
JumpDecoder *
jump_responses_decoder_new (const JumpReplyOptions *options,
                            JumpReplyEventFunc emit,
                            gpointer emit_data)
{
  ResponsesDecoder *self = g_new0 (ResponsesDecoder, 1);

  self->decoder.class = &decoder_class;
  self->decoder.emit = emit;
  self->decoder.emit_data = emit_data;
  jump_responses_speaker_init (&self->speaker,
                               emit,
                               emit_data,
                               options->request_id,
                               options->used_model);
  jump_responses_queue_init (&self->queue,
                             options->reply_bytes > 0 ? options->reply_bytes : JUMP_LIMIT_REPLY);
  self->said = g_byte_array_new ();
  self->scratch = g_string_new (NULL);
  return &self->decoder;
}
