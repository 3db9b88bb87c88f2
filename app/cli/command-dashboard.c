/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "app/cli/instance.h"
#include "app/desktop.h"

#include <glib/gi18n-lib.h>

static gboolean
parse_options (char **arguments, gboolean *out_print, GError **error)
{
  const GOptionEntry entries[] = {
    { "print", 0, 0, G_OPTION_ARG_NONE, out_print, NULL, NULL },
    { NULL },
  };

  *out_print = FALSE;
  return jump_options_parse_own (entries, arguments, NULL, error);
}

/* Returns: (transfer full) (nullable): {"url":…}. A link into a process that ends with this command is no use. */
static JsonObject *
make_link (JumpCommandContext *context, GError **error)
{
  g_autoptr (JumpInstance) instance = jump_instance_find_running (context);

  if (instance == NULL)
    {
      g_set_error (error,
                   JUMP_ERROR,
                   JUMP_ERROR_UNAVAILABLE,
                   "Jumpseat does not run; start it with: jumpseat run");
      return NULL;
    }
  return jump_instance_call (instance, "POST", "/api/session/link", NULL, error);
}

/**
 * jump_command_dashboard:
 * @context: with settings loaded
 * @arguments: "dashboard" and its own options
 *
 * The link lets one browser in, once, within a minute. It may be seen by other users of this computer on its way
 * to the browser; the service takes it from programs of this user only.
 *
 * Returns: the exit status
 */
JumpExitCode
jump_command_dashboard (JumpCommandContext *context, char **arguments)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) answer = NULL;
  gboolean is_printed;
  const char *url;

  if (!parse_options (arguments, &is_printed, &error))
    return jump_command_refuse ("dashboard", error);
  answer = make_link (context, &error);
  if (answer == NULL)
    return jump_exit_with_error (error);
  url = jump_json_get_string (answer, "url", "");
  if (context->options.json)
    jump_command_print_json (answer);
  else if (is_printed)
    g_print ("%s\n", url);
  else if (jump_desktop_open_uri (url))
    g_print ("%s", _ ("The dashboard is open in your browser.\n"));
  else
    /* Translators: %s is an address */
    g_print (_ ("Open this address within a minute, it works once: %s\n"), url);
  return JUMP_EXIT_OK;
}
