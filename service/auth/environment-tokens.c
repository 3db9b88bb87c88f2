/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/auth/account.h"
#include "service/base/environment.h"
#include "service/base/error.h"
#include "service/base/secret-file.h"

/* (nullable): empty counts as not set; so does what cannot be a header value */
static JumpSecretText *
take_variable (const char *name)
{
  const char *value = g_getenv (name);
  char *text = value == NULL ? NULL : g_strstrip (g_strdup (value));

  for (const char *c = text; c != NULL && *c != '\0'; c++)
    {
      if (!g_ascii_isgraph (*c))
        {
          jump_secret_free (text);
          return NULL;
        }
    }
  if (text != NULL && *text == '\0')
    g_clear_pointer (&text, g_free);
  return text == NULL ? NULL : jump_secret_text_new_take (text);
}

/* The variable itself, or the file that @file_variable names: both together are one too many, for
 * nobody can say which was meant. The first problem is kept. */
static JumpSecretText *
take_token (const char *name, const char *file_variable, GError **problem)
{
  const char *path = g_getenv (file_variable);
  g_autoptr (JumpSecretText) token = take_variable (name);
  GError **error = *problem == NULL ? problem : NULL;

  if (path == NULL || *path == '\0')
    return g_steal_pointer (&token);
  if (token == NULL)
    return jump_secret_file_read_token (file_variable, path, error);
  g_set_error (error,
               JUMP_ERROR,
               JUMP_ERROR_SETTINGS,
               "%s and %s are both set: expected one of them",
               name,
               file_variable);
  return NULL;
}

/**
 * jump_environment_tokens_take:
 *
 * Reads the four variables and takes them out of the environment, so that a program we start does
 * not inherit them, such as a browser. For two of them a file may be named instead; not for those that
 * other programs look at, too, whose files need not be for us. Call it once, before there are threads.
 *
 * Returns: (transfer full): whoever needs tokens looks at its problem first
 */
JumpEnvironmentTokens *
jump_environment_tokens_take (void)
{
  static const char *const names[] = {
    "JUMPSEAT_GITHUB_TOKEN",
    "GITHUB_TOKEN",
    "GH_TOKEN",
    "COPILOT_TOKEN",
  };
  JumpEnvironmentTokens *self = g_new0 (JumpEnvironmentTokens, 1);

  self->jumpseat_github_token =
      take_token ("JUMPSEAT_GITHUB_TOKEN", "JUMPSEAT_GITHUB_TOKEN_FILE", &self->problem);
  self->github_token = take_variable ("GITHUB_TOKEN");
  if (self->github_token == NULL)
    self->github_token = take_variable ("GH_TOKEN");
  self->copilot_token = take_token ("COPILOT_TOKEN", "COPILOT_TOKEN_FILE", &self->problem);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    jump_environment_wipe (names[i]);
  return self;
}

JumpEnvironmentTokens *
jump_environment_tokens_copy (const JumpEnvironmentTokens *self)
{
  JumpEnvironmentTokens *copy = g_new0 (JumpEnvironmentTokens, 1);

  copy->jumpseat_github_token = jump_secret_text_ref (self->jumpseat_github_token);
  copy->github_token = jump_secret_text_ref (self->github_token);
  copy->copilot_token = jump_secret_text_ref (self->copilot_token);
  return copy;
}

/* What came from a file is read there again. */
static void
restore (const char *name, const char *file_variable, const JumpSecretText *token)
{
  const char *path = file_variable != NULL ? g_getenv (file_variable) : NULL;

  if (token != NULL && (path == NULL || *path == '\0'))
    g_setenv (name, jump_secret_text_peek (token), TRUE);
}

/**
 * jump_environment_tokens_restore:
 * @self: of jump_environment_tokens_take()
 *
 * For a program that takes the place of this one, and takes them as this one did: to be called last of all.
 */
void
jump_environment_tokens_restore (const JumpEnvironmentTokens *self)
{
  restore ("JUMPSEAT_GITHUB_TOKEN", "JUMPSEAT_GITHUB_TOKEN_FILE", self->jumpseat_github_token);
  restore ("GITHUB_TOKEN", NULL, self->github_token);
  restore ("COPILOT_TOKEN", "COPILOT_TOKEN_FILE", self->copilot_token);
}

void
jump_environment_tokens_free (JumpEnvironmentTokens *self)
{
  if (self == NULL)
    return;
  jump_secret_text_unref (self->jumpseat_github_token);
  jump_secret_text_unref (self->github_token);
  jump_secret_text_unref (self->copilot_token);
  g_clear_error (&self->problem);
  g_free (self);
}
