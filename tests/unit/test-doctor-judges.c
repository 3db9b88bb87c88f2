/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/error.h"
#include "service/doctor/judge-account.h"
#include "service/doctor/judge-call.h"
#include "service/doctor/judge-computer.h"
#include "service/doctor/judge-network.h"

#include <gio/gio.h>
#include <string.h>

/* What is held against every verdict: something is said, and what is not well has a remedy. */
static void
expect (JumpVerdict *verdict, JumpVerdictState state, const char *found, const char *remedy)
{
  gboolean needs_remedy = state == JUMP_VERDICT_WARNING || state == JUMP_VERDICT_FAILED;

  g_test_message ("%s: %s → %s",
                  jump_verdict_state_to_string (verdict->state),
                  verdict->found,
                  verdict->remedy);
  g_assert_cmpint (verdict->state, ==, state);
  g_assert_cmpuint (strlen (verdict->found), >, 0);
  g_assert_nonnull (strstr (verdict->found, found));
  g_assert_true ((verdict->remedy != NULL) == needs_remedy);
  if (remedy != NULL)
    g_assert_nonnull (strstr (verdict->remedy, remedy));
  jump_verdict_free (verdict);
}

/* ---- network ---- */

typedef struct
{
  const char *error;
  int code;
  JumpVerdictState state;
  const char *remedy; /* (nullable) */
} ReachRow;

static const ReachRow reach_rows[] = {
  { "could not resolve host \"api.github.com\"", JUMP_ERROR_UPSTREAM, JUMP_VERDICT_FAILED, "DNS" },
  { "could not connect to \"api.github.com\": connection refused",
    JUMP_ERROR_UPSTREAM,
    JUMP_VERDICT_FAILED,
    "firewall" },
  { "\"api.github.com\" did not answer in time",
    JUMP_ERROR_TIMEOUT,
    JUMP_VERDICT_FAILED,
    "upstream.proxy" },
  { "certificate of \"api.github.com\" is not trusted: SSL certificate problem: self-signed "
    "certificate in certificate chain",
    JUMP_ERROR_UPSTREAM,
    JUMP_VERDICT_FAILED,
    "upstream.ca_file" },
  { "certificate of \"api.github.com\" is not trusted: SSL certificate problem: unable to get local "
    "issuer certificate",
    JUMP_ERROR_UPSTREAM,
    JUMP_VERDICT_FAILED,
    "upstream.ca_file" },
  { "certificate of \"api.github.com\" is not trusted: SSL certificate problem: certificate has "
    "expired",
    JUMP_ERROR_UPSTREAM,
    JUMP_VERDICT_FAILED,
    "clock" },
  { "certificate of \"api.github.com\" is not trusted: SSL: no alternative certificate subject name "
    "matches target host name 'api.github.com'",
    JUMP_ERROR_UPSTREAM,
    JUMP_VERDICT_FAILED,
    "[upstream]" },
  { "certificate of \"api.github.com\" is not trusted: something new",
    JUMP_ERROR_UPSTREAM,
    JUMP_VERDICT_FAILED,
    "ca-certificates" },
  { "TLS handshake with \"api.github.com\" failed: wrong version number",
    JUMP_ERROR_UPSTREAM,
    JUMP_VERDICT_FAILED,
    "proxy" },
  { "upstream.ca_file: could not read the certificates to trust",
    JUMP_ERROR_SETTINGS,
    JUMP_VERDICT_FAILED,
    "upstream.ca_file" },
  { "the network wants a sign-in of its own first",
    JUMP_ERROR_PORTAL,
    JUMP_VERDICT_FAILED,
    "browser" },
  { "the reply of \"api.github.com\" was cut off",
    JUMP_ERROR_UPSTREAM,
    JUMP_VERDICT_FAILED,
    "firewall" },
};

static void
test_reach (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (reach_rows); i++)
    {
      const ReachRow *row = &reach_rows[i];
      g_autoptr (GError) error = g_error_new_literal (JUMP_ERROR, row->code, row->error);

      expect (jump_judge_reach ("api.github.com", error), row->state, "", row->remedy);
    }
}

static void
test_proxy (void)
{
  JumpProxyReport none = { .source = JUMP_PROXY_FROM_NOBODY };
  JumpProxyReport setting = { JUMP_PROXY_FROM_SETTING, (char *) "http://p:3128", NULL };
  JumpProxyReport variable = { JUMP_PROXY_FROM_ENVIRONMENT,
                               (char *) "http://p:3128",
                               "https_proxy" };
  JumpProxyReport system = { JUMP_PROXY_FROM_SYSTEM, (char *) "http://p:3128", NULL };
  g_autoptr (GError) dead = g_error_new (JUMP_ERROR,
                                         JUMP_ERROR_UPSTREAM,
                                         "could not connect to \"x\": connection refused");
  g_autoptr (GError) shut = g_error_new (JUMP_ERROR,
                                         JUMP_ERROR_UPSTREAM,
                                         "the proxy for \"x\" failed: CONNECT tunnel failed, "
                                         "response 407");
  g_autoptr (GError) behind =
      g_error_new (JUMP_ERROR, JUMP_ERROR_UPSTREAM, "certificate of \"x\" is not trusted");

  expect (jump_judge_proxy (&none, NULL), JUMP_VERDICT_OK, "none", NULL);
  expect (jump_judge_proxy (&setting, NULL), JUMP_VERDICT_OK, "http://p:3128", NULL);
  expect (jump_judge_proxy (&setting, behind), JUMP_VERDICT_OK, "http://p:3128", NULL);
  expect (jump_judge_proxy (&setting, dead), JUMP_VERDICT_FAILED, "refused", "set upstream.proxy");
  expect (jump_judge_proxy (&variable, dead), JUMP_VERDICT_FAILED, "https_proxy", "unset");
  expect (jump_judge_proxy (&system, dead), JUMP_VERDICT_FAILED, "settings", "network settings");
  expect (jump_judge_proxy (&system, shut), JUMP_VERDICT_FAILED, "password", "NAME:PASSWORD");
}

static void
test_clock (void)
{
  static const struct
  {
    gint64 skew;
    JumpVerdictState state;
    const char *found;
  } rows[] = {
    { 0, JUMP_VERDICT_OK, "same" },
    { 1, JUMP_VERDICT_OK, "same" },
    { -60, JUMP_VERDICT_OK, "60 s behind" },
    { 61, JUMP_VERDICT_WARNING, "61 s ahead" },
    { -300, JUMP_VERDICT_WARNING, "behind" },
    { 301, JUMP_VERDICT_FAILED, "5 min ahead" },
    { -86400, JUMP_VERDICT_FAILED, "1440 min behind" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    expect (jump_judge_clock (rows[i].skew), rows[i].state, rows[i].found, NULL);
}

/* ---- account ---- */

static void
test_problems (void)
{
  for (int kind = JUMP_PROBLEM_NONE; kind <= JUMP_PROBLEM_PROTOCOL; kind++)
    {
      g_autoptr (JumpProblem) problem =
          jump_problem_new ((JumpProblemKind) kind, "Title", "Message.", NULL, NULL);
      JumpVerdict *verdict = jump_judge_problem (problem);

      g_assert_cmpuint (strlen (verdict->remedy), >, 10);
      expect (verdict, JUMP_VERDICT_FAILED, "Title: Message.", NULL);
    }
}

static void
test_problem_names_its_page (void)
{
  g_autoptr (JumpProblem) problem = jump_problem_new (JUMP_PROBLEM_SSO,
                                                      "Single sign-on needed",
                                                      "An organisation wants it.",
                                                      "https://github.com/orgs/acme/sso",
                                                      NULL);

  expect (jump_judge_problem (problem), JUMP_VERDICT_FAILED, "sign-on", "/orgs/acme/sso");
}

static void
test_token (void)
{
  JumpTokenFacts facts = { .state = JUMP_ACCOUNT_SIGNED_OUT };

  expect (jump_judge_token_presence (&facts), JUMP_VERDICT_FAILED, "nobody", "jumpseat login");
  facts.is_keyring_closed = TRUE;
  expect (jump_judge_token_presence (&facts), JUMP_VERDICT_FAILED, "keyring", "Unlock");
  facts.state = JUMP_ACCOUNT_LOADING;
  expect (jump_judge_token_presence (&facts), JUMP_VERDICT_FAILED, "still", "Unlock");
  facts =
      (JumpTokenFacts){ JUMP_ACCOUNT_SIGNED_IN, JUMP_SOURCE_COPILOT_TOKEN, NULL, "file", FALSE };
  expect (jump_judge_token_presence (&facts), JUMP_VERDICT_OK, "COPILOT_TOKEN", NULL);
  facts.source = JUMP_SOURCE_STORED;
  facts.login = "octocat";
  g_assert_null (jump_judge_token_presence (&facts));
  expect (jump_judge_token_unasked (&facts), JUMP_VERDICT_OK, "octocat", NULL);
  expect (jump_judge_token_answer (&facts, 200), JUMP_VERDICT_OK, "kept in a file, accepted", NULL);
  expect (jump_judge_token_answer (&facts, 401), JUMP_VERDICT_FAILED, "refuses", "login --force");
  expect (jump_judge_token_answer (&facts, 403), JUMP_VERDICT_WARNING, "403", "Wait");
  expect (jump_judge_token_answer (&facts, 502), JUMP_VERDICT_WARNING, "502", "githubstatus");
  facts.source = JUMP_SOURCE_ENVIRONMENT_GITHUB;
  expect (jump_judge_token_answer (&facts, 401), JUMP_VERDICT_FAILED, "GH_TOKEN", "Unset");
}

static void
test_subscription (void)
{
  JumpSubscriptionFacts facts = { .status = 200, .plan = "Pro", .may_chat = TRUE };

  expect (jump_judge_subscription (&facts), JUMP_VERDICT_OK, "Pro", NULL);
  facts.organisation = "acme";
  expect (jump_judge_subscription (&facts), JUMP_VERDICT_OK, "seat of acme", NULL);
  facts.is_spent = TRUE;
  expect (jump_judge_subscription (&facts), JUMP_VERDICT_WARNING, "used up", "spending");
  facts.may_chat = FALSE;
  expect (jump_judge_subscription (&facts), JUMP_VERDICT_FAILED, "switched off", "administrator");
  facts.status = 404;
  expect (jump_judge_subscription (&facts), JUMP_VERDICT_FAILED, "no Copilot", "plan");
  facts.status = 500;
  expect (jump_judge_subscription (&facts), JUMP_VERDICT_WARNING, "500", "githubstatus");
}

/* ---- APIs ---- */

static void
test_calls (void)
{
  static const guint statuses[] = { 0, 400, 401, 402, 403, 404, 418, 429, 500, 502, 503 };

  expect (jump_judge_call ("gpt-4.1, free", 200, NULL), JUMP_VERDICT_OK, "gpt-4.1, free", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    expect (jump_judge_call ("m", statuses[i], "words of it"),
            JUMP_VERDICT_FAILED,
            "words of it",
            "");
  expect (jump_judge_call ("m", 402, NULL), JUMP_VERDICT_FAILED, "402", "spending");
}

static void
test_stream (void)
{
  JumpStreamFacts facts = { .first = 400000,
                            .total = 1400000,
                            .passed_on = 300,
                            .gap = 41000,
                            .n_events = 20,
                            .n_pieces = 20 };

  expect (jump_judge_stream ("m", &facts), JUMP_VERDICT_OK, "passed on in 0.3 ms", NULL);
  facts.passed_on = -1;
  expect (jump_judge_stream ("m", &facts), JUMP_VERDICT_OK, "first byte after 400 ms", NULL);
  facts.passed_on = 900000;
  expect (jump_judge_stream ("m", &facts),
          JUMP_VERDICT_WARNING,
          "inside this computer",
          "127.0.0.1");
  facts.passed_on = 300;
  facts.total = facts.first + 5000;
  expect (jump_judge_stream ("m", &facts), JUMP_VERDICT_WARNING, "buffers", "proxy");
  /* a short answer comes at once by itself */
  facts.n_events = 4;
  expect (jump_judge_stream ("m", &facts), JUMP_VERDICT_OK, "4 events", NULL);
  facts.n_events = 0;
  expect (jump_judge_stream ("m", &facts), JUMP_VERDICT_FAILED, "empty", "jumpseat requests");
}

/* ---- computer ---- */

static void
test_settings (void)
{
  g_autoptr (GError) error = g_error_new (JUMP_ERROR, JUMP_ERROR_SETTINGS, "server.port: no");
  JumpVerdict *verdict = jump_judge_settings ("~/x.conf", error, TRUE);

  g_assert_false (verdict->stops);
  expect (verdict, JUMP_VERDICT_FAILED, "server.port", "~/x.conf");
  verdict = jump_judge_settings ("~/x.conf", error, FALSE);
  g_assert_true (verdict->stops);
  expect (verdict, JUMP_VERDICT_FAILED, "server.port", "~/x.conf");
  expect (jump_judge_settings ("~/x.conf", NULL, FALSE), JUMP_VERDICT_OK, "~/x.conf", NULL);
}

static void
test_folder (void)
{
  JumpFolderFacts facts = { "~/data", TRUE, TRUE, 1 << 30 };

  expect (jump_judge_folder (&facts), JUMP_VERDICT_OK, "~/data", NULL);
  facts.free_bytes = 100 << 20;
  expect (jump_judge_folder (&facts), JUMP_VERDICT_WARNING, "free", "history.megabytes");
  facts.free_bytes = 1 << 20;
  expect (jump_judge_folder (&facts), JUMP_VERDICT_FAILED, "free", "history.megabytes");
  facts.is_writable = FALSE;
  expect (jump_judge_folder (&facts), JUMP_VERDICT_FAILED, "written", "JUMPSEAT_DATA_DIR");
}

static void
test_keyring (void)
{
  JumpKeyringFacts facts = { "auto", "keyring", "~/secrets", NULL };

  expect (jump_judge_keyring (&facts), JUMP_VERDICT_OK, "unlocked", NULL);
  facts.problem = "the keyring is locked";
  expect (jump_judge_keyring (&facts), JUMP_VERDICT_WARNING, "~/secrets", "Unlock");
  facts.problem = "the secret service has no keyring yet";
  expect (jump_judge_keyring (&facts), JUMP_VERDICT_WARNING, "no keyring", "Make a keyring");
  facts.problem = "no secret service on the session bus";
  expect (jump_judge_keyring (&facts), JUMP_VERDICT_WARNING, "no secret", "gnome-keyring");
  facts.backend = "keyring";
  expect (jump_judge_keyring (&facts), JUMP_VERDICT_FAILED, "no file", "secrets.backend auto");
  facts.problem = "the keyring is locked";
  expect (jump_judge_keyring (&facts), JUMP_VERDICT_FAILED, "locked", "Unlock");
  facts.backend = "file";
  expect (jump_judge_keyring (&facts), JUMP_VERDICT_OK, "~/secrets", NULL);
  facts.in_use = "memory";
  expect (jump_judge_keyring (&facts), JUMP_VERDICT_OK, "memory", NULL);
}

static void
test_port (void)
{
  JumpPortFacts facts = { .port = 8081, .is_ours = TRUE };

  expect (jump_judge_port (&facts), JUMP_VERDICT_OK, "answers", NULL);
  facts.error = "timed out";
  expect (jump_judge_port (&facts), JUMP_VERDICT_FAILED, "timed out", "firewall");
  facts = (JumpPortFacts){ .port = 8081, .is_free = TRUE };
  expect (jump_judge_port (&facts), JUMP_VERDICT_OK, "free", NULL);
  facts.is_free = FALSE;
  facts.error = "permission denied";
  expect (jump_judge_port (&facts), JUMP_VERDICT_FAILED, "permission denied", "server.port 8082");
  facts.holder = "nginx (pid 12)";
  expect (jump_judge_port (&facts), JUMP_VERDICT_FAILED, "nginx", "End nginx (pid 12)");
  facts.holder = "systemd (pid 12)";
  expect (jump_judge_port (&facts), JUMP_VERDICT_OK, "jumpseat.socket", NULL);
  facts = (JumpPortFacts){ .port = 0 };
  expect (jump_judge_port (&facts), JUMP_VERDICT_OK, "any", NULL);
}

static void
test_files_and_history (void)
{
  g_autoptr (GError) damaged = g_error_new (JUMP_ERROR, JUMP_ERROR_STORE, "file is not a database");
  g_autoptr (GError) slow = g_error_new (G_IO_ERROR, G_IO_ERROR_CANCELLED, "cancelled");

  expect (jump_judge_open_files (0), JUMP_VERDICT_OK, "needed", NULL);
  expect (jump_judge_open_files (16384), JUMP_VERDICT_OK, "16384", NULL);
  expect (jump_judge_open_files (1024), JUMP_VERDICT_WARNING, "1024", "ulimit");
  expect (jump_judge_open_files (64), JUMP_VERDICT_FAILED, "64", "ulimit");
  expect (jump_judge_history ("~/h.db", 4096, NULL), JUMP_VERDICT_OK, "sound", NULL);
  expect (jump_judge_history ("~/h.db", 4096, damaged),
          JUMP_VERDICT_FAILED,
          "not a database",
          "move ~/h.db");
  expect (jump_judge_history ("~/h.db", 4096, slow),
          JUMP_VERDICT_WARNING,
          "too large",
          "history.megabytes");
}

static void
test_nothing_secret (void)
{
  g_autoptr (JumpVerdict) verdict =
      jump_verdict_new_ok ("said\nghu_%s", "0123456789abcdef0123456789abcdef0123");

  g_assert_null (strstr (verdict->found, "0123456789"));
  g_assert_null (strchr (verdict->found, '\n'));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/doctor-judges/reach", test_reach);
  g_test_add_func ("/doctor-judges/proxy", test_proxy);
  g_test_add_func ("/doctor-judges/clock", test_clock);
  g_test_add_func ("/doctor-judges/problems", test_problems);
  g_test_add_func ("/doctor-judges/problem-names-its-page", test_problem_names_its_page);
  g_test_add_func ("/doctor-judges/token", test_token);
  g_test_add_func ("/doctor-judges/subscription", test_subscription);
  g_test_add_func ("/doctor-judges/calls", test_calls);
  g_test_add_func ("/doctor-judges/stream", test_stream);
  g_test_add_func ("/doctor-judges/settings", test_settings);
  g_test_add_func ("/doctor-judges/folder", test_folder);
  g_test_add_func ("/doctor-judges/keyring", test_keyring);
  g_test_add_func ("/doctor-judges/port", test_port);
  g_test_add_func ("/doctor-judges/files-and-history", test_files_and_history);
  g_test_add_func ("/doctor-judges/nothing-secret", test_nothing_secret);
  return g_test_run ();
}
