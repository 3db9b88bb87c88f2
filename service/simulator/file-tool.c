/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/simulator/file-tool.h"

#include "service/base/json-read.h"
#include "service/base/json-write.h"
#include "service/simulator/file-order.h"
#include "service/simulator/schema-instance.h"

#include <string.h>

/* A tool that the prompt names goes before better ones that it does not. */
#define RANK_NAMED 10

typedef enum
{
  MEANS_NONE,
  MEANS_SCRIPT, /* a text of JavaScript that calls the agent's own tools */
  MEANS_SHELL,
  MEANS_PATCH,
  MEANS_WRITER,
} Means;

static const char *const path_names[] = { "file_path", "filePath",    "path", "filename",
                                          "file_name", "target_file", NULL };
static const char *const content_names[] = { "content", "contents", "file_text", "text", NULL };
static const char *const patch_names[] = { "input", "patch", "patchText", NULL };
static const char *const command_names[] = { "command", "cmd", NULL };
static const char *const script_names[] = { "input", NULL };

/* Returns: (nullable): the property of one of these names, and its schema. */
static const char *
find_property (const JumpOfferedTool *tool, const char *const *names, JsonObject **out_schema)
{
  JsonObject *properties =
      tool->schema == NULL ? NULL : jump_json_get_object (tool->schema, "properties");

  for (guint i = 0; properties != NULL && names[i] != NULL; i++)
    {
      JsonObject *schema = jump_json_get_object (properties, names[i]);

      if (schema == NULL)
        continue;
      if (out_schema != NULL)
        *out_schema = schema;
      return names[i];
    }
  return NULL;
}

static gboolean
contains_any (const char *text, const char *const *parts)
{
  for (guint i = 0; parts[i] != NULL; i++)
    {
      if (strstr (text, parts[i]) != NULL)
        return TRUE;
    }
  return FALSE;
}

static Means
get_means (const JumpOfferedTool *tool)
{
  static const char *const patch_words[] = { "patch", NULL };
  static const char *const write_words[] = { "write", "create", "edit", "save", NULL };
  static const char *const shell_words[] = { "shell", "bash", "exec", "command", "terminal", NULL };
  g_autofree char *name = g_ascii_strdown (tool->name, -1);

  /* Not every API has free text, nor namespaces: there it becomes functions__exec with a property. */
  if (g_str_has_suffix (name, "exec") &&
      (tool->freeform || find_property (tool, script_names, NULL) != NULL))
    return MEANS_SCRIPT;
  if (contains_any (name, patch_words) &&
      (tool->freeform || find_property (tool, patch_names, NULL) != NULL))
    return MEANS_PATCH;
  if (contains_any (name, write_words) && find_property (tool, path_names, NULL) != NULL &&
      find_property (tool, content_names, NULL) != NULL)
    return MEANS_WRITER;
  if (contains_any (name, shell_words) && find_property (tool, command_names, NULL) != NULL)
    return MEANS_SHELL;
  return MEANS_NONE;
}

static guint
get_rank (const JumpOfferedTool *tool, const JumpPromptWords *words)
{
  Means means = get_means (tool);
  g_autofree char *name = g_ascii_strdown (tool->name, -1);
  guint rank = (guint) means;

  /* "write" is what the order itself says. */
  if (means != MEANS_NONE && means != MEANS_WRITER && jump_prompt_words_has (words, name))
    rank += RANK_NAMED;
  return rank;
}

static const JumpOfferedTool *
choose_tool (const JumpQuestion *question, const JumpPromptWords *words)
{
  const JumpOfferedTool *best = NULL;
  guint best_rank = 0;

  for (guint i = 0; i < question->tools->len; i++)
    {
      const JumpOfferedTool *tool = question->tools->pdata[i];
      guint rank = get_rank (tool, words);

      if (rank > best_rank)
        {
          best = tool;
          best_rank = rank;
        }
    }
  return best;
}

/* The directory that the client works in before names that are not whole. */
static char *
make_path (const JumpQuestion *question, const JumpFileOrder *order)
{
  if (question->directory == NULL || g_path_is_absolute (order->name))
    return g_strdup (order->name);
  return g_build_filename (question->directory, order->name, NULL);
}

static char *
make_patch (const JumpFileOrder *order)
{
  g_auto (GStrv) lines = g_strsplit (order->content, "\n", -1);
  g_autofree char *content = g_strjoinv ("\n+", lines);

  return g_strdup_printf ("*** Begin Patch\n*** Add File: %s\n+%s\n*** End Patch\n",
                          order->name,
                          content);
}

static char *
make_command (const JumpFileOrder *order)
{
  g_autofree char *content = g_shell_quote (order->content);
  g_autofree char *name = g_shell_quote (order->name);

  return g_strdup_printf ("printf '%%s\\n' %s > %s", content, name);
}

static char *
make_script (const JumpFileOrder *order)
{
  g_autofree char *command = make_command (order);
  g_autoptr (GString) escaped = g_string_new (NULL);

  jump_json_append_escaped (escaped, command, -1);
  return g_strdup_printf ("const r = await tools.exec_command({cmd: \"%s\"});\ntext(r.output);\n",
                          escaped->str);
}

/* Some shells take the words of a command instead of a line. */
static void
set_command (JsonObject *arguments, const char *name, JsonObject *schema, const char *command)
{
  JsonArray *parts;

  if (!g_str_equal (jump_json_get_string (schema, "type", "string"), "array"))
    {
      json_object_set_string_member (arguments, name, command);
      return;
    }
  parts = json_array_new ();
  json_array_add_string_element (parts, "bash");
  json_array_add_string_element (parts, "-lc");
  json_array_add_string_element (parts, command);
  json_object_set_array_member (arguments, name, parts);
}

static void
fill_arguments (const JumpQuestion *question,
                const JumpOfferedTool *tool,
                const JumpFileOrder *order,
                JsonObject *arguments)
{
  JsonObject *schema = NULL;
  const char *name;
  g_autofree char *path = make_path (question, order);
  g_autofree char *patch = make_patch (order);
  g_autofree char *command = make_command (order);
  g_autofree char *script = make_script (order);

  switch (get_means (tool))
    {
    case MEANS_NONE:
      break;
    case MEANS_SCRIPT:
      json_object_set_string_member (arguments, find_property (tool, script_names, NULL), script);
      break;
    case MEANS_WRITER:
      json_object_set_string_member (arguments, find_property (tool, path_names, NULL), path);
      json_object_set_string_member (arguments,
                                     find_property (tool, content_names, NULL),
                                     order->content);
      break;
    case MEANS_PATCH:
      json_object_set_string_member (arguments, find_property (tool, patch_names, NULL), patch);
      break;
    case MEANS_SHELL:
      name = find_property (tool, command_names, &schema);
      set_command (arguments, name, schema, command);
      if (question->directory != NULL && json_object_has_member (arguments, "workdir"))
        json_object_set_string_member (arguments, "workdir", question->directory);
      break;
    }
}

static char *
make_arguments (const JumpQuestion *question,
                const JumpPromptWords *words,
                const JumpOfferedTool *tool,
                const JumpFileOrder *order)
{
  g_autofree char *draft = NULL;
  g_autoptr (JsonNode) node = NULL;

  if (tool->freeform)
    return get_means (tool) == MEANS_SCRIPT ? make_script (order) : make_patch (order);
  draft = jump_schema_instance_make (tool->schema, words, 0, FALSE);
  node = jump_json_parse (draft, -1, NULL);
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return g_steal_pointer (&draft);
  fill_arguments (question, tool, order, json_node_get_object (node));
  return jump_json_node_to_text (node);
}

/**
 * jump_file_tool_add_call:
 * @question: what was asked; no tool has answered yet
 * @words: of its prompt
 * @answer: gets the call
 */
gboolean
jump_file_tool_add_call (const JumpQuestion *question,
                         const JumpPromptWords *words,
                         JumpAnswer *answer)
{
  const JumpOfferedTool *tool = choose_tool (question, words);
  g_auto (JumpFileOrder) order = { 0 };
  JumpAnsweredCall *call;

  if (tool == NULL || !jump_file_order_read (&order, question->prompt))
    return FALSE;
  call = jump_answer_add_call (answer, tool->name, make_arguments (question, words, tool, &order));
  call->space = g_strdup (tool->space);
  call->freeform = tool->freeform;
  return TRUE;
}
