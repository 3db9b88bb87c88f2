/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "app/cli/instance.h"

#include <glib/gi18n-lib.h>

/* Streams that run are let to their end for a while. */
#define LIMIT_S 20
#define STEP_US (50 * 1000)

static gboolean
wait_until_gone (JumpCommandContext *context, JumpInstance *asked)
{
  gint64 end = g_get_monotonic_time () + LIMIT_S * G_USEC_PER_SEC;
  g_autofree char *url = g_strdup (jump_control_client_get_url (jump_instance_get_client (asked)));

  while (g_get_monotonic_time () < end)
    {
      g_autoptr (JumpInstance) instance = jump_instance_find_running (context);

      if (instance == NULL ||
          g_strcmp0 (jump_control_client_get_url (jump_instance_get_client (instance)), url) != 0)
        return TRUE;
      g_usleep (STEP_US);
    }
  return FALSE;
}

/**
 * jump_command_quit:
 * @context: with settings loaded
 * @arguments: "quit" and nothing else
 *
 * Installers call it before they replace the program. That nobody runs is what was wanted.
 *
 * Returns: the exit status
 */
JumpExitCode
jump_command_quit (JumpCommandContext *context, char **arguments)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JumpInstance) instance = NULL;
  g_autoptr (JsonObject) answer = NULL;

  if (!jump_options_parse_own (NULL, arguments, NULL, &error))
    return jump_command_refuse ("quit", error);
  instance = jump_instance_find_running (context);
  if (instance == NULL)
    {
      g_print ("%s", _ ("Jumpseat does not run.\n"));
      return JUMP_EXIT_OK;
    }
  answer = jump_instance_call (instance, "POST", "/api/stop", NULL, &error);
  if (answer == NULL)
    return jump_exit_with_error (error);
  if (!wait_until_gone (context, instance))
    {
      g_printerr ("%s", _ ("Jumpseat was asked to end, and has not yet.\n"));
      return JUMP_EXIT_FAILURE;
    }
  g_print ("%s", _ ("Jumpseat has ended.\n"));
  return JUMP_EXIT_OK;
}
