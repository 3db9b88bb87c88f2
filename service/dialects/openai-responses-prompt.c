/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/error.h"
#include "service/dialects/json-field.h"
#include "service/dialects/openai-responses-input.h"
#include "service/dialects/openai-responses-tools.h"
#include "service/dialects/openai-responses.h"

typedef gboolean (*MemberFunc) (JumpPrompt *prompt, JumpJsonSpan value, GError **error);

/* A member of the request: one that has a reader, or one that is dealt with elsewhere or means nothing
 * once a request has come here, and is passed over without a word. */
typedef struct
{
  const char *name;
  MemberFunc read; /* (nullable) */
} Member;

static gboolean
read_model (JumpPrompt *prompt, JumpJsonSpan value, GError **error)
{
  return jump_json_field_string (value, "model", &prompt->model, error);
}

static gboolean
read_stream (JumpPrompt *prompt, JumpJsonSpan value, GError **error)
{
  return jump_json_field_boolean (value, "stream", &prompt->stream, error);
}

static gboolean
read_temperature (JumpPrompt *prompt, JumpJsonSpan value, GError **error)
{
  return jump_json_field_double (value, "temperature", &prompt->temperature, error);
}

static gboolean
read_top_p (JumpPrompt *prompt, JumpJsonSpan value, GError **error)
{
  return jump_json_field_double (value, "top_p", &prompt->top_p, error);
}

static gboolean
read_max_tokens (JumpPrompt *prompt, JumpJsonSpan value, GError **error)
{
  return jump_json_field_int (value, "max_output_tokens", 1, &prompt->max_tokens, error);
}

static gboolean
read_parallel_calls (JumpPrompt *prompt, JumpJsonSpan value, GError **error)
{
  return jump_json_field_flag (value, "parallel_tool_calls", &prompt->parallel_calls, error);
}

static gboolean
read_user (JumpPrompt *prompt, JumpJsonSpan value, GError **error)
{
  return jump_json_field_string (value, "user", &prompt->user, error);
}

static gboolean
read_metadata (JumpPrompt *prompt, JumpJsonSpan value, GError **error)
{
  return jump_json_field_object (value, "metadata", &prompt->metadata, error);
}

static gboolean
read_cache_key (JumpPrompt *prompt, JumpJsonSpan value, GError **error)
{
  return jump_json_field_string (value, "prompt_cache_key", &prompt->cache_key, error);
}

static gboolean
read_truncation (JumpPrompt *prompt, JumpJsonSpan value, GError **error)
{
  return jump_json_field_string (value, "truncation", &prompt->truncation, error);
}

static gboolean
read_reasoning (JumpPrompt *prompt, JumpJsonSpan value, GError **error)
{
  JumpJsonCursor cursor;
  JumpJsonSpan key;

  if (!jump_json_field_is_object (value, "reasoning", error))
    return FALSE;
  jump_json_cursor_init (&cursor, value);
  while (jump_json_cursor_next (&cursor, &key, &value))
    {
      gboolean is_read = TRUE;

      if (jump_json_span_equals (key, "effort"))
        is_read = jump_json_field_string (value, "reasoning.effort", &prompt->effort, error);
      /* generate_summary is its older name. */
      else if (jump_json_span_equals (key, "summary") ||
               jump_json_span_equals (key, "generate_summary"))
        is_read = jump_json_field_string (value, "reasoning.summary", &prompt->summary, error);
      /* "context" belongs to the way Codex asks its own service. */
      if (!is_read)
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_format (JumpPrompt *prompt, JumpJsonSpan format, GError **error)
{
  JumpJsonSpan type = jump_json_find_member (format, "type");

  if (!jump_json_field_is_object (format, "text.format", error))
    return FALSE;
  if (format.start == NULL || jump_json_span_kind (format) == JUMP_JSON_NULL ||
      jump_json_span_equals (type, "text"))
    return TRUE;
  if (jump_json_span_equals (type, "json_object"))
    {
      prompt->format = JUMP_FORMAT_JSON;
      return TRUE;
    }
  if (!jump_json_span_equals (type, "json_schema"))
    return jump_json_field_refuse (error, "text.format.type", "text, json_object or json_schema");
  if (!jump_json_field_string (jump_json_find_member (format, "name"),
                               "text.format.name",
                               &prompt->format_name,
                               error) ||
      !jump_json_field_string (jump_json_find_member (format, "description"),
                               "text.format.description",
                               &prompt->format_description,
                               error) ||
      !jump_json_field_object (jump_json_find_member (format, "schema"),
                               "text.format.schema",
                               &prompt->format_schema,
                               error) ||
      !jump_json_field_flag (jump_json_find_member (format, "strict"),
                             "text.format.strict",
                             &prompt->format_is_strict,
                             error))
    return FALSE;
  prompt->format = prompt->format_schema == NULL ? JUMP_FORMAT_JSON : JUMP_FORMAT_SCHEMA;
  return TRUE;
}

static gboolean
read_text (JumpPrompt *prompt, JumpJsonSpan value, GError **error)
{
  return jump_json_field_is_object (value, "text", error) &&
         jump_json_field_string (jump_json_find_member (value, "verbosity"),
                                 "text.verbosity",
                                 &prompt->verbosity,
                                 error) &&
         read_format (prompt, jump_json_find_member (value, "format"), error);
}

static gboolean
read_include (JumpPrompt *prompt, JumpJsonSpan value, GError **error)
{
  JumpJsonCursor cursor;
  JumpJsonSpan what;

  if (jump_json_span_kind (value) != JUMP_JSON_ARRAY)
    return jump_json_field_refuse (error, "include", "array");
  jump_json_cursor_init (&cursor, value);
  while (jump_json_cursor_next (&cursor, NULL, &what))
    {
      if (jump_json_span_equals (what, "reasoning.encrypted_content"))
        prompt->wants_state = TRUE;
      else
        jump_prompt_drop (prompt, "include");
    }
  return TRUE;
}

/* Words that change nothing are nothing to lose. */
static gboolean
read_service_tier (JumpPrompt *prompt, JumpJsonSpan value, GError **error G_GNUC_UNUSED)
{
  if (!jump_json_span_equals (value, "auto") && !jump_json_span_equals (value, "default"))
    jump_prompt_drop (prompt, "service_tier");
  return TRUE;
}

static gboolean
read_background (JumpPrompt *prompt, JumpJsonSpan value, GError **error G_GNUC_UNUSED)
{
  if (jump_json_span_kind (value) == JUMP_JSON_TRUE)
    jump_prompt_drop (prompt, "background");
  return TRUE;
}

/* What stands for a part of the prompt and is kept elsewhere cannot be left out without changing what is
 * asked. */
static gboolean
refuse_conversation (JumpPrompt *prompt G_GNUC_UNUSED,
                     JumpJsonSpan value G_GNUC_UNUSED,
                     GError **error)
{
  return jump_json_field_refuse (error,
                                 "conversation",
                                 "the items themselves in input, conversations are not kept");
}

static gboolean
refuse_template (JumpPrompt *prompt G_GNUC_UNUSED, JumpJsonSpan value G_GNUC_UNUSED, GError **error)
{
  return jump_json_field_refuse (error,
                                 "prompt",
                                 "instructions and input, prompt templates are not kept");
}

static const Member members[] = {
  { "model", read_model },
  { "stream", read_stream },
  { "temperature", read_temperature },
  { "top_p", read_top_p },
  { "max_output_tokens", read_max_tokens },
  { "parallel_tool_calls", read_parallel_calls },
  { "user", read_user },
  { "metadata", read_metadata },
  { "prompt_cache_key", read_cache_key },
  { "truncation", read_truncation },
  { "reasoning", read_reasoning },
  { "text", read_text },
  { "include", read_include },
  { "service_tier", read_service_tier },
  { "background", read_background },
  { "conversation", refuse_conversation },
  { "prompt", refuse_template },
  /* In an order of their own, see below. */
  { "instructions", NULL },
  { "tools", NULL },
  { "tool_choice", NULL },
  { "input", NULL },
  /* The relay keeps responses and puts earlier ones in front of the input. */
  { "store", NULL },
  { "previous_response_id", NULL },
  /* Obfuscation of streams: the translated ones have none. */
  { "stream_options", NULL },
};

/* Returns: FALSE with @error; what nobody knows is noted in the prompt. */
static gboolean
read_member (JumpPrompt *prompt, JumpJsonSpan key, JumpJsonSpan value, GError **error)
{
  g_autofree char *name = NULL;

  if (jump_json_span_kind (value) == JUMP_JSON_NULL)
    return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    {
      if (jump_json_span_equals (key, members[i].name))
        return members[i].read == NULL || members[i].read (prompt, value, error);
    }
  name = jump_json_span_dup_string (key);
  jump_prompt_drop (prompt, name);
  return TRUE;
}

static gboolean
read_instructions (JumpPrompt *prompt, JumpJsonSpan instructions, GError **error)
{
  JumpMessage *message;

  if (jump_json_span_kind (instructions) == JUMP_JSON_NULL)
    return TRUE;
  if (jump_json_span_kind (instructions) != JUMP_JSON_STRING)
    return jump_json_field_refuse (error, "instructions", "string");
  if (jump_json_span_is_empty_string (instructions))
    return TRUE;
  message = jump_prompt_add_message (prompt, jump_message_new (JUMP_ROLE_SYSTEM));
  return jump_responses_read_content (message->parts, instructions, "instructions", error);
}

/**
 * jump_responses_read_prompt:
 * @data: a request that was scanned
 * @length: bytes of @data
 * @error: JUMP_ERROR_BAD_REQUEST; messages name the field
 *
 * Instructions become the first message, of role SYSTEM; each input item one of its own.
 *
 * Returns: (transfer full) (nullable): what the client asks
 */
JumpPrompt *
jump_responses_read_prompt (const char *data, gsize length, GError **error)
{
  g_autoptr (JumpPrompt) prompt = jump_prompt_new ();
  JumpJsonSpan object = jump_json_span_trim (data, length);
  JumpJsonCursor cursor;
  JumpJsonSpan key, value;

  jump_json_cursor_init (&cursor, object);
  while (cursor.is_object && jump_json_cursor_next (&cursor, &key, &value))
    {
      if (!read_member (prompt, key, value, error))
        return NULL;
    }
  if (!read_instructions (prompt, jump_json_find_member (object, "instructions"), error) ||
      !jump_responses_read_tools (prompt,
                                  jump_json_find_member (object, "tools"),
                                  "tools",
                                  error) ||
      !jump_responses_read_input (prompt, jump_json_find_member (object, "input"), error) ||
      !jump_responses_read_choice (prompt, jump_json_find_member (object, "tool_choice"), error))
    return NULL;
  jump_prompt_match_calls (prompt);
  return g_steal_pointer (&prompt);
}
