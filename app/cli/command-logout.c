/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "app/cli/instance.h"

#include <glib/gi18n-lib.h>

/**
 * jump_command_logout:
 * @context: with settings loaded
 * @arguments: "logout" and nothing else
 *
 * Returns: the exit status; nobody being signed in is no failure
 */
JumpExitCode
jump_command_logout (JumpCommandContext *context, char **arguments)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JumpInstance) instance = NULL;
  g_autoptr (JsonObject) answer = NULL;

  if (!jump_options_parse_own (NULL, arguments, NULL, &error))
    return jump_command_refuse ("logout", error);
  instance = jump_instance_open (context, &error);
  if (instance == NULL)
    return jump_exit_with_error (error);
  answer = jump_instance_call (instance, "POST", "/api/logout", NULL, &error);
  if (answer == NULL)
    return jump_exit_with_error (error);
  if (context->options.json)
    jump_command_print_json (answer);
  else
    g_print ("%s", _ ("Signed out.\n"));
  return JUMP_EXIT_OK;
}
