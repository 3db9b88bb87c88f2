/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/anthropic-request.h"

#include "service/base/error.h"
#include "service/base/json-scan.h"
#include "service/base/json-write.h"
#include "service/dialects/anthropic-blocks.h"
#include "service/dialects/anthropic-definitions.h"
#include "service/dialects/anthropic-marks.h"
#include "service/dialects/anthropic-thinking.h"
#include "service/dialects/anthropic-turns.h"

#include <math.h>
#include <string.h>

/* Anthropic's bound of metadata.user_id. */
#define MAX_USER_LENGTH 256
#define JSON_ONLY       "Answer with nothing but one JSON object, without a code fence around it."
#define SCHEMA_ONLY                                                                          \
  "Answer with nothing but one JSON object, without a code fence around it, that fits this " \
  "JSON schema:\n"

/* A request in the making. */
typedef struct
{
  const JumpPrompt *prompt;
  const JumpModelTraits *traits;
  const JumpToolNames *names;
  JumpChanges *changes;
  JumpJsonWriter *writer;
  JumpAnthropicTurns *turns;
  JumpAnthropicMarks marks;
  JumpAnthropicThinking thinking;
} Request;

/* Returns: (transfer full) (nullable): what the system text has to say about the answer's format */
static char *
dup_format_instruction (const Request *self)
{
  switch (self->prompt->format)
    {
    case JUMP_FORMAT_TEXT:
      return NULL;
    case JUMP_FORMAT_JSON:
      break;
    case JUMP_FORMAT_SCHEMA:
      if (self->prompt->format_schema == NULL)
        break;
      if (self->traits->takes_schema)
        return NULL;
      jump_changes_add (self->changes, "schema-as-instruction");
      return g_strconcat (SCHEMA_ONLY, self->prompt->format_schema, NULL);
    }
  jump_changes_add (self->changes, "json-as-instruction");
  return g_strdup (JSON_ONLY);
}

static void
write_system_text (Request *self, const char *text, const char *marker, gboolean is_last)
{
  gboolean is_marked = jump_anthropic_marks_take (&self->marks, marker, is_last);

  jump_json_writer_begin_object (self->writer);
  jump_json_writer_member_string (self->writer, "type", "text");
  jump_json_writer_member_string (self->writer, "text", text);
  if (is_marked)
    jump_anthropic_blocks_write_mark (self->writer);
  jump_json_writer_end_object (self->writer);
}

static void
write_system (Request *self, const char *instruction)
{
  guint n = self->turns->system->len;

  if (n == 0 && instruction == NULL)
    return;
  jump_json_writer_member (self->writer, "system");
  jump_json_writer_begin_array (self->writer);
  for (guint i = 0; i < n; i++)
    {
      const JumpPart *part = g_ptr_array_index (self->turns->system, i);

      write_system_text (self, part->text, part->cache_marker, instruction == NULL && i + 1 == n);
    }
  if (instruction != NULL)
    write_system_text (self, instruction, NULL, TRUE);
  jump_json_writer_end_array (self->writer);
}

static gboolean
write_turn (Request *self,
            JumpAnthropicBlocks *blocks,
            const JumpAnthropicTurnBlocks *turn,
            gboolean is_last,
            GError **error)
{
  jump_json_writer_begin_object (self->writer);
  jump_json_writer_member_string (self->writer, "role", turn->is_assistant ? "assistant" : "user");
  jump_json_writer_member (self->writer, "content");
  jump_json_writer_begin_array (self->writer);
  for (guint i = 0; i < turn->entries->len; i++)
    {
      const JumpAnthropicEntry *entry = g_ptr_array_index (turn->entries, i);
      gboolean is_marked =
          jump_anthropic_marks_take (&self->marks,
                                     entry->part == NULL ? NULL : entry->part->cache_marker,
                                     is_last && i + 1 == turn->entries->len);

      if (!jump_anthropic_blocks_write (blocks, entry, is_marked, error))
        return FALSE;
    }
  jump_json_writer_end_array (self->writer);
  jump_json_writer_end_object (self->writer);
  return TRUE;
}

static gboolean
write_messages (Request *self, GError **error)
{
  JumpAnthropicBlocks blocks = { self->writer, self->names, self->changes, 0 };
  guint n_images = jump_anthropic_blocks_count_images (self->turns);
  guint n = self->turns->turns->len;

  if (self->traits->max_images > 0 && n_images > self->traits->max_images)
    blocks.n_images_left_out = n_images - self->traits->max_images;
  jump_json_writer_member (self->writer, "messages");
  jump_json_writer_begin_array (self->writer);
  for (guint i = 0; i < n; i++)
    {
      if (!write_turn (self, &blocks, g_ptr_array_index (self->turns->turns, i), i + 1 == n, error))
        return FALSE;
    }
  jump_json_writer_end_array (self->writer);
  return TRUE;
}

static void
write_thinking (Request *self)
{
  switch (self->thinking.mode)
    {
    case JUMP_ANTHROPIC_THINKING_NONE:
      break;
    case JUMP_ANTHROPIC_THINKING_ADAPTIVE:
      /* Newer models show nothing by default, and nothing comes for minutes then (protocol 6.3). */
      jump_json_writer_member (self->writer, "thinking");
      jump_json_writer_raw (self->writer, "{\"type\":\"adaptive\",\"display\":\"summarized\"}", -1);
      break;
    case JUMP_ANTHROPIC_THINKING_BUDGET:
      jump_json_writer_member (self->writer, "thinking");
      jump_json_writer_begin_object (self->writer);
      jump_json_writer_member_string (self->writer, "type", "enabled");
      jump_json_writer_member_int (self->writer, "budget_tokens", self->thinking.budget);
      jump_json_writer_end_object (self->writer);
      break;
    }
}

static void
write_output_config (Request *self)
{
  gboolean has_schema = self->prompt->format == JUMP_FORMAT_SCHEMA &&
                        self->prompt->format_schema != NULL && self->traits->takes_schema;

  if (self->thinking.effort == NULL && !has_schema)
    return;
  jump_json_writer_member (self->writer, "output_config");
  jump_json_writer_begin_object (self->writer);
  if (self->thinking.effort != NULL)
    jump_json_writer_member_string (self->writer, "effort", self->thinking.effort);
  if (has_schema)
    {
      jump_json_writer_member (self->writer, "format");
      jump_json_writer_begin_object (self->writer);
      jump_json_writer_member_string (self->writer, "type", "json_schema");
      jump_json_writer_member (self->writer, "schema");
      jump_json_writer_raw (self->writer, self->prompt->format_schema, -1);
      jump_json_writer_end_object (self->writer);
    }
  jump_json_writer_end_object (self->writer);
}

/* While it thinks, the model takes no other settings of this kind; and newer ones not both at once. */
static void
write_sampling (Request *self)
{
  const JumpPrompt *prompt = self->prompt;
  gboolean thinks = self->thinking.mode != JUMP_ANTHROPIC_THINKING_NONE;
  gboolean has_temperature = !isnan (prompt->temperature);

  if (has_temperature && thinks)
    jump_changes_add (self->changes, "dropped:temperature");
  else if (has_temperature)
    {
      if (prompt->temperature > 1)
        jump_changes_add (self->changes, "temperature-lowered");
      jump_json_writer_member_double (self->writer,
                                      "temperature",
                                      CLAMP (prompt->temperature, 0, 1));
    }
  if (!isnan (prompt->top_p) && (thinks || has_temperature))
    jump_changes_add (self->changes, "dropped:top_p");
  else if (!isnan (prompt->top_p))
    jump_json_writer_member_double (self->writer, "top_p", prompt->top_p);
  if (prompt->top_k >= 0 && thinks)
    jump_changes_add (self->changes, "dropped:top_k");
  else if (prompt->top_k >= 0)
    jump_json_writer_member_int (self->writer, "top_k", prompt->top_k);
}

static void
write_stop (Request *self)
{
  gboolean has_any = FALSE;

  for (guint i = 0; i < self->prompt->stop->len; i++)
    {
      const char *sequence = g_ptr_array_index (self->prompt->stop, i);

      if (sequence[strspn (sequence, " \t\r\n")] == '\0')
        {
          jump_changes_add (self->changes, "dropped:stop"); /* Anthropic refuses blank ones */
          continue;
        }
      if (!has_any)
        {
          jump_json_writer_member (self->writer, "stop_sequences");
          jump_json_writer_begin_array (self->writer);
        }
      has_any = TRUE;
      jump_json_writer_string (self->writer, sequence);
    }
  if (has_any)
    jump_json_writer_end_array (self->writer);
}

static void
write_user (Request *self)
{
  const char *metadata = self->prompt->metadata;
  JumpJsonSpan span = { metadata, metadata == NULL ? 0 : strlen (metadata) };
  g_autofree char *user = g_strdup (self->prompt->user);

  if (user == NULL)
    user = jump_json_span_dup_string (jump_json_find_member (span, "user_id"));
  if (user == NULL || *user == '\0' || strlen (user) > MAX_USER_LENGTH)
    return;
  jump_json_writer_member (self->writer, "metadata");
  jump_json_writer_begin_object (self->writer);
  jump_json_writer_member_string (self->writer, "user_id", user);
  jump_json_writer_end_object (self->writer);
}

/* Anthropic's metadata has room for the user and nothing else. */
static gboolean
loses_metadata (const JumpPrompt *prompt)
{
  JumpJsonCursor cursor;
  JumpJsonSpan key;

  if (prompt->metadata == NULL)
    return FALSE;
  jump_json_cursor_init (&cursor, (JumpJsonSpan){ prompt->metadata, strlen (prompt->metadata) });
  while (jump_json_cursor_next (&cursor, &key, NULL))
    if (!jump_json_span_equals (key, "user_id"))
      return TRUE;
  return FALSE;
}

/* What the client asked for and Anthropic has no word for. */
static void
note_dropped (Request *self)
{
  const JumpPrompt *prompt = self->prompt;
  const struct
  {
    const char *name;
    gboolean is_there;
  } rows[] = {
    { "frequency_penalty", !isnan (prompt->frequency_penalty) && prompt->frequency_penalty != 0 },
    { "presence_penalty", !isnan (prompt->presence_penalty) && prompt->presence_penalty != 0 },
    { "metadata", loses_metadata (prompt) },
    { "seed", prompt->seed >= 0 },
    { "verbosity", prompt->verbosity != NULL },
  };

  for (guint i = 0; i < prompt->dropped->len; i++)
    jump_changes_add_detail (self->changes, "dropped:", g_ptr_array_index (prompt->dropped, i));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      if (rows[i].is_there)
        jump_changes_add_detail (self->changes, "dropped:", rows[i].name);
    }
  if (self->names != NULL && jump_tool_names_has_changes (self->names))
    jump_changes_add (self->changes, "tools-renamed");
}

static gboolean
write_request (Request *self, GError **error)
{
  g_autofree char *instruction = dup_format_instruction (self);
  gboolean has_system = self->turns->system->len > 0 || instruction != NULL;

  jump_json_writer_begin_object (self->writer);
  jump_json_writer_member_string (self->writer, "model", self->traits->id);
  jump_json_writer_member_int (self->writer, "max_tokens", self->thinking.max_tokens);
  jump_anthropic_definitions_write (self->writer,
                                    self->prompt,
                                    self->names,
                                    &self->marks,
                                    !has_system,
                                    self->changes);
  write_system (self, instruction);
  if (!write_messages (self, error))
    return FALSE;
  write_thinking (self);
  write_output_config (self);
  write_sampling (self);
  write_stop (self);
  write_user (self);
  jump_json_writer_member_boolean (self->writer, "stream", self->prompt->stream);
  jump_json_writer_end_object (self->writer);
  note_dropped (self);
  return TRUE;
}

/**
 * jump_anthropic_request_write:
 * @prompt: what a client asks
 * @traits: of the model
 * @names: (nullable): for the tools
 * @changes: notes whatever is not said as the client said it
 */
GBytes *
jump_anthropic_request_write (const JumpPrompt *prompt,
                              const JumpModelTraits *traits,
                              const JumpToolNames *names,
                              JumpChanges *changes,
                              GError **error)
{
  g_autoptr (JumpAnthropicTurns) turns = NULL;
  g_auto (JumpJsonWriter) writer = { 0 };
  Request self = { prompt, traits, names, changes, &writer };
  gboolean may_think;

  if (prompt->n > 1)
    {
      g_set_error (error,
                   JUMP_ERROR,
                   JUMP_ERROR_BAD_REQUEST,
                   "n: expected 1, this model gives one answer at a time");
      return NULL;
    }
  turns = jump_anthropic_turns_new (prompt, traits, JUMP_ANTHROPIC_REASONING_KINDS, changes);
  if (turns->turns->len == 0)
    {
      g_set_error (error,
                   JUMP_ERROR,
                   JUMP_ERROR_BAD_REQUEST,
                   "messages: expected at least one that says something");
      return NULL;
    }
  self.turns = turns;
  may_think = !jump_anthropic_definitions_force_call (prompt) &&
              (traits->thinks_adaptively || jump_anthropic_turns_allow_thinking (turns));
  jump_anthropic_thinking_decide (&self.thinking, prompt, traits, may_think, changes);
  jump_anthropic_marks_init (&self.marks, prompt, turns, changes);
  jump_json_writer_init (&writer);
  if (!write_request (&self, error))
    return NULL;
  return jump_json_writer_finish_bytes (&writer);
}
