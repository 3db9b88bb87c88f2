/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#define G_LOG_DOMAIN "jumpseat-app"

#include "app/power-watch.h"

#include <gio/gio.h>

struct _JumpPowerWatch
{
  JumpWakeFunc func;
  gpointer user_data;
  GCancellable *cancellable; /* (owned): for finding the bus */
  GDBusConnection *bus;      /* (owned) (nullable) */
  guint signal_id;
};

/* Comes before the computer sleeps, with TRUE, and when it is awake again, with FALSE. */
static void
on_sleep_announced (GDBusConnection *bus,
                    const char *sender,
                    const char *path,
                    const char *interface,
                    const char *signal,
                    GVariant *parameters,
                    gpointer user_data)
{
  JumpPowerWatch *self = user_data;
  gboolean is_going_to_sleep;

  if (!g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(b)")))
    return;
  g_variant_get (parameters, "(b)", &is_going_to_sleep);
  if (!is_going_to_sleep)
    self->func (self->user_data);
}

static void
on_bus_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  JumpPowerWatch *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusConnection) bus = g_bus_get_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return; /* and the watch is gone */
  if (bus == NULL)
    {
      g_debug ("not told when the computer wakes: %s", error->message);
      return;
    }
  self->bus = g_steal_pointer (&bus);
  self->signal_id = g_dbus_connection_signal_subscribe (self->bus,
                                                        "org.freedesktop.login1",
                                                        "org.freedesktop.login1.Manager",
                                                        "PrepareForSleep",
                                                        "/org/freedesktop/login1",
                                                        NULL,
                                                        G_DBUS_SIGNAL_FLAGS_NONE,
                                                        on_sleep_announced,
                                                        self,
                                                        NULL);
}

/**
 * jump_power_watch_new:
 * @func: called from the main loop when the computer is awake again
 * @user_data: for @func
 *
 * logind tells it on the system bus. A machine without that bus, or without logind, is fine.
 *
 * Returns: (transfer full): the watch
 */
JumpPowerWatch *
jump_power_watch_new (JumpWakeFunc func, gpointer user_data)
{
  JumpPowerWatch *self = g_new0 (JumpPowerWatch, 1);

  self->func = func;
  self->user_data = user_data;
  self->cancellable = g_cancellable_new ();
  g_bus_get (G_BUS_TYPE_SYSTEM, self->cancellable, on_bus_found, self);
  return self;
}

/**
 * jump_power_watch_free:
 * @self: (transfer full): the watch
 */
void
jump_power_watch_free (JumpPowerWatch *self)
{
  g_cancellable_cancel (self->cancellable);
  if (self->signal_id != 0)
    g_dbus_connection_signal_unsubscribe (self->bus, self->signal_id);
  g_clear_object (&self->bus);
  g_clear_object (&self->cancellable);
  g_free (self);
}
