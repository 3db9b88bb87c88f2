/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "app/cli/login.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

/* GitHub's tokens have 40 to about 255 characters. */
#define MAX_TOKEN_LINE 4096

static JumpExitCode
adopt (JumpCommandContext *context, JumpInstance *instance, JumpSecretText *token)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) outcome = NULL;
  g_autofree char *login = jump_instance_adopt_token (instance, token, &error);

  if (login == NULL)
    return jump_exit_with_error (error);
  if (!context->options.json)
    {
      g_print (_ ("Signed in as %s.\n"), login);
      return JUMP_EXIT_OK;
    }
  outcome = json_object_new ();
  json_object_set_string_member (outcome, "status", "success");
  json_object_set_string_member (outcome, "login", login);
  jump_command_print_json (outcome);
  return JUMP_EXIT_OK;
}

static void
print_found (GPtrArray *found, gboolean json)
{
  g_autoptr (JsonObject) answer = json_object_new ();
  JsonArray *list = json_array_new ();

  for (guint i = 0; i < found->len; i++)
    {
      JumpFoundCredential *credential = g_ptr_array_index (found, i);
      JsonObject *row = json_object_new ();

      json_object_set_string_member (row, "tool", credential->tool);
      json_object_set_string_member (row, "path", credential->path);
      if (credential->login != NULL)
        json_object_set_string_member (row, "login", credential->login);
      json_array_add_object_element (list, row);
      if (!json)
        g_print ("  %-20s %s%s%s\n",
                 credential->tool,
                 credential->path,
                 credential->login == NULL ? "" : ", ",
                 credential->login == NULL ? "" : credential->login);
    }
  json_object_set_array_member (answer, "found", list);
  if (json)
    jump_command_print_json (answer);
}

/* One editor may keep the same token in two files; that is no choice to be made. */
static JumpFoundCredential *
choose (GPtrArray *found, const char *tool, gboolean *out_ambiguous)
{
  JumpFoundCredential *chosen = NULL;

  *out_ambiguous = FALSE;
  for (guint i = 0; i < found->len; i++)
    {
      JumpFoundCredential *credential = g_ptr_array_index (found, i);

      if (tool != NULL && !g_str_equal (tool, credential->tool))
        continue;
      if (chosen == NULL)
        chosen = credential;
      else if (tool == NULL &&
               !jump_secret_text_equal (chosen->token, jump_secret_text_peek (credential->token)))
        *out_ambiguous = TRUE;
    }
  return chosen;
}

/**
 * jump_login_with_import:
 * @context: what the command got
 * @instance: who signs in
 * @tool: (nullable): whose sign-in to take over; NULL for the only one there is
 *
 * Lists what other tools left behind (never the tokens) and takes over one of them.
 *
 * Returns: the exit status
 */
JumpExitCode
jump_login_with_import (JumpCommandContext *context, JumpInstance *instance, const char *tool)
{
  g_autoptr (GPtrArray) found =
      jump_credential_import_find (g_get_home_dir (), g_get_user_config_dir ());
  JumpFoundCredential *chosen;
  gboolean is_ambiguous;

  if (found->len > 0 && !context->options.json)
    g_print ("%s", _ ("Found:\n"));
  print_found (found, context->options.json);
  chosen = choose (found, tool, &is_ambiguous);
  if (chosen == NULL)
    {
      if (tool == NULL)
        g_printerr ("%s", _ ("jumpseat: no other tool left a sign-in behind\n"));
      else
        g_printerr (_ ("jumpseat: no sign-in of %s was found\n"), tool);
      return JUMP_EXIT_FAILURE;
    }
  if (is_ambiguous)
    {
      g_printerr (
          "%s",
          _ ("jumpseat: there are several; choose one with: jumpseat login --import TOOL\n"));
      return JUMP_EXIT_FAILURE;
    }
  return adopt (context, instance, chosen->token);
}

/**
 * jump_login_with_token:
 * @context: what the command got
 * @instance: who signs in
 *
 * Reads one line of standard input: an argument would be seen by every user of the machine.
 *
 * Returns: the exit status
 */
JumpExitCode
jump_login_with_token (JumpCommandContext *context, JumpInstance *instance)
{
  g_autoptr (JumpSecretText) token = NULL;
  char line[MAX_TOKEN_LINE] = { 0 };

  setvbuf (stdin, NULL, _IONBF, 0); /* a buffer of its own would keep a copy */
  if (fgets (line, sizeof line, stdin) != NULL)
    token = jump_secret_text_new (g_strstrip (line));
  jump_secret_wipe (line, sizeof line);
  if (token == NULL || *jump_secret_text_peek (token) == '\0')
    {
      g_printerr ("%s", _ ("jumpseat: --with-token expects a GitHub token on standard input\n"));
      return JUMP_EXIT_USAGE;
    }
  return adopt (context, instance, token);
}
