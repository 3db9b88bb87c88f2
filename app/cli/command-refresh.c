/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "app/cli/duration-text.h"
#include "app/cli/instance.h"

#include <glib/gi18n-lib.h>

/**
 * jump_command_refresh:
 * @context: with settings loaded
 * @arguments: "refresh" and nothing else
 *
 * Returns: the exit status
 */
JumpExitCode
jump_command_refresh (JumpCommandContext *context, char **arguments)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JumpInstance) instance = NULL;
  g_autoptr (JsonObject) answer = NULL;
  g_autofree char *duration = NULL;

  if (!jump_options_parse_own (NULL, arguments, NULL, &error))
    return jump_command_refuse ("refresh", error);
  instance = jump_instance_open (context, &error);
  if (instance == NULL)
    return jump_exit_with_error (error);
  answer = jump_instance_call (instance, "POST", "/api/token/refresh", NULL, &error);
  if (answer == NULL)
    return jump_exit_with_error (error);

  if (context->options.json)
    {
      jump_command_print_json (answer);
      return JUMP_EXIT_OK;
    }
  duration = jump_duration_to_text (jump_json_get_int (answer, "token_expires_in_seconds", 0));
  if (jump_json_get_int (answer, "token_expires_at", 0) == 0)
    g_print ("%s", _ ("New token expires in: never\n"));
  else
    g_print (_ ("New token expires in: %s\n"), duration);
  return JUMP_EXIT_OK;
}
