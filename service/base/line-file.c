/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/line-file.h"

#include "service/base/error.h"

#include <gio/gio.h>

/* A crash, or a full disk, may have left half a line. */
static gboolean
ends_in_half_a_line (GFile *file)
{
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, NULL);
  char last = '\n';

  return stream != NULL && g_seekable_seek (G_SEEKABLE (stream), -1, G_SEEK_END, NULL, NULL) &&
         g_input_stream_read (G_INPUT_STREAM (stream), &last, 1, NULL, NULL) == 1 && last != '\n';
}

/* In one piece, so that a reader never sees two lines mixed. */
static gboolean
append (GFile *file, const char *line, gsize length, GError **error)
{
  g_autoptr (GString) text = g_string_sized_new (length + 3);
  g_autoptr (GFileOutputStream) stream = NULL;

  if (ends_in_half_a_line (file))
    g_string_append_c (text, '\n');
  g_string_append_len (text, line, (gssize) length);
  g_string_append_c (text, '\n');
  stream = g_file_append_to (file, G_FILE_CREATE_PRIVATE, NULL, error);
  return stream != NULL &&
         g_output_stream_write_all (G_OUTPUT_STREAM (stream),
                                    text->str,
                                    text->len,
                                    NULL,
                                    NULL,
                                    error) &&
         g_output_stream_close (G_OUTPUT_STREAM (stream), NULL, error);
}

/**
 * jump_line_file_append:
 * @path: in a folder that is there
 * @line: without its end, and without one inside
 * @length: in bytes
 * @error: %JUMP_ERROR_STORE
 *
 * Returns: whether the line is in the file
 */
gboolean
jump_line_file_append (const char *path, const char *line, gsize length, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) cause = NULL;

  if (append (file, line, length, &cause))
    return TRUE;
  g_set_error (error, JUMP_ERROR, JUMP_ERROR_STORE, "writing %s: %s", path, cause->message);
  return FALSE;
}
