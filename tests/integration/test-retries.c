/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "tests/integration/asking.h"

#include <string.h>

/* What is asked for again without the client knowing, and what never is. */

#define UNSUPPORTED(path)                                                                 \
  "{'on':'POST " path "','calls':'all','reply':{'status':400,'json':{'error':{'message':" \
  "'model is not accessible via the " path " endpoint','code':'unsupported_api_for_model'}}}}"

#define CREATED                                                                                 \
  "'event: response.created\\ndata: {\\u0022type\\u0022:\\u0022response.created\\u0022,"        \
  "\\u0022response\\u0022:{\\u0022id\\u0022:\\u0022a\\u0022,\\u0022object\\u0022:"              \
  "\\u0022response\\u0022,\\u0022status\\u0022:\\u0022in_progress\\u0022,\\u0022output\\u0022:" \
  "[]}}\\n\\n'"
#define FAILED(code, words)                                                               \
  "'event: response.failed\\ndata: {\\u0022type\\u0022:\\u0022response.failed\\u0022,"    \
  "\\u0022response\\u0022:{\\u0022id\\u0022:\\u0022b\\u0022,\\u0022object\\u0022:"        \
  "\\u0022response\\u0022,\\u0022status\\u0022:\\u0022failed\\u0022,\\u0022error\\u0022:" \
  "{\\u0022code\\u0022:\\u0022" code "\\u0022,\\u0022message\\u0022:\\u0022" words        \
  "\\u0022},\\u0022output\\u0022:[]}}\\n\\n'"
#define FAILS_EARLY(calls, code, words)                                      \
  "{'on':'POST /responses','calls':'" calls "','stream':{'chunks':[" CREATED \
  "," FAILED (code, words) "],'no_done':true}}"

/* ---- the catalogue lies ---- */

static void
test_rerouted (void)
{
  static const struct
  {
    Api api;
    const char *model;
    const char *rules;
    const char *route;
    guint n_calls;
  } cases[] = {
    { API_CHAT,
      "gpt-5.1",
      UNSUPPORTED ("/chat/completions"),
      "translated; chat>responses; model=gpt-5.1",
      2 },
    { API_RESPONSES,
      "gpt-5.1",
      UNSUPPORTED ("/responses"),
      "translated; responses>chat; model=gpt-5.1",
      2 },
    { API_MESSAGES,
      "claude-sonnet-4.6",
      UNSUPPORTED ("/v1/messages"),
      "translated; messages>chat; model=claude-sonnet-4.6",
      2 },
    { API_OLLAMA_CHAT,
      "claude-sonnet-4.6",
      UNSUPPORTED ("/v1/messages"),
      "translated; ollama-chat>chat; model=claude-sonnet-4.6",
      2 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    for (guint stream = 0; stream < 2; stream++)
      {
        g_autoptr (Fixture) fixture = fixture_new_ruled (cases[i].rules);
        g_autoptr (Answer) answer =
            api_ask (fixture, cases[i].api, cases[i].model, "hello there", stream == 1);
        g_autofree char *text = api_read_text (cases[i].api, answer);

        g_test_message ("%s: %s", cases[i].route, answer->body->str);
        g_assert_cmpuint (answer->status, ==, 200);
        assert_says (text, "hello there");
        g_assert_cmpstr (answer_header (answer, "x-jumpseat-route"), ==, cases[i].route);
        assert_says (answer_header (answer, "x-jumpseat-changes"), "rerouted");
        g_assert_cmpuint (upstream_calls (fixture), ==, cases[i].n_calls);
      }
}

/* Whoever names the way gets it, or upstream's no. */
static void
test_pins_stay (void)
{
  g_autoptr (Fixture) fixture = fixture_new_ruled (UNSUPPORTED ("/chat/completions"));
  g_autoptr (Answer) same = api_ask (fixture, API_CHAT, "gpt-5.1@chat", "hello", FALSE);
  g_autoptr (Answer) other = api_ask (fixture, API_MESSAGES, "gpt-5.1@chat", "hello", FALSE);
  g_autoptr (Answer) none = NULL;

  api_assert_error (API_CHAT, same, 400, "unsupported_api_for_model", "not accessible");
  api_assert_error (API_MESSAGES, other, 400, "invalid_request_error", "not accessible");
  g_assert_cmpuint (upstream_calls (fixture), ==, 2);
  none = api_ask (fixture, API_CHAT, "gpt-5.1@messages", "hello", FALSE);
  api_assert_error (API_CHAT, none, 400, NULL, "it offers chat, responses");
  g_assert_cmpuint (upstream_calls (fixture), ==, 2);
}

/* When all ways are refused that is told, and nobody is asked twice. */
static void
test_no_way (void)
{
  g_autoptr (Fixture) fixture = fixture_new_ruled (UNSUPPORTED (
      "/chat/completions") "," UNSUPPORTED ("/responses") "," UNSUPPORTED ("/v1/messages"));
  g_autoptr (Answer) gpt = api_ask (fixture, API_CHAT, "gpt-5.1", "hello", TRUE);
  g_autoptr (Answer) claude = NULL;

  api_assert_error (API_CHAT, gpt, 400, NULL, "gpt-5.1");
  g_assert_cmpuint (upstream_calls (fixture), ==, 2);
  claude = api_ask (fixture, API_MESSAGES, "claude-sonnet-4.6", "hello", TRUE);
  api_assert_error (API_MESSAGES, claude, 400, "invalid_request_error", "claude-sonnet-4.6");
  g_assert_cmpuint (upstream_calls (fixture), ==, 5);
}

/* ---- failures before the first word ---- */

static void
test_early_failure_is_hidden (void)
{
  for (Api api = 0; api < N_APIS; api++)
    {
      g_autoptr (Fixture) fixture =
          fixture_new_trying (FAILS_EARLY ("1-2", "server_is_overloaded", "We are overloaded."));
      g_autoptr (Answer) answer = api_ask (fixture, api, "gpt-5.5", "hello there", TRUE);
      g_autofree char *text = api_read_text (api, answer);

      g_test_message ("%s: %s", api_path (api), answer->body->str);
      g_assert_cmpuint (answer->status, ==, 200);
      g_assert_cmpuint (upstream_calls (fixture), ==, 3);
      assert_says (text, "hello there");
      assert_silent (answer->body->str, "overloaded");
      assert_says (answer_header (answer, "x-jumpseat-changes"), "early-failure-retried");
    }
}

static void
test_early_failure_stays (void)
{
  for (Api api = 0; api < N_APIS; api++)
    {
      g_autoptr (Fixture) fixture =
          fixture_new_trying (FAILS_EARLY ("all", "server_is_overloaded", "We are overloaded."));
      g_autoptr (Answer) answer = api_ask (fixture, api, "gpt-5.5", "hello there", TRUE);

      api_assert_error (api,
                        answer,
                        503,
                        api == API_MESSAGES ? "overloaded_error" : NULL,
                        "We are overloaded.");
      g_assert_cmpuint (upstream_calls (fixture), ==, 3);
    }
}

/* Where a second try could only cost, there is none. */
static void
test_early_failure_for_good (void)
{
  g_autoptr (Fixture) limited =
      fixture_new_trying (FAILS_EARLY ("all", "rate_limit_exceeded", "Too many."));
  g_autoptr (Fixture) refused = fixture_new_trying (FAILS_EARLY ("all",
                                                                 "context_length_exceeded",
                                                                 "Your input exceeds the "
                                                                 "context window."));
  g_autoptr (Answer) first = api_ask (limited, API_RESPONSES, "gpt-5.5", "hello", TRUE);
  g_autoptr (Answer) second = api_ask (refused, API_CHAT, "gpt-5.5", "hello", TRUE);

  api_assert_error (API_RESPONSES, first, 429, NULL, "Too many.");
  g_assert_cmpuint (upstream_calls (limited), ==, 1);
  api_assert_error (API_CHAT, second, 400, "context_length_exceeded", "context window");
  g_assert_cmpuint (upstream_calls (refused), ==, 1);
}

/* The connection breaks instead. */
static void
test_early_cut (void)
{
  g_autoptr (Fixture) fixture =
      fixture_new_trying ("{'on':'POST /responses','calls':'1','stream':{'cut_after_bytes':300}}");
  g_autoptr (Answer) answer = api_ask (fixture, API_MESSAGES, "gpt-5.5", "hello there", TRUE);
  g_autofree char *text = api_read_text (API_MESSAGES, answer);

  g_assert_cmpuint (answer->status, ==, 200);
  assert_says (text, "hello there");
  g_assert_cmpuint (upstream_calls (fixture), ==, 2);
}

/* The connection breaks off at the second try of a request that was mended, or sent another way. */
static void
test_second_try_breaks (void)
{
  static const char *const rules[] = {
    "{'on':'POST /chat/completions','calls':'1','reply':{'status':400,'json':{'error':{'message':"
    "'Unrecognized request argument supplied: logit_bias'}}}},"
    "{'on':'POST /chat/completions','calls':'2-','cut':true}",
    UNSUPPORTED ("/chat/completions") ",{'on':'POST /responses','cut':true}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rules); i++)
    for (guint stream = 0; stream < 2; stream++)
      {
        g_autoptr (Fixture) fixture = fixture_new_ruled (rules[i]);
        g_autoptr (GPtrArray) records = fixture_keep_records (fixture);
        g_autofree char *body =
            api_write (API_CHAT, "gpt-5.1", "hello", stream == 1, ",'logit_bias':{'1':1}");
        g_autoptr (Answer) answer = fixture_ask (fixture, "POST", "/v1/chat/completions", body);

        api_assert_error (API_CHAT, answer, 502, NULL, NULL);
        g_assert_cmpuint (((JumpExchangeRecord *) records->pdata[0])->upstream_status, ==, 0);
      }
}

/* A whole reply that has failed is as early as it gets. */
static void
test_failed_whole (void)
{
#define FAILED_WHOLE(calls)                                                                      \
  "{'on':'POST /responses','calls':'" calls "','reply':{'status':200,'json':{'id':'a','object':" \
  "'response','status':'failed','error':{'code':'server_is_overloaded','message':"               \
  "'We are overloaded.'},'output':[]}}}"
  for (Api api = 0; api < N_APIS; api++)
    {
      g_autoptr (Fixture) twice = fixture_new_trying (FAILED_WHOLE ("1-2"));
      g_autoptr (Fixture) always = fixture_new_trying (FAILED_WHOLE ("all"));
      g_autoptr (Answer) good = api_ask (twice, api, "gpt-5.5", "hello there", FALSE);
      g_autoptr (Answer) bad = api_ask (always, api, "gpt-5.5", "hello there", FALSE);

      g_test_message ("%s: %s", api_path (api), good->body->str);
      g_assert_cmpuint (good->status, ==, 200);
      g_assert_cmpuint (upstream_calls (twice), ==, 3);
      api_assert_error (api, bad, 503, NULL, "We are overloaded.");
      g_assert_cmpuint (upstream_calls (always), ==, 3);
    }
}

/* ---- failures after the first word ---- */

static void
test_failure_in_stream (void)
{
  static const char *const models[] = { "gpt-4.1", "gpt-5.5", "claude-sonnet-4.6" };

  for (gsize i = 0; i < G_N_ELEMENTS (models); i++)
    for (Api api = 0; api < N_APIS; api++)
      {
        g_autoptr (Fixture) fixture = fixture_new ("overloaded-in-stream");
        g_autoptr (Answer) answer = api_ask (fixture, api, models[i], "hello there", TRUE);
        g_autofree char *text = NULL;

        g_test_message ("%s %s", api_path (api), models[i]);
        api_assert_stream_error (api, answer, "Overloaded");
        text = api_read_text (api, answer);
        assert_says (text, "So far so");
        g_assert_cmpuint (upstream_calls (fixture), ==, 1);
      }
}

/* ---- refusals that a second try would make worse ---- */

static void
test_never_again (void)
{
  static const struct
  {
    guint status;
    const char *code;
    const char *anthropic;
  } cases[] = {
    { 429, "user_global_rate_limited:pro", "rate_limit_error" },
    { 402, "quota_exceeded", "billing_error" },
    { 403, "feature_denied", "permission_error" },
  };
  static const char *const models[] = { "gpt-4.1", "gpt-5.5", "claude-sonnet-4.6" };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    for (gsize m = 0; m < G_N_ELEMENTS (models); m++)
      for (Api api = 0; api < N_APIS; api++)
        {
          g_autofree char *rule = g_strdup_printf (
              "{'on':'POST /*','reply':{'status':%u,'headers':{'Retry-After':'77'},"
              "'json':{'error':{'message':'not now','code':'%s'}}}}",
              cases[i].status,
              cases[i].code);
          g_autoptr (Fixture) fixture = fixture_new_ruled (rule);
          g_autoptr (Answer) answer = api_ask (fixture, api, models[m], "hello", TRUE);

          api_assert_error (api,
                            answer,
                            cases[i].status,
                            api == API_MESSAGES ? cases[i].anthropic : NULL,
                            "not now");
          g_assert_cmpstr (answer_header (answer, "retry-after"), ==, "77");
          g_assert_cmpuint (upstream_calls (fixture), ==, 1);
        }
}

/* ---- tokens ---- */

#define EXCHANGE "GET /copilot_internal/v2/token"

static void
test_revoked_token (void)
{
  static const char *const models[] = { "gpt-4.1", "gpt-5.5", "claude-sonnet-4.6" };

  for (gsize i = 0; i < G_N_ELEMENTS (models); i++)
    for (guint stream = 0; stream < 2; stream++)
      {
        g_autoptr (Fixture) fixture = fixture_new ("test");
        g_autoptr (Answer) first = api_ask (fixture, API_MESSAGES, models[i], "hello", FALSE);
        g_autoptr (Answer) second = NULL;
        g_autofree char *text = NULL;

        g_assert_cmpuint (first->status, ==, 200);
        jump_simulator_revoke_copilot_tokens (fixture->simulator);
        second = api_ask (fixture, API_RESPONSES, models[i], "hello again", stream == 1);
        g_assert_cmpuint (second->status, ==, 200);
        text = api_read_text (API_RESPONSES, second);
        assert_says (text, "hello again");
        g_assert_cmpuint (upstream_calls (fixture), ==, 3);
        g_assert_cmpuint (jump_simulator_count (fixture->simulator, EXCHANGE), ==, 2);
      }
}

static void
test_wrong_host (void)
{
  static const char *const models[] = { "gpt-4.1", "gpt-5.5", "claude-sonnet-4.6" };

  for (gsize i = 0; i < G_N_ELEMENTS (models); i++)
    for (Api api = 0; api < N_APIS; api++)
      {
        g_autoptr (Fixture) fixture = fixture_new ("misdirected-421");
        g_autoptr (Answer) answer = api_ask (fixture, api, models[i], "hello there", TRUE);
        g_autofree char *text = api_read_text (api, answer);

        g_assert_cmpuint (answer->status, ==, 200);
        assert_says (text, "hello there");
        g_assert_cmpuint (upstream_calls (fixture), ==, 2);
      }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/retries/rerouted", test_rerouted);
  g_test_add_func ("/retries/pins-stay", test_pins_stay);
  g_test_add_func ("/retries/no-way", test_no_way);
  g_test_add_func ("/retries/early-failure/is-hidden", test_early_failure_is_hidden);
  g_test_add_func ("/retries/early-failure/stays", test_early_failure_stays);
  g_test_add_func ("/retries/early-failure/for-good", test_early_failure_for_good);
  g_test_add_func ("/retries/early-failure/cut", test_early_cut);
  g_test_add_func ("/retries/second-try-breaks", test_second_try_breaks);
  g_test_add_func ("/retries/early-failure/whole", test_failed_whole);
  g_test_add_func ("/retries/failure-in-stream", test_failure_in_stream);
  g_test_add_func ("/retries/never-again", test_never_again);
  g_test_add_func ("/retries/token/revoked", test_revoked_token);
  g_test_add_func ("/retries/token/wrong-host", test_wrong_host);
  return g_test_run ();
}
