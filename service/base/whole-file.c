/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/whole-file.h"

struct _JumpWholeFile
{
  GFile *file;           /* (owned): where it shall be */
  GFile *part;           /* (owned) (nullable): where it is written; NULL: straight into @file */
  GOutputStream *stream; /* (owned) */
};

/* A link stays one: what it leads to is replaced. */
static GFile *
follow_links (GFile *file)
{
  GFile *at = g_object_ref (file);

  for (guint i = 0; i < 40; i++) /* as many as Linux follows */
    {
      g_autoptr (GFileInfo) info = g_file_query_info (at,
                                                      G_FILE_ATTRIBUTE_STANDARD_SYMLINK_TARGET,
                                                      G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS,
                                                      NULL,
                                                      NULL);
      const char *target = info != NULL ? g_file_info_get_symlink_target (info) : NULL;
      g_autoptr (GFile) folder = target != NULL ? g_file_get_parent (at) : NULL;

      if (folder == NULL)
        break;
      g_object_unref (at);
      at = g_file_resolve_relative_path (folder, target);
    }
  return at;
}

/* Under a name that nobody has, beside @file: only within a folder is a change of names one step. */
static GOutputStream *
create_part (GFile *file, GFile **part)
{
  g_autoptr (GFile) folder = g_file_get_parent (file);
  g_autofree char *name = g_file_get_basename (file);

  if (folder == NULL || name == NULL)
    return NULL;
  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *part_name = g_strdup_printf (".%.200s.%08x", name, g_random_int ());
      g_autoptr (GFile) beside = g_file_get_child (folder, part_name);
      g_autoptr (GError) error = NULL;
      GFileOutputStream *stream = g_file_create (beside, G_FILE_CREATE_PRIVATE, NULL, &error);

      if (stream != NULL)
        {
          *part = g_steal_pointer (&beside);
          return G_OUTPUT_STREAM (stream);
        }
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_EXISTS))
        break;
    }
  return NULL;
}

/* Devices and folders are nothing that a file could take the place of. */
static gboolean
is_replaceable (GFile *file)
{
  GFileType type = g_file_query_file_type (file, G_FILE_QUERY_INFO_NONE, NULL);

  return type == G_FILE_TYPE_REGULAR || type == G_FILE_TYPE_UNKNOWN;
}

/**
 * jump_whole_file_new:
 * @file: may be there, and may be a link
 * @error: #GIOErrorEnum
 *
 * A folder in which nothing can be made is no reason to give up: a file of it that can be written is written
 * in its place then, as GIO does it.
 *
 * Returns: (transfer full) (nullable):
 */
JumpWholeFile *
jump_whole_file_new (GFile *file, GError **error)
{
  g_autoptr (JumpWholeFile) self = g_new0 (JumpWholeFile, 1);

  self->file = follow_links (file);
  if (is_replaceable (self->file))
    self->stream = create_part (self->file, &self->part);
  if (self->stream == NULL)
    self->stream = G_OUTPUT_STREAM (
        g_file_replace (self->file, NULL, FALSE, G_FILE_CREATE_PRIVATE, NULL, error));
  return self->stream != NULL ? g_steal_pointer (&self) : NULL;
}

GOutputStream *
jump_whole_file_get_stream (JumpWholeFile *self)
{
  return self->stream;
}

/**
 * jump_whole_file_finish:
 * @self: to which everything was written; afterwards it can only be freed
 * @error: #GIOErrorEnum
 *
 * Returns: whether the file is there
 */
gboolean
jump_whole_file_finish (JumpWholeFile *self, GError **error)
{
  if (!g_output_stream_close (self->stream, NULL, error))
    return FALSE;
  if (self->part == NULL)
    return TRUE;
  if (!g_file_move (self->part,
                    self->file,
                    G_FILE_COPY_OVERWRITE | G_FILE_COPY_NO_FALLBACK_FOR_MOVE,
                    NULL,
                    NULL,
                    NULL,
                    error))
    return FALSE;
  g_clear_object (&self->part);
  return TRUE;
}

void
jump_whole_file_free (JumpWholeFile *self)
{
  if (self->stream != NULL && !g_output_stream_is_closed (self->stream))
    {
      g_autoptr (GCancellable) cancelled = g_cancellable_new ();

      /* GIO keeps what was there when a stream of its own is closed so. */
      g_cancellable_cancel (cancelled);
      g_output_stream_close (self->stream, cancelled, NULL);
    }
  g_clear_object (&self->stream);
  if (self->part != NULL)
    g_file_delete (self->part, NULL, NULL);
  g_clear_object (&self->part);
  g_clear_object (&self->file);
  g_free (self);
}

/**
 * jump_whole_file_write:
 * @file: may be there
 * @content: all of it
 * @error: #GIOErrorEnum
 *
 * Returns: whether it is in the file
 */
gboolean
jump_whole_file_write (GFile *file, GBytes *content, GError **error)
{
  g_autoptr (JumpWholeFile) self = jump_whole_file_new (file, error);
  gsize length;
  const void *data = g_bytes_get_data (content, &length);

  return self != NULL &&
         g_output_stream_write_all (self->stream, data, length, NULL, NULL, error) &&
         jump_whole_file_finish (self, error);
}
