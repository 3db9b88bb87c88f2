/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "app/cli/config-change.h"
#include "app/cli/config-text.h"
#include "app/cli/instance.h"

#include <glib/gi18n-lib.h>

static void
print_pair (gboolean json, const char *name, const char *value)
{
  g_autoptr (JsonObject) object = NULL;

  if (!json)
    {
      g_print ("%s\n", value);
      return;
    }
  object = json_object_new ();
  json_object_set_string_member (object, name, value);
  jump_command_print_json (object);
}

static JumpExitCode
print_all (JumpCommandContext *context, gboolean every_setting)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JumpInstance) instance = NULL;
  g_autoptr (JsonObject) status = NULL;
  g_autofree char *text = NULL;

  if (every_setting && !context->options.json)
    {
      text = jump_config_describe_all (context->settings);
      g_print ("%s", text);
      return JUMP_EXIT_OK;
    }
  instance = jump_instance_open (context, &error);
  if (instance == NULL)
    return jump_exit_with_error (error);
  status = jump_instance_call (instance, "GET", "/api/status", NULL, &error);
  if (status == NULL)
    return jump_exit_with_error (error);
  if (context->options.json)
    {
      g_autoptr (JsonObject) object = jump_config_to_json (context->settings, status);

      jump_command_print_json (object);
      return JUMP_EXIT_OK;
    }
  text = jump_config_to_text (context->settings, status);
  g_print ("%s", text);
  return JUMP_EXIT_OK;
}

static JumpExitCode
print_one (JumpCommandContext *context, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *value = jump_config_dup_shown (context->settings, name, &error);

  if (error != NULL)
    return jump_exit_with_error (error);
  print_pair (context->options.json, name, value == NULL ? "" : value);
  return JUMP_EXIT_OK;
}

/* Without loading the file: it may be the one that is wrong. */
static JumpExitCode
generate (JumpCommandContext *context)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JumpSettings) settings = NULL;
  const char *path = context->paths->settings_file;

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_printerr (_ ("jumpseat: %s exists and was left as it is\n"), path);
      return JUMP_EXIT_FAILURE;
    }
  settings = jump_settings_new (path);
  if (!jump_settings_generate (settings, &error))
    return jump_exit_with_error (error);
  print_pair (context->options.json, "config_file", path);
  return JUMP_EXIT_OK;
}

static JumpExitCode
run_with_settings (JumpCommandContext *context, char **words, gboolean every_setting)
{
  g_autoptr (GError) error = NULL;

  if (!jump_command_context_load_settings (context, &error))
    return jump_exit_with_error (error);
  if (words[0] == NULL)
    return print_all (context, every_setting);
  if (g_str_equal (words[0], "get"))
    return print_one (context, words[1]);
  return jump_config_change (context, words[1], words[2]);
}

static gboolean
is_understood (char **words, gboolean is_option)
{
  static const struct
  {
    const char *word;
    guint n_words;
  } forms[] = { { "get", 2 }, { "set", 3 }, { "path", 1 } };

  if (words[0] == NULL)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      if (g_str_equal (words[0], forms[i].word))
        return g_strv_length (words) == forms[i].n_words && !is_option;
    }
  return FALSE;
}

/**
 * jump_command_config:
 * @context: without settings: some of what is asked for works with wrong ones
 * @arguments: "config" and what to do
 *
 * Returns: the exit status
 */
JumpExitCode
jump_command_config (JumpCommandContext *context, char **arguments)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) words = NULL;
  gboolean wants_file = FALSE;
  gboolean every_setting = FALSE;
  const GOptionEntry entries[] = {
    { "generate", 0, 0, G_OPTION_ARG_NONE, &wants_file, NULL, NULL },
    { "all", 0, 0, G_OPTION_ARG_NONE, &every_setting, NULL, NULL },
    { NULL },
  };

  if (!jump_options_parse_own (entries, arguments, &words, &error))
    return jump_command_refuse ("config", error);
  if (!is_understood (words, wants_file || every_setting))
    {
      g_set_error_literal (&error,
                           G_OPTION_ERROR,
                           G_OPTION_ERROR_FAILED,
                           _ ("config takes get NAME, set NAME VALUE, path, or nothing"));
      return jump_command_refuse ("config", error);
    }
  if (wants_file)
    return generate (context);
  if (g_strcmp0 (words[0], "path") == 0)
    {
      print_pair (context->options.json, "config_file", context->paths->settings_file);
      return JUMP_EXIT_OK;
    }
  return run_with_settings (context, words, every_setting);
}
