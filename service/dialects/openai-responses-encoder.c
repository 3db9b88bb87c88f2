/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/anthropic-call-id.h"
#include "service/dialects/json-splice.h"
#include "service/dialects/openai-responses-composer.h"
#include "service/dialects/openai-responses-failure.h"
#include "service/dialects/openai-responses-object.h"
#include "service/dialects/openai-responses.h"

typedef struct
{
  JumpEncoder encoder;
  JumpResponsesComposer composer;
  JumpResponsesObject object;
  JumpToolNames *names; /* (owned) (nullable) */
  char *used_model;     /* (owned) (nullable) */
  JumpUsageCount usage;
  JumpStopReason stop_reason;
  gboolean has_started;
  gboolean has_ended;
  gboolean has_refused; /* a refusal was written */
  GBytes *response;     /* (owned) (nullable) */
} ResponsesEncoder;

static void
put_lifecycle_event (ResponsesEncoder *self, const char *type, GString *out)
{
  jump_responses_composer_begin_event (&self->composer, type, out);
  g_string_append (out, ",\"response\":");
  jump_responses_object_put (&self->object, "in_progress", NULL, NULL, NULL, NULL, out);
  jump_responses_composer_end_event (out);
}

static void
start (ResponsesEncoder *self, GString *out)
{
  if (self->has_started)
    return;
  self->has_started = TRUE;
  put_lifecycle_event (self, "response.created", out);
  put_lifecycle_event (self, "response.in_progress", out);
}

/* State that this API's own upstream made goes bare, as it came; any other in its envelope. */
static void
put_state (ResponsesEncoder *self, const JumpReasoningState *state, GString *out)
{
  JumpReasoningState named = *state;
  g_autofree char *sealed = NULL;

  if (state->kind == JUMP_REASONING_NONE || state->data == NULL)
    return;
  if (state->kind == JUMP_REASONING_ENCRYPTED)
    {
      jump_responses_composer_state (&self->composer, state->data, out);
      return;
    }
  if (named.model == NULL)
    named.model = self->used_model;
  sealed = jump_reasoning_state_seal (&named);
  jump_responses_composer_state (&self->composer, sealed, out);
}

/* Codex knows its tools by namespace, name and kind; an answer in another kind is fatal for it. Its
 * namespace "functions" is the exception: calls of that come back without one. */
static void
put_call (ResponsesEncoder *self, const JumpReplyEvent *event, GString *out)
{
  const char *name = event->name;
  const char *name_space = NULL;
  JumpToolKind kind = event->tool_kind;
  JumpToolKind known_kind = kind;
  g_autofree char *id = NULL;

  /* What models want back with a call has no place here either but the id. */
  if (event->id != NULL)
    id = jump_anthropic_call_id_seal (event->id, event->call_state);
  else
    id = g_strdup_printf ("call_%u", self->composer.n_items);
  if (self->names != NULL)
    jump_tool_names_from_wire (self->names, event->name, &name, &name_space, &known_kind);
  if (known_kind == JUMP_TOOL_CUSTOM)
    kind = JUMP_TOOL_CUSTOM;
  if (name_space != NULL && g_str_equal (name_space, "functions"))
    name_space = NULL;
  jump_responses_composer_call (&self->composer,
                                kind,
                                id,
                                name,
                                name_space,
                                kind != event->tool_kind,
                                out);
}

static void
end_part (ResponsesEncoder *self, GString *out)
{
  JumpResponsesComposer *composer = &self->composer;

  jump_responses_composer_end_part (composer, out);
  /* Each piece of reasoning has a state of its own. Texts may share a message, and the last item waits for
   * the stop reason, which decides whether it is complete. */
  if (jump_responses_draft_is (&composer->draft, "reasoning"))
    jump_responses_composer_end_item (composer, "completed", out);
}

/* (nullable): why the answer is not all that the model would have said. A refusal is complete when it says
 * so itself; one without a word would look like an answer. */
static const char *
incomplete_reason (const ResponsesEncoder *self)
{
  switch (self->stop_reason)
    {
    case JUMP_STOP_REFUSAL:
      return self->has_refused ? NULL : "content_filter";
    case JUMP_STOP_LIMIT:
    case JUMP_STOP_CONTEXT:
      return "max_output_tokens";
    case JUMP_STOP_FILTER:
      return "content_filter";
    case JUMP_STOP_UNKNOWN:
    case JUMP_STOP_END:
    case JUMP_STOP_SEQUENCE:
    case JUMP_STOP_TOOLS:
    case JUMP_STOP_PAUSE:
      break;
    }
  return NULL;
}

/* The last event, with the object that is kept for those who come back for it. */
static void
put_final_event (ResponsesEncoder *self,
                 const char *status,
                 const char *reason,
                 const JumpFailure *failure,
                 GString *out)
{
  g_autofree char *type = g_strconcat ("response.", status, NULL);
  gboolean has_usage = failure == NULL || jump_usage_count_is_known (&self->usage);
  gsize object_start;

  self->has_ended = TRUE;
  jump_responses_composer_begin_event (&self->composer, type, out);
  g_string_append (out, ",\"response\":");
  object_start = out->len;
  jump_responses_object_put (&self->object,
                             status,
                             self->composer.output,
                             has_usage ? &self->usage : NULL,
                             reason,
                             failure,
                             out);
  if (self->encoder.keep_response)
    self->response = g_bytes_new (out->str + object_start, out->len - object_start);
  jump_responses_composer_end_event (out);
}

static void
put_stop (ResponsesEncoder *self, const JumpReplyEvent *event, GString *out)
{
  self->stop_reason = event->stop_reason;
  jump_responses_composer_end_item (&self->composer,
                                    incomplete_reason (self) == NULL ? "completed" : "incomplete",
                                    out);
}

/* Usage may come behind the stop reason, so that the last event waits for the end. */
static void
put_end (ResponsesEncoder *self, GString *out)
{
  const char *reason = incomplete_reason (self);

  if (self->has_ended)
    return;
  jump_responses_composer_end_item (&self->composer, "completed", out);
  put_final_event (self, reason == NULL ? "completed" : "incomplete", reason, NULL, out);
}

static void
put_failure (ResponsesEncoder *self, const JumpFailure *failure, GString *out)
{
  if (self->has_ended)
    return;
  jump_responses_composer_end_item (&self->composer, "incomplete", out);
  jump_responses_failure_put_event (failure, self->composer.sequence++, out);
  put_final_event (self, "failed", NULL, failure, out);
}

static void
encode (JumpEncoder *encoder, const JumpReplyEvent *event, GString *out)
{
  ResponsesEncoder *self = (ResponsesEncoder *) encoder;
  JumpResponsesComposer *composer = &self->composer;

  start (self, out);
  if (event->usage != NULL)
    jump_usage_count_merge (&self->usage, event->usage);
  switch (event->kind)
    {
    case JUMP_EVENT_TEXT:
      jump_responses_composer_text (composer, FALSE, event->text, out);
      break;
    case JUMP_EVENT_REFUSAL:
      self->has_refused = TRUE;
      jump_responses_composer_text (composer, TRUE, event->text, out);
      break;
    case JUMP_EVENT_ANNOTATION:
      jump_responses_composer_annotation (composer, event->text, out);
      break;
    case JUMP_EVENT_REASONING:
      jump_responses_composer_reasoning (composer, event->text, out);
      break;
    case JUMP_EVENT_STATE:
      put_state (self, event->state, out);
      break;
    case JUMP_EVENT_TOOL_CALL:
      put_call (self, event, out);
      break;
    case JUMP_EVENT_ARGUMENTS:
      jump_responses_composer_arguments (composer, event->text, out);
      break;
    case JUMP_EVENT_PART_END:
      end_part (self, out);
      break;
    case JUMP_EVENT_STOP:
      put_stop (self, event, out);
      break;
    case JUMP_EVENT_FAILURE:
      put_failure (self, event->failure, out);
      break;
    case JUMP_EVENT_PING:
      jump_splice_put_literal (out, ": keepalive\n\n");
      break;
    case JUMP_EVENT_END:
      put_end (self, out);
      break;
    case JUMP_EVENT_START:
    case JUMP_EVENT_USAGE:
      break;
    }
}

static GBytes *
dup_response (JumpEncoder *encoder)
{
  ResponsesEncoder *self = (ResponsesEncoder *) encoder;

  return self->response == NULL ? NULL : g_bytes_ref (self->response);
}

static void
free_encoder (JumpEncoder *encoder)
{
  ResponsesEncoder *self = (ResponsesEncoder *) encoder;

  jump_responses_composer_clear (&self->composer);
  jump_responses_object_clear (&self->object);
  g_clear_pointer (&self->names, jump_tool_names_unref);
  g_clear_pointer (&self->used_model, g_free);
  g_clear_pointer (&self->response, g_bytes_unref);
  g_free (self);
}

static const JumpEncoderClass encoder_class = {
  .event = encode,
  .dup_response = dup_response,
  .free = free_encoder,
};

/**
 * jump_responses_encoder_new:
 * @options: of the request
 *
 * Returns: (transfer full): an encoder for one stream, with the events of protocol 6.1
 */
JumpEncoder *
jump_responses_encoder_new (const JumpReplyOptions *options)
{
  ResponsesEncoder *self = g_new0 (ResponsesEncoder, 1);

  self->encoder.class = &encoder_class;
  jump_responses_composer_init (&self->composer, options->request_id);
  jump_responses_object_init (&self->object,
                              self->composer.ids.response,
                              options->client_model,
                              options->now,
                              options->echo);
  if (options->names != NULL)
    self->names = jump_tool_names_ref (options->names);
  self->used_model = g_strdup (options->used_model);
  self->usage = JUMP_USAGE_COUNT_UNKNOWN;
  return &self->encoder;
}
