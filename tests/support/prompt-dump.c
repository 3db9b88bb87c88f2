/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "tests/support/prompt-dump.h"

#include "service/base/json-scan.h"
#include "service/base/json-write.h"
#include "service/base/limits.h"
#include "tests/support/conversation-words.h"
#include "tests/support/json-pretty.h"

#include <math.h>

static void
put_string (JumpJsonWriter *writer, const char *name, const char *value)
{
  if (value != NULL)
    jump_json_writer_member_string (writer, name, value);
}

/* JSON stands as JSON; what is damaged shows itself as a string. */
static void
put_json (JumpJsonWriter *writer, const char *name, const char *json)
{
  if (json != NULL && jump_json_validate (json, strlen (json), JUMP_LIMIT_JSON_DEPTH, NULL))
    {
      jump_json_writer_member (writer, name);
      jump_json_writer_raw (writer, json, -1);
    }
  else
    put_string (writer, name, json);
}

static void
put_int (JumpJsonWriter *writer, const char *name, gint64 value)
{
  if (value != -1)
    jump_json_writer_member_int (writer, name, value);
}

static void
put_double (JumpJsonWriter *writer, const char *name, double value)
{
  if (!isnan (value))
    jump_json_writer_member_double (writer, name, value);
}

static void
put_true (JumpJsonWriter *writer, const char *name, gboolean value)
{
  if (value)
    jump_json_writer_member_boolean (writer, name, TRUE);
}

static void
put_strings (JumpJsonWriter *writer, const char *name, const GPtrArray *strings)
{
  if (strings->len == 0)
    return;
  jump_json_writer_member (writer, name);
  jump_json_writer_begin_array (writer);
  for (guint i = 0; i < strings->len; i++)
    jump_json_writer_string (writer, g_ptr_array_index (strings, i));
  jump_json_writer_end_array (writer);
}

static void
put_state (JumpJsonWriter *writer, const JumpReasoningState *state)
{
  if (state->kind == JUMP_REASONING_NONE)
    return;
  jump_json_writer_member (writer, "state");
  jump_json_writer_begin_object (writer);
  put_string (writer, "kind", jump_word_of_reasoning (state->kind));
  put_string (writer, "data", state->data);
  put_string (writer, "model", state->model);
  jump_json_writer_end_object (writer);
}

static void
put_part_members (JumpJsonWriter *writer, const JumpPart *part)
{
  jump_json_writer_member_string (writer, "part", jump_word_of_part (part->kind));
  put_string (writer, "text", part->text);
  put_json (writer, "annotations", part->annotations);
  put_json (writer, "cache_marker", part->cache_marker);
  put_string (writer, "media_type", part->media_type);
  put_string (writer, "data", part->data);
  put_string (writer, "url", part->url);
  put_string (writer, "file_id", part->file_id);
  put_string (writer, "detail", part->detail);
  put_string (writer, "file_name", part->file_name);
  put_state (writer, &part->state);
  put_string (writer, "call_id", part->call_id);
  put_string (writer, "name", part->name);
  put_string (writer, "name_space", part->name_space);
  if (part->tool_kind != JUMP_TOOL_FUNCTION)
    put_string (writer, "tool", jump_word_of_tool (part->tool_kind));
  put_string (writer, "arguments", part->arguments);
  put_string (writer, "call_state", part->call_state);
  put_true (writer, "is_error", part->is_error);
  put_string (writer, "type", part->type);
  put_json (writer, "json", part->json);
}

static void
put_parts (JumpJsonWriter *writer, const char *name, const GPtrArray *parts)
{
  jump_json_writer_member (writer, name);
  jump_json_writer_begin_array (writer);
  for (guint i = 0; i < parts->len; i++)
    {
      const JumpPart *part = g_ptr_array_index (parts, i);

      jump_json_writer_begin_object (writer);
      put_part_members (writer, part);
      if (part->content != NULL)
        put_parts (writer, "content", part->content);
      jump_json_writer_end_object (writer);
    }
  jump_json_writer_end_array (writer);
}

static void
put_messages (JumpJsonWriter *writer, const GPtrArray *messages)
{
  jump_json_writer_member (writer, "messages");
  jump_json_writer_begin_array (writer);
  for (guint i = 0; i < messages->len; i++)
    {
      const JumpMessage *message = g_ptr_array_index (messages, i);

      jump_json_writer_begin_object (writer);
      jump_json_writer_member_string (writer, "role", jump_word_of_role (message->role));
      put_string (writer, "name", message->name);
      put_parts (writer, "parts", message->parts);
      jump_json_writer_end_object (writer);
    }
  jump_json_writer_end_array (writer);
}

static void
put_tool (JumpJsonWriter *writer, const JumpTool *tool)
{
  jump_json_writer_begin_object (writer);
  jump_json_writer_member_string (writer, "tool", jump_word_of_tool (tool->kind));
  put_string (writer, "name", tool->name);
  put_string (writer, "name_space", tool->name_space);
  put_string (writer, "description", tool->description);
  put_json (writer, "schema", tool->schema);
  put_string (writer, "is_strict", jump_word_of_flag (tool->is_strict));
  put_json (writer, "cache_marker", tool->cache_marker);
  put_string (writer, "type", tool->type);
  put_json (writer, "json", tool->json);
  jump_json_writer_end_object (writer);
}

static void
put_tools (JumpJsonWriter *writer, const JumpPrompt *prompt)
{
  if (prompt->tools->len > 0)
    {
      jump_json_writer_member (writer, "tools");
      jump_json_writer_begin_array (writer);
      for (guint i = 0; i < prompt->tools->len; i++)
        put_tool (writer, g_ptr_array_index (prompt->tools, i));
      jump_json_writer_end_array (writer);
    }
  put_string (writer, "choice", jump_word_of_choice (prompt->choice));
  put_string (writer, "choice_name", prompt->choice_name);
  put_string (writer, "choice_name_space", prompt->choice_name_space);
  put_string (writer, "parallel_calls", jump_word_of_flag (prompt->parallel_calls));
}

static void
put_format (JumpJsonWriter *writer, const JumpPrompt *prompt)
{
  put_string (writer, "format", jump_word_of_format (prompt->format));
  put_string (writer, "format_name", prompt->format_name);
  put_string (writer, "format_description", prompt->format_description);
  put_json (writer, "format_schema", prompt->format_schema);
  put_string (writer, "format_is_strict", jump_word_of_flag (prompt->format_is_strict));
}

static void
put_options (JumpJsonWriter *writer, const JumpPrompt *prompt)
{
  put_double (writer, "temperature", prompt->temperature);
  put_double (writer, "top_p", prompt->top_p);
  put_double (writer, "frequency_penalty", prompt->frequency_penalty);
  put_double (writer, "presence_penalty", prompt->presence_penalty);
  put_int (writer, "top_k", prompt->top_k);
  put_int (writer, "seed", prompt->seed);
  put_int (writer, "max_tokens", prompt->max_tokens);
  put_int (writer, "n", prompt->n);
  put_strings (writer, "stop", prompt->stop);
  put_string (writer, "thinking", jump_word_of_thinking (prompt->thinking));
  put_int (writer, "thinking_budget", prompt->thinking_budget);
  put_string (writer, "effort", prompt->effort);
  put_string (writer, "summary", prompt->summary);
  put_string (writer, "verbosity", prompt->verbosity);
  put_true (writer, "wants_state", prompt->wants_state);
  put_true (writer, "stream", prompt->stream);
  put_true (writer, "include_usage", prompt->include_usage);
  put_string (writer, "user", prompt->user);
  put_json (writer, "metadata", prompt->metadata);
  put_string (writer, "cache_key", prompt->cache_key);
  put_string (writer, "truncation", prompt->truncation);
  put_strings (writer, "dropped", prompt->dropped);
}

char *
jump_prompt_dump (const JumpPrompt *prompt)
{
  g_auto (JumpJsonWriter) writer;
  g_autofree char *json = NULL;

  jump_json_writer_init (&writer);
  jump_json_writer_begin_object (&writer);
  put_string (&writer, "model", prompt->model);
  put_messages (&writer, prompt->messages);
  put_tools (&writer, prompt);
  put_format (&writer, prompt);
  put_options (&writer, prompt);
  jump_json_writer_end_object (&writer);
  json = jump_json_writer_finish (&writer);
  return jump_json_pretty (json, -1);
}
