/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "app/cli/key-columns.h"
#include "app/cli/key-office.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  GStrv words;    /* (owned) */
  GStrv models;   /* (owned) (nullable) */
  int per_minute; /* 0: no limit, here and below */
  int concurrent;
  double daily_credits;
} KeyOptions;

static void
key_options_clear (KeyOptions *self)
{
  g_clear_pointer (&self->words, g_strfreev);
  g_clear_pointer (&self->models, g_strfreev);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KeyOptions, key_options_clear)

static gboolean
has_limits (const KeyOptions *self)
{
  return self->models != NULL || self->per_minute != 0 || self->concurrent != 0 ||
         self->daily_credits != 0;
}

/* "keys" alone, or "keys list". */
static gboolean
is_list (const KeyOptions *self)
{
  return self->words[0] == NULL || (g_str_equal (self->words[0], "list") && self->words[1] == NULL);
}

static gboolean
is_understood (const KeyOptions *self)
{
  static const char *const verbs[] = { "create", "revoke", "approve", "remove", NULL };
  const char *verb = self->words[0];

  if (is_list (self))
    return !has_limits (self);
  if (!g_strv_contains (verbs, verb) || g_strv_length (self->words) != 2)
    return FALSE;
  return g_str_equal (verb, "create") || !has_limits (self);
}

static gboolean
parse_options (KeyOptions *self, char **arguments, GError **error)
{
  const GOptionEntry entries[] = {
    { "model", 'm', 0, G_OPTION_ARG_STRING_ARRAY, &self->models, NULL, NULL },
    { "requests-per-minute", 0, 0, G_OPTION_ARG_INT, &self->per_minute, NULL, NULL },
    { "concurrent", 0, 0, G_OPTION_ARG_INT, &self->concurrent, NULL, NULL },
    { "daily-credits", 0, 0, G_OPTION_ARG_DOUBLE, &self->daily_credits, NULL, NULL },
    { NULL },
  };

  if (!jump_options_parse_own (entries, arguments, &self->words, error))
    return FALSE;
  if (is_understood (self))
    return TRUE;
  g_set_error_literal (
      error,
      G_OPTION_ERROR,
      G_OPTION_ERROR_FAILED,
      /* Translators: the words in small letters are typed */
      _ ("keys takes create NAME, revoke NAME, approve NAME, remove NAME, or nothing"));
  return FALSE;
}

static JumpExitCode
list (JumpCommandContext *context, JumpKeyOffice *office)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) answer = jump_key_office_list (office, &error);
  g_autofree char *text = NULL;
  const char *problem;

  if (answer == NULL)
    return jump_exit_with_error (error);
  problem = jump_json_get_string (answer, "problem", NULL);
  if (context->options.json)
    jump_command_print_json (answer);
  else
    {
      text = jump_key_columns_new (answer);
      g_print ("%s", text);
    }
  if (problem == NULL)
    return JUMP_EXIT_OK;
  g_printerr ("jumpseat: %s\n", problem);
  return JUMP_EXIT_FAILURE;
}

static char *
write_new_key (const KeyOptions *options)
{
  g_auto (JumpJsonWriter) writer = { 0 };

  jump_json_writer_init (&writer);
  jump_json_writer_begin_object (&writer);
  jump_json_writer_member_string (&writer, "name", options->words[1]);
  if (options->models != NULL)
    {
      jump_json_writer_member (&writer, "models");
      jump_json_writer_begin_array (&writer);
      for (guint i = 0; options->models[i] != NULL; i++)
        jump_json_writer_string (&writer, options->models[i]);
      jump_json_writer_end_array (&writer);
    }
  jump_json_writer_member_int (&writer, "requests_per_minute", options->per_minute);
  jump_json_writer_member_int (&writer, "concurrent", options->concurrent);
  jump_json_writer_member_double (&writer, "daily_credits", options->daily_credits);
  jump_json_writer_end_object (&writer);
  return jump_json_writer_finish (&writer);
}

/* The key alone goes to standard output, so that a script can take it from there. */
static JumpExitCode
create (JumpCommandContext *context, JumpKeyOffice *office, const KeyOptions *options)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *body = write_new_key (options);
  g_autoptr (JsonObject) answer = jump_key_office_create (office, body, &error);

  if (answer == NULL)
    return jump_exit_with_error (error);
  if (context->options.json)
    {
      jump_command_print_json (answer);
      return JUMP_EXIT_OK;
    }
  g_print ("%s\n", jump_json_get_string (answer, "secret", ""));
  g_printerr (_ ("This is the key “%s”. It is shown this once: give it now to the program "
                 "that needs it.\n"),
                 options->words[1]);
  return JUMP_EXIT_OK;
}

static JumpExitCode
finish (JumpCommandContext *context, JsonObject *answer, const char *sentence, const char *name)
{
  if (context->options.json)
    jump_command_print_json (answer);
  else
    g_print ("%s %s\n", sentence, name);
  return JUMP_EXIT_OK;
}

static JumpExitCode
change (JumpCommandContext *context, JumpKeyOffice *office, const KeyOptions *options)
{
  const char *verb = options->words[0];
  const char *name = options->words[1];
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) answer = NULL;
  const char *sentence;

  if (g_str_equal (verb, "revoke"))
    {
      answer = jump_key_office_change (office, name, "{\"state\":\"revoked\"}", &error);
      sentence = _ ("Revoked:");
    }
  else if (g_str_equal (verb, "approve"))
    {
      answer = jump_key_office_change (office, name, "{\"state\":\"active\"}", &error);
      sentence = _ ("Approved:");
    }
  else
    {
      answer = jump_key_office_remove (office, name, &error);
      sentence = _ ("Removed:");
    }
  return answer == NULL ? jump_exit_with_error (error) : finish (context, answer, sentence, name);
}

/**
 * jump_command_keys:
 * @context: with settings loaded
 * @arguments: "keys" and what to do
 *
 * Returns: the exit status
 */
JumpExitCode
jump_command_keys (JumpCommandContext *context, char **arguments)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JumpKeyOffice) office = NULL;
  g_auto (KeyOptions) options = { 0 };

  if (!parse_options (&options, arguments, &error))
    return jump_command_refuse ("keys", error);
  office = jump_key_office_open (context, &error);
  if (office == NULL)
    return jump_exit_with_error (error);
  if (is_list (&options))
    return list (context, office);
  if (g_str_equal (options.words[0], "create"))
    return create (context, office, &options);
  return change (context, office, &options);
}
