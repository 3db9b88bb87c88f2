/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/auth/exchange-problem.h"
#include "service/base/error.h"
#include "service/base/json-read.h"

#include <string.h>

#define ENVELOPE(id)                                                                            \
  "{\"can_signup_for_limited\":true,\"error_details\":{"                                        \
  "\"url\":\"https://github.com/settings/copilot?editor={EDITOR}\","                            \
  "\"message\":\"No access to GitHub Copilot found.\",\"title\":\"Signup for GitHub Copilot\"," \
  "\"notification_id\":\"" id "\"},\"message\":\"Resource not accessible by integration\"}"

typedef struct
{
  guint status;
  const char *body;
  const char *sso;
  JumpProblemKind kind;
  const char *part; /* of title and message */
  const char *url;
  gboolean is_transient;
  gboolean allows_direct;           /* on github.com */
  gboolean allows_direct_on_tenant; /* on ghe.com */
} Row;

static const Row rows[] = {
  { 401,
    "{\"message\":\"Bad credentials\",\"status\":\"401\"}",
    NULL,
    JUMP_PROBLEM_TOKEN_REVOKED,
    "Sign in again",
    NULL,
    FALSE,
    FALSE,
    FALSE },
  { 403,
    ENVELOPE ("no_copilot_access"),
    NULL,
    JUMP_PROBLEM_NO_SUBSCRIPTION,
    "Signup for GitHub Copilot: No access to GitHub Copilot found.",
    "https://github.com/settings/copilot?editor=vscode",
    FALSE,
    FALSE,
    FALSE },
  { 403,
    "{\"message\":\"API rate limit exceeded for user ID 123.\",\"status\":\"403\"}",
    NULL,
    JUMP_PROBLEM_RATE_LIMITED,
    "API rate limit exceeded for user ID 123.",
    NULL,
    FALSE,
    FALSE,
    FALSE },
  { 403,
    "{\"message\":\"You have exceeded a secondary rate limit.\"}",
    NULL,
    JUMP_PROBLEM_RATE_LIMITED,
    "secondary",
    NULL,
    FALSE,
    FALSE,
    FALSE },
  { 403,
    "{\"message\":\"Resource not accessible by integration\"}",
    NULL,
    JUMP_PROBLEM_BLOCKED,
    "Resource not accessible by integration",
    NULL,
    FALSE,
    TRUE,
    TRUE },
  { 403,
    "{\"message\":\"Resource not accessible by personal access token\"}",
    NULL,
    JUMP_PROBLEM_BLOCKED,
    "personal access token",
    NULL,
    FALSE,
    TRUE,
    TRUE },
  { 403,
    "{\"message\":\"Resource protected by organization SAML enforcement.\"}",
    NULL,
    JUMP_PROBLEM_SSO,
    "single sign-on",
    NULL,
    FALSE,
    FALSE,
    FALSE },
  { 403,
    "{\"message\":\"Forbidden\"}",
    "required; url=https://github.com/orgs/acme/sso?authorization_request=A1",
    JUMP_PROBLEM_SSO,
    "single sign-on",
    "https://github.com/orgs/acme/sso?authorization_request=A1",
    FALSE,
    FALSE,
    FALSE },
  { 403,
    "",
    "required; url=javascript:alert(1)",
    JUMP_PROBLEM_SSO,
    "single sign-on",
    NULL,
    FALSE,
    FALSE,
    FALSE },
  { 403,
    "{\"message\":\"Resource protected by organization SAML enforcement.\","
    "\"documentation_url\":\"https://docs.github.com/articles/saml\"}",
    NULL,
    JUMP_PROBLEM_SSO,
    "single sign-on",
    "https://docs.github.com/articles/saml",
    FALSE,
    FALSE,
    FALSE },
  { 403, "forbidden", NULL, JUMP_PROBLEM_BLOCKED, "Copilot refused", NULL, FALSE, FALSE, TRUE },
  { 403, "", NULL, JUMP_PROBLEM_BLOCKED, "Copilot refused", NULL, FALSE, FALSE, TRUE },
  { 403,
    "{\"message\":\"Access is limited to approved clients.\"}",
    NULL,
    JUMP_PROBLEM_CLIENT_REFUSED,
    "approved clients",
    NULL,
    FALSE,
    FALSE,
    TRUE },
  { 404,
    "{\"message\":\"Not Found\",\"status\":\"404\"}",
    NULL,
    JUMP_PROBLEM_BLOCKED,
    "Sign in with Jumpseat",
    NULL,
    FALSE,
    TRUE,
    TRUE },
  { 429, "slow", NULL, JUMP_PROBLEM_RATE_LIMITED, "asks to wait", NULL, FALSE, FALSE, FALSE },
  { 466,
    "client version not supported",
    NULL,
    JUMP_PROBLEM_CLIENT_REFUSED,
    "identity settings",
    NULL,
    FALSE,
    FALSE,
    FALSE },
  { 500, "<html>", NULL, JUMP_PROBLEM_NETWORK, "500", NULL, TRUE, FALSE, FALSE },
  { 503, "{}", NULL, JUMP_PROBLEM_NETWORK, "503", NULL, TRUE, FALSE, FALSE },
  { 503,
    ENVELOPE ("no_copilot_access"),
    NULL,
    JUMP_PROBLEM_NETWORK,
    "503",
    NULL,
    TRUE,
    FALSE,
    FALSE },
  { 302, "", NULL, JUMP_PROBLEM_PROTOCOL, "302", NULL, FALSE, FALSE, FALSE },
  { 418, "", NULL, JUMP_PROBLEM_PROTOCOL, "418", NULL, FALSE, FALSE, FALSE },
};

static void
test_answers (void)
{
  g_autoptr (JumpGithubHost) github = jump_github_host_new (NULL, NULL, NULL, NULL);
  g_autoptr (JumpGithubHost) tenant =
      jump_github_host_new ("https://acme.ghe.com", NULL, NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const Row *row = &rows[i];
      g_autoptr (JsonObject) object = jump_json_parse_object (row->body, -1, NULL);
      JumpExchangeAnswer answer = { row->status, object, row->sso };
      g_autoptr (JumpProblem) problem = jump_exchange_problem_new (&answer);
      g_autoptr (GError) error = jump_problem_to_error (problem);

      g_test_message ("%u %s", row->status, row->body);
      g_assert_cmpstr (jump_problem_kind_to_string (problem->kind),
                       ==,
                       jump_problem_kind_to_string (row->kind));
      g_assert_nonnull (strstr (error->message, row->part));
      g_assert_cmpstr (problem->url, ==, row->url);
      g_assert_cmpint (jump_exchange_answer_is_transient (&answer), ==, row->is_transient);
      g_assert_cmpint (jump_exchange_answer_allows_direct (&answer, github),
                       ==,
                       row->allows_direct);
      g_assert_cmpint (jump_exchange_answer_allows_direct (&answer, tenant),
                       ==,
                       row->allows_direct_on_tenant);
    }
}

static void
test_notification_ids (void)
{
  static const struct
  {
    const char *id;
    JumpProblemKind kind;
  } ids[] = {
    { "no_copilot_access", JUMP_PROBLEM_NO_SUBSCRIPTION },
    { "not_signed_up", JUMP_PROBLEM_NO_SUBSCRIPTION },
    { "subscription_ended", JUMP_PROBLEM_NO_SUBSCRIPTION },
    { "expired_coupon", JUMP_PROBLEM_NO_SUBSCRIPTION },
    { "revoked_coupon", JUMP_PROBLEM_NO_SUBSCRIPTION },
    { "enterprise_managed_user_account", JUMP_PROBLEM_BLOCKED },
    { "feature_flag_blocked", JUMP_PROBLEM_BLOCKED },
    { "spammy_user", JUMP_PROBLEM_BLOCKED },
    { "billing_locked", JUMP_PROBLEM_BLOCKED },
    { "trade_restricted", JUMP_PROBLEM_BLOCKED },
    { "trade_restricted_country", JUMP_PROBLEM_BLOCKED },
    { "codespaces_demo_inactive", JUMP_PROBLEM_BLOCKED },
    { "snippy_not_configured", JUMP_PROBLEM_BLOCKED },
    { "access_revoked", JUMP_PROBLEM_BLOCKED },
    { "go_http_client", JUMP_PROBLEM_CLIENT_REFUSED },
    { "programmatic_token_generation", JUMP_PROBLEM_CLIENT_REFUSED },
    { "server_error", JUMP_PROBLEM_NETWORK },
    { "never_seen_before", JUMP_PROBLEM_BLOCKED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autofree char *body = g_strdup_printf (
          "{\"error_details\":{\"notification_id\":\"%s\",\"title\":\"T\",\"message\":\"M\"}}",
          ids[i].id);
      g_autoptr (JsonObject) object = jump_json_parse_object (body, -1, NULL);
      JumpExchangeAnswer answer = { 403, object, NULL };
      g_autoptr (JumpProblem) problem = jump_exchange_problem_new (&answer);

      g_assert_cmpint (problem->kind, ==, ids[i].kind);
      g_assert_cmpstr (problem->notification_id, ==, ids[i].id);
      g_assert_cmpstr (problem->title, ==, "T");
      g_assert_cmpstr (problem->message, ==, "M");
      g_assert_null (problem->url);
    }
}

/* What upstream says is shown on terminals and opened in browsers. */
static void
test_hostile_words (void)
{
  g_autofree char *long_text = g_strnfill (5000, 'x');
  g_autofree char *body =
      g_strdup_printf ("{\"error_details\":{\"title\":\"a\\u001b[2Jb\\nc\",\"message\":\"%s\","
                       "\"url\":\"javascript:alert(1)\",\"notification_id\":5}}",
                       long_text);
  g_autoptr (JsonObject) object = jump_json_parse_object (body, -1, NULL);
  JumpExchangeAnswer answer = { 403, object, NULL };
  g_autoptr (JumpProblem) problem = jump_exchange_problem_new (&answer);

  g_assert_cmpstr (problem->title, ==, "a [2Jb c");
  g_assert_cmpuint (strlen (problem->message), ==, 600);
  g_assert_null (problem->url);
  g_assert_null (problem->notification_id);
  g_assert_cmpint (problem->kind, ==, JUMP_PROBLEM_BLOCKED);
}

static void
test_codes (void)
{
  static const struct
  {
    JumpProblemKind kind;
    JumpError code;
    gboolean needs_person;
  } codes[] = {
    { JUMP_PROBLEM_SIGNED_OUT, JUMP_ERROR_SIGNED_OUT, TRUE },
    { JUMP_PROBLEM_TOKEN_REVOKED, JUMP_ERROR_SIGNED_OUT, TRUE },
    { JUMP_PROBLEM_NO_SUBSCRIPTION, JUMP_ERROR_FORBIDDEN, TRUE },
    { JUMP_PROBLEM_BLOCKED, JUMP_ERROR_FORBIDDEN, TRUE },
    { JUMP_PROBLEM_CLIENT_REFUSED, JUMP_ERROR_FORBIDDEN, TRUE },
    { JUMP_PROBLEM_SSO, JUMP_ERROR_FORBIDDEN, TRUE },
    { JUMP_PROBLEM_RATE_LIMITED, JUMP_ERROR_RATE_LIMITED, FALSE },
    { JUMP_PROBLEM_PORTAL, JUMP_ERROR_PORTAL, FALSE },
    { JUMP_PROBLEM_CLOCK, JUMP_ERROR_UPSTREAM, FALSE },
    { JUMP_PROBLEM_NETWORK, JUMP_ERROR_UPSTREAM, FALSE },
    { JUMP_PROBLEM_PROTOCOL, JUMP_ERROR_PROTOCOL, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_autoptr (JumpProblem) problem =
          jump_problem_new (codes[i].kind, "Title", "Words.", "https://x.example", "id");
      g_autoptr (GError) error = jump_problem_to_error (problem);

      g_assert_error (error, JUMP_ERROR, (int) codes[i].code);
      g_assert_cmpstr (error->message, ==, "Title: Words. (https://x.example)");
      g_assert_cmpstr (problem->notification_id, ==, "id");
      g_assert_cmpint (jump_problem_needs_person (codes[i].kind), ==, codes[i].needs_person);
    }
}

/* What went wrong on the way: the words of the HTTP client, of OpenSSL and of GnuTLS. */
static void
test_errors (void)
{
  static const struct
  {
    JumpError code;
    const char *message;
    const char *kind;
  } cases[] = {
    { JUMP_ERROR_UPSTREAM, "could not resolve host \"api.github.com\"", "network" },
    { JUMP_ERROR_TIMEOUT, "\"api.github.com\" did not answer in time", "network" },
    { JUMP_ERROR_UPSTREAM,
      "certificate of \"api.github.com\" is not trusted: SSL certificate problem: certificate is "
      "not yet valid",
      "clock" },
    { JUMP_ERROR_UPSTREAM,
      "certificate of \"api.github.com\" is not trusted: SSL certificate problem: certificate has "
      "expired",
      "clock" },
    { JUMP_ERROR_UPSTREAM,
      "certificate of \"api.github.com\" is not trusted: server certificate verification failed. "
      "certificate has either expired or is not yet activated.",
      "clock" },
    { JUMP_ERROR_UPSTREAM,
      "certificate of \"api.github.com\" is not trusted: self-signed certificate",
      "network" },
    { JUMP_ERROR_PROTOCOL, "token: expected string", "protocol" },
    { JUMP_ERROR_PORTAL, "the network wants a sign-in of its own first", "portal" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error =
          g_error_new_literal (JUMP_ERROR, (int) cases[i].code, cases[i].message);
      g_autoptr (JumpProblem) problem = jump_exchange_problem_new_for_error (error);

      g_assert_cmpstr (jump_problem_kind_to_string (problem->kind), ==, cases[i].kind);
      g_assert_cmpstr (problem->message, ==, cases[i].message);
      g_assert_nonnull (problem->title);
    }
}

static void
test_times (void)
{
  static const struct
  {
    JumpExchangeTimes times;
    guint wait;
  } cases[] = {
    { { NULL, NULL, NULL }, 0 },
    { { "90", NULL, NULL }, 90 },
    { { "90", "1800000500", NULL }, 90 },
    { { "90000", NULL, NULL }, 3600 },
    { { NULL, "1800000500", NULL }, 500 },
    { { NULL, "1799999999", NULL }, 0 },
    { { NULL, "soon", NULL }, 0 },
    { { NULL, "1900000000", NULL }, 3600 },
    /* our clock is an hour off; GitHub's own says how long */
    { { NULL, "1800003700", "Fri, 15 Jan 2027 09:00:00 GMT" }, 100 },
    { { "Fri, 15 Jan 2027 09:00:30 GMT", NULL, "Fri, 15 Jan 2027 09:00:00 GMT" }, 30 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("row %u", i);
      g_assert_cmpuint (jump_exchange_times_get_wait (&cases[i].times, 1800000000),
                        ==,
                        cases[i].wait);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/exchange-problem/answers", test_answers);
  g_test_add_func ("/exchange-problem/notification-ids", test_notification_ids);
  g_test_add_func ("/exchange-problem/hostile-words", test_hostile_words);
  g_test_add_func ("/exchange-problem/codes", test_codes);
  g_test_add_func ("/exchange-problem/errors", test_errors);
  g_test_add_func ("/exchange-problem/times", test_times);
  return g_test_run ();
}
