/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "app/cli/login.h"
#include "app/cli/status-text.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  gboolean force;
  gboolean no_browser;
  gboolean import;
  gboolean with_token;
  char *tool; /* (owned) (nullable) */
  char *host; /* (owned) (nullable) */
} LoginOptions;

static void
login_options_clear (LoginOptions *self)
{
  g_clear_pointer (&self->tool, g_free);
  g_clear_pointer (&self->host, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LoginOptions, login_options_clear)

static gboolean
parse_options (LoginOptions *self, char **arguments, GError **error)
{
  const GOptionEntry entries[] = {
    { "force", 0, 0, G_OPTION_ARG_NONE, &self->force, NULL, NULL },
    { "no-browser", 0, 0, G_OPTION_ARG_NONE, &self->no_browser, NULL, NULL },
    { "import", 0, 0, G_OPTION_ARG_NONE, &self->import, NULL, NULL },
    { "with-token", 0, 0, G_OPTION_ARG_NONE, &self->with_token, NULL, NULL },
    { "host", 0, 0, G_OPTION_ARG_STRING, &self->host, NULL, NULL },
    { NULL },
  };
  g_auto (GStrv) words = NULL;
  guint n_words;

  if (!jump_options_parse_own (entries, arguments, &words, error))
    return FALSE;
  n_words = g_strv_length (words);
  if (self->import && self->with_token)
    {
      g_set_error_literal (error,
                           G_OPTION_ERROR,
                           G_OPTION_ERROR_FAILED,
                           _ ("--import and --with-token exclude each other"));
      return FALSE;
    }
  if (self->host != NULL && (self->import || self->with_token))
    {
      g_set_error_literal (error,
                           G_OPTION_ERROR,
                           G_OPTION_ERROR_FAILED,
                           _ ("--host is for signing in with a code"));
      return FALSE;
    }
  if (n_words > (self->import ? 1 : 0))
    {
      g_set_error (error,
                   G_OPTION_ERROR,
                   G_OPTION_ERROR_FAILED,
                   _ ("Unexpected word %s"), words[n_words - 1]);
      return FALSE;
    }
  self->tool = g_strdup (words[0]);
  return TRUE;
}

/* Signed in, and nothing speaks against it but that GitHub cannot be asked right now. An account
 * that GitHub refuses is a reason to sign in, not a reason not to. */
static gboolean
is_signed_in (JsonObject *status)
{
  JsonObject *problem = jump_json_get_object (status, "problem");
  const char *kind = problem == NULL ? "none" : jump_json_get_string (problem, "kind", "none");

  if (!g_str_equal (jump_json_get_string (status, "account_state", ""), "signed_in"))
    return FALSE;
  return jump_json_get_boolean (status, "authenticated", FALSE) || g_str_equal (kind, "none") ||
         g_str_equal (kind, jump_problem_kind_to_string (JUMP_PROBLEM_NETWORK)) ||
         g_str_equal (kind, jump_problem_kind_to_string (JUMP_PROBLEM_RATE_LIMITED));
}

static void
print_already (JsonObject *status, gboolean json)
{
  const char *login = jump_json_get_string (status, "login", NULL);
  g_autofree char *source = jump_status_describe_source (status);
  g_autoptr (JsonObject) outcome = NULL;

  if (!json)
    {
      g_print (
          _ ("Already signed in as %s (%s).\n"), login == NULL ? _ ("unknown") : login, source);
      return;
    }
  outcome = json_object_new ();
  json_object_set_string_member (outcome, "status", "success");
  json_object_set_string_member (outcome, "login", login == NULL ? "unknown" : login);
  json_object_set_boolean_member (outcome, "already_signed_in", TRUE);
  jump_command_print_json (outcome);
}

static JumpExitCode
sign_in (JumpCommandContext *context, JumpInstance *instance, const LoginOptions *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) status = NULL;
  gboolean open_browser;

  if (options->import)
    return jump_login_with_import (context, instance, options->tool);
  if (options->with_token)
    return jump_login_with_token (context, instance);
  /* Whoever names a host wants that account, whichever there is now. */
  if (!options->force && options->host == NULL)
    {
      status = jump_instance_call (instance, "GET", "/api/status", NULL, &error);
      if (status == NULL)
        return jump_exit_with_error (error);
      if (is_signed_in (status))
        {
          print_already (status, context->options.json);
          return JUMP_EXIT_OK;
        }
    }
  open_browser = !options->no_browser &&
                 jump_settings_get_boolean (context->settings, JUMP_KEY_SERVER_OPEN_BROWSER);
  return jump_login_with_code (context, instance, options->host, open_browser);
}

/**
 * jump_command_login:
 * @context: with settings loaded
 * @arguments: "login" and its options
 *
 * Returns: the exit status
 */
JumpExitCode
jump_command_login (JumpCommandContext *context, char **arguments)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JumpInstance) instance = NULL;
  g_auto (LoginOptions) options = { 0 };

  if (!parse_options (&options, arguments, &error))
    return jump_command_refuse ("login", error);
  instance = jump_instance_open (context, &error);
  return instance == NULL ? jump_exit_with_error (error) : sign_in (context, instance, &options);
}
