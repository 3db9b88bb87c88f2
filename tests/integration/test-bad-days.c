/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "tests/integration/asking.h"

/* Upstream fails, limits or refuses: what the clients get, what goes upstream, what is shown. */

#define CHAT "POST /chat/completions"

static Fixture *
new_trying_often (const char *rules, const char *attempts)
{
  g_autofree char *quoted_rules = quoted (rules);
  g_autofree char *scenario =
      g_strdup_printf ("{\"account\":{\"kind\":\"pro\"},\"models\":\"default\",\"rules\":[%s]}",
                       quoted_rules);

  return fixture_new_with_settings (scenario,
                                    JUMP_KEY_RETRIES_ATTEMPTS,
                                    attempts,
                                    JUMP_KEY_TRAFFIC_BURST_REQUESTS,
                                    "0",
                                    JUMP_KEY_TRAFFIC_CONCURRENT,
                                    "0",
                                    JUMP_KEY_HISTORY_STORE,
                                    "false", /* it has alarms of its own */
                                    -1);
}

static Fixture *
new_trying (const char *rules)
{
  return new_trying_often (rules, "3");
}

static Answer *
start_chat (Fixture *fixture, const char *model)
{
  g_autofree char *body = g_strdup_printf (
      "{\"model\":\"%s\",\"temperature\":1,\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}",
      model);

  return fixture_start (fixture, "POST", "/v1/chat/completions", body, NULL);
}

static Answer *
chat (Fixture *fixture, const char *model)
{
  Answer *answer = start_chat (fixture, model);

  answer_wait_through (fixture, answer, 10000);
  g_assert_no_error (answer->error);
  return answer;
}

/* ---- trying again ---- */

static void
test_third_time_lucky (void)
{
  g_autoptr (Fixture) fixture =
      new_trying ("{'on':'" CHAT "','calls':'1','reply':{'status':503,'text':'down'}},"
                  "{'on':'" CHAT "','calls':'2','cut':true}");
  g_autoptr (GPtrArray) records = fixture_keep_records (fixture);
  g_autoptr (Answer) answer = chat (fixture, "gpt-4.1");

  g_assert_cmpuint (answer->status, ==, 200);
  assert_says (answer->body->str, "You said: hello");
  g_assert_cmpuint (upstream_calls (fixture), ==, 3);
  records_wait (records, 1);
  g_assert_cmpuint (((JumpExchangeRecord *) records->pdata[0])->attempts, ==, 3);
}

/* The last status and its body reach the client, to the byte. */
static void
test_last_word (void)
{
  static const char body[] =
      "{\"error\" :{\"message\":\"the  last\",\"type\":\"api_error\",\"param\":null,\"code\":\"x\"}}\n";
  g_autoptr (Fixture) fixture =
      new_trying ("{'on':'" CHAT "','calls':'1-2','reply':{'status':500,'text':'early'}},"
                  "{'on':'" CHAT "','calls':'3-','reply':{'status':503,'text':"
                  "'{\\u0022error\\u0022 :{\\u0022message\\u0022:\\u0022the  last\\u0022,"
                  "\\u0022type\\u0022:\\u0022api_error\\u0022,\\u0022param\\u0022:null,"
                  "\\u0022code\\u0022:\\u0022x\\u0022}}\\n'}}");
  g_autoptr (Answer) answer = chat (fixture, "gpt-4.1");

  g_assert_cmpuint (answer->status, ==, 503);
  g_assert_cmpstr (answer->body->str, ==, body);
  g_assert_cmpuint (upstream_calls (fixture), ==, 3);
}

static void
test_long_retry_after (void)
{
  g_autoptr (Fixture) fixture = new_trying (
      "{'on':'" CHAT "','reply':{'status':503,'headers':{'Retry-After':'31'},'text':'later'}}");
  g_autoptr (Answer) answer = chat (fixture, "gpt-4.1");

  g_assert_cmpuint (answer->status, ==, 503);
  g_assert_cmpstr (answer_header (answer, "retry-after"), ==, "31");
  g_assert_cmpuint (upstream_calls (fixture), ==, 1);
}

static gboolean
is_resting (gpointer data)
{
  gint64 next = jump_clock_fake_get_next_alarm (((Fixture *) data)->clock);

  return next > 0 && next <= 1200 && upstream_calls (data) == 1;
}

static gboolean
has_left (gpointer data)
{
  return ((GPtrArray *) data)->len == 1;
}

/* Whoever leaves in the wait costs nothing more. */
static void
test_left_in_the_wait (void)
{
  g_autoptr (Fixture) fixture =
      new_trying ("{'on':'" CHAT "','reply':{'status':503,'text':'down'}}");
  g_autoptr (GPtrArray) records = fixture_keep_records (fixture);
  Answer *answer = start_chat (fixture, "gpt-4.1");

  turn_until (is_resting, fixture);
  answer_free (answer);
  turn_until (has_left, records);
  jump_clock_fake_advance (fixture->clock, 20000);
  turn_some (50);
  g_assert_cmpuint (upstream_calls (fixture), ==, 1);
}

#define FAILS_WHOLE(calls)                                                                       \
  "{'on':'POST /responses','calls':'" calls "','reply':{'status':200,'json':{'id':'a','object':" \
  "'response','status':'failed','error':{'code':'server_is_overloaded','message':"               \
  "'We are overloaded.'},'output':[]}}}"
#define FAILS(calls) \
  "{'on':'POST /responses','calls':'" calls "','reply':{'status':503,'text':'down'}}"
#define MENDED                                                                            \
  "{'on':'POST /responses','calls':'1','reply':{'status':400,'json':{'error':{'message':" \
  "'Unsupported parameter: temperature','code':'unsupported_parameter','param':'temperature'}}}}"

/* Whichever way upstream fails before its answer begins: all that is sent again counts together. A
 * refusal that was mended does not. */
static void
test_counted_together (void)
{
  static const struct
  {
    const char *rules;
    const char *attempts;
    guint status;
    guint n_calls;
  } cases[] = {
    { FAILS_WHOLE ("all"), "3", 503, 3 },
    { FAILS_WHOLE ("all"), "1", 503, 1 },
    { FAILS_WHOLE ("all"), "10", 503, 3 }, /* such failures come soon enough again */
    { FAILS ("1") "," FAILS_WHOLE ("2-"), "3", 503, 3 },
    { FAILS ("1-2") "," FAILS_WHOLE ("3-"), "3", 503, 3 },
    { FAILS_WHOLE ("1") "," FAILS ("2-"), "3", 503, 3 },
    { FAILS_WHOLE ("1") "," FAILS ("2") "," FAILS_WHOLE ("3-"), "3", 503, 3 },
    { FAILS_WHOLE ("1") "," FAILS ("2-3"), "4", 200, 4 },
    { MENDED "," FAILS ("2") "," FAILS_WHOLE ("3-"), "3", 503, 4 },
    { MENDED "," FAILS_WHOLE ("2-3"), "3", 200, 4 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Fixture) fixture = new_trying_often (cases[i].rules, cases[i].attempts);
      g_autoptr (GPtrArray) records = fixture_keep_records (fixture);
      g_autoptr (Answer) answer = chat (fixture, "gpt-5.5");

      g_test_message ("%s: %s", cases[i].rules, answer->body->str);
      g_assert_cmpuint (answer->status, ==, cases[i].status);
      g_assert_cmpuint (upstream_calls (fixture), ==, cases[i].n_calls);
      records_wait (records, 1);
      g_assert_cmpuint (((JumpExchangeRecord *) records->pdata[0])->attempts, ==, cases[i].n_calls);
    }
}

/* ---- limits ---- */

static void
check_attention (Fixture *fixture, const char *expected)
{
  JumpAttention attention;

  jump_service_get_condition (fixture->service, &attention);
  g_assert_cmpstr (jump_attention_to_string (attention), ==, expected);
}

/* The limit of one model is told of, answered from here, and no other model's. */
static void
test_limit_of_a_model (void)
{
  g_autoptr (Fixture) fixture = new_trying (
      "{'on':'" CHAT "','model':'gpt-4.1','reply':{'status':429,'headers':{'Retry-After':'40'},"
      "'json':{'error':{'message':'Slow down.','code':'user_model_rate_limited:pro'}}}}");
  g_autoptr (Answer) first = chat (fixture, "gpt-4.1");
  g_autoptr (Answer) second = NULL;
  g_autoptr (Answer) other = NULL;
  g_autoptr (Answer) status = NULL;
  g_autoptr (Answer) health = NULL;

  g_assert_cmpuint (first->status, ==, 429);
  jump_clock_fake_advance (fixture->clock, 10 * 1000);
  second = chat (fixture, "gpt-4.1");
  g_assert_cmpuint (second->status, ==, 429);
  g_assert_cmpstr (answer_header (second, "retry-after"), ==, "30");
  assert_says (second->body->str, "Slow down. (try again in 30 s)");
  g_assert_cmpuint (upstream_calls (fixture), ==, 1);
  status = control_ask (fixture, "GET", "/api/status", NULL);
  assert_says (status->body->str,
               "\"cooldowns\":[{\"scope\":\"model\",\"model\":\"gpt-4.1\",\"seconds\":30,"
               "\"code\":\"user_model_rate_limited\"}]");
  check_attention (fixture, "none");
  other = chat (fixture, "gpt-4o");
  g_assert_cmpuint (other->status, ==, 200);
  health = fixture_ask (fixture, "GET", "/health", NULL);
  assert_says (health->body->str, "\"scope\":\"model\"");
  assert_says (health->body->str, "\"status\":\"healthy\"");
}

static void
test_limit_of_the_account (void)
{
  g_autoptr (Fixture) fixture = new_trying (
      "{'on':'" CHAT "','calls':'1','reply':{'status':429,'headers':{'Retry-After':'40'},"
      "'json':{'error':{'message':'Slow down.','code':'user_global_rate_limited:pro'}}}}");
  g_autoptr (Answer) first = chat (fixture, "gpt-4.1");
  g_autoptr (Answer) other = chat (fixture, "gpt-4o");
  g_autoptr (Answer) health = fixture_ask (fixture, "GET", "/health", NULL);
  g_autoptr (Answer) after = NULL;

  g_assert_cmpuint (first->status, ==, 429);
  g_assert_cmpuint (other->status, ==, 429);
  g_assert_cmpstr (answer_header (other, "retry-after"), ==, "40");
  g_assert_cmpuint (upstream_calls (fixture), ==, 1);
  check_attention (fixture, "rate_limited");
  assert_says (health->body->str, "\"status\":\"degraded\"");
  assert_says (health->body->str, "limits requests for another 40 s");
  jump_clock_fake_advance (fixture->clock, 40 * 1000);
  check_attention (fixture, "none");
  after = chat (fixture, "gpt-4.1");
  g_assert_cmpuint (after->status, ==, 200);
}

#define STREAM(path, chunks) \
  "{'on':'POST " path "','calls':'1','stream':{'chunks':[" chunks "],'no_done':true}}"
#define LIMITS(chat_code, responses_code, messages_type)                                                  \
  STREAM ("/chat/completions",                                                                            \
          "{'id':'a','choices':[{'index':0,'delta':{'role':'assistant','content':'So far'}}]},"           \
          "{'choices':null,'error':{'code':'" chat_code "','message':'Slow down.'}}")                     \
  "," STREAM (                                                                                            \
      "/responses",                                                                                       \
      "'event: error\\ndata: {\\u0022type\\u0022:\\u0022error\\u0022,"                                    \
      "\\u0022sequence_number\\u0022:0,\\u0022error\\u0022:{\\u0022code\\u0022:"                          \
      "\\u0022" responses_code "\\u0022,\\u0022message\\u0022:\\u0022Slow down.\\u0022}}"                 \
      "\\n\\n'") "," STREAM ("/v1/messages",                                                              \
                             "'event: error\\ndata: {\\u0022type\\u0022:\\u0022error\\u0022,\\u0022error" \
                             "\\u0022:{\\u0022type\\u0022:\\u0022" messages_type                          \
                             "\\u0022,\\u0022message\\u0022:"                                             \
                             "\\u0022Slow down.\\u0022}}\\n\\n'")

/* A limit that the stream of a reply tells of, in every API's words, holds as any other. */
static void
test_limit_in_stream (void)
{
  static const char *const models[] = { "gpt-4.1", "gpt-5.5", "claude-sonnet-4.6" };
  static const Api apis[] = { API_CHAT, API_RESPONSES, API_MESSAGES };

  for (gsize m = 0; m < G_N_ELEMENTS (models); m++)
    for (gsize i = 0; i < G_N_ELEMENTS (apis); i++)
      {
        g_autoptr (Fixture) fixture = fixture_new_trying (
            LIMITS ("user_global_rate_limited:pro", "rate_limit_exceeded", "rate_limit_error"));
        g_autoptr (Answer) first = api_ask (fixture, apis[i], models[m], "hello", TRUE);
        g_autoptr (Answer) second = NULL;

        g_test_message ("%s %s: %s", models[m], api_path (apis[i]), first->body->str);
        assert_says (first->body->str, "Slow down.");
        check_attention (fixture, "rate_limited");
        second = api_ask (fixture, apis[i], "gpt-4o", "hello", TRUE);
        g_assert_cmpuint (second->status, ==, 429);
        g_assert_cmpstr (answer_header (second, "retry-after"), ==, "60");
        g_assert_cmpuint (upstream_calls (fixture), ==, 1);
      }
}

/* Of a model alone, and none at all. */
static void
test_other_words_in_stream (void)
{
  g_autoptr (Fixture) fixture =
      fixture_new_ruled (LIMITS ("user_model_rate_limited", "server_error", "api_error"));
  g_autoptr (Answer) limited = api_ask (fixture, API_CHAT, "gpt-4.1", "hello", TRUE);
  g_autoptr (Answer) same = api_ask (fixture, API_CHAT, "gpt-4.1", "hello", TRUE);
  g_autoptr (Answer) other = api_ask (fixture, API_CHAT, "gpt-4o", "hello", TRUE);
  g_autoptr (Answer) broken = api_ask (fixture, API_CHAT, "gpt-5.5", "hello", TRUE);
  g_autoptr (Answer) again = api_ask (fixture, API_CHAT, "gpt-5.5", "hello", TRUE);

  g_assert_cmpuint (limited->status, ==, 200);
  g_assert_cmpuint (same->status, ==, 429);
  g_assert_cmpuint (other->status, ==, 200);
  assert_says (broken->body->str, "Slow down.");
  g_assert_cmpuint (again->status, ==, 200);
}

/* What is embedded has a model too. */
static void
test_limit_of_an_embedding_model (void)
{
  static const char body[] = "{'model':'text-embedding-3-small','input':'hello'}";
  g_autoptr (Fixture) fixture = fixture_new_ruled (
      "{'on':'POST /embeddings','reply':{'status':429,'json':{'error':{'message':'Slow down.',"
      "'code':'user_model_rate_limited'}}}}");
  g_autoptr (Answer) first = ask_quoted (fixture, "/v1/embeddings", body);
  g_autoptr (Answer) second = ask_quoted (fixture, "/v1/embeddings", body);
  g_autoptr (Answer) other = chat (fixture, "gpt-4.1");
  g_autoptr (Answer) status = control_ask (fixture, "GET", "/api/status", NULL);

  g_assert_cmpuint (first->status, ==, 429);
  g_assert_cmpuint (second->status, ==, 429);
  g_assert_cmpuint (other->status, ==, 200);
  assert_says (status->body->str, "\"scope\":\"model\",\"model\":\"text-embedding-3-small\"");
  g_assert_cmpuint (jump_simulator_count (fixture->simulator, "POST /embeddings"), ==, 1);
}

/* Another account is not limited. */
static void
test_sign_out_ends_it (void)
{
  g_autoptr (Fixture) fixture =
      new_trying ("{'on':'" CHAT "','calls':'1','reply':{'status':429,'text':'slow'}}");
  g_autoptr (Answer) first = chat (fixture, "gpt-4.1");
  g_autoptr (Answer) status = NULL;

  g_assert_cmpuint (first->status, ==, 429);
  check_attention (fixture, "rate_limited");
  jump_account_sign_out_async (jump_service_get_account (fixture->service), NULL, NULL, NULL);
  turn_some (20);
  status = control_ask (fixture, "GET", "/api/status", NULL);
  assert_says (status->body->str, "\"cooldowns\":[]");
}

/* ---- the breaker ---- */

#define N_CALLERS 200

static gboolean
are_answered (gpointer data)
{
  GPtrArray *answers = data;

  for (guint i = 0; i < answers->len; i++)
    {
      if (!((Answer *) answers->pdata[i])->is_done)
        return FALSE;
    }
  return TRUE;
}

/* Many callers at the moment when one may try: one tries. */
static void
test_no_storm (void)
{
  g_autoptr (Fixture) fixture =
      new_trying ("{'on':'" CHAT "','reply':{'status':500,'text':'oops'}}");
  g_autoptr (GPtrArray) answers = g_ptr_array_new_with_free_func ((GDestroyNotify) answer_free);
  g_autoptr (Answer) health = NULL;
  g_autoptr (Answer) status = NULL;
  guint n_before;
  guint n_tried = 0;

  for (guint i = 0; i < 5; i++)
    {
      g_autoptr (Answer) failed = chat (fixture, "gpt-4.1");

      g_assert_cmpuint (failed->status, ==, 500);
    }
  n_before = upstream_calls (fixture);
  g_assert_cmpuint (n_before, ==, 15); /* three times each, and one failure each for the breaker */
  check_attention (fixture, "upstream_down");
  health = fixture_ask (fixture, "GET", "/health", NULL);
  /* Callers wait while the clock runs: a few ms may be gone of the 30 s. */
  g_assert_true (g_regex_match_simple ("\"state\":\"open\",\"failures\":5,\"probe_in\":(29|30)\\b",
                                       health->body->str,
                                       0,
                                       0));
  jump_clock_fake_advance (fixture->clock, 30 * 1000);
  for (guint i = 0; i < N_CALLERS; i++)
    g_ptr_array_add (answers, start_chat (fixture, "gpt-4.1"));
  turn_until (are_answered, answers);
  for (guint i = 0; i < N_CALLERS; i++)
    {
      Answer *answer = answers->pdata[i];

      g_assert_true (answer->status == 500 || answer->status == 503);
      n_tried += answer->status == 500;
    }
  g_assert_cmpuint (n_tried, ==, 1);
  g_assert_cmpuint (upstream_calls (fixture), ==, n_before + 1);
  status = control_ask (fixture, "GET", "/api/status", NULL);
  assert_says (status->body->str, "\"breaker\":\"open\"");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/bad-days/third-time-lucky", test_third_time_lucky);
  g_test_add_func ("/bad-days/last-word", test_last_word);
  g_test_add_func ("/bad-days/long-retry-after", test_long_retry_after);
  g_test_add_func ("/bad-days/left-in-the-wait", test_left_in_the_wait);
  g_test_add_func ("/bad-days/counted-together", test_counted_together);
  g_test_add_func ("/bad-days/limit/of-a-model", test_limit_of_a_model);
  g_test_add_func ("/bad-days/limit/of-the-account", test_limit_of_the_account);
  g_test_add_func ("/bad-days/limit/in-stream", test_limit_in_stream);
  g_test_add_func ("/bad-days/limit/other-words-in-stream", test_other_words_in_stream);
  g_test_add_func ("/bad-days/limit/of-an-embedding-model", test_limit_of_an_embedding_model);
  g_test_add_func ("/bad-days/limit/sign-out-ends-it", test_sign_out_ends_it);
  g_test_add_func ("/bad-days/no-storm", test_no_storm);
  return g_test_run ();
}
