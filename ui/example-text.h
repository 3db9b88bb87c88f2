/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

/* What to copy in order to use the service. Pure. */

typedef enum
{
  JUMP_EXAMPLE_CURL,
  JUMP_EXAMPLE_PYTHON,
  JUMP_EXAMPLE_NODE,
  JUMP_EXAMPLE_CLAUDE_CODE,
  JUMP_EXAMPLE_CODEX,
  JUMP_N_EXAMPLES,
} JumpExample;

const char *jump_example_get_name (JumpExample example);
/* @url: the service's, no slash at the end. Returns: (transfer full): it runs as it stands. */
char *jump_example_new (JumpExample example, const char *url, const char *model);
