/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "app/cli/command-table.h"

static const JumpCommand commands[] = {
  { "run",
    "start",
    jump_command_run,
    "Start Jumpseat (this is what happens without a command)",
    "  A second start brings the first to the front, or says where it runs.\n",
    JUMP_NEEDS_SETTINGS },
  { "login",
    "auth",
    jump_command_login,
    "Sign in to GitHub with a code",
    "  --force          Sign in anew although somebody is signed in\n"
    "  --no-browser     Do not open the address in a browser\n"
    "  --import [TOOL]  Take over the sign-in that another tool left behind\n"
    "  --with-token     Read a GitHub token from standard input\n",
    JUMP_NEEDS_SETTINGS },
  { "logout", NULL, jump_command_logout, "Forget the account", "", JUMP_NEEDS_SETTINGS },
  { "status",
    NULL,
    jump_command_status,
    "Show account, token and service",
    "",
    JUMP_NEEDS_SETTINGS },
  { "models",
    NULL,
    jump_command_models,
    "List the models of the account",
    "  --long           Show context and output limits\n"
    "  --routes         Show which API reaches each model directly, which is translated\n",
    JUMP_NEEDS_SETTINGS },
  { "config",
    NULL,
    jump_command_config,
    "Show or change settings",
    "  config                 Show the settings file, the port, the token and the headers\n"
    "  config --all           Show every setting and where its value comes from\n"
    "  config get NAME        Print one setting, as in: config get server.port\n"
    "  config set NAME VALUE  Change one setting\n"
    "  config path            Print where the settings file is\n"
    "  config --generate      Write a settings file with every setting explained\n",
    JUMP_NEEDS_NOTHING },
  { "refresh", NULL, jump_command_refresh, "Renew the Copilot token now", "", JUMP_NEEDS_SETTINGS },
  { "version", NULL, jump_command_version, "Show the version", "", JUMP_NEEDS_NOTHING },
  { "help",
    NULL,
    jump_command_help,
    "Show help, also for one command",
    "  help COMMAND\n",
    JUMP_NEEDS_NOTHING },
};

/**
 * jump_command_table_find:
 * @name: a command or its alias
 *
 * Returns: (transfer none) (nullable): its row
 */
const JumpCommand *
jump_command_table_find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      if (g_strcmp0 (commands[i].name, name) == 0 || g_strcmp0 (commands[i].alias, name) == 0)
        return &commands[i];
    }
  return NULL;
}

/**
 * jump_command_table_describe:
 *
 * Returns: (transfer full): the program's usage text
 */
char *
jump_command_table_describe (void)
{
  g_autofree char *options = jump_options_describe ();
  GString *text = g_string_new ("Usage: jumpseat [OPTION…] [COMMAND] [ARGUMENT…]\n\nCommands:\n");

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    g_string_append_printf (text, "  %-10s %s\n", commands[i].name, commands[i].help);
  g_string_append_printf (text, "\nOptions:\n%s", options);
  g_string_append (text,
                   "\n\"jumpseat help COMMAND\" explains one command; see also jumpseat(1).\n");
  return g_string_free (text, FALSE);
}

/**
 * jump_command_table_describe_command:
 * @command: a row of the table
 *
 * Returns: (transfer full): its usage text
 */
char *
jump_command_table_describe_command (const JumpCommand *command)
{
  g_autofree char *options = jump_options_describe ();
  GString *text = g_string_new (NULL);

  g_string_append_printf (text,
                          "Usage: jumpseat %s [OPTION…]\n\n%s.\n",
                          command->name,
                          command->help);
  if (command->alias != NULL)
    g_string_append_printf (text, "Also known as: %s\n", command->alias);
  if (*command->details != '\0')
    g_string_append_printf (text, "\n%s", command->details);
  g_string_append_printf (text, "\nOptions:\n%s", options);
  return g_string_free (text, FALSE);
}
