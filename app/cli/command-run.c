/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "app/application.h"
#include "app/desktop.h"

#include <glib/gi18n-lib.h>

static gboolean
show (JumpControlClient *client)
{
  g_autoptr (JsonNode) answer =
      jump_control_client_call (client, "POST", "/api/window", NULL, NULL);

  return answer != NULL && JSON_NODE_HOLDS_OBJECT (answer) &&
         jump_json_get_boolean (json_node_get_object (answer), "shown", FALSE);
}

/* Whoever clicks on the icon of the program reads nothing that is printed, and the one that runs, a service, has no
 * window: its dashboard is what there is to see. */
static void
open_dashboard (JumpCommandContext *context, JumpControlClient *client)
{
  g_autoptr (JsonNode) answer = NULL;

  if (context->options.no_gui || context->options.hidden || jump_desktop_is_terminal () ||
      !jump_desktop_has_display ())
    return;
  answer = jump_control_client_call (client, "POST", "/api/session/link", NULL, NULL);
  if (answer != NULL && JSON_NODE_HOLDS_OBJECT (answer))
    jump_desktop_open_uri (jump_json_get_string (json_node_get_object (answer), "url", ""));
}

/* A second start of the same instance: it is shown, unless it shall be hidden, or said where it
 * runs. */
static gboolean
show_running (JumpCommandContext *context)
{
  guint port = (guint) jump_settings_get_int (context->settings, JUMP_KEY_SERVER_PORT);
  g_autoptr (JumpControlClient) client = NULL;
  g_autofree char *pid = NULL;

  /* Sockets that were handed over are another place; and whoever does not take them is started again. */
  if (port == 0 || context->activation->n_sockets > 0)
    return FALSE;
  client = jump_control_client_connect (context->paths->runtime_dir, port, FALSE);
  if (client == NULL)
    return FALSE;
  if (!context->options.hidden && show (client))
    return TRUE;
  open_dashboard (context, client);
  if (jump_sandbox_is_flatpak ())
    {
      /* Translators: an address */
      g_print (_ ("Jumpseat is already running at %s.\n"), jump_control_client_get_url (client));
      return TRUE;
    }
  pid = g_strdup_printf ("%" G_GINT64_FORMAT, jump_control_client_get_pid (client));
  /* Translators: an address and the number of a process */
  g_print (_ ("Jumpseat is already running at %s (pid %s).\n"),
              jump_control_client_get_url (client),
              pid);
  return TRUE;
}

/**
 * jump_command_run:
 * @context: with settings loaded
 * @arguments: "run" and nothing else
 *
 * Returns: the exit status, when the service has ended
 */
JumpExitCode
jump_command_run (JumpCommandContext *context, char **arguments)
{
  g_autoptr (GError) error = NULL;

  if (!jump_options_parse_own (NULL, arguments, NULL, &error))
    return jump_command_refuse ("run", error);
  if (show_running (context))
    return JUMP_EXIT_OK;
  return jump_application_run (context);
}
