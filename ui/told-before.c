/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#define G_LOG_DOMAIN "jumpseat-ui"

#include "ui/told-before.h"

#define GROUP "told"

struct _JumpToldBefore
{
  char *path;     /* (owned) (nullable) */
  GKeyFile *file; /* (owned) */
};

/**
 * jump_told_before_new:
 * @path: (nullable): the file; its folder is made when there is something to keep
 *
 * A file that cannot be read counts as an empty one: at worst something is told twice.
 *
 * Returns: (transfer full): the memory
 */
JumpToldBefore *
jump_told_before_new (const char *path)
{
  JumpToldBefore *self = g_new0 (JumpToldBefore, 1);

  self->path = g_strdup (path);
  self->file = g_key_file_new ();
  if (path != NULL)
    g_key_file_load_from_file (self->file, path, G_KEY_FILE_NONE, NULL);
  return self;
}

/**
 * jump_told_before_free:
 * @self: (transfer full): the memory
 */
void
jump_told_before_free (JumpToldBefore *self)
{
  g_free (self->path);
  g_key_file_unref (self->file);
  g_free (self);
}

/**
 * jump_told_before_get:
 * @self: the memory
 * @name: of the news
 *
 * Returns: (transfer full) (nullable): the value it was told with, NULL if it never was
 */
char *
jump_told_before_get (JumpToldBefore *self, const char *name)
{
  return g_key_file_get_string (self->file, GROUP, name, NULL);
}

/**
 * jump_told_before_set:
 * @self: the memory
 * @name: of the news
 * @value: what makes it the same news, such as a month
 */
void
jump_told_before_set (JumpToldBefore *self, const char *name, const char *value)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *before = jump_told_before_get (self, name);
  g_autofree char *dir = NULL;

  if (g_strcmp0 (before, value) == 0)
    return;
  g_key_file_set_string (self->file, GROUP, name, value);
  if (self->path == NULL)
    return;
  dir = g_path_get_dirname (self->path);
  g_mkdir_with_parents (dir, 0700);
  if (!g_key_file_save_to_file (self->file, self->path, &error))
    g_debug ("remembering what was told: %s", error->message);
}
