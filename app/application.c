/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "config.h"

#define G_LOG_DOMAIN "jumpseat-app"

#include "app/application-actions.h"
#include "app/application.h"
#include "app/autostart.h"
#include "app/desk-watch.h"
#include "app/desktop.h"
#include "app/file-limit.h"
#include "app/log-file.h"
#include "app/reload-watch.h"
#include "app/screen-module.h"
#include "app/service-manager.h"
#include "app/signal-watch.h"
#include "app/start-notice.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>

#define DEMO_ID JUMPSEAT_APP_ID ".Demo" /* runs beside the real one */

struct _JumpApplication
{
  GApplication parent_instance;

  JumpCommandContext *context; /* (unowned): outlives us */
  JumpService *service;        /* (owned) */
  JumpSignalWatch *signals;    /* (owned) (nullable) */
  JumpServiceManager *manager; /* (owned) */
  guint reload_id;
  JumpAutostart *autostart; /* (owned) (nullable): with a screen */
  JumpDeskWatch *desk;      /* (owned) (nullable): with a screen */
  GApplication *first;      /* (owned) (nullable): the instance that has our name on the bus */
  char *program;            /* (owned): how to start it once more */
  gboolean has_screen;
  gboolean is_stopping;
  gboolean restarts;         /* after it has stopped */
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
on_signal_received (gpointer user_data)
{
  JumpApplication *self = user_data;

  /* whoever asks twice does not want to wait for streams to end */
  if (self->is_stopping)
    exit (JUMP_EXIT_INTERRUPTED);
  jump_application_stop (self);
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
    jump_log_writer_set_level (self->context->log, jump_settings_get_string (settings, key));
  if (key == JUMP_KEY_SCREEN_LANGUAGE && self->has_screen)
    jump_language_choose (self->context->language, jump_settings_get_string (settings, key));
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

static gboolean
on_reload_asked (gpointer user_data)
{
  JumpApplication *self = user_data;
  g_autoptr (GError) error = NULL;

  if (self->is_stopping)
    return G_SOURCE_CONTINUE;
  jump_service_manager_tell_reloading (self->manager);
  g_message ("reading the settings again");
  if (!jump_settings_load (self->context->settings, &error))
    on_settings_problem (self->context->settings, error, self);
  /* whoever does not listen yet tells it when it does */
  if (jump_service_get_url (self->service) != NULL)
    jump_service_manager_tell_ready (self->manager);
  return G_SOURCE_CONTINUE;
}

/* ---- starting ---- */

static void
refuse_busy_port (JumpApplication *self, const GError *error)
{
  guint free_port = jump_service_get_free_port (self->service);

  g_printerr ("jumpseat: %s\n", error->message);
  if (free_port != 0)
    g_printerr (_ ("Start with --port %u, or set server.port.\n"), free_port);
  else
    g_printerr ("%s", _ ("Start with another --port, or set server.port.\n"));
}

static gboolean
listen_and_tell (JumpApplication *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (!jump_service_listen (self->service, &error))
    {
      self->exit_code = jump_exit_code_for_error (error);
      /* Whoever reads why it does not start is not helped by signing in. */
      self->has_told_account = TRUE;
      jump_service_manager_tell_failure (self->manager, error->message);
      if (self->first != NULL && self->exit_code == JUMP_EXIT_BUSY_PORT)
        g_print ("%s", _ ("Jumpseat is already running.\n"));
      else if (g_error_matches (error, JUMP_ERROR, JUMP_ERROR_BUSY_PORT))
        refuse_busy_port (self, error);
      else
        jump_exit_with_error (error);
      return FALSE;
    }
  text = jump_start_notice_describe_addresses (
      jump_service_get_url (self->service),
      jump_service_get_is_demo (self->service),
      jump_settings_get_boolean (self->context->settings, JUMP_KEY_SERVER_REQUIRE_KEY));
  g_print ("%s", text);
  tell_account (self);
  jump_service_manager_tell_ready (self->manager);
  return TRUE;
}

/* Two starts at the same moment, as at a login: neither finds the other's control file, but only one
 * gets the port and the name. */
static gboolean
show_first (JumpApplication *self)
{
  if (self->first == NULL)
    return FALSE;
  if (!self->context->options.hidden)
    {
      g_application_activate (self->first);
      g_dbus_connection_flush_sync (g_application_get_dbus_connection (self->first), NULL, NULL);
    }
  self->exit_code = JUMP_EXIT_OK;
  return TRUE;
}

static void
open_log_file (JumpApplication *self)
{
  g_autofree char *dir = jump_log_file_build_dir (self->context->paths->data_dir);
  gboolean is_demo = jump_service_get_is_demo (self->service);

  jump_log_writer_take_file (self->context->log,
                             jump_log_file_new (dir, is_demo ? "demo" : "jumpseat"));
  g_message ("Jumpseat %s has started", JUMPSEAT_VERSION);
}

static gboolean
open_screen (JumpApplication *self)
{
  const JumpOptions *options = &self->context->options;
  g_autoptr (GError) error = NULL;

  open_log_file (self);
  self->autostart = jump_autostart_new (self->program, self->context->paths);
  jump_application_actions_add (self, self->autostart);
  if (!jump_screen_module_open (G_APPLICATION (self),
                                self->service,
                                !options->hidden && !options->is_bus_start,
                                &error))
    {
      g_message ("%s, running without a window", error->message);
      return FALSE;
    }
  self->desk = jump_desk_watch_new (self->service);
  return TRUE;
}

/* A screen shows that there is no port, and offers another one. */
static void
start (JumpApplication *self)
{
  gboolean is_listening = listen_and_tell (self);
  gboolean is_shown;

  if (!is_listening && (!self->has_screen || show_first (self)))
    return;
  g_application_hold (G_APPLICATION (self));
  is_shown = self->has_screen && open_screen (self);
  if (is_listening)
    return;
  if (is_shown)
    self->exit_code = JUMP_EXIT_OK;
  else
    g_application_release (G_APPLICATION (self));
}

/* Instead of registering: that would open the session bus, with a thread of its own, for nothing
 * when there is no screen. The loop of g_application_run() goes on as long as the application is
 * held. */
static gboolean
jump_application_local_command_line (GApplication *application, char ***arguments, int *exit_status)
{
  JumpApplication *self = JUMP_APPLICATION (application);

  *exit_status = 0;
  /* before anybody can know that we run, and so end us */
  self->signals = jump_signal_watch_new (on_signal_received, self);
  self->reload_id = jump_reload_watch_add (on_reload_asked, self);
  start (self);
  return TRUE;
}

/* The screen shows its window at the signal. */
static void
jump_application_activate (GApplication *application)
{
}

static void
jump_application_dispose (GObject *object)
{
  JumpApplication *self = JUMP_APPLICATION (object);

  g_clear_pointer (&self->signals, jump_signal_watch_free);
  g_clear_handle_id (&self->reload_id, g_source_remove);
  g_clear_pointer (&self->manager, jump_service_manager_free);
  g_clear_pointer (&self->desk, jump_desk_watch_free);
  g_clear_object (&self->autostart);
  g_clear_object (&self->first);
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
jump_application_finalize (GObject *object)
{
  g_free (JUMP_APPLICATION (object)->program);
  G_OBJECT_CLASS (jump_application_parent_class)->finalize (object);
}

static void
jump_application_class_init (JumpApplicationClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jump_application_dispose;
  G_OBJECT_CLASS (klass)->finalize = jump_application_finalize;
  G_APPLICATION_CLASS (klass)->activate = jump_application_activate;
  G_APPLICATION_CLASS (klass)->local_command_line = jump_application_local_command_line;
}

static void
jump_application_init (JumpApplication *self)
{
}

/* ---- the whole run ---- */

static JumpApplication *
new_application (JumpCommandContext *context, GApplicationFlags flags)
{
  return g_object_new (JUMP_TYPE_APPLICATION,
                       "application-id",
                       context->options.demo ? DEMO_ID : JUMPSEAT_APP_ID,
                       "flags",
                       flags,
                       NULL);
}

static void
register_on_bus (JumpApplication *self)
{
  g_autoptr (GError) error = NULL;

  if (!g_application_register (G_APPLICATION (self), NULL, &error))
    g_message ("the desktop will not find this instance: %s", error->message);
}

/* Another instance, at another port, may have the name: then we go on beside it without one. */
static JumpApplication *
new_registered (JumpCommandContext *context)
{
  JumpApplication *self = new_application (context, G_APPLICATION_DEFAULT_FLAGS);
  GApplication *first;

  register_on_bus (self);
  if (!g_application_get_is_registered (G_APPLICATION (self)) ||
      !g_application_get_is_remote (G_APPLICATION (self)))
    return self;
  first = G_APPLICATION (self);
  self = new_application (context, G_APPLICATION_NON_UNIQUE);
  self->first = first;
  g_application_set_default (G_APPLICATION (self));
  register_on_bus (self);
  return self;
}

static gboolean
wants_screen (const JumpOptions *options)
{
  if (options->no_gui || !jump_desktop_has_display ())
    return FALSE;
  if (jump_screen_module_is_installed ())
    return TRUE;
  g_info ("no screen module is installed, running without a window");
  return FALSE;
}

static void
take_service (JumpApplication *self)
{
  JumpSettings *settings = self->context->settings;

  /* Without a window there is still the dashboard. */
  self->service = jump_command_context_build_service (self->context, self->has_screen, TRUE);
  self->manager = jump_service_manager_new (self->service, self->context->activation);
  g_signal_connect (jump_service_get_account (self->service),
                    "changed",
                    G_CALLBACK (on_account_changed),
                    self);
  g_signal_connect_swapped (self->service,
                            "stop-requested",
                            G_CALLBACK (jump_application_stop),
                            self);
  g_signal_connect (settings, "changed", G_CALLBACK (on_setting_changed), self);
  g_signal_connect (settings, "problem", G_CALLBACK (on_settings_problem), self);
  jump_settings_watch (settings);
}

/* Without what kept the window closed: whoever asks for a restart sits in front of it. */
static char **
build_restart_arguments (const char *program, char **arguments)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  g_strv_builder_add (builder, program);
  for (guint i = 1; arguments[0] != NULL && arguments[i] != NULL; i++)
    {
      if (!g_str_equal (arguments[i], "--hidden") &&
          !g_str_equal (arguments[i], "--gapplication-service"))
        g_strv_builder_add (builder, arguments[i]);
    }
  return g_strv_builder_end (builder);
}

static JumpExitCode
start_again (JumpCommandContext *context, const char *program)
{
  g_auto (GStrv) arguments = build_restart_arguments (program, context->arguments);
  g_autoptr (GError) error = NULL;

  jump_language_choose (context->language, "system"); /* the environment as it was */
  jump_activation_restore (context->activation);
  jump_environment_tokens_restore (context->given);
  jump_desktop_replace_program (arguments, &error);
  return jump_exit_with_error (error);
}

/**
 * jump_application_run:
 * @context: with settings loaded; its tokens go to the service
 *
 * Listens, then runs the main loop until a signal, the control route or an action asks it to stop.
 *
 * Returns: the exit status
 */
JumpExitCode
jump_application_run (JumpCommandContext *context)
{
  gboolean has_screen = wants_screen (&context->options);
  g_autoptr (JumpApplication) self = NULL;
  g_autofree char *program = NULL;
  JumpExitCode code;

  jump_file_limit_raise ();
  self =
      has_screen ? new_registered (context) : new_application (context, G_APPLICATION_NON_UNIQUE);
  self->context = context;
  self->has_screen = has_screen;
  self->program = jump_desktop_find_program (context->arguments[0]);
  if (has_screen)
    jump_language_choose (context->language,
                          jump_settings_get_string (context->settings, JUMP_KEY_SCREEN_LANGUAGE));
  take_service (self);
  g_application_run (G_APPLICATION (self), 0, NULL);
  code = self->exit_code;
  if (self->restarts)
    program = g_strdup (self->program);
  g_clear_object (&self);
  return program == NULL ? code : start_again (context, program);
}

JumpService *
jump_application_get_service (JumpApplication *self)
{
  return self->service;
}

/**
 * jump_application_stop:
 * @self: the program
 *
 * Calls after the first change nothing.
 */
void
jump_application_stop (JumpApplication *self)
{
  if (self->is_stopping)
    return;
  self->is_stopping = TRUE;
  if (self->restarts)
    jump_service_manager_tell_reloading (self->manager);
  else
    jump_service_manager_tell_stopping (self->manager);
  jump_service_stop_async (self->service, on_service_stopped, g_object_ref (self));
}

void
jump_application_restart (JumpApplication *self)
{
  self->restarts = TRUE;
  jump_application_stop (self);
}

/**
 * jump_application_spawn:
 * @self: the program
 * @arguments: what stands behind its name
 * @error: why it could not be started
 *
 * The other one lives on when this one ends, and does not get the language that was chosen here.
 *
 * Returns: whether it was started
 */
gboolean
jump_application_spawn (JumpApplication *self, const char *const *arguments, GError **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) words = NULL;

  g_strv_builder_add (builder, self->program);
  g_strv_builder_addv (builder, (const char **) arguments);
  words = g_strv_builder_end (builder);
  return jump_desktop_spawn (words, error);
}
