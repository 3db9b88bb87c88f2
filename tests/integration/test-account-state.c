/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/service-private.h"
#include "tests/integration/asking.h"

/* What a screen shows of the account: condition, quota, models with terms, other hosts, no network. */

static gboolean
is_signed_in (gpointer data)
{
  return jump_account_get_state (jump_service_get_account (data)) == JUMP_ACCOUNT_SIGNED_IN;
}

static void
check (Fixture *fixture, const char *condition, const char *attention)
{
  JumpAttention found;
  JumpCondition decided = jump_service_get_condition (fixture->service, &found);

  g_assert_cmpstr (jump_condition_to_string (decided), ==, condition);
  g_assert_cmpstr (jump_attention_to_string (found), ==, attention);
}

static Fixture *
new_signed_in (const char *scenario)
{
  Fixture *fixture = fixture_new (scenario);

  turn_until (is_signed_in, fixture->service);
  return fixture;
}

static guint
ask (Fixture *fixture, const char *model)
{
  g_autoptr (Answer) answer = fixture_chat (fixture, model, "hello", FALSE);

  return answer->status;
}

/* ---- quota ---- */

static gboolean
has_plan (gpointer data)
{
  return jump_quota_get_plan (data) != NULL;
}

static void
watch (Fixture *fixture)
{
  JumpQuota *quota = jump_service_get_quota (fixture->service);

  jump_quota_watch (quota);
  turn_until (has_plan, quota);
}

static void
test_quota (void)
{
  static const struct
  {
    const char *scenario;
    JumpQuotaState state;
    const char *plan;
    double entitlement;
    double percent;
    gboolean counts_credits;
    const char *attention;
  } rows[] = {
    { "test", JUMP_QUOTA_METERED, "Pro", 1500, 19.3, TRUE, "none" },
    { "free", JUMP_QUOTA_METERED, "Free", 200, 23.5, TRUE, "none" },
    { "free-legacy", JUMP_QUOTA_METERED, "Free", -1, 4, FALSE, "none" },
    { "business", JUMP_QUOTA_METERED, "Business", 4000, 21.9875, TRUE, "none" },
    { "pooled", JUMP_QUOTA_UNLIMITED, "Business", -1, -1, TRUE, "none" },
    { "pooled-blocked", JUMP_QUOTA_EXHAUSTED, "Business", -1, -1, TRUE, "none" },
    { "managed", JUMP_QUOTA_MANAGED, "Enterprise", -1, -1, TRUE, "none" },
    { "exhausted", JUMP_QUOTA_EXHAUSTED, "Pro", 1500, 100, TRUE, "out_of_credits" },
    { "overage", JUMP_QUOTA_EXHAUSTED, "Pro", 1500, 100.8, TRUE, "none" },
    { "by-request", JUMP_QUOTA_METERED, "Pro", 300, 13.6667, FALSE, "none" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (Fixture) fixture = new_signed_in (rows[i].scenario);
      JumpQuota *quota = jump_service_get_quota (fixture->service);
      JumpAttention attention;

      g_test_message ("%s", rows[i].scenario);
      watch (fixture);
      g_assert_cmpint (jump_quota_get_state (quota), ==, rows[i].state);
      g_assert_cmpstr (jump_quota_get_plan (quota), ==, rows[i].plan);
      g_assert_cmpfloat (jump_quota_get_entitlement (quota), ==, rows[i].entitlement);
      g_assert_cmpfloat_with_epsilon (jump_quota_get_percent_used (quota), rows[i].percent, 0.05);
      g_assert_cmpint (jump_quota_counts_credits (quota), ==, rows[i].counts_credits);
      if (rows[i].state != JUMP_QUOTA_MANAGED)
        g_assert_cmpint (jump_quota_get_resets_at (quota), ==, 1801440000);
      jump_service_get_condition (fixture->service, &attention);
      if (!g_str_equal (rows[i].scenario, "pooled-blocked"))
        g_assert_cmpstr (jump_attention_to_string (attention), ==, rows[i].attention);
      g_assert_cmpuint (jump_simulator_count (fixture->simulator, "GET /copilot_internal/user"),
                        ==,
                        1);
    }
}

/* What requests cost is seen at once, by the headers of their replies, without asking GitHub. */
static void
test_quota_headers (void)
{
  g_autoptr (Fixture) fixture = new_signed_in ("test");
  JumpQuota *quota = jump_service_get_quota (fixture->service);
  JumpUsageSums sums;
  double before;

  g_assert_cmpint (jump_quota_get_state (quota), ==, JUMP_QUOTA_UNKNOWN);
  g_assert_cmpuint (ask (fixture, "gpt-5.1"), ==, 200);
  g_assert_cmpint (jump_quota_get_state (quota), ==, JUMP_QUOTA_METERED);
  before = jump_quota_get_used (quota);
  for (guint i = 0; i < 40; i++)
    g_assert_cmpuint (ask (fixture, "gpt-5.1"), ==, 200);
  g_assert_cmpfloat (jump_quota_get_used (quota), >, before);
  g_assert_cmpuint (jump_simulator_count (fixture->simulator, "GET /copilot_internal/user"), ==, 0);
  jump_usage_day_get_sums (jump_service_get_usage_day (fixture->service), &sums);
  g_assert_cmpuint (sums.n_requests, ==, 41);
  g_assert_cmpuint (sums.nano_aiu, >, 0);
  g_assert_cmpuint (sums.n_unpriced, ==, 0);
}

static gboolean
is_exhausted (gpointer data)
{
  return jump_quota_get_state (data) == JUMP_QUOTA_EXHAUSTED && has_plan (data);
}

/* 402 with upstream's words; GitHub is asked once, and free models end the alarm of the 402 only. */
static void
test_out_of_credits (void)
{
  g_autoptr (Fixture) fixture = new_signed_in ("exhausted");
  g_autoptr (JumpProblem) problem = NULL;

  check (fixture, "ready", "none");
  g_assert_cmpuint (ask (fixture, "gpt-5.1"), ==, 402);
  check (fixture, "attention", "out_of_credits");
  problem = jump_service_dup_problem (fixture->service);
  g_assert_nonnull (strstr (problem->message, "exceeded your monthly quota"));
  g_assert_cmpstr (problem->url, ==, "https://github.com/settings/billing");
  turn_until (is_exhausted, jump_service_get_quota (fixture->service));
  g_assert_cmpuint (ask (fixture, "gpt-4.1"), ==, 200);
  check (fixture, "attention", "out_of_credits");
}

/* ---- limits ---- */

static void
test_rate_limited (void)
{
  g_autoptr (Fixture) fixture = fixture_new_ruled (
      "{'on':'POST /chat/completions','calls':'1','reply':{'status':429,'headers':{'retry-after':'90'},"
      "'json':{'error':{'message':'Slow down.','code':'rate_limited'}}}}");
  g_autoptr (JumpProblem) problem = NULL;

  turn_until (is_signed_in, fixture->service);
  g_assert_cmpuint (ask (fixture, "gpt-4.1"), ==, 429);
  check (fixture, "attention", "rate_limited");
  problem = jump_service_dup_problem (fixture->service);
  g_assert_cmpstr (problem->message, ==, "Slow down.");
  jump_clock_fake_advance (fixture->clock, 91 * 1000);
  check (fixture, "ready", "none");
}

static void
test_success_ends_it (void)
{
  g_autoptr (Fixture) fixture = fixture_new_ruled (
      "{'on':'POST /chat/completions','calls':'1','reply':{'status':429,'headers':{'retry-after':'Fri, 15 Jan 2027 08:01:30 GMT'},"
      "'text':'slow'}},{'on':'POST /chat/completions','calls':'3','reply':{'status':466,'text':'old'}},"
      "{'on':'POST /chat/completions','calls':'4','reply':{'status':400,'text':'bad'}}");

  turn_until (is_signed_in, fixture->service);
  ask (fixture, "gpt-4.1");
  check (fixture, "attention", "rate_limited");
  g_assert_cmpuint (ask (fixture, "gpt-4.1"), ==, 429); /* answered from here */
  g_assert_cmpuint (upstream_calls (fixture), ==, 1);
  jump_clock_fake_advance (fixture->clock, 90 * 1000);
  check (fixture, "ready", "none");
  g_assert_cmpuint (ask (fixture, "gpt-4.1"), ==, 200);
  check (fixture, "ready", "none");
  ask (fixture, "gpt-4.1");
  check (fixture, "attention", "client_refused");
  ask (fixture, "gpt-4.1"); /* a mistake in a request says nothing about it */
  check (fixture, "attention", "client_refused");
  g_assert_cmpuint (ask (fixture, "gpt-4.1"), ==, 200);
  check (fixture, "ready", "none");
}

/* ---- telling ---- */

static void
on_changed (guint *n_changes)
{
  (*n_changes)++;
}

/* A burst of requests is not a burst of redraws. */
static void
test_changes_are_few (void)
{
  g_autoptr (Fixture) fixture = new_signed_in ("test");
  guint n_changes = 0;
  gulong handler;

  ask (fixture, "gpt-4.1");
  turn_some (20);
  jump_clock_fake_advance (fixture->clock, 1000);
  turn_some (20);
  handler =
      g_signal_connect_swapped (fixture->service, "changed", G_CALLBACK (on_changed), &n_changes);
  for (guint i = 0; i < 50; i++)
    ask (fixture, "gpt-4.1");
  turn_some (20);
  g_assert_cmpuint (n_changes, <=, 2);
  jump_clock_fake_advance (fixture->clock, 1000);
  turn_some (20);
  check (fixture, "ready", "none");
  g_assert_cmpuint (n_changes, <=, 3);
  n_changes = 0;
  jump_service_set_paused (fixture->service, TRUE);
  jump_service_set_paused (fixture->service, FALSE);
  jump_service_set_paused (fixture->service, TRUE);
  g_assert_cmpuint (n_changes, ==, 0);
  turn_some (5);
  g_assert_cmpuint (n_changes, ==, 1);
  check (fixture, "paused", "none");
  g_assert_cmpuint (ask (fixture, "gpt-4.1"), ==, 503);
  g_signal_handler_disconnect (fixture->service, handler);
}

/* ---- terms ---- */

typedef struct
{
  gboolean is_done;
  GError *error;
} Outcome;

static void
on_model_enabled (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Outcome *outcome = user_data;

  jump_service_enable_model_finish (JUMP_SERVICE (source), result, &outcome->error);
  outcome->is_done = TRUE;
}

static gboolean
is_done (gpointer data)
{
  return ((Outcome *) data)->is_done;
}

static void
test_terms (void)
{
  g_autoptr (Fixture) fixture = new_signed_in ("test");
  JumpModelCatalog *catalog = jump_service_get_catalog (fixture->service);
  Outcome first = { 0 };
  Outcome second = { 0 };

  g_assert_cmpuint (ask (fixture, "claude-opus-5"), !=, 200);
  g_assert_cmpint (jump_model_get_policy (jump_model_catalog_lookup (catalog, "claude-opus-5")),
                   ==,
                   JUMP_MODEL_POLICY_UNCONFIGURED);
  g_assert_nonnull (jump_model_get_terms (jump_model_catalog_lookup (catalog, "claude-opus-5")));
  jump_service_enable_model_async (fixture->service,
                                   "claude-opus-5",
                                   NULL,
                                   on_model_enabled,
                                   &first);
  jump_service_enable_model_async (fixture->service,
                                   "claude-fable-5",
                                   NULL,
                                   on_model_enabled,
                                   &second);
  turn_until (is_done, &first);
  turn_until (is_done, &second);
  g_assert_no_error (first.error);
  g_assert_no_error (second.error);
  g_assert_cmpstr (jump_simulator_get_header (fixture->simulator,
                                              "POST /models/claude-opus-5/policy",
                                              0,
                                              "OpenAI-Intent"),
                   ==,
                   "chat-policy");
  g_assert_true (jump_model_get_is_enabled (jump_model_catalog_lookup (catalog, "claude-opus-5")));
  g_assert_true (jump_model_get_is_enabled (jump_model_catalog_lookup (catalog, "claude-fable-5")));
  g_assert_cmpuint (ask (fixture, "claude-opus-5"), ==, 200);
}

static void
test_terms_of_a_seat (void)
{
  g_autoptr (Fixture) fixture = new_signed_in ("business");
  Outcome outcome = { 0 };

  jump_service_enable_model_async (fixture->service,
                                   "claude-opus-5",
                                   NULL,
                                   on_model_enabled,
                                   &outcome);
  turn_until (is_done, &outcome);
  g_assert_error (outcome.error, JUMP_ERROR, JUMP_ERROR_FORBIDDEN);
  g_assert_nonnull (strstr (outcome.error->message, "managed by your organization"));
  g_clear_error (&outcome.error);
}

/* ---- other hosts ---- */

static gboolean
is_signed_out (gpointer data)
{
  return jump_service_get_condition (data, NULL) == JUMP_CONDITION_SIGNED_OUT;
}

static void
test_tenant (void)
{
  g_autoptr (Fixture) fixture = fixture_new_signed_out ("test");
  g_autoptr (JumpScenario) scenario =
      jump_scenario_new_from_data ("{\"account\":{\"kind\":\"business\",\"login\":\"mona_acme\"},"
                                   "\"device\":{\"pending\":0}}",
                                   -1,
                                   NULL);
  g_autoptr (JumpSimulator) tenant = jump_simulator_new (fixture->clock, scenario);
  JumpAccount *account = jump_service_get_account (fixture->service);
  g_autoptr (GError) error = NULL;

  turn_until (is_signed_out, fixture->service);
  g_assert_true (jump_simulator_start (tenant, 0, NULL));
  g_assert_null (jump_service_sign_in (fixture->service, "acme", &error));
  g_assert_error (error, JUMP_ERROR, JUMP_ERROR_BAD_REQUEST);
  g_clear_error (&error);
  g_assert_nonnull (
      jump_service_sign_in (fixture->service, jump_simulator_get_url (tenant), &error));
  g_assert_no_error (error);
  check (fixture, "signing_in", "none");
  while (!is_signed_in (fixture->service))
    {
      turn_some (5);
      jump_clock_fake_advance (fixture->clock, 1000);
    }
  g_assert_cmpstr (jump_account_get_login (account), ==, "mona_acme");
  g_assert_cmpstr (jump_account_get_host (account)->web_url, ==, jump_simulator_get_url (tenant));
  watch (fixture);
  g_assert_cmpstr (jump_quota_get_organisation (jump_service_get_quota (fixture->service)),
                   ==,
                   "Acme Inc");
  g_assert_cmpuint (ask (fixture, "gpt-4.1"), ==, 200);
  g_assert_cmpuint (jump_simulator_count (tenant, "GET /copilot_internal/v2/token"), ==, 1);
  g_assert_cmpuint (jump_simulator_count (tenant, "POST /chat/completions"), ==, 1);
  g_assert_cmpuint (jump_simulator_count (fixture->simulator, "POST /chat/completions"), ==, 0);
  g_assert_cmpuint (jump_simulator_count (fixture->simulator, "GET /copilot_internal/user"), ==, 0);
  jump_account_sign_out_async (account, NULL, NULL, NULL);
  g_assert_cmpstr (jump_account_get_host (account)->web_url,
                   ==,
                   jump_simulator_get_url (fixture->simulator));
  check (fixture, "signed_out", "none");
  jump_simulator_stop (tenant);
}

/* ---- no network ---- */

static gboolean
is_ready (gpointer data)
{
  return jump_service_get_condition (data, NULL) == JUMP_CONDITION_READY;
}

static void
test_offline (void)
{
  g_autoptr (Fixture) fixture = new_signed_in ("test");
  JumpQuota *quota = jump_service_get_quota (fixture->service);

  /* Upstream is on this computer: what the computer says of its network is beside the point. */
  jump_service_set_online (fixture->service, FALSE);
  check (fixture, "ready", "none");
  jump_service_apply_online (fixture->service, FALSE);
  check (fixture, "attention", "offline");
  jump_quota_watch (quota);
  turn_some (20);
  g_assert_cmpuint (jump_simulator_count (fixture->simulator, "GET /copilot_internal/user"), ==, 0);
  jump_service_set_online (fixture->service, TRUE);
  turn_until (has_plan, quota);
  turn_until (is_ready, fixture->service);
  jump_quota_unwatch (quota);
}

static gboolean
has_token_problem (gpointer data)
{
  return jump_token_manager_get_state (jump_service_get_token_manager (data)) == JUMP_TOKEN_FAILED;
}

/* Without a network an exchange is tried once; when it is back, at once again. */
static void
test_token_offline (void)
{
  g_autoptr (Fixture) fixture =
      fixture_new_ruled ("{'on':'GET /copilot_internal/v2/token','calls':'1','cut':true}");
  JumpTokenManager *tokens = jump_service_get_token_manager (fixture->service);

  turn_until (is_signed_in, fixture->service);
  jump_service_apply_online (fixture->service, FALSE);
  jump_token_manager_get_async (tokens, NULL, NULL, NULL);
  turn_until (has_token_problem, fixture->service);
  g_assert_cmpuint (jump_token_manager_get_exchanges (tokens), ==, 1);
  jump_clock_fake_advance (fixture->clock, 60 * 1000);
  turn_some (20);
  g_assert_cmpuint (jump_token_manager_get_exchanges (tokens), ==, 1);
  jump_service_apply_online (fixture->service, TRUE);
  turn_until (is_ready, fixture->service);
  g_assert_cmpuint (jump_token_manager_get_exchanges (tokens), ==, 2);
}

static gboolean
has_new_token (gpointer data)
{
  return jump_token_manager_get_exchanges (jump_service_get_token_manager (data)) == 2;
}

static gboolean
was_asked_twice (gpointer data)
{
  return jump_simulator_count (data, "GET /copilot_internal/user") == 2;
}

static void
test_wake (void)
{
  g_autoptr (Fixture) fixture = new_signed_in ("test");

  g_assert_cmpuint (ask (fixture, "gpt-4.1"), ==, 200);
  watch (fixture);
  jump_clock_fake_sleep (fixture->clock, 8 * 3600);
  jump_service_wake (fixture->service);
  turn_until (has_new_token, fixture->service);
  turn_until (was_asked_twice, fixture->simulator);
  g_assert_cmpuint (ask (fixture, "gpt-4.1"), ==, 200);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/account-state/quota", test_quota);
  g_test_add_func ("/account-state/quota-headers", test_quota_headers);
  g_test_add_func ("/account-state/out-of-credits", test_out_of_credits);
  g_test_add_func ("/account-state/rate-limited", test_rate_limited);
  g_test_add_func ("/account-state/success-ends-it", test_success_ends_it);
  g_test_add_func ("/account-state/changes-are-few", test_changes_are_few);
  g_test_add_func ("/account-state/terms", test_terms);
  g_test_add_func ("/account-state/terms-of-a-seat", test_terms_of_a_seat);
  g_test_add_func ("/account-state/tenant", test_tenant);
  g_test_add_func ("/account-state/offline", test_offline);
  g_test_add_func ("/account-state/token-offline", test_token_offline);
  g_test_add_func ("/account-state/wake", test_wake);
  return g_test_run ();
}
