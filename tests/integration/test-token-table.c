/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "tests/integration/asking.h"

/* Everything that can be wrong with tokens: each ends in a named state, with a remedy where a person has
 * to act, with an answer that says so, and without a loop. */

#define EXCHANGE       "GET /copilot_internal/v2/token"
#define ANSWERS(reply) "{'on':'" EXCHANGE "','reply':{" reply "}}"
#define REFUSES(status, message) \
  ANSWERS ("'status':" status ",'json':{'message':'" message "','status':'" status "'}")

typedef struct
{
  const char *name;
  const char *scenario; /* a built-in one, or rules */
  guint status;         /* what the client gets, each time */
  const char *kind;     /* of the problem */
  const char *attention;
  const char *url; /* (nullable): where a person can do something; "*" any */
  guint n_exchanges;
  guint n_calls; /* of the model, in two requests */
  const char *retry_after;
} Row;

static const Row rows[] = {
  { "revoked", "revoked", 401, "token_revoked", "sign_in", NULL, 1, 0, NULL },
  { "no seat", "no-seat", 403, "no_subscription", "no_subscription", "*", 1, 0, NULL },
  { "organisation block", "organisation-blocked", 403, "blocked", "blocked", "*", 1, 0, NULL },
  { "single sign-on, by header",
    ANSWERS ("'status':403,'headers':{'X-GitHub-SSO':'required; "
             "url=https://github.com/orgs/acme/sso?authorization_request=A1'},"
             "'json':{'message':'Forbidden'}"),
    403,
    "sso",
    "sso",
    "https://github.com/orgs/acme/sso?authorization_request=A1",
    1,
    0,
    NULL },
  { "single sign-on, by words",
    ANSWERS ("'status':403,'json':{'message':'Resource protected by organization SAML "
             "enforcement.','documentation_url':'https://docs.github.com/saml'}"),
    403,
    "sso",
    "sso",
    "https://docs.github.com/saml",
    1,
    0,
    NULL },
  { "limit of the exchange, as 403",
    ANSWERS ("'status':403,'headers':{'Date':'Fri, 15 Jan 2027 05:00:00 GMT',"
             "'X-RateLimit-Reset':'1799989500'},"
             "'json':{'message':'API rate limit exceeded for user ID 123.'}"),
    429,
    "rate_limited",
    "rate_limited",
    NULL,
    1,
    0,
    "300" },
  { "limit of the exchange, as 429",
    ANSWERS ("'status':429,'headers':{'Retry-After':'77'},'text':'slow down'"),
    429,
    "rate_limited",
    "rate_limited",
    NULL,
    1,
    0,
    "77" },
  { "too old a client",
    ANSWERS ("'status':466,'text':'update'"),
    403,
    "client_refused",
    "client_refused",
    NULL,
    1,
    0,
    NULL },
  { "refused without a word",
    ANSWERS ("'status':403,'text':'forbidden'"),
    403,
    "blocked",
    "blocked",
    NULL,
    1,
    0,
    NULL },
  { "GitHub has trouble",
    ANSWERS ("'status':503,'text':'down'"),
    502,
    "network",
    "upstream_down",
    NULL,
    3,
    0,
    NULL },
  { "GitHub shows its unicorn",
    ANSWERS ("'status':502,'content_type':'text/html','text':'<html>Unicorn!</html>'"),
    502,
    "network",
    "upstream_down",
    NULL,
    3,
    0,
    NULL },
  { "no answer",
    "{'on':'" EXCHANGE "','cut':true}",
    502,
    "network",
    "upstream_down",
    NULL,
    3,
    0,
    NULL },
  { "garbage",
    ANSWERS ("'status':200,'text':'{{{'"),
    502,
    "protocol",
    "protocol",
    NULL,
    1,
    0,
    NULL },
  { "no token in it",
    ANSWERS ("'status':200,'json':{'expires_at':1}"),
    502,
    "protocol",
    "protocol",
    NULL,
    1,
    0,
    NULL },
  { "portal: a page",
    ANSWERS ("'status':200,'content_type':'text/html','text':'<!DOCTYPE html><p>Welcome'"),
    502,
    "portal",
    "portal",
    NULL,
    1,
    0,
    NULL },
  { "portal: a way elsewhere",
    ANSWERS ("'status':302,'headers':{'Location':'http://portal.example/login'},'text':'there'"),
    502,
    "portal",
    "portal",
    NULL,
    1,
    0,
    NULL },
  { "portal: 511",
    ANSWERS ("'status':511,'text':'sign in first'"),
    502,
    "portal",
    "portal",
    NULL,
    1,
    0,
    NULL },
  /* The model's side: the token is good, or a new one is. */
  { "wrong host", "misdirected-421", 200, NULL, "none", NULL, 2, 3, NULL },
  { "token ends early", "expired-mid-session", 200, NULL, "none", NULL, 2, 3, NULL },
  { "too old for the model",
    "{'on':'POST /chat/completions','reply':{'status':466,'text':'update'}}",
    466,
    NULL,
    "client_refused",
    NULL,
    1,
    2,
    NULL },
  { "model refuses without a reason",
    "{'on':'POST /chat/completions','reply':{'status':403,'text':'Forbidden\\n'}}",
    403,
    NULL,
    "none",
    NULL,
    3,
    4,
    NULL },
};

static JumpTokenManager *
get_tokens (Fixture *fixture)
{
  return jump_service_get_token_manager (fixture->service);
}

static guint
count_exchanges (Fixture *fixture)
{
  return jump_simulator_count (fixture->simulator, EXCHANGE);
}

static Answer *
ask (Fixture *fixture)
{
  Answer *answer = fixture_start (fixture,
                                  "POST",
                                  "/v1/chat/completions",
                                  "{\"model\":\"gpt-4.1\",\"messages\":[{\"role\":\"user\","
                                  "\"content\":\"hello\"}]}",
                                  NULL);

  answer_wait_through (fixture, answer, 8000);
  g_assert_no_error (answer->error);
  return answer;
}

static void
check_problem (Fixture *fixture, const Row *row)
{
  const JumpProblem *problem = jump_token_manager_get_problem (get_tokens (fixture));
  JumpAttention attention;

  jump_service_get_condition (fixture->service, &attention);
  g_assert_cmpstr (jump_attention_to_string (attention), ==, row->attention);
  if (row->kind == NULL)
    {
      g_assert_null (problem);
      return;
    }
  g_assert_nonnull (problem);
  g_assert_cmpstr (jump_problem_kind_to_string (problem->kind), ==, row->kind);
  g_assert_cmpuint (strlen (problem->title), >, 0);
  g_assert_cmpuint (strlen (problem->message), >, 0);
  if (g_strcmp0 (row->url, "*") == 0)
    g_assert_true (g_str_has_prefix (problem->url, "https://"));
  else
    g_assert_cmpstr (problem->url, ==, row->url);
}

static void
test_table (gconstpointer data)
{
  const Row *row = data;
  g_autoptr (Fixture) fixture =
      row->scenario[0] == '{' ? fixture_new_ruled (row->scenario) : fixture_new (row->scenario);
  g_autoptr (Answer) first = ask (fixture);
  g_autoptr (Answer) second = NULL;

  g_assert_cmpuint (first->status, ==, row->status);
  check_problem (fixture, row);
  if (row->retry_after != NULL)
    g_assert_cmpstr (answer_header (first, "retry-after"), ==, row->retry_after);
  second = ask (fixture); /* a client that tries again at once is no loop of ours */
  g_assert_cmpuint (second->status, ==, row->status);
  check_problem (fixture, row);
  g_assert_cmpuint (count_exchanges (fixture), ==, row->n_exchanges);
  g_assert_cmpuint (upstream_calls (fixture), ==, row->n_calls);
}

/* ---- clocks ---- */

static gboolean
is_signed_out (gpointer data)
{
  return jump_service_get_condition (data, NULL) == JUMP_CONDITION_SIGNED_OUT;
}

static gboolean
is_signed_in (gpointer data)
{
  return jump_account_get_state (jump_service_get_account (data)) == JUMP_ACCOUNT_SIGNED_IN;
}

static gboolean
has_two_exchanges (gpointer data)
{
  return jump_simulator_count (data, EXCHANGE) == 2;
}

/* GitHub has the right time, this computer has not: nobody notices. */
static void
test_wrong_clock (gconstpointer data)
{
  gint64 offset = GPOINTER_TO_INT (data) * (gint64) 3600;
  g_autoptr (Fixture) fixture = fixture_new_signed_out ("test");
  g_autoptr (JumpClock) right_clock = jump_clock_fake_new ();
  g_autoptr (JumpScenario) scenario =
      jump_scenario_new_from_data ("{\"device\":{\"pending\":0}}", -1, NULL);
  g_autoptr (JumpSimulator) github = jump_simulator_new (right_clock, scenario);
  g_autoptr (GError) error = NULL;

  jump_clock_fake_sleep (right_clock, offset);
  g_assert_true (jump_simulator_start (github, 0, NULL));
  turn_until (is_signed_out, fixture->service);
  jump_service_sign_in (fixture->service, jump_simulator_get_url (github), &error);
  g_assert_no_error (error);
  while (!is_signed_in (fixture->service))
    {
      turn_some (5);
      jump_clock_fake_advance (fixture->clock, 1000);
      jump_clock_fake_advance (right_clock, 1000);
    }
  for (guint minute = 0; minute < 45; minute++)
    {
      g_autoptr (Answer) answer = ask (fixture);

      g_assert_cmpuint (answer->status, ==, 200);
      g_assert_null (jump_token_manager_get_problem (get_tokens (fixture)));
      jump_clock_fake_advance (fixture->clock, 60 * 1000);
      jump_clock_fake_advance (right_clock, 60 * 1000);
      if (minute == 21)
        turn_until (has_two_exchanges, github);
    }
  /* as often as with the right time, and no call had to be sent twice */
  g_assert_cmpuint (jump_simulator_count (github, EXCHANGE), <=, 4);
  g_assert_cmpuint (jump_simulator_count (github, "POST /chat/completions"), ==, 45);
  jump_simulator_stop (github);
}

/* Somebody sets the clock while the service runs. */
static void
test_clock_is_set (void)
{
  static const gint64 hours[] = { 5, -5, -24, 48 };
  g_autoptr (Fixture) fixture = fixture_new ("test");

  for (guint i = 0; i < G_N_ELEMENTS (hours); i++)
    {
      g_autoptr (Answer) before = ask (fixture);
      g_autoptr (Answer) after = NULL;

      jump_clock_fake_sleep (fixture->clock, hours[i] * 3600);
      after = ask (fixture);
      g_assert_cmpuint (before->status, ==, 200);
      g_assert_cmpuint (after->status, ==, 200);
    }
  g_assert_cmpuint (count_exchanges (fixture), <=, 1 + G_N_ELEMENTS (hours));
}

/* The laptop was closed for a day: the first request after it does not meet a dead token. */
static void
test_day_asleep (void)
{
  g_autoptr (Fixture) fixture = fixture_new ("test");
  g_autoptr (Answer) before = ask (fixture);
  g_autoptr (Answer) after = NULL;

  jump_clock_fake_sleep (fixture->clock, 86400);
  after = ask (fixture);
  g_assert_cmpuint (before->status, ==, 200);
  g_assert_cmpuint (after->status, ==, 200);
  g_assert_cmpuint (count_exchanges (fixture), ==, 2);
  g_assert_cmpuint (upstream_calls (fixture), ==, 2);
}

/* ---- an hour without GitHub ---- */

static gboolean
is_ready (gpointer data)
{
  return jump_service_get_condition (data, NULL) == JUMP_CONDITION_READY;
}

/* The old token serves while it can; then the trouble has a name; then all is well by itself. */
static void
test_hour_of_failure (void)
{
  g_autoptr (Fixture) fixture =
      fixture_new_ruled ("{'on':'" EXCHANGE "','calls':'2-','reply':{'status':503,'text':'down'}}");
  g_autoptr (JumpScenario) good = jump_scenario_new_builtin ("test", NULL);
  g_autoptr (Answer) last = NULL;
  guint n_exchanges;
  guint n_good = 0;

  for (guint minute = 0; minute < 60; minute++)
    {
      g_autoptr (Answer) answer = ask (fixture);
      JumpAttention attention;

      g_assert_true (answer->status == 200 || answer->status == 502);
      g_assert_false (answer->status == 200 && n_good < minute); /* once it fails it fails */
      if (answer->status == 200)
        n_good++;
      jump_service_get_condition (fixture->service, &attention);
      g_assert_cmpstr (jump_attention_to_string (attention),
                       ==,
                       jump_token_manager_peek (get_tokens (fixture)) != NULL ? "none"
                                                                              : "upstream_down");
      jump_clock_fake_advance (fixture->clock, 60 * 1000);
      turn_some (50);
    }
  g_assert_cmpuint (n_good, >=, 20); /* a token lives 26 minutes; waits take some of them */
  g_assert_cmpuint (n_good, <=, 26);
  g_assert_cmpuint (upstream_calls (fixture), ==, n_good);
  n_exchanges = count_exchanges (fixture);
  g_assert_cmpuint (n_exchanges, <=, 60 * 6);

  jump_simulator_set_scenario (fixture->simulator, good);
  jump_clock_fake_advance (fixture->clock, 301 * 1000);
  turn_until (is_ready, fixture->service);
  g_assert_null (jump_token_manager_get_problem (get_tokens (fixture)));
  last = ask (fixture);
  g_assert_cmpuint (last->status, ==, 200);
}

int
main (int argc, char *argv[])
{
  static const int hours[] = { 3, -3, 30, -30 };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/token-table/", rows[i].name, NULL);

      g_test_add_data_func (path, &rows[i], test_table);
    }
  for (guint i = 0; i < G_N_ELEMENTS (hours); i++)
    {
      g_autofree char *path = g_strdup_printf ("/token-table/clock wrong by %d hours", hours[i]);

      g_test_add_data_func (path, GINT_TO_POINTER (hours[i]), test_wrong_clock);
    }
  g_test_add_func ("/token-table/clock is set", test_clock_is_set);
  g_test_add_func ("/token-table/a day asleep", test_day_asleep);
  g_test_add_func ("/token-table/an hour of failure", test_hour_of_failure);
  return g_test_run ();
}
