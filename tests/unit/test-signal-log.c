/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "tests/support/signal-log.h"

#include <gio/gio.h>

static void
test_entries (void)
{
  g_autoptr (GListStore) store = g_list_store_new (G_TYPE_OBJECT);
  g_autoptr (GObject) item = g_object_new (G_TYPE_OBJECT, NULL);
  g_autoptr (JumpSignalLog) log = jump_signal_log_new ();

  jump_signal_log_attach (log, G_OBJECT (store), "items-changed");
  jump_signal_log_assert (log, NULL);
  g_list_store_append (store, item);
  g_list_store_remove_all (store);
  g_assert_cmpuint (jump_signal_log_count (log), ==, 2);
  jump_signal_log_assert (log, "items-changed (0, 0, 1)", "items-changed (0, 1, 0)", NULL);
  jump_signal_log_assert (log, NULL);
}

static void
test_notify (void)
{
  g_autoptr (GSimpleAction) action = g_simple_action_new ("x", NULL);
  g_autoptr (JumpSignalLog) log = jump_signal_log_new ();

  jump_signal_log_attach (log, G_OBJECT (action), "notify::enabled");
  g_simple_action_set_enabled (action, FALSE);
  jump_signal_log_assert (log, "notify::enabled", NULL);
}

static void
test_freed_first (void)
{
  g_autoptr (GSimpleAction) action = g_simple_action_new ("x", NULL);
  JumpSignalLog *log = jump_signal_log_new ();

  jump_signal_log_attach (log, G_OBJECT (action), "notify");
  jump_signal_log_free (log);
  g_simple_action_set_enabled (action, FALSE);
}

static void
test_left_over (void)
{
  if (g_test_subprocess ())
    {
      g_autoptr (GSimpleAction) action = g_simple_action_new ("x", NULL);
      g_autoptr (JumpSignalLog) log = jump_signal_log_new ();

      jump_signal_log_attach (log, G_OBJECT (action), "notify::enabled");
      g_simple_action_set_enabled (action, FALSE);
      return;
    }
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*notify::enabled*");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/signal-log/entries", test_entries);
  g_test_add_func ("/signal-log/notify", test_notify);
  g_test_add_func ("/signal-log/freed-first", test_freed_first);
  g_test_add_func ("/signal-log/left-over", test_left_over);
  return g_test_run ();
}
