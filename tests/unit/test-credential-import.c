/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/auth/credential-import.h"
#include "tests/support/temp-home.h"

#include <glib/gstdio.h>
#include <string.h>

typedef struct
{
  char *home;        /* (owned) */
  char *config_home; /* (owned) */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->home = g_dir_make_tmp ("jumpseat-import-XXXXXX", NULL);
  fixture->config_home = g_build_filename (fixture->home, "elsewhere", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  jump_temp_home_remove (fixture->home);
  g_free (fixture->home);
  g_free (fixture->config_home);
}

static void
write_file (const char *base, const char *name, const char *contents)
{
  g_autofree char *path = g_build_filename (base, name, NULL);
  g_autofree char *dir = g_path_get_dirname (path);

  g_assert_cmpint (g_mkdir_with_parents (dir, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, contents, -1, NULL));
}

static void
assert_found (GPtrArray *found, guint index, const char *tool, const char *login, const char *token)
{
  JumpFoundCredential *credential;

  g_assert_cmpuint (index, <, found->len);
  credential = found->pdata[index];
  g_assert_cmpstr (credential->tool, ==, tool);
  g_assert_cmpstr (credential->login, ==, login);
  g_assert_cmpstr (jump_secret_text_peek (credential->token), ==, token);
  g_assert_true (g_file_test (credential->path, G_FILE_TEST_IS_REGULAR));
}

static void
test_nothing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) found = jump_credential_import_find (fixture->home, fixture->config_home);

  g_assert_cmpuint (found->len, ==, 0);
}

static void
test_every_tool (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) found = NULL;

  write_file (fixture->config_home,
              "github-copilot/apps.json",
              "{\"github.com:Iv1.x\":{\"user\":\"octocat\",\"oauth_token\":\"ghu_fake_apps\","
              "\"githubAppId\":\"Iv1.x\"},"
              "\"github.com:Ov2.y\":{\"user\":\"\",\"oauth_token\":\"gho_fake_apps\"},"
              "\"other.example:z\":{\"user\":\"u\",\"oauth_token\":\"gho_other_host\"},"
              "\"github.com.evil.example\":{\"oauth_token\":\"gho_evil_host\"}}");
  write_file (fixture->config_home,
              "github-copilot/hosts.json",
              "{\"github.com\":{\"user\":\"old\",\"oauth_token\":\"ghu_fake_hosts\"}}");
  write_file (fixture->config_home, "ghcsd/.copilot-auth-token", " ghu_fake_ghcsd\n");
  write_file (fixture->home,
              ".local/share/github-copilot-svcs/config.json",
              "{\"port\":8081,\"github_token\":\"gho_fake_svcs\",\"copilot_token\":\"tid=1\"}");
  write_file (fixture->home, ".ghc-api/github_token.txt", "gho_fake_ghc_api");
  write_file (fixture->config_home,
              "passenger-rs/access_token.json",
              "{\"access_token\":\"ghu_fake_passenger\",\"token_type\":\"bearer\"}");
  write_file (fixture->home, ".local/share/copilot-api/github_token", "ghu_fake_copilot_api\n");

  found = jump_credential_import_find (fixture->home, fixture->config_home);
  assert_found (found, 0, "github-copilot", "octocat", "ghu_fake_apps");
  assert_found (found, 1, "github-copilot", NULL, "gho_fake_apps");
  assert_found (found, 2, "github-copilot", "old", "ghu_fake_hosts");
  assert_found (found, 3, "ghcsd", NULL, "ghu_fake_ghcsd");
  assert_found (found, 4, "github-copilot-svcs", NULL, "gho_fake_svcs");
  assert_found (found, 5, "ghc-api", NULL, "gho_fake_ghc_api");
  assert_found (found, 6, "passenger-rs", NULL, "ghu_fake_passenger");
  assert_found (found, 7, "copilot-api", NULL, "ghu_fake_copilot_api");
  g_assert_cmpuint (found->len, ==, 8);
}

/* Both places of one tool, when the configuration folder is not the usual one. */
static void
test_twice (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) found = NULL;

  write_file (fixture->config_home, "ghcsd/.copilot-auth-token", "ghu_fake_same");
  write_file (fixture->home, ".config/ghcsd/.copilot-auth-token", "ghu_fake_same");
  write_file (fixture->home, ".ghc-api/github_token.txt", "ghu_fake_same");
  found = jump_credential_import_find (fixture->home, fixture->config_home);
  assert_found (found, 0, "ghcsd", NULL, "ghu_fake_same");
  assert_found (found, 1, "ghc-api", NULL, "ghu_fake_same");
  g_assert_cmpuint (found->len, ==, 2);
}

static void
test_junk (Fixture *fixture, gconstpointer data)
{
  g_autofree char *huge = g_strnfill (2 * 1024 * 1024, 'x');
  g_autofree char *folder = g_build_filename (fixture->home, ".ghc-api/github_token.txt", NULL);
  g_autoptr (GPtrArray) found = NULL;

  write_file (fixture->config_home, "github-copilot/apps.json", "{\"github.com\":[]} trailing");
  write_file (fixture->config_home,
              "github-copilot/hosts.json",
              "{\"github.com\":\"no\",\"github.com:a\":{\"oauth_token\":5},"
              "\"github.com:b\":{}}");
  write_file (fixture->config_home, "ghcsd/.copilot-auth-token", "not a token at all");
  write_file (fixture->home, ".config/ghcsd/.copilot-auth-token", "");
  write_file (fixture->home, ".local/share/github-copilot-svcs/config.json", "[]");
  write_file (fixture->config_home,
              "passenger-rs/access_token.json",
              "{\"access_token\":\"short\"}");
  write_file (fixture->home, ".local/share/copilot-api/github_token", huge);
  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  found = jump_credential_import_find (fixture->home, fixture->config_home);
  g_assert_cmpuint (found->len, ==, 0);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/credential-import/nothing", test_nothing);
  ADD ("/credential-import/every-tool", test_every_tool);
  ADD ("/credential-import/twice", test_twice);
  ADD ("/credential-import/junk", test_junk);
  return g_test_run ();
}
