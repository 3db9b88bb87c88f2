/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "app/cli/command-form.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Between what is typed and what it means. */
#define GAP "  "

static void
free_form (gpointer data)
{
  JumpCommandForm *form = data;

  g_free (form->verb);
  g_free (form->option);
  g_strfreev (form->operands);
  g_free (form->help);
  g_free (form);
}

static const char *
skip_spaces (const char *text)
{
  return text + strspn (text, " ");
}

/* Returns: (transfer full) (nullable): what stands behind the gap of a line. */
static char *
read_help (const char *line)
{
  const char *gap = strstr (skip_spaces (line), GAP);
  const char *help = gap == NULL ? NULL : skip_spaces (gap);

  return help == NULL || *help == '\0' ? NULL : g_strdup (help);
}

static gboolean
is_verb (const char *word)
{
  return g_ascii_islower (*word);
}

/* "NAME", "[TOOL]", and no word of a sentence. */
static char *
read_operand (const char *word)
{
  g_autofree char *bare = g_strdup (word);
  gsize length;

  g_strdelimit (bare, "[]", ' ');
  g_strstrip (bare);
  length = strlen (bare);
  if (length == 0 || strspn (bare, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != length)
    return NULL;
  return g_steal_pointer (&bare);
}

/* Returns: (transfer full) (nullable): NULL when the line says something else. */
static JumpCommandForm *
read_form (const char *command, const char *line, const char *shown_line)
{
  const char *text = skip_spaces (line);
  const char *gap = strstr (text, GAP);
  g_autofree char *typed = gap == NULL ? g_strdup (text) : g_strndup (text, (gsize) (gap - text));
  g_auto (GStrv) words = g_strsplit (typed, " ", -1);
  g_autoptr (GStrvBuilder) operands = g_strv_builder_new ();
  JumpCommandForm *form;
  guint i = 0;

  if (words[0] == NULL || text == line)
    return NULL;
  if (g_str_equal (words[0], command))
    i++;
  else if (!g_str_has_prefix (words[0], "--"))
    return NULL;
  form = g_new0 (JumpCommandForm, 1);
  if (words[i] != NULL && g_str_has_prefix (words[i], "--"))
    form->option = g_strdup (words[i++]);
  else if (words[i] != NULL && is_verb (words[i]))
    form->verb = g_strdup (words[i++]);
  for (; words[i] != NULL; i++)
    {
      g_autofree char *operand = read_operand (words[i]);

      if (operand != NULL)
        g_strv_builder_add (operands, operand);
    }
  form->operands = g_strv_builder_end (operands);
  form->help = read_help (shown_line);
  return form;
}

/**
 * jump_command_forms_new:
 * @command: a row of the table
 *
 * What is typed comes from the text as it was written, since translations may have other words for
 * operands; the lines of both are the same.
 *
 * Returns: (transfer full) (element-type JumpCommandForm): in the order of the text
 */
GPtrArray *
jump_command_forms_new (const JumpCommand *command)
{
  GPtrArray *forms = g_ptr_array_new_with_free_func (free_form);
  g_auto (GStrv) lines = g_strsplit (command->details, "\n", -1);
  g_auto (GStrv) shown = NULL;
  gboolean is_same;

  if (*command->details == '\0')
    return forms;
  shown = g_strsplit (_ (command->details), "\n", -1);
  is_same = g_strv_length (lines) == g_strv_length (shown);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      JumpCommandForm *form = read_form (command->name, lines[i], is_same ? shown[i] : lines[i]);

      if (form != NULL)
        g_ptr_array_add (forms, form);
    }
  return forms;
}
