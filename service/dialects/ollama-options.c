/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/ollama-options.h"

#include "service/dialects/json-field.h"

static const struct
{
  const char *name;
  gsize offset; /* of a double in JumpPrompt */
} reals[] = {
  { "temperature", G_STRUCT_OFFSET (JumpPrompt, temperature) },
  { "top_p", G_STRUCT_OFFSET (JumpPrompt, top_p) },
  { "frequency_penalty", G_STRUCT_OFFSET (JumpPrompt, frequency_penalty) },
  { "presence_penalty", G_STRUCT_OFFSET (JumpPrompt, presence_penalty) },
};

static const struct
{
  const char *name;
  gsize offset; /* of a gint64 in JumpPrompt */
  gint64 min;   /* smaller ones switch the option off */
} integers[] = {
  { "num_predict", G_STRUCT_OFFSET (JumpPrompt, max_tokens), 1 }, /* -1: no end, -2: all there is */
  { "top_k", G_STRUCT_OFFSET (JumpPrompt, top_k), 1 },
  { "seed", G_STRUCT_OFFSET (JumpPrompt, seed), 0 }, /* -1: a random one */
};

/* How Ollama loads a model and where it computes. Means nothing here, so nothing is lost. */
static const char *const machine_options[] = {
  "num_ctx",  "num_batch", "num_keep", "num_gpu",    "main_gpu",   "num_thread", "low_vram",
  "use_mmap", "use_mlock", "numa",     "vocab_only", "logits_all", "f16_kv",     "embedding_only",
};

static const char *const efforts[] = { "minimal", "low", "medium", "high", "xhigh", "max" };

static gboolean
is_machine_option (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (machine_options); i++)
    {
      if (g_str_equal (machine_options[i], name))
        return TRUE;
    }
  return FALSE;
}

/* One string is as good as an array of one. */
static gboolean
read_stop (JumpJsonSpan stop, JumpPrompt *prompt, GError **error)
{
  JumpJsonCursor cursor;
  JumpJsonSpan item;

  g_ptr_array_set_size (prompt->stop, 0);
  if (jump_json_span_kind (stop) == JUMP_JSON_STRING && !jump_json_span_is_empty_string (stop))
    g_ptr_array_add (prompt->stop, jump_json_span_dup_string (stop));
  if (jump_json_span_kind (stop) == JUMP_JSON_STRING)
    return TRUE;
  if (!jump_json_field_check (stop, JUMP_JSON_ARRAY, "options.stop", "array of strings", error))
    return FALSE;
  jump_json_cursor_init (&cursor, stop);
  while (jump_json_cursor_next (&cursor, NULL, &item))
    {
      if (jump_json_span_kind (item) != JUMP_JSON_STRING)
        return jump_json_field_refuse (error, "options.stop", "array of strings");
      if (!jump_json_span_is_empty_string (item))
        g_ptr_array_add (prompt->stop, jump_json_span_dup_string (item));
    }
  return TRUE;
}

static gboolean
read_option (const char *name, JumpJsonSpan value, JumpPrompt *prompt, GError **error)
{
  g_autofree char *path = g_strconcat ("options.", name, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (reals); i++)
    {
      if (g_str_equal (name, reals[i].name))
        return jump_json_field_double (value,
                                       path,
                                       G_STRUCT_MEMBER_P (prompt, reals[i].offset),
                                       error);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (integers); i++)
    {
      gint64 *number = G_STRUCT_MEMBER_P (prompt, integers[i].offset);

      if (!g_str_equal (name, integers[i].name))
        continue;
      if (!jump_json_field_int (value, path, G_MININT64, number, error))
        return FALSE;
      if (*number < integers[i].min)
        *number = -1;
      return TRUE;
    }
  if (g_str_equal (name, "stop"))
    return read_stop (value, prompt, error);
  if (!is_machine_option (name) && jump_json_span_kind (value) != JUMP_JSON_NULL)
    jump_prompt_drop (prompt, path);
  return TRUE;
}

/**
 * jump_ollama_options_read:
 * @options: an object, or absent
 * @prompt: gets what it has a place for; other sampling options (min_p, repeat_penalty, mirostat) are
 *   named as dropped, as "options.min_p"
 * @error: names the option
 */
gboolean
jump_ollama_options_read (JumpJsonSpan options, JumpPrompt *prompt, GError **error)
{
  JumpJsonCursor cursor;
  JumpJsonSpan key, value;

  if (!jump_json_field_check (options, JUMP_JSON_OBJECT, "options", "object", error))
    return FALSE;
  jump_json_cursor_init (&cursor, options);
  while (jump_json_cursor_next (&cursor, &key, &value))
    {
      g_autofree char *name = jump_json_span_dup_string (key);

      if (name != NULL && !read_option (name, value, prompt, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * jump_ollama_options_read_format:
 * @format: "json", a JSON schema, or absent
 */
gboolean
jump_ollama_options_read_format (JumpJsonSpan format, JumpPrompt *prompt, GError **error)
{
  switch (jump_json_span_kind (format))
    {
    case JUMP_JSON_NULL:
      return TRUE;
    case JUMP_JSON_OBJECT:
      if (jump_json_field_is_nothing (format)) /* a schema that everything fits */
        {
          prompt->format = JUMP_FORMAT_JSON;
          return TRUE;
        }
      prompt->format = JUMP_FORMAT_SCHEMA;
      prompt->format_schema = g_strndup (format.start, format.length);
      return TRUE;
    case JUMP_JSON_STRING:
      if (jump_json_span_equals (format, "json"))
        prompt->format = JUMP_FORMAT_JSON;
      if (jump_json_span_equals (format, "json") || jump_json_span_is_empty_string (format))
        return TRUE;
      break;
    case JUMP_JSON_FALSE:
    case JUMP_JSON_TRUE:
    case JUMP_JSON_NUMBER:
    case JUMP_JSON_ARRAY:
      break;
    }
  return jump_json_field_refuse (error, "format", "\"json\" or a JSON schema");
}

/**
 * jump_ollama_options_read_think:
 * @think: absent leaves it to the model, as with Ollama
 */
gboolean
jump_ollama_options_read_think (JumpJsonSpan think, JumpPrompt *prompt, GError **error)
{
  switch (jump_json_span_kind (think))
    {
    case JUMP_JSON_NULL:
      return TRUE;
    case JUMP_JSON_FALSE:
      prompt->thinking = JUMP_THINKING_OFF;
      return TRUE;
    case JUMP_JSON_TRUE:
      prompt->thinking = JUMP_THINKING_ADAPTIVE;
      return TRUE;
    case JUMP_JSON_STRING:
      if (jump_json_span_equals (think, "none"))
        {
          prompt->thinking = JUMP_THINKING_OFF;
          return TRUE;
        }
      for (gsize i = 0; i < G_N_ELEMENTS (efforts); i++)
        {
          if (!jump_json_span_equals (think, efforts[i]))
            continue;
          prompt->thinking = JUMP_THINKING_ADAPTIVE;
          prompt->effort = g_strdup (efforts[i]);
          return TRUE;
        }
      break;
    case JUMP_JSON_NUMBER:
    case JUMP_JSON_ARRAY:
    case JUMP_JSON_OBJECT:
      break;
    }
  return jump_json_field_refuse (error, "think", "boolean, \"low\", \"medium\" or \"high\"");
}
