/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* Anthropic's tools that the client runs itself: known to Claude by their type, and to every other
 * model by a description and the schema that Anthropic documents for them. */

typedef struct
{
  const char *prefix; /* of the type, a date stands behind */
  const char *name;
  const char *description;
  const char *schema; /* JSON */
} JumpAnthropicClientTool;

/* (nullable): @type: "bash_20250124" */
const JumpAnthropicClientTool *jump_anthropic_client_tool_find (const char *type);
/* Whether Copilot takes a tool of @type (protocol 6.3). */
gboolean jump_anthropic_tool_type_is_taken (const char *type);
