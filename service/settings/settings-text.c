/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/settings/settings-text.h"

#include "service/settings/settings-table.h"

#include <string.h>

#define COMMENT_WIDTH 92

static const char introduction[] =
    "Settings of Jumpseat. Every line that begins with # is a comment; remove the # in front of a "
    "setting to change it. Command line and environment win over this file. Changes are taken up "
    "while Jumpseat runs, unless a setting says that it needs a restart.";

static const char table_hint[] =
    "Remove the # in front of the group and of the rows that are to hold: when the group is there, "
    "exactly its rows count. The characters [ ] = % in a name are written as %5B %5D %3D %25.";

static void
append_comment (GString *text, const char *words)
{
  g_auto (GStrv) list = g_strsplit (words, " ", -1);
  gsize column = 0;

  for (guint i = 0; list[i] != NULL; i++)
    {
      gsize length = strlen (list[i]);

      if (column > 0 && column + 1 + length > COMMENT_WIDTH)
        {
          g_string_append_c (text, '\n');
          column = 0;
        }
      g_string_append (text, column == 0 ? "# " : " ");
      g_string_append (text, list[i]);
      column += length + 1;
    }
  g_string_append_c (text, '\n');
}

static char *
describe_choices (const char *choices)
{
  g_auto (GStrv) words = g_strsplit (choices, "|", -1);
  g_autofree char *list = g_strjoinv (", ", words);

  return g_strdup_printf (" One of: %s.", list);
}

static char *
describe_range (const JumpSettingRow *row)
{
  switch (row->type)
    {
    case JUMP_SETTING_BOOLEAN:
      return g_strdup (" true or false.");
    case JUMP_SETTING_INT:
      return g_strdup_printf (" From %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT ".",
                              row->min,
                              row->max);
    case JUMP_SETTING_CHOICE:
      return describe_choices (row->choices);
    case JUMP_SETTING_URL:
      return g_strdup (" An https address; http for loopback hosts only.");
    case JUMP_SETTING_ADDRESS:
      return g_strdup (" loopback, any, or an IP address.");
    case JUMP_SETTING_PROXY:
    case JUMP_SETTING_HOSTS:
    case JUMP_SETTING_ORIGINS:
    case JUMP_SETTING_STRING:
      break;
    }
  return g_strdup ("");
}

static void
append_row (GString *text, const JumpSettingRow *row)
{
  g_autofree char *range = describe_range (row);
  g_autofree char *facts = NULL;
  g_autofree char *variables = NULL;

  if (row->environment != NULL)
    {
      g_auto (GStrv) names = g_strsplit (row->environment, ",", -1);
      g_autofree char *list = g_strjoinv (", ", names);

      variables = g_strdup_printf (" Environment: %s.", list);
    }
  facts = g_strdup_printf ("Default: %s.%s%s%s",
                           *row->fallback == '\0' ? "empty" : row->fallback,
                           range,
                           row->needs_restart ? " Needs a restart." : "",
                           variables == NULL ? "" : variables);
  g_string_append_c (text, '\n');
  append_comment (text, row->doc);
  append_comment (text, facts);
  g_string_append_printf (text,
                          "#%s =%s%s\n",
                          row->name,
                          *row->fallback == '\0' ? "" : " ",
                          row->fallback);
}

static void
append_table (GString *text, JumpSettingTable table)
{
  g_autoptr (GPtrArray) rows = jump_setting_table_new_default (table);

  g_string_append_c (text, '\n');
  append_comment (text, jump_setting_table_doc (table));
  append_comment (text, table_hint);
  g_string_append_printf (text, "#[%s]\n", jump_setting_table_group (table));
  for (guint i = 0; i < rows->len; i++)
    {
      const JumpSettingPair *pair = g_ptr_array_index (rows, i);
      g_autofree char *key = jump_setting_table_escape (pair->name);

      g_string_append_printf (text, "#%s = %s\n", key, pair->target);
    }
}

static gboolean
is_group_line (const char *line, const char *group)
{
  gsize length = strlen (group);
  g_autofree char *stripped = g_strstrip (g_strdup (line));

  return stripped[0] == '[' && strncmp (stripped + 1, group, length) == 0 &&
         strcmp (stripped + 1 + length, "]") == 0;
}

static gboolean
is_any_group_line (const char *line)
{
  return line[strspn (line, " \t")] == '[';
}

/* Comments below the last key may well belong to the next group. */
static gboolean
is_blank_or_comment (const char *line)
{
  const char *at = line + strspn (line, " \t\r");

  return *at == '\0' || *at == '#';
}

/* "key = …", or "#key = …" when @is_comment. */
static gboolean
is_key_line (const char *line, const char *key, gboolean is_comment)
{
  gsize length = strlen (key);
  const char *at = line + strspn (line, " \t");

  if (is_comment)
    {
      if (*at != '#')
        return FALSE;
      at += 1 + strspn (at + 1, " \t");
    }
  if (strncmp (at, key, length) != 0)
    return FALSE;
  at += length;
  return at[strspn (at, " \t")] == '=';
}

typedef struct
{
  int active;    /* the last line that sets the key now: of several, it is the one that counts */
  int commented; /* the first one that shows it in a comment */
  int end;       /* behind the last line of the group that is no comment */
} Places;

static Places
find_places (char **lines, const char *group, const char *key)
{
  Places places = { -1, -1, -1 };
  gboolean in_group = FALSE;

  for (int i = 0; lines[i] != NULL; i++)
    {
      if (is_any_group_line (lines[i]))
        in_group = is_group_line (lines[i], group);
      if (!in_group)
        continue;
      if (is_key_line (lines[i], key, FALSE))
        places.active = i;
      else if (places.commented < 0 && is_key_line (lines[i], key, TRUE))
        places.commented = i;
      if (!is_blank_or_comment (lines[i]))
        places.end = i + 1;
    }
  return places;
}

char *
jump_settings_text_new (void)
{
  GString *text = g_string_new (NULL);
  const char *group = "";

  append_comment (text, introduction);
  for (guint i = 0; i < JUMP_N_KEYS; i++)
    {
      const JumpSettingRow *row = jump_setting_row ((JumpSettingKey) i);

      if (!g_str_equal (group, row->group))
        g_string_append_printf (text, "\n[%s]\n", row->group);
      group = row->group;
      append_row (text, row);
    }
  for (guint i = 0; i < JUMP_N_TABLES; i++)
    append_table (text, (JumpSettingTable) i);
  return g_string_free (text, FALSE);
}

/* A key that stands there several times is gone everywhere. */
char *
jump_settings_text_remove (const char *text,
                           const char *group,
                           const char *key,
                           const char *comment)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  Places places = find_places (lines, group, key);
  const char *line_end = strstr (text, "\r\n") != NULL ? "\r" : "";
  g_autofree char *line = comment == NULL ? NULL : g_strconcat (comment, line_end, NULL);
  g_autoptr (GPtrArray) out = g_ptr_array_new ();
  gboolean in_group = FALSE;

  for (int i = 0; lines[i] != NULL; i++)
    {
      if (is_any_group_line (lines[i]))
        in_group = is_group_line (lines[i], group);
      if (!in_group || !is_key_line (lines[i], key, FALSE))
        g_ptr_array_add (out, lines[i]);
      else if (i == places.active && places.commented < 0 && line != NULL)
        g_ptr_array_add (out, line);
    }
  g_ptr_array_add (out, NULL);
  return g_strjoinv ("\n", (char **) out->pdata);
}

char *
jump_settings_text_set (const char *text, const char *group, const char *key, const char *value)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  Places places = find_places (lines, group, key);
  const char *line_end = strstr (text, "\r\n") != NULL ? "\r" : "";
  g_autofree char *line =
      g_strdup_printf ("%s =%s%s%s", key, *value == '\0' ? "" : " ", value, line_end);
  g_autoptr (GPtrArray) out = g_ptr_array_new ();
  g_autofree char *header = g_strdup_printf ("[%s]%s", group, line_end);
  int replaced = places.active >= 0 ? places.active : places.commented;
  int n_lines = (int) g_strv_length (lines);

  /* A text that ends with a line end splits into an empty last line. */
  if (n_lines > 0 && *lines[n_lines - 1] == '\0')
    n_lines--;
  for (int i = 0; i < n_lines; i++)
    {
      if (replaced < 0 && i == places.end)
        g_ptr_array_add (out, line);
      g_ptr_array_add (out, i == replaced ? line : lines[i]);
    }
  if (places.end < 0)
    {
      if (n_lines > 0)
        g_ptr_array_add (out, (char *) line_end);
      g_ptr_array_add (out, header);
    }
  if (replaced < 0 && (places.end < 0 || places.end >= n_lines))
    g_ptr_array_add (out, line);
  g_ptr_array_add (out, (char *) "");
  g_ptr_array_add (out, NULL);
  return g_strjoinv ("\n", (char **) out->pdata);
}
