/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "config.h"

#include "service/base/paths.h"

#include "service/base/config-dir.h"
#include "service/base/error.h"
#include "service/base/portable-dir.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <unistd.h>

#define FOLDER       "jumpseat"
#define PRIVATE_MODE 0700

static char *
dup_environment_path (const char *variable)
{
  const char *value = g_getenv (variable);

  if (value == NULL || *value == '\0')
    return NULL;
  return g_canonicalize_filename (value, NULL);
}

static gboolean
is_usable (const char *dir)
{
  return g_file_test (dir, G_FILE_TEST_IS_DIR) && g_access (dir, W_OK | X_OK) == 0;
}

/* g_get_user_runtime_dir() answers with the cache folder when the variable is not set; control
 * files would outlive the session there, so the variable itself is asked. Each start of a Flatpak gets a
 * new folder of that name; app/ID in it is the one that all of them share. */
static char *
find_runtime_dir (const char *data_dir)
{
  const char *session = g_getenv ("XDG_RUNTIME_DIR");

  if (session != NULL && g_path_is_absolute (session) && is_usable (session))
    {
      g_autofree char *shared = g_build_filename (session, "app", JUMPSEAT_APP_ID, NULL);

      if (g_strcmp0 (g_getenv ("FLATPAK_ID"), JUMPSEAT_APP_ID) == 0 && is_usable (shared))
        return g_build_filename (shared, FOLDER, NULL);
      return g_build_filename (session, FOLDER, NULL);
    }
  return g_build_filename (data_dir, "run", NULL);
}

/**
 * jump_paths_new_from_environment:
 *
 * JUMPSEAT_CONFIG_DIR and JUMPSEAT_DATA_DIR (absolute, or relative to the current folder) win over
 * the XDG folders. With JUMPSEAT_DATA_DIR the runtime folder lies inside it, so that instances
 * with different folders do not see each other. A portable copy has a folder of its own for both,
 * which takes the place of the XDG folders. JUMPSEAT_CLIENT_KEY_FILE names the file with client
 * keys.
 *
 * Returns: (transfer full): where things are kept
 */
JumpPaths *
jump_paths_new_from_environment (void)
{
  g_autofree char *config_dir = dup_environment_path ("JUMPSEAT_CONFIG_DIR");
  g_autofree char *data_dir = dup_environment_path ("JUMPSEAT_DATA_DIR");
  g_autofree char *portable_dir = jump_portable_dir_find ();
  g_autofree char *runtime_dir = NULL;
  JumpPaths *self;

  if (config_dir == NULL && portable_dir != NULL)
    config_dir = g_strdup (portable_dir);
  if (data_dir == NULL)
    data_dir = g_steal_pointer (&portable_dir);
  if (config_dir == NULL)
    {
      g_autofree char *all = jump_config_dir_find ();

      config_dir = g_build_filename (all, FOLDER, NULL);
    }
  if (data_dir != NULL)
    runtime_dir = g_build_filename (data_dir, "run", NULL);
  else
    {
      data_dir = g_build_filename (g_get_user_data_dir (), FOLDER, NULL);
      runtime_dir = find_runtime_dir (data_dir);
    }
  self = jump_paths_new (config_dir, data_dir, runtime_dir);
  self->client_key_file = dup_environment_path (JUMP_CLIENT_KEY_FILE_VARIABLE);
  return self;
}

/**
 * jump_paths_new:
 * @config_dir: absolute
 * @data_dir: absolute
 * @runtime_dir: absolute
 *
 * Returns: (transfer full): the folders; the settings file is jumpseat.conf in @config_dir
 */
JumpPaths *
jump_paths_new (const char *config_dir, const char *data_dir, const char *runtime_dir)
{
  JumpPaths *self = g_new0 (JumpPaths, 1);

  self->config_dir = g_strdup (config_dir);
  self->data_dir = g_strdup (data_dir);
  self->runtime_dir = g_strdup (runtime_dir);
  self->settings_file = g_build_filename (config_dir, "jumpseat.conf", NULL);
  return self;
}

/**
 * jump_paths_copy:
 * @self: the folders
 *
 * Returns: (transfer full): a deep copy
 */
JumpPaths *
jump_paths_copy (const JumpPaths *self)
{
  JumpPaths *copy = g_new0 (JumpPaths, 1);

  copy->config_dir = g_strdup (self->config_dir);
  copy->data_dir = g_strdup (self->data_dir);
  copy->runtime_dir = g_strdup (self->runtime_dir);
  copy->settings_file = g_strdup (self->settings_file);
  copy->client_key_file = g_strdup (self->client_key_file);
  return copy;
}

/**
 * jump_paths_free:
 * @self: (transfer full) (nullable): the folders
 */
void
jump_paths_free (JumpPaths *self)
{
  if (self == NULL)
    return;
  g_free (self->config_dir);
  g_free (self->data_dir);
  g_free (self->runtime_dir);
  g_free (self->settings_file);
  g_free (self->client_key_file);
  g_free (self);
}

/**
 * jump_paths_make_private_dir:
 * @dir: created with its parents when it is not there
 * @error: JUMP_ERROR_STORE
 *
 * Makes sure that @dir is a folder which nobody but its owner can enter; a wider mode, left by
 * another tool or a careless copy, is repaired when the folder is ours and an error when it is
 * not. Where modes mean nothing (Windows) the profile folder's access list protects it.
 *
 * Returns: whether @dir is there and private
 */
gboolean
jump_paths_make_private_dir (const char *dir, GError **error)
{
  GStatBuf info;

  if (g_mkdir_with_parents (dir, PRIVATE_MODE) != 0)
    {
      g_set_error (error,
                   JUMP_ERROR,
                   JUMP_ERROR_STORE,
                   "creating folder %s: %s",
                   dir,
                   g_strerror (errno));
      return FALSE;
    }
  if (g_stat (dir, &info) == 0 && (info.st_mode & 0777) == PRIVATE_MODE)
    return TRUE;
  if (g_chmod (dir, PRIVATE_MODE) != 0)
    {
      g_set_error (error,
                   JUMP_ERROR,
                   JUMP_ERROR_STORE,
                   "making folder %s private: %s",
                   dir,
                   g_strerror (errno));
      return FALSE;
    }
  return TRUE;
}
