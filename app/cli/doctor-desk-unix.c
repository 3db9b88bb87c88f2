/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "config.h"

#include "app/cli/doctor-desk.h"
#include "app/desktop.h"

#include <gio/gio.h>

#define WATCHER      "org.kde.StatusNotifierWatcher"
#define WATCHER_PATH "/StatusNotifierWatcher"
#define PATIENCE_MS  2000
#define NO_TRAY_REMEDY                                                                                 \
  "On GNOME install the extension AppIndicator (package gnome-shell-extension-appindicator); without " \
  "a tray Jumpseat shows its window."

/* GDBus would otherwise start a bus of its own. */
static gboolean
has_session_bus (void)
{
  const char *address = g_getenv ("DBUS_SESSION_BUS_ADDRESS");
  g_autofree char *path = g_build_filename (g_get_user_runtime_dir (), "bus", NULL);

  return (address != NULL && *address != '\0') || g_file_test (path, G_FILE_TEST_EXISTS);
}

static GVariant *
ask_watcher (GDBusConnection *bus, GError **error)
{
  return g_dbus_connection_call_sync (
      bus,
      WATCHER,
      WATCHER_PATH,
      "org.freedesktop.DBus.Properties",
      "Get",
      g_variant_new ("(ss)", WATCHER, "IsStatusNotifierHostRegistered"),
      G_VARIANT_TYPE ("(v)"),
      G_DBUS_CALL_FLAGS_NO_AUTO_START,
      PATIENCE_MS,
      NULL,
      error);
}

static JumpVerdict *
judge_watcher (GVariant *reply)
{
  g_autoptr (GVariant) value = NULL;

  g_variant_get (reply, "(v)", &value);
  if (g_variant_is_of_type (value, G_VARIANT_TYPE_BOOLEAN) && g_variant_get_boolean (value))
    return jump_verdict_new_ok ("StatusNotifierWatcher, with a panel that shows icons");
  return jump_verdict_new_warning (NO_TRAY_REMEDY,
                                   "StatusNotifierWatcher is there, but no panel shows its icons");
}

JumpVerdict *
jump_doctor_desk_judge_tray (void)
{
  g_autoptr (GDBusConnection) bus = NULL;
  g_autoptr (GVariant) reply = NULL;
  g_autoptr (GError) error = NULL;

  if (!jump_desktop_has_display ())
    return jump_verdict_new_skipped ("because there is no display");
  if (has_session_bus ())
    bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &error);
  if (bus == NULL)
    return jump_verdict_new_warning (
        "Start Jumpseat inside a desktop session, which has a session bus.",
        "there is no session bus; a panel with the older kind of tray (XEmbed) shows the icon all "
        "the same");
  g_dbus_connection_set_exit_on_close (bus, FALSE);
  reply = ask_watcher (bus, &error);
  if (reply != NULL)
    return judge_watcher (reply);
  return jump_verdict_new_warning ("Nothing is to be done where you see the icon. " NO_TRAY_REMEDY,
                                   "no StatusNotifierWatcher on the session bus; a panel with the "
                                   "older kind of tray (XEmbed) shows the icon all the same");
}

/* Returns: (transfer full) (nullable): what the file starts */
static char *
dup_program (const char *path)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *command = NULL;
  g_auto (GStrv) words = NULL;

  if (!g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, NULL) ||
      g_key_file_get_boolean (file, G_KEY_FILE_DESKTOP_GROUP, G_KEY_FILE_DESKTOP_KEY_HIDDEN, NULL))
    return NULL;
  command =
      g_key_file_get_string (file, G_KEY_FILE_DESKTOP_GROUP, G_KEY_FILE_DESKTOP_KEY_EXEC, NULL);
  if (command == NULL || !g_shell_parse_argv (command, NULL, &words, NULL))
    return NULL;
  return g_strdup (words[0]);
}

JumpVerdict *
jump_doctor_desk_judge_autostart (void)
{
  g_autofree char *path =
      g_build_filename (g_get_user_config_dir (), "autostart", JUMPSEAT_APP_ID ".desktop", NULL);
  g_autofree char *shown = jump_verdict_shorten_path (path);
  g_autofree char *program = NULL;
  g_autofree char *found = NULL;
  g_autofree char *shown_program = NULL;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return jump_verdict_new_ok ("off");
  program = dup_program (path);
  if (program == NULL)
    return jump_verdict_new_ok ("off");
  found = g_find_program_in_path (program);
  shown_program = jump_verdict_shorten_path (program);
  if (found != NULL)
    return jump_verdict_new_ok ("on, starts %s", shown_program);
  return jump_verdict_new_failed (
      "Switch \"Start at Login\" in the menu of the tray icon off and on again.",
      "%s starts %s, which is not there",
      shown,
      shown_program);
}
