/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#define G_LOG_DOMAIN "jumpseat-app"

#include "app/application-actions.h"

#include "app/log-file.h"

#include <glib/gi18n-lib.h>

#define START_AT_LOGIN "start-at-login"
#define NOTIFICATION   "program-problem"
#define SHOW_NOTICE    "show-notice"

/* Wherever the person is: the window may be closed. On Windows, where GLib shows nothing, the tray icon
 * has an action for it (ui/desk-notice-windows.h). */
static void
tell_problem (JumpApplication *self, const char *title, const GError *error)
{
  g_autoptr (GNotification) notification = NULL;

  g_message ("%s: %s", title, error->message);
  if (g_action_group_has_action (G_ACTION_GROUP (self), SHOW_NOTICE))
    {
      g_action_group_activate_action (
          G_ACTION_GROUP (self),
          SHOW_NOTICE,
          g_variant_new ("(ssssavb)", NOTIFICATION, title, error->message, "", NULL, FALSE));
      return;
    }
  notification = g_notification_new (title);
  g_notification_set_body (notification, error->message);
  g_application_send_notification (G_APPLICATION (self), NOTIFICATION, notification);
}

static void
on_quit_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  jump_application_stop (user_data);
}

static void
on_restart_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  jump_application_restart (user_data);
}

/* The actions of the desktop file have names only; the window's have a parameter. */
static void
on_show_requests_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_action_group_activate_action (G_ACTION_GROUP (user_data),
                                  "show-page",
                                  g_variant_new_string ("requests"));
}

static void
on_try_demo_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  static const char *const arguments[] = { "--demo", "--port", "0", NULL };
  JumpApplication *self = user_data;
  g_autoptr (GError) error = NULL;

  if (!jump_application_spawn (self, arguments, &error))
    tell_problem (self, _ ("The Demo Did Not Start"), error);
}

static void
on_logs_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JumpApplication) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!g_app_info_launch_default_for_uri_finish (result, &error))
    tell_problem (self, _ ("The Folder Could Not Be Opened"), error);
}

static void
on_open_logs_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  JumpApplication *self = user_data;
  const JumpPaths *paths = jump_service_get_paths (jump_application_get_service (self));
  g_autofree char *dir = jump_log_file_build_dir (paths->data_dir);
  g_autofree char *uri = NULL;
  g_autoptr (GError) error = NULL;

  uri = g_filename_to_uri (dir, NULL, &error);
  if (uri == NULL || !jump_paths_make_private_dir (dir, &error))
    tell_problem (self, _ ("The Folder Could Not Be Opened"), error);
  else
    g_app_info_launch_default_for_uri_async (uri, NULL, NULL, on_logs_opened, g_object_ref (self));
}

/* ---- start-at-login ---- */

static void
show_autostart (JumpApplication *self, JumpAutostart *autostart)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), START_AT_LOGIN);

  g_simple_action_set_state (G_SIMPLE_ACTION (action),
                             g_variant_new_boolean (jump_autostart_get_is_on (autostart)));
}

static void
on_autostart_changed (JumpAutostart *autostart, gpointer user_data)
{
  show_autostart (user_data, autostart);
}

static void
on_autostart_set (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JumpApplication) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!jump_autostart_set_is_on_finish (JUMP_AUTOSTART (source), result, &error))
    tell_problem (self, _ ("Starting at Login Could Not Be Changed"), error);
  show_autostart (self, JUMP_AUTOSTART (source));
}

/* The state is what was asked for until the answer is there, so that a check box does not jump back
 * and forth while the desktop asks; then it is what is true. */
static void
on_autostart_state_asked (GSimpleAction *action, GVariant *state, gpointer user_data)
{
  JumpAutostart *autostart = user_data;
  JumpApplication *self = g_object_get_data (G_OBJECT (action), "application");

  g_simple_action_set_state (action, state);
  jump_autostart_set_is_on_async (autostart,
                                  g_variant_get_boolean (state),
                                  NULL,
                                  on_autostart_set,
                                  g_object_ref (self));
}

static void
add_autostart_action (JumpApplication *self, JumpAutostart *autostart)
{
  g_autoptr (GSimpleAction) action =
      g_simple_action_new_stateful (START_AT_LOGIN,
                                    NULL,
                                    g_variant_new_boolean (jump_autostart_get_is_on (autostart)));

  g_object_set_data (G_OBJECT (action), "application", self);
  g_signal_connect_object (action,
                           "change-state",
                           G_CALLBACK (on_autostart_state_asked),
                           autostart,
                           0);
  g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (action));
  g_signal_connect_object (autostart, "changed", G_CALLBACK (on_autostart_changed), self, 0);
}

/**
 * jump_application_actions_add:
 * @application: takes the actions
 * @autostart: referenced by nobody here: the application keeps it
 */
void
jump_application_actions_add (JumpApplication *application, JumpAutostart *autostart)
{
  static const GActionEntry entries[] = {
    { "quit", on_quit_activated, NULL, NULL, NULL },
    { "restart", on_restart_activated, NULL, NULL, NULL },
    { "open-logs", on_open_logs_activated, NULL, NULL, NULL },
    { "show-requests", on_show_requests_activated, NULL, NULL, NULL },
    { "try-demo", on_try_demo_activated, NULL, NULL, NULL },
  };
  gboolean is_demo = jump_service_get_is_demo (jump_application_get_service (application));

  g_action_map_add_action_entries (G_ACTION_MAP (application),
                                   entries,
                                   (int) G_N_ELEMENTS (entries) - (is_demo ? 1 : 0),
                                   application);
  add_autostart_action (application, autostart);
}
