/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/relay/mend.h"

#include <string.h>

/* "web_search_20250305" and "web_search_preview" are web_search. Returns: (transfer full) */
static char *
dup_stem (const char *type)
{
  gsize length = strlen (type);
  gsize end;

  while (length > 0 && g_ascii_isdigit (type[length - 1]))
    length--;
  end = length;
  if (end > 0 && end < strlen (type) && type[end - 1] == '_')
    length = end - 1;
  if (length > 8 && strncmp (type + length - 8, "_preview", 8) == 0)
    length -= 8;
  return g_strndup (type, length);
}

/* Whether the failure names a tool of @type, as "web_search" or "web search". */
static gboolean
is_named (const JumpMend *self, const char *type)
{
  g_autofree char *stem = dup_stem (type);
  g_autofree char *words = g_strdelimit (g_ascii_strdown (stem, -1), "_-", ' ');
  g_autofree char *text = g_strdelimit (g_strdup (self->text), "_-", ' ');

  return *words != '\0' && strstr (text, words) != NULL;
}

static void
drop_choice (JumpMend *self, guint n_kept)
{
  JumpJsonSpan choice = jump_patch_work_get (&self->work, "tool_choice");

  if (n_kept == 0)
    jump_patch_work_drop (&self->work, "tools", NULL);
  if (n_kept == 0 || jump_json_span_kind (choice) == JUMP_JSON_OBJECT)
    jump_patch_work_drop (&self->work, "tool_choice", NULL);
}

/**
 * jump_mend_hosted_tool:
 *
 * "The use of the web search tool is not supported", "rejected tool(s): web_fetch", "Input tag 'x' … does not
 * match any of the expected tags": tools with a type of their own that upstream names.
 */
gboolean
jump_mend_hosted_tool (JumpMend *self)
{
  JumpJsonSpan tools = jump_patch_work_get (&self->work, "tools");
  guint n_kept = 0, n_gone = 0;
  JumpJsonCursor cursor;
  JumpJsonSpan tool;

  if (jump_json_span_kind (tools) != JUMP_JSON_ARRAY ||
      !(jump_mend_is_refusal (self) || jump_mend_mentions (self, "input tag")))
    return FALSE;
  jump_json_cursor_init (&cursor, tools);
  while (jump_json_cursor_next (&cursor, NULL, &tool))
    {
      g_autofree char *type = jump_json_span_dup_string (jump_json_find_member (tool, "type"));

      if (type == NULL || g_str_equal (type, "function") || !is_named (self, type) ||
          (g_str_equal (type, "custom") && self->target->id == JUMP_DIALECT_MESSAGES))
        {
          n_kept++;
          continue;
        }
      jump_patch_work_drop_element (&self->work, tools, tool, NULL);
      n_gone++;
      if (self->detail == NULL)
        self->detail = g_steal_pointer (&type);
    }
  if (n_gone > 0)
    drop_choice (self, n_kept);
  return n_gone > 0;
}
