/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/service-private.h"
#include "tests/integration/asking.h"

#include <string.h>

/* Serving is paused: who asks a model is told so in its own words, everything else works. */

#define WORDS "serving is paused in Jumpseat"

static void
pause_serving (Fixture *fixture, gboolean is_paused)
{
  g_autoptr (Answer) answer =
      control_ask (fixture, "POST", is_paused ? "/api/pause" : "/api/resume", NULL);
  g_autoptr (JsonObject) object = answer_parse (answer);

  g_assert_cmpuint (answer->status, ==, 200);
  g_assert_cmpint (jump_json_get_boolean (object, "paused", !is_paused), ==, is_paused);
}

static void
assert_turned_away (Answer *answer)
{
  g_assert_cmpuint (answer->status, ==, 503);
  g_assert_cmpstr (answer_header (answer, "retry-after"), ==, "30");
  assert_says (answer->body->str, WORDS);
  assert_says (answer->body->str, "/api/resume");
}

static void
test_every_dialect (void)
{
  g_autoptr (Fixture) fixture = fixture_new ("test");
  g_autoptr (GPtrArray) records = fixture_keep_records (fixture);

  pause_serving (fixture, TRUE);
  for (Api api = 0; api < N_APIS; api++)
    for (guint stream = 0; stream < 2; stream++)
      {
        guint n = records->len;
        g_autoptr (Answer) answer = api_ask (fixture, api, "gpt-4.1", "hello", stream == 1);
        const JumpExchangeRecord *record;

        g_test_message ("%s: %s", api_path (api), answer->body->str);
        assert_turned_away (answer);
        api_assert_error (api, answer, 503, NULL, WORDS);
        g_assert_cmpuint (records->len, ==, n + 1);
        record = records->pdata[n];
        g_assert_cmpint (record->state, ==, JUMP_EXCHANGE_ENDED);
        g_assert_cmpuint (record->status, ==, 503);
        g_assert_cmpstr (record->path, ==, api_path (api));
        g_assert_nonnull (record->api);
        g_assert_cmpuint (record->bytes_out, ==, answer->body->len);
        assert_says (record->error, WORDS);
      }
  g_assert_cmpuint (upstream_calls (fixture), ==, 0);
}

static void
test_other_model_routes (void)
{
  static const struct
  {
    const char *path;
    const char *body;
    const char *api;
  } cases[] = {
    { "/v1/embeddings", "{'model':'text-embedding-3-small','input':'a'}", "embeddings" },
    { "/api/embed", "{'model':'text-embedding-3-small','input':'a'}", "embeddings" },
    { "/api/embeddings", "{'model':'text-embedding-3-small','prompt':'a'}", "embeddings" },
    { "/v1/messages/count_tokens",
      "{'model':'claude-sonnet-4.6','messages':[{'role':'user','content':'a'}]}",
      "count" },
    { "/v1/responses/input_tokens", "{'model':'gpt-5.5','input':'a'}", "count" },
    { "/api/chat", "{'model':'gpt-4.1','messages':[]}", "ollama" }, /* only wants it loaded */
    { "/api/generate", "{'model':'gpt-4.1'}", "ollama" },
    { "/v1/chat/completions", "", "chat" },
  };
  g_autoptr (Fixture) fixture = fixture_new ("test");
  g_autoptr (GPtrArray) records = fixture_keep_records (fixture);

  pause_serving (fixture, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Answer) answer = ask_quoted (fixture, cases[i].path, cases[i].body);
      const JumpExchangeRecord *record;

      g_test_message ("%s: %s", cases[i].path, answer->body->str);
      assert_turned_away (answer);
      g_assert_cmpuint (records->len, ==, i + 1);
      record = records->pdata[i];
      g_assert_cmpstr (record->api, ==, cases[i].api);
    }
}

static void
test_what_goes_on (void)
{
  static const char *const paths[] = { "/v1/models", "/api/tags", "/health",      "/livez",
                                       "/readyz",    "/version",  "/api/version", "/" };
  g_autoptr (Fixture) fixture = fixture_new ("test");
  g_autoptr (Answer) show = NULL;

  pause_serving (fixture, TRUE);
  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (Answer) answer = fixture_ask (fixture, "GET", paths[i], NULL);

      g_test_message ("%s", paths[i]);
      g_assert_cmpuint (answer->status, ==, 200);
    }
  show = ask_quoted (fixture, "/api/show", "{'model':'gpt-4.1'}");
  g_assert_cmpuint (show->status, ==, 200);
}

static gboolean
has_text (gpointer data)
{
  return ((Answer *) data)->body->len > 0;
}

/* What runs is not touched; afterwards everything is as before. */
static void
test_running (void)
{
  g_autoptr (Fixture) fixture = fixture_new ("test");
  g_autoptr (Answer) running = NULL;
  g_autoptr (Answer) away = NULL;
  g_autoptr (Answer) back = NULL;

  running = api_start (fixture, API_CHAT, "gpt-4.1", "a long text with many words", TRUE);
  turn_until (has_text, running);
  pause_serving (fixture, TRUE);
  pause_serving (fixture, TRUE);
  away = api_ask (fixture, API_CHAT, "gpt-4.1", "hello", TRUE);
  assert_turned_away (away);
  answer_wait (running);
  g_assert_no_error (running->error);
  g_assert_cmpuint (running->status, ==, 200);
  assert_says (running->body->str, "[DONE]");
  pause_serving (fixture, FALSE);
  back = api_ask (fixture, API_CHAT, "gpt-4.1", "hello", TRUE);
  g_assert_cmpuint (back->status, ==, 200);
}

static void
assert_status (Fixture *fixture, gboolean is_paused)
{
  g_autoptr (Answer) answer = control_ask (fixture, "GET", "/api/status", NULL);
  g_autoptr (JsonObject) object = answer_parse (answer);

  g_assert_true (json_object_has_member (object, "paused"));
  g_assert_cmpint (jump_json_get_boolean (object, "paused", !is_paused), ==, is_paused);
  g_assert_cmpint (jump_service_get_paused (fixture->service), ==, is_paused);
}

static void
test_status (void)
{
  g_autoptr (Fixture) fixture = fixture_new ("test");
  g_autoptr (Answer) refused = fixture_ask (fixture, "POST", "/api/pause", NULL);

  g_assert_cmpuint (refused->status, ==, 401);
  assert_status (fixture, FALSE);
  pause_serving (fixture, TRUE);
  assert_status (fixture, TRUE);
  pause_serving (fixture, FALSE);
  assert_status (fixture, FALSE);
  jump_service_set_paused (fixture->service, TRUE);
  assert_status (fixture, TRUE);
}

/* With nobody who wants to know of it, the routes do it themselves. */
static void
test_no_owner (void)
{
  g_autoptr (Fixture) fixture = fixture_new ("test");
  g_autoptr (Answer) answer = NULL;

  fixture->service->context.set_paused = NULL;
  pause_serving (fixture, TRUE);
  answer = api_ask (fixture, API_MESSAGES, "gpt-4.1", "hello", FALSE);
  assert_turned_away (answer);
  pause_serving (fixture, FALSE);
}

/* Whoever is turned away is written down with what it sent. */
static void
test_kept (void)
{
  g_autoptr (Fixture) fixture = fixture_new ("test");
  g_autoptr (GPtrArray) records = fixture_keep_records (fixture);
  g_autoptr (Answer) answer = NULL;
  const JumpExchangeRecord *record;

  jump_relay_set_keeps_bodies (fixture->service->relay, TRUE);
  pause_serving (fixture, TRUE);
  answer = api_ask (fixture, API_CHAT, "gpt-4.1", "hello", FALSE);
  record = records->pdata[0];
  g_assert_nonnull (record->request_body);
  g_assert_nonnull (record->request_headers);
  g_assert_cmpmem (record->reply_body->data,
                   record->reply_body->len,
                   answer->body->str,
                   answer->body->len);
  assert_says (record->reply_headers, "Retry-After: 30\n");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pausing/every-dialect", test_every_dialect);
  g_test_add_func ("/pausing/other-model-routes", test_other_model_routes);
  g_test_add_func ("/pausing/what-goes-on", test_what_goes_on);
  g_test_add_func ("/pausing/running", test_running);
  g_test_add_func ("/pausing/status", test_status);
  g_test_add_func ("/pausing/no-owner", test_no_owner);
  g_test_add_func ("/pausing/kept", test_kept);
  return g_test_run ();
}
