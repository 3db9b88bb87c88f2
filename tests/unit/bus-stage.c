/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "bus-stage.h"

gboolean
bus_stage_up (BusStage *self)
{
  g_autofree char *program = g_find_program_in_path ("dbus-daemon");
  g_autoptr (GError) error = NULL;

  if (program == NULL)
    {
      g_test_skip ("dbus-daemon is not installed");
      return FALSE;
    }
  self->daemon = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (self->daemon);
  self->bus =
      g_dbus_connection_new_for_address_sync (g_test_dbus_get_bus_address (self->daemon),
                                              G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                                  G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                              NULL,
                                              NULL,
                                              &error);
  g_assert_no_error (error);
  return TRUE;
}

void
bus_stage_down (BusStage *self)
{
  g_dbus_connection_close_sync (self->bus, NULL, NULL);
  g_clear_object (&self->bus);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_test_dbus_down (self->daemon);
  g_clear_object (&self->daemon);
}

void
bus_stage_own (BusStage *self, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = g_dbus_connection_call_sync (self->bus,
                                                             "org.freedesktop.DBus",
                                                             "/org/freedesktop/DBus",
                                                             "org.freedesktop.DBus",
                                                             "RequestName",
                                                             g_variant_new ("(su)", name, 0),
                                                             G_VARIANT_TYPE ("(u)"),
                                                             G_DBUS_CALL_FLAGS_NONE,
                                                             -1,
                                                             NULL,
                                                             &error);

  g_assert_no_error (error);
  g_assert_nonnull (answer);
}
