/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/openai-chat-reply.h"

#include "service/base/error.h"
#include "service/base/json-edit.h"
#include "service/base/json-write.h"
#include "service/base/limits.h"
#include "service/dialects/json-splice.h"
#include "service/dialects/openai-chat-head.h"
#include "service/dialects/openai-chat-message.h"
#include "service/dialects/openai-chat-usage.h"
#include "service/dialects/openai-error.h"

/* One element of upstream's choices. */
typedef struct
{
  JumpJsonSpan span;
  guint target; /* position that the client sees */
} Part;

/* A reply on its way to the client. */
typedef struct
{
  GArray *parts;        /* (owned) (element-type Part) */
  GString *out;         /* (owned) */
  GString *rest;        /* (owned): the reply's other members */
  GString *choice_rest; /* (owned): the same of the choice at hand */
  gboolean is_changed;  /* more than the model has to be put right */
} Repair;

static void
repair_init (Repair *self)
{
  self->parts = g_array_new (FALSE, FALSE, sizeof (Part));
  self->out = g_string_new (NULL);
  self->rest = g_string_new (NULL);
  self->choice_rest = g_string_new (NULL);
  self->is_changed = FALSE;
}

static void
repair_clear (Repair *self)
{
  g_clear_pointer (&self->parts, g_array_unref);
  if (self->out != NULL)
    g_string_free (g_steal_pointer (&self->out), TRUE);
  g_string_free (g_steal_pointer (&self->rest), TRUE);
  g_string_free (g_steal_pointer (&self->choice_rest), TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Repair, repair_clear)

/* With one answer asked for, every choice is a part of it, whatever its index. */
static void
read_parts (Repair *self, JumpJsonSpan choices, guint requested_n)
{
  JumpJsonCursor cursor;
  JumpChatChoice choice;
  Part part;

  jump_json_cursor_init (&cursor, choices);
  while (jump_json_cursor_next (&cursor, NULL, &part.span))
    {
      gint64 given = -1;
      guint index;

      jump_chat_choice_read (&choice, part.span, "message", self->choice_rest);
      index = jump_chat_choice_get_index (&choice, self->parts->len, G_MAXINT);
      part.target = requested_n <= 1 ? 0 : index;
      jump_json_span_get_int (choice.index, &given);
      if (given != (gint64) part.target || choice.hidden.start != NULL)
        self->is_changed = TRUE;
      g_array_append_val (self->parts, part);
    }
}

/* A finish reason is always there, and "stop" does not go with tool calls (protocol 5.4 quirk 5). */
static void
put_finish_reason (Repair *self, JumpJsonSpan reason, gboolean has_tool_calls)
{
  jump_splice_put_literal (self->out, ",\"finish_reason\":");
  if (has_tool_calls && (reason.start == NULL || jump_json_span_equals (reason, "stop")))
    {
      jump_splice_put_literal (self->out, "\"tool_calls\"");
      self->is_changed = TRUE;
    }
  else if (reason.start == NULL)
    {
      jump_splice_put_literal (self->out, "\"stop\"");
      self->is_changed = TRUE;
    }
  else
    jump_splice_put_span (self->out, reason);
}

/* Writes the choice that the parts of @target make together, @first being the first of them. */
static void
put_choice (Repair *self, guint first, guint target)
{
  g_auto (JumpChatMessage) message = { 0 };
  JumpJsonSpan reason = { NULL, 0 };
  guint n_parts = 0;

  jump_chat_message_init (&message);
  g_string_append_printf (self->out, "{\"index\":%u,\"message\":", target);
  for (guint i = first; i < self->parts->len; i++)
    {
      Part *part = &g_array_index (self->parts, Part, i);
      JumpChatChoice choice;

      if (part->target != target)
        continue;
      n_parts++;
      jump_chat_choice_read (&choice, part->span, "message", self->choice_rest);
      jump_chat_message_add (&message, choice.body);
      if (jump_json_span_kind (choice.finish_reason) == JUMP_JSON_STRING &&
          choice.finish_reason.length > 2)
        reason = choice.finish_reason;
    }
  jump_chat_message_put (&message, self->out);
  put_finish_reason (self, reason, jump_chat_message_has_tool_calls (&message));
  if (n_parts > 1)
    {
      JumpChatChoice choice;

      jump_chat_choice_read (&choice,
                             g_array_index (self->parts, Part, first).span,
                             "message",
                             self->choice_rest);
    }
  jump_splice_put (self->out, self->choice_rest->str, self->choice_rest->len);
  jump_splice_put_literal (self->out, "}");
  self->is_changed |= message.is_changed || n_parts > 1;
}

static gboolean
was_put (Repair *self, guint before, guint target)
{
  for (guint i = 0; i < before; i++)
    {
      if (g_array_index (self->parts, Part, i).target == target)
        return TRUE;
    }
  return FALSE;
}

static void
put_choices (Repair *self)
{
  for (guint i = 0; i < self->parts->len; i++)
    {
      guint target = g_array_index (self->parts, Part, i).target;

      if (was_put (self, i, target))
        continue;
      if (i > 0)
        jump_splice_put_literal (self->out, ",");
      put_choice (self, i, target);
    }
}

/* Clients read the counts without looking whether they are there (P-06). */
static void
put_usage (Repair *self, const JumpChatChunk *reply)
{
  jump_splice_put_literal (self->out, ",\"usage\":");
  if (jump_json_span_kind (reply->usage) == JUMP_JSON_OBJECT)
    jump_splice_put_span (self->out, reply->usage);
  else
    {
      jump_splice_put_literal (self->out,
                               "{\"prompt_tokens\":0,\"completion_tokens\":0,\"total_tokens\":0}");
      self->is_changed = TRUE;
    }
  if (reply->copilot_usage.start != NULL)
    {
      jump_splice_put_literal (self->out, ",\"copilot_usage\":");
      jump_splice_put_span (self->out, reply->copilot_usage);
    }
}

static GBytes *
replace_model (GBytes *body, JumpJsonSpan model, const char *client_model)
{
  gsize length;
  const char *data = g_bytes_get_data (body, &length);
  g_autoptr (JumpJsonEdit) edit = NULL;
  g_autoptr (GString) name = NULL;

  if (jump_json_span_equals (model, client_model))
    return g_bytes_ref (body);
  name = g_string_new ("\"");
  jump_json_append_escaped (name, client_model, -1);
  g_string_append_c (name, '"');
  edit = jump_json_edit_new (data, length);
  jump_json_edit_replace (edit, model, name->str, (gssize) name->len);
  return jump_json_edit_apply (edit);
}

static void
set_upstream_error (GBytes *body, GError **error)
{
  g_autoptr (GBytes) shown = jump_openai_error_from_upstream (502, body);
  g_autofree char *message = NULL;
  JumpJsonSpan span;

  span.start = g_bytes_get_data (shown, &span.length);
  span = jump_json_span_trim (span.start, span.length);
  message = jump_json_span_dup_string (
      jump_json_find_member (jump_json_find_member (span, "error"), "message"));
  g_set_error_literal (error,
                       JUMP_ERROR,
                       JUMP_ERROR_UPSTREAM,
                       message != NULL ? message : "upstream answered with an error");
}

/* Takes the reply apart. Returns: FALSE with @error when it is no completion. */
static gboolean
read_reply (JumpChatChunk *reply, GBytes *body, GString *rest, GError **error)
{
  gsize length;
  const char *data = g_bytes_get_data (body, &length);
  g_autoptr (GError) problem = NULL;
  JumpJsonSpan root;
  JumpJsonKind kind;

  if (!jump_json_validate (data, length, JUMP_LIMIT_JSON_DEPTH, &problem))
    {
      g_set_error (error,
                   JUMP_ERROR,
                   JUMP_ERROR_PROTOCOL,
                   "reading upstream's reply: %s",
                   problem->message);
      return FALSE;
    }
  root = jump_json_span_trim (data, length);
  jump_chat_chunk_read (reply, root, rest);
  kind = jump_json_span_kind (reply->error);
  if (kind == JUMP_JSON_OBJECT || (kind == JUMP_JSON_STRING && reply->error.length > 2))
    {
      set_upstream_error (body, error);
      return FALSE;
    }
  if (jump_json_span_kind (root) == JUMP_JSON_OBJECT &&
      jump_json_span_kind (reply->choices) == JUMP_JSON_ARRAY)
    return TRUE;
  g_set_error (error,
               JUMP_ERROR,
               JUMP_ERROR_PROTOCOL,
               "reading upstream's reply: choices: expected array");
  return FALSE;
}

/**
 * jump_chat_reply_repair:
 * @body: upstream's reply with status 200
 * @client_model: the name the client asked for
 * @request_id: names the request; makes an id when upstream gives none
 * @now: in seconds since the epoch, when upstream gives no time
 * @requested_n: the request's n; with 1 all choices are parts of one answer, else those with the
 *   same index are
 * @out_usage: (out) (nullable): what upstream reported
 * @error: JUMP_ERROR_UPSTREAM with the message of an error object, JUMP_ERROR_PROTOCOL for what is
 *   neither that nor a completion
 *
 * Returns: (transfer full) (nullable): the body for the client: @body itself, or @body with
 *   another model, when nothing else had to change
 */
GBytes *
jump_chat_reply_repair (GBytes *body,
                        const char *client_model,
                        const char *request_id,
                        gint64 now,
                        guint requested_n,
                        JumpUsageCount *out_usage,
                        GError **error)
{
  g_auto (Repair) repair = { 0 };
  g_auto (JumpChatHead) head = { 0 };
  JumpChatChunk reply;

  repair_init (&repair);
  jump_chat_head_init (&head, "", "chat.completion", client_model, request_id, now);
  if (out_usage != NULL)
    *out_usage = JUMP_USAGE_COUNT_UNKNOWN;
  if (!read_reply (&reply, body, repair.rest, error))
    return NULL;
  if (out_usage != NULL)
    jump_chat_usage_read (reply.usage, reply.copilot_usage, out_usage);

  read_parts (&repair, reply.choices, requested_n);
  if (repair.parts->len == 0)
    {
      g_set_error (error,
                   JUMP_ERROR,
                   JUMP_ERROR_PROTOCOL,
                   "reading upstream's reply: choices: expected at least one");
      return NULL;
    }
  if (!jump_chat_head_learn (&head, &reply) || reply.hidden.start != NULL ||
      reply.model.start == NULL || reply.copilot_errors.start != NULL || reply.error.start != NULL)
    repair.is_changed = TRUE;
  jump_chat_head_put (&head, repair.out);
  put_choices (&repair);
  jump_splice_put_literal (repair.out, "]");
  put_usage (&repair, &reply);
  jump_splice_put (repair.out, repair.rest->str, repair.rest->len);
  jump_splice_put_literal (repair.out, "}");
  if (!repair.is_changed)
    return replace_model (body, reply.model, client_model);
  return g_string_free_to_bytes (g_steal_pointer (&repair.out));
}

/**
 * jump_chat_read_usage:
 * @json: a reply or a chunk, not terminated
 * @length: bytes of @json
 * @out_usage: (out): unknown counts when there are none
 *
 * Returns: whether any count is known
 */
gboolean
jump_chat_read_usage (const char *json, gsize length, JumpUsageCount *out_usage)
{
  JumpJsonSpan root;

  *out_usage = JUMP_USAGE_COUNT_UNKNOWN;
  if (!jump_json_validate (json, length, JUMP_LIMIT_JSON_DEPTH, NULL))
    return FALSE;
  root = jump_json_span_trim (json, length);
  jump_chat_usage_read (jump_json_find_member (root, "usage"),
                        jump_json_find_member (root, "copilot_usage"),
                        out_usage);
  return jump_usage_count_is_known (out_usage);
}
