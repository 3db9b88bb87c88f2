/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#define G_LOG_DOMAIN "jumpseat-ui"

#include "ui/window-state.h"

#include <glib/gstdio.h>

#define GROUP          "window"
#define DEFAULT_WIDTH  960
#define DEFAULT_HEIGHT 640
/* Below it nothing is readable, above it no screen is that large. */
#define MIN_EXTENT 200
#define MAX_EXTENT 16384

/* What cannot be read counts as 0 in GKeyFile. */
static int
read_extent (GKeyFile *file, const char *key, int fallback)
{
  int extent = g_key_file_get_integer (file, GROUP, key, NULL);

  return extent >= MIN_EXTENT && extent <= MAX_EXTENT ? extent : fallback;
}

/**
 * jump_window_state_load:
 * @path: where jump_window_state_save() put it
 *
 * Returns: (transfer full): never NULL; what cannot be read has its default. A page is any text:
 * whoever shows it knows which there are.
 */
JumpWindowState *
jump_window_state_load (const char *path)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  JumpWindowState *self = g_new0 (JumpWindowState, 1);

  if (!g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, NULL))
    g_debug ("no state of the window in %s", path);
  self->width = read_extent (file, "width", DEFAULT_WIDTH);
  self->height = read_extent (file, "height", DEFAULT_HEIGHT);
  self->is_maximized = g_key_file_get_boolean (file, GROUP, "maximized", NULL);
  self->has_welcomed = g_key_file_get_boolean (file, GROUP, "welcomed", NULL);
  self->page = g_key_file_get_string (file, GROUP, "page", NULL);
  if (self->page == NULL)
    self->page = g_strdup ("overview");
  return self;
}

/**
 * jump_window_state_save:
 * @path: its folder is made when it is missing
 *
 * Replaces the file as a whole, so that nobody ever reads half of it.
 *
 * Returns: FALSE with an error of #GFileError
 */
gboolean
jump_window_state_save (const JumpWindowState *self, const char *path, GError **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *dir = g_path_get_dirname (path);
  g_autofree char *text = NULL;

  g_key_file_set_integer (file, GROUP, "width", self->width);
  g_key_file_set_integer (file, GROUP, "height", self->height);
  g_key_file_set_boolean (file, GROUP, "maximized", self->is_maximized);
  g_key_file_set_boolean (file, GROUP, "welcomed", self->has_welcomed);
  g_key_file_set_string (file, GROUP, "page", self->page);
  text = g_key_file_to_data (file, NULL, NULL);
  g_mkdir_with_parents (dir, 0700);
  return g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, error);
}

void
jump_window_state_free (JumpWindowState *self)
{
  if (self == NULL)
    return;
  g_free (self->page);
  g_free (self);
}
