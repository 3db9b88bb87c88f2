/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/openai-chat-writer.h"

#include "service/dialects/json-splice.h"

static gboolean
has_element (JumpJsonSpan span)
{
  JumpJsonCursor cursor;

  if (jump_json_span_kind (span) != JUMP_JSON_ARRAY)
    return FALSE;
  jump_json_cursor_init (&cursor, span);
  return jump_json_cursor_next_key (&cursor, NULL);
}

static inline void
put_text (GString *out, const GString *text)
{
  jump_splice_put (out, text->str, text->len);
}

/* Begins an event and its only choice, up to the inside of its delta. */
static void
put_choice_start (JumpChatWriter *self, guint target, GString *out)
{
  jump_chat_head_put (&self->head, out);
  if (target == 0)
    jump_splice_put_literal (out, "{\"index\":0,\"delta\":{");
  else
    g_string_append_printf (out, "{\"index\":%u,\"delta\":{", target);
}

/* Clients that put deltas together want the role once, with the first: some fail without it, some
 * glue repeated ones into "assistantassistant". */
static void
put_role (JumpJsonSpan role, GString *out)
{
  jump_splice_put_comma (out);
  jump_splice_put_literal (out, "\"role\":");
  if (jump_json_span_has_text (role))
    jump_splice_put_span (out, role);
  else
    jump_splice_put_literal (out, "\"assistant\"");
}

/* Returns: whether there was any. */
static gboolean
put_tool_calls (JumpChatWriter *self,
                guint source,
                guint target,
                JumpJsonSpan fragments,
                GString *out)
{
  if (!has_element (fragments))
    return FALSE;
  jump_splice_put_comma (out);
  if (jump_chat_calls_write (self->calls, source, target, fragments, out))
    jump_chat_writer_note (self, JUMP_CHAT_CHANGE_TOOL_CALLS_REPAIRED);
  self->has_output = TRUE;
  return TRUE;
}

/* Under the name that most clients know. */
static void
put_reasoning (JumpChatWriter *self, JumpJsonSpan value, GString *out)
{
  jump_splice_put_comma (out);
  jump_splice_put_literal (out, "\"reasoning_content\":");
  jump_splice_put_span (out, value);
  jump_chat_writer_note (self, JUMP_CHAT_CHANGE_REASONING_RENAMED);
}

/* Whether a member of a delta says something, so that it must not wait for the end. */
static gboolean
is_saying_something (JumpJsonSpan value)
{
  JumpJsonKind kind = jump_json_span_kind (value);

  return kind == JUMP_JSON_STRING ? value.length > 2 : kind != JUMP_JSON_NULL;
}

/* "stop" goes with tool calls too at some upstreams (protocol 5.4 quirk 5); a turn that was cut
 * stays cut. */
static void
put_finish_reason (JumpChatWriter *self, guint target, JumpJsonSpan reason, GString *out)
{
  if (jump_json_span_equals (reason, "stop") && jump_chat_calls_has_any (self->calls, target))
    {
      jump_splice_put_literal (out, "\"tool_calls\"");
      jump_chat_writer_note (self, JUMP_CHAT_CHANGE_FINISH_CORRECTED);
    }
  else
    jump_splice_put_span (out, reason);
}

/* Returns: whether the delta says anything. */
static gboolean
put_members_of_delta (JumpChatWriter *self,
                      guint source,
                      guint target,
                      JumpJsonSpan delta,
                      GString *out)
{
  JumpJsonSpan role = { NULL, 0 };
  JumpJsonCursor cursor;
  JumpJsonSpan key, value;
  gboolean says = FALSE;

  jump_json_cursor_init (&cursor, delta);
  while (cursor.is_object && jump_json_cursor_next (&cursor, &key, &value))
    {
      if (jump_splice_key_is (key, "role"))
        role = value;
      else if (jump_splice_key_is (key, "tool_calls"))
        says |= put_tool_calls (self, source, target, value, out);
      else if (jump_chat_is_hidden (key, value))
        jump_chat_writer_note (self, JUMP_CHAT_CHANGE_EXTRAS_HIDDEN);
      else
        {
          if (self->renames_reasoning && jump_splice_key_is (key, "reasoning_text"))
            put_reasoning (self, value, out);
          else
            jump_splice_put_member (out, key, value);
          if (!is_saying_something (value))
            continue;
          says = TRUE;
          if (jump_splice_key_is (key, "content") || jump_splice_key_is (key, "function_call"))
            self->has_output = TRUE;
        }
    }
  if (!self->role_sent[target])
    put_role (role, out);
  return says;
}

/**
 * jump_chat_writer_init:
 * @self: (out caller-allocates): nothing written yet
 * @client_model: see jump_chat_head_init(), as the others
 */
void
jump_chat_writer_init (JumpChatWriter *self,
                       const char *client_model,
                       const char *request_id,
                       gint64 now)
{
  memset (self, 0, sizeof *self);
  jump_chat_head_init (&self->head,
                       "data: ",
                       "chat.completion.chunk",
                       client_model,
                       request_id,
                       now);
  self->calls = jump_chat_calls_new (request_id);
  self->change_log = g_string_new (NULL);
}

/**
 * jump_chat_writer_clear:
 * @self: a writer
 */
void
jump_chat_writer_clear (JumpChatWriter *self)
{
  jump_chat_head_clear (&self->head);
  g_clear_pointer (&self->calls, jump_chat_calls_free);
  g_string_free (g_steal_pointer (&self->change_log), TRUE);
}

/**
 * jump_chat_writer_note:
 * @self: a writer
 * @change: a repair; its name is written down the first time
 */
void
jump_chat_writer_note (JumpChatWriter *self, JumpChatChange change)
{
  static const char *const names[] = {
    "fields-filled", "choices-merged", "tool-calls-repaired", "finish-corrected",
    "extras-hidden", "usage-hidden",   "reasoning-renamed",
  };

  if ((self->changes & change) != 0)
    return;
  self->changes |= change;
  if (self->change_log->len > 0)
    g_string_append_c (self->change_log, ',');
  g_string_append (self->change_log, names[g_bit_nth_lsf (change, -1)]);
}

/**
 * jump_chat_writer_put_delta:
 * @self: a writer
 * @source: position of the choice at the upstream
 * @target: position that the client sees, below JUMP_CHAT_MAX_CHOICES
 * @delta: upstream's delta; absent counts as empty
 * @choice_rest: the choice's other members, a comma before each
 * @chunk_rest: the chunk's other members, a comma before each
 * @may_skip: whether a delta that says nothing can be left out
 * @out: gets one event or nothing
 *
 * Returns: whether the delta says anything
 */
gboolean
jump_chat_writer_put_delta (JumpChatWriter *self,
                            guint source,
                            guint target,
                            JumpJsonSpan delta,
                            const GString *choice_rest,
                            const GString *chunk_rest,
                            gboolean may_skip,
                            GString *out)
{
  gsize start = out->len;
  gboolean says;

  put_choice_start (self, target, out);
  says = put_members_of_delta (self, source, target, delta, out);
  if (may_skip && !says)
    {
      g_string_truncate (out, start);
      return FALSE;
    }
  jump_splice_put_literal (out, "}");
  put_text (out, choice_rest);
  jump_splice_put_literal (out, ",\"finish_reason\":null}]");
  put_text (out, chunk_rest);
  jump_splice_put_literal (out, "}\n\n");
  self->role_sent[target] = TRUE;
  return says;
}

/**
 * jump_chat_writer_put_finish:
 * @self: a writer
 * @target: position of the choice that the client sees
 * @reason: JSON string; corrected when it is "stop" and there were tool calls
 * @chunk_rest: other members of the chunk that ended the choice, a comma before each
 * @out: gets one event, and one before it when tool calls lack their arguments
 */
void
jump_chat_writer_put_finish (JumpChatWriter *self,
                             guint target,
                             JumpJsonSpan reason,
                             const GString *chunk_rest,
                             GString *out)
{
  JumpJsonSpan no_role = { NULL, 0 };

  put_choice_start (self, target, out);
  if (jump_chat_calls_write_missing_arguments (self->calls, target, out))
    {
      jump_splice_put_literal (out, "},\"finish_reason\":null}]}\n\n");
      put_choice_start (self, target, out);
      jump_chat_writer_note (self, JUMP_CHAT_CHANGE_TOOL_CALLS_REPAIRED);
    }
  if (!self->role_sent[target])
    {
      jump_splice_put_literal (out, "\"content\":\"\"");
      put_role (no_role, out);
      self->role_sent[target] = TRUE;
    }
  jump_splice_put_literal (out, "},\"finish_reason\":");
  put_finish_reason (self, target, reason, out);
  jump_splice_put_literal (out, "}]");
  put_text (out, chunk_rest);
  jump_splice_put_literal (out, "}\n\n");
}

/**
 * jump_chat_writer_put_members:
 * @self: a writer
 * @members: JSON members, a comma before each
 * @out: gets one event, with "choices":[]
 */
void
jump_chat_writer_put_members (JumpChatWriter *self, const GString *members, GString *out)
{
  jump_chat_head_put (&self->head, out);
  jump_splice_put_literal (out, "]");
  put_text (out, members);
  jump_splice_put_literal (out, "}\n\n");
}
