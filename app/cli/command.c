/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "app/cli/command.h"

#include "app/cli/command-table.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

static gboolean
apply_option (JumpSettings *settings,
              JumpSettingKey key,
              const char *text,
              const char *option,
              GError **error)
{
  return text == NULL || jump_settings_override (settings, key, text, option, error);
}

/**
 * jump_command_context_init:
 * @self: takes folders and tokens from the environment
 * @log: the program's log writer
 *
 * The tokens leave the environment here, before anything could start a child that inherits them.
 */
void
jump_command_context_init (JumpCommandContext *self, JumpLogWriter *log)
{
  *self = (JumpCommandContext){ .log = log };
  self->activation = jump_activation_take ();
  self->tokens = jump_environment_tokens_take ();
  self->given = jump_environment_tokens_copy (self->tokens);
  self->paths = jump_paths_new_from_environment ();
}

/**
 * jump_command_context_clear:
 * @self: what the commands were given
 */
void
jump_command_context_clear (JumpCommandContext *self)
{
  jump_options_clear (&self->options);
  g_clear_pointer (&self->paths, jump_paths_free);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->tokens, jump_environment_tokens_free);
  g_clear_pointer (&self->given, jump_environment_tokens_free);
  g_clear_pointer (&self->activation, jump_activation_free);
}

/**
 * jump_command_context_load_settings:
 * @self: whose options are parsed
 * @error: JUMP_ERROR_SETTINGS naming key, value and range
 *
 * File, environment and command line, the last one strongest. A file that is named on the command
 * line has to be there, and so has one that shall hold a token.
 *
 * Returns: whether every value is right
 */
gboolean
jump_command_context_load_settings (JumpCommandContext *self, GError **error)
{
  const JumpOptions *options = &self->options;

  if (options->config_file != NULL && !g_file_test (options->config_file, G_FILE_TEST_EXISTS))
    {
      g_set_error (error,
                   JUMP_ERROR,
                   JUMP_ERROR_SETTINGS,
                   _ ("settings file %s, given with --config, does not exist"),
                      options->config_file);
      return FALSE;
    }
  if (self->tokens != NULL && self->tokens->problem != NULL)
    {
      g_propagate_error (error, g_error_copy (self->tokens->problem));
      return FALSE;
    }
  g_clear_object (&self->settings);
  self->settings = jump_settings_new (self->paths->settings_file);
  return jump_settings_load (self->settings, error) &&
         jump_settings_apply_environment (self->settings, error) &&
         apply_option (self->settings, JUMP_KEY_SERVER_PORT, options->port, "--port", error) &&
         apply_option (self->settings,
                       JUMP_KEY_SERVER_ADDRESS,
                       options->address,
                       "--address",
                       error) &&
         apply_option (self->settings,
                       JUMP_KEY_LOG_LEVEL,
                       options->log_level,
                       "--log-level",
                       error);
}

/**
 * jump_command_context_build_service:
 * @self: with settings loaded; its tokens go to the service
 * @interactive: whether somebody may be asked to unlock a keyring
 * @keeps_bodies: whether somebody will look at requests and replies
 *
 * Returns: (transfer full): a service that neither listens nor knows its account yet
 */
JumpService *
jump_command_context_build_service (JumpCommandContext *self,
                                    gboolean interactive,
                                    gboolean keeps_bodies)
{
  g_autoptr (JumpClock) clock = jump_clock_system_new ();
  JumpServiceOptions options = {
    .paths = self->paths,
    .settings = self->settings,
    .clock = clock,
    .tokens = g_steal_pointer (&self->tokens),
    .activation = self->activation,
    .demo = self->options.demo,
    .interactive = interactive,
    .keeps_bodies = keeps_bodies,
  };

  return jump_service_new (&options);
}

/**
 * jump_command_refuse:
 * @name: (nullable): the command whose words were not understood; NULL for the program's own
 * @error: which word, and why
 *
 * Returns: the exit status for wrong usage, after saying what would be right
 */
JumpExitCode
jump_command_refuse (const char *name, const GError *error)
{
  const JumpCommand *command = name == NULL ? NULL : jump_command_table_find (name);
  g_autofree char *usage = jump_command_table_describe_usage (command);

  /* Not the whole help: what is wrong would scroll away above it. */
  g_printerr ("jumpseat: %s\n\n%s", error->message, usage);
  return JUMP_EXIT_USAGE;
}

/**
 * jump_command_refuse_unknown:
 * @name: a word that is no command
 *
 * Returns: the exit status for wrong usage, after naming the command that was meant, where one is
 *   near
 */
JumpExitCode
jump_command_refuse_unknown (const char *name)
{
  const JumpCommand *nearest = jump_command_table_find_nearest (name);
  g_autoptr (GError) error = NULL;

  if (nearest == NULL)
    g_set_error (&error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED, _ ("There is no command %s"), name);
  else
    g_set_error (&error,
                 G_OPTION_ERROR,
                 G_OPTION_ERROR_FAILED,
                 /* Translators: the first %s is what was typed, the second a command */
                 _ ("There is no command %s; did you mean %s?"), name, nearest->name);
  return jump_command_refuse (NULL, error);
}

/**
 * jump_command_print_json:
 * @object: what to print on one line
 */
void
jump_command_print_json (JsonObject *object)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *text = NULL;

  json_node_set_object (node, object);
  text = jump_json_node_to_text (node);
  g_print ("%s\n", text);
  fflush (stdout);
}
