/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/argument-scan.h"
#include "service/dialects/json-splice.h"
#include "service/dialects/openai-responses-failure.h"
#include "service/dialects/openai-responses-mender.h"
#include "service/dialects/openai-responses-object.h"
#include "service/dialects/openai-responses-usage.h"
#include "service/dialects/openai-responses.h"

/* Replies that stay Responses: upstream's events with their oddities put right (protocol 6.1). */

#define BROKEN_OFF "upstream's stream ended before the response was complete"

typedef struct
{
  JumpReplyPipe pipe;
  JumpResponsesMender mender;
  JumpResponsesObject object; /* (owned): for responses that fail without saying so */
  JumpArgumentScan scan;
  GString *scratch; /* (owned): the event at hand, if it had several lines */
  JumpPipeStep step;
} ResponsesPipe;

static void
note_changes (ResponsesPipe *self)
{
  JumpChanges *changes = &self->pipe.changes;

  jump_changes_add (changes, "ids-normalised");
  if (self->mender.has_filled)
    jump_changes_add (changes, "fields-filled");
  if (self->mender.has_hidden)
    jump_changes_add (changes, "extras-hidden");
}

/* Takes @failure. The client gets the two events that such a response ends with. */
static JumpPipeStep
fail (ResponsesPipe *self, JumpFailure *failure, GString *out)
{
  gint64 sequence = self->mender.sequence + 1;
  gboolean has_usage = jump_usage_count_is_known (&self->pipe.usage);

  self->pipe.failure = failure;
  jump_responses_failure_put_event (failure, sequence, out);
  jump_splice_put_literal (out,
                           "event: response.failed\n"
                           "data: {\"type\":\"response.failed\",\"sequence_number\":");
  jump_splice_put_int (out, sequence + 1);
  jump_splice_put_literal (out, ",\"response\":");
  jump_responses_object_put (&self->object,
                             "failed",
                             NULL,
                             has_usage ? &self->pipe.usage : NULL,
                             NULL,
                             failure,
                             out);
  jump_splice_put_literal (out, "}\n\n");
  self->step = JUMP_PIPE_ERROR;
  return self->step;
}

static JumpPipeStep
fail_with_text (ResponsesPipe *self, const char *message, GString *out)
{
  return fail (self, jump_failure_new (JUMP_FAILURE_SERVER, 502, NULL, message), out);
}

/* What the client got of the final object, for those who come back for it. */
static void
keep_response (ResponsesPipe *self, const GString *out, gsize start)
{
  const char *data = strstr (out->str + start, "data: ");
  JumpJsonSpan event;
  JumpJsonSpan response;

  if (!self->pipe.keep_response || data == NULL)
    return;
  data += strlen ("data: ");
  event = jump_json_span_trim (data, (gsize) (out->str + out->len - data));
  response = jump_json_find_member (event, "response");
  if (response.start != NULL)
    self->pipe.response = g_bytes_new (response.start, response.length);
}

static JumpPipeStep
take_final (ResponsesPipe *self, const JumpResponsesEvent *event, GString *out)
{
  gsize start = out->len;

  jump_responses_usage_read_response (event->response, event->copilot_usage, &self->pipe.usage);
  jump_responses_mender_put_event (&self->mender, event, NULL, out);
  keep_response (self, out, start);
  self->step = JUMP_PIPE_DONE;
  return self->step;
}

/* Libraries throw an error when they see an event "error", agents read response.failed; upstream says only
 * one of the two. */
static JumpPipeStep
take_failed (ResponsesPipe *self, const JumpResponsesEvent *event, GString *out)
{
  JumpFailure *failure = jump_responses_event_read_failure (event);

  jump_responses_usage_read_response (event->response, event->copilot_usage, &self->pipe.usage);
  self->pipe.failure = failure;
  jump_responses_failure_put_event (failure, ++self->mender.sequence, out);
  jump_responses_mender_put_event (&self->mender, event, failure, out);
  self->step = JUMP_PIPE_ERROR;
  return self->step;
}

static JumpPipeStep
take_arguments (ResponsesPipe *self, const JumpResponsesEvent *event, GString *out)
{
  static const char name[] = "response.function_call_arguments.delta";

  if (event->name_length == sizeof name - 1 && memcmp (event->name, name, sizeof name - 1) == 0 &&
      !jump_argument_scan_push (&self->scan, event->delta))
    return fail_with_text (self,
                           "the model wrote white space without end into a tool's arguments",
                           out);
  jump_responses_mender_put_event (&self->mender, event, NULL, out);
  return self->step;
}

static JumpPipeStep
take_event (ResponsesPipe *self, const JumpResponsesEvent *event, GString *out)
{
  switch (event->type)
    {
    case JUMP_RESPONSES_EVENT_COMPLETED:
    case JUMP_RESPONSES_EVENT_INCOMPLETE:
      return take_final (self, event, out);
    case JUMP_RESPONSES_EVENT_FAILED:
      return take_failed (self, event, out);
    case JUMP_RESPONSES_EVENT_ERROR:
      return fail (self, jump_responses_event_read_failure (event), out);
    case JUMP_RESPONSES_EVENT_KEEPALIVE:
      /* Not all clients know such an event. */
      jump_splice_put_literal (out, ": keepalive\n\n");
      return self->step;
    case JUMP_RESPONSES_EVENT_ARGUMENTS_DELTA:
      self->pipe.has_output = TRUE;
      return take_arguments (self, event, out);
    case JUMP_RESPONSES_EVENT_OTHER:
      if (event->name_length == 0)
        return self->step;
      break;
    case JUMP_RESPONSES_EVENT_CREATED:
      break;
    case JUMP_RESPONSES_EVENT_ITEM_ADDED:
      memset (&self->scan, 0, sizeof self->scan);
      self->pipe.has_output = TRUE;
      break;
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
    case JUMP_RESPONSES_EVENT_ARGUMENTS_DONE:
    case JUMP_RESPONSES_EVENT_ANNOTATION:
      self->pipe.has_output = TRUE;
      break;
    }
  jump_responses_mender_put_event (&self->mender, event, NULL, out);
  return self->step;
}

static JumpPipeStep
pass_event (JumpReplyPipe *pipe, const JumpSseEvent *sse, GString *out)
{
  ResponsesPipe *self = (ResponsesPipe *) pipe;
  JumpResponsesEvent event;

  if (self->step != JUMP_PIPE_GO_ON)
    return self->step;
  switch (jump_responses_event_read (&event, sse, self->scratch))
    {
    case JUMP_RESPONSES_READ_EVENT:
      if (take_event (self, &event, out) != JUMP_PIPE_GO_ON)
        note_changes (self);
      break;
    case JUMP_RESPONSES_READ_NOTHING:
      break;
    case JUMP_RESPONSES_READ_DONE:
      return fail_with_text (self, BROKEN_OFF, out);
    case JUMP_RESPONSES_READ_BAD:
      return fail_with_text (self, "upstream sent an event that is no event of a response", out);
    }
  return self->step;
}

static JumpPipeStep
finish (JumpReplyPipe *pipe, const GError *problem, GString *out)
{
  ResponsesPipe *self = (ResponsesPipe *) pipe;

  if (self->step != JUMP_PIPE_GO_ON)
    return self->step;
  note_changes (self);
  if (problem == NULL)
    return fail_with_text (self, BROKEN_OFF, out);
  return fail (self, jump_failure_new_from_error (problem), out);
}

static GBytes *
pass_whole (JumpReplyPipe *pipe, GBytes *body, GError **error)
{
  ResponsesPipe *self = (ResponsesPipe *) pipe;
  g_autoptr (JumpJsonEdit) edit = NULL;
  JumpJsonSpan response;
  JumpJsonSpan none = { NULL, 0 };
  gsize length;
  const char *data = g_bytes_get_data (body, &length);
  GBytes *mended;

  if (!jump_responses_check_reply (data, length, &response, error))
    return NULL;
  jump_responses_usage_read_response (response, none, &pipe->usage);
  edit = jump_json_edit_new (data, length);
  jump_responses_mender_edit_response (&self->mender, edit, response, NULL);
  mended = jump_json_edit_apply (edit);
  note_changes (self);
  pipe->has_output = TRUE;
  if (pipe->keep_response)
    pipe->response = g_bytes_ref (mended);
  return mended;
}

static void
free_pipe (JumpReplyPipe *pipe)
{
  ResponsesPipe *self = (ResponsesPipe *) pipe;

  jump_responses_mender_clear (&self->mender);
  jump_responses_object_clear (&self->object);
  g_string_free (g_steal_pointer (&self->scratch), TRUE);
  jump_reply_pipe_clear (pipe);
  g_free (self);
}

static const JumpReplyPipeClass pipe_class = {
  .event = pass_event,
  .finish = finish,
  .whole = pass_whole,
  .free = free_pipe,
};

/**
 * jump_responses_pipe_new:
 * @options: of the request; members in its echo replace those that upstream repeats
 *
 * Returns: (transfer full): a pipe for one reply
 */
JumpReplyPipe *
jump_responses_pipe_new (const JumpReplyOptions *options)
{
  ResponsesPipe *self = g_new0 (ResponsesPipe, 1);

  jump_reply_pipe_init (&self->pipe, &pipe_class);
  jump_responses_mender_init (&self->mender,
                              options->request_id,
                              options->client_model,
                              options->echo);
  jump_responses_object_init (&self->object,
                              self->mender.ids.response,
                              options->client_model,
                              options->now,
                              options->echo);
  self->scratch = g_string_new (NULL);
  self->step = JUMP_PIPE_GO_ON;
  return &self->pipe;
}
