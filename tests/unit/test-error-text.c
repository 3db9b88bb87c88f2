/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/error-text.h"

#include <string.h>

typedef struct
{
  JumpAttention attention;
  const char *title;
  const char *action;
  const char *target;
  gboolean is_serious;
} AttentionRow;

static const AttentionRow attention_rows[] = {
  { JUMP_ATTENTION_NONE, "", NULL, NULL, FALSE },
  { JUMP_ATTENTION_NOT_LISTENING,
    "Other Programs Cannot Reach Jumpseat",
    "app.show-page",
    "settings",
    TRUE },
  { JUMP_ATTENTION_SIGN_IN, "Please Sign In Again", "app.sign-in", NULL, TRUE },
  { JUMP_ATTENTION_NO_SUBSCRIPTION,
    "No Copilot for This Account",
    "app.open-uri",
    "https://github.com/settings/copilot",
    TRUE },
  { JUMP_ATTENTION_BLOCKED,
    "Copilot Is Blocked",
    "app.open-uri",
    "https://github.com/settings/copilot",
    TRUE },
  { JUMP_ATTENTION_CLIENT_REFUSED,
    "GitHub Does Not Accept This Version",
    "app.show-page",
    "settings",
    TRUE },
  { JUMP_ATTENTION_OUT_OF_CREDITS,
    "Out of Credits",
    "app.open-uri",
    "https://github.com/settings/billing",
    TRUE },
  { JUMP_ATTENTION_RATE_LIMITED, "GitHub Asks to Wait", "app.show-page", "requests", FALSE },
  { JUMP_ATTENTION_SSO,
    "Your Organization Wants a Sign-In",
    "app.open-uri",
    "https://github.com/settings/copilot",
    TRUE },
  { JUMP_ATTENTION_PORTAL, "The Network Wants a Sign-In", "app.refresh-token", NULL, FALSE },
  { JUMP_ATTENTION_CLOCK, "The Clock Is Wrong", "app.refresh-token", NULL, FALSE },
  { JUMP_ATTENTION_APPROVAL, "A Request Waits for You", "app.show-page", "requests", FALSE },
  { JUMP_ATTENTION_BURST, "Very Many Requests", "app.show-page", "requests", FALSE },
  { JUMP_ATTENTION_OFFLINE, "No Network", "app.refresh-token", NULL, FALSE },
  { JUMP_ATTENTION_UPSTREAM_DOWN,
    "Copilot Does Not Answer",
    "app.open-uri",
    "https://www.githubstatus.com/",
    FALSE },
  { JUMP_ATTENTION_PROTOCOL, "An Answer Was Not Understood", "app.report", NULL, FALSE },
};

static void
test_attentions (void)
{
  g_assert_cmpuint (G_N_ELEMENTS (attention_rows), ==, JUMP_ATTENTION_BURST + 1);
  for (guint i = 0; i < G_N_ELEMENTS (attention_rows); i++)
    {
      const AttentionRow *row = &attention_rows[i];
      g_autoptr (JumpErrorText) text =
          jump_error_text_new_for_attention (row->attention, NULL, NULL);

      g_assert_cmpstr (text->title, ==, row->title);
      g_assert_cmpstr (text->action, ==, row->action);
      g_assert_cmpstr (text->target, ==, row->target);
      g_assert_cmpint (text->is_serious, ==, row->is_serious);
      g_assert_cmpint (text->button != NULL, ==, row->action != NULL);
      g_assert_cmpint (*text->text != '\0', ==, row->attention != JUMP_ATTENTION_NONE);
    }
}

/* What upstream says about an account is passed on as it was sent. */
static void
test_words_of_upstream (void)
{
  static const JumpAttention attentions[] = { JUMP_ATTENTION_NO_SUBSCRIPTION,
                                              JUMP_ATTENTION_BLOCKED };
  JumpProblem problem = { JUMP_PROBLEM_BLOCKED,
                          (char *) "Seat Needed",
                          (char *) "Ask the owner of octo-org for a seat.",
                          (char *) "https://github.com/orgs/octo-org",
                          (char *) "feature_flag_blocked" };

  for (guint i = 0; i < G_N_ELEMENTS (attentions); i++)
    {
      g_autoptr (JumpErrorText) text =
          jump_error_text_new_for_attention (attentions[i], &problem, NULL);

      g_assert_cmpstr (text->title, ==, "Seat Needed");
      g_assert_cmpstr (text->text, ==, "Ask the owner of octo-org for a seat.");
      g_assert_cmpstr (text->action, ==, "app.open-uri");
      g_assert_cmpstr (text->target, ==, "https://github.com/orgs/octo-org");
    }
}

static void
test_button_that_helps_stays (void)
{
  JumpProblem problem = { JUMP_PROBLEM_TOKEN_REVOKED,
                          NULL,
                          NULL,
                          (char *) "https://github.com/",
                          NULL };
  g_autoptr (JumpErrorText) text =
      jump_error_text_new_for_attention (JUMP_ATTENTION_SIGN_IN, &problem, NULL);
  g_autoptr (JumpErrorText) other =
      jump_error_text_new_for_attention (JUMP_ATTENTION_CLIENT_REFUSED, &problem, NULL);
  g_autoptr (JumpErrorText) waits =
      jump_error_text_new_for_attention (JUMP_ATTENTION_RATE_LIMITED, &problem, NULL);

  g_assert_cmpstr (text->action, ==, "app.sign-in");
  g_assert_cmpstr (other->action, ==, "app.show-page");
  g_assert_cmpstr (waits->action, ==, "app.open-uri");
  g_assert_cmpstr (waits->target, ==, "https://github.com/");
}

/* The token manager's English sentences are not shown instead of ours, but what the system said is. */
static void
test_words_of_ours (void)
{
  JumpProblem problem = { JUMP_PROBLEM_NO_SUBSCRIPTION,
                          (char *) "No access",
                          (char *) "English.",
                          NULL,
                          NULL };
  JumpProblem network = { JUMP_PROBLEM_NETWORK,
                          (char *) "GitHub cannot be reached",
                          (char *) "name not known",
                          NULL,
                          NULL };
  JumpProblem refusal = { JUMP_PROBLEM_NONE,
                          NULL,
                          (char *) "You have used all of it.",
                          NULL,
                          NULL };
  g_autoptr (JumpErrorText) text =
      jump_error_text_new_for_attention (JUMP_ATTENTION_NO_SUBSCRIPTION, &problem, NULL);
  g_autoptr (JumpErrorText) down =
      jump_error_text_new_for_attention (JUMP_ATTENTION_UPSTREAM_DOWN, &network, NULL);
  g_autoptr (JumpErrorText) quota =
      jump_error_text_new_for_attention (JUMP_ATTENTION_OUT_OF_CREDITS, &refusal, NULL);

  g_assert_cmpstr (text->title, ==, "No Copilot for This Account");
  g_assert_null (strstr (text->text, "English."));
  g_assert_cmpstr (down->title, ==, "Copilot Does Not Answer");
  g_assert_true (g_str_has_suffix (down->text, "\nname not known"));
  g_assert_cmpstr (quota->title, ==, "Out of Credits");
  g_assert_cmpstr (quota->text, ==, "You have used all of it.");
}

static void
test_listening (void)
{
  g_autoptr (GError) error = g_error_new (JUMP_ERROR, JUMP_ERROR_BUSY_PORT, "port 8081 is taken");
  g_autoptr (JumpErrorText) text =
      jump_error_text_new_for_attention (JUMP_ATTENTION_NOT_LISTENING, NULL, error);

  g_assert_true (g_str_has_suffix (text->text, "\nport 8081 is taken"));
}

/* Each code has a title and a sentence; a page that is named exists. */
static void
test_errors (void)
{
  for (int code = JUMP_ERROR_BAD_REQUEST; code <= JUMP_ERROR_SETTINGS; code++)
    {
      g_autoptr (GError) error = g_error_new (JUMP_ERROR, code, "what was wrong");
      g_autoptr (JumpErrorText) text = jump_error_text_new_for_error (error);

      g_assert_cmpstr (text->title, !=, "");
      g_assert_cmpstr (text->title, !=, "Something Went Wrong");
      g_assert_cmpstr (text->text, !=, "");
      g_assert_cmpint (text->button != NULL, ==, text->action != NULL);
    }
}

static void
test_other_error (void)
{
  g_autoptr (GError) error = g_error_new (G_IO_ERROR, G_IO_ERROR_NO_SPACE, "disk full");
  g_autoptr (JumpErrorText) text = jump_error_text_new_for_error (error);

  g_assert_cmpstr (text->title, ==, "Something Went Wrong");
  g_assert_true (g_str_has_suffix (text->text, "\ndisk full"));
}

typedef struct
{
  JumpDeviceFlowState state;
  int code; /* -1: without an error */
  const char *title;
  const char *end; /* (nullable): of the text */
} SignInRow;

static const SignInRow sign_in_rows[] = {
  { JUMP_DEVICE_FLOW_EXPIRED, -1, "The Code Has Expired", NULL },
  { JUMP_DEVICE_FLOW_DENIED, -1, "Sign-In Was Declined", NULL },
  { JUMP_DEVICE_FLOW_CANCELLED, -1, "Sign-In Was Cancelled", NULL },
  { JUMP_DEVICE_FLOW_FAILED, -1, "Sign-In Did Not Work", "not expected." },
  { JUMP_DEVICE_FLOW_FAILED, JUMP_ERROR_FORBIDDEN, "GitHub Refused the Sign-In", "\nwhy" },
  { JUMP_DEVICE_FLOW_FAILED, JUMP_ERROR_UPSTREAM, "GitHub Cannot Be Reached", "\nwhy" },
  { JUMP_DEVICE_FLOW_FAILED, JUMP_ERROR_TIMEOUT, "GitHub Cannot Be Reached", "\nwhy" },
  { JUMP_DEVICE_FLOW_FAILED, JUMP_ERROR_RATE_LIMITED, "GitHub Asks to Wait", "minutes." },
  { JUMP_DEVICE_FLOW_FAILED, JUMP_ERROR_STORE, "The Sign-In Could Not Be Saved", "\nwhy" },
  { JUMP_DEVICE_FLOW_FAILED, JUMP_ERROR_PROTOCOL, "Sign-In Did Not Work", "\nwhy" },
};

static void
test_sign_in (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (sign_in_rows); i++)
    {
      const SignInRow *row = &sign_in_rows[i];
      g_autoptr (GError) error =
          row->code < 0 ? NULL : g_error_new (JUMP_ERROR, row->code, "sign-in: why");
      g_autoptr (JumpErrorText) text = jump_error_text_new_for_sign_in (row->state, error);

      g_assert_cmpstr (text->title, ==, row->title);
      g_assert_cmpstr (text->action, ==, "app.sign-in");
      if (row->end != NULL)
        g_assert_true (g_str_has_suffix (text->text, row->end));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/error-text/attentions", test_attentions);
  g_test_add_func ("/error-text/words-of-upstream", test_words_of_upstream);
  g_test_add_func ("/error-text/button-that-helps-stays", test_button_that_helps_stays);
  g_test_add_func ("/error-text/words-of-ours", test_words_of_ours);
  g_test_add_func ("/error-text/listening", test_listening);
  g_test_add_func ("/error-text/errors", test_errors);
  g_test_add_func ("/error-text/other-error", test_other_error);
  g_test_add_func ("/error-text/sign-in", test_sign_in);
  return g_test_run ();
}
