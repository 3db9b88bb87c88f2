/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "app/cli/command-table.h"

#include "app/cli/column-text.h"
#include "service/service.h"

#include <glib/gi18n-lib.h>

static const JumpCommand commands[] = {
  { "run",
    "start",
    jump_command_run,
    N_ ("Start Jumpseat (this is what happens without a command)"),
        N_ ("  A second start brings the first to the front, or says where it runs.\n"),
            JUMP_NEEDS_SETTINGS },
    { "login",
      "auth",
      jump_command_login,
      N_ ("Sign in to GitHub with a code"),
          /* Translators: keep the words that are typed, and the columns below each other */
          N_ ("  --force          Sign in anew although somebody is signed in\n"
    "  --no-browser     Do not open the address in a browser\n"
    "  --host NAME      Sign in at a company's GitHub: NAME.ghe.com\n"
    "  --import [TOOL]  Take over the sign-in that another tool left behind\n"
    "  --with-token     Read a GitHub token from standard input\n"),
              JUMP_NEEDS_SETTINGS },
      { "logout", NULL, jump_command_logout, N_ ("Forget the account"), "", JUMP_NEEDS_SETTINGS },
        { "status",
          NULL,
          jump_command_status,
          N_ ("Show account, token and service"), "", JUMP_NEEDS_SETTINGS },
          { "models",
            NULL,
            jump_command_models,
            N_ ("List the models of the account"),
                N_ ("  --long           Show context and output limits\n"
    "  --routes         Show which API reaches each model directly, which is translated\n"),
                    JUMP_NEEDS_SETTINGS },
            { "keys",
              NULL,
              jump_command_keys,
              N_ ("List, make or revoke client keys"),
                  /* Translators: keep the words that are typed, and the columns below each other */
                  N_ ("  keys                       List the keys; what they are was shown only once\n"
    "  keys create NAME           Make a key and print it\n"
    "    --model MODEL            Only for this model, also as in gpt-4*; may be repeated\n"
    "    --requests-per-minute N  At most so many requests in a minute\n"
    "    --concurrent N           At most so many requests at once\n"
    "    --daily-credits N        At most so many credits a day\n"
    "  keys revoke NAME           Let nobody in with it any more\n"
    "  keys approve NAME          Let in who has signed up, or a revoked key again\n"
    "  keys remove NAME           Forget it\n"),
                      JUMP_NEEDS_SETTINGS },
              { "budget",
                NULL,
                jump_command_budget,
                N_ ("List, set or remove budgets"),
                    /* Translators: keep the words that are typed, and the columns below each other */
                    N_ ("  budget                       List the budgets and what is used of them\n"
    "  budget set NAME CREDITS ACTION [MODEL]\n"
    "                               NAME is day, month or session, for one client key or for\n"
    "                               models as in \"day key:laptop\" or \"month model:gpt-5*\"\n"
    "                               ACTION is warn, ask, cheaper [MODEL] or refuse\n"
    "  budget remove NAME           Forget it\n"),
                        JUMP_NEEDS_SETTINGS },
                { "usage",
                  NULL,
                  jump_command_usage,
                  N_ ("Show tokens, requests and credits that were used"),
                      /* Translators: keep the words that are typed, and the columns below each other */
                      N_ ("  --range RANGE    hour, today (if nothing is said), week, month, year or all\n"
        "  --by WHAT        model (if nothing is said), api, client, key, session, status, hour\n"
        "                   or day\n"
        "  --csv            As a table for spreadsheets\n"
        "  Behind ~ stand estimates, where GitHub named no price.\n"),
                          JUMP_NEEDS_SETTINGS },
                  { "requests",
                    NULL,
                    jump_command_requests,
                    N_ ("List the last requests, or follow them"),
                        /* Translators: keep the words that are typed, and the columns below each other */
                        N_ ("  --follow         Show requests as they end, until Ctrl-C\n"
        "  --search TEXT    Only those with TEXT in model, client, session, path or error\n"
        "  --full TEXT      Only those with these words in question or answer\n"
        "  --limit N        How many at most: 20 if nothing is said\n"),
                            JUMP_NEEDS_SETTINGS },
                    { "export",
                      NULL,
                      jump_command_export,
                      N_ ("Write requests to a file"),
                          /* Translators: keep the words that are typed, and the columns below each other */
                          N_ ("  export FILE      One line of JSON for each, the oldest first; - is standard output\n"
        "  --from DAY       Only from this day on, as in 2026-08-16\n"
        "  --until DAY      Only until the end of this day\n"
        "  --search TEXT    Only those with TEXT in model, client, session, path or error\n"),
                              JUMP_NEEDS_SETTINGS },
                      { "import",
                        NULL,
                        jump_command_import,
                        N_ ("Read requests from such a file"),
                            /* Translators: keep the words that are typed, and the columns below each other */
                            N_ ("  import FILE      - is standard input; what is imported never counts as usage\n"),
                                JUMP_NEEDS_SETTINGS },
                        { "dashboard",
                          NULL,
                          jump_command_dashboard,
                          N_ ("Open the dashboard in a browser"),
                              N_ ("  --print          Print the address instead; it works once, within a minute\n"),
                                  JUMP_NEEDS_SETTINGS },
                          { "config",
                            NULL,
                            jump_command_config,
                            N_ ("Show or change settings"),
                                N_ ("  config                 Show the settings file, the port, the token and the headers\n"
    "  config --all           Show every setting and where its value comes from\n"
    "  config get NAME        Print one setting, as in: config get server.port\n"
    "  config set NAME VALUE  Change one setting\n"
    "  config path            Print where the settings file is\n"
    "  config --generate      Write a settings file with every setting explained\n"),
                                    JUMP_NEEDS_NOTHING },
                            { "doctor",
                              "check",
                              jump_command_doctor,
                              N_ ("Look for what is wrong, and say what to do about it"),
                                  /* Translators: keep the words that are typed, and the columns below each other */
                                  N_ ("  --no-calls       Make no model calls: those cost a fraction of a credit\n"
    "  --offline        Ask nobody outside this computer; also --no-requests\n"
    "  --client TOOL    Look whether a tool is told to ask Jumpseat: claude-code, codex,\n"
    "                   opencode, openai, anthropic or ollama\n"
    "  Ends with 1 when something has failed, else with 0.\n"),
                                      JUMP_NEEDS_NOTHING },
                              { "refresh",
                                NULL,
                                jump_command_refresh,
                                N_ ("Renew the Copilot token now"), "", JUMP_NEEDS_SETTINGS },
                                { "quit",
                                  "stop",
                                  jump_command_quit,
                                  N_ ("End the Jumpseat that runs"), "", JUMP_NEEDS_SETTINGS },
                                  { "version",
                                    NULL,
                                    jump_command_version,
                                    N_ ("Show the version"), "", JUMP_NEEDS_NOTHING },
                                    { "help",
                                      NULL,
                                      jump_command_help,
                                      N_ ("Show help, also for one command"),
                                          N_ ("  help COMMAND\n"), JUMP_NEEDS_NOTHING },
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
 * jump_command_table_find_nearest:
 * @name: what somebody typed, no command
 *
 * Returns: (transfer none) (nullable): the first command that is one mistake away from it
 */
const JumpCommand *
jump_command_table_find_nearest (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      if (jump_edit_distance (name, commands[i].name) == 1)
        return &commands[i];
    }
  return NULL;
}

guint
jump_command_table_count (void)
{
  return G_N_ELEMENTS (commands);
}

const JumpCommand *
jump_command_table_get (guint index)
{
  return &commands[index];
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
  GString *text = g_string_new (_ ("Usage: jumpseat [OPTION…] [COMMAND] [ARGUMENT…]"));

  g_string_append_printf (text, "\n\n%s\n", _ ("Commands:"));
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    g_string_append_printf (text, "  %-10s %s\n", commands[i].name, _ (commands[i].help));
  g_string_append_printf (text, "\n%s\n%s\n", _ ("Options:"), options);
  g_string_append (text,
                   _ ("\"jumpseat help COMMAND\" explains one command; see also jumpseat(1)."));
  g_string_append_c (text, '\n');
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

  /* Translators: %s is the name of a command */
  g_string_append_printf (text, _ ("Usage: jumpseat %s [OPTION…]"), command->name);
  g_string_append (text, "\n\n");
  /* Translators: %s is what a command does; the sign that ends a sentence stands behind it */
  g_string_append_printf (text, _ ("%s."), _ (command->help));
  g_string_append_c (text, '\n');
  if (command->alias != NULL)
    {
      /* Translators: %s is another name of a command */
      g_string_append_printf (text, _ ("Also known as: %s"), command->alias);
      g_string_append_c (text, '\n');
    }
  if (*command->details != '\0')
    g_string_append_printf (text, "\n%s", _ (command->details));
  g_string_append_printf (text, "\n%s\n%s", _ ("Options:"), options);
  return g_string_free (text, FALSE);
}

/**
 * jump_command_table_describe_usage:
 * @command: (nullable): a row of the table; NULL for the program itself
 *
 * What stands below a complaint: enough to see what would be right, and where the rest is.
 *
 * Returns: (transfer full): some lines
 */
char *
jump_command_table_describe_usage (const JumpCommand *command)
{
  GString *text = g_string_new (NULL);

  if (command == NULL)
    g_string_append_printf (text,
                            "%s\n%s\n",
                            _ ("Usage: jumpseat [OPTION…] [COMMAND] [ARGUMENT…]"),
                               /* Translators: the word in double quotes is typed as it is */
                               _ ("\"jumpseat help\" lists commands and options."));
  else
    {
      g_string_append_printf (text, _ ("Usage: jumpseat %s [OPTION…]"), command->name);
      g_string_append_printf (text,
                              "\n%s%s",
                              *command->details == '\0' ? "" : "\n",
                              *command->details == '\0' ? "" : _ (command->details));
    }
  return g_string_free (text, FALSE);
}
