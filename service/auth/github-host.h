/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* Which GitHub: github.com or a tenant of ghe.com (protocol 1.4), with the app we sign in as. */

typedef struct
{
  char *web_url;   /* (owned) https://github.com, no slash at the end */
  char *api_url;   /* (owned) https://api.github.com */
  char *client_id; /* (owned) */
  char *scope;     /* (owned) */
} JumpGithubHost;

JumpGithubHost *jump_github_host_new (const char *web_url,
                                      const char *api_url,
                                      const char *client_id,
                                      const char *scope);
JumpGithubHost *jump_github_host_new_for_tenant (const char *user_input,
                                                 const char *client_id,
                                                 const char *scope,
                                                 GError **error);
JumpGithubHost *jump_github_host_copy (const JumpGithubHost *self);
void jump_github_host_free (JumpGithubHost *self);
gboolean jump_github_host_is_tenant (const JumpGithubHost *self);
/* The simulator, or a test: there is no real GitHub behind it. */
gboolean jump_github_host_is_loopback (const JumpGithubHost *self);
/* Where Copilot answers when nothing says otherwise: https://api.githubcopilot.com, or
 * https://copilot-api.{tenant}.ghe.com. */
char *jump_github_host_get_default_copilot_url (const JumpGithubHost *self);
/* Only https, and only hosts that belong to Copilot (*.githubcopilot.com, *.ghe.com), or loopback
 * (http too) when the GitHub addresses themselves are loopback. */
gboolean jump_github_host_trusts_copilot_url (const JumpGithubHost *self, const char *url);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpGithubHost, jump_github_host_free)
