/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "app/network-watch.h"

/* A monitor that says what the test wants. */

#define FAKE_TYPE_MONITOR (fake_monitor_get_type ())
G_DECLARE_FINAL_TYPE (FakeMonitor, fake_monitor, FAKE, MONITOR, GObject)

struct _FakeMonitor
{
  GObject parent_instance;

  gboolean is_available;
  GNetworkConnectivity connectivity;
};

enum
{
  PROP_NETWORK_AVAILABLE = 1,
  PROP_NETWORK_METERED,
  PROP_CONNECTIVITY,
};

static void
initable_iface_init (GInitableIface *iface)
{
}

static void
monitor_iface_init (GNetworkMonitorInterface *iface)
{
}

G_DEFINE_FINAL_TYPE_WITH_CODE (FakeMonitor,
                               fake_monitor,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_INITABLE, initable_iface_init)
                                   G_IMPLEMENT_INTERFACE (G_TYPE_NETWORK_MONITOR,
                                                          monitor_iface_init))

static void
fake_monitor_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  if (id == PROP_NETWORK_AVAILABLE)
    g_value_set_boolean (value, FAKE_MONITOR (object)->is_available);
  if (id == PROP_CONNECTIVITY)
    g_value_set_enum (value, (int) FAKE_MONITOR (object)->connectivity);
}

static void
fake_monitor_class_init (FakeMonitorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = fake_monitor_get_property;
  g_object_class_override_property (object_class, PROP_NETWORK_AVAILABLE, "network-available");
  g_object_class_override_property (object_class, PROP_NETWORK_METERED, "network-metered");
  g_object_class_override_property (object_class, PROP_CONNECTIVITY, "connectivity");
}

static void
fake_monitor_init (FakeMonitor *self)
{
  self->connectivity = G_NETWORK_CONNECTIVITY_FULL;
}

static void
tell (FakeMonitor *self, gboolean is_available)
{
  self->is_available = is_available;
  g_signal_emit_by_name (self, "network-changed", is_available);
}

static void
tell_connectivity (FakeMonitor *self, GNetworkConnectivity connectivity)
{
  self->connectivity = connectivity;
  g_object_notify (G_OBJECT (self), "connectivity");
}

static void
on_network_changed (JumpNetwork network, gboolean is_same, gpointer user_data)
{
  static const char words[] = { '-', 'p', '+' };

  g_string_append_c (user_data, is_same ? '=' : words[network]);
}

static void
test_changes (void)
{
  g_autoptr (FakeMonitor) monitor = g_object_new (FAKE_TYPE_MONITOR, NULL);
  g_autoptr (GString) seen = g_string_new (NULL);
  JumpNetworkWatch *watch =
      jump_network_watch_new (G_NETWORK_MONITOR (monitor), on_network_changed, seen);

  g_assert_cmpstr (seen->str, ==, "-");
  tell (monitor, FALSE); /* another route, the same answer */
  g_assert_cmpstr (seen->str, ==, "-=");
  tell (monitor, TRUE);
  tell (monitor, TRUE);
  tell (monitor, FALSE);
  g_assert_cmpstr (seen->str, ==, "-=+=-");
  jump_network_watch_free (watch);
  tell (monitor, TRUE);
  g_assert_cmpstr (seen->str, ==, "-=+=-");
}

static void
test_portal (void)
{
  g_autoptr (FakeMonitor) monitor = g_object_new (FAKE_TYPE_MONITOR, NULL);
  g_autoptr (GString) seen = g_string_new (NULL);
  g_autoptr (JumpNetworkWatch) watch = NULL;

  monitor->is_available = TRUE;
  watch = jump_network_watch_new (G_NETWORK_MONITOR (monitor), on_network_changed, seen);
  tell_connectivity (monitor, G_NETWORK_CONNECTIVITY_LIMITED); /* says little */
  tell_connectivity (monitor, G_NETWORK_CONNECTIVITY_PORTAL);
  tell (monitor, TRUE);
  tell_connectivity (monitor, G_NETWORK_CONNECTIVITY_FULL);
  g_assert_cmpstr (seen->str, ==, "+=p=+");
  monitor->connectivity = G_NETWORK_CONNECTIVITY_PORTAL;
  tell (monitor, FALSE);
  g_assert_cmpstr (seen->str, ==, "+=p=+-");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/network-watch/changes", test_changes);
  g_test_add_func ("/network-watch/portal", test_portal);
  return g_test_run ();
}
