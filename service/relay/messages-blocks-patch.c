/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/relay/messages-blocks-patch.h"

#include "service/conversation/reasoning-state.h"
#include "service/relay/claude-version.h"

#include <string.h>

/* The first words of a line that Claude Code puts into its system text, reserved upstream. */
#define BILLING_WORD "x-anthropic-billing-header:"
#define ID_BYTES     G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_-"

static gboolean
is_billing_line (const char *line)
{
  while (*line == ' ' || *line == '\t')
    line++;
  return g_ascii_strncasecmp (line, BILLING_WORD, strlen (BILLING_WORD)) == 0;
}

/* Returns: (transfer full) (nullable): @text without its billing lines; NULL: it has none */
static char *
remove_billing (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr (GString) kept = g_string_new (NULL);
  gboolean is_first = TRUE;
  gboolean any = FALSE;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (is_billing_line (lines[i]))
        {
          any = TRUE;
          continue;
        }
      if (!is_first)
        g_string_append_c (kept, '\n');
      g_string_append (kept, lines[i]);
      is_first = FALSE;
    }
  return any ? g_string_free (g_steal_pointer (&kept), FALSE) : NULL;
}

/* Whether @text is worth a closer look: the word holds a dash in each case, and nothing that needs an escape. */
static gboolean
may_hold_billing (JumpJsonSpan text)
{
  g_autofree char *lower = NULL;

  if (jump_json_span_kind (text) != JUMP_JSON_STRING)
    return FALSE;
  lower = g_ascii_strdown (text.start, (gssize) text.length);
  return strstr (lower, BILLING_WORD) != NULL;
}

/* Returns: whether anything is left of @text, a string */
static gboolean
patch_system_text (JumpPatchWork *work, JumpJsonSpan text)
{
  g_autofree char *plain = NULL;
  g_autofree char *kept = NULL;
  g_autofree char *quoted = NULL;

  if (jump_patch_is_blank (text))
    {
      jump_changes_add (work->changes, "empty-text-dropped");
      return FALSE;
    }
  if (!may_hold_billing (text))
    return TRUE;
  plain = jump_json_span_dup_string (text);
  kept = remove_billing (plain);
  if (kept == NULL)
    return TRUE;
  jump_changes_add (work->changes, "billing-header-dropped");
  if (*g_strchug (kept) == '\0')
    return FALSE;
  quoted = jump_patch_quote (kept);
  jump_patch_work_replace (work, text, quoted, NULL);
  return TRUE;
}

/* A text alone or a list of blocks. */
static void
patch_system (JumpPatchWork *work)
{
  JumpJsonSpan system = jump_patch_work_get (work, "system");
  JumpJsonCursor cursor;
  JumpJsonSpan block;
  guint n_kept = 0;

  if (jump_json_span_kind (system) == JUMP_JSON_STRING)
    n_kept += patch_system_text (work, system) ? 1 : 0;
  else if (jump_json_span_kind (system) != JUMP_JSON_ARRAY)
    return;
  jump_json_cursor_init (&cursor, system);
  while (jump_json_cursor_next (&cursor, NULL, &block))
    {
      JumpJsonSpan text = jump_json_find_member (block, "text");

      if (jump_json_span_kind (text) != JUMP_JSON_STRING || patch_system_text (work, text))
        n_kept++;
      else
        jump_patch_work_drop_element (work, system, block, NULL);
    }
  if (n_kept == 0)
    jump_patch_work_drop (work, "system", NULL);
}

/* Thoughts come back with what proves that upstream thought them. State in an envelope is taken out for the
 * model that made it; thoughts of other models, and those without any proof, go.
 * Returns: whether the block stays */
static gboolean
patch_reasoning (JumpPatchWork *work,
                 JumpJsonSpan block,
                 const char *member,
                 JumpReasoningKind kind)
{
  JumpJsonSpan span = jump_json_find_member (block, member);
  g_auto (JumpReasoningState) state = { 0 };
  g_autofree char *text = jump_json_span_dup_string (span);
  g_autofree char *quoted = NULL;

  if (text == NULL || !jump_reasoning_state_open (&state, text, kind) || state.kind != kind ||
      !jump_reasoning_state_fits (&state, 1u << kind, work->traits->id))
    return FALSE;
  if (!jump_reasoning_text_is_sealed (text))
    return TRUE;
  quoted = jump_patch_quote (state.data);
  jump_patch_work_replace (work, span, quoted, "reasoning-opened");
  return TRUE;
}

/* Ids of calls that other dialects' upstreams made may hold what Messages does not take. The same id becomes the
 * same on both sides. */
static void
patch_call_id (JumpPatchWork *work, JumpJsonSpan id)
{
  g_autofree char *text = jump_json_span_dup_string (id);
  g_autofree char *quoted = NULL;

  if (text == NULL || *text == '\0' || text[strspn (text, ID_BYTES)] == '\0')
    return;
  g_strcanon (text, ID_BYTES, '_');
  quoted = jump_patch_quote (text);
  jump_patch_work_replace (work, id, quoted, "tool-ids-cleaned");
}

/* What a search among tools found; without the search upstream knows no such block. */
static void
patch_tool_reference (JumpPatchWork *work, JumpJsonSpan block)
{
  g_autofree char *name = jump_json_span_dup_string (jump_json_find_member (block, "tool_name"));
  g_autofree char *quoted = jump_patch_quote (name == NULL || *name == '\0' ? "tool" : name);
  g_autofree char *text = g_strdup_printf ("{\"type\":\"text\",\"text\":%s}", quoted);

  jump_patch_work_replace (work, block, text, "tool-reference-as-text");
}

/* Returns: whether anything stays of @list, blocks of a message or of a tool's result */
static gboolean
patch_blocks (JumpPatchWork *work, JumpJsonSpan list, gboolean has_tool_search)
{
  static const char *const names[] = { "type", "text", "content", "id", "tool_use_id" };
  JumpJsonSpan found[G_N_ELEMENTS (names)];
  JumpJsonCursor cursor;
  JumpJsonSpan block;
  guint n_kept = 0;

  jump_json_cursor_init (&cursor, list);
  while (jump_json_cursor_next (&cursor, NULL, &block))
    {
      const char *reason = NULL;

      jump_patch_find (block, names, G_N_ELEMENTS (names), found);
      if (jump_json_span_equals (found[0], "text") && jump_patch_is_blank (found[1]))
        reason = "empty-text-dropped";
      else if (jump_json_span_equals (found[0], "thinking"))
        reason = patch_reasoning (work, block, "signature", JUMP_REASONING_SIGNATURE)
                     ? NULL
                     : "reasoning-dropped";
      else if (jump_json_span_equals (found[0], "redacted_thinking"))
        reason = patch_reasoning (work, block, "data", JUMP_REASONING_REDACTED)
                     ? NULL
                     : "reasoning-dropped";
      else if (jump_json_span_equals (found[0], "tool_reference") && !has_tool_search)
        patch_tool_reference (work, block);
      else if (jump_json_span_equals (found[0], "tool_result") &&
               jump_json_span_kind (found[2]) == JUMP_JSON_ARRAY)
        patch_blocks (work, found[2], has_tool_search);
      if (reason != NULL)
        {
          jump_patch_work_drop_element (work, list, block, reason);
          continue;
        }
      patch_call_id (work, found[3]);
      patch_call_id (work, found[4]);
      n_kept++;
    }
  return n_kept > 0;
}

/* A person did not say it, and the model should know: Claude Code marks such texts in the same way. */
static void
mark_text (JumpPatchWork *work, JumpJsonSpan text)
{
  g_autofree char *marked = NULL;

  if (jump_json_span_kind (text) != JUMP_JSON_STRING || jump_patch_is_blank (text))
    return;
  marked = g_strdup_printf ("\"<system-reminder>\\n%.*s\\n</system-reminder>\"",
                            (int) text.length - 2,
                            text.start + 1);
  jump_patch_work_replace (work, text, marked, NULL);
}

/* In the middle of a conversation only models from 4.8 on hear a system message (protocol 6.3). */
static void
patch_role (JumpPatchWork *work, JumpJsonSpan role, JumpJsonSpan content)
{
  JumpJsonCursor cursor;
  JumpJsonSpan block;

  if (!jump_json_span_equals (role, "system") || jump_claude_is_from (work->traits->id, 4, 8))
    return;
  jump_patch_work_replace (work, role, "\"user\"", "system-as-user");
  mark_text (work, content);
  if (jump_json_span_kind (content) != JUMP_JSON_ARRAY)
    return;
  jump_json_cursor_init (&cursor, content);
  while (jump_json_cursor_next (&cursor, NULL, &block))
    mark_text (work, jump_json_find_member (block, "text"));
}

static void
patch_message (JumpPatchWork *work,
               JumpJsonSpan messages,
               JumpJsonSpan message,
               gboolean has_tool_search)
{
  static const char *const names[] = { "role", "content" };
  JumpJsonSpan found[G_N_ELEMENTS (names)];

  jump_patch_find (message, names, G_N_ELEMENTS (names), found);
  patch_role (work, found[0], found[1]);
  if (jump_json_span_kind (found[1]) == JUMP_JSON_ARRAY)
    {
      if (!patch_blocks (work, found[1], has_tool_search))
        jump_patch_work_drop_element (work, messages, message, "empty-message-dropped");
    }
  else if (jump_patch_is_blank (found[1]))
    jump_patch_work_drop_element (work, messages, message, "empty-message-dropped");
}

/**
 * jump_messages_blocks_patch:
 * @work: a Messages request
 * @has_tool_search: whether upstream's own search among tools is offered
 */
void
jump_messages_blocks_patch (JumpPatchWork *work, gboolean has_tool_search)
{
  JumpJsonSpan messages = jump_patch_work_get (work, "messages");
  JumpJsonCursor cursor;
  JumpJsonSpan message;

  patch_system (work);
  if (jump_json_span_kind (messages) != JUMP_JSON_ARRAY)
    return;
  jump_json_cursor_init (&cursor, messages);
  while (jump_json_cursor_next (&cursor, NULL, &message))
    patch_message (work, messages, message, has_tool_search);
}
