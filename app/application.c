/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "config.h"

#define G_LOG_DOMAIN "jumpseat-app"

#include "app/application.h"
#include "app/desktop.h"
#include "app/file-limit.h"
#include "app/screen-module.h"
#include "app/signal-watch.h"
#include "app/start-notice.h"

#include <stdlib.h>

struct _JumpApplication
{
  GApplication parent_instance;

  JumpService *service;     /* (owned) */
  JumpSignalWatch *signals; /* (owned) (nullable) */
  JumpLogWriter *log;       /* (unowned): lives as long as the process */
  gboolean no_gui;
  gboolean is_stopping;
  gboolean has_told_account; /* nobody has to read twice that nobody is signed in */
  JumpExitCode exit_code;
};

G_DEFINE_TYPE (JumpApplication, jump_application, G_TYPE_APPLICATION)

static void
on_service_stopped (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JumpApplication) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!jump_service_stop_finish (self->service, result, &error))
    g_message ("stopping: %s", error->message);
  g_application_quit (G_APPLICATION (self));
}

static void
stop (JumpApplication *self)
{
  if (self->is_stopping)
    return;
  self->is_stopping = TRUE;
  jump_service_stop_async (self->service, on_service_stopped, g_object_ref (self));
}

static void
on_signal_received (gpointer user_data)
{
  JumpApplication *self = user_data;

  /* whoever asks twice does not want to wait for streams to end */
  if (self->is_stopping)
    exit (JUMP_EXIT_INTERRUPTED);
  stop (self);
}

static void
tell_account (JumpApplication *self)
{
  JumpAccount *account = jump_service_get_account (self->service);
  g_autofree char *text = NULL;

  if (self->has_told_account || jump_account_get_state (account) == JUMP_ACCOUNT_LOADING)
    return;
  self->has_told_account = TRUE;
  if (jump_account_get_state (account) == JUMP_ACCOUNT_SIGNED_IN)
    return;
  text = jump_start_notice_describe_signed_out ();
  g_print ("%s", text);
}

static void
on_account_changed (JumpAccount *account, JumpApplication *self)
{
  tell_account (self);
}

static void
on_setting_changed (JumpSettings *settings, JumpSettingKey key, JumpApplication *self)
{
  const JumpSettingRow *row = jump_setting_row (key);

  if (key == JUMP_KEY_LOG_LEVEL)
    jump_log_writer_set_level (self->log, jump_settings_get_string (settings, key));
  g_message ("setting %s.%s changed%s",
             row->group,
             row->name,
             row->needs_restart ? "; it takes effect when Jumpseat is started again" : "");
}

static void
on_settings_problem (JumpSettings *settings, const GError *error, JumpApplication *self)
{
  g_warning ("%s; the values of before stay in force", error->message);
}

static void
open_screen (JumpApplication *self)
{
  g_autoptr (GError) error = NULL;

  if (self->no_gui || !jump_desktop_has_display ())
    return;
  if (!g_application_register (G_APPLICATION (self), NULL, &error))
    {
      g_info ("%s, running without a window", error->message);
      return;
    }
  if (!jump_screen_module_open (G_APPLICATION (self), self->service, TRUE, &error))
    g_info ("%s, running without a window", error->message);
}

static void
refuse_busy_port (JumpApplication *self, const GError *error)
{
  guint free_port = jump_service_get_free_port (self->service);

  g_printerr ("jumpseat: %s\n", error->message);
  if (free_port != 0)
    g_printerr ("Start with --port %u, or set server.port.\n", free_port);
  else
    g_printerr ("Start with another --port, or set server.port.\n");
}

static gboolean
listen_and_tell (JumpApplication *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (!jump_service_listen (self->service, &error))
    {
      self->exit_code = jump_exit_code_for_error (error);
      if (g_error_matches (error, JUMP_ERROR, JUMP_ERROR_BUSY_PORT))
        refuse_busy_port (self, error);
      else
        jump_exit_with_error (error);
      return FALSE;
    }
  text = jump_start_notice_describe_addresses (jump_service_get_url (self->service),
                                               jump_service_get_is_demo (self->service));
  g_print ("%s", text);
  tell_account (self);
  return TRUE;
}

/* Instead of registering: that would open the session bus, with a thread of its own, for nothing.
 * The loop of g_application_run() goes on as long as the application is held. */
static gboolean
jump_application_local_command_line (GApplication *application, char ***arguments, int *exit_status)
{
  JumpApplication *self = JUMP_APPLICATION (application);

  *exit_status = 0;
  /* before anybody can know that we run, and so end us */
  self->signals = jump_signal_watch_new (on_signal_received, self);
  if (!listen_and_tell (self))
    return TRUE;
  g_application_hold (application);
  open_screen (self);
  return TRUE;
}

static void
jump_application_dispose (GObject *object)
{
  JumpApplication *self = JUMP_APPLICATION (object);

  g_clear_pointer (&self->signals, jump_signal_watch_free);
  if (self->service != NULL)
    {
      g_signal_handlers_disconnect_by_data (jump_service_get_account (self->service), self);
      g_signal_handlers_disconnect_by_data (jump_service_get_settings (self->service), self);
      g_signal_handlers_disconnect_by_data (self->service, self);
      g_clear_object (&self->service);
    }
  G_OBJECT_CLASS (jump_application_parent_class)->dispose (object);
}

static void
jump_application_class_init (JumpApplicationClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jump_application_dispose;
  G_APPLICATION_CLASS (klass)->local_command_line = jump_application_local_command_line;
}

static void
jump_application_init (JumpApplication *self)
{
}

/**
 * jump_application_run:
 * @context: with settings loaded; its tokens go to the service
 *
 * Listens, then runs the main loop until a signal or the control route asks it to stop.
 *
 * Returns: the exit status
 */
JumpExitCode
jump_application_run (JumpCommandContext *context)
{
  g_autoptr (JumpApplication) self = NULL;
  gboolean has_screen = !context->options.no_gui && jump_desktop_has_display ();

  jump_file_limit_raise ();
  self = g_object_new (JUMP_TYPE_APPLICATION,
                       "application-id",
                       JUMPSEAT_APP_ID,
                       "flags",
                       G_APPLICATION_NON_UNIQUE,
                       NULL);
  self->no_gui = context->options.no_gui;
  self->log = context->log;
  self->service = jump_command_context_build_service (context, has_screen);
  g_signal_connect (jump_service_get_account (self->service),
                    "changed",
                    G_CALLBACK (on_account_changed),
                    self);
  g_signal_connect_swapped (self->service, "stop-requested", G_CALLBACK (stop), self);
  g_signal_connect (context->settings, "changed", G_CALLBACK (on_setting_changed), self);
  g_signal_connect (context->settings, "problem", G_CALLBACK (on_settings_problem), self);
  jump_settings_watch (context->settings);
  g_application_run (G_APPLICATION (self), 0, NULL);
  return self->exit_code;
}
