/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "tests/support/event-dump.h"

#include "service/base/json-write.h"
#include "tests/support/conversation-words.h"

void
jump_event_dump_init (JumpEventDump *self)
{
  self->lines = g_string_new (NULL);
  self->joined = g_string_new (NULL);
  self->piece = g_string_new (NULL);
  self->has_piece = FALSE;
}

void
jump_event_dump_clear (JumpEventDump *self)
{
  g_string_free (self->lines, TRUE);
  g_string_free (self->joined, TRUE);
  g_string_free (self->piece, TRUE);
}

static void
put_count (JumpJsonWriter *writer, const char *name, gint64 count)
{
  if (count >= 0)
    jump_json_writer_member_int (writer, name, count);
}

static void
put_usage (JumpJsonWriter *writer, const JumpUsageCount *usage)
{
  if (usage == NULL)
    return;
  jump_json_writer_member (writer, "usage");
  jump_json_writer_begin_object (writer);
  put_count (writer, "input", usage->input_tokens);
  put_count (writer, "output", usage->output_tokens);
  put_count (writer, "cache_read", usage->cache_read_tokens);
  put_count (writer, "cache_write", usage->cache_write_tokens);
  put_count (writer, "reasoning", usage->reasoning_tokens);
  put_count (writer, "nano_aiu", usage->nano_aiu);
  jump_json_writer_end_object (writer);
}

static void
put_word (JumpJsonWriter *writer, const char *name, const char *word)
{
  if (word != NULL)
    jump_json_writer_member_string (writer, name, word);
}

static void
put_failure (JumpJsonWriter *writer, const JumpFailure *failure)
{
  put_word (writer, "kind", jump_word_of_failure (failure->kind));
  jump_json_writer_member_int (writer, "status", failure->status);
  put_word (writer, "message", failure->message);
  put_word (writer, "code", failure->code);
  put_word (writer, "param", failure->param);
  put_count (writer, "n_tokens", failure->n_tokens);
  put_count (writer, "max_tokens", failure->max_tokens);
}

static void
put_members (JumpJsonWriter *writer, const JumpReplyEvent *event)
{
  switch (event->kind)
    {
    case JUMP_EVENT_START:
      put_word (writer, "id", event->id);
      put_word (writer, "model", event->model);
      put_usage (writer, event->usage);
      break;
    case JUMP_EVENT_TEXT:
    case JUMP_EVENT_ANNOTATION:
    case JUMP_EVENT_REASONING:
    case JUMP_EVENT_REFUSAL:
    case JUMP_EVENT_ARGUMENTS:
      jump_json_writer_member (writer, "text");
      jump_json_writer_raw (writer, event->text.start, (gssize) event->text.length);
      break;
    case JUMP_EVENT_STATE:
      put_word (writer, "kind", jump_word_of_reasoning (event->state->kind));
      put_word (writer, "data", event->state->data);
      put_word (writer, "model", event->state->model);
      break;
    case JUMP_EVENT_TOOL_CALL:
      put_word (writer, "id", event->id);
      put_word (writer, "name", event->name);
      put_word (writer, "tool", jump_word_of_tool (event->tool_kind));
      put_word (writer, "call_state", event->call_state);
      break;
    case JUMP_EVENT_USAGE:
      put_usage (writer, event->usage);
      break;
    case JUMP_EVENT_STOP:
      put_word (writer, "reason", jump_word_of_stop (event->stop_reason));
      put_word (writer, "sequence", event->stop_sequence);
      break;
    case JUMP_EVENT_FAILURE:
      put_failure (writer, event->failure);
      break;
    case JUMP_EVENT_PART_END:
    case JUMP_EVENT_PING:
    case JUMP_EVENT_END:
      break;
    }
}

static void
put_line (GString *out, const JumpReplyEvent *event)
{
  g_auto (JumpJsonWriter) writer;
  g_autofree char *json = NULL;

  jump_json_writer_init (&writer);
  jump_json_writer_begin_object (&writer);
  jump_json_writer_member_string (&writer, "event", jump_word_of_event (event->kind));
  put_members (&writer, event);
  jump_json_writer_end_object (&writer);
  json = jump_json_writer_finish (&writer);
  g_string_append_printf (out, "%s\n", json);
}

/* Decoded and escaped again: the same text may have been escaped in two ways. */
static void
flush_piece (JumpEventDump *self)
{
  g_autofree char *quoted = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GString) escaped = g_string_new ("\"");

  if (!self->has_piece)
    return;
  quoted = g_strdup_printf ("\"%s\"", self->piece->str);
  text = jump_json_span_dup_string ((JumpJsonSpan){ quoted, strlen (quoted) });
  jump_json_append_escaped (escaped, text, -1);
  g_string_append_c (escaped, '"');
  put_line (self->joined,
            &(JumpReplyEvent){ .kind = self->piece_kind, .text = { escaped->str, escaped->len } });
  g_string_truncate (self->piece, 0);
  self->has_piece = FALSE;
}

static gboolean
is_piece (JumpReplyEventKind kind)
{
  return kind == JUMP_EVENT_TEXT || kind == JUMP_EVENT_REASONING || kind == JUMP_EVENT_REFUSAL ||
         kind == JUMP_EVENT_ARGUMENTS;
}

void
jump_event_dump_event (const JumpReplyEvent *event, gpointer user_data)
{
  JumpEventDump *self = user_data;

  put_line (self->lines, event);
  if (event->kind == JUMP_EVENT_PING)
    return;
  if (self->has_piece && event->kind != self->piece_kind)
    flush_piece (self);
  if (!is_piece (event->kind))
    {
      put_line (self->joined, event);
      return;
    }
  self->has_piece = TRUE;
  self->piece_kind = event->kind;
  if (event->text.length > 2)
    g_string_append_len (self->piece, event->text.start + 1, (gssize) event->text.length - 2);
}
