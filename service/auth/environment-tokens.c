/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/auth/account.h"
#include "service/base/environment.h"

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

/**
 * jump_environment_tokens_take:
 *
 * Reads the four variables and takes them out of the environment, so that a program we start does
 * not inherit them, such as a browser. Call it once, before there are threads.
 *
 * Returns: (transfer full)
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

  self->jumpseat_github_token = take_variable ("JUMPSEAT_GITHUB_TOKEN");
  self->github_token = take_variable ("GITHUB_TOKEN");
  if (self->github_token == NULL)
    self->github_token = take_variable ("GH_TOKEN");
  self->copilot_token = take_variable ("COPILOT_TOKEN");
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    jump_environment_wipe (names[i]);
  return self;
}

void
jump_environment_tokens_free (JumpEnvironmentTokens *self)
{
  if (self == NULL)
    return;
  jump_secret_text_unref (self->jumpseat_github_token);
  jump_secret_text_unref (self->github_token);
  jump_secret_text_unref (self->copilot_token);
  g_free (self);
}
