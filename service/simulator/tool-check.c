/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/simulator/tool-check.h"

#include "service/base/limits.h"

#include <string.h>

#define MAX_TOOL_NAME 64

/**
 * jump_tool_name_is_legal:
 * @name: of a tool, of any length
 */
gboolean
jump_tool_name_is_legal (const char *name)
{
  gsize length = strlen (name);

  return length > 0 &&
         strspn (name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-") ==
             length;
}

/**
 * jump_tool_check_count:
 */
JumpPlannedReply *
jump_tool_check_count (guint n_tools)
{
  if (n_tools <= JUMP_LIMIT_TOOLS)
    return NULL;
  return jump_planned_reply_new_error (
      400,
      "array_above_max_length",
      "tools",
      "Invalid 'tools': array too long. Expected an array with maximum length %d, but got an array "
      "with length %u instead.",
      JUMP_LIMIT_TOOLS,
      n_tools);
}

/**
 * jump_tool_check_name:
 * @path: where the name stands in the body
 * @name: (nullable): the name
 */
JumpPlannedReply *
jump_tool_check_name (const char *path, const char *name)
{
  gsize length = name == NULL ? 0 : strlen (name);

  if (length > MAX_TOOL_NAME)
    return jump_planned_reply_new_error (
        400,
        "string_above_max_length",
        path,
        "Invalid '%s': string too long. Expected a string with maximum length %d, but got a string "
        "with length %" G_GSIZE_FORMAT " instead.",
        path,
        MAX_TOOL_NAME,
        length);
  if (name == NULL || !jump_tool_name_is_legal (name))
    return jump_planned_reply_new_error (
        400,
        "invalid_value",
        path,
        "Invalid '%s': string does not match pattern. Expected a string that matches the pattern "
        "'^[a-zA-Z0-9_-]+$'.",
        path);
  return NULL;
}
