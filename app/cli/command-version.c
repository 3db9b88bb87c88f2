/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "config.h"

#include "app/cli/command.h"

/**
 * jump_command_version:
 * @context: what every command gets
 * @arguments: "version" and nothing else
 *
 * Returns: the exit status
 */
JumpExitCode
jump_command_version (JumpCommandContext *context, char **arguments)
{
  g_autoptr (GError) error = NULL;

  if (!jump_options_parse_own (NULL, arguments, NULL, &error))
    return jump_command_refuse ("version", error);
  if (context->options.json)
    g_print ("{\"name\":\"jumpseat\",\"version\":\"%s\"}\n", JUMPSEAT_VERSION);
  else
    g_print ("jumpseat %s\n", JUMPSEAT_VERSION);
  return JUMP_EXIT_OK;
}
