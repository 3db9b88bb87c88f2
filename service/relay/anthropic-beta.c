/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/relay/anthropic-beta.h"

#include "service/relay/patch-work.h"

#include <string.h>

/* Of what upstream was seen to take (protocol 6.3) only those that its two backends agree on. */
#define INTERLEAVED "interleaved-thinking-2025-05-14"
#define CONTEXT     "context-management-2025-06-27"
#define ADVANCED    "advanced-tool-use-2025-11-20"

/* Which of them a request makes use of. */
typedef struct
{
  gboolean may_interleave;
  gboolean needs_context;
  gboolean needs_advanced;
} Uses;

static gboolean
has_tool_search (JumpJsonSpan tools)
{
  JumpJsonCursor cursor;
  JumpJsonSpan tool;

  if (jump_json_span_kind (tools) != JUMP_JSON_ARRAY)
    return FALSE;
  jump_json_cursor_init (&cursor, tools);
  while (jump_json_cursor_next (&cursor, NULL, &tool))
    {
      g_autofree char *type = jump_json_span_dup_string (jump_json_find_member (tool, "type"));

      if (type != NULL && g_str_has_prefix (type, "tool_search_tool_"))
        return TRUE;
    }
  return FALSE;
}

static void
read_uses (Uses *self, const JumpModelTraits *traits, GBytes *body)
{
  static const char *const names[] = { "thinking", "context_management", "tools" };
  JumpJsonSpan found[G_N_ELEMENTS (names)];
  gsize length = 0;
  const char *data = body == NULL ? "" : g_bytes_get_data (body, &length);

  *self = (Uses){ .may_interleave = !traits->thinks_adaptively };
  if (body == NULL)
    return;
  jump_patch_find (jump_json_span_trim (data, length), names, G_N_ELEMENTS (names), found);
  self->may_interleave = jump_patch_has_type (found[0], "enabled");
  self->needs_context = jump_json_span_kind (found[1]) != JUMP_JSON_NULL;
  self->needs_advanced = has_tool_search (found[2]);
}

static gboolean
passes (const char *name, const Uses *uses)
{
  return (uses->may_interleave && g_str_equal (name, INTERLEAVED)) ||
         (uses->needs_context && g_str_equal (name, CONTEXT)) || g_str_equal (name, ADVANCED);
}

static void
append (GString *header, const char *name)
{
  if (header->len > 0)
    g_string_append_c (header, ',');
  g_string_append (header, name);
}

/**
 * jump_anthropic_beta_filter:
 * @header: (nullable): the client's, several joined by commas
 * @traits: of the model
 * @body: (nullable): as it is sent; %NULL: not known, then the traits decide
 * @changes: gets "beta-dropped:NAME" for each that does not pass, "beta-added" for one that was missing
 *
 * Interleaved thinking is for budgets of thinking only, and context management only for bodies that ask for
 * it. A body that cannot do without one gets it even where the client said nothing.
 *
 * Returns: (transfer full) (nullable): the header to send; %NULL: none
 */
char *
jump_anthropic_beta_filter (const char *header,
                            const JumpModelTraits *traits,
                            GBytes *body,
                            JumpChanges *changes)
{
  g_auto (GStrv) names = g_strsplit (header == NULL ? "" : header, ",", -1);
  g_autoptr (GString) kept = g_string_new (NULL);
  Uses uses;

  read_uses (&uses, traits, body);
  for (guint i = 0; names[i] != NULL; i++)
    {
      const char *name = g_strstrip (names[i]);

      if (*name == '\0')
        continue;
      if (!passes (name, &uses))
        jump_changes_add_detail (changes, "beta-dropped:", name);
      else if (strstr (kept->str, name) == NULL)
        append (kept, name);
    }
  if (uses.needs_context && strstr (kept->str, CONTEXT) == NULL)
    {
      append (kept, CONTEXT);
      jump_changes_add (changes, "beta-added");
    }
  if (uses.needs_advanced && strstr (kept->str, ADVANCED) == NULL)
    {
      append (kept, ADVANCED);
      jump_changes_add (changes, "beta-added");
    }
  return kept->len == 0 ? NULL : g_string_free (g_steal_pointer (&kept), FALSE);
}
