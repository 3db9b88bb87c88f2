/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/doctor/check.h"
#include "service/doctor/judge-computer.h"
#include "service/http/listen-address.h"
#include "service/http/port-holder.h"

static void
on_asked (JumpCheck *check, JumpJsonReply *reply, const GError *error, gpointer user_data)
{
  JumpPortFacts facts = {
    .port = check->tools->port,
    .is_ours = TRUE,
    .error = error == NULL ? NULL : error->message,
  };

  jump_check_end (check, jump_judge_port (&facts));
}

/* Tried at the addresses that the service would listen at, and given back at once. */
static gboolean
try_port (const char *address, guint16 port, GError **error)
{
  g_auto (GStrv) hosts = jump_listen_address_list_hosts (address);

  for (guint i = 0; hosts[i] != NULL; i++)
    {
      g_autoptr (GSocketAddress) place = g_inet_socket_address_new_from_string (hosts[i], port);
      g_autoptr (GSocket) socket = place == NULL
                                       ? NULL
                                       : g_socket_new (g_socket_address_get_family (place),
                                                       G_SOCKET_TYPE_STREAM,
                                                       G_SOCKET_PROTOCOL_TCP,
                                                       NULL);

      /* a computer without IPv6 has no such sockets, which is no obstacle */
      if (socket != NULL && !g_socket_bind (socket, place, TRUE, error) && i == 0)
        return FALSE;
      g_clear_error (error);
      if (socket != NULL && i == 0 && !g_socket_listen (socket, error))
        return FALSE;
    }
  return TRUE;
}

void
jump_check_port (JumpCheck *check)
{
  const JumpDoctorTools *tools = check->tools;
  guint16 port = (guint16) jump_settings_get_int (tools->settings, JUMP_KEY_SERVER_PORT);
  const char *address = jump_settings_get_string (tools->settings, JUMP_KEY_SERVER_ADDRESS);
  g_autoptr (GError) error = NULL;
  g_autofree char *holder = NULL;
  JumpPortFacts facts = { .port = port };

  if (tools->port != 0 && tools->url != NULL)
    {
      g_autofree char *url = g_strconcat (tools->url, "/livez", NULL);

      jump_check_ask (check, jump_http_request_new ("GET", url), on_asked, NULL, NULL);
      return;
    }
  facts.is_free = port == 0 || try_port (address, port, &error);
  if (!facts.is_free)
    holder = jump_port_holder_find (port);
  facts.holder = holder;
  facts.error = error == NULL ? NULL : error->message;
  jump_check_end (check, jump_judge_port (&facts));
}
