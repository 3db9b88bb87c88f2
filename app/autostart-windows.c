/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "app/autostart.h"

#include <glib/gi18n-lib.h>
#include <windows.h>

/* A value of the user's Run key: its name is ours, its text the command. */
#define RUN_KEY    L"Software\\Microsoft\\Windows\\CurrentVersion\\Run"
#define VALUE_NAME L"Jumpseat"
/* Where the Task Manager keeps what the user has switched off there: the first byte is odd then. */
#define APPROVED_KEY                L"Software\\Microsoft\\Windows\\CurrentVersion\\Explorer\\StartupApproved\\Run"

#define JUMP_TYPE_AUTOSTART_WINDOWS (jump_autostart_windows_get_type ())
G_DECLARE_FINAL_TYPE (JumpAutostartWindows,
                      jump_autostart_windows,
                      JUMP,
                      AUTOSTART_WINDOWS,
                      GObject)

struct _JumpAutostartWindows
{
  GObject parent_instance;

  char *program; /* (owned) */
};

static void autostart_iface_init (JumpAutostartInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (JumpAutostartWindows,
                               jump_autostart_windows,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (JUMP_TYPE_AUTOSTART, autostart_iface_init))

static gboolean
is_switched_off (void)
{
  BYTE state[12] = { 0 };
  DWORD size = sizeof state;

  return RegGetValueW (HKEY_CURRENT_USER,
                       APPROVED_KEY,
                       VALUE_NAME,
                       RRF_RT_REG_BINARY,
                       NULL,
                       state,
                       &size) == ERROR_SUCCESS &&
         (state[0] & 1) != 0;
}

static LSTATUS
turn_on (JumpAutostartWindows *self)
{
  g_autofree char *command = g_strdup_printf ("\"%s\" --hidden", self->program);
  glong length = 0;
  g_autofree gunichar2 *wide = g_utf8_to_utf16 (command, -1, NULL, &length, NULL);

  if (wide == NULL)
    return ERROR_INVALID_DATA;
  RegDeleteKeyValueW (HKEY_CURRENT_USER, APPROVED_KEY, VALUE_NAME);
  return RegSetKeyValueW (HKEY_CURRENT_USER,
                          RUN_KEY,
                          VALUE_NAME,
                          REG_SZ,
                          wide,
                          (DWORD) ((gsize) (length + 1) * sizeof *wide));
}

static LSTATUS
turn_off (void)
{
  LSTATUS status = RegDeleteKeyValueW (HKEY_CURRENT_USER, RUN_KEY, VALUE_NAME);

  return status == ERROR_FILE_NOT_FOUND ? ERROR_SUCCESS : status;
}

static gboolean
jump_autostart_windows_get_is_on (JumpAutostart *autostart)
{
  return RegGetValueW (HKEY_CURRENT_USER, RUN_KEY, VALUE_NAME, RRF_RT_REG_SZ, NULL, NULL, NULL) ==
             ERROR_SUCCESS &&
         !is_switched_off ();
}

static void
jump_autostart_windows_set_is_on_async (JumpAutostart *autostart,
                                        gboolean is_on,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (autostart, cancellable, callback, user_data);
  LSTATUS status = is_on ? turn_on (JUMP_AUTOSTART_WINDOWS (autostart)) : turn_off ();

  g_task_set_source_tag (task, jump_autostart_windows_set_is_on_async);
  if (status != ERROR_SUCCESS)
    {
      g_autofree char *reason = g_win32_error_message ((int) status);

      g_task_return_new_error (task,
                               JUMP_ERROR,
                               JUMP_ERROR_STORE,
                               _ ("writing to the registry: %s"), reason);
      return;
    }
  g_task_return_boolean (task, TRUE);
  g_signal_emit_by_name (autostart, "changed");
}

static void
autostart_iface_init (JumpAutostartInterface *iface)
{
  iface->get_is_on = jump_autostart_windows_get_is_on;
  iface->set_is_on_async = jump_autostart_windows_set_is_on_async;
}

static void
jump_autostart_windows_finalize (GObject *object)
{
  g_free (JUMP_AUTOSTART_WINDOWS (object)->program);
  G_OBJECT_CLASS (jump_autostart_windows_parent_class)->finalize (object);
}

static void
jump_autostart_windows_class_init (JumpAutostartWindowsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = jump_autostart_windows_finalize;
}

static void
jump_autostart_windows_init (JumpAutostartWindows *self)
{
}

JumpAutostart *
jump_autostart_new (const char *program, const JumpPaths *paths)
{
  JumpAutostartWindows *self = g_object_new (JUMP_TYPE_AUTOSTART_WINDOWS, NULL);

  self->program = g_strdup (program);
  return JUMP_AUTOSTART (self);
}
