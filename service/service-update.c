/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "config.h"

#define G_LOG_DOMAIN "jumpseat-service"

#include "service/base/sandbox.h"
#include "service/service-private.h"

/* Newer versions: whether to look for them, and the one line in the log. */

#define RELEASE_FILE "latest-release.json"

static gboolean
is_on_this_computer (const char *url)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);
  const char *host = uri == NULL ? NULL : g_uri_get_host (uri);
  g_autoptr (GInetAddress) address = host == NULL ? NULL : g_inet_address_new_from_string (host);

  return g_strcmp0 (host, "localhost") == 0 ||
         (address != NULL && g_inet_address_get_is_loopback (address));
}

/* Flatpak and distributions bring newer versions themselves. Who has GitHub on this computer plays with
 * the simulator, and nothing of that leaves the computer. */
static const char *
choose_feed (JumpService *self)
{
  const char *url = jump_settings_get_string (self->settings, JUMP_KEY_UPDATES_FEED_URL);

  if (!HAVE_UPDATE_NOTICE || self->is_demo || jump_sandbox_is_flatpak () ||
      !jump_settings_get_boolean (self->settings, JUMP_KEY_UPDATES_CHECK))
    return NULL;
  if (jump_github_host_is_loopback (jump_account_get_host (self->account)) &&
      !is_on_this_computer (url))
    return NULL;
  return url;
}

static void
on_release_changed (JumpService *self)
{
  const JumpRelease *release = jump_update_watch_get_release (self->updates);

  if (release != NULL && g_strcmp0 (self->told_version, release->version) != 0)
    {
      g_message ("Jumpseat %s is available: %s", release->version, release->url);
      g_free (self->told_version);
      self->told_version = g_strdup (release->version);
    }
  jump_service_note_change (self);
}

void
jump_service_build_updates (JumpService *self)
{
  g_autofree char *path = g_build_filename (self->paths->data_dir, RELEASE_FILE, NULL);

  self->updates = jump_update_watch_new (self->client, self->clock, JUMPSEAT_VERSION, path);
}

void
jump_service_apply_updates (JumpService *self)
{
  jump_update_watch_set_feed (self->updates, choose_feed (self));
}

/* Only who serves for a while asks by itself: not every verb of the command line. */
void
jump_service_watch_updates (JumpService *self)
{
  if (jump_update_watch_start (self->updates))
    {
      g_signal_connect_object (self->updates,
                               "changed",
                               G_CALLBACK (on_release_changed),
                               self,
                               G_CONNECT_SWAPPED);
      on_release_changed (self);
    }
}

void
jump_service_forget_updates (JumpService *self)
{
  if (self->updates != NULL)
    jump_update_watch_stop (self->updates);
  g_clear_object (&self->updates);
  g_clear_pointer (&self->told_version, g_free);
}

JumpUpdateWatch *
jump_service_get_updates (JumpService *self)
{
  return self->updates;
}
