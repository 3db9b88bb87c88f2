/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "app/cli/doctor-columns.h"

#include "app/cli/column-text.h"
#include "service/service.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define WIDTH       80
#define TITLE_WIDTH 17
/* Times below are nobody's worry. */
#define TOLD_MS 100

typedef struct
{
  const char *name;
  const char *shown;
} Word;

static const Word groups[] = {
  { "computer", N_ ("This computer") }, { "network", N_ ("Network") }, { "account", N_ ("Account") },
  { "apis", N_ ("APIs") },              { "desktop", N_ ("Desktop") }, { "tool", N_ ("Your tool") },
};

static const Word titles[] = {
  { "settings", N_ ("Settings") },
    { "data_folder", N_ ("Data folder") },
      { "history", N_ ("History") },
        { "keyring", N_ ("Keyring") },
          { "port", N_ ("Port") },
            { "open_files", N_ ("Open files") },
              { "libraries", N_ ("Libraries") },
                { "proxy", N_ ("Proxy") },
                  { "dns", N_ ("Host names") },
                    { "tls", N_ ("Connection") },
                      { "clock", N_ ("Clock") },
                        { "github_token", N_ ("GitHub token") },
                          { "subscription", N_ ("Subscription") },
                            { "copilot_token", N_ ("Copilot token") },
                              { "copilot_host", N_ ("Copilot host") },
                                { "models", N_ ("Models") },
                                  { "chat", "Chat completions" },
                                  { "responses", "Responses" },
                                  { "messages", "Messages" },
                                  { "ollama", "Ollama chat" },
                                  { "embeddings", "Embeddings" },
                                  { "stream", N_ ("Streaming") },
                                    { "instances", N_ ("Running Jumpseat") },
                                      { "tray", N_ ("Tray") },
                                        { "autostart", N_ ("Autostart") },
                                      };

typedef struct
{
  const char *state;
  const char *sign;
  const char *colour; /* of ECMA-48 */
} Mark;

static const Mark marks[] = {
  { "ok", "✓", "32" },
  { "warning", "!", "33" },
  { "failed", "✗", "31" },
  { "skipped", "-", "2" },
};

static const char *
find_word (const Word *words, gsize n_words, const char *name, const char *fallback)
{
  for (gsize i = 0; i < n_words; i++)
    if (g_strcmp0 (words[i].name, name) == 0)
      return _ (words[i].shown);
  return fallback;
}

static const Mark *
find_mark (const char *state)
{
  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
    if (g_str_equal (marks[i].state, state))
      return &marks[i];
  return &marks[G_N_ELEMENTS (marks) - 1];
}

static void
append_blanks (GString *text, glong n)
{
  for (glong i = 0; i < n; i++)
    g_string_append_c (text, ' ');
}

/* The cursor stands in column @indent. Words that are longer than a line stay whole: somebody may copy them. */
static void
append_wrapped (GString *text, const char *words, glong indent)
{
  g_autofree char *plain = jump_column_make_plain (words);
  g_auto (GStrv) list = g_strsplit (plain, " ", -1);
  glong column = indent;

  for (guint i = 0; list[i] != NULL; i++)
    {
      glong width = jump_column_get_width (list[i]);

      if (i > 0 && column + 1 + width > WIDTH)
        {
          g_string_append_c (text, '\n');
          append_blanks (text, indent);
          column = indent;
        }
      else if (i > 0)
        {
          g_string_append_c (text, ' ');
          column++;
        }
      g_string_append (text, list[i]);
      column += width;
    }
  g_string_append_c (text, '\n');
}

static void
append_coloured (GString *text, const char *what, const char *colour, gboolean uses_colour)
{
  if (uses_colour)
    g_string_append_printf (text, "\033[%sm%s\033[0m", colour, what);
  else
    g_string_append (text, what);
}

static void
append_check (GString *text, JsonObject *check, gboolean uses_colour)
{
  const char *remedy = jump_json_get_string (check, "remedy", NULL);
  const char *name = jump_json_get_string (check, "name", "");
  const Mark *mark = find_mark (jump_json_get_string (check, "state", ""));
  gint64 time = jump_json_get_int (check, "time_ms", 0);
  g_autofree char *found = g_strdup (jump_json_get_string (check, "found", ""));
  glong indent = 2 + 2 + TITLE_WIDTH + 1;

  if (time >= TOLD_MS)
    {
      g_autofree char *plain = g_steal_pointer (&found);

      found = g_strdup_printf ("%s (%d ms)", plain, (int) time);
    }
  g_string_append (text, "  ");
  append_coloured (text, mark->sign, mark->colour, uses_colour);
  g_string_append_c (text, ' ');
  jump_column_append (
      text,
      find_word (titles, G_N_ELEMENTS (titles), name, jump_json_get_string (check, "title", name)),
      TITLE_WIDTH);
  g_string_append_c (text, ' ');
  append_wrapped (text, found, indent);
  if (remedy == NULL)
    return;
  append_blanks (text, indent);
  g_string_append (text, "→ ");
  append_wrapped (text, remedy, indent + 2);
}

static void
append_sums (GString *text, JsonArray *checks, gint64 time_ms)
{
  int counts[G_N_ELEMENTS (marks)] = { 0 };

  for (guint i = 0; i < json_array_get_length (checks); i++)
    {
      JsonObject *check = jump_json_array_get_object (checks, i);

      counts[find_mark (jump_json_get_string (check, "state", "")) - marks]++;
    }
  /* Translators: how many checks ended how, and how many seconds all of them took */
  g_string_append_printf (
      text,
      _ ("\nFine: %d. Warnings: %d. Failed: %d. Skipped: %d. It took %.1f s.\n"),
         counts[0],
         counts[1],
         counts[2],
         counts[3],
         (double) time_ms / 1000);
}

/**
 * jump_doctor_columns_new:
 * @report: with "checks"
 * @uses_colour: whether the terminal shows colours
 */
char *
jump_doctor_columns_new (JsonObject *report, gboolean uses_colour)
{
  JsonArray *checks = jump_json_get_array (report, "checks");
  GString *text = g_string_new (NULL);
  const char *last_group = "";

  for (guint i = 0; checks != NULL && i < json_array_get_length (checks); i++)
    {
      JsonObject *check = jump_json_array_get_object (checks, i);
      const char *group = jump_json_get_string (check, "group", "");

      if (!g_str_equal (group, last_group))
        {
          const char *title = find_word (groups, G_N_ELEMENTS (groups), group, group);

          g_string_append (text, i == 0 ? "" : "\n");
          append_coloured (text, title, "1", uses_colour);
          g_string_append_c (text, '\n');
        }
      last_group = group;
      append_check (text, check, uses_colour);
    }
  if (checks != NULL)
    append_sums (text, checks, jump_json_get_int (report, "time_ms", 0));
  return g_string_free (text, FALSE);
}
