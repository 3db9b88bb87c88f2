/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/relay/field-path.h"
#include "service/relay/mend.h"

#include <string.h>

/* Mends of single fields: removed, renamed or made smaller as upstream asks for it. */

/**
 * jump_mend_beta:
 *
 * The header names something that this backend does not know. It goes whole, with what needs it.
 */
gboolean
jump_mend_beta (JumpMend *self)
{
  g_autoptr (GPtrArray) path = NULL;

  if (self->target->id != JUMP_DIALECT_MESSAGES || !jump_mend_mentions (self, "anthropic-beta"))
    return FALSE;
  jump_patch_work_drop (&self->work, "context_management", NULL);
  path = jump_field_path_parse ("tools[0].defer_loading");
  jump_field_path_drop (&self->work, path);
  return TRUE;
}

/**
 * jump_mend_limit_name:
 *
 * Models differ in what they call the limit of output, and so did Copilot over time (protocol 5.3).
 */
gboolean
jump_mend_limit_name (JumpMend *self)
{
  gboolean has_old = jump_patch_work_get (&self->work, "max_tokens").start != NULL;
  gboolean has_new = jump_patch_work_get (&self->work, "max_completion_tokens").start != NULL;

  if (self->target->id != JUMP_DIALECT_CHAT || has_old == has_new || !jump_mend_is_refusal (self))
    return FALSE;
  if (has_old && (jump_mend_mentions (self, "'max_tokens'") ||
                  g_strcmp0 (self->failure->param, "max_tokens") == 0 ||
                  jump_mend_mentions (self, "max_completion_tokens")))
    jump_patch_work_rename (&self->work, "max_tokens", "max_completion_tokens", NULL);
  else if (has_new && jump_mend_mentions (self, "max_completion_tokens"))
    jump_patch_work_rename (&self->work, "max_completion_tokens", "max_tokens", NULL);
  else
    return FALSE;
  return TRUE;
}

/**
 * jump_mend_limit_value:
 *
 * "The maximum tokens you requested exceeds the model limit of 128000", for models whose limit the catalogue
 * does not tell.
 */
gboolean
jump_mend_limit_value (JumpMend *self)
{
  static const char *const names[] = { "max_tokens", "max_completion_tokens", "max_output_tokens" };
  const char *at = strstr (self->text, "limit of ");
  g_autofree char *limit = NULL;

  if (at == NULL || !jump_mend_mentions (self, "maximum tokens"))
    return FALSE;
  at += strlen ("limit of ");
  limit = g_strndup (at, strspn (at, "0123456789"));
  for (guint i = 0; *limit != '\0' && i < G_N_ELEMENTS (names); i++)
    {
      gint64 said;

      if (!jump_json_span_get_int (jump_patch_work_get (&self->work, names[i]), &said) ||
          said <= g_ascii_strtoll (limit, NULL, 10))
        continue;
      jump_patch_work_set (&self->work, names[i], limit, NULL);
      return TRUE;
    }
  return FALSE;
}

/**
 * jump_mend_effort:
 *
 * A word for effort that the model's list should have had.
 */
gboolean
jump_mend_effort (JumpMend *self)
{
  static const char *const objects[] = { "reasoning", "output_config" };
  gboolean any;

  if (!jump_mend_mentions (self, "effort") ||
      !(jump_mend_mentions (self, "invalid") || jump_mend_is_refusal (self)))
    return FALSE;
  any = jump_patch_work_drop (&self->work, "reasoning_effort", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (objects); i++)
    any |= jump_patch_work_drop_in (&self->work,
                                    jump_patch_work_get (&self->work, objects[i]),
                                    "effort",
                                    NULL);
  return any;
}

/**
 * jump_mend_forced_thinking:
 *
 * "Thinking may not be enabled when tool_choice forces tool use": the tool is what the client wants.
 */
gboolean
jump_mend_forced_thinking (JumpMend *self)
{
  if (self->target->id != JUMP_DIALECT_MESSAGES || !jump_mend_mentions (self, "thinking") ||
      !jump_mend_mentions (self, "tool_choice"))
    return FALSE;
  jump_patch_work_drop (&self->work, "context_management", NULL);
  return jump_patch_work_drop (&self->work, "thinking", NULL);
}

/**
 * jump_mend_both_samplings:
 *
 * "`temperature` and `top_p` cannot both be specified": the first is the one that people set on purpose.
 */
gboolean
jump_mend_both_samplings (JumpMend *self)
{
  return jump_mend_mentions (self, "temperature") && jump_mend_mentions (self, "top_p") &&
         jump_mend_mentions (self, "both") && jump_patch_work_drop (&self->work, "top_p", NULL);
}

static gboolean
is_one_of (const char *name, const char *const *names, guint n_names)
{
  for (guint i = 0; i < n_names; i++)
    if (g_str_equal (name, names[i]))
      return TRUE;
  return FALSE;
}

/* Without these there is no request, no message or no part of one: what is wrong in there is the client's to
 * know. */
static gboolean
is_essential (const GPtrArray *path)
{
  static const char *const members[] = {
    "model", "messages", "input", "max_tokens", "stream", "tools", "system", "instructions",
  };
  static const char *const inner[] = {
    "role", "content", "type",         "text",        "image_url", "source", "url",      "data",
    "name", "call_id", "tool_call_id", "tool_use_id", "arguments", "output", "function",
  };
  const char *name = g_ptr_array_index (path, path->len - 1);

  return path->len == 1 ? is_one_of (name, members, G_N_ELEMENTS (members))
                        : is_one_of (name, inner, G_N_ELEMENTS (inner));
}

/* Takes the name between the quotes behind @at. Returns: (transfer full) (nullable) */
static char *
dup_quoted (const char *at)
{
  const char *start = strpbrk (at, "'\"`");
  const char *end = start == NULL ? NULL : strchr (start + 1, *start);

  return end == NULL ? NULL : g_strndup (start + 1, (gsize) (end - start - 1));
}

/* "tools.0.custom.x: Extra inputs are not permitted", "Unknown parameter: 'input[0].x'.", "Unrecognized
 * request argument supplied: x". Returns: (transfer full) (nullable) (element-type utf8) */
static GPtrArray *
find_named_field (const JumpMend *self)
{
  const char *message = self->failure->message;
  const char *extra = strstr (message, ": Extra inputs");
  const char *supplied = strstr (message, "argument supplied: ");
  g_autofree char *name = NULL;

  if (extra != NULL)
    {
      const char *start = extra;

      while (start > message && strchr (" \n\"'", start[-1]) == NULL)
        start--;
      name = g_strndup (start, (gsize) (extra - start));
    }
  else if (supplied != NULL)
    {
      supplied += strlen ("argument supplied: ");
      name = g_strndup (supplied, strcspn (supplied, " \n,"));
    }
  else if (self->failure->param != NULL)
    name = g_strdup (self->failure->param);
  else if (jump_mend_mentions (self, "parameter") || jump_mend_mentions (self, "unsupported value"))
    name = dup_quoted (message);
  return name == NULL ? NULL : jump_field_path_parse (name);
}

/**
 * jump_mend_field:
 *
 * A field that upstream names and does not know, or does not take for this model.
 */
gboolean
jump_mend_field (JumpMend *self)
{
  g_autoptr (GPtrArray) path = NULL;

  if (!jump_mend_is_refusal (self))
    return FALSE;
  path = find_named_field (self);
  if (path == NULL || is_essential (path) || !jump_field_path_drop (&self->work, path))
    return FALSE;
  self->detail = jump_field_path_format (path);
  return TRUE;
}

/* What chat completions of Copilot are known to take (protocol 5.3). */
static const char *const chat_fields[] = {
  "model",
  "messages",
  "stream",
  "stream_options",
  "tools",
  "tool_choice",
  "parallel_tool_calls",
  "temperature",
  "top_p",
  "n",
  "stop",
  "max_tokens",
  "max_completion_tokens",
  "response_format",
  "seed",
  "user",
  "reasoning_effort",
  "thinking_budget",
  "frequency_penalty",
  "presence_penalty",
  "logit_bias",
  "logprobs",
  "top_logprobs",
  "prediction",
};

/**
 * jump_mend_unknown_fields:
 *
 * A field that Copilot's chat does not know may come back as "The requested model is not supported." (protocol
 * 5.3), which names nothing: all that are not known to work go at once.
 */
gboolean
jump_mend_unknown_fields (JumpMend *self)
{
  g_autoptr (GString) dropped = g_string_new (NULL);
  JumpJsonCursor cursor;
  JumpJsonSpan key;

  if (self->target->id != JUMP_DIALECT_CHAT ||
      g_strcmp0 (self->failure->code, "model_not_supported") != 0)
    return FALSE;
  jump_json_cursor_init (&cursor, self->work.object);
  while (jump_json_cursor_next (&cursor, &key, NULL))
    {
      g_autofree char *name = jump_json_span_dup_string (key);

      if (name == NULL || is_one_of (name, chat_fields, G_N_ELEMENTS (chat_fields)) ||
          !jump_patch_work_drop (&self->work, name, NULL))
        continue;
      g_string_append_printf (dropped, "%s%s", dropped->len > 0 ? "/" : "", name);
    }
  if (dropped->len == 0)
    return FALSE;
  self->detail = g_string_free (g_steal_pointer (&dropped), FALSE);
  return TRUE;
}
