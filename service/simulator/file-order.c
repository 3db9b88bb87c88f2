/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/simulator/file-order.h"

#include "service/simulator/prompt-words.h"

#include <string.h>

/* Of files that are just to be created. */
#define USUAL_CONTENT "Hello from the simulator"

static gboolean
is_order (const JumpPromptWords *words)
{
  static const char *const verbs[] = { "create", "write", "make", "save", "add", "put" };

  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    {
      if (jump_prompt_words_has (words, verbs[i]))
        return TRUE;
    }
  return FALSE;
}

/* Returns: (nullable): behind the words that announce the content. */
static const char *
find_content (const char *prompt)
{
  static const char *const marks[] = {
    "with the exact text",
    "with exactly the text",
    "with the following text",
    "with the text",
    "with the content",
    "with the exact content",
    "with content",
    "with text",
    "containing",
    "that contains",
    "that says",
    "saying",
    "that reads",
    "and the content",
    "and content",
    "and the text",
    "and text",
  };
  const char *first = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    {
      const char *place = strstr (prompt, marks[i]);

      if (place == NULL)
        continue;
      place += strlen (marks[i]);
      if (first == NULL || place < first)
        first = place;
    }
  return first;
}

/* The plural, "exactly", "the text", a colon: what may still stand before the content itself. */
static const char *
skip_fillers (const char *text)
{
  static const char *const fillers[] = { " ",          ":",           "exactly ",  "exactly:",
                                         "only ",      "the text ",   "the line ", "the word ",
                                         "the words ", "the content " };
  gboolean again = TRUE;

  if (*text == 's')
    text++;
  while (again)
    {
      again = FALSE;
      for (guint i = 0; i < G_N_ELEMENTS (fillers); i++)
        {
          if (!g_str_has_prefix (text, fillers[i]))
            continue;
          text += strlen (fillers[i]);
          again = TRUE;
        }
    }
  return text;
}

/* Up to the quote, else to the end of the sentence. */
static char *
dup_content (const char *text)
{
  static const char quotes[] = "\"'`";
  const char *end =
      *text != '\0' && strchr (quotes, *text) != NULL ? strchr (text + 1, *text) : NULL;
  gsize length;

  if (end != NULL)
    return g_strndup (text + 1, (gsize) (end - text - 1));
  end = strstr (text, ". ");
  length = end == NULL ? strcspn (text, "\r\n") : (gsize) (end - text);
  if (strcspn (text, "\r\n") < length)
    length = strcspn (text, "\r\n");
  while (length > 0 && (text[length - 1] == '.' || text[length - 1] == ' '))
    length--;
  return g_strndup (text, length);
}

/* Returns: (transfer full) (nullable): the quoted text that is not the file's name. */
static char *
dup_quoted (const JumpPromptWords *words, const char *name)
{
  for (guint i = 0; i < words->quoted->len; i++)
    {
      if (!g_str_equal (words->quoted->pdata[i], name))
        return g_strdup (words->quoted->pdata[i]);
    }
  return NULL;
}

/**
 * jump_file_order_read:
 * @self: (out): cleared with jump_file_order_clear()
 * @prompt: what a person wrote
 */
gboolean
jump_file_order_read (JumpFileOrder *self, const char *prompt)
{
  g_auto (JumpPromptWords) words = { 0 };
  const char *content;

  *self = (JumpFileOrder){ 0 };
  jump_prompt_words_init (&words, prompt);
  if (words.files->len == 0 || !is_order (&words))
    return FALSE;
  self->name = g_strdup (words.files->pdata[0]);
  content = find_content (prompt);
  self->content =
      content == NULL ? dup_quoted (&words, self->name) : dup_content (skip_fillers (content));
  if (self->content == NULL && jump_prompt_words_has (&words, "create"))
    self->content = g_strdup (USUAL_CONTENT);
  if (self->content != NULL && *self->content != '\0')
    return TRUE;
  jump_file_order_clear (self);
  return FALSE;
}

/**
 * jump_file_order_clear:
 */
void
jump_file_order_clear (JumpFileOrder *self)
{
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->content, g_free);
}
