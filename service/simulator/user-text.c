/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/simulator/user-text.h"

#include <string.h>

#define LONGEST_TAG 40

/* Names of such blocks have two words; those of HTML have one. Returns: the length of the name after
 * the bracket, 0 when none begins at @text. */
static gsize
get_block_name (const char *text)
{
  gsize length;

  if (*text != '<')
    return 0;
  length = strspn (text + 1, "abcdefghijklmnopqrstuvwxyz-_");
  if (length == 0 || length > LONGEST_TAG || strpbrk (text + 1, ">") == NULL)
    return 0;
  if (memchr (text + 1, '-', length) == NULL && memchr (text + 1, '_', length) == NULL &&
      !g_str_has_prefix (text, "<permissions instructions>"))
    return 0;
  return length;
}

/* Returns: (nullable): behind the block that begins at @text. */
static const char *
skip_block (const char *text)
{
  gsize length = get_block_name (text);
  g_autofree char *closing = NULL;
  const char *end;

  if (length == 0)
    return NULL;
  closing = g_strdup_printf ("</%.*s", (int) length, text + 1);
  end = strstr (text, closing);
  end = end == NULL ? NULL : strchr (end, '>');
  return end == NULL ? NULL : end + 1;
}

/* Some put a prompt in quotes, with backslashes before those inside. */
static char *
unquote (char *text)
{
  gsize length = strlen (text);
  g_autofree char *inner = NULL;
  g_auto (GStrv) parts = NULL;

  if (length < 2 || text[0] != '"' || text[length - 1] != '"')
    return text;
  inner = g_strndup (text + 1, length - 2);
  g_free (text);
  parts = g_strsplit (inner, "\\\"", -1);
  return g_strjoinv ("\"", parts);
}

/**
 * jump_user_text_strip:
 */
char *
jump_user_text_strip (const char *text)
{
  GString *rest = g_string_new (NULL);

  while (*text != '\0')
    {
      const char *behind = skip_block (text);

      if (behind != NULL)
        {
          text = behind;
          continue;
        }
      g_string_append_c (rest, *text);
      text++;
    }
  return unquote (g_strstrip (g_string_free (rest, FALSE)));
}

/**
 * jump_user_text_find_directory:
 */
char *
jump_user_text_find_directory (const char *text)
{
  static const char *const marks[] = {
    "orking directory: ", "orking directory is ", "<cwd>", "cwd: ", "orking Directory: ",
  };

  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    {
      const char *place = strstr (text, marks[i]);
      const char *start = place == NULL ? NULL : place + strlen (marks[i]);

      if (start == NULL)
        continue;
      start += strspn (start, "`\"' ");
      if (*start == '/')
        return g_strndup (start, strcspn (start, "`\"'<>\r\n"));
    }
  return NULL;
}

/**
 * jump_user_text_wants_title:
 * @system: a system text
 *
 * Returns: whether it is the order of a small request beside the talk itself: a title, a topic, a
 * summary
 */
gboolean
jump_user_text_wants_title (const char *system)
{
  static const char *const words[] = { "title", "topic", "summary", "summarize" };
  g_autofree char *lower = g_ascii_strdown (system, -1);

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      if (strstr (lower, words[i]) != NULL)
        return TRUE;
    }
  return FALSE;
}
