/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "app/log-file.h"

#include "service/service.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define MAX_SIZE  (1024 * 1024)
#define N_OLD     3
#define FILE_MODE 0600

#ifndef O_CLOEXEC
#define O_CLOEXEC 0
#endif
#ifndef O_NOFOLLOW
#define O_NOFOLLOW 0
#endif

struct _JumpLogFile
{
  GMutex lock;
  char *dir;  /* (owned) */
  char *path; /* (owned) */
  int fd;     /* (owned): -1 while it is closed */
  gint64 size;
  gboolean is_broken; /* could not be opened: not tried with every line */
};

static void
close_file (JumpLogFile *self)
{
  if (self->fd >= 0)
    g_close (self->fd, NULL);
  self->fd = -1;
}

static gboolean
open_file (JumpLogFile *self)
{
  GStatBuf info;

  if (self->fd >= 0)
    return TRUE;
  if (self->is_broken || !jump_paths_make_private_dir (self->dir, NULL))
    return FALSE;
  self->fd = g_open (self->path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, FILE_MODE);
  self->is_broken = self->fd < 0;
  if (self->is_broken)
    return FALSE;
  self->size = g_stat (self->path, &info) == 0 ? (gint64) info.st_size : 0;
  return TRUE;
}

static char *
build_old_path (JumpLogFile *self, guint number)
{
  return number == 0 ? g_strdup (self->path) : g_strdup_printf ("%s.%u", self->path, number);
}

static void
rotate (JumpLogFile *self)
{
  close_file (self);
  for (guint i = N_OLD; i > 0; i--)
    {
      g_autofree char *from = build_old_path (self, i - 1);
      g_autofree char *to = build_old_path (self, i);

      g_rename (from, to);
    }
}

static void
write_all (JumpLogFile *self, const char *text, gsize length)
{
  while (length > 0)
    {
      gssize n = write (self->fd, text, length);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return;
      self->size += n;
      text += n;
      length -= (gsize) n;
    }
}

/**
 * jump_log_file_new:
 * @dir: the folder
 * @name: of the file, without its ending
 *
 * Returns: (transfer full): the file, not open yet
 */
JumpLogFile *
jump_log_file_new (const char *dir, const char *name)
{
  JumpLogFile *self = g_new0 (JumpLogFile, 1);
  g_autofree char *file_name = g_strconcat (name, ".log", NULL);

  g_mutex_init (&self->lock);
  self->dir = g_strdup (dir);
  self->path = g_build_filename (dir, file_name, NULL);
  self->fd = -1;
  return self;
}

/**
 * jump_log_file_free:
 * @self: (transfer full): the file
 */
void
jump_log_file_free (JumpLogFile *self)
{
  close_file (self);
  g_mutex_clear (&self->lock);
  g_free (self->dir);
  g_free (self->path);
  g_free (self);
}

/**
 * jump_log_file_write:
 * @self: the file
 * @line: redacted, with its end
 */
void
jump_log_file_write (JumpLogFile *self, const char *line)
{
  g_mutex_lock (&self->lock);
  if (open_file (self))
    {
      gsize length = strlen (line);

      if (self->size > 0 && self->size + (gint64) length > MAX_SIZE)
        rotate (self);
      if (open_file (self))
        write_all (self, line, length);
    }
  g_mutex_unlock (&self->lock);
}

/**
 * jump_log_file_build_dir:
 * @data_dir: the program's
 *
 * Returns: (transfer full): where log files are
 */
char *
jump_log_file_build_dir (const char *data_dir)
{
  return g_build_filename (data_dir, "logs", NULL);
}
