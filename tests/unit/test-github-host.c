/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/auth/github-host.h"
#include "service/base/error.h"

static void
test_defaults (void)
{
  g_autoptr (JumpGithubHost) host = jump_github_host_new (NULL, "", NULL, NULL);
  g_autoptr (JumpGithubHost) copy = jump_github_host_copy (host);
  g_autofree char *copilot_url = jump_github_host_get_default_copilot_url (copy);

  g_assert_cmpstr (copy->web_url, ==, "https://github.com");
  g_assert_cmpstr (copy->api_url, ==, "https://api.github.com");
  g_assert_cmpstr (copy->client_id, ==, "Iv1.b507a08c87ecfe98");
  g_assert_cmpstr (copy->scope, ==, "read:user");
  g_assert_cmpstr (copilot_url, ==, "https://api.githubcopilot.com");
  g_assert_false (jump_github_host_is_tenant (host));
}

static void
test_given (void)
{
  g_autoptr (JumpGithubHost) host =
      jump_github_host_new ("http://127.0.0.1:4000//", NULL, "app", "");
  g_autoptr (JumpGithubHost) tenant =
      jump_github_host_new ("https://Acme.ghe.com/", NULL, NULL, NULL);
  g_autofree char *copilot_url = jump_github_host_get_default_copilot_url (host);

  g_assert_cmpstr (host->web_url, ==, "http://127.0.0.1:4000");
  g_assert_cmpstr (host->api_url, ==, "http://127.0.0.1:4000");
  g_assert_cmpstr (host->client_id, ==, "app");
  g_assert_cmpstr (host->scope, ==, "");
  g_assert_cmpstr (copilot_url, ==, "http://127.0.0.1:4000");
  g_assert_cmpstr (tenant->api_url, ==, "https://api.acme.ghe.com");
  g_assert_true (jump_github_host_is_tenant (tenant));
}

static void
test_tenant_input (void)
{
  static const struct
  {
    const char *input;
    const char *web_url; /* NULL: refused */
  } rows[] = {
    { "acme.ghe.com", "https://acme.ghe.com" },
    { " https://acme.ghe.com/ ", "https://acme.ghe.com" },
    { "api.acme.ghe.com", "https://acme.ghe.com" },
    { "https://api.ACME.ghe.com/v3", "https://acme.ghe.com" },
    { "copilot-api.acme.ghe.com", "https://acme.ghe.com" },
    { "api.ghe.com", "https://api.ghe.com" },
    { "a-1.ghe.com", "https://a-1.ghe.com" },
    { "github.com", "https://github.com" },
    { "https://github.com/login", "https://github.com" },
    { "", NULL },
    { "acme", "https://acme.ghe.com" },
    { "acme_", NULL },
    { "ac me", NULL },
    { "ghe.com", NULL },
    { ".ghe.com", NULL },
    { "a.b.ghe.com", NULL },
    { "-a.ghe.com", NULL },
    { "a_b.ghe.com", NULL },
    { "acme.ghe.com.evil.example", NULL },
    { "evil.example/acme.ghe.com", NULL },
    { "github.example", NULL },
    { "https://", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JumpGithubHost) host =
          jump_github_host_new_for_tenant (rows[i].input, NULL, NULL, &error);

      if (rows[i].web_url == NULL)
        {
          g_test_message ("row %u", i);
          g_assert_error (error, JUMP_ERROR, JUMP_ERROR_BAD_REQUEST);
          g_assert_null (host);
          continue;
        }
      g_assert_no_error (error);
      g_assert_cmpstr (host->web_url, ==, rows[i].web_url);
    }
}

static void
test_tenant_urls (void)
{
  g_autoptr (JumpGithubHost) host =
      jump_github_host_new_for_tenant ("acme.ghe.com", "app", "s", NULL);
  g_autofree char *copilot_url = jump_github_host_get_default_copilot_url (host);

  g_assert_cmpstr (host->api_url, ==, "https://api.acme.ghe.com");
  g_assert_cmpstr (copilot_url, ==, "https://copilot-api.acme.ghe.com");
  g_assert_cmpstr (host->client_id, ==, "app");
}

static void
test_trust (void)
{
  static const struct
  {
    const char *url;
    gboolean for_github;
    gboolean for_loopback;
  } rows[] = {
    { "https://api.githubcopilot.com", TRUE, TRUE },
    { "https://api.individual.githubcopilot.com/", TRUE, TRUE },
    { "https://API.business.GitHubCopilot.com", TRUE, TRUE },
    { "https://copilot-api.acme.ghe.com", TRUE, TRUE },
    { "https://api.githubcopilot.com:443", TRUE, TRUE },
    { "https://api.githubcopilot.com:8443", FALSE, FALSE },
    { "http://api.githubcopilot.com", FALSE, FALSE },
    { "https://githubcopilot.com.evil.example", FALSE, FALSE },
    { "https://evilgithubcopilot.com", FALSE, FALSE },
    { "https://api.githubcopilot.com@evil.example", FALSE, FALSE },
    { "https://user@api.githubcopilot.com", FALSE, FALSE },
    { "https://evil.example/?x=.githubcopilot.com", FALSE, FALSE },
    { "https://api.githubcopilot.com?x", FALSE, FALSE },
    { "https://api.githubcopilot.com#x", FALSE, FALSE },
    { "ftp://api.githubcopilot.com", FALSE, FALSE },
    { "http://127.0.0.1:9", FALSE, TRUE },
    { "http://localhost:9", FALSE, TRUE },
    { "http://[::1]:9", FALSE, TRUE },
    { "https://127.0.0.1", FALSE, TRUE },
    { "http://127.0.0.1.evil.example", FALSE, FALSE },
    { "http://192.168.1.1", FALSE, FALSE },
    { "not an address", FALSE, FALSE },
    { "", FALSE, FALSE },
    { NULL, FALSE, FALSE },
  };
  g_autoptr (JumpGithubHost) github = jump_github_host_new (NULL, NULL, NULL, NULL);
  g_autoptr (JumpGithubHost) loopback =
      jump_github_host_new ("http://127.0.0.1:4000", "http://localhost:4000", NULL, NULL);
  g_autoptr (JumpGithubHost) half =
      jump_github_host_new ("http://127.0.0.1:4000", "https://api.github.com", NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("%s", rows[i].url);
      g_assert_cmpint (jump_github_host_trusts_copilot_url (github, rows[i].url),
                       ==,
                       rows[i].for_github);
      g_assert_cmpint (jump_github_host_trusts_copilot_url (loopback, rows[i].url),
                       ==,
                       rows[i].for_loopback);
    }
  g_assert_false (jump_github_host_trusts_copilot_url (half, "http://127.0.0.1:9"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/github-host/defaults", test_defaults);
  g_test_add_func ("/github-host/given", test_given);
  g_test_add_func ("/github-host/tenant-input", test_tenant_input);
  g_test_add_func ("/github-host/tenant-urls", test_tenant_urls);
  g_test_add_func ("/github-host/trust", test_trust);
  return g_test_run ();
}
