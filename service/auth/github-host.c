/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/auth/github-host.h"

#include "service/base/error.h"

#include <gio/gio.h>
#include <string.h>

#define WEB_URL       "https://github.com"
#define API_URL       "https://api.github.com"
#define COPILOT_URL   "https://api.githubcopilot.com"
#define CLIENT_ID     "Iv1.b507a08c87ecfe98" /* the Copilot plugin's GitHub App (protocol 1.3) */
#define SCOPE         "read:user"
#define TENANT_SUFFIX ".ghe.com"

static gboolean
is_given (const char *text)
{
  return text != NULL && *text != '\0';
}

static char *
dup_without_slash (const char *url)
{
  gsize length = strlen (url);

  while (length > 0 && url[length - 1] == '/')
    length--;
  return g_strndup (url, length);
}

/* Returns: (transfer full) (nullable): the host in lower case, without brackets. */
static char *
dup_host (const char *url)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);
  const char *host = uri == NULL ? NULL : g_uri_get_host (uri);

  return is_given (host) ? g_ascii_strdown (host, -1) : NULL;
}

static gboolean
is_loopback_host (const char *host)
{
  g_autoptr (GInetAddress) address = NULL;

  if (host == NULL)
    return FALSE;
  if (strcmp (host, "localhost") == 0)
    return TRUE;
  address = g_inet_address_new_from_string (host);
  return address != NULL && g_inet_address_get_is_loopback (address);
}

static gboolean
is_loopback_url (const char *url)
{
  g_autofree char *host = dup_host (url);

  return is_loopback_host (host);
}

/* One DNS label: letters, digits, and hyphens inside; at most 63. */
static gboolean
is_label (const char *text, gsize length)
{
  if (length == 0 || length > 63 || text[0] == '-' || text[length - 1] == '-')
    return FALSE;
  for (gsize i = 0; i < length; i++)
    {
      if (!g_ascii_isalnum (text[i]) && text[i] != '-')
        return FALSE;
    }
  return TRUE;
}

/* Returns: (transfer full) (nullable): "acme" for "acme.ghe.com". */
static char *
dup_tenant (const char *host)
{
  gsize length;

  if (host == NULL || !g_str_has_suffix (host, TENANT_SUFFIX))
    return NULL;
  length = strlen (host) - strlen (TENANT_SUFFIX);
  return is_label (host, length) ? g_strndup (host, length) : NULL;
}

static char *
dup_tenant_of (const JumpGithubHost *self)
{
  g_autofree char *host = dup_host (self->web_url);

  return dup_tenant (host);
}

/**
 * jump_github_host_new:
 * @web_url: (nullable): NULL or empty: https://github.com
 * @api_url: (nullable): NULL or empty: the one that belongs to @web_url
 * @client_id: (nullable): NULL or empty: the Copilot plugin's
 * @scope: (nullable): NULL: read:user; may be empty
 *
 * The addresses are settings and were checked there: https, or http to a loopback address.
 *
 * Returns: (transfer full)
 */
JumpGithubHost *
jump_github_host_new (const char *web_url,
                      const char *api_url,
                      const char *client_id,
                      const char *scope)
{
  JumpGithubHost *self = g_new0 (JumpGithubHost, 1);
  g_autofree char *tenant = NULL;

  self->web_url = dup_without_slash (is_given (web_url) ? web_url : WEB_URL);
  self->client_id = g_strdup (is_given (client_id) ? client_id : CLIENT_ID);
  self->scope = g_strdup (scope != NULL ? scope : SCOPE);
  tenant = dup_tenant_of (self);
  if (is_given (api_url))
    self->api_url = dup_without_slash (api_url);
  else if (tenant != NULL)
    self->api_url = g_strdup_printf ("https://api.%s%s", tenant, TENANT_SUFFIX);
  else if (is_loopback_url (self->web_url))
    self->api_url = g_strdup (self->web_url);
  else
    self->api_url = g_strdup (API_URL);
  return self;
}

/**
 * jump_github_host_new_for_tenant:
 * @user_input: what somebody typed or pasted: "acme", "acme.ghe.com", "https://acme.ghe.com/",
 *   "api.acme.ghe.com", "copilot-api.acme.ghe.com", "github.com"
 * @client_id: (nullable): see jump_github_host_new()
 * @scope: (nullable): see jump_github_host_new()
 * @error: JUMP_ERROR_BAD_REQUEST
 *
 * Only github.com and tenants of ghe.com have a Copilot API (protocol 1.4).
 *
 * Returns: (transfer full) (nullable)
 */
JumpGithubHost *
jump_github_host_new_for_tenant (const char *user_input,
                                 const char *client_id,
                                 const char *scope,
                                 GError **error)
{
  static const char *const prefixes[] = { "copilot-api.", "api." };
  g_autofree char *input = g_strstrip (g_strdup (user_input));
  g_autofree char *url =
      strstr (input, "://") != NULL ? g_strdup (input) : g_strconcat ("https://", input, NULL);
  g_autofree char *host = dup_host (url);
  g_autofree char *tenant = NULL;
  g_autofree char *web_url = NULL;
  const char *name = host;

  if (g_strcmp0 (host, "github.com") == 0 || g_strcmp0 (host, "api.github.com") == 0)
    return jump_github_host_new (NULL, NULL, client_id, scope);
  for (guint i = 0; i < G_N_ELEMENTS (prefixes) && name == host && host != NULL; i++)
    {
      if (g_str_has_prefix (host, prefixes[i]))
        name = host + strlen (prefixes[i]);
    }
  tenant = dup_tenant (name);
  if (tenant == NULL && host != NULL)
    tenant = dup_tenant (host); /* a tenant that is called "api" */
  if (tenant == NULL && is_label (input, strlen (input)))
    tenant = g_ascii_strdown (input, -1); /* the name alone */
  if (tenant == NULL)
    {
      g_set_error (error,
                   JUMP_ERROR,
                   JUMP_ERROR_BAD_REQUEST,
                   "GitHub host \"%s\": expected github.com or NAME.ghe.com",
                   input);
      return NULL;
    }
  web_url = g_strdup_printf ("https://%s%s", tenant, TENANT_SUFFIX);
  return jump_github_host_new (web_url, NULL, client_id, scope);
}

JumpGithubHost *
jump_github_host_copy (const JumpGithubHost *self)
{
  JumpGithubHost *copy = g_new0 (JumpGithubHost, 1);

  copy->web_url = g_strdup (self->web_url);
  copy->api_url = g_strdup (self->api_url);
  copy->client_id = g_strdup (self->client_id);
  copy->scope = g_strdup (self->scope);
  return copy;
}

void
jump_github_host_free (JumpGithubHost *self)
{
  if (self == NULL)
    return;
  g_free (self->web_url);
  g_free (self->api_url);
  g_free (self->client_id);
  g_free (self->scope);
  g_free (self);
}

/**
 * jump_github_host_is_tenant:
 *
 * Returns: whether this is a tenant of ghe.com, where the exchange may be refused to everybody
 *   (protocol 1.4)
 */
gboolean
jump_github_host_is_tenant (const JumpGithubHost *self)
{
  g_autofree char *tenant = dup_tenant_of (self);

  return tenant != NULL;
}

/**
 * jump_github_host_is_loopback:
 *
 * Returns: whether both addresses lead to this computer
 */
gboolean
jump_github_host_is_loopback (const JumpGithubHost *self)
{
  return is_loopback_url (self->web_url) && is_loopback_url (self->api_url);
}

/**
 * jump_github_host_get_default_copilot_url:
 *
 * A GitHub on a loopback address (the simulator) has its Copilot in the same place: its tokens
 * must not go out to the real one.
 *
 * Returns: (transfer full): no slash at the end
 */
char *
jump_github_host_get_default_copilot_url (const JumpGithubHost *self)
{
  g_autofree char *tenant = dup_tenant_of (self);

  if (tenant != NULL)
    return g_strdup_printf ("https://copilot-api.%s%s", tenant, TENANT_SUFFIX);
  if (is_loopback_url (self->web_url))
    return g_strdup (self->api_url);
  return g_strdup (COPILOT_URL);
}

/**
 * jump_github_host_trusts_copilot_url:
 * @url: (nullable): where a reply of GitHub says that Copilot is
 *
 * Whatever stands there gets the account's token, so a reply alone is not enough.
 *
 * Returns: whether a token may be sent to @url
 */
gboolean
jump_github_host_trusts_copilot_url (const JumpGithubHost *self, const char *url)
{
  g_autoptr (GUri) uri = url == NULL ? NULL : g_uri_parse (url, G_URI_FLAGS_NONE, NULL);
  g_autofree char *host = uri == NULL ? NULL : dup_host (url);
  gboolean is_https;

  if (host == NULL || g_uri_get_userinfo (uri) != NULL || g_uri_get_query (uri) != NULL ||
      g_uri_get_fragment (uri) != NULL)
    return FALSE;
  is_https = strcmp (g_uri_get_scheme (uri), "https") == 0;
  if (!is_https && strcmp (g_uri_get_scheme (uri), "http") != 0)
    return FALSE;
  if (is_loopback_host (host))
    return jump_github_host_is_loopback (self);
  if (!is_https || (g_uri_get_port (uri) != -1 && g_uri_get_port (uri) != 443))
    return FALSE;
  return g_str_has_suffix (host, ".githubcopilot.com") || g_str_has_suffix (host, TENANT_SUFFIX);
}
