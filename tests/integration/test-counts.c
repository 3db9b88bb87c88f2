/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "tests/integration/asking.h"

#include <string.h>

/* How many tokens a request has: upstream's word for Claude, an estimate that learns for the others. */

#define COUNTER "POST /v1/messages/count_tokens"

static Answer *
count (Fixture *fixture, const char *model, const char *text)
{
  g_autofree char *body =
      g_strdup_printf ("{'model':'%s','messages':[{'role':'user','content':'%s'}]}", model, text);

  return ask_quoted (fixture, "/v1/messages/count_tokens", body);
}

static gint64
get_tokens (Answer *answer)
{
  g_autoptr (JsonObject) object = NULL;

  g_assert_no_error (answer->error);
  g_test_message ("%s %s", answer->body->str, answer_header (answer, "x-jumpseat-estimate"));
  g_assert_cmpuint (answer->status, ==, 200);
  object = answer_parse (answer);
  return jump_json_get_int (object, "input_tokens", -1);
}

static void
test_upstream_counts (void)
{
  g_autoptr (Fixture) fixture = fixture_new ("test");
  g_autoptr (Answer) plain = count (fixture, "claude-sonnet-4.6", "hello there, how are you?");
  g_autoptr (Answer) beta = NULL;
  g_autofree char *sent = upstream_body (fixture, COUNTER, 0);
  g_autofree char *body = quoted (
      "{'model':'claude-sonnet-4-6','max_tokens':500,'stream':true,'metadata':{'user_id':'u'},"
      "'system':[{'type':'text','text':'be short','cache_control':{'type':'ephemeral','scope':"
      "'global'}}],'tools':[{'name':'look','input_schema':{'type':'object'}}],"
      "'messages':[{'role':'user','content':'hello'}]}");

  g_assert_cmpint (get_tokens (plain), >, 5);
  g_assert_null (answer_header (plain, "x-jumpseat-estimate"));
  assert_says (answer_header (plain, "x-jumpseat-route"), "messages");
  g_assert_cmpuint (jump_simulator_count (fixture->simulator, COUNTER), ==, 1);
  assert_silent (sent, "max_tokens");
  /* As Claude Code asks: with a query, and with what only belongs to a real request. */
  beta = fixture_ask (fixture, "POST", "/v1/messages/count_tokens?beta=true", body);
  g_assert_cmpint (get_tokens (beta), >, 5);
  g_assert_cmpuint (jump_simulator_count (fixture->simulator, COUNTER), ==, 2);
  g_assert_cmpuint (upstream_calls (fixture), ==, 0);
}

static void
test_estimates (void)
{
  static const char *const models[] = { "gpt-4.1", "gpt-5.5", "gemini-2.5-pro" };
  g_autoptr (Fixture) fixture = fixture_new ("test");
  g_autofree char *text = g_strnfill (4000, 'x');

  for (gsize i = 0; i < G_N_ELEMENTS (models); i++)
    {
      g_autoptr (Answer) one = count (fixture, models[i], "a");
      g_autoptr (Answer) many = count (fixture, models[i], text);

      g_assert_cmpint (get_tokens (one), >, 1);
      g_assert_cmpint (get_tokens (many), >=, 900);
      g_assert_cmpint (get_tokens (many), <=, 1100);
      g_assert_cmpstr (answer_header (many, "x-jumpseat-estimate"), ==, "factor=1.000; samples=0");
      assert_says (answer_header (many, "x-jumpseat-route"), "estimated");
    }
  g_assert_cmpuint (jump_simulator_count (fixture->simulator, COUNTER), ==, 0);
  g_assert_cmpuint (upstream_calls (fixture), ==, 0);
}

/* Every reply tells what the request really had. */
static void
test_learning (void)
{
  static const struct
  {
    const char *model;
    const char *rule;
  } cases[] = {
    { "gpt-4.1",
      "{'on':'POST /chat/completions','reply':{'status':200,'json':{'choices':[{'index':0,'message':"
      "{'role':'assistant','content':'a'},'finish_reason':'stop'}],'usage':{'prompt_tokens':1500,"
      "'completion_tokens':1,'total_tokens':1501}}}}" },
    { "gpt-5.5",
      "{'on':'POST /responses','reply':{'status':200,'json':{'id':'r','object':'response','status':"
      "'completed','model':'gpt-5.5','output':[{'type':'message','id':'m','status':'completed',"
      "'role':'assistant','content':[{'type':'output_text','text':'a','annotations':[]}]}],'usage':"
      "{'input_tokens':1500,'output_tokens':1,'total_tokens':1501}}}}" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    for (Api api = 0; api < N_APIS; api++)
      {
        g_autoptr (Fixture) fixture = fixture_new_ruled (cases[i].rule);
        g_autofree char *text = g_strnfill (4000, 'x');
        g_autoptr (Answer) before = count (fixture, cases[i].model, text);
        g_autoptr (Answer) asked = api_ask (fixture, api, cases[i].model, text, FALSE);
        g_autoptr (Answer) after = count (fixture, cases[i].model, text);
        g_autoptr (Answer) other = count (fixture, "gemini-2.5-pro", text);

        g_assert_cmpuint (asked->status, ==, 200);
        g_assert_cmpint (get_tokens (before), <, 1100);
        g_assert_cmpint (get_tokens (after), >, 1450);
        g_assert_cmpint (get_tokens (after), <, 1550);
        assert_says (answer_header (after, "x-jumpseat-estimate"), "samples=1");
        assert_says (answer_header (after, "x-jumpseat-estimate"), "factor=1.4");
        g_assert_cmpint (get_tokens (other), ==, get_tokens (before));
      }
}

/* Streams teach as well, and Claude's requests in other APIs. */
static void
test_learning_from_streams (void)
{
  static const char *const models[] = { "gpt-4.1", "gpt-5.5" };
  g_autoptr (Fixture) fixture = fixture_new ("test");
  g_autofree char *text = g_strnfill (4000, 'x');

  for (gsize i = 0; i < G_N_ELEMENTS (models); i++)
    for (Api api = 0; api < N_APIS; api++)
      {
        g_autoptr (Answer) asked = api_ask (fixture, api, models[i], text, TRUE);
        g_autoptr (Answer) after = count (fixture, models[i], text);
        g_autofree char *samples = g_strdup_printf ("samples=%u", api + 1);

        g_assert_cmpuint (asked->status, ==, 200);
        assert_says (answer_header (after, "x-jumpseat-estimate"), samples);
      }
}

static void
test_refusals (void)
{
  g_autoptr (Fixture) fixture = fixture_new ("test");
  g_autoptr (Answer) unknown = count (fixture, "llama-99", "hello");
  g_autoptr (Answer) bad =
      ask_quoted (fixture, "/v1/messages/count_tokens", "{'model':'gpt-4.1','messages':7}");
  g_autoptr (Answer) embedding = count (fixture, "text-embedding-3-small", "hello");

  api_assert_error (API_MESSAGES, unknown, 404, "not_found_error", NULL);
  api_assert_error (API_MESSAGES, bad, 400, "invalid_request_error", "messages");
  api_assert_error (API_MESSAGES, embedding, 400, "invalid_request_error", "embeddings");
}

/* An upstream that cannot count is no reason to have no number. */
static void
test_upstream_cannot_count (void)
{
  g_autoptr (Fixture) fixture = fixture_new_ruled (
      "{'on':'" COUNTER
      "','reply':{'status':400,'json':{'error':{'message':'not accessible via the "
      "endpoint','code':'unsupported_api_for_model'}}}}");
  g_autofree char *text = g_strnfill (4000, 'x');
  g_autoptr (Answer) answer = count (fixture, "claude-sonnet-4.6", text);

  g_assert_cmpint (get_tokens (answer), >=, 900);
  g_assert_nonnull (answer_header (answer, "x-jumpseat-estimate"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/counts/upstream", test_upstream_counts);
  g_test_add_func ("/counts/estimates", test_estimates);
  g_test_add_func ("/counts/learning", test_learning);
  g_test_add_func ("/counts/learning/streams", test_learning_from_streams);
  g_test_add_func ("/counts/refusals", test_refusals);
  g_test_add_func ("/counts/upstream-cannot", test_upstream_cannot_count);
  return g_test_run ();
}
