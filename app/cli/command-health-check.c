/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "app/cli/command.h"
#include "app/cli/wait.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* For all of it. Probes give up after 5 s themselves, or later; the verdict should be ours. */
#define LIMIT_MS 4000

/* Where to ask: the configured port, or whatever the control file says when that is "any". */
static char *
find_address (JumpCommandContext *context)
{
  gint64 port = jump_settings_get_int (context->settings, JUMP_KEY_SERVER_PORT);
  const char *address = jump_settings_get_string (context->settings, JUMP_KEY_SERVER_ADDRESS);
  gboolean is_ip6 = g_strcmp0 (address, "::1") == 0 || g_strcmp0 (address, "::") == 0;

  if (port == 0)
    {
      g_autoptr (JumpControlFile) file =
          jump_control_file_find (context->paths->runtime_dir, 0, TRUE);

      return file == NULL ? NULL : g_strdup (file->url + strlen ("http://"));
    }
  return g_strdup_printf ("%s:%" G_GINT64_FORMAT, is_ip6 ? "[::1]" : "127.0.0.1", port);
}

static gboolean
on_limit_reached (gpointer user_data)
{
  g_cancellable_cancel (user_data);
  return G_SOURCE_CONTINUE;
}

static GSocketConnection *
open_connection (const char *address, GCancellable *cancellable)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_auto (JumpWait) wait = { 0 };

  jump_wait_init (&wait, 0);
  g_socket_client_set_enable_proxy (client, FALSE);
  g_socket_client_connect_to_host_async (client,
                                         address,
                                         80,
                                         cancellable,
                                         jump_wait_on_done,
                                         &wait);
  return g_socket_client_connect_to_host_finish (client, jump_wait_for_result (&wait), NULL);
}

static gboolean
ask (GIOStream *connection, const char *address, GCancellable *cancellable)
{
  g_autofree char *request =
      g_strdup_printf ("GET /livez HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n", address);
  g_autoptr (GDataInputStream) input =
      g_data_input_stream_new (g_io_stream_get_input_stream (connection));
  g_auto (JumpWait) wait = { 0 };
  g_autofree char *line = NULL;

  /* So little that it never has to wait for a reader. */
  if (!g_output_stream_write_all (g_io_stream_get_output_stream (connection),
                                  request,
                                  strlen (request),
                                  NULL,
                                  cancellable,
                                  NULL))
    return FALSE;
  jump_wait_init (&wait, 0);
  g_data_input_stream_read_line_async (input,
                                       G_PRIORITY_DEFAULT,
                                       cancellable,
                                       jump_wait_on_done,
                                       &wait);
  line = g_data_input_stream_read_line_finish (input, jump_wait_for_result (&wait), NULL, NULL);
  return line != NULL && g_str_has_prefix (line, "HTTP/1.1 200");
}

/**
 * jump_command_health_check:
 * @context: with settings loaded
 *
 * For containers, whose images need not hold curl. Asks GET /livez as any client would: a probe
 * that needed the control file, a key or the data folder would test those instead.
 *
 * Returns: JUMP_EXIT_OK or JUMP_EXIT_FAILURE
 */
JumpExitCode
jump_command_health_check (JumpCommandContext *context)
{
  g_autofree char *address = find_address (context);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GSocketConnection) connection = NULL;
  gboolean is_alive;
  guint limit_id;

  limit_id = g_timeout_add (LIMIT_MS, on_limit_reached, cancellable);
  connection = address == NULL ? NULL : open_connection (address, cancellable);
  is_alive = connection != NULL && ask (G_IO_STREAM (connection), address, cancellable);
  g_source_remove (limit_id);
  if (is_alive)
    return JUMP_EXIT_OK;
  if (address == NULL)
    g_printerr ("jumpseat: %s\n", _ ("no instance has said where it listens"));
  else
    /* Translators: an address and a port */
    g_printerr (_ ("jumpseat: no good answer from %s\n"), address);
  return JUMP_EXIT_FAILURE;
}
