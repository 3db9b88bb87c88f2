/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/error.h"
#include "service/conversation/effort.h"
#include "service/dialects/openai-chat.h"

#include <math.h>

/* A prompt as the body of a request that Copilot's chat takes (protocol 5.3): only fields that it
 * is known to take, because others are answered with "model not supported". */

typedef struct
{
  JumpJsonWriter *writer;
  const JumpPrompt *prompt;
  const JumpModelTraits *traits;
  JumpChanges *changes;
} Body;

static gboolean
is_one (double value)
{
  return fabs (value - 1) < 1e-9;
}

/* @is_fixed: the model only takes 1, which is its default. */
static void
write_sampling (Body *self, const char *name, double value, gboolean is_fixed, const char *change)
{
  if (isnan (value))
    return;
  if (!is_fixed)
    jump_json_writer_member_double (self->writer, name, value);
  else if (!is_one (value))
    jump_changes_add (self->changes, change);
}

static void
write_penalty (Body *self, const char *name, double value)
{
  if (isnan (value))
    return;
  if (!self->traits->is_reasoning && !self->traits->is_claude)
    jump_json_writer_member_double (self->writer, name, value);
  else if (fabs (value) > 0)
    jump_changes_add_detail (self->changes, "dropped:", name);
}

/* Returns: tokens, -1 for no limit */
static gint64
get_limit (const Body *self)
{
  gint64 most = self->traits->max_output_tokens;

  return most > 0 && self->prompt->max_tokens > most ? most : self->prompt->max_tokens;
}

static void
write_limit (Body *self)
{
  gint64 limit = get_limit (self);

  if (limit < 0)
    return;
  if (limit < self->prompt->max_tokens)
    jump_changes_add (self->changes, "max-tokens-clamped");
  jump_json_writer_member_int (self->writer,
                               self->traits->is_reasoning ? "max_completion_tokens" : "max_tokens",
                               limit);
}

static void
write_schema (Body *self)
{
  const JumpPrompt *prompt = self->prompt;

  jump_json_writer_begin_object (self->writer);
  jump_json_writer_member_string (self->writer, "type", "json_schema");
  jump_json_writer_member (self->writer, "json_schema");
  jump_json_writer_begin_object (self->writer);
  jump_json_writer_member_string (self->writer,
                                  "name",
                                  prompt->format_name != NULL ? prompt->format_name : "answer");
  if (prompt->format_description != NULL)
    jump_json_writer_member_string (self->writer, "description", prompt->format_description);
  jump_json_writer_member (self->writer, "schema");
  jump_json_writer_raw (self->writer, prompt->format_schema, -1);
  if (prompt->format_is_strict != JUMP_FLAG_UNSET)
    jump_json_writer_member_boolean (self->writer,
                                     "strict",
                                     prompt->format_is_strict == JUMP_FLAG_TRUE);
  jump_json_writer_end_object (self->writer);
  jump_json_writer_end_object (self->writer);
}

static gboolean
takes_schema (const Body *self)
{
  return self->traits->takes_schema || !self->traits->is_known;
}

static void
write_format (Body *self)
{
  switch (self->prompt->format)
    {
    case JUMP_FORMAT_TEXT:
      return;
    case JUMP_FORMAT_JSON:
      jump_json_writer_member (self->writer, "response_format");
      jump_json_writer_raw (self->writer, "{\"type\":\"json_object\"}", -1);
      return;
    case JUMP_FORMAT_SCHEMA:
      if (!takes_schema (self))
        return; /* asked for in words */
      jump_json_writer_member (self->writer, "response_format");
      write_schema (self);
      return;
    }
}

/* A model without structured outputs is told what is wanted: likely, but not certain to be kept. */
static void
write_schema_as_text (Body *self)
{
  g_autofree char *text = NULL;

  if (self->prompt->format != JUMP_FORMAT_SCHEMA || takes_schema (self))
    return;
  text = g_strdup_printf ("Answer with one JSON value and nothing else. It has to fit this JSON "
                          "schema:\n%s",
                          self->prompt->format_schema);
  jump_json_writer_begin_object (self->writer);
  jump_json_writer_member_string (self->writer, "role", "system");
  jump_json_writer_member_string (self->writer, "content", text);
  jump_json_writer_end_object (self->writer);
  jump_changes_add (self->changes, "schema-as-text");
}

static void
write_stop (Body *self)
{
  const GPtrArray *stop = self->prompt->stop;

  if (stop->len == 0)
    return;
  jump_json_writer_member (self->writer, "stop");
  jump_json_writer_begin_array (self->writer);
  for (guint i = 0; i < stop->len; i++)
    jump_json_writer_string (self->writer, g_ptr_array_index (stop, i));
  jump_json_writer_end_array (self->writer);
}

/* What chat has no field for, and what the client's dialect had no place for in a prompt. */
static void
note_dropped (Body *self)
{
  const JumpPrompt *prompt = self->prompt;

  if (prompt->n > 1) /* parts of one answer and several answers look the same (5.4 quirk 2) */
    jump_changes_add (self->changes, "dropped:n");
  if (prompt->top_k >= 0)
    jump_changes_add (self->changes, "dropped:top_k");
  if (prompt->verbosity != NULL)
    jump_changes_add (self->changes, "dropped:verbosity");
  if (prompt->metadata != NULL)
    jump_changes_add (self->changes, "dropped:metadata");
  if (prompt->cache_key != NULL)
    jump_changes_add (self->changes, "dropped:prompt_cache_key");
  if (prompt->truncation != NULL && !g_str_equal (prompt->truncation, "disabled"))
    jump_changes_add (self->changes, "dropped:truncation");
  for (guint i = 0; i < prompt->dropped->len; i++)
    jump_changes_add_detail (self->changes, "dropped:", g_ptr_array_index (prompt->dropped, i));
}

/* Returns: tokens to think with, within what the model takes and below the limit of output; 0: none */
static gint64
find_budget (const Body *self, const char *effort)
{
  const JumpModelTraits *traits = self->traits;
  gint64 limit = get_limit (self);
  gint64 budget = self->prompt->thinking_budget;

  if (self->prompt->thinking != JUMP_THINKING_BUDGET || budget <= 0)
    budget = jump_effort_to_budget (effort, traits);
  if (traits->max_thinking_budget > 0)
    budget = MIN (budget, traits->max_thinking_budget);
  if (budget <= 0)
    return 0;
  budget = MAX (budget, MAX (traits->min_thinking_budget, 1024));
  if (limit >= 0 && budget >= limit)
    budget = limit - 1;
  return budget >= MAX (traits->min_thinking_budget, 1024) ? budget : 0;
}

/* Claude and Gemini take a budget, OpenAI's models a word of their list (protocol 5.3). Returns: whether
 * the model thinks with a budget */
static gboolean
write_effort (Body *self)
{
  JumpJsonWriter *writer = self->writer;
  const JumpModelTraits *traits = self->traits;
  JumpChanges *changes = self->changes;
  const char *effort = jump_effort_of_prompt (self->prompt);
  const char *word = effort;
  gboolean takes_budget =
      traits->max_thinking_budget > 0 || (!traits->is_known && traits->is_claude);
  gint64 budget;

  if (effort == NULL)
    return FALSE;
  if (takes_budget && (traits->is_claude || traits->efforts == NULL))
    {
      budget = find_budget (self, effort);
      if (budget > 0)
        jump_json_writer_member_int (writer, "thinking_budget", budget);
      else if (!g_str_equal (effort, "none"))
        jump_changes_add (changes, "thinking-dropped");
      return budget > 0;
    }
  if (traits->efforts != NULL)
    word = jump_effort_nearest (effort, traits);
  else if (traits->is_known || !traits->is_reasoning)
    word = NULL;
  if (word == NULL && g_str_equal (effort, "none"))
    return FALSE;
  if (word != NULL)
    jump_json_writer_member_string (writer, "reasoning_effort", word);
  if (g_strcmp0 (word, effort) != 0)
    jump_changes_add (changes, word != NULL ? "effort-clamped" : "effort-dropped");
  return FALSE;
}

static void
write_options (Body *self)
{
  const JumpPrompt *prompt = self->prompt;
  gboolean is_fixed = self->traits->is_reasoning;

  if (write_effort (self))
    is_fixed = TRUE; /* Claude does not think at another temperature either (protocol 6.3) */
  write_limit (self);
  write_sampling (self, "temperature", prompt->temperature, is_fixed, "temperature-dropped");
  write_sampling (self, "top_p", prompt->top_p, is_fixed, "top-p-dropped");
  write_penalty (self, "frequency_penalty", prompt->frequency_penalty);
  write_penalty (self, "presence_penalty", prompt->presence_penalty);
  write_stop (self);
  write_format (self);
  if (prompt->seed >= 0)
    jump_json_writer_member_int (self->writer, "seed", prompt->seed);
  if (prompt->user != NULL)
    jump_json_writer_member_string (self->writer, "user", prompt->user);
  note_dropped (self);
}

/**
 * jump_chat_write_prompt:
 * @prompt: what is asked
 * @traits: of the model
 * @names: of the tools
 * @changes: gets what could not be said as it was
 * @error: JUMP_ERROR_BAD_REQUEST
 *
 * Streams always ask for their usage.
 *
 * Returns: (transfer full) (nullable): the body
 */
GBytes *
jump_chat_write_prompt (const JumpPrompt *prompt,
                        const JumpModelTraits *traits,
                        const JumpToolNames *names,
                        JumpChanges *changes,
                        GError **error)
{
  g_auto (JumpJsonWriter) writer = { NULL };
  Body body = { &writer, prompt, traits, changes };

  if (prompt->messages->len == 0)
    {
      g_set_error (error, JUMP_ERROR, JUMP_ERROR_BAD_REQUEST, "messages: expected at least one");
      return NULL;
    }
  jump_json_writer_init (&writer);
  jump_json_writer_begin_object (&writer);
  jump_json_writer_member_string (&writer, "model", traits->id);
  jump_json_writer_member_boolean (&writer, "stream", prompt->stream);
  if (prompt->stream)
    {
      jump_json_writer_member (&writer, "stream_options");
      jump_json_writer_raw (&writer, "{\"include_usage\":true}", -1);
    }
  write_options (&body);
  if (!jump_chat_write_tools (&writer, prompt, traits, names, changes, error))
    return NULL;
  jump_json_writer_member (&writer, "messages");
  jump_json_writer_begin_array (&writer);
  write_schema_as_text (&body);
  jump_chat_write_messages (&writer, prompt, traits, names, changes);
  jump_json_writer_end_array (&writer);
  jump_json_writer_end_object (&writer);
  return jump_json_writer_finish_bytes (&writer);
}
