/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/anthropic-reply.h"

#include "service/base/error.h"
#include "service/base/json-write.h"
#include "service/base/limits.h"
#include "service/dialects/anthropic-arguments.h"
#include "service/dialects/anthropic-call-id.h"
#include "service/dialects/anthropic-citation.h"
#include "service/dialects/anthropic-content.h"
#include "service/dialects/anthropic-reasoning.h"
#include "service/dialects/anthropic-stop.h"
#include "service/dialects/anthropic-usage.h"
#include "service/dialects/upstream-failure.h"

static gboolean
read_parts (JumpReply *reply, JumpJsonSpan content, GError **error)
{
  g_autoptr (GError) problem = NULL;

  if (!jump_anthropic_content_read (content, "content", reply->parts, &problem))
    {
      g_set_error (error,
                   JUMP_ERROR,
                   JUMP_ERROR_PROTOCOL,
                   "upstream's message is not understood: %s",
                   problem->message);
      return FALSE;
    }
  /* What upstream's own tools did stays there. */
  for (guint i = reply->parts->len; i > 0; i--)
    {
      const JumpPart *part = g_ptr_array_index (reply->parts, i - 1);

      if (part->kind == JUMP_PART_OTHER || (part->kind == JUMP_PART_TEXT && *part->text == '\0'))
        g_ptr_array_remove_index (reply->parts, i - 1);
    }
  return TRUE;
}

static void
write_citations (JumpJsonWriter *writer, const char *annotations)
{
  JumpJsonSpan all;
  JumpJsonSpan annotation;
  JumpJsonCursor cursor;
  gboolean has_any = FALSE;

  if (annotations == NULL)
    return;
  all = (JumpJsonSpan){ annotations, strlen (annotations) };
  jump_json_cursor_init (&cursor, all);
  while (jump_json_cursor_next (&cursor, NULL, &annotation))
    {
      if (!jump_anthropic_citation_is_known (annotation))
        continue;
      if (!has_any)
        {
          jump_json_writer_member (writer, "citations");
          jump_json_writer_begin_array (writer);
        }
      has_any = TRUE;
      jump_json_writer_raw (writer, annotation.start, (gssize) annotation.length);
    }
  if (has_any)
    jump_json_writer_end_array (writer);
}

static void
write_text (JumpJsonWriter *writer, const JumpPart *part)
{
  if (part->text == NULL || *part->text == '\0')
    return;
  jump_json_writer_begin_object (writer);
  jump_json_writer_member_string (writer, "type", "text");
  jump_json_writer_member_string (writer, "text", part->text);
  write_citations (writer, part->annotations);
  jump_json_writer_end_object (writer);
}

/* For whom: see the encoder. */
static void
write_reasoning (JumpJsonWriter *writer, const JumpPart *part, const JumpReplyOptions *options)
{
  gboolean has_text = part->text != NULL && *part->text != '\0';
  gboolean has_state = part->state.kind != JUMP_REASONING_NONE;
  g_autofree char *field = NULL;

  if (!options->wants_thinking || (!has_text && !has_state))
    return;
  field = jump_anthropic_reasoning_dup_field (&part->state, options->used_model);
  jump_json_writer_begin_object (writer);
  if (!has_text && jump_anthropic_reasoning_is_redacted (&part->state))
    {
      jump_json_writer_member_string (writer, "type", "redacted_thinking");
      jump_json_writer_member_string (writer, "data", field);
    }
  else
    {
      jump_json_writer_member_string (writer, "type", "thinking");
      jump_json_writer_member_string (writer, "thinking", has_text ? part->text : "");
      jump_json_writer_member_string (writer, "signature", field);
    }
  jump_json_writer_end_object (writer);
}

static void
write_call (JumpJsonWriter *writer,
            const JumpPart *part,
            guint index,
            const JumpReplyOptions *options)
{
  const char *name = part->name == NULL ? "" : part->name;
  g_autofree char *made = NULL;
  g_autofree char *id = NULL;

  if (options->names != NULL)
    jump_tool_names_from_wire (options->names, name, &name, NULL, NULL);
  if (part->call_id == NULL || *part->call_id == '\0')
    made = g_strdup_printf ("toolu_%s_%u", options->request_id, index);
  id = jump_anthropic_call_id_seal (made != NULL ? made : part->call_id, part->call_state);
  jump_json_writer_begin_object (writer);
  jump_json_writer_member_string (writer, "type", "tool_use");
  jump_json_writer_member_string (writer, "id", id);
  jump_json_writer_member_string (writer, "name", name);
  jump_json_writer_member (writer, "input");
  jump_anthropic_arguments_write (writer, part);
  jump_json_writer_end_object (writer);
}

static void
write_part (JumpJsonWriter *writer,
            const JumpPart *part,
            guint index,
            const JumpReplyOptions *options)
{
  switch (part->kind)
    {
    case JUMP_PART_TEXT:
    case JUMP_PART_REFUSAL:
      write_text (writer, part);
      break;
    case JUMP_PART_REASONING:
      write_reasoning (writer, part, options);
      break;
    case JUMP_PART_TOOL_CALL:
      write_call (writer, part, index, options);
      break;
    case JUMP_PART_IMAGE:
    case JUMP_PART_FILE:
    case JUMP_PART_TOOL_RESULT:
    case JUMP_PART_OTHER:
      break;
    }
}

/**
 * jump_anthropic_reply_check:
 * @root: of validated text
 */
gboolean
jump_anthropic_reply_check (JumpJsonSpan root, GError **error)
{
  g_autoptr (JumpFailure) failure = NULL;

  if (jump_json_span_kind (jump_json_find_member (root, "content")) == JUMP_JSON_ARRAY)
    return TRUE;
  if (jump_json_span_kind (jump_json_find_member (root, "error")) == JUMP_JSON_NULL)
    {
      g_set_error (error, JUMP_ERROR, JUMP_ERROR_PROTOCOL, "upstream's reply is no message");
      return FALSE;
    }
  failure = jump_upstream_failure_read_event (root.start, root.length);
  g_set_error_literal (error, JUMP_ERROR, JUMP_ERROR_UPSTREAM, failure->message);
  return FALSE;
}

/**
 * jump_anthropic_reply_read:
 * @data: a reply's body, anything
 * @length: bytes of @data
 */
JumpReply *
jump_anthropic_reply_read (const char *data, gsize length, GError **error)
{
  g_autoptr (JumpReply) reply = jump_reply_new ();
  JumpAnthropicUsage usage = JUMP_ANTHROPIC_USAGE_UNKNOWN;
  JumpJsonSpan root;

  if (!jump_json_validate (data, length, JUMP_LIMIT_JSON_DEPTH, NULL))
    {
      g_set_error (error, JUMP_ERROR, JUMP_ERROR_PROTOCOL, "upstream's reply is no JSON");
      return NULL;
    }
  root = jump_json_span_trim (data, length);
  if (!jump_anthropic_reply_check (root, error) ||
      !read_parts (reply, jump_json_find_member (root, "content"), error))
    return NULL;
  reply->id = jump_json_span_dup_string (jump_json_find_member (root, "id"));
  reply->model = jump_json_span_dup_string (jump_json_find_member (root, "model"));
  reply->stop_reason = jump_anthropic_stop_read (jump_json_find_member (root, "stop_reason"));
  reply->stop_sequence = jump_json_span_dup_string (jump_json_find_member (root, "stop_sequence"));
  jump_anthropic_usage_read (&usage,
                             jump_json_find_member (root, "usage"),
                             jump_json_find_member (root, "copilot_usage"));
  reply->usage = jump_anthropic_usage_get_count (&usage);
  return g_steal_pointer (&reply);
}

/**
 * jump_anthropic_reply_write:
 * @reply: whoever it came from
 * @options: of the request
 */
GBytes *
jump_anthropic_reply_write (const JumpReply *reply, const JumpReplyOptions *options)
{
  g_auto (JumpJsonWriter) writer = { 0 };
  g_autoptr (GString) usage = g_string_new (NULL);
  g_autofree char *id = g_strconcat ("msg_", options->request_id, NULL);

  jump_json_writer_init (&writer);
  jump_json_writer_begin_object (&writer);
  jump_json_writer_member_string (&writer, "id", id);
  jump_json_writer_member_string (&writer, "type", "message");
  jump_json_writer_member_string (&writer, "role", "assistant");
  jump_json_writer_member_string (&writer, "model", options->client_model);
  jump_json_writer_member (&writer, "content");
  jump_json_writer_begin_array (&writer);
  for (guint i = 0; i < reply->parts->len; i++)
    write_part (&writer, g_ptr_array_index (reply->parts, i), i, options);
  jump_json_writer_end_array (&writer);
  jump_json_writer_member_string (
      &writer,
      "stop_reason",
      jump_anthropic_stop_word (reply->stop_reason, jump_reply_has_tool_calls (reply)));
  jump_json_writer_member_string (&writer, "stop_sequence", reply->stop_sequence);
  jump_anthropic_usage_append (usage, &reply->usage);
  jump_json_writer_member (&writer, "usage");
  jump_json_writer_raw (&writer, usage->str, (gssize) usage->len);
  jump_json_writer_end_object (&writer);
  return jump_json_writer_finish_bytes (&writer);
}
