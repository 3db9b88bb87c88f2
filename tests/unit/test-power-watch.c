/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "app/power-watch.h"
#include "bus-stage.h"

static void
on_computer_woken (gpointer user_data)
{
  ++*(guint *) user_data;
}

static void
announce (BusStage *stage, GVariant *parameters)
{
  g_autoptr (GError) error = NULL;

  g_dbus_connection_emit_signal (stage->bus,
                                 NULL,
                                 "/org/freedesktop/login1",
                                 "org.freedesktop.login1.Manager",
                                 "PrepareForSleep",
                                 parameters,
                                 &error);
  g_assert_no_error (error);
}

/* The watch subscribes when it has found the bus; whether it has, shows only in what it hears. */
static void
wait_for_first (BusStage *stage, guint *n_wakes)
{
  while (*n_wakes == 0)
    {
      announce (stage, g_variant_new ("(b)", FALSE));
      g_dbus_connection_flush_sync (stage->bus, NULL, NULL);
      for (guint i = 0; i < 100 && *n_wakes == 0; i++)
        {
          g_main_context_iteration (NULL, FALSE);
          g_thread_yield ();
        }
    }
}

static void
settle (BusStage *stage, guint *n_wakes, guint expected)
{
  while (*n_wakes < expected)
    g_main_context_iteration (NULL, TRUE);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (*n_wakes, ==, expected);
}

static void
test_sleep (void)
{
  BusStage stage = { 0 };
  guint n_wakes = 0;
  guint n_before;
  JumpPowerWatch *watch;

  if (!bus_stage_up (&stage))
    return;
  g_setenv ("DBUS_SYSTEM_BUS_ADDRESS", g_test_dbus_get_bus_address (stage.daemon), TRUE);
  bus_stage_own (&stage, "org.freedesktop.login1");
  watch = jump_power_watch_new (on_computer_woken, &n_wakes);
  wait_for_first (&stage, &n_wakes);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  /* signals keep their order, so what does not count is seen by what follows it */
  announce (&stage, g_variant_new ("(s)", "last of the first"));
  g_dbus_connection_flush_sync (stage.bus, NULL, NULL);
  n_before = n_wakes;
  announce (&stage, g_variant_new ("(b)", TRUE));
  announce (&stage, g_variant_new ("(b)", FALSE));
  while (n_wakes == n_before)
    g_main_context_iteration (NULL, TRUE);
  announce (&stage, g_variant_new ("(b)", TRUE));
  announce (&stage, g_variant_new ("(b)", FALSE));
  settle (&stage, &n_wakes, n_wakes + 1);
  jump_power_watch_free (watch);
  announce (&stage, g_variant_new ("(b)", FALSE));
  bus_stage_down (&stage);
}

static void
test_no_bus (void)
{
  guint n_wakes = 0;
  JumpPowerWatch *watch;

  if (g_test_subprocess ())
    {
      g_setenv ("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nonexistent", TRUE);
      watch = jump_power_watch_new (on_computer_woken, &n_wakes);
      g_main_context_iteration (NULL, TRUE);
      jump_power_watch_free (watch);
      /* given up before the answer */
      watch = jump_power_watch_new (on_computer_woken, &n_wakes);
      jump_power_watch_free (watch);
      while (g_main_context_iteration (NULL, FALSE))
        ;
      g_assert_cmpuint (n_wakes, ==, 0);
      return;
    }
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_passed ();
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/power-watch/no-bus", test_no_bus);
  g_test_add_func ("/power-watch/sleep", test_sleep);
  return g_test_run ();
}
