/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/sign-in-view-text.h"

#include <string.h>

static void
test_views (void)
{
  static const struct
  {
    JumpSignInFacts facts;
    JumpSignInView view;
    gboolean needs_code;
  } rows[] = {
    { { .account = JUMP_ACCOUNT_SIGNED_OUT }, JUMP_SIGN_IN_NONE, TRUE },
    { { .account = JUMP_ACCOUNT_LOADING }, JUMP_SIGN_IN_CHECKING, FALSE },
    { { .has_flow = TRUE, .flow = JUMP_DEVICE_FLOW_STARTING }, JUMP_SIGN_IN_STARTING, FALSE },
    { { .has_flow = TRUE, .flow = JUMP_DEVICE_FLOW_PENDING }, JUMP_SIGN_IN_PENDING, FALSE },
    { { .has_flow = TRUE, .flow = JUMP_DEVICE_FLOW_SUCCESS }, JUMP_SIGN_IN_STORING, FALSE },
    { { .has_flow = TRUE, .flow = JUMP_DEVICE_FLOW_DENIED }, JUMP_SIGN_IN_ENDED, TRUE },
    { { .has_flow = TRUE, .flow = JUMP_DEVICE_FLOW_EXPIRED }, JUMP_SIGN_IN_ENDED, TRUE },
    { { .has_flow = TRUE, .flow = JUMP_DEVICE_FLOW_CANCELLED }, JUMP_SIGN_IN_ENDED, TRUE },
    { { .has_flow = TRUE, .flow = JUMP_DEVICE_FLOW_FAILED }, JUMP_SIGN_IN_ENDED, TRUE },
    /* Asked for while somebody is signed in: the code, not the account. */
    { { .has_flow = TRUE,
        .flow = JUMP_DEVICE_FLOW_PENDING,
        .account = JUMP_ACCOUNT_SIGNED_IN,
        .token = JUMP_TOKEN_READY,
        .has_token = TRUE },
      JUMP_SIGN_IN_PENDING,
      FALSE },
    { { .account = JUMP_ACCOUNT_SIGNED_IN }, JUMP_SIGN_IN_CHECKING, FALSE },
    { { .account = JUMP_ACCOUNT_SIGNED_IN, .token = JUMP_TOKEN_READY, .has_token = TRUE },
      JUMP_SIGN_IN_DONE,
      FALSE },
    /* The old token is good as long as it lasts. */
    { { .account = JUMP_ACCOUNT_SIGNED_IN,
        .token = JUMP_TOKEN_FAILED,
        .has_token = TRUE,
        .problem = JUMP_PROBLEM_NETWORK },
      JUMP_SIGN_IN_DONE,
      FALSE },
    { { .account = JUMP_ACCOUNT_SIGNED_IN,
        .token = JUMP_TOKEN_FAILED,
        .problem = JUMP_PROBLEM_NO_SUBSCRIPTION },
      JUMP_SIGN_IN_PROBLEM,
      FALSE },
    { { .account = JUMP_ACCOUNT_SIGNED_IN,
        .token = JUMP_TOKEN_FAILED,
        .problem = JUMP_PROBLEM_TOKEN_REVOKED },
      JUMP_SIGN_IN_PROBLEM,
      TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("row %u", i);
      g_assert_cmpint (jump_sign_in_view_decide (&rows[i].facts), ==, rows[i].view);
      g_assert_cmpint (jump_sign_in_needs_code (&rows[i].facts), ==, rows[i].needs_code);
    }
}

static void
test_spelling (void)
{
  g_autofree char *spelled = jump_sign_in_spell_code ("WDJB-MJ7T");
  g_autofree char *nothing = jump_sign_in_spell_code ("");

  g_assert_cmpstr (spelled, ==, "W D J B dash M J 7 T");
  g_assert_cmpstr (nothing, ==, "");
}

static void
test_remaining (void)
{
  static const struct
  {
    gint64 seconds;
    const char *text;
  } rows[] = {
    { 899, "The code is valid for 14:59." },
    { 60, "The code is valid for 1:00." },
    { 5, "The code is valid for 0:05." },
    { -3, "The code is valid for 0:00." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = jump_sign_in_describe_remaining (rows[i].seconds);

      g_assert_cmpstr (text, ==, rows[i].text);
    }
}

static void
test_sentences (void)
{
  g_autofree char *full = jump_sign_in_describe_account ("octocat", "Pro+");
  g_autofree char *plain = jump_sign_in_describe_account (NULL, NULL);
  g_autofree char *keyring = jump_sign_in_describe_wait (JUMP_SIGN_IN_STORING, "keyring");
  g_autofree char *file = jump_sign_in_describe_wait (JUMP_SIGN_IN_STORING, "file");
  g_autofree char *kept = jump_sign_in_describe_store (JUMP_SOURCE_STORED, "file");
  g_autofree char *variable =
      jump_sign_in_describe_store (JUMP_SOURCE_ENVIRONMENT_GITHUB, "keyring");

  g_assert_cmpstr (full, ==, "Signed in as octocat, plan: Pro+.");
  g_assert_cmpstr (plain, ==, "Signed in.");
  g_assert_nonnull (strstr (keyring, "keyring’s password"));
  g_assert_null (strstr (file, "keyring"));
  g_assert_nonnull (strstr (kept, "only you can read"));
  g_assert_nonnull (strstr (variable, "GITHUB_TOKEN"));
}

static void
test_web_addresses (void)
{
  static const struct
  {
    const char *uri;
    gboolean is_web;
  } rows[] = {
    { "https://github.com/login/device", TRUE },
    { "http://127.0.0.1:4321/login/device", TRUE },
    { "file:///etc/passwd", FALSE },
    { "javascript:alert(1)", FALSE },
    { "https://", FALSE },
    { "github.com", FALSE },
    { "", FALSE },
    { NULL, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint (jump_sign_in_is_web_address (rows[i].uri), ==, rows[i].is_web);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sign-in-view-text/views", test_views);
  g_test_add_func ("/sign-in-view-text/spelling", test_spelling);
  g_test_add_func ("/sign-in-view-text/remaining", test_remaining);
  g_test_add_func ("/sign-in-view-text/sentences", test_sentences);
  g_test_add_func ("/sign-in-view-text/web-addresses", test_web_addresses);
  return g_test_run ();
}
