/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "app/cli/command-table.h"

/**
 * jump_command_help:
 * @context: what every command gets
 * @arguments: "help", then perhaps a command
 *
 * Returns: the exit status
 */
JumpExitCode
jump_command_help (JumpCommandContext *context, char **arguments)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) words = NULL;
  g_autofree char *text = NULL;
  const JumpCommand *command;

  if (!jump_options_parse_own (NULL, arguments, &words, &error))
    return jump_command_refuse ("help", error);
  if (words[0] == NULL)
    {
      text = jump_command_table_describe ();
      g_print ("%s", text);
      return JUMP_EXIT_OK;
    }
  command = jump_command_table_find (words[0]);
  if (command == NULL)
    return jump_command_refuse_unknown (words[0]);
  text = jump_command_table_describe_command (command);
  g_print ("%s", text);
  return JUMP_EXIT_OK;
}
