/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "app/cli/command.h"

/* What may stand behind a command, read from the text that "jumpseat help COMMAND" shows, so that what is
 * explained is also what is completed:
 *   "  keys revoke NAME           Let nobody in with it any more"
 *   "  --range RANGE    hour, today (if nothing is said), …" */

typedef struct
{
  char *verb;     /* (owned) (nullable): "revoke" */
  char *option;   /* (owned) (nullable): "--range" */
  GStrv operands; /* (owned): "NAME"; without the brackets of what may be left out */
  char *help;     /* (owned) (nullable): in the person's language */
} JumpCommandForm;

/* Returns: (transfer full) (element-type JumpCommandForm) */
GPtrArray *jump_command_forms_new (const JumpCommand *command);
