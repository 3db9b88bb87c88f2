/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/relay/field-path.h"
#include "service/relay/mend.h"

#define IN_WORDS "Answer with one JSON value and nothing else."

static gboolean
drop_field (JumpMend *self, const char *name)
{
  g_autoptr (GPtrArray) path = jump_field_path_parse (name);

  return jump_field_path_drop (&self->work, path);
}

/* Returns: the format of the answer that the client wants, wherever its API has it; absent: none */
static JumpJsonSpan
find_format (const JumpMend *self)
{
  static const struct
  {
    const char *outer;
    const char *inner; /* (nullable) */
  } places[] = {
    { "output_config", "format" },
    { "output_format", NULL },
    { "response_format", NULL },
    { "text", "format" },
  };
  JumpJsonSpan format = { NULL, 0 };

  for (guint i = 0; format.start == NULL && i < G_N_ELEMENTS (places); i++)
    {
      format = jump_patch_work_get (&self->work, places[i].outer);
      if (format.start != NULL && places[i].inner != NULL)
        format = jump_json_find_member (format, places[i].inner);
    }
  return format;
}

/* Returns: (transfer full) (nullable): what the format says, as a sentence to the model */
static char *
describe_format (JumpJsonSpan format)
{
  JumpJsonSpan nested = jump_json_find_member (format, "json_schema"); /* only chat has this one */
  JumpJsonSpan schema = jump_json_find_member (nested.start == NULL ? format : nested, "schema");
  g_autofree char *text = NULL;

  if (!jump_patch_has_type (format, "json_schema") && !jump_patch_has_type (format, "json_object"))
    return NULL;
  if (jump_json_span_kind (schema) != JUMP_JSON_OBJECT)
    return g_strdup (IN_WORDS);
  text = g_strndup (schema.start, schema.length);
  return g_strdup_printf (IN_WORDS " It has to fit this JSON schema:\n%s", text);
}

/* Puts @text behind the text of @member, which is a string, or made one. */
static void
append_to_text (JumpMend *self, const char *member, const char *text)
{
  JumpJsonSpan old = jump_patch_work_get (&self->work, member);
  g_autofree char *before = jump_json_span_dup_string (old);
  g_autofree char *all = NULL;
  g_autofree char *quoted = NULL;

  if (before != NULL && !jump_patch_is_blank (old))
    all = g_strconcat (before, "\n\n", text, NULL);
  quoted = jump_patch_quote (all == NULL ? text : all);
  jump_patch_work_set (&self->work, member, quoted, NULL);
}

static JumpJsonSpan
find_last (JumpJsonSpan array)
{
  JumpJsonSpan last = { NULL, 0 };
  JumpJsonSpan element;
  JumpJsonCursor cursor;

  if (jump_json_span_kind (array) != JUMP_JSON_ARRAY)
    return last;
  jump_json_cursor_init (&cursor, array);
  while (jump_json_cursor_next (&cursor, NULL, &element))
    last = element;
  return last;
}

static void
tell_claude (JumpMend *self, const char *text)
{
  JumpJsonSpan last = find_last (jump_patch_work_get (&self->work, "system"));
  g_autofree char *quoted = jump_patch_quote (text);
  g_autofree char *block = g_strdup_printf ("{\"type\":\"text\",\"text\":%s}", quoted);

  if (last.start == NULL)
    append_to_text (self, "system", text);
  else
    jump_patch_work_insert_behind (&self->work, last, block);
}

/* Behind what the model is told at the start, before what is said. */
static void
tell_in_chat (JumpMend *self, const char *text)
{
  JumpJsonSpan messages = jump_patch_work_get (&self->work, "messages");
  g_autofree char *quoted = jump_patch_quote (text);
  g_autofree char *message = g_strdup_printf ("{\"role\":\"system\",\"content\":%s}", quoted);
  JumpJsonSpan last = { NULL, 0 };
  JumpJsonSpan element = { NULL, 0 };
  JumpJsonCursor cursor;

  if (jump_json_span_kind (messages) != JUMP_JSON_ARRAY)
    return;
  jump_json_cursor_init (&cursor, messages);
  while (jump_json_cursor_next (&cursor, NULL, &element))
    {
      JumpJsonSpan role = jump_json_find_member (element, "role");

      if (!jump_json_span_equals (role, "system") && !jump_json_span_equals (role, "developer"))
        break;
      last = element;
    }
  if (last.start != NULL)
    {
      jump_patch_work_insert_behind (&self->work, last, message);
    }
  else if (element.start != NULL)
    {
      g_autofree char *first = g_strndup (element.start, element.length);
      g_autofree char *both = g_strconcat (message, ",", first, NULL);

      jump_patch_work_replace (&self->work, element, both, NULL);
    }
}

static void
tell (JumpMend *self, const char *text)
{
  switch (self->target->id)
    {
    case JUMP_DIALECT_MESSAGES:
      tell_claude (self, text);
      return;
    case JUMP_DIALECT_RESPONSES:
      append_to_text (self, "instructions", text);
      return;
    case JUMP_DIALECT_CHAT:
      tell_in_chat (self, text);
      return;
    case JUMP_DIALECT_COMPLETIONS:
    case JUMP_DIALECT_OLLAMA_CHAT:
    case JUMP_DIALECT_OLLAMA_GENERATE:
    case JUMP_N_DIALECTS:
      return; /* no upstream speaks them */
    }
}

/**
 * jump_mend_structure:
 *
 * One of Claude's backends is not allowed structured outputs (protocol 6.3), and not all models of others know
 * them. The model is then only told by the prompt what to write: likely, but not certain to be kept.
 */
gboolean
jump_mend_structure (JumpMend *self)
{
  static const char *const fields[] = {
    "output_config.format", "output_format",   "response_format",
    "text.format",          "tools[0].strict", "tools[0].function.strict",
  };
  g_autofree char *words = NULL;
  gboolean any = FALSE;

  if (!(jump_mend_mentions (self, "allowedpartnermodelfeatures") ||
        jump_mend_mentions (self, "failed_precondition") ||
        jump_mend_mentions (self, "structured output") ||
        jump_mend_mentions (self, "structured_output") ||
        ((jump_mend_mentions (self, "json_schema") || jump_mend_mentions (self, "strict")) &&
         jump_mend_is_refusal (self))))
    return FALSE;
  words = describe_format (find_format (self));
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    any |= drop_field (self, fields[i]);
  if (any && words != NULL)
    {
      jump_patch_work_settle (&self->work);
      tell (self, words);
    }
  return any;
}
