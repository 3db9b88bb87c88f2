/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/quota-text.h"

#include <locale.h>

#define NOW    1764000000 /* 2025-11-24 16:00 */
#define RESETS 1764547200 /* 2025-12-01 00:00 */

static const struct
{
  JumpQuotaFacts facts;
  const char *title;
  const char *detail;
  const char *reset;
  double left;
  gboolean is_warning;
} rows[] = {
  /* metered */
  { { JUMP_ACCOUNT_SIGNED_IN,
      JUMP_QUOTA_METERED,
      1500,
      289.6,
      1210.4,
      TRUE,
      FALSE,
      RESETS,
      NOW,
      NULL,
      FALSE },
    "1210 credits left",
    "290 of 1500 credits used (19%)",
    "Starts again on 1 December, in 6 days",
    1210.4 / 1500,
    FALSE },
  { { JUMP_ACCOUNT_SIGNED_IN,
      JUMP_QUOTA_METERED,
      300,
      299,
      1,
      FALSE,
      FALSE,
      NOW + 3600,
      NOW,
      NULL,
      FALSE },
    "1 premium request left",
    "299 of 300 premium requests used (99%)",
    "Starts again on 24 November, in less than a day",
    1.0 / 300,
    TRUE },
  { { JUMP_ACCOUNT_SIGNED_IN,
      JUMP_QUOTA_METERED,
      100,
      50,
      50,
      TRUE,
      FALSE,
      NOW - 1,
      NOW,
      NULL,
      FALSE },
    "50 credits left",
    "50 of 100 credits used (50%)",
    NULL,
    0.5,
    FALSE },
  /* no numbers */
  { { JUMP_ACCOUNT_SIGNED_IN,
      JUMP_QUOTA_UNLIMITED,
      -1,
      -1,
      -1,
      TRUE,
      FALSE,
      RESETS,
      NOW,
      NULL,
      FALSE },
    "Unlimited",
    "Your plan sets no limit.",
    NULL,
    -1,
    FALSE },
  { { JUMP_ACCOUNT_SIGNED_IN,
      JUMP_QUOTA_MANAGED,
      -1,
      -1,
      -1,
      TRUE,
      TRUE,
      0,
      NOW,
      "Acme Inc",
      FALSE },
    "Managed by Acme Inc",
    "Your organization pays, and tells no numbers.",
    NULL,
    -1,
    FALSE },
  { { JUMP_ACCOUNT_SIGNED_IN,
      JUMP_QUOTA_MANAGED,
      -1,
      -1,
      -1,
      TRUE,
      TRUE,
      RESETS,
      NOW,
      NULL,
      FALSE },
    "Managed by your organization",
    "Your organization pays, and tells no numbers.",
    "Starts again on 1 December, in 6 days",
    -1,
    FALSE },
  /* nothing left */
  { { JUMP_ACCOUNT_SIGNED_IN,
      JUMP_QUOTA_EXHAUSTED,
      1500,
      1512.3,
      -12.3,
      TRUE,
      TRUE,
      RESETS,
      NOW,
      NULL,
      FALSE },
    "No credits left",
    "1512 of 1500 credits used (101%)\nWhat you use now is billed on top.",
    "Starts again on 1 December, in 6 days",
    0,
    TRUE },
  { { JUMP_ACCOUNT_SIGNED_IN, JUMP_QUOTA_EXHAUSTED, -1, -1, -1, FALSE, FALSE, 0, NOW, NULL, FALSE },
    "No premium requests left",
    "Your plan permits nothing beyond them: requests to models that cost something are refused until then.",
    NULL,
    0,
    TRUE },
  { { JUMP_ACCOUNT_SIGNED_IN, JUMP_QUOTA_EXHAUSTED, -1, -1, -1, TRUE, TRUE, 0, NOW, "Acme", FALSE },
    "No credits left",
    "The organization’s credits are used up, or it has stopped this seat. Requests to models that cost "
    "something are refused.",
    NULL,
    0,
    TRUE },
  { { .account = JUMP_ACCOUNT_SIGNED_IN, .state = JUMP_QUOTA_UNLIMITED, .has_no_seat = TRUE },
    "None",
    "This account has no Copilot.",
    NULL,
    -1,
    FALSE },
  /* unknown */
  { { JUMP_ACCOUNT_SIGNED_OUT, JUMP_QUOTA_UNKNOWN, -1, -1, -1, TRUE, FALSE, 0, NOW, NULL, FALSE },
    "Not known yet",
    "Sign in to see what your plan has left.",
    NULL,
    -1,
    FALSE },
  { { JUMP_ACCOUNT_SIGNED_IN, JUMP_QUOTA_UNKNOWN, -1, -1, -1, TRUE, FALSE, 0, NOW, NULL, FALSE },
    "Not known yet",
    "GitHub is being asked what your plan has left.",
    NULL,
    -1,
    FALSE },
  { { JUMP_ACCOUNT_SIGNED_IN, JUMP_QUOTA_UNKNOWN, -1, -1, -1, TRUE, FALSE, 0, NOW, NULL, TRUE },
    "Not known yet",
    "GitHub could not be asked. It is tried again every few minutes.",
    NULL,
    -1,
    FALSE },
};

static void
test_states (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (JumpQuotaText) text = jump_quota_text_new (&rows[i].facts);

      g_test_message ("%s", rows[i].title);
      g_assert_cmpstr (text->title, ==, rows[i].title);
      g_assert_cmpstr (text->detail, ==, rows[i].detail);
      g_assert_cmpstr (text->reset, ==, rows[i].reset);
      g_assert_cmpfloat_with_epsilon (text->left, rows[i].left, 1e-9);
      g_assert_cmpint (text->is_warning, ==, rows[i].is_warning);
    }
}

int
main (int argc, char *argv[])
{
  g_setenv ("TZ", "UTC", TRUE);
  g_setenv ("LANGUAGE", "C", TRUE);
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/quota-text/states", test_states);
  return g_test_run ();
}
