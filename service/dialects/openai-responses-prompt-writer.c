/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/error.h"
#include "service/conversation/effort.h"
#include "service/dialects/openai-responses-input.h"
#include "service/dialects/openai-responses-tools.h"
#include "service/dialects/openai-responses.h"

#include <math.h>
#include <string.h>

/* Upstream refuses fewer (protocol 6.1). */
#define MIN_OUTPUT_TOKENS 16
#define MAX_FORMAT_NAME   64

static gboolean
is_leading_system (const JumpPrompt *prompt, guint i)
{
  const JumpMessage *message = g_ptr_array_index (prompt->messages, i);

  if (message->role != JUMP_ROLE_SYSTEM)
    return FALSE;
  for (guint j = 0; j < message->parts->len; j++)
    {
      const JumpPart *part = g_ptr_array_index (message->parts, j);

      if (part->kind != JUMP_PART_TEXT)
        return FALSE;
    }
  return TRUE;
}

/* The system texts in front of everything else are the instructions; those behind keep their places as
 * developer items. Returns: how many messages were used up */
static guint
write_instructions (JumpJsonWriter *writer, const JumpPrompt *prompt)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint n = 0;

  while (n < prompt->messages->len && is_leading_system (prompt, n))
    n++;
  /* Upstream wants some input: a system text alone is that. */
  if (n == 0 || n == prompt->messages->len)
    return 0;
  for (guint i = 0; i < n; i++)
    {
      const JumpMessage *message = g_ptr_array_index (prompt->messages, i);
      g_autofree char *joined = jump_parts_join_text (message->parts, "\n\n");

      if (*joined == '\0')
        continue;
      if (text->len > 0)
        g_string_append (text, "\n\n");
      g_string_append (text, joined);
    }
  if (text->len > 0)
    jump_json_writer_member_string (writer, "instructions", text->str);
  return n;
}

static gboolean
is_one (double value)
{
  return value >= 1.0 && value <= 1.0;
}

/* Reasoning models take neither unless it is 1 (protocol 6.1). */
static void
write_sampling (JumpJsonWriter *writer,
                const JumpPrompt *prompt,
                const JumpModelTraits *traits,
                JumpChanges *changes)
{
  const struct
  {
    const char *name;
    double value;
  } numbers[] = {
    { "temperature", prompt->temperature },
    { "top_p", prompt->top_p },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      if (isnan (numbers[i].value))
        continue;
      if (traits->is_reasoning && !is_one (numbers[i].value))
        jump_changes_add_detail (changes, "dropped:", numbers[i].name);
      else
        jump_json_writer_member_double (writer, numbers[i].name, numbers[i].value);
    }
}

static void
write_max_tokens (JumpJsonWriter *writer,
                  const JumpPrompt *prompt,
                  const JumpModelTraits *traits,
                  JumpChanges *changes)
{
  gint64 max_tokens = prompt->max_tokens;

  if (max_tokens < 0)
    return;
  if (max_tokens < MIN_OUTPUT_TOKENS)
    {
      max_tokens = MIN_OUTPUT_TOKENS;
      jump_changes_add (changes, "max-output-raised");
    }
  if (traits->max_output_tokens >= MIN_OUTPUT_TOKENS && max_tokens > traits->max_output_tokens)
    {
      max_tokens = traits->max_output_tokens;
      jump_changes_add (changes, "max-output-lowered");
    }
  jump_json_writer_member_int (writer, "max_output_tokens", max_tokens);
}

/* (nullable): the word for upstream. A model that is not in the catalogue gets what was asked for. */
static const char *
find_effort (const JumpPrompt *prompt, const JumpModelTraits *traits, JumpChanges *changes)
{
  const char *wanted = jump_effort_of_prompt (prompt);
  const char *nearest = jump_effort_nearest (wanted, traits);

  if (wanted == NULL)
    return NULL;
  if (nearest == NULL && traits->efforts == NULL && traits->is_reasoning && !traits->is_known)
    nearest = wanted;
  if (nearest == NULL && !g_str_equal (wanted, "none"))
    jump_changes_add (changes, "effort-dropped");
  else if (nearest != NULL && !g_str_equal (nearest, wanted))
    jump_changes_add (changes, "effort-clamped");
  return nearest;
}

/* Summaries are what becomes visible of the reasoning: asked for whenever the client cares for reasoning
 * at all. The state is always asked for, because the next turn needs it. */
static void
write_reasoning (JumpJsonWriter *writer,
                 const JumpPrompt *prompt,
                 const JumpModelTraits *traits,
                 JumpChanges *changes)
{
  const char *effort;
  const char *summary = prompt->summary;

  if (!traits->is_reasoning && traits->efforts == NULL)
    {
      if (prompt->effort != NULL && !g_str_equal (prompt->effort, "none"))
        jump_changes_add (changes, "effort-dropped");
      return;
    }
  effort = find_effort (prompt, traits, changes);
  if (summary == NULL && jump_effort_of_prompt (prompt) != NULL && g_strcmp0 (effort, "none") != 0)
    summary = "auto";
  if (effort != NULL || summary != NULL)
    {
      jump_json_writer_member (writer, "reasoning");
      jump_json_writer_begin_object (writer);
      if (effort != NULL)
        jump_json_writer_member_string (writer, "effort", effort);
      if (summary != NULL)
        jump_json_writer_member_string (writer, "summary", summary);
      jump_json_writer_end_object (writer);
    }
  jump_json_writer_member (writer, "include");
  jump_json_writer_begin_array (writer);
  jump_json_writer_string (writer, "reasoning.encrypted_content");
  jump_json_writer_end_array (writer);
}

/* Returns: (transfer full): a name that is taken */
static char *
clean_format_name (const char *name)
{
  char *clean = g_strndup (name == NULL || *name == '\0' ? "response" : name, MAX_FORMAT_NAME);

  return g_strcanon (clean, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_-", '_');
}

static void
write_schema (JumpJsonWriter *writer, const JumpPrompt *prompt)
{
  g_autofree char *name = clean_format_name (prompt->format_name);

  jump_json_writer_member_string (writer, "type", "json_schema");
  jump_json_writer_member_string (writer, "name", name);
  if (prompt->format_description != NULL)
    jump_json_writer_member_string (writer, "description", prompt->format_description);
  jump_json_writer_member (writer, "schema");
  jump_json_writer_raw (writer, prompt->format_schema == NULL ? "{}" : prompt->format_schema, -1);
  if (prompt->format_is_strict != JUMP_FLAG_UNSET)
    jump_json_writer_member_boolean (writer, "strict", prompt->format_is_strict == JUMP_FLAG_TRUE);
}

/**
 * jump_responses_write_format:
 * @writer: where a value may stand
 * @prompt: what is asked
 */
void
jump_responses_write_format (JumpJsonWriter *writer, const JumpPrompt *prompt)
{
  jump_json_writer_begin_object (writer);
  switch (prompt->format)
    {
    case JUMP_FORMAT_TEXT:
      jump_json_writer_member_string (writer, "type", "text");
      break;
    case JUMP_FORMAT_JSON:
      jump_json_writer_member_string (writer, "type", "json_object");
      break;
    case JUMP_FORMAT_SCHEMA:
      write_schema (writer, prompt);
      break;
    }
  jump_json_writer_end_object (writer);
}

static void
write_text (JumpJsonWriter *writer, const JumpPrompt *prompt)
{
  if (prompt->format == JUMP_FORMAT_TEXT && prompt->verbosity == NULL)
    return;
  jump_json_writer_member (writer, "text");
  jump_json_writer_begin_object (writer);
  if (prompt->format != JUMP_FORMAT_TEXT)
    {
      jump_json_writer_member (writer, "format");
      jump_responses_write_format (writer, prompt);
    }
  if (prompt->verbosity != NULL)
    jump_json_writer_member_string (writer, "verbosity", prompt->verbosity);
  jump_json_writer_end_object (writer);
}

/* What this API or this upstream has no place for. */
static void
note_lost (const JumpPrompt *prompt, JumpChanges *changes)
{
  const struct
  {
    const char *name;
    gboolean is_lost;
  } members[] = {
    { "stop", prompt->stop != NULL && prompt->stop->len > 0 },
    { "top_k", prompt->top_k >= 0 },
    { "seed", prompt->seed >= 0 },
    { "frequency_penalty", !isnan (prompt->frequency_penalty) },
    { "presence_penalty", !isnan (prompt->presence_penalty) },
    { "user", prompt->user != NULL },
    { "metadata", prompt->metadata != NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    {
      if (members[i].is_lost)
        jump_changes_add_detail (changes, "dropped:", members[i].name);
    }
  for (guint i = 0; i < prompt->dropped->len; i++)
    jump_changes_add_detail (changes, "dropped:", g_ptr_array_index (prompt->dropped, i));
}

/**
 * jump_responses_write_prompt:
 * @prompt: what is asked
 * @traits: of the model
 * @names: the tools' names for upstream
 * @changes: gets what had to be changed or left out
 * @error: JUMP_ERROR_BAD_REQUEST for several alternatives, which this API does not have
 *
 * Writes the members that VS Code sends (protocol 6.1) and no other: unknown ones are refused with
 * misleading words.
 *
 * Returns: (transfer full) (nullable): the body
 */
GBytes *
jump_responses_write_prompt (const JumpPrompt *prompt,
                             const JumpModelTraits *traits,
                             const JumpToolNames *names,
                             JumpChanges *changes,
                             GError **error)
{
  g_auto (JumpJsonWriter) writer = { NULL, FALSE };
  guint first;

  if (prompt->n > 1)
    {
      g_set_error_literal (error,
                           JUMP_ERROR,
                           JUMP_ERROR_BAD_REQUEST,
                           "n: expected 1, this model gives one answer at a time");
      return NULL;
    }
  jump_json_writer_init (&writer);
  jump_json_writer_begin_object (&writer);
  jump_json_writer_member_string (&writer, "model", traits->id);
  first = write_instructions (&writer, prompt);
  jump_json_writer_member (&writer, "input");
  jump_responses_write_input (&writer, prompt, first, traits, names, changes);
  jump_responses_write_tools (&writer, prompt, names, changes);
  write_max_tokens (&writer, prompt, traits, changes);
  write_sampling (&writer, prompt, traits, changes);
  write_reasoning (&writer, prompt, traits, changes);
  write_text (&writer, prompt);
  if (prompt->truncation != NULL)
    jump_json_writer_member_string (&writer, "truncation", prompt->truncation);
  if (prompt->cache_key != NULL)
    jump_json_writer_member_string (&writer, "prompt_cache_key", prompt->cache_key);
  jump_json_writer_member_boolean (&writer, "store", FALSE);
  jump_json_writer_member_boolean (&writer, "stream", prompt->stream);
  jump_json_writer_end_object (&writer);
  note_lost (prompt, changes);
  return jump_json_writer_finish_bytes (&writer);
}
