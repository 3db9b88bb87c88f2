/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "app/cli/instance.h"
#include "app/cli/status-text.h"

/**
 * jump_command_status:
 * @context: with settings loaded
 * @arguments: "status" and nothing else
 *
 * Being signed out is an answer, not a failure.
 *
 * Returns: the exit status
 */
JumpExitCode
jump_command_status (JumpCommandContext *context, char **arguments)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JumpInstance) instance = NULL;
  g_autoptr (JsonObject) status = NULL;

  if (!jump_options_parse_own (NULL, arguments, NULL, &error))
    return jump_command_refuse ("status", error);
  instance = jump_instance_open (context, &error);
  if (instance == NULL)
    return jump_exit_with_error (error);
  status = jump_instance_call (instance, "GET", "/api/status", NULL, &error);
  if (status == NULL)
    return jump_exit_with_error (error);

  if (context->options.json)
    jump_command_print_json (status);
  else
    {
      g_autofree char *text = jump_status_to_text (status);

      g_print ("%s", text);
    }
  return JUMP_EXIT_OK;
}
