/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/openai-responses-input.h"

#include "service/base/error.h"
#include "service/dialects/anthropic-call-id.h"
#include "service/dialects/json-field.h"
#include "service/dialects/openai-responses-tools.h"

static gboolean
read_role (JumpJsonSpan role, JumpRole *out_role, GError **error)
{
  static const struct
  {
    const char *word;
    JumpRole role;
  } roles[] = {
    { "user", JUMP_ROLE_USER },
    { "assistant", JUMP_ROLE_ASSISTANT },
    { "developer", JUMP_ROLE_DEVELOPER },
    { "system", JUMP_ROLE_SYSTEM },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (roles); i++)
    {
      if (jump_json_span_equals (role, roles[i].word))
        {
          *out_role = roles[i].role;
          return TRUE;
        }
    }
  return jump_json_field_refuse (error, "role", "user, assistant, developer or system");
}

/* A role given twice (P-07) means its last one, as everywhere. */
static gboolean
read_message (JumpPrompt *prompt, JumpJsonSpan item, GError **error)
{
  JumpRole role = JUMP_ROLE_USER;
  JumpMessage *message;

  if (!read_role (jump_json_find_member (item, "role"), &role, error))
    return FALSE;
  message = jump_prompt_add_message (prompt, jump_message_new (role));
  return jump_responses_read_content (message->parts,
                                      jump_json_find_member (item, "content"),
                                      "content",
                                      error);
}

static JumpPart *
add_part (JumpPrompt *prompt, JumpRole role, JumpPartKind kind)
{
  JumpMessage *message = jump_prompt_add_message (prompt, jump_message_new (role));

  return jump_message_add (message, jump_part_new (kind));
}

/* Calls without arguments have an empty text at some clients; {} is JSON. */
static void
fill_arguments (JumpPart *call)
{
  if (call->arguments != NULL && *call->arguments != '\0')
    return;
  g_free (call->arguments);
  call->arguments = g_strdup (call->tool_kind == JUMP_TOOL_FUNCTION ? "{}" : "");
}

static gboolean
read_call (JumpPrompt *prompt, JumpJsonSpan item, JumpToolKind kind, GError **error)
{
  JumpPart *call = add_part (prompt, JUMP_ROLE_ASSISTANT, JUMP_PART_TOOL_CALL);
  const char *field = kind == JUMP_TOOL_CUSTOM ? "input" : "arguments";

  call->tool_kind = kind;
  if (jump_json_span_kind (jump_json_find_member (item, "name")) != JUMP_JSON_STRING)
    return jump_json_field_refuse (error, "name", "string");
  if (!jump_json_field_string (jump_json_find_member (item, "call_id"),
                               "call_id",
                               &call->call_id,
                               error) ||
      !jump_json_field_string (jump_json_find_member (item, "name"), "name", &call->name, error) ||
      !jump_json_field_string (jump_json_find_member (item, "namespace"),
                               "namespace",
                               &call->name_space,
                               error) ||
      !jump_json_field_string (jump_json_find_member (item, field), field, &call->arguments, error))
    return FALSE;
  fill_arguments (call);
  if (call->call_id != NULL)
    call->call_state = jump_anthropic_call_id_open (call->call_id);
  return TRUE;
}

/* Calls of tools that stand in "functions" come without their namespace; the definition knows it. */
static void
find_name_space (const JumpPrompt *prompt, JumpPart *call)
{
  const JumpTool *found = NULL;

  if (call->name_space != NULL)
    return;
  for (guint i = 0; i < prompt->tools->len; i++)
    {
      const JumpTool *tool = g_ptr_array_index (prompt->tools, i);

      if (tool->kind == JUMP_TOOL_HOSTED || g_strcmp0 (tool->name, call->name) != 0)
        continue;
      if (tool->name_space == NULL)
        return;
      if (g_str_equal (tool->name_space, "functions"))
        found = tool;
    }
  if (found != NULL)
    call->name_space = g_strdup (found->name_space);
}

static gboolean
read_result (JumpPrompt *prompt, JumpJsonSpan item, JumpToolKind kind, GError **error)
{
  JumpPart *result = add_part (prompt, JUMP_ROLE_USER, JUMP_PART_TOOL_RESULT);
  g_autofree char *state = NULL;

  result->tool_kind = kind;
  result->content = g_ptr_array_new_with_free_func ((GDestroyNotify) jump_part_free);
  if (!jump_json_field_string (jump_json_find_member (item, "call_id"),
                               "call_id",
                               &result->call_id,
                               error))
    return FALSE;
  if (result->call_id != NULL)
    state = jump_anthropic_call_id_open (result->call_id); /* it belongs to the call */
  return jump_responses_read_content (result->content,
                                      jump_json_find_member (item, "output"),
                                      "output",
                                      error);
}

/* Returns: (transfer full): paragraphs of the texts in both arrays; "" for none */
static char *
read_reasoning_text (JumpJsonSpan item)
{
  static const char *const members[] = { "summary", "content" };
  g_autoptr (GString) all = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    {
      JumpJsonCursor cursor;
      JumpJsonSpan part;

      jump_json_cursor_init (&cursor, jump_json_find_member (item, members[i]));
      while (!cursor.is_object && jump_json_cursor_next (&cursor, NULL, &part))
        {
          g_autofree char *text = jump_json_span_dup_string (jump_json_find_member (part, "text"));

          if (text == NULL || *text == '\0')
            continue;
          if (all->len > 0)
            g_string_append (all, "\n\n");
          g_string_append (all, text);
        }
    }
  return g_string_free (g_steal_pointer (&all), FALSE);
}

/* State that nobody can read is left out; reasoning of which nothing remains, too. */
static gboolean
read_reasoning (JumpPrompt *prompt, JumpJsonSpan item, GError **error)
{
  g_autofree char *text = read_reasoning_text (item);
  g_autofree char *sealed = NULL;
  g_auto (JumpReasoningState) state = { JUMP_REASONING_NONE, NULL, NULL };
  JumpPart *part;

  if (!jump_json_field_string (jump_json_find_member (item, "encrypted_content"),
                               "encrypted_content",
                               &sealed,
                               error))
    return FALSE;
  if (!jump_reasoning_state_open (&state, sealed, JUMP_REASONING_ENCRYPTED))
    jump_prompt_drop (prompt, "encrypted_content");
  if (state.kind == JUMP_REASONING_NONE && *text == '\0')
    return TRUE;
  part = add_part (prompt, JUMP_ROLE_ASSISTANT, JUMP_PART_REASONING);
  if (*text != '\0')
    part->text = g_steal_pointer (&text);
  part->state = state;
  state = (JumpReasoningState){ JUMP_REASONING_NONE, NULL, NULL };
  return TRUE;
}

/* What only this API knows. What hosted tools said stands on the assistant's side, what clients did for
 * them on the user's. */
static gboolean
read_other (JumpPrompt *prompt, JumpJsonSpan item, JumpJsonSpan type, GError **error)
{
  JumpPart *part;
  g_autofree char *word = jump_json_span_dup_string (type);

  if (word == NULL || *word == '\0')
    return jump_json_field_refuse (error, "type", "string");
  part = add_part (prompt,
                   g_str_has_suffix (word, "_output") || g_str_has_suffix (word, "_trigger") ||
                           g_str_has_suffix (word, "_approval_response")
                       ? JUMP_ROLE_USER
                       : JUMP_ROLE_ASSISTANT,
                   JUMP_PART_OTHER);
  part->type = g_steal_pointer (&word);
  part->json = g_strndup (item.start, item.length);
  return TRUE;
}

static gboolean
read_item (JumpPrompt *prompt, JumpJsonSpan item, GError **error)
{
  JumpJsonSpan type = jump_json_find_member (item, "type");
  gboolean has_type = jump_json_span_kind (type) != JUMP_JSON_NULL;

  if (jump_json_span_equals (type, "message") ||
      (!has_type && jump_json_find_member (item, "role").start != NULL))
    return read_message (prompt, item, error);
  if (jump_json_span_equals (type, "function_call"))
    return read_call (prompt, item, JUMP_TOOL_FUNCTION, error);
  if (jump_json_span_equals (type, "custom_tool_call"))
    return read_call (prompt, item, JUMP_TOOL_CUSTOM, error);
  if (jump_json_span_equals (type, "function_call_output"))
    return read_result (prompt, item, JUMP_TOOL_FUNCTION, error);
  if (jump_json_span_equals (type, "custom_tool_call_output"))
    return read_result (prompt, item, JUMP_TOOL_CUSTOM, error);
  if (jump_json_span_equals (type, "reasoning"))
    return read_reasoning (prompt, item, error);
  if (jump_json_span_equals (type, "additional_tools"))
    return jump_responses_read_tools (prompt,
                                      jump_json_find_member (item, "tools"),
                                      "tools",
                                      error);
  if (jump_json_span_equals (type, "item_reference"))
    return jump_json_field_refuse (error, "type", "the item itself, references are not kept");
  return read_other (prompt, item, type, error);
}

static void
complete_calls (JumpPrompt *prompt)
{
  for (guint i = 0; i < prompt->messages->len; i++)
    {
      JumpMessage *message = g_ptr_array_index (prompt->messages, i);

      for (guint j = 0; j < message->parts->len; j++)
        {
          JumpPart *part = g_ptr_array_index (message->parts, j);

          if (part->kind == JUMP_PART_TOOL_CALL)
            find_name_space (prompt, part);
        }
    }
}

/**
 * jump_responses_read_input:
 * @prompt: with the tools of the request; gets messages, and tools that stand among the items
 * @input: a string is what the user says
 * @error: JUMP_ERROR_BAD_REQUEST, "input[3].role: expected …"
 *
 * Returns: whether it is understood
 */
gboolean
jump_responses_read_input (JumpPrompt *prompt, JumpJsonSpan input, GError **error)
{
  JumpJsonCursor cursor;
  JumpJsonSpan item;
  guint i = 0;

  if (jump_json_span_kind (input) == JUMP_JSON_NULL)
    return TRUE;
  if (jump_json_span_kind (input) == JUMP_JSON_STRING)
    {
      JumpMessage *message = jump_prompt_add_message (prompt, jump_message_new (JUMP_ROLE_USER));

      return jump_responses_read_content (message->parts, input, "input", error);
    }
  if (jump_json_span_kind (input) != JUMP_JSON_ARRAY)
    return jump_json_field_refuse (error, "input", "string or array");
  jump_json_cursor_init (&cursor, input);
  for (; jump_json_cursor_next (&cursor, NULL, &item); i++)
    {
      if (jump_json_span_kind (item) != JUMP_JSON_OBJECT)
        {
          g_set_error (error, JUMP_ERROR, JUMP_ERROR_BAD_REQUEST, "input[%u]: expected object", i);
          return FALSE;
        }
      if (!read_item (prompt, item, error))
        {
          g_prefix_error (error, "input[%u].", i);
          return FALSE;
        }
    }
  complete_calls (prompt);
  return TRUE;
}
