/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/keys/given-keys.h"

#include "service/base/error.h"
#include "service/base/paths.h"
#include "service/base/secret-file.h"
#include "service/keys/key-name.h"

#include <string.h>

#define DEFAULT_NAME "default"
/* Only a plain hash is kept, so nobody may be able to try all keys that people think of. */
#define MIN_SECRET 20
#define MAX_SECRET 512
#define MAX_KEYS   1000

static gboolean
refuse (GError **error, const char *path, guint line, const char *what)
{
  g_set_error (error,
               JUMP_ERROR,
               JUMP_ERROR_SETTINGS,
               "%s: %s line %u: %s",
               JUMP_CLIENT_KEY_FILE_VARIABLE,
               path,
               line,
               what);
  return FALSE;
}

static gboolean
has_name (GPtrArray *keys, const char *name)
{
  for (guint i = 0; i < keys->len; i++)
    {
      const JumpGivenKey *key = g_ptr_array_index (keys, i);

      if (g_ascii_strcasecmp (key->name, name) == 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
has_secret (GPtrArray *keys, const char *secret)
{
  for (guint i = 0; i < keys->len; i++)
    {
      const JumpGivenKey *key = g_ptr_array_index (keys, i);

      if (jump_secret_text_equal (key->secret, secret))
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_secret (const char *text)
{
  gsize length = strlen (text);

  for (const char *c = text; *c != '\0'; c++)
    {
      if (!g_ascii_isgraph (*c))
        return FALSE;
    }
  return length >= MIN_SECRET && length <= MAX_SECRET;
}

/* @line: without blanks around it; is cut in two */
static gboolean
take_line (GPtrArray *keys, char *line, const char *path, guint number, GError **error)
{
  gsize name_length = strcspn (line, " \t");
  char *secret = line;
  const char *name = DEFAULT_NAME;
  JumpGivenKey *key;

  if (line[name_length] != '\0')
    {
      line[name_length] = '\0';
      name = line;
      secret = line + name_length + 1;
      secret += strspn (secret, " \t");
    }
  if (!jump_key_name_check_user (name, NULL))
    return refuse (error,
                   path,
                   number,
                   "expected a name of 1 to 64 letters, digits, \"_\", \".\" or \"-\", "
                   "a space, and a key");
  if (!is_secret (secret))
    return refuse (error, path, number, "expected a key of 20 to 512 characters without spaces");
  if (has_name (keys, name))
    return refuse (error, path, number, "expected another name than before");
  if (has_secret (keys, secret))
    return refuse (error, path, number, "expected another key than before");
  if (keys->len == MAX_KEYS)
    return refuse (error, path, number, "expected 1000 keys at most");
  key = g_new0 (JumpGivenKey, 1);
  key->name = g_strdup (name);
  key->secret = jump_secret_text_new (secret);
  g_ptr_array_add (keys, key);
  return TRUE;
}

/* Cuts @text into its lines, in place, so that no copy of them is left anywhere. */
static gboolean
take_lines (GPtrArray *keys, char *text, const char *path, GError **error)
{
  guint number = 1;

  while (text != NULL)
    {
      char *line = text;
      gsize length = strcspn (line, "\n");

      text = line[length] == '\0' ? NULL : line + length + 1;
      line[length] = '\0';
      while (g_ascii_isspace (*line))
        line++;
      for (length = strlen (line); length > 0 && g_ascii_isspace (line[length - 1]); length--)
        line[length - 1] = '\0';
      if (*line != '\0' && *line != '#' && !take_line (keys, line, path, number, error))
        return FALSE;
      number++;
    }
  return TRUE;
}

void
jump_given_key_free (JumpGivenKey *self)
{
  g_free (self->name);
  jump_secret_text_unref (self->secret);
  g_free (self);
}

/**
 * jump_given_keys_read:
 * @path: of the file
 * @error: JUMP_ERROR_SETTINGS
 *
 * Returns: (transfer full) (element-type JumpGivenKey) (nullable): at least one
 */
GPtrArray *
jump_given_keys_read (const char *path, GError **error)
{
  g_autoptr (GPtrArray) keys =
      g_ptr_array_new_with_free_func ((GDestroyNotify) jump_given_key_free);
  char *text = jump_secret_file_read (JUMP_CLIENT_KEY_FILE_VARIABLE, path, error);
  gsize length = text == NULL ? 0 : strlen (text);
  gboolean is_good = text != NULL && take_lines (keys, text, path, error);

  jump_secret_wipe (text, length);
  g_free (text);
  if (!is_good)
    return NULL;
  if (keys->len > 0)
    return g_steal_pointer (&keys);
  refuse (error, path, 1, "expected a key");
  return NULL;
}
