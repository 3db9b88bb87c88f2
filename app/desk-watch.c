/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "app/desk-watch.h"

#include "app/network-watch.h"
#include "app/power-watch.h"

struct _JumpDeskWatch
{
  JumpService *service;      /* (unowned): outlives us */
  JumpPowerWatch *power;     /* (owned) */
  JumpNetworkWatch *network; /* (owned) (nullable) */
};

static void
on_computer_woken (gpointer user_data)
{
  JumpDeskWatch *self = user_data;

  jump_service_wake (self->service);
}

static void
on_network_changed (JumpNetwork network, gboolean is_same, gpointer user_data)
{
  JumpDeskWatch *self = user_data;

  if (is_same)
    {
      jump_service_note_network_change (self->service);
      return;
    }
  jump_service_set_behind_portal (self->service, network == JUMP_NETWORK_PORTAL);
  jump_service_set_online (self->service, network != JUMP_NETWORK_NONE);
}

/* The simulator, or a gateway on this machine: both are there without any network. */
static gboolean
is_upstream_near (JumpService *service)
{
  JumpSettings *settings = jump_service_get_settings (service);
  const char *url = jump_settings_get_string (settings, JUMP_KEY_UPSTREAM_GITHUB_API_URL);
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);
  const char *host = uri == NULL ? NULL : g_uri_get_host (uri);
  g_autoptr (GInetAddress) address = NULL;

  if (jump_service_get_is_demo (service) || g_strcmp0 (host, "localhost") == 0)
    return TRUE;
  address = host == NULL ? NULL : g_inet_address_new_from_string (host);
  return address != NULL && g_inet_address_get_is_loopback (address);
}

/**
 * jump_desk_watch_new:
 * @service: to tell
 *
 * Returns: (transfer full): the watch
 */
JumpDeskWatch *
jump_desk_watch_new (JumpService *service)
{
  JumpDeskWatch *self = g_new0 (JumpDeskWatch, 1);

  self->service = service;
  self->power = jump_power_watch_new (on_computer_woken, self);
  if (!is_upstream_near (service))
    self->network =
        jump_network_watch_new (g_network_monitor_get_default (), on_network_changed, self);
  return self;
}

/**
 * jump_desk_watch_free:
 * @self: (transfer full): the watch
 */
void
jump_desk_watch_free (JumpDeskWatch *self)
{
  g_clear_pointer (&self->power, jump_power_watch_free);
  g_clear_pointer (&self->network, jump_network_watch_free);
  g_free (self);
}
