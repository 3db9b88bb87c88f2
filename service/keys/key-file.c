/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#define G_LOG_DOMAIN "jumpseat-keys"

#include "service/keys/key-file.h"

#include "service/base/error.h"
#include "service/base/json-read.h"
#include "service/base/paths.h"
#include "service/keys/client-key-private.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#define VERSION 1
/* A key has about 400 bytes. */
#define MAX_FILE_SIZE (4 * 1024 * 1024)
/* g_file_set_contents_full() writes to NAME.XXXXXX first. */
#define TEMPORARY_SUFFIX_LENGTH 7
/* Windows makes these bits up; there the profile's own folder is private already. */
#ifdef G_OS_WIN32
#define MODE_OF_OTHERS 0
#else
#define MODE_OF_OTHERS 0077
#endif
#define NO_FILE "-"

struct _JumpKeyFile
{
  char *path;        /* (owned) */
  char *seen;        /* (owned) (nullable): which of its versions was read or written last */
  JsonObject *root;  /* (owned) (nullable): as read, for what else stands in it */
  gboolean is_wrong; /* what was read last could not be understood */
};

static gboolean
set_problem (JumpKeyFile *self, GError **error, const char *problem)
{
  self->is_wrong = TRUE;
  g_set_error (error, JUMP_ERROR, JUMP_ERROR_STORE, "client keys in %s: %s", self->path, problem);
  return FALSE;
}

/* Atomic writers make another inode, editors in place another time. */
static char *
identify_version (JumpKeyFile *self)
{
  g_autoptr (GFile) file = g_file_new_for_path (self->path);
  g_autoptr (GFileInfo) info =
      g_file_query_info (file,
                         G_FILE_ATTRIBUTE_ETAG_VALUE "," G_FILE_ATTRIBUTE_STANDARD_SIZE
                                                     "," G_FILE_ATTRIBUTE_UNIX_INODE,
                         G_FILE_QUERY_INFO_NONE,
                         NULL,
                         NULL);

  if (info == NULL)
    return g_strdup (NO_FILE);
  return g_strdup_printf ("%s %" G_GOFFSET_FORMAT " %" G_GUINT64_FORMAT,
                          g_file_info_get_etag (info),
                          g_file_info_get_size (info),
                          g_file_info_get_attribute_uint64 (info, G_FILE_ATTRIBUTE_UNIX_INODE));
}

/* @out_text: (out) (nullable): NULL when there is no file. */
static gboolean
read_text (JumpKeyFile *self, char **out_text, gsize *out_length, GError **error)
{
  g_autoptr (GError) problem = NULL;
  GStatBuf info;

  *out_text = NULL;
  if (g_stat (self->path, &info) != 0)
    {
      int saved_errno = errno;

      if (saved_errno == ENOENT || saved_errno == ENOTDIR)
        return TRUE;
      return set_problem (self, error, g_strerror (saved_errno));
    }
  if (info.st_size > MAX_FILE_SIZE || (info.st_mode & S_IFMT) != S_IFREG)
    return set_problem (self, error, "expected a file of at most 4 MiB");
  if ((info.st_mode & MODE_OF_OTHERS) != 0 && g_chmod (self->path, 0600) != 0)
    g_debug ("cannot change the mode of %s: %s", self->path, g_strerror (errno));
  if (!g_file_get_contents (self->path, out_text, out_length, &problem))
    return set_problem (self, error, problem->message);
  return TRUE;
}

/* Who is meant by a name or a hash must not depend on which one comes first. */
static gboolean
check_unique (JumpKeyFile *self, GPtrArray *keys, JumpClientKey *key, guint index, GError **error)
{
  for (guint i = 0; i < keys->len; i++)
    {
      JumpClientKey *other = g_ptr_array_index (keys, i);
      gboolean has_id = g_str_equal (jump_client_key_get_id (other), jump_client_key_get_id (key));
      gboolean has_name =
          g_str_equal (jump_client_key_get_name (other), jump_client_key_get_name (key));

      if (has_id || has_name)
        {
          g_autofree char *problem = g_strdup_printf ("keys[%u].%s: keys[%u] has the same",
                                                      index,
                                                      has_id ? "id" : "name",
                                                      i);

          return set_problem (self, error, problem);
        }
    }
  return TRUE;
}

static gboolean
read_rows (JumpKeyFile *self, JsonArray *rows, GPtrArray *keys, GError **error)
{
  for (guint i = 0; i < json_array_get_length (rows); i++)
    {
      JsonObject *row = jump_json_array_get_object (rows, i);
      g_autoptr (JumpClientKey) key = NULL;
      g_autoptr (GError) reason = NULL;
      g_autofree char *problem = NULL;

      if (row != NULL)
        key = jump_client_key_new_from_row (row, &reason);
      if (row == NULL)
        problem = g_strdup_printf ("keys[%u]: expected an object", i);
      else if (key == NULL)
        problem = g_strdup_printf ("keys[%u].%s", i, reason->message);
      if (problem != NULL)
        return set_problem (self, error, problem);
      if (!check_unique (self, keys, key, i, error))
        return FALSE;
      g_ptr_array_add (keys, g_steal_pointer (&key));
    }
  return TRUE;
}

static gboolean
read_content (JumpKeyFile *self, const char *text, gsize length, GPtrArray *keys, GError **error)
{
  g_autoptr (GError) reason = NULL;
  g_autoptr (JsonObject) root = jump_json_parse_object (text, (gssize) length, &reason);
  JsonArray *rows;

  if (root == NULL)
    return set_problem (self, error, reason->message);
  if (jump_json_get_int (root, "version", 0) != VERSION)
    return set_problem (self, error, "version: expected 1");
  rows = jump_json_get_array (root, "keys");
  if (rows == NULL)
    return set_problem (self, error, "keys: expected a list");
  if (!read_rows (self, rows, keys, error))
    return FALSE;
  g_clear_pointer (&self->root, json_object_unref);
  self->root = g_steal_pointer (&root);
  return TRUE;
}

static char *
write_content (JumpKeyFile *self, GPtrArray *keys)
{
  g_auto (JumpJsonWriter) writer = { 0 };
  g_autoptr (GList) members = self->root == NULL ? NULL : json_object_get_members (self->root);

  jump_json_writer_init (&writer);
  jump_json_writer_begin_object (&writer);
  jump_json_writer_member_int (&writer, "version", VERSION);
  for (GList *item = members; item != NULL; item = item->next)
    {
      if (g_str_equal (item->data, "version") || g_str_equal (item->data, "keys"))
        continue;
      jump_json_writer_member (&writer, item->data);
      jump_json_writer_node (&writer, json_object_get_member (self->root, item->data));
    }
  jump_json_writer_member (&writer, "keys");
  jump_json_writer_begin_array (&writer);
  for (guint i = 0; i < keys->len; i++)
    jump_client_key_write_row (g_ptr_array_index (keys, i), &writer);
  jump_json_writer_end_array (&writer);
  jump_json_writer_end_object (&writer);
  return jump_json_writer_finish (&writer);
}

/* What a write that was killed left behind. */
static void
remove_leftovers (JumpKeyFile *self)
{
  g_autofree char *folder = g_path_get_dirname (self->path);
  g_autofree char *name = g_path_get_basename (self->path);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  gsize length = strlen (name);
  const char *other;

  if (dir == NULL)
    return;
  while ((other = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = NULL;

      if (strlen (other) != length + TEMPORARY_SUFFIX_LENGTH || !g_str_has_prefix (other, name) ||
          other[length] != '.')
        continue;
      path = g_build_filename (folder, other, NULL);
      if (g_unlink (path) != 0)
        g_debug ("cannot remove %s: %s", path, g_strerror (errno));
    }
}

/**
 * jump_key_file_new:
 * @path: need not be there, nor its folder
 *
 * Returns: (transfer full): nothing is read yet
 */
JumpKeyFile *
jump_key_file_new (const char *path)
{
  JumpKeyFile *self = g_new0 (JumpKeyFile, 1);

  self->path = g_strdup (path);
  return self;
}

void
jump_key_file_free (JumpKeyFile *self)
{
  g_free (self->path);
  g_free (self->seen);
  g_clear_pointer (&self->root, json_object_unref);
  g_free (self);
}

gboolean
jump_key_file_has_changed (JumpKeyFile *self)
{
  g_autofree char *version = identify_version (self);

  return g_strcmp0 (version, self->seen) != 0;
}

/**
 * jump_key_file_read:
 * @self: a file
 * @error: JUMP_ERROR_STORE
 *
 * Returns: (transfer full) (element-type JumpClientKey) (nullable): the keys in their order
 */
GPtrArray *
jump_key_file_read (JumpKeyFile *self, GError **error)
{
  g_autoptr (GPtrArray) keys = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *text = NULL;
  gsize length = 0;

  /* Before the content: what is written meanwhile is seen as another version the next time. */
  g_free (self->seen);
  self->seen = identify_version (self);
  self->is_wrong = FALSE;
  if (!read_text (self, &text, &length, error))
    return NULL;
  if (text == NULL)
    g_clear_pointer (&self->root, json_object_unref);
  else if (!read_content (self, text, length, keys, error))
    return NULL;
  return g_steal_pointer (&keys);
}

/**
 * jump_key_file_write:
 * @self: a file that was read
 * @keys: (element-type JumpClientKey): all of them
 * @error: JUMP_ERROR_STORE
 *
 * Returns: whether it is on disk
 */
gboolean
jump_key_file_write (JumpKeyFile *self, GPtrArray *keys, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (self->path);
  g_autofree char *text = NULL;
  g_autoptr (GError) problem = NULL;

  if (self->is_wrong)
    {
      g_set_error (error,
                   JUMP_ERROR,
                   JUMP_ERROR_STORE,
                   "not writing over %s, which cannot be read as it is",
                   self->path);
      return FALSE;
    }
  text = write_content (self, keys);
  if (!jump_paths_make_private_dir (folder, &problem) ||
      !g_file_set_contents_full (self->path,
                                 text,
                                 -1,
                                 G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                 0600,
                                 &problem))
    {
      g_set_error (error,
                   JUMP_ERROR,
                   JUMP_ERROR_STORE,
                   "cannot write %s: %s",
                   self->path,
                   problem->message);
      return FALSE;
    }
  g_free (self->seen);
  self->seen = identify_version (self);
  remove_leftovers (self);
  return TRUE;
}
