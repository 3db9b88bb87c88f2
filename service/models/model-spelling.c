/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/models/model-spelling.h"

#include <string.h>

static gboolean
is_digits (const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    {
      if (!g_ascii_isdigit (text[i]))
        return FALSE;
    }
  return length > 0;
}

/* 0 when there is none. */
static gsize
get_date_length (const char *name, gsize length)
{
  static const gsize compact = sizeof ("-20250514") - 1;
  static const gsize dashed = sizeof ("-2024-11-20") - 1;
  const char *end = name + length;

  if (length > dashed && end[-11] == '-' && is_digits (end - 10, 4) && end[-6] == '-' &&
      is_digits (end - 5, 2) && end[-3] == '-' && is_digits (end - 2, 2))
    return dashed;
  if (length > compact && (end[-9] == '-' || end[-9] == '@') && is_digits (end - 8, 8) &&
      g_str_has_prefix (end - 8, "20"))
    return compact;
  return 0;
}

/**
 * jump_model_spelling_strip:
 * @name: as a client sent it
 *
 * Gemini clients say "models/…", routers "openai/…" or "anthropic/…", Ollama clients "…:latest",
 * Anthropic's own aliases end in "-latest".
 *
 * Returns: (transfer full): lower case; may be empty
 */
char *
jump_model_spelling_strip (const char *name)
{
  static const char *const endings[] = { ":latest", "-latest" };
  const char *slash = strrchr (name, '/');
  g_autofree char *text = g_ascii_strdown (slash == NULL ? name : slash + 1, -1);

  g_strstrip (text);
  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      if (g_str_has_suffix (text, endings[i]))
        text[strlen (text) - strlen (endings[i])] = '\0';
    }
  return g_steal_pointer (&text);
}

/**
 * jump_model_spelling_drop_date:
 * @name: a name
 *
 * Dates are -20250514, -2024-11-20 and, as Vertex writes them, @20250514.
 *
 * Returns: (transfer full) (nullable): the rest
 */
char *
jump_model_spelling_drop_date (const char *name)
{
  gsize length = strlen (name);
  gsize date_length = get_date_length (name, length);

  return date_length == 0 ? NULL : g_strndup (name, length - date_length);
}

/**
 * jump_model_spelling_drop_1m:
 * @name: a name
 *
 * Claude Code asks for the long context window with a suffix; upstream has a model "…-1m" for it,
 * or none (protocol 4.4).
 *
 * Returns: (transfer full) (nullable): the rest
 */
char *
jump_model_spelling_drop_1m (const char *name)
{
  static const gsize suffix_length = sizeof ("[1m]") - 1;
  gsize length = strlen (name);

  if (length <= suffix_length || g_ascii_strcasecmp (name + length - suffix_length, "[1m]") != 0)
    return NULL;
  return g_strndup (name, length - suffix_length);
}

/**
 * jump_model_spelling_key:
 * @name: a name or an id
 *
 * Upstream writes versions with a dot, Anthropic with a dash, and Anthropic's older names have the
 * version before the family: words go first and numbers last, each in their own order.
 *
 * Returns: (transfer full): for comparison only
 */
char *
jump_model_spelling_key (const char *name)
{
  g_autofree char *lower = g_ascii_strdown (name, -1);
  g_auto (GStrv) parts = g_strsplit_set (lower, "-.", -1);
  g_autoptr (GString) words = g_string_new (NULL);
  g_autoptr (GString) numbers = g_string_new (NULL);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      GString *side = is_digits (parts[i], strlen (parts[i])) ? numbers : words;

      g_string_append_printf (side, "%s-", parts[i]);
    }
  g_string_append (words, numbers->str);
  return g_string_free (g_steal_pointer (&words), FALSE);
}
