/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/secret-file.h"

#include "service/base/error.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

/* A token goes into a header: GitHub's and Copilot's stay far below this. */
#define MAX_TOKEN 8192

static gboolean
refuse (GError **error, const char *variable, const char *path, const char *what)
{
  g_set_error (error, JUMP_ERROR, JUMP_ERROR_SETTINGS, "%s: %s %s", variable, path, what);
  return FALSE;
}

static gboolean
refuse_unreadable (GError **error, const char *variable, const char *path, int problem)
{
  g_set_error (error,
               JUMP_ERROR,
               JUMP_ERROR_SETTINGS,
               "%s: cannot read %s: %s%s",
               variable,
               path,
               g_strerror (problem),
               problem == EACCES ? "; expected a file that the user Jumpseat runs as may read"
                                 : "");
  return FALSE;
}

/* Past the C library's buffers, which nobody would wipe. */
static gboolean
read_bytes (const char *variable, const char *path, char *bytes, gsize *out_length, GError **error)
{
  FILE *file = g_fopen (path, "rb");
  gsize length = 0;
  gsize n = 1;
  int problem = 0;

  if (file == NULL)
    return refuse_unreadable (error, variable, path, errno);
  setvbuf (file, NULL, _IONBF, 0);
  while (n > 0 && length <= JUMP_SECRET_FILE_MAX)
    {
      n = fread (bytes + length, 1, JUMP_SECRET_FILE_MAX + 1 - length, file);
      length += n;
    }
  problem = ferror (file) ? errno : 0;
  fclose (file);
  if (problem != 0)
    return refuse_unreadable (error, variable, path, problem);
  *out_length = length;
  return TRUE;
}

static gboolean
is_blank (const char *text)
{
  while (g_ascii_isspace (*text))
    text++;
  return *text == '\0';
}

static gboolean
check_bytes (const char *variable,
             const char *path,
             const char *bytes,
             gsize length,
             GError **error)
{
  if (length > JUMP_SECRET_FILE_MAX)
    return refuse (error, variable, path, "is too long for a file with secrets");
  if (memchr (bytes, '\0', length) != NULL || !g_utf8_validate (bytes, (gssize) length, NULL))
    return refuse (error, variable, path, "is not text");
  if (is_blank (bytes))
    return refuse (error, variable, path, "is empty");
  return TRUE;
}

/**
 * jump_secret_file_read:
 * @variable: that named the file
 * @path: of the file; a pipe will do, too
 * @error: JUMP_ERROR_SETTINGS, which names both and tells nothing of what stands in the file
 *
 * Returns: (transfer full) (nullable): UTF-8; jump_secret_free() it
 */
char *
jump_secret_file_read (const char *variable, const char *path, GError **error)
{
  char *bytes = g_malloc0 (JUMP_SECRET_FILE_MAX + 2);
  char *text = NULL;
  gsize length = 0;

  if (read_bytes (variable, path, bytes, &length, error) &&
      check_bytes (variable, path, bytes, length, error))
    text = g_strndup (bytes, length);
  jump_secret_wipe (bytes, JUMP_SECRET_FILE_MAX + 1); /* also what came before an error */
  g_free (bytes);
  return text;
}

/**
 * jump_secret_file_read_token:
 * @variable: that named the file
 * @path: of the file
 * @error: JUMP_ERROR_SETTINGS
 *
 * Returns: (transfer full) (nullable): what can be a header's value
 */
JumpSecretText *
jump_secret_file_read_token (const char *variable, const char *path, GError **error)
{
  char *text = jump_secret_file_read (variable, path, error);
  const char *start = text;
  gsize length = 0;
  JumpSecretText *token = NULL;

  if (text == NULL)
    return NULL;
  while (g_ascii_isspace (*start))
    start++;
  while (g_ascii_isgraph (start[length]))
    length++;
  if (length > 0 && length <= MAX_TOKEN && is_blank (start + length))
    token = jump_secret_text_new_take (g_strndup (start, length));
  else
    refuse (error, variable, path, "holds something else than one token");
  jump_secret_free (text);
  return token;
}
