/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "app/cli/options.h"

#include "app/cli/column-text.h"

#include <glib/gi18n-lib.h>

#define N_ENTRIES 13

/* The entries point into @self, so they are made anew for every parse. */
static void
fill_entries (JumpOptions *self, GOptionEntry entries[N_ENTRIES])
{
  const GOptionEntry all[N_ENTRIES] = {
    { "no-gui", 0, 0, G_OPTION_ARG_NONE, &self->no_gui, N_ ("Run without a window"), NULL },
      { "hidden",
        0,
        0,
        G_OPTION_ARG_NONE,
        &self->hidden,
        N_ ("Start with the icon only, the window closed"), NULL },
        /* what the bus's service file says, as for every program that it can start */
        { "gapplication-service",
          0,
          G_OPTION_FLAG_HIDDEN,
          G_OPTION_ARG_NONE,
          &self->is_bus_start,
          NULL,
          NULL },
        { "demo", 0, 0, G_OPTION_ARG_NONE, &self->demo, N_ ("Use a simulated account"), NULL },
          { "port",
            'p',
            0,
            G_OPTION_ARG_STRING,
            &self->port,
            N_ ("Listen on PORT, 0 for any"),
                /* Translators: stands in --port=PORT; the word in "Listen on PORT" is the same */
                N_ ("PORT") },
            { "address",
              0,
              0,
              G_OPTION_ARG_STRING,
              &self->address,
              N_ ("Listen on ADDRESS: loopback, any, or an IP address"), N_ ("ADDRESS") },
              { "config",
                'c',
                0,
                G_OPTION_ARG_FILENAME,
                &self->config_file,
                N_ ("Read settings from FILE"), N_ ("FILE") },
                { "log-level",
                  0,
                  0,
                  G_OPTION_ARG_STRING,
                  &self->log_level,
                  /* Translators: these four words are typed as they are */
                  N_ ("debug, info, warning or error"), N_ ("LEVEL") },
                  { "json",
                    0,
                    0,
                    G_OPTION_ARG_NONE,
                    &self->json,
                    N_ ("Print JSON instead of text"), NULL },
                    { "health-check",
                      0,
                      0,
                      G_OPTION_ARG_NONE,
                      &self->health_check,
                      N_ ("Exit with 0 if an instance answers, 1 if not"), NULL },
                      { "help", 'h', 0, G_OPTION_ARG_NONE, &self->help, N_ ("Show help"), NULL },
                        { "version",
                          'V',
                          0,
                          G_OPTION_ARG_NONE,
                          &self->version,
                          N_ ("Show the version"), NULL },
                          { NULL },
                      };

  for (guint i = 0; i < N_ENTRIES; i++)
    entries[i] = all[i];
}

/* The same option twice: the last one counts. */
static void
take_later (char **value, char **later)
{
  if (*later == NULL)
    return;
  g_free (*value);
  *value = g_steal_pointer (later);
}

/**
 * jump_options_clear:
 * @self: the options
 */
void
jump_options_clear (JumpOptions *self)
{
  g_clear_pointer (&self->port, g_free);
  g_clear_pointer (&self->address, g_free);
  g_clear_pointer (&self->config_file, g_free);
  g_clear_pointer (&self->log_level, g_free);
}

/**
 * jump_options_parse_before_command:
 * @self: takes what is found
 * @arguments: (inout): the program's arguments, its name first; options are taken out
 * @error: G_OPTION_ERROR
 *
 * Stops at the first word that is no option: the command.
 *
 * Returns: whether every option was understood
 */
gboolean
jump_options_parse_before_command (JumpOptions *self, char ***arguments, GError **error)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  GOptionEntry entries[N_ENTRIES];

  fill_entries (self, entries);
  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_set_strict_posix (context, TRUE);
  return g_option_context_parse_strv (context, arguments, error);
}

/**
 * jump_options_parse_after_command:
 * @self: takes what is found
 * @arguments: (inout): the command's arguments, its name first; global options are taken out
 * @error: G_OPTION_ERROR
 *
 * Leaves the command's own options where they are.
 *
 * Returns: whether every global option was understood
 */
gboolean
jump_options_parse_after_command (JumpOptions *self, char ***arguments, GError **error)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_auto (JumpOptions) later = { 0 };
  GOptionEntry entries[N_ENTRIES];

  fill_entries (&later, entries);
  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_set_ignore_unknown_options (context, TRUE);
  if (!g_option_context_parse_strv (context, arguments, error))
    return FALSE;

  self->no_gui |= later.no_gui;
  self->hidden |= later.hidden;
  self->is_bus_start |= later.is_bus_start;
  self->demo |= later.demo;
  self->json |= later.json;
  self->health_check |= later.health_check;
  self->help |= later.help;
  self->version |= later.version;
  take_later (&self->port, &later.port);
  take_later (&self->address, &later.address);
  take_later (&self->config_file, &later.config_file);
  take_later (&self->log_level, &later.log_level);
  return TRUE;
}

/**
 * jump_options_parse_own:
 * @entries: (nullable): what a command knows besides the global options
 * @arguments: the command's arguments, its name first
 * @rest: (out) (transfer full) (nullable): the words that are left, without the name; NULL refuses
 *   any
 * @error: G_OPTION_ERROR
 *
 * Returns: whether everything was understood
 */
gboolean
jump_options_parse_own (const GOptionEntry *entries, char **arguments, char ***rest, GError **error)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_auto (GStrv) left = g_strdupv (arguments);

  g_option_context_set_help_enabled (context, FALSE);
  if (entries != NULL)
    g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse_strv (context, &left, error))
    return FALSE;
  if (rest != NULL)
    {
      *rest = g_strdupv (left + 1);
      return TRUE;
    }
  if (left[1] != NULL)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED, _ ("Unexpected word %s"), left[1]);
      return FALSE;
    }
  return TRUE;
}

/**
 * jump_options_describe:
 *
 * Returns: (transfer full): one line per global option, for the usage text
 */
char *
jump_options_describe (void)
{
  g_auto (JumpOptions) unused = { 0 };
  GString *text = g_string_new (NULL);
  GOptionEntry entries[N_ENTRIES];

  fill_entries (&unused, entries);
  for (guint i = 0; entries[i].long_name != NULL; i++)
    {
      const char *argument =
          entries[i].arg_description == NULL ? NULL : _ (entries[i].arg_description);
      g_autofree char *name = NULL;

      if ((entries[i].flags & G_OPTION_FLAG_HIDDEN) != 0)
        continue;
      name =
          g_strconcat ("--", entries[i].long_name, argument == NULL ? NULL : "=", argument, NULL);
      if (entries[i].short_name != 0)
        g_string_append_printf (text, "  -%c, ", entries[i].short_name);
      else
        g_string_append (text, "      ");
      jump_column_append (text, name, 19);
      g_string_append_printf (text, " %s\n", _ (entries[i].description));
    }
  return g_string_free (text, FALSE);
}

void
jump_options_foreach (JumpOptionFunc func, gpointer user_data)
{
  g_auto (JumpOptions) unused = { 0 };
  GOptionEntry entries[N_ENTRIES];

  fill_entries (&unused, entries);
  for (guint i = 0; entries[i].long_name != NULL; i++)
    {
      g_autofree char *name = g_strconcat ("--", entries[i].long_name, NULL);

      if ((entries[i].flags & G_OPTION_FLAG_HIDDEN) == 0)
        func (name,
              entries[i].short_name,
              entries[i].arg_description,
              _ (entries[i].description), user_data);
    }
}
