/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/json-field.h"
#include "service/dialects/openai-chat.h"

/* The members of a request around its messages. Each has a reader; members without one have no
 * place in a prompt and are noted as dropped. */

typedef gboolean (*OptionReader) (JumpPrompt *prompt,
                                  JumpJsonSpan value,
                                  const char *name,
                                  GError **error);

static gboolean
read_model (JumpPrompt *prompt, JumpJsonSpan value, const char *name, GError **error)
{
  return jump_json_field_string (value, name, &prompt->model, error);
}

static gboolean
read_stream (JumpPrompt *prompt, JumpJsonSpan value, const char *name, GError **error)
{
  return jump_json_field_boolean (value, name, &prompt->stream, error);
}

static gboolean
read_stream_options (JumpPrompt *prompt, JumpJsonSpan value, const char *name, GError **error)
{
  return jump_json_field_is_object (value, name, error) &&
         jump_json_field_boolean (jump_json_find_member (value, "include_usage"),
                                  "stream_options.include_usage",
                                  &prompt->include_usage,
                                  error);
}

static gboolean
read_temperature (JumpPrompt *prompt, JumpJsonSpan value, const char *name, GError **error)
{
  return jump_json_field_double (value, name, &prompt->temperature, error);
}

static gboolean
read_top_p (JumpPrompt *prompt, JumpJsonSpan value, const char *name, GError **error)
{
  return jump_json_field_double (value, name, &prompt->top_p, error);
}

static gboolean
read_frequency_penalty (JumpPrompt *prompt, JumpJsonSpan value, const char *name, GError **error)
{
  return jump_json_field_double (value, name, &prompt->frequency_penalty, error);
}

static gboolean
read_presence_penalty (JumpPrompt *prompt, JumpJsonSpan value, const char *name, GError **error)
{
  return jump_json_field_double (value, name, &prompt->presence_penalty, error);
}

static gboolean
read_top_k (JumpPrompt *prompt, JumpJsonSpan value, const char *name, GError **error)
{
  return jump_json_field_int (value, name, 0, &prompt->top_k, error);
}

static gboolean
read_seed (JumpPrompt *prompt, JumpJsonSpan value, const char *name, GError **error)
{
  gint64 seed = -1;

  if (!jump_json_field_int (value, name, G_MININT64, &seed, error))
    return FALSE;
  prompt->seed = MAX (seed, -1); /* a negative one means any, as everywhere */
  return TRUE;
}

/* Both names of the limit mean the same; the newer one wins wherever it stands. */
static gboolean
read_max_tokens (JumpPrompt *prompt, JumpJsonSpan value, const char *name, GError **error)
{
  gint64 limit = -1;

  if (!jump_json_field_int (value, name, 0, &limit, error))
    return FALSE;
  if (prompt->max_tokens < 0 && limit > 0)
    prompt->max_tokens = limit;
  return TRUE;
}

static gboolean
read_max_completion_tokens (JumpPrompt *prompt,
                            JumpJsonSpan value,
                            const char *name,
                            GError **error)
{
  gint64 limit = -1;

  if (!jump_json_field_int (value, name, 0, &limit, error))
    return FALSE;
  if (limit > 0)
    prompt->max_tokens = limit;
  return TRUE;
}

static gboolean
read_n (JumpPrompt *prompt, JumpJsonSpan value, const char *name, GError **error)
{
  return jump_json_field_int (value, name, 1, &prompt->n, error);
}

static gboolean
read_stop (JumpPrompt *prompt, JumpJsonSpan value, const char *name, GError **error)
{
  JumpJsonCursor cursor;
  JumpJsonSpan element;

  if (jump_json_span_kind (value) == JUMP_JSON_NULL)
    return TRUE;
  if (jump_json_span_kind (value) == JUMP_JSON_STRING)
    {
      if (!jump_json_span_is_empty_string (value))
        g_ptr_array_add (prompt->stop, jump_json_span_dup_string (value));
      return TRUE;
    }
  if (jump_json_span_kind (value) != JUMP_JSON_ARRAY)
    return jump_json_field_refuse (error, name, "string or array of strings");
  jump_json_cursor_init (&cursor, value);
  while (jump_json_cursor_next (&cursor, NULL, &element))
    {
      if (jump_json_span_kind (element) != JUMP_JSON_STRING)
        return jump_json_field_refuse (error, name, "string or array of strings");
      if (!jump_json_span_is_empty_string (element))
        g_ptr_array_add (prompt->stop, jump_json_span_dup_string (element));
    }
  return TRUE;
}

static gboolean
read_user (JumpPrompt *prompt, JumpJsonSpan value, const char *name, GError **error)
{
  return jump_json_field_string (value, name, &prompt->user, error);
}

/* The newer name of user; @user wins where both are there, because it is what upstream knows. */
static gboolean
read_safety_identifier (JumpPrompt *prompt, JumpJsonSpan value, const char *name, GError **error)
{
  g_autofree char *identifier = NULL;

  if (!jump_json_field_string (value, name, &identifier, error))
    return FALSE;
  if (prompt->user == NULL)
    prompt->user = g_steal_pointer (&identifier);
  return TRUE;
}

static gboolean
read_cache_key (JumpPrompt *prompt, JumpJsonSpan value, const char *name, GError **error)
{
  return jump_json_field_string (value, name, &prompt->cache_key, error);
}

static gboolean
read_metadata (JumpPrompt *prompt, JumpJsonSpan value, const char *name, GError **error)
{
  return jump_json_field_object (value, name, &prompt->metadata, error);
}

static gboolean
read_parallel_calls (JumpPrompt *prompt, JumpJsonSpan value, const char *name, GError **error)
{
  return jump_json_field_flag (value, name, &prompt->parallel_calls, error);
}

static gboolean
read_effort (JumpPrompt *prompt, JumpJsonSpan value, const char *name, GError **error)
{
  return jump_json_field_string (value, name, &prompt->effort, error);
}

static gboolean
read_verbosity (JumpPrompt *prompt, JumpJsonSpan value, const char *name, GError **error)
{
  return jump_json_field_string (value, name, &prompt->verbosity, error);
}

/* Copilot's own: tokens to think with, 0 for not at all. */
static gboolean
read_thinking_budget (JumpPrompt *prompt, JumpJsonSpan value, const char *name, GError **error)
{
  gint64 budget = -1;

  if (!jump_json_field_int (value, name, 0, &budget, error))
    return FALSE;
  if (budget < 0)
    return TRUE;
  prompt->thinking = budget == 0 ? JUMP_THINKING_OFF : JUMP_THINKING_BUDGET;
  prompt->thinking_budget = budget;
  return TRUE;
}

/* {"type":"json_schema","json_schema":{"name","description","schema","strict"}} */
static gboolean
read_schema (JumpPrompt *prompt, JumpJsonSpan schema, GError **error)
{
  if (jump_json_span_kind (schema) != JUMP_JSON_OBJECT)
    return jump_json_field_refuse (error, "response_format.json_schema", "object");
  prompt->format = JUMP_FORMAT_SCHEMA;
  if (!jump_json_field_string (jump_json_find_member (schema, "name"),
                               "response_format.json_schema.name",
                               &prompt->format_name,
                               error) ||
      !jump_json_field_string (jump_json_find_member (schema, "description"),
                               "response_format.json_schema.description",
                               &prompt->format_description,
                               error) ||
      !jump_json_field_object (jump_json_find_member (schema, "schema"),
                               "response_format.json_schema.schema",
                               &prompt->format_schema,
                               error) ||
      !jump_json_field_flag (jump_json_find_member (schema, "strict"),
                             "response_format.json_schema.strict",
                             &prompt->format_is_strict,
                             error))
    return FALSE;
  if (prompt->format_schema == NULL)
    prompt->format = JUMP_FORMAT_JSON;
  return TRUE;
}

static gboolean
read_format (JumpPrompt *prompt, JumpJsonSpan value, const char *name, GError **error)
{
  JumpJsonSpan type = jump_json_find_member (value, "type");

  if (!jump_json_field_is_object (value, name, error))
    return FALSE;
  if (jump_json_span_kind (type) == JUMP_JSON_NULL || jump_json_span_equals (type, "text"))
    return TRUE;
  if (jump_json_span_equals (type, "json_schema"))
    return read_schema (prompt, jump_json_find_member (value, "json_schema"), error);
  if (!jump_json_span_equals (type, "json_object"))
    return jump_json_field_refuse (error,
                                   "response_format.type",
                                   "text, json_object or json_schema");
  prompt->format = JUMP_FORMAT_JSON;
  return TRUE;
}

static const struct
{
  const char *name;
  OptionReader read;
} options[] = {
  { "model", read_model },
  { "stream", read_stream },
  { "stream_options", read_stream_options },
  { "temperature", read_temperature },
  { "top_p", read_top_p },
  { "frequency_penalty", read_frequency_penalty },
  { "presence_penalty", read_presence_penalty },
  { "top_k", read_top_k },
  { "seed", read_seed },
  { "max_tokens", read_max_tokens },
  { "max_completion_tokens", read_max_completion_tokens },
  { "n", read_n },
  { "stop", read_stop },
  { "user", read_user },
  { "safety_identifier", read_safety_identifier },
  { "prompt_cache_key", read_cache_key },
  { "metadata", read_metadata },
  { "parallel_tool_calls", read_parallel_calls },
  { "reasoning_effort", read_effort },
  { "thinking_budget", read_thinking_budget },
  { "verbosity", read_verbosity },
  { "response_format", read_format },
};

/**
 * jump_chat_read_option:
 * @prompt: gets the member
 * @key: its name
 * @value: its value
 * @out_known: (out): whether the name was known
 *
 * Returns: %FALSE with @error for a value of the wrong kind
 */
gboolean
jump_chat_read_option (JumpPrompt *prompt,
                       JumpJsonSpan key,
                       JumpJsonSpan value,
                       gboolean *out_known,
                       GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (options); i++)
    {
      if (!jump_json_span_equals (key, options[i].name))
        continue;
      *out_known = TRUE;
      return options[i].read (prompt, value, options[i].name, error);
    }
  *out_known = FALSE;
  return TRUE;
}

/* Members that say nothing are no loss: null, false, and service_tier "auto". */
static void
drop_member (JumpPrompt *prompt, JumpJsonSpan key, JumpJsonSpan value)
{
  JumpJsonKind kind = jump_json_span_kind (value);
  g_autofree char *name = NULL;

  if (kind == JUMP_JSON_NULL || kind == JUMP_JSON_FALSE ||
      (kind == JUMP_JSON_STRING && jump_json_span_equals (value, "auto")))
    return;
  name = jump_json_span_dup_string (key);
  jump_prompt_drop (prompt, name);
}

static gboolean
read_member (JumpPrompt *prompt, JumpJsonSpan key, JumpJsonSpan value, GError **error)
{
  gboolean is_known = FALSE;

  if (jump_json_span_equals (key, "messages"))
    return jump_chat_read_messages (prompt, value, error);
  if (jump_json_span_equals (key, "tools"))
    return jump_chat_read_tools (prompt, value, error);
  if (jump_json_span_equals (key, "functions"))
    return jump_chat_read_functions (prompt, value, error);
  if (jump_json_span_equals (key, "tool_choice") || jump_json_span_equals (key, "function_call"))
    return jump_chat_read_choice (prompt, value, error);
  if (!jump_chat_read_option (prompt, key, value, &is_known, error))
    return FALSE;
  if (!is_known)
    drop_member (prompt, key, value);
  return TRUE;
}

/**
 * jump_chat_read_prompt:
 * @data: a scanned request, not terminated
 * @length: bytes of @data
 * @error: JUMP_ERROR_BAD_REQUEST, names the field
 *
 * Returns: (transfer full) (nullable): the prompt
 */
JumpPrompt *
jump_chat_read_prompt (const char *data, gsize length, GError **error)
{
  g_autoptr (JumpPrompt) prompt = jump_prompt_new ();
  JumpJsonSpan root = jump_json_span_trim (data, length);
  JumpJsonCursor cursor;
  JumpJsonSpan key, value;

  jump_json_cursor_init (&cursor, root);
  while (jump_json_cursor_next (&cursor, &key, &value))
    {
      if (!read_member (prompt, key, value, error))
        return NULL;
    }
  jump_prompt_match_calls (prompt);
  return g_steal_pointer (&prompt);
}
