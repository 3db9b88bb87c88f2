/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#define G_LOG_DOMAIN "jumpseat-usage"

#include "service/usage/usage-folder.h"

#include "service/base/limits.h"

#include <string.h>

#define AGENTS_DIR "agents"
#define FILE_BEGIN "token_usage"
#define FILE_END   ".jl"
#define BLOCK_SIZE (64 * 1024)
#define ATTRIBUTES                                                  \
  G_FILE_ATTRIBUTE_STANDARD_NAME "," G_FILE_ATTRIBUTE_STANDARD_TYPE \
                                 "," G_FILE_ATTRIBUTE_STANDARD_SIZE

typedef struct
{
  const JumpUsageFolderFuncs *funcs;
  gpointer user_data;
  GCancellable *cancellable;
  GHashTable *seen; /* (owned) (element-type gint64): signs of this machine's lines */
} Reader;

/* FNV-1a: two different lines have the same sign once in many millions of years of use. */
static gint64
sign_line (const char *line, gsize length)
{
  guint64 sign = G_GUINT64_CONSTANT (0xcbf29ce484222325);

  for (gsize i = 0; i < length; i++)
    sign = (sign ^ (guchar) line[i]) * G_GUINT64_CONSTANT (0x100000001b3);
  return (gint64) sign;
}

static void
take_line (Reader *self, const char *line, gsize length)
{
  gint64 sign;

  if (length > 0 && line[length - 1] == '\r')
    length--;
  if (length == 0 || length > JUMP_LIMIT_USAGE_LINE)
    return;
  sign = sign_line (line, length);
  if (g_hash_table_add (self->seen, g_memdup2 (&sign, sizeof sign)))
    self->funcs->on_line (line, length, self->user_data);
}

/* @rest: begin of a line that goes on in @block */
static void
take_block (Reader *self, GByteArray *rest, const char *block, gsize length)
{
  const char *end = block + length;

  while (block < end)
    {
      const char *stop = memchr (block, '\n', (gsize) (end - block));
      gsize n_bytes = (gsize) ((stop != NULL ? stop : end) - block);

      /* One that is too long is only known to be so. */
      if (rest->len <= JUMP_LIMIT_USAGE_LINE)
        g_byte_array_append (rest, (const guint8 *) block, (guint) n_bytes);
      if (stop == NULL)
        return;
      take_line (self, (const char *) rest->data, rest->len);
      g_byte_array_set_size (rest, 0);
      block = stop + 1;
    }
}

/* Of a huge file the newest lines. */
static void
skip_to_end (GFileInputStream *stream, goffset size)
{
  if (size > JUMP_LIMIT_USAGE_FILE)
    g_seekable_seek (G_SEEKABLE (stream), -JUMP_LIMIT_USAGE_FILE, G_SEEK_END, NULL, NULL);
}

static void
read_file (Reader *self, GFile *file, goffset size)
{
  g_autoptr (GFileInputStream) stream = g_file_read (file, self->cancellable, NULL);
  g_autoptr (GByteArray) rest = g_byte_array_new ();
  g_autofree char *block = g_malloc (BLOCK_SIZE);
  goffset room = JUMP_LIMIT_USAGE_FILE;
  gssize n_bytes;

  if (stream == NULL)
    return;
  skip_to_end (stream, size);
  while (room > 0 && (n_bytes = g_input_stream_read (G_INPUT_STREAM (stream),
                                                     block,
                                                     BLOCK_SIZE,
                                                     self->cancellable,
                                                     NULL)) > 0)
    {
      take_block (self, rest, block, (gsize) n_bytes);
      room -= n_bytes;
    }
  take_line (self, (const char *) rest->data, rest->len);
}

static gboolean
is_wanted (GFileInfo *info, GFileType type)
{
  const char *name = g_file_info_get_name (info);

  return g_file_info_get_file_type (info) == type &&
         (type == G_FILE_TYPE_DIRECTORY ||
          (g_str_has_prefix (name, FILE_BEGIN) && g_str_has_suffix (name, FILE_END)));
}

/* Folders of computers, or files of lines: never anything that a reader would wait for.
 * Returns: (transfer full) (element-type GFileInfo) */
static GPtrArray *
list (GFile *dir, GFileType type, guint max, GCancellable *cancellable)
{
  g_autoptr (GFileEnumerator) files =
      g_file_enumerate_children (dir, ATTRIBUTES, G_FILE_QUERY_INFO_NONE, cancellable, NULL);
  GPtrArray *found = g_ptr_array_new_with_free_func (g_object_unref);
  GFileInfo *info;

  while (files != NULL && found->len < max &&
         (info = g_file_enumerator_next_file (files, cancellable, NULL)) != NULL)
    {
      if (is_wanted (info, type))
        g_ptr_array_add (found, info);
      else
        g_object_unref (info);
    }
  return found;
}

static int
compare_names (gconstpointer one, gconstpointer other)
{
  return strcmp (g_file_info_get_name (*(GFileInfo *const *) one),
                 g_file_info_get_name (*(GFileInfo *const *) other));
}

static void
read_machine (Reader *self, GFile *dir, const char *name)
{
  g_autoptr (GPtrArray) files =
      list (dir, G_FILE_TYPE_REGULAR, JUMP_LIMIT_USAGE_FILES, self->cancellable);
  g_autofree char *shown = g_utf8_make_valid (name, -1);

  g_hash_table_remove_all (self->seen);
  g_ptr_array_sort (files, compare_names);
  if (files->len > 0)
    self->funcs->on_machine (shown, self->user_data);
  for (guint i = 0; i < files->len; i++)
    {
      GFileInfo *info = g_ptr_array_index (files, i);
      g_autoptr (GFile) file = g_file_get_child (dir, g_file_info_get_name (info));

      read_file (self, file, g_file_info_get_size (info));
    }
}

/**
 * jump_usage_folder_read:
 * @folder: the one of the settings
 * @funcs: (scope call): get what is there, machine by machine
 * @user_data: for them
 * @cancellable: (nullable)
 * @error: %G_IO_ERROR_CANCELLED
 *
 * Files that cannot be read are passed over.
 *
 * Returns: FALSE when cancelled
 */
gboolean
jump_usage_folder_read (const char *folder,
                        const JumpUsageFolderFuncs *funcs,
                        gpointer user_data,
                        GCancellable *cancellable,
                        GError **error)
{
  g_autofree char *path = g_build_filename (folder, AGENTS_DIR, NULL);
  g_autoptr (GFile) agents = g_file_new_for_path (path);
  g_autoptr (GPtrArray) machines =
      list (agents, G_FILE_TYPE_DIRECTORY, JUMP_LIMIT_USAGE_MACHINES, cancellable);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  Reader reader = { funcs, user_data, cancellable, seen };

  g_ptr_array_sort (machines, compare_names);
  for (guint i = 0; i < machines->len; i++)
    {
      const char *name = g_file_info_get_name (g_ptr_array_index (machines, i));
      g_autoptr (GFile) dir = g_file_get_child (agents, name);

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      read_machine (&reader, dir, name);
    }
  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}
