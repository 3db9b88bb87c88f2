/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#define G_LOG_DOMAIN "jumpseat-app"

#include "app/autostart-portal.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#define PORTAL_NAME      "org.freedesktop.portal.Desktop"
#define PORTAL_PATH      "/org/freedesktop/portal/desktop"
#define BACKGROUND_IFACE "org.freedesktop.portal.Background"
#define REQUEST_IFACE    "org.freedesktop.portal.Request"
#define MARK_NAME        "starts-at-login"
#define MAX_WAIT_SECONDS \
  120 /* a person reads the question first; a portal that died says nothing */
#define RESPONSE_ALLOWED   0
#define RESPONSE_CANCELLED 1

struct _JumpAutostartPortal
{
  GObject parent_instance;

  char *mark; /* (owned): a file that is there when it is on */
};

/* One question to the portal: it answers with a signal of an object that exists for that alone. */
typedef struct
{
  GDBusConnection *bus; /* (owned) */
  char *token;          /* (owned) */
  char *expected_path;  /* (owned) (nullable): where new portals answer */
  char *path;           /* (owned) (nullable): where this one says that it will */
  gboolean is_on;
  gboolean is_over;
  guint response_id;
  guint limit_id;
} Question;

static void autostart_iface_init (JumpAutostartInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (JumpAutostartPortal,
                               jump_autostart_portal,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (JUMP_TYPE_AUTOSTART, autostart_iface_init))

static void
stop_listening (Question *question)
{
  if (question->response_id != 0)
    g_dbus_connection_signal_unsubscribe (question->bus, question->response_id);
  question->response_id = 0;
  g_clear_handle_id (&question->limit_id, g_source_remove);
}

static void
question_free (gpointer data)
{
  Question *question = data;

  stop_listening (question);
  g_clear_object (&question->bus);
  g_free (question->token);
  g_free (question->expected_path);
  g_free (question->path);
  g_free (question);
}

static gboolean
keep_answer (JumpAutostartPortal *self, gboolean is_on, GError **error)
{
  g_autofree char *dir = g_path_get_dirname (self->mark);

  if (is_on)
    return jump_paths_make_private_dir (dir, error) &&
           g_file_set_contents_full (self->mark, "", 0, G_FILE_SET_CONTENTS_NONE, 0600, error);
  if (g_unlink (self->mark) != 0 && errno != ENOENT)
    {
      g_set_error (error,
                   JUMP_ERROR,
                   JUMP_ERROR_STORE,
                   _ ("removing %s: %s"), self->mark, g_strerror (errno));
      return FALSE;
    }
  return TRUE;
}

/* @problem: (transfer full) (nullable) */
static void
finish (GTask *task, GError *problem)
{
  JumpAutostartPortal *self = g_task_get_source_object (task);
  Question *question = g_task_get_task_data (task);
  GError *error = problem;
  gboolean was_on = jump_autostart_get_is_on (JUMP_AUTOSTART (self));

  stop_listening (question);
  if (question->is_over)
    {
      g_clear_error (&error);
      return;
    }
  question->is_over = TRUE;
  if (error == NULL && keep_answer (self, question->is_on, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
  if (jump_autostart_get_is_on (JUMP_AUTOSTART (self)) != was_on)
    g_signal_emit_by_name (self, "changed");
}

static void
on_response_received (GDBusConnection *bus,
                      const char *sender,
                      const char *path,
                      const char *interface,
                      const char *signal,
                      GVariant *parameters,
                      gpointer user_data)
{
  g_autoptr (GTask) task = g_object_ref (user_data);
  Question *question = g_task_get_task_data (task);
  g_autoptr (GVariant) results = NULL;
  GError *error = NULL;
  gboolean is_on = FALSE;
  guint32 response;

  if (g_strcmp0 (path, question->expected_path) != 0 && g_strcmp0 (path, question->path) != 0)
    return;
  g_variant_get (parameters, "(u@a{sv})", &response, &results);
  g_variant_lookup (results, "autostart", "b", &is_on);
  if (response == RESPONSE_CANCELLED || (response == RESPONSE_ALLOWED && is_on != question->is_on))
    error = g_error_new_literal (JUMP_ERROR,
                                 JUMP_ERROR_FORBIDDEN,
                                 _ ("the desktop's settings do not allow it"));
  else if (response != RESPONSE_ALLOWED)
    error = g_error_new_literal (JUMP_ERROR,
                                 JUMP_ERROR_UNAVAILABLE,
                                 _ ("the desktop did not answer the question"));
  finish (task, error);
}

/* To the answers of all questions: the address of ours is certain only when it may be too late to
 * begin listening. */
static void
start_listening (GTask *task)
{
  Question *question = g_task_get_task_data (task);

  question->response_id = g_dbus_connection_signal_subscribe (question->bus,
                                                              PORTAL_NAME,
                                                              REQUEST_IFACE,
                                                              "Response",
                                                              NULL,
                                                              NULL,
                                                              G_DBUS_SIGNAL_FLAGS_NONE,
                                                              on_response_received,
                                                              g_object_ref (task),
                                                              g_object_unref);
}

static gboolean
on_wait_over (gpointer user_data)
{
  g_autoptr (GTask) task = g_object_ref (user_data);
  Question *question = g_task_get_task_data (task);

  question->limit_id = 0;
  finish (task,
          g_error_new_literal (JUMP_ERROR,
                               JUMP_ERROR_UNAVAILABLE,
                               _ ("the desktop did not answer the question")));
  return G_SOURCE_REMOVE;
}

/* Where the answer comes, unless the portal is an old one: the address of the asker is part of it. */
static char *
build_request_path (Question *question)
{
  g_autofree char *sender = g_strdup (g_dbus_connection_get_unique_name (question->bus) + 1);

  g_strdelimit (sender, ".", '_');
  return g_strdup_printf (PORTAL_PATH "/request/%s/%s", sender, question->token);
}

static GVariant *
build_options (Question *question)
{
  static const char *const command[] = { "jumpseat", "--hidden", NULL };
  GVariantBuilder options;

  g_variant_builder_init (&options, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&options, "{sv}", "handle_token", g_variant_new_string (question->token));
  g_variant_builder_add (
      &options,
      "{sv}",
      "reason",
      g_variant_new_string (_ ("Jumpseat serves your tools from when you log in.")));
  g_variant_builder_add (&options, "{sv}", "autostart", g_variant_new_boolean (question->is_on));
  g_variant_builder_add (&options, "{sv}", "commandline", g_variant_new_strv (command, -1));
  return g_variant_builder_end (&options);
}

static void
on_question_asked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Question *question = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer =
      g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  if (answer == NULL)
    {
      g_debug ("the background portal: %s", error->message);
      finish (task,
              g_error_new_literal (JUMP_ERROR,
                                   JUMP_ERROR_UNAVAILABLE,
                                   _ ("this desktop does not let sandboxed programs start at "
                                      "login")));
      return;
    }
  g_free (question->path);
  g_variant_get (answer, "(o)", &question->path);
}

static void
ask (GTask *task)
{
  Question *question = g_task_get_task_data (task);

  question->expected_path = build_request_path (question);
  start_listening (task);
  question->limit_id = g_timeout_add_seconds_full (G_PRIORITY_DEFAULT,
                                                   MAX_WAIT_SECONDS,
                                                   on_wait_over,
                                                   g_object_ref (task),
                                                   g_object_unref);
  g_dbus_connection_call (question->bus,
                          PORTAL_NAME,
                          PORTAL_PATH,
                          BACKGROUND_IFACE,
                          "RequestBackground",
                          g_variant_new ("(s@a{sv})", "", build_options (question)),
                          G_VARIANT_TYPE ("(o)"),
                          G_DBUS_CALL_FLAGS_NONE,
                          -1,
                          NULL,
                          on_question_asked,
                          g_object_ref (task));
}

static void
on_bus_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Question *question = g_task_get_task_data (task);
  GError *error = NULL;

  question->bus = g_bus_get_finish (result, &error);
  if (question->bus != NULL)
    ask (task);
  else
    finish (task, error);
}

static gboolean
jump_autostart_portal_get_is_on (JumpAutostart *autostart)
{
  return g_file_test (JUMP_AUTOSTART_PORTAL (autostart)->mark, G_FILE_TEST_EXISTS);
}

static void
jump_autostart_portal_set_is_on_async (JumpAutostart *autostart,
                                       gboolean is_on,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (autostart, cancellable, callback, user_data);
  Question *question = g_new0 (Question, 1);

  g_task_set_source_tag (task, jump_autostart_portal_set_is_on_async);
  question->is_on = is_on;
  question->token = g_strdup_printf ("jumpseat%u", g_random_int ());
  g_task_set_task_data (task, question, question_free);
  g_bus_get (G_BUS_TYPE_SESSION, cancellable, on_bus_found, g_steal_pointer (&task));
}

static void
autostart_iface_init (JumpAutostartInterface *iface)
{
  iface->get_is_on = jump_autostart_portal_get_is_on;
  iface->set_is_on_async = jump_autostart_portal_set_is_on_async;
}

static void
jump_autostart_portal_finalize (GObject *object)
{
  g_free (JUMP_AUTOSTART_PORTAL (object)->mark);
  G_OBJECT_CLASS (jump_autostart_portal_parent_class)->finalize (object);
}

static void
jump_autostart_portal_class_init (JumpAutostartPortalClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = jump_autostart_portal_finalize;
}

static void
jump_autostart_portal_init (JumpAutostartPortal *self)
{
}

/**
 * jump_autostart_portal_new:
 * @data_dir: where the last answer is kept
 *
 * Returns: (transfer full): the way out of a sandbox
 */
JumpAutostart *
jump_autostart_portal_new (const char *data_dir)
{
  JumpAutostartPortal *self = g_object_new (JUMP_TYPE_AUTOSTART_PORTAL, NULL);

  self->mark = g_build_filename (data_dir, MARK_NAME, NULL);
  return JUMP_AUTOSTART (self);
}

/**
 * jump_autostart_portal_is_needed:
 *
 * Returns: whether we are in a Flatpak, whose autostart folder no desktop looks at
 */
gboolean
jump_autostart_portal_is_needed (void)
{
  return jump_sandbox_is_flatpak ();
}
