/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/simulator/responses-tool-check.h"

#include "service/base/json-read.h"
#include "service/simulator/responses-question.h"
#include "service/simulator/responses-refusal.h"
#include "service/simulator/strict-schema.h"
#include "service/simulator/tool-check.h"

static const char *const function_members[] = { "type",       "name",   "description",
                                                "parameters", "strict", "defer_loading",
                                                NULL };
static const char *const custom_members[] = { "type",   "name",          "description",
                                              "format", "defer_loading", NULL };
static const char *const namespace_members[] = { "type", "name", "description", "tools", NULL };

/* Hosted tools are executed by OpenAI, which Copilot does not offer. */
static JumpPlannedReply *
refuse_hosted (const char *path, const char *type)
{
  return jump_planned_reply_new_error (400,
                                       "unsupported_value",
                                       path,
                                       "Tool '%s' is not supported with this model.",
                                       type);
}

static JumpPlannedReply *
check_function (JsonObject *tool, const char *path)
{
  JumpPlannedReply *reply = jump_responses_check_members (tool, path, function_members);
  const char *name = jump_json_get_string (tool, "name", "");
  JsonObject *schema = jump_json_get_object (tool, "parameters");
  g_autofree char *problem = NULL;

  if (reply != NULL || !jump_json_get_boolean (tool, "strict", FALSE) || schema == NULL)
    return reply;
  problem = jump_strict_schema_find_problem (schema);
  if (problem == NULL)
    return NULL;
  return jump_planned_reply_new_error (400,
                                       "invalid_function_parameters",
                                       path,
                                       "Invalid schema for function '%s': %s",
                                       name,
                                       problem);
}

static JumpPlannedReply *check_list (JsonArray *tools, const char *path, guint *n_tools);

static JumpPlannedReply *
check_namespace (JsonObject *tool, const char *path, guint *n_tools)
{
  JumpPlannedReply *reply = jump_responses_check_members (tool, path, namespace_members);
  g_autofree char *description = g_strconcat (path, ".description", NULL);
  g_autofree char *tools = g_strconcat (path, ".tools", NULL);

  if (reply != NULL)
    return reply;
  if (*jump_json_get_string (tool, "description", "") == '\0')
    return jump_planned_reply_new_error (
        400,
        "string_below_min_length",
        description,
        "Invalid '%s': string too short. Expected a string with minimum length 1, but got a string "
        "with length 0 instead.",
        description);
  if (jump_json_get_array (tool, "tools") == NULL)
    return jump_responses_refuse_missing (tools);
  return check_list (jump_json_get_array (tool, "tools"), tools, n_tools);
}

static JumpPlannedReply *
check_tool (JsonObject *tool, const char *path, guint *n_tools)
{
  const char *type = tool == NULL ? NULL : jump_json_get_string (tool, "type", NULL);
  g_autofree char *type_path = g_strconcat (path, ".type", NULL);
  g_autofree char *name_path = g_strconcat (path, ".name", NULL);
  JumpPlannedReply *reply;

  if (type == NULL)
    return jump_responses_refuse_missing (type_path);
  if (g_str_equal (type, "tool_search") &&
      g_str_equal (jump_json_get_string (tool, "execution", "server"), "client"))
    return NULL;
  if (!g_str_equal (type, "function") && !g_str_equal (type, "custom") &&
      !g_str_equal (type, "namespace"))
    return refuse_hosted (path, type);
  if (!json_object_has_member (tool, "name"))
    return jump_responses_refuse_missing (name_path);
  reply = jump_tool_check_name (name_path, jump_json_get_string (tool, "name", NULL));
  if (reply != NULL)
    return reply;
  if (g_str_equal (type, "namespace"))
    return check_namespace (tool, path, n_tools);
  *n_tools += 1;
  if (g_str_equal (type, "custom"))
    return jump_responses_check_members (tool, path, custom_members);
  return check_function (tool, path);
}

static JumpPlannedReply *
check_list (JsonArray *tools, const char *path, guint *n_tools)
{
  for (guint i = 0; tools != NULL && i < json_array_get_length (tools); i++)
    {
      g_autofree char *inner = g_strdup_printf ("%s[%u]", path, i);
      JumpPlannedReply *reply = check_tool (jump_json_array_get_object (tools, i), inner, n_tools);

      if (reply != NULL)
        return reply;
    }
  return NULL;
}

/* Tools may come as an item too; hosted ones are left out there without a word. */
static JumpPlannedReply *
check_additional (JsonObject *item, guint i, guint *n_tools)
{
  JsonArray *tools = jump_json_get_array (item, "tools");

  for (guint j = 0; tools != NULL && j < json_array_get_length (tools); j++)
    {
      JsonObject *tool = jump_json_array_get_object (tools, j);
      g_autofree char *path = g_strdup_printf ("input[%u].tools[%u]", i, j);
      JumpPlannedReply *reply;

      if (tool != NULL && jump_json_get_string (tool, "type", NULL) != NULL &&
          jump_json_get_string (tool, "name", NULL) == NULL)
        continue;
      reply = check_tool (tool, path, n_tools);
      if (reply != NULL)
        return reply;
    }
  return NULL;
}

static gboolean
has_tool (JsonArray *tools, const char *name)
{
  for (guint i = 0; tools != NULL && i < json_array_get_length (tools); i++)
    {
      JsonObject *tool = jump_json_array_get_object (tools, i);

      if (tool == NULL)
        continue;
      if (g_str_equal (jump_json_get_string (tool, "name", ""), name) ||
          has_tool (jump_json_get_array (tool, "tools"), name))
        return TRUE;
    }
  return FALSE;
}

static JumpPlannedReply *
check_choice (JsonObject *body)
{
  JsonObject *choice = jump_json_get_object (body, "tool_choice");
  const char *mode = jump_json_get_string (body, "tool_choice", NULL);
  const char *type = choice == NULL ? "" : jump_json_get_string (choice, "type", "");
  const char *name = choice == NULL ? NULL : jump_json_get_string (choice, "name", NULL);

  if (mode != NULL && !g_str_equal (mode, "auto") && !g_str_equal (mode, "none") &&
      !g_str_equal (mode, "required"))
    return jump_planned_reply_new_error (400,
                                         "invalid_value",
                                         "tool_choice",
                                         "Invalid value: '%s'. Supported values are: 'none', "
                                         "'auto', and 'required'.",
                                         mode);
  if (choice == NULL || g_str_equal (type, "allowed_tools"))
    return NULL;
  if (!g_str_equal (type, "function") && !g_str_equal (type, "custom"))
    return refuse_hosted ("tool_choice", type);
  if (name == NULL)
    return jump_responses_refuse_missing ("tool_choice.name");
  if (!has_tool (jump_json_get_array (body, "tools"), name))
    return jump_planned_reply_new_error (400,
                                         "invalid_value",
                                         "tool_choice",
                                         "Tool choice '%s' not found in 'tools' parameter.",
                                         name);
  return NULL;
}

/**
 * jump_responses_tool_check:
 */
JumpPlannedReply *
jump_responses_tool_check (JsonObject *body)
{
  JsonArray *input = jump_json_get_array (body, "input");
  guint n_tools = 0;
  JumpPlannedReply *reply = check_list (jump_json_get_array (body, "tools"), "tools", &n_tools);

  for (guint i = 0; reply == NULL && input != NULL && i < json_array_get_length (input); i++)
    {
      JsonObject *item = jump_json_array_get_object (input, i);

      if (item != NULL && g_str_equal (jump_responses_get_type (item), "additional_tools"))
        reply = check_additional (item, i, &n_tools);
    }
  if (reply == NULL)
    reply = jump_tool_check_count (n_tools);
  return reply == NULL ? check_choice (body) : reply;
}
