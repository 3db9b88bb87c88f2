/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/simulator/prompt-words.h"

#include <string.h>

/* Prompts can be whole files; what matters stands at the start. */
#define MAX_LENGTH 4000

static void
find_quoted (JumpPromptWords *self, const char *text)
{
  static const char quotes[] = "\"'`";

  for (const char *c = text; *c != '\0'; c++)
    {
      const char *end;

      if (strchr (quotes, *c) == NULL || (c > text && g_ascii_isalnum (c[-1])))
        continue;
      end = strchr (c + 1, *c);
      if (end == NULL || end == c + 1)
        continue;
      g_ptr_array_add (self->quoted, g_strndup (c + 1, (gsize) (end - c - 1)));
      c = end;
    }
}

static gboolean
is_file_name (const char *word)
{
  const char *dot = strrchr (word, '.');

  if (g_str_has_prefix (word, "http"))
    return FALSE;
  if (strchr (word, '/') != NULL && word[1] != '\0')
    return TRUE;
  return dot != NULL && dot != word && g_ascii_isalpha (dot[1]) && strlen (dot) <= 6;
}

static gboolean
is_number (const char *word)
{
  char *end;

  g_ascii_strtod (word, &end);
  return end != word && *end == '\0';
}

/* A capital inside a sentence; neighbours that both have one belong together. */
static void
add_name (JumpPromptWords *self, const char *word, gboolean goes_on)
{
  guint last = self->names->len;

  if (goes_on && last > 0)
    {
      char *longer = g_strconcat (self->names->pdata[last - 1], " ", word, NULL);

      g_free (self->names->pdata[last - 1]);
      self->names->pdata[last - 1] = longer;
      return;
    }
  g_ptr_array_add (self->names, g_strdup (word));
}

static void
sort_words (JumpPromptWords *self, const char *text)
{
  g_auto (GStrv) raw = g_strsplit_set (text, " \t\r\n", -1);
  gboolean sentence_start = TRUE;
  gboolean was_name = FALSE;

  for (guint i = 0; raw[i] != NULL; i++)
    {
      g_autofree char *word = g_strdup (raw[i]);
      gsize length = strlen (word);
      gboolean ends = length > 0 && strchr (".!?:;,", word[length - 1]) != NULL;
      gboolean ends_sentence = ends && word[length - 1] != ',';
      gunichar first;
      gboolean is_name;

      while (length > 0 && strchr (".!?:;,\"'`()", word[length - 1]) != NULL)
        word[--length] = '\0';
      while (*word != '\0' && strchr ("\"'`(", *word) != NULL)
        memmove (word, word + 1, strlen (word));
      if (*word == '\0')
        continue;
      first = g_utf8_get_char_validated (word, -1);
      is_name = !sentence_start && first < 0x110000 && g_unichar_isupper (first) &&
                g_strcmp0 (word, "I") != 0 && !is_file_name (word);
      if (is_number (word))
        g_ptr_array_add (self->numbers, g_strdup (word));
      else if (is_file_name (word))
        g_ptr_array_add (self->files, g_strdup (word));
      if (is_name)
        add_name (self, word, was_name);
      was_name = is_name && !ends;
      sentence_start = ends_sentence;
    }
}

static char **
split_lower (const char *text)
{
  g_autofree char *lower = g_utf8_strdown (text, -1);

  return g_strsplit_set (lower, " \t\r\n.,;:!?\"'`()[]{}<>", -1);
}

/**
 * jump_prompt_words_init:
 * @self: (out): cleared with jump_prompt_words_clear()
 * @prompt: borrowed
 */
void
jump_prompt_words_init (JumpPromptWords *self, const char *prompt)
{
  g_autofree char *start = g_strndup (prompt, MAX_LENGTH);
  g_autofree char *text = g_utf8_make_valid (start, -1);

  self->prompt = prompt;
  self->words = split_lower (text);
  self->quoted = g_ptr_array_new_with_free_func (g_free);
  self->files = g_ptr_array_new_with_free_func (g_free);
  self->names = g_ptr_array_new_with_free_func (g_free);
  self->numbers = g_ptr_array_new_with_free_func (g_free);
  find_quoted (self, text);
  sort_words (self, text);
}

/**
 * jump_prompt_words_clear:
 */
void
jump_prompt_words_clear (JumpPromptWords *self)
{
  g_clear_pointer (&self->words, g_strfreev);
  g_clear_pointer (&self->quoted, g_ptr_array_unref);
  g_clear_pointer (&self->files, g_ptr_array_unref);
  g_clear_pointer (&self->names, g_ptr_array_unref);
  g_clear_pointer (&self->numbers, g_ptr_array_unref);
}

/**
 * jump_prompt_words_has:
 * @self: words
 * @word: lower case, whole
 */
gboolean
jump_prompt_words_has (const JumpPromptWords *self, const char *word)
{
  return g_strv_contains ((const char *const *) self->words, word);
}

/**
 * jump_prompt_words_pick:
 *
 * Returns: (transfer none) (nullable): the @n-th element, the last when there are fewer, NULL when
 * there is none
 */
const char *
jump_prompt_words_pick (const GPtrArray *list, guint n)
{
  return list->len == 0 ? NULL : list->pdata[MIN (n, list->len - 1)];
}
