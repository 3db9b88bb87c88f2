/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/openai-chat-reply.h"

#include "service/base/error.h"
#include "service/base/json-write.h"
#include "service/base/limits.h"
#include "service/dialects/json-splice.h"
#include "service/dialects/openai-chat-head.h"
#include "service/dialects/openai-chat-message.h"
#include "service/dialects/openai-chat-usage.h"
#include "service/dialects/upstream-failure.h"

/* One choice that the client gets, put together from those of upstream's with its position. */
typedef struct
{
  guint index;
  guint n_parts;
  JumpChatMessage message; /* (owned) */
  JumpJsonSpan reason;     /* the last finish reason given */
  GString *rest;           /* (owned) (nullable): other members of the first part */
} Answer;

/* A reply on its way to the client. */
typedef struct
{
  GArray *answers;      /* (owned) (element-type Answer), in the order of their first parts */
  GString *rest;        /* (owned): the reply's other members */
  GString *choice_rest; /* (owned): scratch: the same of the choice at hand */
  gboolean is_changed;  /* more than the model has to be put right */
  gboolean renames_reasoning;
} Repair;

static void
answer_clear (gpointer data)
{
  Answer *answer = data;

  jump_chat_message_clear (&answer->message);
  if (answer->rest != NULL)
    g_string_free (g_steal_pointer (&answer->rest), TRUE);
}

static void
repair_init (Repair *self)
{
  self->answers = g_array_new (FALSE, FALSE, sizeof (Answer));
  g_array_set_clear_func (self->answers, answer_clear);
  self->rest = g_string_new (NULL);
  self->choice_rest = g_string_new (NULL);
  self->is_changed = FALSE;
}

static void
repair_clear (Repair *self)
{
  g_clear_pointer (&self->answers, g_array_unref);
  g_string_free (g_steal_pointer (&self->rest), TRUE);
  g_string_free (g_steal_pointer (&self->choice_rest), TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Repair, repair_clear)

/* Returns: the answer of @index, a new one when the choice at hand is its first part. */
static Answer *
ensure_answer (Repair *self, guint index)
{
  Answer answer = { .index = index };

  for (guint i = 0; i < self->answers->len; i++)
    {
      if (g_array_index (self->answers, Answer, i).index == index)
        return &g_array_index (self->answers, Answer, i);
    }
  jump_chat_message_init (&answer.message);
  answer.message.renames_reasoning = self->renames_reasoning;
  if (self->choice_rest->len > 0)
    answer.rest = g_string_new_len (self->choice_rest->str, (gssize) self->choice_rest->len);
  g_array_append_val (self->answers, answer);
  return &g_array_index (self->answers, Answer, self->answers->len - 1);
}

/* With one answer asked for, every choice is a part of it, whatever its index. */
static void
read_choices (Repair *self, JumpJsonSpan choices, guint requested_n)
{
  JumpJsonCursor cursor;
  guint position = 0;

  jump_json_cursor_init (&cursor, choices);
  for (; jump_json_cursor_next_key (&cursor, NULL); position++)
    {
      JumpChatChoice choice;
      Answer *answer;
      gint64 given = -1;
      guint index;

      jump_chat_choice_read (&choice, &cursor, "message", self->choice_rest);
      index = jump_chat_choice_get_index (&choice, position, G_MAXINT);
      answer = ensure_answer (self, requested_n <= 1 ? 0 : index);
      jump_json_span_get_int (choice.index, &given);
      if (given != (gint64) answer->index || choice.hidden.start != NULL || answer->n_parts > 0)
        self->is_changed = TRUE;
      answer->n_parts++;
      jump_chat_message_add (&answer->message, choice.body);
      if (jump_json_span_kind (choice.finish_reason) == JUMP_JSON_STRING &&
          choice.finish_reason.length > 2)
        answer->reason = choice.finish_reason;
    }
}

/* A finish reason is always there, and "stop" does not go with tool calls (protocol 5.4 quirk 5).
 * Returns: (nullable): what stands there instead of upstream's. */
static const char *
correct_reason (const Answer *answer)
{
  if (jump_chat_message_has_tool_calls (&answer->message) &&
      (answer->reason.start == NULL || jump_json_span_equals (answer->reason, "stop")))
    return "\"tool_calls\"";
  return answer->reason.start == NULL ? "\"stop\"" : NULL;
}

/* Looks for what reading alone does not show. */
static void
check_answers (Repair *self)
{
  for (guint i = 0; i < self->answers->len; i++)
    {
      const Answer *answer = &g_array_index (self->answers, Answer, i);

      if (correct_reason (answer) != NULL || jump_chat_message_is_changed (&answer->message))
        self->is_changed = TRUE;
    }
}

static void
put_answer (const Answer *answer, GString *out)
{
  const char *corrected = correct_reason (answer);

  g_string_append_printf (out, "{\"index\":%u,\"message\":", answer->index);
  jump_chat_message_put (&answer->message, out);
  jump_splice_put_literal (out, ",\"finish_reason\":");
  if (corrected != NULL)
    g_string_append (out, corrected);
  else
    jump_splice_put_span (out, answer->reason);
  if (answer->rest != NULL)
    jump_splice_put (out, answer->rest->str, answer->rest->len);
  jump_splice_put_literal (out, "}");
}

/* Clients read the counts without looking whether they are there (P-06). */
static void
put_usage (const JumpChatChunk *reply, GString *out)
{
  jump_splice_put_literal (out, ",\"usage\":");
  if (jump_json_span_kind (reply->usage) == JUMP_JSON_OBJECT)
    jump_splice_put_span (out, reply->usage);
  else
    jump_splice_put_literal (out,
                             "{\"prompt_tokens\":0,\"completion_tokens\":0,\"total_tokens\":0}");
  if (reply->copilot_usage.start != NULL)
    {
      jump_splice_put_literal (out, ",\"copilot_usage\":");
      jump_splice_put_span (out, reply->copilot_usage);
    }
}

/* Writes the whole reply anew. */
static GBytes *
put_together (const Repair *self, JumpChatHead *head, const JumpChatChunk *reply, gsize length)
{
  GString *out = g_string_sized_new (length + 256);

  jump_chat_head_put (head, out);
  for (guint i = 0; i < self->answers->len; i++)
    {
      if (i > 0)
        jump_splice_put_literal (out, ",");
      put_answer (&g_array_index (self->answers, Answer, i), out);
    }
  jump_splice_put_literal (out, "]");
  put_usage (reply, out);
  jump_splice_put (out, self->rest->str, self->rest->len);
  jump_splice_put_literal (out, "}");
  return g_string_free_to_bytes (out);
}

static GBytes *
replace_model (GBytes *body, JumpJsonSpan model, const char *client_model)
{
  gsize length;
  const char *data = g_bytes_get_data (body, &length);
  const char *behind = model.start + model.length;
  GString *out;

  if (jump_json_span_equals (model, client_model))
    return g_bytes_ref (body);
  out = g_string_sized_new (length + strlen (client_model) + 16);
  jump_splice_put (out, data, (gsize) (model.start - data));
  jump_splice_put_literal (out, "\"");
  jump_json_append_escaped (out, client_model, -1);
  jump_splice_put_literal (out, "\"");
  jump_splice_put (out, behind, (gsize) (data + length - behind));
  return g_string_free_to_bytes (out);
}

static void
set_upstream_error (const char *data, gsize length, GError **error)
{
  g_autoptr (JumpFailure) failure = jump_upstream_failure_read_event (data, length);

  g_set_error_literal (error, JUMP_ERROR, JUMP_ERROR_UPSTREAM, failure->message);
}

/**
 * jump_chat_reply_read:
 * @reply: (out caller-allocates): spans inside @data
 * @data: upstream's reply with status 200, not terminated
 * @length: bytes of @data
 * @rest: (nullable): replaced by the members that pass
 * @error: JUMP_ERROR_UPSTREAM with the message of an error object (protocol 5.4 quirk 7),
 *   JUMP_ERROR_PROTOCOL for what is neither that nor a completion
 *
 * Returns: whether it is a completion
 */
gboolean
jump_chat_reply_read (JumpChatChunk *reply,
                      const char *data,
                      gsize length,
                      GString *rest,
                      GError **error)
{
  g_autoptr (GError) problem = NULL;
  JumpJsonSpan root = { data, length };
  JumpJsonKind kind;

  if (!jump_chat_chunk_read (reply, root, rest, &problem))
    {
      g_set_error (error,
                   JUMP_ERROR,
                   JUMP_ERROR_PROTOCOL,
                   "reading upstream's reply: %s",
                   problem->message);
      return FALSE;
    }
  kind = jump_json_span_kind (reply->error);
  if (kind == JUMP_JSON_OBJECT || (kind == JUMP_JSON_STRING && reply->error.length > 2))
    {
      set_upstream_error (data, length, error);
      return FALSE;
    }
  if (jump_json_span_kind (reply->choices) == JUMP_JSON_ARRAY)
    return TRUE;
  g_set_error (error,
               JUMP_ERROR,
               JUMP_ERROR_PROTOCOL,
               "reading upstream's reply: choices: expected array");
  return FALSE;
}

/* Notes what was done to a reply. */
static void
note_changes (const Repair *self, JumpChanges *changes)
{
  if (changes == NULL)
    return;
  if (self->is_changed)
    jump_changes_add (changes, "reply-repaired");
  for (guint i = 0; i < self->answers->len; i++)
    {
      if (jump_chat_message_is_renamed (&g_array_index (self->answers, Answer, i).message))
        jump_changes_add (changes, "reasoning-renamed");
    }
}

/**
 * jump_chat_reply_repair:
 * @body: upstream's reply with status 200
 * @options: of the request
 * @out_usage: (out) (nullable): what upstream reported
 * @changes: (nullable): gets what was put right
 * @error: see jump_chat_reply_read()
 *
 * Returns: (transfer full) (nullable): the body for the client: @body itself, or @body with
 *   another model, when nothing else had to change
 */
GBytes *
jump_chat_reply_repair (GBytes *body,
                        const JumpReplyOptions *options,
                        JumpUsageCount *out_usage,
                        JumpChanges *changes,
                        GError **error)
{
  g_auto (Repair) repair = { 0 };
  g_auto (JumpChatHead) head = { 0 };
  JumpChatChunk reply;
  gsize length;
  const char *data = g_bytes_get_data (body, &length);

  repair_init (&repair);
  repair.renames_reasoning = options->reasoning_field == JUMP_REASONING_FIELD_CONTENT;
  jump_chat_head_init (&head,
                       "",
                       "chat.completion",
                       options->client_model,
                       options->request_id,
                       options->now);
  if (out_usage != NULL)
    *out_usage = JUMP_USAGE_COUNT_UNKNOWN;
  if (!jump_chat_reply_read (&reply, data, length, repair.rest, error))
    return NULL;
  if (out_usage != NULL)
    jump_chat_usage_read (reply.usage, reply.copilot_usage, out_usage);

  read_choices (&repair, reply.choices, options->requested_n);
  if (repair.answers->len == 0)
    {
      g_set_error (error,
                   JUMP_ERROR,
                   JUMP_ERROR_PROTOCOL,
                   "reading upstream's reply: choices: expected at least one");
      return NULL;
    }
  check_answers (&repair);
  if (!jump_chat_head_learn (&head, &reply) || reply.hidden.start != NULL ||
      reply.model.start == NULL || reply.copilot_errors.start != NULL ||
      reply.error.start != NULL || jump_json_span_kind (reply.usage) != JUMP_JSON_OBJECT)
    repair.is_changed = TRUE;
  note_changes (&repair, changes);
  if (!repair.is_changed)
    return replace_model (body, reply.model, options->client_model);
  return put_together (&repair, &head, &reply, length);
}
