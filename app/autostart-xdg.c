/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "config.h"

#define G_LOG_DOMAIN "jumpseat-app"

#include "app/autostart-xdg.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#define GROUP G_KEY_FILE_DESKTOP_GROUP
#define KEY_ENABLED \
  "X-GNOME-Autostart-enabled" /* written by GNOME, MATE and Cinnamon's own settings */
#define FILE_MODE 0644

struct _JumpAutostartXdg
{
  GObject parent_instance;

  char *program;         /* (owned) */
  char *path;            /* (owned): the user's file */
  GFileMonitor *monitor; /* (owned) (nullable) */
  gboolean was_on;       /* when last looked at */
};

static void autostart_iface_init (JumpAutostartInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (JumpAutostartXdg,
                               jump_autostart_xdg,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (JUMP_TYPE_AUTOSTART, autostart_iface_init))

/* The machine's administrator may have put a file of the same name where all users get it. */
static char *
find_common_file (const char *name)
{
  const char *const *dirs = g_get_system_config_dirs ();

  for (guint i = 0; dirs[i] != NULL; i++)
    {
      g_autofree char *path = g_build_filename (dirs[i], "autostart", name, NULL);

      if (g_file_test (path, G_FILE_TEST_EXISTS))
        return g_steal_pointer (&path);
    }
  return NULL;
}

static gboolean
get_flag (GKeyFile *file, const char *key, gboolean fallback)
{
  g_autoptr (GError) error = NULL;
  gboolean value = g_key_file_get_boolean (file, GROUP, key, &error);

  return error == NULL ? value : fallback;
}

static gboolean
is_starting (const char *path)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();

  return g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, NULL) &&
         g_key_file_has_key (file, GROUP, G_KEY_FILE_DESKTOP_KEY_EXEC, NULL) &&
         !get_flag (file, G_KEY_FILE_DESKTOP_KEY_HIDDEN, FALSE) &&
         get_flag (file, KEY_ENABLED, TRUE);
}

static gboolean
look (JumpAutostartXdg *self)
{
  g_autofree char *name = NULL;
  g_autofree char *common = NULL;

  if (g_file_test (self->path, G_FILE_TEST_EXISTS))
    return is_starting (self->path);
  name = g_path_get_basename (self->path);
  common = find_common_file (name);
  return common != NULL && is_starting (common);
}

static void
note_state (JumpAutostartXdg *self)
{
  gboolean is_on = look (self);

  if (is_on == self->was_on)
    return;
  self->was_on = is_on;
  g_signal_emit_by_name (self, "changed");
}

static void
on_file_changed (GFileMonitor *monitor,
                 GFile *file,
                 GFile *other,
                 GFileMonitorEvent event,
                 gpointer user_data)
{
  note_state (user_data);
}

/* Only once the folder is there: what is waited for in a folder that does not exist, GIO looks for
 * every few seconds. */
static void
watch (JumpAutostartXdg *self)
{
  g_autoptr (GFile) file = g_file_new_for_path (self->path);
  g_autofree char *dir = g_path_get_dirname (self->path);

  if (self->monitor != NULL || !g_file_test (dir, G_FILE_TEST_IS_DIR))
    return;
  self->monitor = g_file_monitor_file (file, G_FILE_MONITOR_NONE, NULL, NULL);
  if (self->monitor != NULL)
    g_signal_connect (self->monitor, "changed", G_CALLBACK (on_file_changed), self);
}

/* Quoted as the Desktop Entry Specification wants it; % begins a field code there. */
static char *
build_command (const char *program)
{
  GString *text = g_string_new ("\"");

  for (const char *at = program; *at != '\0'; at++)
    {
      if (strchr ("\"`$\\", *at) != NULL)
        g_string_append_c (text, '\\');
      if (*at == '%')
        g_string_append_c (text, '%');
      g_string_append_c (text, *at);
    }
  g_string_append (text, "\" --hidden");
  if (strpbrk (program, " \t\"'\\><~|&;$*?#()`%") == NULL)
    {
      g_string_truncate (text, 0);
      g_string_append_printf (text, "%s --hidden", program);
    }
  return g_string_free (text, FALSE);
}

/* Somebody may have added options to the command: it stays, as long as its program is there. */
static gboolean
is_command_usable (GKeyFile *file)
{
  g_autofree char *command = g_key_file_get_string (file, GROUP, G_KEY_FILE_DESKTOP_KEY_EXEC, NULL);
  g_auto (GStrv) words = NULL;
  g_autofree char *found = NULL;

  if (command == NULL || !g_shell_parse_argv (command, NULL, &words, NULL))
    return FALSE;
  found = g_find_program_in_path (words[0]);
  return found != NULL;
}

static void
fill (JumpAutostartXdg *self, GKeyFile *file)
{
  g_autofree char *command = build_command (self->program);

  if (!g_key_file_has_key (file, GROUP, G_KEY_FILE_DESKTOP_KEY_TYPE, NULL))
    g_key_file_set_string (file,
                           GROUP,
                           G_KEY_FILE_DESKTOP_KEY_TYPE,
                           G_KEY_FILE_DESKTOP_TYPE_APPLICATION);
  if (!g_key_file_has_key (file, GROUP, G_KEY_FILE_DESKTOP_KEY_NAME, NULL))
    g_key_file_set_string (file, GROUP, G_KEY_FILE_DESKTOP_KEY_NAME, "Jumpseat");
  if (!g_key_file_has_key (file, GROUP, G_KEY_FILE_DESKTOP_KEY_ICON, NULL))
    g_key_file_set_string (file, GROUP, G_KEY_FILE_DESKTOP_KEY_ICON, JUMPSEAT_APP_ID);
  if (!is_command_usable (file))
    g_key_file_set_string (file, GROUP, G_KEY_FILE_DESKTOP_KEY_EXEC, command);
  g_key_file_remove_key (file, GROUP, G_KEY_FILE_DESKTOP_KEY_HIDDEN, NULL);
  g_key_file_set_boolean (file, GROUP, KEY_ENABLED, TRUE);
}

static gboolean
save (JumpAutostartXdg *self, GKeyFile *file, GError **error)
{
  g_autofree char *dir = g_path_get_dirname (self->path);
  g_autofree char *text = g_key_file_to_data (file, NULL, NULL);
  g_autoptr (GError) write_error = NULL;

  if (g_mkdir_with_parents (dir, 0700) == 0 &&
      g_file_set_contents_full (self->path,
                                text,
                                -1,
                                G_FILE_SET_CONTENTS_CONSISTENT,
                                FILE_MODE,
                                &write_error))
    return TRUE;
  g_set_error (error,
               JUMP_ERROR,
               JUMP_ERROR_STORE,
               _ ("writing %s: %s"),
                  self->path,
                  write_error != NULL ? write_error->message : g_strerror (errno));
  return FALSE;
}

static gboolean
turn_on (JumpAutostartXdg *self, GError **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();

  /* a file that cannot be read is written anew */
  g_key_file_load_from_file (file,
                             self->path,
                             G_KEY_FILE_KEEP_COMMENTS | G_KEY_FILE_KEEP_TRANSLATIONS,
                             NULL);
  fill (self, file);
  return save (self, file, error);
}

static gboolean
turn_off (JumpAutostartXdg *self, GError **error)
{
  g_autofree char *name = g_path_get_basename (self->path);
  g_autofree char *common = find_common_file (name);

  if (common != NULL)
    {
      g_autoptr (GKeyFile) file = g_key_file_new ();

      fill (self, file);
      g_key_file_set_boolean (file, GROUP, G_KEY_FILE_DESKTOP_KEY_HIDDEN, TRUE);
      return save (self, file, error);
    }
  if (g_unlink (self->path) == 0 || errno == ENOENT)
    return TRUE;
  g_set_error (error,
               JUMP_ERROR,
               JUMP_ERROR_STORE,
               _ ("removing %s: %s"), self->path, g_strerror (errno));
  return FALSE;
}

static gboolean
jump_autostart_xdg_get_is_on (JumpAutostart *autostart)
{
  return look (JUMP_AUTOSTART_XDG (autostart));
}

static void
jump_autostart_xdg_set_is_on_async (JumpAutostart *autostart,
                                    gboolean is_on,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  JumpAutostartXdg *self = JUMP_AUTOSTART_XDG (autostart);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  GError *error = NULL;

  g_task_set_source_tag (task, jump_autostart_xdg_set_is_on_async);
  if (is_on ? turn_on (self, &error) : turn_off (self, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
  watch (self);
  note_state (self);
}

static void
autostart_iface_init (JumpAutostartInterface *iface)
{
  iface->get_is_on = jump_autostart_xdg_get_is_on;
  iface->set_is_on_async = jump_autostart_xdg_set_is_on_async;
}

static void
jump_autostart_xdg_dispose (GObject *object)
{
  JumpAutostartXdg *self = JUMP_AUTOSTART_XDG (object);

  if (self->monitor != NULL)
    g_signal_handlers_disconnect_by_data (self->monitor, self);
  g_clear_object (&self->monitor);
  G_OBJECT_CLASS (jump_autostart_xdg_parent_class)->dispose (object);
}

static void
jump_autostart_xdg_finalize (GObject *object)
{
  JumpAutostartXdg *self = JUMP_AUTOSTART_XDG (object);

  g_free (self->program);
  g_free (self->path);
  G_OBJECT_CLASS (jump_autostart_xdg_parent_class)->finalize (object);
}

static void
jump_autostart_xdg_class_init (JumpAutostartXdgClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jump_autostart_xdg_dispose;
  G_OBJECT_CLASS (klass)->finalize = jump_autostart_xdg_finalize;
}

static void
jump_autostart_xdg_init (JumpAutostartXdg *self)
{
  self->path =
      g_build_filename (g_get_user_config_dir (), "autostart", JUMPSEAT_APP_ID ".desktop", NULL);
  self->was_on = look (self);
  watch (self);
}

/**
 * jump_autostart_xdg_new:
 * @program: what to start
 *
 * Returns: (transfer full): the way of Linux desktops
 */
JumpAutostart *
jump_autostart_xdg_new (const char *program)
{
  JumpAutostartXdg *self = g_object_new (JUMP_TYPE_AUTOSTART_XDG, NULL);

  self->program = g_strdup (program);
  return JUMP_AUTOSTART (self);
}
