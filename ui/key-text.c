/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/key-text.h"

#include "ui/figure-text.h"

#include <glib/gi18n-lib.h>

static char *
describe_models (const JumpKeyLimits *limits)
{
  if (limits->models == NULL || limits->models[0] == NULL)
    return g_strdup (_ ("All models"));
  return g_strjoinv (", ", limits->models);
}

static void
add (GPtrArray *parts, char *text)
{
  g_ptr_array_add (parts, text);
}

/**
 * jump_key_text_limits:
 * @limits: of a key
 *
 * Returns: (transfer full): one line
 */
char *
jump_key_text_limits (const JumpKeyLimits *limits)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);

  add (parts, describe_models (limits));
  if (limits->requests_per_minute > 0)
    add (parts,
         /* Translators: a limit; %u is a number of requests */
         g_strdup_printf (
             ngettext ("%u request a minute", "%u requests a minute", limits->requests_per_minute),
             limits->requests_per_minute));
  if (limits->concurrent > 0)
    add (
        parts,
        /* Translators: a limit; %u is a number of requests */
        g_strdup_printf (ngettext ("%u request at once", "%u requests at once", limits->concurrent),
                         limits->concurrent));
  if (limits->daily_credits > 0)
    {
      g_autofree char *credits = jump_figure_text_amount (limits->daily_credits);

      /* Translators: a limit; %s is a number of credits */
      add (parts, g_strdup_printf (_ ("%s credits a day"), credits));
    }
  g_ptr_array_add (parts, NULL);
  /* Translators: between the parts of a list such as "All models · 5 requests a minute" */
  return g_strjoinv (C_ ("list", " · "), (char **) parts->pdata);
}

/**
 * jump_key_text_facts:
 * @key: a key
 *
 * Returns: (transfer full): how to recognize it, and when it was last used
 */
char *
jump_key_text_facts (JumpClientKey *key)
{
  gint64 last_used = jump_client_key_get_last_used (key);
  g_autofree char *day = NULL;

  if (last_used == 0)
    /* Translators: of a key; %s are its last four characters */
    return g_strdup_printf (_ ("Ends in %s, never used"), jump_client_key_get_hint (key));
  day = jump_figure_text_day (last_used);
  /* Translators: of a key: its last four characters, and a day such as "1 December" */
  return g_strdup_printf (_ ("Ends in %s, last used on %s"), jump_client_key_get_hint (key), day);
}

/**
 * jump_key_text_state:
 * @state: of a key
 *
 * Returns: (transfer none): a word or two
 */
const char *
jump_key_text_state (JumpClientKeyState state)
{
  switch (state)
    {
    case JUMP_CLIENT_KEY_PENDING:
      /* Translators: of a key that somebody has asked for */
      return _ ("Waits for approval");
    case JUMP_CLIENT_KEY_ACTIVE:
      return C_ ("key", "Active");
    case JUMP_CLIENT_KEY_REVOKED:
      return C_ ("key", "Revoked");
    }
  return "";
}

/**
 * jump_key_text_parse_models:
 * @text: names between commas
 *
 * Returns: (transfer full) (nullable): the names; NULL when there are none
 */
GStrv
jump_key_text_parse_models (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, ",", -1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  guint n_names = 0;

  for (guint i = 0; parts[i] != NULL; i++)
    {
      if (*g_strstrip (parts[i]) == '\0')
        continue;
      g_strv_builder_add (builder, parts[i]);
      n_names++;
    }
  return n_names == 0 ? NULL : g_strv_builder_end (builder);
}
