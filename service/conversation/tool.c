/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/conversation/tool.h"

/**
 * jump_tool_new:
 *
 * Returns: (transfer full): a tool without a name
 */
JumpTool *
jump_tool_new (JumpToolKind kind)
{
  JumpTool *self = g_new0 (JumpTool, 1);

  self->kind = kind;
  return self;
}

void
jump_tool_free (JumpTool *self)
{
  g_free (self->name);
  g_free (self->name_space);
  g_free (self->description);
  g_free (self->schema);
  g_free (self->cache_marker);
  g_free (self->type);
  g_free (self->json);
  g_free (self);
}
