/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/openai-responses-tools.h"
#include "service/dialects/openai-responses.h"

#include <math.h>
#include <string.h>

/* Replies repeat the request three times in every stream. What is longer than this is left out, as if
 * there were none: nobody learns anything from reading its own system prompt and tools again, and
 * agents' are some 40 KiB. */
#define MAX_REPEATED 4096

static void
write_optional_string (JumpJsonWriter *writer, const char *name, const char *value)
{
  if (value != NULL)
    jump_json_writer_member_string (writer, name, value);
}

static void
write_optional_double (JumpJsonWriter *writer, const char *name, double value)
{
  if (!isnan (value))
    jump_json_writer_member_double (writer, name, value);
}

static void
write_instructions (JumpJsonWriter *writer, const JumpPrompt *prompt)
{
  const JumpMessage *first =
      prompt->messages->len == 0 ? NULL : g_ptr_array_index (prompt->messages, 0);
  g_autofree char *text = NULL;

  if (first == NULL || first->role != JUMP_ROLE_SYSTEM)
    return;
  text = jump_parts_join_text (first->parts, "\n\n");
  if (strlen (text) <= MAX_REPEATED)
    jump_json_writer_member_string (writer, "instructions", text);
}

static void
write_tools (JumpJsonWriter *writer, const JumpPrompt *prompt)
{
  g_auto (JumpJsonWriter) tools = { NULL, FALSE };

  jump_json_writer_member (writer, "tool_choice");
  jump_responses_write_choice_back (writer, prompt);
  jump_json_writer_init (&tools);
  jump_responses_write_tools_back (&tools, prompt);
  if (tools.text->len > MAX_REPEATED)
    return;
  jump_json_writer_member (writer, "tools");
  jump_json_writer_raw (writer, tools.text->str, (gssize) tools.text->len);
}

static void
write_text (JumpJsonWriter *writer, const JumpPrompt *prompt)
{
  jump_json_writer_member (writer, "text");
  jump_json_writer_begin_object (writer);
  jump_json_writer_member (writer, "format");
  jump_responses_write_format (writer, prompt);
  write_optional_string (writer, "verbosity", prompt->verbosity);
  jump_json_writer_end_object (writer);
}

static void
write_members (JumpJsonWriter *writer, const JumpPrompt *prompt)
{
  write_instructions (writer, prompt);
  if (prompt->max_tokens >= 0)
    jump_json_writer_member_int (writer, "max_output_tokens", prompt->max_tokens);
  if (prompt->metadata != NULL)
    {
      jump_json_writer_member (writer, "metadata");
      jump_json_writer_raw (writer, prompt->metadata, -1);
    }
  if (prompt->parallel_calls != JUMP_FLAG_UNSET)
    jump_json_writer_member_boolean (writer,
                                     "parallel_tool_calls",
                                     prompt->parallel_calls == JUMP_FLAG_TRUE);
  write_optional_string (writer, "prompt_cache_key", prompt->cache_key);
  jump_json_writer_member (writer, "reasoning");
  jump_json_writer_begin_object (writer);
  jump_json_writer_member_string (writer, "effort", prompt->effort);
  jump_json_writer_member_string (writer, "summary", prompt->summary);
  jump_json_writer_end_object (writer);
  write_optional_double (writer, "temperature", prompt->temperature);
  write_text (writer, prompt);
  write_tools (writer, prompt);
  write_optional_double (writer, "top_p", prompt->top_p);
  write_optional_string (writer, "truncation", prompt->truncation);
  write_optional_string (writer, "user", prompt->user);
}

/**
 * jump_responses_make_echo:
 * @prompt: what the client asked
 *
 * Returns: (transfer full): members on one line; the response object fills in what is missing
 */
char *
jump_responses_make_echo (const JumpPrompt *prompt)
{
  g_auto (JumpJsonWriter) writer = { NULL, FALSE };
  g_autofree char *object = NULL;
  gsize length;

  jump_json_writer_init (&writer);
  jump_json_writer_begin_object (&writer);
  write_members (&writer, prompt);
  jump_json_writer_end_object (&writer);
  object = jump_json_writer_finish (&writer);
  /* Schemas stand there as the client wrote them, maybe on many lines; an event has one. */
  g_strdelimit (object, "\n\r", ' ');
  length = strlen (object);
  return g_strndup (object + 1, length - 2);
}
