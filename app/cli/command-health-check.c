/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "app/cli/command.h"

#include <string.h>

/* A container's probe gives up after some seconds itself. */
#define TIMEOUT_SECONDS 5

/* Where to ask: the configured port, or whatever the control file says when that is "any". */
static char *
find_address (JumpCommandContext *context)
{
  gint64 port = jump_settings_get_int (context->settings, JUMP_KEY_SERVER_PORT);
  const char *address = jump_settings_get_string (context->settings, JUMP_KEY_SERVER_ADDRESS);

  if (port == 0)
    {
      g_autoptr (JumpControlFile) file =
          jump_control_file_find (context->paths->runtime_dir, 0, TRUE);

      return file == NULL ? NULL : g_strdup (file->url + strlen ("http://"));
    }
  return g_strdup_printf ("%s:%" G_GINT64_FORMAT,
                          g_strcmp0 (address, "::1") == 0 ? "[::1]" : "127.0.0.1",
                          port);
}

static gboolean
ask (GIOStream *connection, const char *address)
{
  g_autofree char *request =
      g_strdup_printf ("GET /livez HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n", address);
  g_autoptr (GDataInputStream) input =
      g_data_input_stream_new (g_io_stream_get_input_stream (connection));
  g_autofree char *line = NULL;

  if (!g_output_stream_write_all (g_io_stream_get_output_stream (connection),
                                  request,
                                  strlen (request),
                                  NULL,
                                  NULL,
                                  NULL))
    return FALSE;
  line = g_data_input_stream_read_line (input, NULL, NULL, NULL);
  return line != NULL && g_str_has_prefix (line, "HTTP/1.1 200");
}

/**
 * jump_command_health_check:
 * @context: with settings loaded
 *
 * For containers, whose images need not hold curl. Asks GET /livez as any client would: a probe
 * that needed the control file would test that instead.
 *
 * Returns: JUMP_EXIT_OK or JUMP_EXIT_FAILURE
 */
JumpExitCode
jump_command_health_check (JumpCommandContext *context)
{
  g_autofree char *address = find_address (context);
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = NULL;

  if (address == NULL)
    return JUMP_EXIT_FAILURE;
  g_socket_client_set_enable_proxy (client, FALSE);
  g_socket_client_set_timeout (client, TIMEOUT_SECONDS);
  connection = g_socket_client_connect_to_host (client, address, 80, NULL, NULL);
  if (connection == NULL || !ask (G_IO_STREAM (connection), address))
    return JUMP_EXIT_FAILURE;
  return JUMP_EXIT_OK;
}
