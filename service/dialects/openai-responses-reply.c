/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/error.h"
#include "service/base/limits.h"
#include "service/conversation/reply-builder.h"
#include "service/dialects/openai-responses-speaker.h"
#include "service/dialects/openai-responses-usage.h"
#include "service/dialects/openai-responses.h"
#include "service/dialects/upstream-failure.h"

/* Whole replies are read and written as streams are: the items as events, the events as items. */

static void
on_reply_event (const JumpReplyEvent *event, gpointer user_data)
{
  jump_reply_builder_event (user_data, event);
}

/* HTTP 200 with an error inside: alone, or in a response that failed. */
static gboolean
check_error (JumpJsonSpan response, GError **error)
{
  JumpJsonSpan inner = jump_json_find_member (response, "error");
  g_autoptr (JumpFailure) failure = NULL;

  if (jump_json_span_kind (inner) == JUMP_JSON_NULL &&
      !jump_json_span_equals (jump_json_find_member (response, "status"), "failed"))
    return TRUE;
  if (jump_json_span_kind (inner) == JUMP_JSON_NULL)
    failure = jump_upstream_failure_read_event ("", 0);
  else
    failure = jump_upstream_failure_read_event (response.start, response.length);
  g_set_error_literal (error, JUMP_ERROR, JUMP_ERROR_UPSTREAM, failure->message);
  return FALSE;
}

/**
 * jump_responses_check_reply:
 * @data: what upstream answered
 * @length: bytes of @data
 * @out_response: (out): the response object
 * @error: JUMP_ERROR_UPSTREAM for an error inside, JUMP_ERROR_PROTOCOL for what is no response
 *
 * Returns: whether it is a response
 */
gboolean
jump_responses_check_reply (const char *data,
                            gsize length,
                            JumpJsonSpan *out_response,
                            GError **error)
{
  g_autoptr (GError) local = NULL;

  if (!jump_json_validate (data, length, JUMP_LIMIT_JSON_DEPTH, &local))
    {
      g_set_error (error, JUMP_ERROR, JUMP_ERROR_PROTOCOL, "upstream's reply: %s", local->message);
      return FALSE;
    }
  *out_response = jump_json_span_trim (data, length);
  if (jump_json_span_kind (*out_response) != JUMP_JSON_OBJECT)
    {
      g_set_error (error, JUMP_ERROR, JUMP_ERROR_PROTOCOL, "upstream's reply is no response");
      return FALSE;
    }
  if (!check_error (*out_response, error))
    return FALSE;
  if (jump_json_span_kind (jump_json_find_member (*out_response, "output")) == JUMP_JSON_ARRAY)
    return TRUE;
  g_set_error (error, JUMP_ERROR, JUMP_ERROR_PROTOCOL, "upstream's reply has no output");
  return FALSE;
}

/* Parts by the words of the events, so that nobody has to know an item's shape twice. */
static void
say_items (JumpResponsesSpeaker *speaker, JumpJsonSpan output)
{
  JumpJsonCursor cursor;
  JumpJsonSpan item;
  gint64 index = 0;

  jump_json_cursor_init (&cursor, output);
  while (jump_json_cursor_next (&cursor, NULL, &item))
    {
      jump_responses_speaker_open (speaker, index++, item);
      jump_responses_speaker_close (speaker, item);
    }
}

/**
 * jump_responses_read_reply:
 * @data: what upstream answered to POST /responses without stream
 * @length: bytes of @data
 * @error: see jump_responses_check_reply()
 *
 * Items that only this API knows, such as web_search_call, are left out.
 *
 * Returns: (transfer full) (nullable): the reply
 */
JumpReply *
jump_responses_read_reply (const char *data, gsize length, GError **error)
{
  g_autoptr (JumpReplyBuilder) builder = NULL;
  JumpResponsesSpeaker speaker;
  JumpJsonSpan response;
  JumpJsonSpan none = { NULL, 0 };
  g_autofree char *id = NULL;
  JumpReply *reply;

  if (!jump_responses_check_reply (data, length, &response, error))
    return NULL;
  id = jump_json_span_dup_string (jump_json_find_member (response, "id"));
  builder = jump_reply_builder_new ();
  jump_responses_speaker_init (&speaker, on_reply_event, builder, id == NULL ? "0" : id, NULL);
  say_items (&speaker, jump_json_find_member (response, "output"));
  reply = jump_reply_builder_finish (builder);
  reply->id = g_steal_pointer (&id);
  reply->model = jump_json_span_dup_string (jump_json_find_member (response, "model"));
  reply->stop_reason = jump_responses_speaker_get_stop (&speaker, response);
  jump_responses_usage_read_response (response, none, &reply->usage);
  jump_responses_speaker_clear (&speaker);
  return reply;
}

typedef struct
{
  JumpEncoder *encoder; /* (owned) */
  GString *stream;      /* (owned): what nobody reads */
} WholeWriter;

static void
on_event_to_write (const JumpReplyEvent *event, gpointer user_data)
{
  WholeWriter *self = user_data;

  jump_encoder_event (self->encoder, event, self->stream);
  g_string_truncate (self->stream, 0);
}

/**
 * jump_responses_write_reply:
 * @reply: what a model answered
 * @options: of the request
 *
 * Returns: (transfer full): the response object
 */
GBytes *
jump_responses_write_reply (const JumpReply *reply, const JumpReplyOptions *options)
{
  g_autoptr (JumpEncoder) encoder = jump_responses_encoder_new (options);
  g_autoptr (GString) stream = g_string_new (NULL);
  WholeWriter writer = { encoder, stream };

  encoder->keep_response = TRUE;
  jump_reply_foreach_event (reply, on_event_to_write, &writer);
  return jump_encoder_dup_response (encoder);
}
