/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/conversation/tool-names.h"

#include <string.h>

static void
add_tool (JumpPrompt *prompt, JumpToolKind kind, const char *name_space, const char *name)
{
  JumpTool *tool = jump_tool_new (kind);

  tool->name_space = g_strdup (name_space);
  tool->name = g_strdup (name);
  g_ptr_array_add (prompt->tools, tool);
}

static void
add_call (JumpPrompt *prompt, const char *name_space, const char *name)
{
  JumpMessage *message = jump_prompt_add_message (prompt, jump_message_new (JUMP_ROLE_ASSISTANT));
  JumpPart *call = jump_message_add (message, jump_part_new (JUMP_PART_TOOL_CALL));

  call->name_space = g_strdup (name_space);
  call->name = g_strdup (name);
}

static void
assert_back (const JumpToolNames *names, const char *wire, const char *name_space, const char *name)
{
  const char *out_name = NULL;
  const char *out_name_space = "?";

  jump_tool_names_from_wire (names, wire, &out_name, &out_name_space, NULL);
  g_assert_cmpstr (out_name, ==, name);
  g_assert_cmpstr (out_name_space, ==, name_space);
}

#define SIXTY_FOUR "a123456789b123456789c123456789d123456789e123456789f123456789g123"

static void
test_wire (void)
{
  static const struct
  {
    const char *name_space;
    const char *name;
    const char *wire; /* what stands in front of the hash ends with "*" */
  } cases[] = {
    { NULL, "get_weather", "get_weather" },
    { NULL, "Get-Weather_2", "Get-Weather_2" },
    { "", "plain", "plain" },
    { NULL, SIXTY_FOUR, SIXTY_FOUR },
    { NULL, SIXTY_FOUR "4", "a123456789b123456789c123456789d123456789e123456789f1234_*" },
    { NULL, "files.read", "files_read_*" },
    { NULL, "a:b/c d", "a_b_c_d_*" },
    { NULL,
      "gr\xc3\xb6\xc3\x9f"
      "e",
      "gr__e_*" },
    { NULL, "", "_*" },
    { "github", "search", "github__search" },
    { "mcp__github__", "search", "mcp__github__search" },
    { "git.hub", "search", "git_hub__search_*" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JumpPrompt) prompt = jump_prompt_new ();
      g_autoptr (JumpToolNames) names = NULL;
      const char *star = strchr (cases[i].wire, '*');
      const char *wire;
      const char *name_space = cases[i].name_space;

      add_tool (prompt, JUMP_TOOL_FUNCTION, name_space, cases[i].name);
      names = jump_tool_names_new (prompt);
      wire = jump_tool_names_to_wire (names, name_space, cases[i].name);
      g_assert_true (jump_tool_name_is_fine (wire, strlen (wire)));
      if (star == NULL)
        g_assert_cmpstr (wire, ==, cases[i].wire);
      else
        {
          gsize length = (gsize) (star - cases[i].wire);

          g_assert_cmpuint (strlen (wire), ==, length + 8);
          g_assert_cmpmem (wire, length, cases[i].wire, length);
        }
      g_assert_cmpint (jump_tool_names_has_changes (names), ==, strcmp (wire, cases[i].name) != 0);
      assert_back (names,
                   wire,
                   name_space != NULL && *name_space == '\0' ? NULL : name_space,
                   cases[i].name);
    }
}

/* Requests of one conversation bring their tools in any order, with others around them. */
static void
test_same_in_every_request (void)
{
  g_autoptr (JumpPrompt) first = jump_prompt_new ();
  g_autoptr (JumpPrompt) second = jump_prompt_new ();
  g_autoptr (JumpToolNames) first_names = NULL;
  g_autoptr (JumpToolNames) second_names = NULL;

  add_tool (first, JUMP_TOOL_FUNCTION, NULL, "a.b");
  add_tool (first, JUMP_TOOL_FUNCTION, NULL, "a:b");
  add_tool (first, JUMP_TOOL_FUNCTION, "a__b", "c");
  add_tool (first, JUMP_TOOL_FUNCTION, "a", "b__c");
  first_names = jump_tool_names_new (first);
  add_call (second, "a", "b__c");
  add_call (second, NULL, "other.one");
  add_call (second, NULL, "a:b");
  add_tool (second, JUMP_TOOL_FUNCTION, "a__b", "c");
  add_tool (second, JUMP_TOOL_FUNCTION, NULL, "a.b");
  second_names = jump_tool_names_new (second);
  for (guint i = 0; i < first->tools->len; i++)
    {
      const JumpTool *tool = g_ptr_array_index (first->tools, i);

      g_assert_cmpstr (jump_tool_names_to_wire (first_names, tool->name_space, tool->name),
                       ==,
                       jump_tool_names_to_wire (second_names, tool->name_space, tool->name));
    }
}

static void
test_collisions (void)
{
  static const struct
  {
    const char *name_space;
    const char *name;
  } tools[] = {
    { "a", "b" },    { NULL, "a__b" }, { "a__b", "c" }, { "a", "b__c" },
    { NULL, "x.y" }, { NULL, "x:y" },  { "", "x/y" },
  };
  g_autoptr (JumpPrompt) prompt = jump_prompt_new ();
  g_autoptr (JumpToolNames) names = NULL;
  g_autoptr (GHashTable) wires = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < G_N_ELEMENTS (tools); i++)
    add_tool (prompt, JUMP_TOOL_FUNCTION, tools[i].name_space, tools[i].name);
  names = jump_tool_names_new (prompt);
  for (guint i = 0; i < G_N_ELEMENTS (tools); i++)
    {
      const char *wire = jump_tool_names_to_wire (names, tools[i].name_space, tools[i].name);

      g_assert_true (g_hash_table_add (wires, (gpointer) wire));
      if (tools[i].name_space == NULL || *tools[i].name_space != '\0')
        assert_back (names, wire, tools[i].name_space, tools[i].name);
    }
  /* who needs no change gets none */
  g_assert_cmpstr (jump_tool_names_to_wire (names, NULL, "a__b"), ==, "a__b");
}

/* A name that looks like another one's changed name. */
static void
test_stolen_hash (void)
{
  g_autoptr (JumpPrompt) alone = jump_prompt_new ();
  g_autoptr (JumpPrompt) both = jump_prompt_new ();
  g_autoptr (JumpToolNames) names = NULL;
  g_autofree char *stolen = NULL;

  add_tool (alone, JUMP_TOOL_FUNCTION, NULL, "a.b");
  names = jump_tool_names_new (alone);
  stolen = g_strdup (jump_tool_names_to_wire (names, NULL, "a.b"));
  g_clear_pointer (&names, jump_tool_names_unref);
  add_tool (both, JUMP_TOOL_FUNCTION, NULL, "a.b");
  add_tool (both, JUMP_TOOL_FUNCTION, NULL, stolen);
  names = jump_tool_names_new (both);
  g_assert_cmpstr (jump_tool_names_to_wire (names, NULL, stolen), ==, stolen);
  g_assert_cmpstr (jump_tool_names_to_wire (names, NULL, "a.b"), !=, stolen);
  assert_back (names, jump_tool_names_to_wire (names, NULL, "a.b"), NULL, "a.b");
}

static void
test_sources (void)
{
  g_autoptr (JumpPrompt) prompt = jump_prompt_new ();
  g_autoptr (JumpToolNames) names = NULL;
  g_autoptr (JumpToolNames) same = NULL;
  JumpToolKind kind;

  add_tool (prompt, JUMP_TOOL_CUSTOM, NULL, "apply.patch");
  add_tool (prompt, JUMP_TOOL_HOSTED, NULL, "web.search");
  add_call (prompt, NULL, "apply.patch");
  add_call (prompt, NULL, "old.tool");
  prompt->choice = JUMP_CHOICE_NAMED;
  prompt->choice_name = g_strdup ("new.tool");
  names = jump_tool_names_new (prompt);
  same = jump_tool_names_ref (names);
  jump_tool_names_from_wire (same,
                             jump_tool_names_to_wire (names, NULL, "apply.patch"),
                             NULL,
                             NULL,
                             &kind);
  g_assert_cmpint (kind, ==, JUMP_TOOL_CUSTOM);
  g_assert_true (g_str_has_prefix (jump_tool_names_to_wire (names, NULL, "old.tool"), "old_tool_"));
  g_assert_true (g_str_has_prefix (jump_tool_names_to_wire (names, NULL, "new.tool"), "new_tool_"));
  g_assert_cmpstr (jump_tool_names_to_wire (names, NULL, "web.search"), ==, "web.search");
  g_assert_null (jump_tool_names_to_wire (names, NULL, NULL));
  jump_tool_names_from_wire (names, "unheard_of", NULL, NULL, &kind);
  g_assert_cmpint (kind, ==, JUMP_TOOL_FUNCTION);
  assert_back (names, "unheard_of", NULL, "unheard_of");
}

static void
test_is_fine (void)
{
  g_assert_true (jump_tool_name_is_fine ("a", 1));
  g_assert_true (jump_tool_name_is_fine ("a b", 1));
  g_assert_false (jump_tool_name_is_fine ("a b", 3));
  g_assert_false (jump_tool_name_is_fine ("", 0));
  g_assert_true (jump_tool_name_is_fine (SIXTY_FOUR, 64));
  g_assert_false (jump_tool_name_is_fine (SIXTY_FOUR "x", 65));
  g_assert_false (jump_tool_name_is_fine ("a.b", 3));
  g_assert_false (jump_tool_name_is_fine ("\xc3\xa4", 2));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tool-names/wire", test_wire);
  g_test_add_func ("/tool-names/same-in-every-request", test_same_in_every_request);
  g_test_add_func ("/tool-names/collisions", test_collisions);
  g_test_add_func ("/tool-names/stolen-hash", test_stolen_hash);
  g_test_add_func ("/tool-names/sources", test_sources);
  g_test_add_func ("/tool-names/is-fine", test_is_fine);
  return g_test_run ();
}
