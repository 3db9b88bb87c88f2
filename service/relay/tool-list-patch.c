/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/relay/tool-list-patch.h"

/* What became of the tools. */
typedef struct
{
  GHashTable *gone_types; /* (owned) (element-type utf8): set */
  GHashTable *gone_names; /* (owned) (element-type utf8): set */
  guint n_kept;
} Sorted;

static void
clear_sorted (Sorted *self)
{
  g_clear_pointer (&self->gone_types, g_hash_table_unref);
  g_clear_pointer (&self->gone_names, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Sorted, clear_sorted)

/* Responses and Messages name a tool at its top, chat inside a member called like its type. */
static char *
dup_name (JumpJsonSpan tool)
{
  static const char *const places[] = { "function", "custom" };
  char *name = NULL;

  if (jump_json_span_kind (tool) != JUMP_JSON_OBJECT)
    return NULL;
  name = jump_json_span_dup_string (jump_json_find_member (tool, "name"));
  for (guint i = 0; name == NULL && i < G_N_ELEMENTS (places); i++)
    {
      JumpJsonSpan inner = jump_json_find_member (tool, places[i]);

      if (jump_json_span_kind (inner) == JUMP_JSON_OBJECT)
        name = jump_json_span_dup_string (jump_json_find_member (inner, "name"));
    }
  return name;
}

static gboolean
stays (JumpJsonSpan tool, JumpToolTest takes, const JumpModelTraits *traits)
{
  g_autofree char *name = dup_name (tool);

  if (jump_json_span_kind (tool) != JUMP_JSON_OBJECT)
    return TRUE; /* upstream names what is wrong with it */
  return (name == NULL || *name != '\0') &&
         takes (tool, jump_json_find_member (tool, "type"), traits);
}

static void
remove_tool (JumpPatchWork *work, JumpJsonSpan tools, JumpJsonSpan tool, Sorted *sorted)
{
  g_autofree char *type = jump_json_span_dup_string (jump_json_find_member (tool, "type"));
  char *name = dup_name (tool);
  gboolean is_nameless = name != NULL && *name == '\0';

  jump_patch_work_drop_element (work, tools, tool, NULL);
  if (is_nameless)
    jump_changes_add (work->changes, "nameless-tool-removed");
  else
    jump_changes_add_detail (work->changes, "hosted-tool-removed:", type == NULL ? "" : type);
  if (type != NULL && !is_nameless)
    g_hash_table_add (sorted->gone_types, g_steal_pointer (&type));
  if (name != NULL)
    g_hash_table_add (sorted->gone_names, name);
}

static void
sort_tools (JumpPatchWork *work, JumpJsonSpan tools, JumpToolTest takes, Sorted *sorted)
{
  JumpJsonCursor cursor;
  JumpJsonSpan tool;

  jump_json_cursor_init (&cursor, tools);
  while (jump_json_cursor_next (&cursor, NULL, &tool))
    {
      if (stays (tool, takes, work->traits))
        sorted->n_kept++;
      else
        remove_tool (work, tools, tool, sorted);
    }
}

/* A function of the same name is another tool. */
static void
forget_kept_names (JumpJsonSpan tools, JumpToolTest takes, JumpPatchWork *work, Sorted *sorted)
{
  JumpJsonCursor cursor;
  JumpJsonSpan tool;

  jump_json_cursor_init (&cursor, tools);
  while (jump_json_cursor_next (&cursor, NULL, &tool))
    {
      g_autofree char *name = dup_name (tool);

      if (name != NULL && stays (tool, takes, work->traits))
        g_hash_table_remove (sorted->gone_names, name);
    }
}

/* Whether @choice, or one entry of a choice among several, means a tool that is gone. */
static gboolean
means_gone (JumpJsonSpan choice, const Sorted *sorted)
{
  g_autofree char *type = NULL;
  g_autofree char *name = NULL;

  if (jump_json_span_kind (choice) != JUMP_JSON_OBJECT)
    return FALSE;
  type = jump_json_span_dup_string (jump_json_find_member (choice, "type"));
  name = dup_name (choice);
  return (type != NULL && g_hash_table_contains (sorted->gone_types, type)) ||
         (name != NULL && g_hash_table_contains (sorted->gone_names, name));
}

/* {"type":"allowed_tools","tools":[…]}, in chat inside one more member. Returns: whether none is left. */
static gboolean
patch_allowed (JumpPatchWork *work, JumpJsonSpan choice, const Sorted *sorted)
{
  JumpJsonSpan inner = jump_json_find_member (choice, "allowed_tools");
  JumpJsonSpan tools =
      jump_json_find_member (jump_json_span_kind (inner) == JUMP_JSON_OBJECT ? inner : choice,
                             "tools");
  JumpJsonCursor cursor;
  JumpJsonSpan tool;
  guint n_kept = 0;

  if (jump_json_span_kind (tools) != JUMP_JSON_ARRAY)
    return FALSE;
  jump_json_cursor_init (&cursor, tools);
  while (jump_json_cursor_next (&cursor, NULL, &tool))
    {
      if (means_gone (tool, sorted))
        jump_patch_work_drop_element (work, tools, tool, NULL);
      else
        n_kept++;
    }
  return n_kept == 0;
}

static void
patch_choice (JumpPatchWork *work, const Sorted *sorted)
{
  JumpJsonSpan choice = jump_patch_work_get (work, "tool_choice");

  if (sorted->n_kept == 0 || means_gone (choice, sorted) ||
      (jump_patch_has_type (choice, "allowed_tools") && patch_allowed (work, choice, sorted)))
    jump_patch_work_drop (work, "tool_choice", "tool-choice-dropped");
}

/* A choice of a tool that upstream does not have, without a list that could tell. */
static void
patch_lone_choice (JumpPatchWork *work, JumpToolTest takes)
{
  JumpJsonSpan choice = jump_patch_work_get (work, "tool_choice");
  JumpJsonSpan type = jump_json_find_member (choice, "type");

  if (jump_json_span_kind (choice) == JUMP_JSON_OBJECT &&
      !jump_json_span_equals (type, "allowed_tools") && !takes (choice, type, work->traits))
    jump_patch_work_drop (work, "tool_choice", "tool-choice-dropped");
}

/**
 * jump_tool_list_patch:
 * @work: a request
 * @takes: tells which tools may stay
 *
 * An empty list goes too, with everything that needs one. Without any list only a choice that is itself a
 * tool upstream does not have goes; see jump_tool_choice_patch() for where no other has a meaning. That there are not too many has been seen to by
 * the dialect's scan.
 */
void
jump_tool_list_patch (JumpPatchWork *work, JumpToolTest takes)
{
  JumpJsonSpan tools = jump_patch_work_get (work, "tools");
  g_auto (Sorted) sorted = { 0 };

  if (jump_json_span_kind (tools) != JUMP_JSON_ARRAY)
    {
      patch_lone_choice (work, takes);
      return;
    }
  sorted.gone_types = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  sorted.gone_names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  sort_tools (work, tools, takes, &sorted);
  if (g_hash_table_size (sorted.gone_names) > 0)
    forget_kept_names (tools, takes, work, &sorted);
  if (sorted.n_kept == 0)
    {
      jump_patch_work_drop (work, "tools", NULL);
      jump_patch_work_drop (work, "parallel_tool_calls", NULL);
      if (g_hash_table_size (sorted.gone_types) == 0)
        jump_changes_add (work->changes, "empty-tools-dropped");
    }
  if (sorted.n_kept == 0 || g_hash_table_size (sorted.gone_types) > 0 ||
      g_hash_table_size (sorted.gone_names) > 0)
    patch_choice (work, &sorted);
}

/**
 * jump_tool_choice_patch:
 * @work: a request of chat or Messages, settled
 */
void
jump_tool_choice_patch (JumpPatchWork *work)
{
  if (jump_json_span_kind (jump_patch_work_get (work, "tools")) != JUMP_JSON_NULL)
    return;
  jump_patch_work_drop (work, "tool_choice", "tool-choice-dropped");
  jump_patch_work_drop (work, "parallel_tool_calls", "tool-choice-dropped");
}
