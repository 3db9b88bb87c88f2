/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/openai-responses-ids.h"

/* Ids are limited to 64 characters where clients send them back. */
#define MAX_STEM 44

static const struct
{
  const char *type;
  const char *prefix;
} prefixes[] = {
  { "message", "msg" },
  { "reasoning", "rs" },
  { "function_call", "fc" },
  { "custom_tool_call", "ctc" },
  { "web_search_call", "ws" },
  { "compaction", "cmp" },
  { "file_search_call", "fs" },
  { "code_interpreter_call", "ci" },
  { "image_generation_call", "ig" },
  { "computer_call", "cu" },
  { "mcp_call", "mcp" },
  { "mcp_list_tools", "mcpl" },
  { "mcp_approval_request", "mcpr" },
  { "tool_search_call", "tsc" },
  { "tool_search_output", "tso" },
  { "local_shell_call", "lsh" },
  { "shell_call", "sh" },
  { "shell_call_output", "sho" },
  { "apply_patch_call", "apc" },
};

static const char *
prefix_of_type (JumpJsonSpan type)
{
  for (gsize i = 0; i < G_N_ELEMENTS (prefixes); i++)
    {
      if (jump_json_span_equals (type, prefixes[i].type))
        return prefixes[i].prefix;
    }
  return "item";
}

/**
 * jump_responses_ids_init:
 * @self: (out caller-allocates): ids that nobody has asked for
 * @request_id: may be a client's own; bytes that are odd in an id are left out
 */
void
jump_responses_ids_init (JumpResponsesIds *self, const char *request_id)
{
  g_autoptr (GString) stem = g_string_new (NULL);

  for (; *request_id != '\0' && stem->len < MAX_STEM; request_id++)
    {
      if (g_ascii_isalnum (*request_id) || *request_id == '-')
        g_string_append_c (stem, *request_id);
    }
  self->stem = g_strdup (stem->len == 0 ? "0" : stem->str);
  self->response = g_strconcat ("resp_", self->stem, NULL);
  self->items = g_ptr_array_new_with_free_func (g_free);
}

/**
 * jump_responses_ids_clear:
 * @self: ids
 */
void
jump_responses_ids_clear (JumpResponsesIds *self)
{
  g_clear_pointer (&self->stem, g_free);
  g_clear_pointer (&self->response, g_free);
  g_clear_pointer (&self->items, g_ptr_array_unref);
}

/**
 * jump_responses_ids_make:
 * @index: the item's position; those behind the last one that is told apart share its id
 * @prefix: what the id begins with unless it exists already
 *
 * Returns: (transfer none): the id, without characters that JSON would escape
 */
const char *
jump_responses_ids_make (JumpResponsesIds *self, guint index, const char *prefix)
{
  char **slot;

  index = MIN (index, JUMP_RESPONSES_MAX_ITEMS - 1);
  if (index >= self->items->len)
    g_ptr_array_set_size (self->items, (int) index + 1);
  slot = (char **) &g_ptr_array_index (self->items, index);
  if (*slot == NULL)
    *slot = g_strdup_printf ("%s_%s_%u", prefix, self->stem, index);
  return *slot;
}

/**
 * jump_responses_ids_get:
 * @index: the item's position
 * @type: the value of its "type", absent where it is not told
 *
 * Returns: (transfer none): the id
 */
const char *
jump_responses_ids_get (JumpResponsesIds *self, guint index, JumpJsonSpan type)
{
  if (index < self->items->len && g_ptr_array_index (self->items, index) != NULL)
    return g_ptr_array_index (self->items, index);
  return jump_responses_ids_make (self, index, prefix_of_type (type));
}
