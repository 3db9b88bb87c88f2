/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/token-text.h"

#define NOW     1000000
#define RENEWED "It is renewed by itself before it expires."

static const struct
{
  JumpTokenFacts
      facts; /* account, state, has_token, is_direct, is_static, expires_at, now, problem */
  const char *title;
  const char *detail;
  guint next;
  gboolean is_warning;
  gboolean can_be_refreshed;
  gboolean is_busy;
} rows[] = {
  { { JUMP_ACCOUNT_LOADING, JUMP_TOKEN_IDLE, FALSE, FALSE, FALSE, 0, NOW, JUMP_PROBLEM_NONE },
    "Looking for your sign-in…",
    NULL,
    0,
    FALSE,
    FALSE,
    FALSE },
  { { JUMP_ACCOUNT_SIGNED_OUT,
      JUMP_TOKEN_FAILED,
      FALSE,
      FALSE,
      FALSE,
      0,
      NOW,
      JUMP_PROBLEM_SIGNED_OUT },
    "None",
    "Copilot gives one to those who are signed in.",
    0,
    FALSE,
    FALSE,
    FALSE },
  { { JUMP_ACCOUNT_SIGNED_IN, JUMP_TOKEN_IDLE, FALSE, FALSE, FALSE, 0, NOW, JUMP_PROBLEM_NONE },
    "None yet",
    "It is asked for with the first request.",
    0,
    FALSE,
    TRUE,
    FALSE },
  { { JUMP_ACCOUNT_SIGNED_IN,
      JUMP_TOKEN_EXCHANGING,
      FALSE,
      FALSE,
      FALSE,
      0,
      NOW,
      JUMP_PROBLEM_NONE },
    "Being asked for…",
    NULL,
    0,
    FALSE,
    TRUE,
    TRUE },
  { { JUMP_ACCOUNT_SIGNED_IN,
      JUMP_TOKEN_READY,
      TRUE,
      FALSE,
      FALSE,
      NOW + 1450,
      NOW,
      JUMP_PROBLEM_NONE },
    "Good for 24 minutes",
    RENEWED,
    11,
    FALSE,
    TRUE,
    FALSE },
  { { JUMP_ACCOUNT_SIGNED_IN,
      JUMP_TOKEN_EXCHANGING,
      TRUE,
      FALSE,
      FALSE,
      NOW + 59,
      NOW,
      JUMP_PROBLEM_NONE },
    "Good for 59 seconds",
    RENEWED,
    1,
    FALSE,
    TRUE,
    TRUE },
  { { JUMP_ACCOUNT_SIGNED_IN, JUMP_TOKEN_READY, TRUE, TRUE, FALSE, 0, NOW, JUMP_PROBLEM_NONE },
    "Good, and does not expire",
    "Copilot takes your sign-in at GitHub as it is.",
    0,
    FALSE,
    TRUE,
    FALSE },
  { { JUMP_ACCOUNT_SIGNED_IN,
      JUMP_TOKEN_READY,
      TRUE,
      FALSE,
      TRUE,
      NOW + 7200,
      NOW,
      JUMP_PROBLEM_NONE },
    "Good for 2 hours",
    "It comes from the environment and cannot be renewed here.",
    1,
    FALSE,
    FALSE,
    FALSE },
  { { JUMP_ACCOUNT_SIGNED_IN,
      JUMP_TOKEN_FAILED,
      FALSE,
      FALSE,
      FALSE,
      0,
      NOW,
      JUMP_PROBLEM_NO_SUBSCRIPTION },
    "None",
    "This account has no Copilot.",
    0,
    TRUE,
    TRUE,
    FALSE },
  { { JUMP_ACCOUNT_SIGNED_IN,
      JUMP_TOKEN_FAILED,
      TRUE,
      FALSE,
      FALSE,
      NOW + 60,
      NOW,
      JUMP_PROBLEM_NETWORK },
    "Good for 1 minute",
    "GitHub could not be reached. It is tried again by itself.",
    1,
    TRUE,
    TRUE,
    FALSE },
};

static void
test_states (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (JumpTokenText) text = jump_token_text_new (&rows[i].facts);

      g_test_message ("%s", rows[i].title);
      g_assert_cmpstr (text->title, ==, rows[i].title);
      g_assert_cmpstr (text->detail, ==, rows[i].detail);
      g_assert_cmpuint (text->next, ==, rows[i].next);
      g_assert_cmpint (text->is_warning, ==, rows[i].is_warning);
      g_assert_cmpint (text->can_be_refreshed, ==, rows[i].can_be_refreshed);
      g_assert_cmpint (text->is_busy, ==, rows[i].is_busy);
    }
}

int
main (int argc, char *argv[])
{
  g_setenv ("LANGUAGE", "C", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/token-text/states", test_states);
  return g_test_run ();
}
