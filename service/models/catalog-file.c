/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#define G_LOG_DOMAIN "jumpseat-models"

#include "service/models/catalog-file.h"

#include "service/base/limits.h"
#include "service/base/paths.h"

#include <errno.h>
#include <glib/gstdio.h>

#define FILE_MODE 0600

/* Reference counted, because a worker may outlive the owner. */
struct _JumpCatalogFile
{
  char *path;     /* (owned) (nullable) */
  GBytes *queued; /* (owned) (nullable): to write when the worker is done */
  gboolean is_busy;
  gboolean is_removed; /* a remove came after the write that is under way */
};

typedef struct
{
  char *path;      /* (owned) */
  GBytes *content; /* (owned) */
} Write;

static void
write_free (gpointer data)
{
  Write *write = data;

  g_free (write->path);
  g_bytes_unref (write->content);
  g_free (write);
}

static void
catalog_file_clear (gpointer data)
{
  JumpCatalogFile *self = data;

  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->queued, g_bytes_unref);
}

static void
catalog_file_unref (JumpCatalogFile *self)
{
  g_rc_box_release_full (self, catalog_file_clear);
}

static void
run_write (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Write *write = data;
  g_autofree char *folder = g_path_get_dirname (write->path);
  GError *error = NULL;
  gsize length;
  const char *text = g_bytes_get_data (write->content, &length);

  if (jump_paths_make_private_dir (folder, &error) &&
      g_file_set_contents_full (write->path,
                                text,
                                (gssize) length,
                                G_FILE_SET_CONTENTS_CONSISTENT,
                                FILE_MODE,
                                &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
unlink_file (JumpCatalogFile *self)
{
  if (g_unlink (self->path) != 0 && errno != ENOENT)
    g_debug ("cannot remove the copy of the catalogue: %s", g_strerror (errno));
}

static void
on_write_finished (GObject *source, GAsyncResult *result, gpointer user_data)
{
  JumpCatalogFile *self = user_data;
  g_autoptr (GBytes) next = g_steal_pointer (&self->queued);
  g_autoptr (GError) error = NULL;

  self->is_busy = FALSE;
  if (!g_task_propagate_boolean (G_TASK (result), &error))
    g_debug ("cannot keep a copy of the catalogue: %s", error->message);
  if (self->is_removed)
    unlink_file (self);
  self->is_removed = FALSE;
  if (next != NULL)
    jump_catalog_file_save (self, next);
  catalog_file_unref (self);
}

/**
 * jump_catalog_file_new:
 * @path: (nullable): absolute path of the file; its folder is made when first written
 *
 * Returns: (transfer full): the file; nothing is touched yet
 */
JumpCatalogFile *
jump_catalog_file_new (const char *path)
{
  JumpCatalogFile *self = g_rc_box_new0 (JumpCatalogFile);

  self->path = g_strdup (path);
  return self;
}

/**
 * jump_catalog_file_free:
 * @self: (transfer full): the file
 */
void
jump_catalog_file_free (JumpCatalogFile *self)
{
  g_clear_pointer (&self->queued, g_bytes_unref);
  catalog_file_unref (self);
}

/**
 * jump_catalog_file_load:
 * @self: the file
 * @out_written_at: (out): wall time of the last write, in seconds
 *
 * Reads in place: about 100 KiB, once per run.
 *
 * Returns: (transfer full) (nullable): the content, whatever it is; NULL when there is none
 */
GBytes *
jump_catalog_file_load (JumpCatalogFile *self, gint64 *out_written_at)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  gsize length = 0;
  GStatBuf info;

  *out_written_at = 0;
  if (self->path == NULL || g_stat (self->path, &info) != 0)
    return NULL;
  if (info.st_size > JUMP_LIMIT_SMALL_REPLY)
    {
      g_debug ("the copy of the catalogue is too large to be one");
      return NULL;
    }
  if (!g_file_get_contents (self->path, &text, &length, &error))
    {
      g_debug ("cannot read the copy of the catalogue: %s", error->message);
      return NULL;
    }
  *out_written_at = info.st_mtime;
  return g_bytes_new_take (g_steal_pointer (&text), length);
}

/**
 * jump_catalog_file_save:
 * @self: the file
 * @content: referenced
 */
void
jump_catalog_file_save (JumpCatalogFile *self, GBytes *content)
{
  g_autoptr (GTask) task = NULL;
  Write *write;

  if (self->path == NULL)
    return;
  if (self->is_busy)
    {
      g_bytes_ref (content);
      g_clear_pointer (&self->queued, g_bytes_unref);
      self->queued = content;
      return;
    }
  self->is_busy = TRUE;
  write = g_new0 (Write, 1);
  write->path = g_strdup (self->path);
  write->content = g_bytes_ref (content);
  task = g_task_new (NULL, NULL, on_write_finished, g_rc_box_acquire (self));
  g_task_set_source_tag (task, jump_catalog_file_save);
  g_task_set_task_data (task, write, write_free);
  g_task_run_in_thread (task, run_write);
}

/**
 * jump_catalog_file_remove:
 *
 * The file is gone when this returns; should a worker put it back, it goes again.
 */
void
jump_catalog_file_remove (JumpCatalogFile *self)
{
  if (self->path == NULL)
    return;
  g_clear_pointer (&self->queued, g_bytes_unref);
  self->is_removed = self->is_busy;
  unlink_file (self);
}
