/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "config.h"

#include "service/http/control-file.h"

#include "service/base/error.h"
#include "service/base/json-read.h"
#include "service/base/json-write.h"
#include "service/base/paths.h"
#include "service/base/random.h"
#include "service/base/sandbox.h"
#include "service/base/secret-text.h"
#include "service/http/control-file-private.h"

#include <glib/gstdio.h>
#include <string.h>

#define FILE_PREFIX    "control-"
#define FILE_SUFFIX    ".json"
#define FILE_MODE      0600
#define N_KEY_BYTES    32
#define MAX_FILE_BYTES 4096 /* ours have about 250; anything larger was not written by us */

static char *
build_path (const char *runtime_dir, guint port)
{
  g_autofree char *name = g_strdup_printf (FILE_PREFIX "%u" FILE_SUFFIX, port);

  return g_build_filename (runtime_dir, name, NULL);
}

/* The key is sent to this address, so it has to be this machine: a literal one with a port and
 * nothing else. */
static gboolean
is_loopback_url (const char *url)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);

  return uri != NULL && g_str_equal (g_uri_get_scheme (uri), "http") &&
         g_uri_get_userinfo (uri) == NULL && g_uri_get_port (uri) > 0 &&
         *g_uri_get_path (uri) == '\0' && g_uri_get_query (uri) == NULL &&
         (g_strcmp0 (g_uri_get_host (uri), "127.0.0.1") == 0 ||
          g_strcmp0 (g_uri_get_host (uri), "::1") == 0);
}

static JumpControlFile *
read_file (const char *path)
{
  g_autoptr (JumpControlFile) self = g_new0 (JumpControlFile, 1);
  g_autoptr (JsonObject) object = NULL;
  g_autofree char *text = NULL;
  GStatBuf info;
  gsize length = 0;

  if (g_stat (path, &info) != 0 || info.st_size > MAX_FILE_BYTES)
    return NULL;
  if (!g_file_get_contents (path, &text, &length, NULL))
    return NULL;
  object = jump_json_parse_object (text, (gssize) length, NULL);
  jump_secret_wipe (text, length);
  if (object == NULL)
    return NULL;

  self->path = g_strdup (path);
  self->url = g_strdup (jump_json_get_string (object, "address", ""));
  self->port = (guint) CLAMP (jump_json_get_int (object, "port", 0), 0, G_MAXUINT16);
  self->pid = jump_json_get_int (object, "pid", 0);
  self->key = g_strdup (jump_json_get_string (object, "key", ""));
  self->version = g_strdup (jump_json_get_string (object, "version", ""));
  if (!is_loopback_url (self->url) || *self->key == '\0')
    return NULL;
  return g_steal_pointer (&self);
}

static gboolean
lives (const JumpControlFile *self)
{
  return jump_sandbox_is_flatpak () ? jump_control_file_port_answers (self->url)
                                    : jump_control_file_process_lives (self->pid);
}

/* Removes the file when nobody lives behind it: a killed instance cannot do so itself. */
static JumpControlFile *
read_living (const char *path)
{
  g_autoptr (JumpControlFile) self = read_file (path);

  if (self != NULL && lives (self))
    return g_steal_pointer (&self);
  g_unlink (path);
  return NULL;
}

static JumpControlFile *
find_newest (const char *runtime_dir)
{
  g_autoptr (GDir) dir = g_dir_open (runtime_dir, 0, NULL);
  g_autoptr (JumpControlFile) newest = NULL;
  gint64 newest_time = G_MININT64;
  const char *name;

  if (dir == NULL)
    return NULL;
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autoptr (JumpControlFile) file = NULL;
      g_autofree char *path = g_build_filename (runtime_dir, name, NULL);
      GStatBuf info;

      if (!g_str_has_prefix (name, FILE_PREFIX) || !g_str_has_suffix (name, FILE_SUFFIX))
        continue;
      if (g_stat (path, &info) != 0)
        continue;
      file = read_living (path);
      if (file == NULL || (gint64) info.st_mtime < newest_time)
        continue;
      newest_time = info.st_mtime;
      g_clear_pointer (&newest, jump_control_file_free);
      newest = g_steal_pointer (&file);
    }
  return g_steal_pointer (&newest);
}

/**
 * jump_control_file_new:
 * @runtime_dir: the 0700 folder of control files; need not exist yet
 * @port: the port that is really bound
 * @url: where the control routes answer, "http://127.0.0.1:8081"
 *
 * Nothing is written yet. The key is new with every call.
 *
 * Returns: (transfer full): what a control file for this process says
 */
JumpControlFile *
jump_control_file_new (const char *runtime_dir, guint port, const char *url)
{
  JumpControlFile *self = g_new0 (JumpControlFile, 1);

  self->path = build_path (runtime_dir, port);
  self->url = g_strdup (url);
  self->port = port;
  self->pid = jump_control_file_own_pid ();
  self->key = jump_random_hex (N_KEY_BYTES);
  self->version = g_strdup (JUMPSEAT_VERSION);
  return self;
}

/**
 * jump_control_file_write:
 * @self: what to write
 * @error: JUMP_ERROR_STORE
 *
 * Creates the folder (0700) when needed and replaces the file in one step, so that a reader sees
 * the old or the new one.
 *
 * Returns: whether the file is there
 */
gboolean
jump_control_file_write (JumpControlFile *self, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autofree char *dir = g_path_get_dirname (self->path);
  g_auto (JumpJsonWriter) writer = { 0 };
  char *text;
  gboolean ok;

  if (!jump_paths_make_private_dir (dir, error))
    return FALSE;

  jump_json_writer_init (&writer);
  jump_json_writer_begin_object (&writer);
  jump_json_writer_member_string (&writer, "address", self->url);
  jump_json_writer_member_int (&writer, "port", self->port);
  jump_json_writer_member_int (&writer, "pid", self->pid);
  jump_json_writer_member_string (&writer, "key", self->key);
  jump_json_writer_member_string (&writer, "version", self->version);
  jump_json_writer_end_object (&writer);
  text = jump_json_writer_finish (&writer);

  ok = g_file_set_contents_full (self->path,
                                 text,
                                 -1,
                                 G_FILE_SET_CONTENTS_CONSISTENT,
                                 FILE_MODE,
                                 &problem);
  jump_secret_free (text);
  if (!ok)
    g_set_error (error,
                 JUMP_ERROR,
                 JUMP_ERROR_STORE,
                 "writing control file %s: %s",
                 self->path,
                 problem->message);
  return ok;
}

/**
 * jump_control_file_remove:
 * @self: what was written
 *
 * Leaves the file alone when another process has written its own in the meantime.
 */
void
jump_control_file_remove (JumpControlFile *self)
{
  g_autoptr (JumpControlFile) current = read_file (self->path);

  if (current != NULL && jump_secret_equal (current->key, self->key))
    g_unlink (self->path);
}

/**
 * jump_control_file_free:
 * @self: (transfer full) (nullable): the file's facts; the file itself stays
 */
void
jump_control_file_free (JumpControlFile *self)
{
  if (self == NULL)
    return;
  g_free (self->path);
  g_free (self->url);
  jump_secret_free (self->key);
  g_free (self->version);
  g_free (self);
}

/**
 * jump_control_file_find:
 * @runtime_dir: the folder of control files
 * @port: the instance asked for first; 0 for none in particular
 * @any_port: whether another instance will do
 *
 * Returns: (transfer full) (nullable): the file of a living process
 */
JumpControlFile *
jump_control_file_find (const char *runtime_dir, guint port, gboolean any_port)
{
  JumpControlFile *file = NULL;

  if (port != 0)
    {
      g_autofree char *path = build_path (runtime_dir, port);

      file = read_living (path);
    }
  if (file == NULL && any_port)
    file = find_newest (runtime_dir);
  return file;
}
