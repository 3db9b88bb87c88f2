/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/anthropic-client-tools.h"

#include <string.h>

#define STRING  "{\"type\":\"string\"}"
#define INTEGER "{\"type\":\"integer\"}"
#define PAIR    "{\"type\":\"array\",\"items\":" INTEGER ",\"minItems\":2,\"maxItems\":2}"

static const JumpAnthropicClientTool client_tools[] = {
  { "bash_",
    "bash",
    "Runs a command in a bash session that keeps its state between calls. With restart the session "
    "begins anew.",
    "{\"type\":\"object\",\"properties\":{\"command\":" STRING
    ",\"restart\":{\"type\":\"boolean\"}}}" },
  { "text_editor_",
    "str_replace_based_edit_tool",
    "Views, creates and edits text files. view shows a file with line numbers or lists a folder, "
    "create writes file_text, str_replace replaces the only place of old_str by new_str, insert puts "
    "insert_text behind line insert_line.",
    "{\"type\":\"object\",\"properties\":{\"command\":{\"type\":\"string\",\"enum\":[\"view\","
    "\"create\",\"str_replace\",\"insert\"]},\"path\":" STRING ",\"view_range\":" PAIR
    ",\"file_text\":" STRING ",\"old_str\":" STRING ",\"new_str\":" STRING
    ",\"insert_line\":" INTEGER ",\"insert_text\":" STRING
    "},\"required\":[\"command\",\"path\"]}" },
  { "memory_",
    "memory",
    "Keeps notes for later conversations as files under /memories. Look at the folder with view "
    "before anything else; write down what is worth knowing next time.",
    "{\"type\":\"object\",\"properties\":{\"command\":{\"type\":\"string\",\"enum\":[\"view\","
    "\"create\",\"str_replace\",\"insert\",\"delete\",\"rename\"]},\"path\":" STRING
    ",\"view_range\":" PAIR ",\"file_text\":" STRING ",\"old_str\":" STRING ",\"new_str\":" STRING
    ",\"insert_line\":" INTEGER ",\"insert_text\":" STRING ",\"old_path\":" STRING
    ",\"new_path\":" STRING "},\"required\":[\"command\"]}" },
  { "computer_",
    "computer",
    "Uses mouse and keyboard of a computer and takes screenshots. Coordinates are pixels from the "
    "upper left corner.",
    "{\"type\":\"object\",\"properties\":{\"action\":{\"type\":\"string\",\"enum\":[\"key\",\"type\","
    "\"mouse_move\",\"left_click\",\"left_click_drag\",\"right_click\",\"middle_click\","
    "\"double_click\",\"triple_click\",\"left_mouse_down\",\"left_mouse_up\",\"hold_key\",\"scroll\","
    "\"wait\",\"cursor_position\",\"screenshot\",\"zoom\"]},\"text\":" STRING
    ",\"coordinate\":" PAIR ",\"start_coordinate\":" PAIR
    ",\"scroll_direction\":{\"type\":\"string\",\"enum\":[\"up\",\"down\",\"left\",\"right\"]},"
    "\"scroll_amount\":" INTEGER
    ",\"duration\":{\"type\":\"number\"},\"region\":{\"type\":\"array\",\"items\":" INTEGER
    ",\"minItems\":4,\"maxItems\":4}},\"required\":[\"action\"]}" },
};

/* Not run by the client, but upstream takes it all the same. */
#define TOOL_SEARCH_PREFIX "tool_search_tool_"

/**
 * jump_anthropic_client_tool_find:
 *
 * Returns: (transfer none) (nullable): %NULL for a type that upstream would run, or an unknown one
 */
const JumpAnthropicClientTool *
jump_anthropic_client_tool_find (const char *type)
{
  for (guint i = 0; i < G_N_ELEMENTS (client_tools); i++)
    {
      if (g_str_has_prefix (type, client_tools[i].prefix))
        return &client_tools[i];
    }
  return NULL;
}

/**
 * jump_anthropic_tool_type_is_taken:
 * @type: of a tool that is no plain function
 */
gboolean
jump_anthropic_tool_type_is_taken (const char *type)
{
  return jump_anthropic_client_tool_find (type) != NULL ||
         g_str_has_prefix (type, TOOL_SEARCH_PREFIX);
}
