/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/anthropic-repair.h"

#include "service/base/error.h"
#include "service/base/json-edit.h"
#include "service/base/json-write.h"
#include "service/base/limits.h"
#include "service/dialects/anthropic-event.h"
#include "service/dialects/anthropic-extras.h"
#include "service/dialects/anthropic-failure.h"
#include "service/dialects/anthropic-reply.h"
#include "service/dialects/anthropic-usage.h"
#include "service/dialects/json-splice.h"
#include "service/dialects/upstream-failure.h"

#define NOT_UNDERSTOOD "upstream sent an event that is no JSON object"
#define CUT_OFF        "upstream ended the stream in the middle of the answer"
#define ENDLESS        "the model wrote nothing but white space into the arguments of a tool"

typedef struct
{
  JumpReplyPipe pipe;
  char *client_model; /* (owned): as JSON */
  char *request_id;   /* (owned) (nullable) */
  gint64 estimated_input;

  GString *scratch; /* (owned) */
  GString *start;   /* (owned): message_start, until something follows */
  JumpAnthropicUsage usage;
  gboolean has_stopped; /* upstream told the stop reason */
  guint whitespace;
} AnthropicRepair;

/* Takes @failure. */
static JumpPipeStep
fail (AnthropicRepair *self, JumpFailure *failure, GString *out)
{
  self->pipe.failure = failure;
  jump_anthropic_failure_append_event (out, failure, self->request_id);
  return JUMP_PIPE_ERROR;
}

static JumpPipeStep
fail_with_text (AnthropicRepair *self, const char *message, GString *out)
{
  return fail (self,
               jump_failure_new (JUMP_FAILURE_SERVER, 502, "upstream_not_understood", message),
               out);
}

/* Until something follows message_start, a second try would show the client nothing twice. */
static void
put_start (AnthropicRepair *self, GString *out)
{
  if (self->start->len == 0)
    return;
  jump_splice_put (out, self->start->str, self->start->len);
  g_string_truncate (self->start, 0);
}

/* The name in front of the data is the type; some upstreams leave one of them out. */
static void
put_event (const JumpAnthropicEvent *event, const JumpSseEvent *sse_event, GString *out)
{
  if (jump_json_span_kind (event->type) == JUMP_JSON_STRING && event->type.length > 2)
    {
      jump_splice_put_literal (out, "event: ");
      jump_splice_put (out, event->type.start + 1, event->type.length - 2);
      jump_splice_put_literal (out, "\n");
    }
  else if (sse_event->event != NULL)
    {
      jump_splice_put_literal (out, "event: ");
      jump_splice_put (out, sse_event->event, sse_event->event_length);
      jump_splice_put_literal (out, "\n");
    }
  jump_splice_put_literal (out, "data: ");
}

/* The event as it stands, or without what Copilot added. */
static void
put_data (AnthropicRepair *self, JumpJsonSpan object, GString *out)
{
  g_autoptr (JumpJsonEdit) edit = NULL;

  if (!jump_anthropic_extras_may_be_in (object))
    {
      jump_splice_put_span (out, object);
      return;
    }
  edit = jump_json_edit_new (object.start, object.length);
  if (jump_anthropic_extras_remove (edit, object))
    jump_changes_add (&self->pipe.changes, "extras-hidden");
  jump_json_edit_append_to (edit, out);
}

static void
pass (AnthropicRepair *self,
      const JumpAnthropicEvent *event,
      const JumpSseEvent *sse_event,
      GString *out)
{
  put_start (self, out);
  put_event (event, sse_event, out);
  put_data (self, event->object, out);
  jump_splice_put_literal (out, "\n\n");
}

static void
edit_model (AnthropicRepair *self, JumpJsonEdit *edit, JumpJsonSpan message)
{
  JumpJsonSpan model = jump_json_find_member (message, "model");

  if (model.start == NULL)
    jump_json_edit_insert_member (edit, message, "model", self->client_model);
  else
    jump_json_edit_replace (edit, model, self->client_model, -1);
}

static void
edit_id (AnthropicRepair *self, JumpJsonEdit *edit, JumpJsonSpan message)
{
  JumpJsonSpan id = jump_json_find_member (message, "id");
  g_autofree char *made = NULL;

  if (jump_json_span_kind (id) == JUMP_JSON_STRING && id.length > 2)
    return;
  made = g_strdup_printf ("\"msg_%s\"", self->request_id == NULL ? "" : self->request_id);
  if (id.start == NULL)
    jump_json_edit_insert_member (edit, message, "id", made);
  else
    jump_json_edit_replace (edit, id, made, -1);
  jump_changes_add (&self->pipe.changes, "fields-filled");
}

/* Clients show the size of the prompt from the first event on; upstream often tells it with the last
 * only (protocol 9.17). */
static void
edit_usage (AnthropicRepair *self, JumpJsonEdit *edit, JumpJsonSpan message)
{
  JumpJsonSpan usage = jump_json_find_member (message, "usage");
  JumpJsonSpan input = jump_json_find_member (usage, "input_tokens");
  JumpUsageCount count = self->pipe.usage;
  g_autoptr (GString) text = NULL;

  if (count.input_tokens < 0)
    count.input_tokens = self->estimated_input;
  if (jump_json_span_kind (usage) != JUMP_JSON_OBJECT)
    {
      text = g_string_new (NULL);
      jump_anthropic_usage_append (text, &count);
      if (usage.start == NULL)
        jump_json_edit_insert_member (edit, message, "usage", text->str);
      else
        jump_json_edit_replace (edit, usage, text->str, -1);
      jump_changes_add (&self->pipe.changes, "usage-estimated");
      return;
    }
  if (self->pipe.usage.input_tokens >= 0 || self->estimated_input < 0)
    return;
  text = g_string_new (NULL);
  g_string_printf (text, "%" G_GINT64_FORMAT, self->estimated_input);
  if (input.start == NULL)
    jump_json_edit_insert_member (edit, usage, "input_tokens", text->str);
  else
    jump_json_edit_replace (edit, input, text->str, -1);
  jump_changes_add (&self->pipe.changes, "usage-estimated");
}

static void
take_usage (AnthropicRepair *self, JumpJsonSpan usage, JumpJsonSpan copilot_usage)
{
  JumpUsageCount count;

  jump_anthropic_usage_read (&self->usage, usage, copilot_usage);
  count = jump_anthropic_usage_get_count (&self->usage);
  jump_usage_count_merge (&self->pipe.usage, &count);
}

static void
take_start (AnthropicRepair *self, const JumpAnthropicEvent *event, const JumpSseEvent *sse_event)
{
  g_autoptr (JumpJsonEdit) edit = NULL;

  take_usage (self,
              jump_json_find_member (event->message, "usage"),
              jump_json_find_member (event->message, "copilot_usage"));
  /* Output of the first moment means nothing yet. */
  self->usage.output = self->pipe.usage.output_tokens = -1;
  put_event (event, sse_event, self->start);
  if (jump_json_span_kind (event->message) != JUMP_JSON_OBJECT)
    jump_splice_put_span (self->start, event->object);
  else
    {
      edit = jump_json_edit_new (event->object.start, event->object.length);
      edit_id (self, edit, event->message);
      edit_model (self, edit, event->message);
      edit_usage (self, edit, event->message);
      if (jump_anthropic_extras_remove (edit, event->object))
        jump_changes_add (&self->pipe.changes, "extras-hidden");
      jump_json_edit_append_to (edit, self->start);
    }
  jump_splice_put_literal (self->start, "\n\n");
}

static JumpPipeStep
take_delta (AnthropicRepair *self,
            const JumpAnthropicEvent *event,
            const JumpSseEvent *sse_event,
            GString *out)
{
  JumpAnthropicDelta delta;

  jump_anthropic_delta_read (&delta, event->delta);
  if (delta.partial_json.start != NULL &&
      jump_anthropic_whitespace_is_endless (&self->whitespace, delta.partial_json))
    return fail_with_text (self, ENDLESS, out);
  self->pipe.has_output = TRUE;
  pass (self, event, sse_event, out);
  return JUMP_PIPE_GO_ON;
}

static JumpPipeStep
finish (JumpReplyPipe *pipe, const GError *problem, GString *out)
{
  AnthropicRepair *self = (AnthropicRepair *) pipe;

  if (self->has_stopped)
    {
      put_start (self, out);
      jump_splice_put_literal (out, "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n");
      jump_changes_add (&self->pipe.changes, "end-added");
      return JUMP_PIPE_DONE;
    }
  if (problem != NULL)
    return fail (self, jump_failure_new_from_error (problem), out);
  return fail (self, jump_failure_new (JUMP_FAILURE_SERVER, 502, "upstream_error", CUT_OFF), out);
}

static JumpPipeStep
take_event (JumpReplyPipe *pipe, const JumpSseEvent *sse_event, GString *out)
{
  AnthropicRepair *self = (AnthropicRepair *) pipe;
  JumpAnthropicEvent event;

  jump_anthropic_event_read (&event, sse_event, self->scratch);
  switch (event.kind)
    {
    case JUMP_ANTHROPIC_EVENT_NOTHING:
      return JUMP_PIPE_GO_ON;
    case JUMP_ANTHROPIC_EVENT_DONE:
      return finish (pipe, NULL, out);
    case JUMP_ANTHROPIC_EVENT_BROKEN:
      return fail_with_text (self, NOT_UNDERSTOOD, out);
    case JUMP_ANTHROPIC_EVENT_ERROR:
      return fail (self,
                   jump_upstream_failure_read_event (event.object.start, event.object.length),
                   out);
    case JUMP_ANTHROPIC_EVENT_MESSAGE_START:
      take_start (self, &event, sse_event);
      return JUMP_PIPE_GO_ON;
    case JUMP_ANTHROPIC_EVENT_BLOCK_DELTA:
      return take_delta (self, &event, sse_event, out);
    case JUMP_ANTHROPIC_EVENT_BLOCK_START:
      self->whitespace = 0;
      self->pipe.has_output = TRUE;
      break;
    case JUMP_ANTHROPIC_EVENT_MESSAGE_DELTA:
      take_usage (self, event.usage, event.copilot_usage);
      if (jump_json_find_member (event.delta, "stop_reason").length > strlen ("null"))
        self->has_stopped = self->pipe.has_output = TRUE;
      break;
    case JUMP_ANTHROPIC_EVENT_PING:
      if (self->start->len > 0)
        return JUMP_PIPE_GO_ON;
      break;
    case JUMP_ANTHROPIC_EVENT_BLOCK_STOP:
    case JUMP_ANTHROPIC_EVENT_MESSAGE_STOP:
    case JUMP_ANTHROPIC_EVENT_OTHER:
      break;
    }
  pass (self, &event, sse_event, out);
  return event.kind == JUMP_ANTHROPIC_EVENT_MESSAGE_STOP ? JUMP_PIPE_DONE : JUMP_PIPE_GO_ON;
}

static GBytes *
take_whole (JumpReplyPipe *pipe, GBytes *body, GError **error)
{
  AnthropicRepair *self = (AnthropicRepair *) pipe;
  g_autoptr (JumpJsonEdit) edit = NULL;
  JumpJsonSpan root;
  gsize length;
  const char *data = g_bytes_get_data (body, &length);

  if (!jump_json_validate (data, length, JUMP_LIMIT_JSON_DEPTH, NULL))
    {
      g_set_error (error, JUMP_ERROR, JUMP_ERROR_PROTOCOL, "upstream's reply is no JSON");
      return NULL;
    }
  root = jump_json_span_trim (data, length);
  if (!jump_anthropic_reply_check (root, error))
    return NULL;
  take_usage (self,
              jump_json_find_member (root, "usage"),
              jump_json_find_member (root, "copilot_usage"));
  edit = jump_json_edit_new (data, length);
  edit_id (self, edit, root);
  if (jump_json_find_member (root, "model").length != strlen (self->client_model) ||
      memcmp (jump_json_find_member (root, "model").start,
              self->client_model,
              strlen (self->client_model)) != 0)
    edit_model (self, edit, root);
  if (jump_json_span_kind (jump_json_find_member (root, "usage")) != JUMP_JSON_OBJECT)
    edit_usage (self, edit, root);
  if (jump_anthropic_extras_remove (edit, root))
    jump_changes_add (&pipe->changes, "extras-hidden");
  if (jump_json_edit_is_empty (edit))
    return g_bytes_ref (body);
  return jump_json_edit_apply (edit);
}

static void
free_repair (JumpReplyPipe *pipe)
{
  AnthropicRepair *self = (AnthropicRepair *) pipe;

  g_clear_pointer (&self->client_model, g_free);
  g_clear_pointer (&self->request_id, g_free);
  g_string_free (g_steal_pointer (&self->scratch), TRUE);
  g_string_free (g_steal_pointer (&self->start), TRUE);
  jump_reply_pipe_clear (pipe);
  g_free (self);
}

static const JumpReplyPipeClass repair_class = {
  .event = take_event,
  .finish = finish,
  .whole = take_whole,
  .free = free_repair,
};

/**
 * jump_anthropic_repair_new:
 * @options: of the request
 *
 * Returns: (transfer full): a pipe before its first event
 */
JumpReplyPipe *
jump_anthropic_repair_new (const JumpReplyOptions *options)
{
  AnthropicRepair *self = g_new0 (AnthropicRepair, 1);
  GString *model = g_string_new ("\"");

  jump_reply_pipe_init (&self->pipe, &repair_class);
  jump_json_append_escaped (model, options->client_model, -1);
  g_string_append_c (model, '"');
  self->client_model = g_string_free (model, FALSE);
  self->request_id = g_strdup (options->request_id);
  self->estimated_input = options->estimated_input;
  self->scratch = g_string_new (NULL);
  self->start = g_string_new (NULL);
  self->usage = JUMP_ANTHROPIC_USAGE_UNKNOWN;
  return &self->pipe;
}
