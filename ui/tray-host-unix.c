/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/tray-host.h"
#include "ui/xembed-watch.h"

#define WATCHER_NAME  "org.kde.StatusNotifierWatcher"
#define WATCHER_PATH  "/StatusNotifierWatcher"
#define WATCHER_IFACE "org.kde.StatusNotifierWatcher"

/* Panels start after us at login, and again when they crashed: only who stays away this long is not
 * there. */
#define GRACE_MS 1500

typedef enum
{
  STATE_UNKNOWN,
  STATE_PRESENT,
  STATE_ABSENT,
} State;

struct _JumpTrayHost
{
  GObject parent_instance;

  GDBusConnection *connection; /* (owned) (nullable) */
  GCancellable *cancellable;   /* (owned): of the question to the watcher */
  JumpXembedWatch *xembed;     /* (owned) */
  guint name_watch;
  guint signal_watch;
  guint start; /* source id */
  guint grace; /* source id */
  State state;
  gboolean has_watcher;
  gboolean has_watcher_host;
};

G_DEFINE_FINAL_TYPE (JumpTrayHost, jump_tray_host, G_TYPE_OBJECT)

static void
set_state (JumpTrayHost *self, State state)
{
  if (self->state == state)
    return;
  self->state = state;
  g_signal_emit_by_name (self, "changed");
}

static gboolean
on_grace_passed (gpointer user_data)
{
  JumpTrayHost *self = user_data;

  self->grace = 0;
  set_state (self, STATE_ABSENT);
  return G_SOURCE_REMOVE;
}

static void
update (JumpTrayHost *self)
{
  /* where there is a watcher, libayatana gives the icon to it and not to XEmbed */
  gboolean is_present =
      self->has_watcher ? self->has_watcher_host : jump_xembed_watch_has_tray (self->xembed);

  if (is_present)
    {
      g_clear_handle_id (&self->grace, g_source_remove);
      set_state (self, STATE_PRESENT);
    }
  else if (self->state != STATE_ABSENT && self->grace == 0)
    self->grace = g_timeout_add (GRACE_MS, on_grace_passed, self);
}

/* Not before whoever made us can hear of it. */
static gboolean
on_started (gpointer user_data)
{
  JumpTrayHost *self = user_data;

  self->start = 0;
  update (self);
  return G_SOURCE_REMOVE;
}

static void
on_host_told (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JumpTrayHost) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) value = NULL;
  g_autoptr (GVariant) reply =
      g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (reply != NULL)
    g_variant_get (reply, "(v)", &value);
  self->has_watcher_host = value != NULL && g_variant_is_of_type (value, G_VARIANT_TYPE_BOOLEAN) &&
                           g_variant_get_boolean (value);
  update (self);
}

static void
ask_for_host (JumpTrayHost *self)
{
  g_dbus_connection_call (self->connection,
                          WATCHER_NAME,
                          WATCHER_PATH,
                          "org.freedesktop.DBus.Properties",
                          "Get",
                          g_variant_new ("(ss)", WATCHER_IFACE, "IsStatusNotifierHostRegistered"),
                          G_VARIANT_TYPE ("(v)"),
                          G_DBUS_CALL_FLAGS_NO_AUTO_START,
                          -1,
                          self->cancellable,
                          on_host_told,
                          g_object_ref (self));
}

static void
forget_question (JumpTrayHost *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
}

static void
on_watcher_appeared (GDBusConnection *connection,
                     const char *name,
                     const char *owner,
                     gpointer user_data)
{
  JumpTrayHost *self = user_data;

  forget_question (self);
  self->has_watcher = TRUE;
  self->has_watcher_host = FALSE;
  ask_for_host (self);
}

static void
on_watcher_vanished (GDBusConnection *connection, const char *name, gpointer user_data)
{
  JumpTrayHost *self = user_data;

  forget_question (self);
  self->has_watcher = FALSE;
  self->has_watcher_host = FALSE;
  update (self);
}

static void
on_watcher_signalled (GDBusConnection *connection,
                      const char *sender,
                      const char *path,
                      const char *iface,
                      const char *signal,
                      GVariant *parameters,
                      gpointer user_data)
{
  /* of hosts, not of items: StatusNotifierHostRegistered, StatusNotifierHostUnregistered */
  if (g_str_has_prefix (signal, "StatusNotifierHost"))
    ask_for_host (user_data);
}

static void
on_xembed_changed (gpointer user_data)
{
  update (user_data);
}

static void
jump_tray_host_dispose (GObject *object)
{
  JumpTrayHost *self = JUMP_TRAY_HOST (object);

  g_clear_handle_id (&self->name_watch, g_bus_unwatch_name);
  if (self->signal_watch != 0)
    g_dbus_connection_signal_unsubscribe (self->connection, self->signal_watch);
  self->signal_watch = 0;
  g_clear_handle_id (&self->start, g_source_remove);
  g_clear_handle_id (&self->grace, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->xembed, jump_xembed_watch_free);
  g_clear_object (&self->connection);
  G_OBJECT_CLASS (jump_tray_host_parent_class)->dispose (object);
}

static void
jump_tray_host_class_init (JumpTrayHostClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jump_tray_host_dispose;
  g_signal_new ("changed",
                G_TYPE_FROM_CLASS (klass),
                G_SIGNAL_RUN_LAST,
                0,
                NULL,
                NULL,
                NULL,
                G_TYPE_NONE,
                0);
}

static void
jump_tray_host_init (JumpTrayHost *self)
{
  self->cancellable = g_cancellable_new ();
}

/**
 * jump_tray_host_new:
 * @connection: (nullable): the session bus; without one only XEmbed trays are seen
 *
 * Returns: (transfer full): a watch that knows nothing yet
 */
JumpTrayHost *
jump_tray_host_new (GDBusConnection *connection)
{
  JumpTrayHost *self = g_object_new (JUMP_TYPE_TRAY_HOST, NULL);

  self->xembed = jump_xembed_watch_new (on_xembed_changed, self);
  if (connection != NULL)
    {
      self->connection = g_object_ref (connection);
      self->signal_watch = g_dbus_connection_signal_subscribe (connection,
                                                               WATCHER_NAME,
                                                               WATCHER_IFACE,
                                                               NULL,
                                                               WATCHER_PATH,
                                                               NULL,
                                                               G_DBUS_SIGNAL_FLAGS_NONE,
                                                               on_watcher_signalled,
                                                               self,
                                                               NULL);
      self->name_watch = g_bus_watch_name_on_connection (connection,
                                                         WATCHER_NAME,
                                                         G_BUS_NAME_WATCHER_FLAGS_NONE,
                                                         on_watcher_appeared,
                                                         on_watcher_vanished,
                                                         self,
                                                         NULL);
    }
  self->start = g_idle_add (on_started, self);
  return self;
}

/**
 * jump_tray_host_is_present:
 * @self: the watch
 *
 * Returns: whether a tray icon would be seen
 */
gboolean
jump_tray_host_is_present (JumpTrayHost *self)
{
  return self->state == STATE_PRESENT;
}
