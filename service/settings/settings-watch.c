/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#define G_LOG_DOMAIN "jumpseat-settings"

#include "service/settings/settings-watch.h"

#define SETTLE_MS 200

struct _JumpSettingsWatch
{
  JumpSettingsWatchFunc func;
  gpointer user_data;
  GFileMonitor *monitor; /* (owned) (nullable) */
  guint settle_id;
};

static void
on_file_settled (gpointer user_data)
{
  JumpSettingsWatch *self = user_data;

  self->settle_id = 0;
  self->func (self->user_data);
}

static void
on_file_changed (GFileMonitor *monitor,
                 GFile *file,
                 GFile *other_file,
                 GFileMonitorEvent event,
                 gpointer user_data)
{
  JumpSettingsWatch *self = user_data;

  if (self->settle_id != 0)
    g_source_remove (self->settle_id);
  self->settle_id = g_timeout_add_once (SETTLE_MS, on_file_settled, self);
}

JumpSettingsWatch *
jump_settings_watch_new (const char *path, JumpSettingsWatchFunc func, gpointer user_data)
{
  JumpSettingsWatch *self = g_new0 (JumpSettingsWatch, 1);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;

  self->func = func;
  self->user_data = user_data;
  self->monitor = g_file_monitor_file (file, G_FILE_MONITOR_NONE, NULL, &error);
  if (self->monitor == NULL)
    g_debug ("settings file is not watched: %s", error->message);
  else
    g_signal_connect (self->monitor, "changed", G_CALLBACK (on_file_changed), self);
  return self;
}

void
jump_settings_watch_free (JumpSettingsWatch *self)
{
  if (self == NULL)
    return;
  if (self->monitor != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->monitor, self);
      g_file_monitor_cancel (self->monitor);
    }
  g_clear_object (&self->monitor);
  g_clear_handle_id (&self->settle_id, g_source_remove);
  g_free (self);
}
