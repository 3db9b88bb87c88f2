/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#define G_LOG_DOMAIN "jumpseat-secret"

#include "service/secret/secret-service-open.h"

#include "service/base/error.h"

/* GDBus would otherwise start a bus of its own (dbus-launch), with a keyring on it that nobody
 * sees. */
static gboolean
has_session_bus (void)
{
  const char *address = g_getenv ("DBUS_SESSION_BUS_ADDRESS");
  const char *runtime_dir = g_getenv ("XDG_RUNTIME_DIR");
  g_autofree char *path = NULL;

  if (address != NULL && *address != '\0')
    return TRUE;
  if (runtime_dir == NULL || *runtime_dir == '\0')
    return FALSE;
  path = g_build_filename (runtime_dir, "bus", NULL);
  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static void
on_service_got (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  SecretService *service;
  GError *error = NULL;

  service = secret_service_get_finish (result, &error);
  if (service == NULL)
    g_task_return_error (task, jump_secret_service_explain ("opening the secret service", error));
  else
    g_task_return_pointer (task, service, g_object_unref);
}

static void
on_bus_connected (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GDBusConnection) bus = NULL;
  GError *error = NULL;

  bus = g_bus_get_finish (result, &error);
  if (bus == NULL)
    {
      g_task_return_error (task,
                           jump_secret_service_explain ("connecting to the session bus", error));
      return;
    }
  /* The service outlives a desktop session that ends; GDBus would kill it with the bus. */
  g_dbus_connection_set_exit_on_close (bus, FALSE);
  /* The session encrypts what goes over the bus; without it nothing can be read or saved. */
  secret_service_get (SECRET_SERVICE_OPEN_SESSION,
                      g_task_get_cancellable (task),
                      on_service_got,
                      g_object_ref (task));
}

void
jump_secret_service_open_async (GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, jump_secret_service_open_async);
  if (has_session_bus ())
    g_bus_get (G_BUS_TYPE_SESSION, cancellable, on_bus_connected, g_object_ref (task));
  else
    g_task_return_new_error (task, JUMP_ERROR, JUMP_ERROR_STORE, "no session bus");
}

/**
 * jump_secret_service_open_finish:
 * @error: JUMP_ERROR_STORE: "no session bus", "no secret service on the session bus" or what else
 *   is missing
 */
SecretService *
jump_secret_service_open_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * jump_secret_service_explain:
 * @what: what was attempted, such as "saving in the keyring"
 * @error: (transfer full): of libsecret or GDBus
 *
 * Returns: (transfer full)
 */
GError *
jump_secret_service_explain (const char *what, GError *error)
{
  g_autoptr (GError) cause = error;

  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return g_steal_pointer (&cause);
  g_dbus_error_strip_remote_error (cause);
  g_debug ("%s: %s", what, cause->message);
  if (g_error_matches (cause, G_DBUS_ERROR, G_DBUS_ERROR_SERVICE_UNKNOWN) ||
      g_error_matches (cause, G_DBUS_ERROR, G_DBUS_ERROR_NAME_HAS_NO_OWNER))
    return g_error_new (JUMP_ERROR, JUMP_ERROR_STORE, "no secret service on the session bus");
  return g_error_new (JUMP_ERROR, JUMP_ERROR_STORE, "%s: %s", what, cause->message);
}
