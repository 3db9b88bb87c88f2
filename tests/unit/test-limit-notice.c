/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/upstream/limit-notice.h"

#include <string.h>

#define TOKEN       "Bearer tid=17574dd4bac8cb29;exp=1795290889;chat=1:5445a0"
#define NOW         G_GINT64_CONSTANT (1800000000)

#define CODED(code) "{\"error\":{\"message\":\"Sorry, slow down.\",\"code\":\"" code "\"}}"

/* What upstream says, and whom it holds up. */
static void
test_replies (void)
{
  static const struct
  {
    guint status;
    const char *body;
    const char *retry_after;
    const char *user_retry_after;
    const char *scope; /* NULL: no limit */
    const char *code;
    gint64 seconds;
    const char *message;
  } rows[] = {
    { 429,
      CODED ("user_global_rate_limited:pro"),
      "6311",
      "6311",
      "account",
      "user_global_rate_limited",
      6311,
      "Sorry, slow down." },
    { 429,
      CODED ("user_weekly_rate_limited:pro_plus"),
      NULL,
      "90000",
      "account",
      "user_weekly_rate_limited",
      90000,
      "Sorry, slow down." },
    { 429,
      CODED ("user_model_rate_limited:edu"),
      "20",
      NULL,
      "model",
      "user_model_rate_limited",
      20,
      "Sorry, slow down." },
    { 429,
      CODED ("model_overloaded"),
      NULL,
      NULL,
      "model",
      "model_overloaded",
      -1,
      "Sorry, slow down." },
    { 429,
      CODED ("upstream_provider_rate_limit"),
      NULL,
      NULL,
      "model",
      "upstream_provider_rate_limit",
      -1,
      "Sorry, slow down." },
    { 429,
      CODED ("integration_rate_limited"),
      "5",
      "9",
      "integration",
      "integration_rate_limited",
      9,
      "Sorry, slow down." },
    { 429,
      CODED ("rate_limited"),
      "Fri, 15 Jan 2027 08:01:30 GMT",
      NULL,
      "account",
      "rate_limited",
      90,
      "Sorry, slow down." },
    { 429,
      "{\"message\":\"No.\",\"code\":\"rate_limited\"}",
      NULL,
      NULL,
      "account",
      "rate_limited",
      -1,
      "No." },
    { 429,
      CODED ("something_new:max"),
      NULL,
      NULL,
      "account",
      "something_new",
      -1,
      "Sorry, slow down." },
    { 429, "slow", NULL, NULL, "account", NULL, -1, "slow" },
    { 429,
      "{\"error\":{\"message\":\"\\\"" TOKEN "\\\" too often\",\"code\":\"" TOKEN "\"}}",
      NULL,
      NULL,
      "account",
      "Bearer ***",
      -1,
      "\"Bearer ***\" too often" },
    { 429, "", NULL, NULL, "account", NULL, -1, NULL },
    { 429, "<html><b>No</b></html>", "3", NULL, "account", NULL, 3, NULL },
    { 400, CODED ("rate_limited"), NULL, NULL, "account", "rate_limited", -1, "Sorry, slow down." },
    { 400, CODED ("model_not_supported"), "3", NULL, NULL },
    { 400, "", NULL, NULL, NULL },
    { 402, CODED ("quota_exceeded"), "3", NULL, NULL },
    { 403, "Forbidden", NULL, NULL, NULL },
    { 503, CODED ("model_overloaded"), NULL, NULL, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const JumpLimitReply reply = {
        .status = rows[i].status,
        .body = rows[i].body,
        .length = strlen (rows[i].body),
        .retry_after = rows[i].retry_after,
        .user_retry_after = rows[i].user_retry_after,
      };
      g_autoptr (JumpLimitNotice) notice = jump_limit_notice_new (&reply, NOW);

      g_test_message ("row %u", i);
      if (rows[i].scope == NULL)
        {
          g_assert_null (notice);
          continue;
        }
      g_assert_nonnull (notice);
      g_assert_cmpstr (jump_limit_scope_to_string (notice->scope), ==, rows[i].scope);
      g_assert_cmpstr (notice->code, ==, rows[i].code);
      g_assert_cmpint (notice->seconds, ==, rows[i].seconds);
      g_assert_cmpstr (notice->message, ==, rows[i].message);
    }
}

static void
test_codes (void)
{
  g_assert_true (jump_limit_code_is_known ("user_model_rate_limited"));
  g_assert_true (jump_limit_code_is_known ("rate_limited"));
  g_assert_false (jump_limit_code_is_known ("server_error"));
  g_assert_false (jump_limit_code_is_known (NULL));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/limit-notice/replies", test_replies);
  g_test_add_func ("/limit-notice/codes", test_codes);
  return g_test_run ();
}
