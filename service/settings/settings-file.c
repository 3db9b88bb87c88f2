/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/settings/settings-file.h"

#include "service/base/error.h"

#include <errno.h>
#include <string.h>

#define MAX_LINKS 8

/* People keep such files in a repository and link to them: the file behind the link is replaced,
 * not the link. */
static char *
follow_links (const char *path)
{
  g_autofree char *target = g_strdup (path);

  for (int i = 0; i < MAX_LINKS; i++)
    {
      g_autofree char *link = g_file_read_link (target, NULL);
      g_autofree char *dir = g_path_get_dirname (target);

      if (link == NULL)
        break;
      g_free (target);
      target = g_canonicalize_filename (link, dir);
    }
  return g_steal_pointer (&target);
}

char *
jump_settings_file_read (const char *path, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autofree char *text = NULL;
  gsize length;

  if (g_file_get_contents (path, &text, &length, &problem))
    {
      if (strlen (text) == length)
        return g_steal_pointer (&text);
      g_set_error (error,
                   JUMP_ERROR,
                   JUMP_ERROR_SETTINGS,
                   "reading settings file %s: it is no text",
                   path);
      return NULL;
    }
  if (!g_error_matches (problem, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    g_set_error (error, JUMP_ERROR, JUMP_ERROR_SETTINGS, "reading settings: %s", problem->message);
  return NULL;
}

/* Never in place: whoever pulls the plug finds the old file or the new one. */
gboolean
jump_settings_file_save (const char *path, const char *text, GError **error)
{
  g_autofree char *target = follow_links (path);
  g_autofree char *dir = g_path_get_dirname (target);
  g_autoptr (GError) problem = NULL;

  if (g_mkdir_with_parents (dir, 0700) != 0)
    {
      g_set_error (error,
                   JUMP_ERROR,
                   JUMP_ERROR_STORE,
                   "creating folder %s: %s",
                   dir,
                   g_strerror (errno));
      return FALSE;
    }
  if (g_file_set_contents_full (target,
                                text,
                                -1,
                                G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                0600,
                                &problem))
    return TRUE;
  g_set_error (error, JUMP_ERROR, JUMP_ERROR_STORE, "saving settings: %s", problem->message);
  return FALSE;
}
