/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/auth/account.h"
#include "service/base/error.h"
#include "tests/support/temp-home.h"

/* Variables of the program belong to processes of their own. */
static void
run_apart (void)
{
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_test_trap_assert_passed ();
}

static void
test_file (void)
{
  g_autoptr (JumpTempHome) home = NULL;
  g_autofree char *path = NULL;
  g_autoptr (JumpEnvironmentTokens) tokens = NULL;

  if (!g_test_subprocess ())
    {
      run_apart ();
      return;
    }
  home = jump_temp_home_new ();
  path = jump_temp_home_get_path (home, "token");
  g_assert_true (g_file_set_contents (path, "own\n", -1, NULL));
  g_setenv ("JUMPSEAT_GITHUB_TOKEN_FILE", path, TRUE);
  g_setenv ("GITHUB_TOKEN_FILE", path, TRUE);
  g_setenv ("COPILOT_TOKEN_FILE", "", TRUE);
  tokens = jump_environment_tokens_take ();
  g_assert_no_error (tokens->problem);
  g_assert_true (jump_secret_text_equal (tokens->jumpseat_github_token, "own"));
  g_assert_null (tokens->github_token);
  g_assert_null (tokens->copilot_token);
}

static void
test_both (void)
{
  g_autoptr (JumpEnvironmentTokens) tokens = NULL;

  if (!g_test_subprocess ())
    {
      run_apart ();
      return;
    }
  g_setenv ("JUMPSEAT_GITHUB_TOKEN_FILE", "/nowhere/token", TRUE);
  g_setenv ("COPILOT_TOKEN_FILE", "/nowhere/token", TRUE);
  g_setenv ("COPILOT_TOKEN", "other", TRUE);
  tokens = jump_environment_tokens_take ();
  /* the first problem of two */
  g_assert_error (tokens->problem, JUMP_ERROR, JUMP_ERROR_SETTINGS);
  g_assert_true (g_str_has_prefix (tokens->problem->message, "JUMPSEAT_GITHUB_TOKEN_FILE: cannot"));
  g_assert_null (tokens->copilot_token);
  g_clear_pointer (&tokens, jump_environment_tokens_free);

  g_unsetenv ("JUMPSEAT_GITHUB_TOKEN_FILE");
  g_setenv ("COPILOT_TOKEN", "other", TRUE);
  tokens = jump_environment_tokens_take ();
  g_assert_cmpstr (tokens->problem->message,
                   ==,
                   "COPILOT_TOKEN and COPILOT_TOKEN_FILE are both set: expected one of them");
}

/* For whoever takes our place: the same again, but nothing beside a file that is named. */
static void
test_restored (void)
{
  g_autoptr (JumpTempHome) home = NULL;
  g_autofree char *path = NULL;
  g_autoptr (JumpEnvironmentTokens) tokens = NULL;
  g_autoptr (JumpEnvironmentTokens) copy = NULL;

  if (!g_test_subprocess ())
    {
      run_apart ();
      return;
    }
  home = jump_temp_home_new ();
  path = jump_temp_home_get_path (home, "token");
  g_assert_true (g_file_set_contents (path, "filed\n", -1, NULL));
  g_setenv ("JUMPSEAT_GITHUB_TOKEN", "own", TRUE);
  g_setenv ("GH_TOKEN", "other", TRUE);
  g_setenv ("COPILOT_TOKEN_FILE", path, TRUE);
  tokens = jump_environment_tokens_take ();
  g_assert_no_error (tokens->problem);
  g_assert_null (g_getenv ("JUMPSEAT_GITHUB_TOKEN"));
  g_assert_null (g_getenv ("GH_TOKEN"));
  copy = jump_environment_tokens_copy (tokens);
  g_clear_pointer (&tokens, jump_environment_tokens_free);

  jump_environment_tokens_restore (copy);
  g_assert_cmpstr (g_getenv ("JUMPSEAT_GITHUB_TOKEN"), ==, "own");
  g_assert_null (g_getenv ("COPILOT_TOKEN"));
  tokens = jump_environment_tokens_take ();
  g_assert_no_error (tokens->problem);
  g_assert_true (jump_secret_text_equal (tokens->jumpseat_github_token, "own"));
  g_assert_true (jump_secret_text_equal (tokens->github_token, "other"));
  g_assert_true (jump_secret_text_equal (tokens->copilot_token, "filed"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/environment-tokens/file", test_file);
  g_test_add_func ("/environment-tokens/both", test_both);
  g_test_add_func ("/environment-tokens/restored", test_restored);
  return g_test_run ();
}
