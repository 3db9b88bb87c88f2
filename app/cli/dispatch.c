/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "app/cli/dispatch.h"

#include "app/cli/command-table.h"

/* The shells ask with it (data/completions); what follows are words of another command line. */
#define COMPLETE_WORD "__complete"

/* What --config names is the settings file; everything else stays where it was. */
static void
apply_config_option (JumpCommandContext *context)
{
  if (context->options.config_file == NULL)
    return;
  g_free (context->paths->settings_file);
  context->paths->settings_file = g_canonicalize_filename (context->options.config_file, NULL);
}

/* The service logs what it does; commands answer on standard output and only complain. */
static void
apply_log_level (JumpCommandContext *context, const JumpCommand *command)
{
  const char *level = jump_settings_get_string (context->settings, JUMP_KEY_LOG_LEVEL);
  const char *source = jump_settings_get_source (context->settings, JUMP_KEY_LOG_LEVEL);
  gboolean is_default = g_str_equal (source, "default");

  if (is_default && command->run != jump_command_run)
    level = "warning";
  jump_log_writer_set_level (context->log, level);
}

static JumpExitCode
show_help (JumpCommandContext *context, const char *name)
{
  char *words[] = { (char *) "help", (char *) name, NULL };

  return jump_command_help (context, words);
}

static JumpExitCode
run_command (JumpCommandContext *context, const JumpCommand *command, char **arguments)
{
  char *version_words[] = { (char *) "version", NULL };
  g_autoptr (GError) error = NULL;

  apply_config_option (context);
  if (context->options.version)
    return jump_command_version (context, version_words);
  if (context->options.health_check || command->needs == JUMP_NEEDS_SETTINGS)
    {
      if (!jump_command_context_load_settings (context, &error))
        {
          JumpExitCode code = jump_exit_with_error (error);

          /* Probes know 0 and 1; Docker keeps the rest for itself. */
          return context->options.health_check ? JUMP_EXIT_FAILURE : code;
        }
      apply_log_level (context, command);
    }
  if (context->options.health_check)
    return jump_command_health_check (context);
  return command->run (context, arguments);
}

/**
 * jump_dispatch:
 * @context: what the environment gave; takes the options
 * @arguments: the program's arguments, its name first
 *
 * Global options may stand before the command and after it; without a command the service is run.
 *
 * Returns: the exit status
 */
JumpExitCode
jump_dispatch (JumpCommandContext *context, char **arguments)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) words = g_strdupv (arguments);
  g_auto (GStrv) own_words = NULL;
  const JumpCommand *command;
  gboolean has_command;

  if (words[0] != NULL && g_strcmp0 (words[1], COMPLETE_WORD) == 0)
    return jump_command_complete (context, arguments + 2);
  if (!jump_options_parse_before_command (&context->options, &words, &error))
    return jump_command_refuse (NULL, error);
  has_command = words[0] != NULL && words[1] != NULL;
  command = jump_command_table_find (has_command ? words[1] : "run");
  if (command == NULL)
    return jump_command_refuse_unknown (words[1]);
  own_words = has_command ? g_strdupv (words + 1) : g_strsplit ("run", " ", 1);
  if (!jump_options_parse_after_command (&context->options, &own_words, &error))
    return jump_command_refuse (command->name, error);
  if (context->options.help)
    return show_help (context, has_command ? command->name : NULL);
  return run_command (context, command, own_words);
}
