/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "tests/support/temp-home.h"

#include <glib/gstdio.h>

JumpTempHome *
jump_temp_home_new (void)
{
  JumpTempHome *self = g_new0 (JumpTempHome, 1);
  g_autoptr (GError) error = NULL;
  g_autofree char *config_dir = NULL;
  g_autofree char *data_dir = NULL;
  g_autofree char *runtime_dir = NULL;

  self->dir = g_dir_make_tmp ("jumpseat-test-XXXXXX", &error);
  g_assert_no_error (error);
  config_dir = g_build_filename (self->dir, "config", NULL);
  data_dir = g_build_filename (self->dir, "data", NULL);
  runtime_dir = g_build_filename (self->dir, "run", NULL);
  self->paths = jump_paths_new (config_dir, data_dir, runtime_dir);
  return self;
}

void
jump_temp_home_remove (const char *path)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  if (!g_file_test (path, G_FILE_TEST_IS_SYMLINK))
    {
      g_chmod (path, 0700);
      dir = g_dir_open (path, 0, NULL);
    }
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      jump_temp_home_remove (child);
    }
  g_remove (path);
}

void
jump_temp_home_free (JumpTempHome *self)
{
  if (self == NULL)
    return;
  jump_temp_home_remove (self->dir);
  jump_paths_free (self->paths);
  g_free (self->dir);
  g_free (self);
}

char *
jump_temp_home_get_path (JumpTempHome *self, const char *name)
{
  return g_build_filename (self->dir, name, NULL);
}

/* Creates the folders in front of @name. */
void
jump_temp_home_write (JumpTempHome *self, const char *name, const char *text)
{
  g_autofree char *path = jump_temp_home_get_path (self, name);
  g_autofree char *dir = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (dir, 0700), ==, 0);
  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

char *
jump_temp_home_read (JumpTempHome *self, const char *name)
{
  g_autofree char *path = jump_temp_home_get_path (self, name);
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, NULL);
  return text;
}
