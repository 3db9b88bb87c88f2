/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#define G_LOG_DOMAIN "jumpseat-ui"

#include "ui/tray-host.h"
#include "ui/tray.h"

#include <libayatana-appindicator/app-indicator.h>

/* StatusNotifierItem through libayatana-appindicator, which falls back to XEmbed where there is no
 * watcher and registers again by itself when a panel died and came back. */

#define JUMP_TYPE_TRAY_APPINDICATOR (jump_tray_appindicator_get_type ())
G_DECLARE_FINAL_TYPE (JumpTrayAppindicator,
                      jump_tray_appindicator,
                      JUMP,
                      TRAY_APPINDICATOR,
                      GObject)

struct _JumpTrayAppindicator
{
  GObject parent_instance;

  GDBusConnection *connection; /* (owned) (nullable) */
  AppIndicator *indicator;     /* (owned) */
  JumpTrayHost *host;          /* (owned) */
};

static void tray_init (JumpTrayInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (JumpTrayAppindicator,
                               jump_tray_appindicator,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (JUMP_TYPE_TRAY, tray_init))

static void
on_host_changed (JumpTrayHost *host, JumpTrayAppindicator *self)
{
  jump_tray_emit_visible_changed (JUMP_TRAY (self));
}

static void
set_icon (JumpTray *tray, const char *icon, const char *description, gboolean is_attention)
{
  AppIndicator *indicator = JUMP_TRAY_APPINDICATOR (tray)->indicator;

  if (is_attention)
    app_indicator_set_attention_icon_full (indicator, icon, description);
  app_indicator_set_icon_full (indicator, icon, description);
  app_indicator_set_status (indicator,
                            is_attention ? APP_INDICATOR_STATUS_ATTENTION
                                         : APP_INDICATOR_STATUS_ACTIVE);
}

static void
set_title (JumpTray *tray, const char *title)
{
  app_indicator_set_title (JUMP_TRAY_APPINDICATOR (tray)->indicator, title);
}

static void
set_menu (JumpTray *tray, GtkMenu *menu, GtkWidget *main_item)
{
  AppIndicator *indicator = JUMP_TRAY_APPINDICATOR (tray)->indicator;

  /* the library asks the item of the former menu for its accelerator when that menu goes */
  app_indicator_set_secondary_activate_target (indicator, NULL);
  app_indicator_set_menu (indicator, menu);
  app_indicator_set_secondary_activate_target (indicator, main_item);
}

static gboolean
get_is_visible (JumpTray *tray)
{
  return jump_tray_host_is_present (JUMP_TRAY_APPINDICATOR (tray)->host);
}

static void
tray_init (JumpTrayInterface *iface)
{
  iface->set_icon = set_icon;
  iface->set_title = set_title;
  iface->set_menu = set_menu;
  iface->get_is_visible = get_is_visible;
}

static void
jump_tray_appindicator_dispose (GObject *object)
{
  JumpTrayAppindicator *self = JUMP_TRAY_APPINDICATOR (object);

  if (self->host != NULL)
    g_signal_handlers_disconnect_by_data (self->host, self);
  g_clear_object (&self->host);
  g_clear_object (&self->indicator);
  g_clear_object (&self->connection);
  G_OBJECT_CLASS (jump_tray_appindicator_parent_class)->dispose (object);
}

static void
jump_tray_appindicator_class_init (JumpTrayAppindicatorClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jump_tray_appindicator_dispose;
}

static void
jump_tray_appindicator_init (JumpTrayAppindicator *self)
{
}

/* libayatana 0.5 uses its connection before it has one when the process is not connected yet and the
 * machine is busy: the icon then never appears. With a reference to the shared connection held
 * first, it finds one at once. */
static GDBusConnection *
connect_first (GApplication *application)
{
  GDBusConnection *connection = g_application_get_dbus_connection (application);
  g_autoptr (GError) error = NULL;

  if (connection != NULL)
    return g_object_ref (connection);
  connection = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &error);
  if (connection == NULL)
    g_debug ("no session bus for the tray icon: %s", error->message);
  return connection;
}

/**
 * jump_tray_new:
 * @id: names the item on the bus, and so its object path; letters and hyphens
 * @application: whose bus connection is used when it has one
 *
 * An id serves once in a process: the library leaves the menu of a former icon on the bus.
 *
 * Returns: (transfer full): an icon without picture and menu
 */
JumpTray *
jump_tray_new (const char *id, GApplication *application)
{
  JumpTrayAppindicator *self = g_object_new (JUMP_TYPE_TRAY_APPINDICATOR, NULL);
  const char *build = g_getenv ("JUMPSEAT_BUILD_DIR"); /* running without being installed */

  self->connection = connect_first (application);
  self->indicator = app_indicator_new (id,
                                       "io.github.jumpseat.Jumpseat-ready-symbolic",
                                       APP_INDICATOR_CATEGORY_APPLICATION_STATUS);
  if (build != NULL)
    {
      g_autofree char *icons = g_build_filename (build, "data", "icons", NULL);

      app_indicator_set_icon_theme_path (self->indicator, icons);
    }
  self->host = jump_tray_host_new (self->connection);
  g_signal_connect (self->host, "changed", G_CALLBACK (on_host_changed), self);
  return JUMP_TRAY (self);
}
