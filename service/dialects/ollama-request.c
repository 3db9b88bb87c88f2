/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/ollama-request.h"

#include "service/base/limits.h"
#include "service/dialects/json-field.h"
#include "service/dialects/ollama-options.h"

#include <string.h>

static const struct
{
  const char *name;
  gsize offset; /* in JumpOllamaRequest */
} members[] = {
  { "model", G_STRUCT_OFFSET (JumpOllamaRequest, model) },
  { "stream", G_STRUCT_OFFSET (JumpOllamaRequest, stream) },
  { "format", G_STRUCT_OFFSET (JumpOllamaRequest, format) },
  { "options", G_STRUCT_OFFSET (JumpOllamaRequest, options) },
  { "think", G_STRUCT_OFFSET (JumpOllamaRequest, think) },
  { "keep_alive", G_STRUCT_OFFSET (JumpOllamaRequest, keep_alive) },
  { "messages", G_STRUCT_OFFSET (JumpOllamaRequest, messages) },
  { "tools", G_STRUCT_OFFSET (JumpOllamaRequest, tools) },
  { "prompt", G_STRUCT_OFFSET (JumpOllamaRequest, prompt) },
  { "suffix", G_STRUCT_OFFSET (JumpOllamaRequest, suffix) },
  { "system", G_STRUCT_OFFSET (JumpOllamaRequest, system) },
  { "images", G_STRUCT_OFFSET (JumpOllamaRequest, images) },
};

/* These tell Ollama what to do with its memory; nothing that could be lost. */
static const char *const idle_members[] = { "truncate", "shift" };

static JumpJsonSpan *
find_place (JumpOllamaRequest *self, JumpJsonSpan key)
{
  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    {
      if (jump_json_span_equals (key, members[i].name))
        return G_STRUCT_MEMBER_P (self, members[i].offset);
    }
  return NULL;
}

/* The last one counts of members that come twice, as for Ollama itself. */
static void
on_member_found (JumpJsonSpan key, JumpJsonSpan value, gpointer user_data)
{
  JumpOllamaRequest *self = user_data;
  JumpJsonSpan *place = find_place (self, key);

  if (place == NULL)
    return;
  *place = value;
  if (place == &self->model)
    self->model_key = key;
}

/**
 * jump_ollama_request_scan:
 * @self: (out caller-allocates): the members; they point into @data
 * @data: a request body, not terminated
 * @length: bytes of @data
 * @error: JUMP_ERROR_BAD_REQUEST
 */
gboolean
jump_ollama_request_scan (JumpOllamaRequest *self, const char *data, gsize length, GError **error)
{
  memset (self, 0, sizeof *self);
  if (!jump_json_validate_request (data, length, NULL, on_member_found, self, error))
    return FALSE;
  self->object = jump_json_span_trim (data, length);
  if (jump_json_span_kind (self->object) != JUMP_JSON_OBJECT)
    return jump_json_field_refuse (error, "body", "object");
  return TRUE;
}

/**
 * jump_ollama_request_find:
 * @data: was scanned without an error
 *
 * Finds the members again, for the work that comes after the scan.
 */
void
jump_ollama_request_find (JumpOllamaRequest *self, const char *data, gsize length)
{
  JumpJsonCursor cursor;
  JumpJsonSpan key, value;

  memset (self, 0, sizeof *self);
  self->object = jump_json_span_trim (data, length);
  jump_json_cursor_init (&cursor, self->object);
  while (jump_json_cursor_next (&cursor, &key, &value))
    on_member_found (key, value, self);
}

/**
 * jump_ollama_request_get_facts:
 * @self: a scanned request
 * @facts: (out caller-allocates): complete but for what the conversation holds
 * @error: JUMP_ERROR_BAD_REQUEST
 *
 * Replies are streams unless the client says otherwise (P-08).
 */
gboolean
jump_ollama_request_get_facts (const JumpOllamaRequest *self,
                               JumpRequestFacts *facts,
                               GError **error)
{
  memset (facts, 0, sizeof *facts);
  facts->object = self->object;
  facts->model_key = self->model_key;
  facts->model = self->model;
  facts->stream = TRUE;
  facts->include_usage = TRUE;
  facts->n = 1;
  if (self->model.start != NULL && jump_json_span_kind (self->model) != JUMP_JSON_STRING)
    return jump_json_field_refuse (error, "model", "string");
  return jump_json_field_boolean (self->stream, "stream", &facts->stream, error);
}

static gboolean
is_idle (JumpJsonSpan key)
{
  for (gsize i = 0; i < G_N_ELEMENTS (idle_members); i++)
    {
      if (jump_json_span_equals (key, idle_members[i]))
        return TRUE;
    }
  return FALSE;
}

static void
drop_unknown_members (const JumpOllamaRequest *self, JumpPrompt *prompt)
{
  JumpOllamaRequest places = { 0 };
  JumpJsonCursor cursor;
  JumpJsonSpan key, value;

  jump_json_cursor_init (&cursor, self->object);
  while (jump_json_cursor_next (&cursor, &key, &value))
    {
      if (find_place (&places, key) == NULL && !is_idle (key) &&
          !jump_json_field_is_nothing (value))
        {
          g_autofree char *name = jump_json_span_dup_string (key);

          jump_prompt_drop (prompt, name);
        }
    }
}

/**
 * jump_ollama_request_read:
 * @self: a scanned request
 * @prompt: a new prompt
 * @error: JUMP_ERROR_BAD_REQUEST
 */
gboolean
jump_ollama_request_read (const JumpOllamaRequest *self, JumpPrompt *prompt, GError **error)
{
  prompt->stream = TRUE;
  prompt->include_usage = TRUE;
  if (!jump_json_field_string (self->model, "model", &prompt->model, error) ||
      !jump_json_field_boolean (self->stream, "stream", &prompt->stream, error) ||
      !jump_ollama_options_read (self->options, prompt, error) ||
      !jump_ollama_options_read_format (self->format, prompt, error) ||
      !jump_ollama_options_read_think (self->think, prompt, error))
    return FALSE;
  drop_unknown_members (self, prompt);
  return TRUE;
}
