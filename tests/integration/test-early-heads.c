/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "tests/integration/asking.h"
#include "tests/integration/wire.h"

#include <string.h>

/* Streams that begin before upstream has answered, and what becomes of them. */

#define ALL(how)                             \
  "{'on':'POST /chat/completions'," how "}," \
  "{'on':'POST /responses'," how "},"        \
  "{'on':'POST /v1/messages'," how "}"
#define REFUSAL                                                                  \
  "'reply':{'status':400,'json':{'error':{'message':'a bad thing','code':'bad'," \
  "'type':'invalid_request_error'}}}"

static const char *const models[] = { "gpt-4.1", "gpt-5.5", "claude-sonnet-4.6" };

static const char *const signs[N_APIS] = {
  [API_CHAT] = ": keepalive\n\n",
  [API_RESPONSES] = ": keepalive\n\n",
  [API_MESSAGES] = "event: ping\ndata: {\"type\":\"ping\"}\n\n",
  [API_OLLAMA_CHAT] = " ",
  [API_OLLAMA_GENERATE] = " ",
  [API_COMPLETIONS] = ": keepalive\n\n",
};

static const char *const types[N_APIS] = {
  [API_CHAT] = "text/event-stream",
  [API_RESPONSES] = "text/event-stream",
  [API_MESSAGES] = "text/event-stream",
  [API_OLLAMA_CHAT] = "application/x-ndjson",
  [API_OLLAMA_GENERATE] = "application/x-ndjson",
  [API_COMPLETIONS] = "text/event-stream",
};

static gboolean
is_at_upstream (gpointer data)
{
  return upstream_calls (data) > 0;
}

static void
let_seconds_pass (Fixture *fixture, guint seconds)
{
  for (guint i = 0; i < seconds; i++)
    {
      jump_clock_fake_advance (fixture->clock, 1000);
      turn_some (30);
    }
}

/* Turns the clock until @answer is there. */
static void
wait_long (Fixture *fixture, Answer *answer, guint seconds)
{
  for (guint i = 0; i < seconds && !answer->is_done; i++)
    let_seconds_pass (fixture, 1);
  answer_wait (answer);
}

/* Nothing before its time, then head and sign, and not a byte more. */
static void
assert_begins (Fixture *fixture, Api api, Answer *answer)
{
  turn_until (is_at_upstream, fixture);
  let_seconds_pass (fixture, 14);
  g_assert_cmpuint (answer->status, ==, 0);
  let_seconds_pass (fixture, 2);
  g_assert_cmpuint (answer->status, ==, 200);
  g_assert_cmpstr (answer->body->str, ==, signs[api]);
  g_assert_true (g_str_has_prefix (answer_header (answer, "content-type"), types[api]));
  g_assert_nonnull (answer_header (answer, "x-request-id"));
  g_assert_nonnull (answer_header (answer, "x-jumpseat-route"));
}

/* All bytes behind the signs. */
static void
assert_broken_off (Api api, Answer *answer, const char *words)
{
  const char *rest = answer->body->str;
  g_autofree char *start = NULL;

  while (g_str_has_prefix (rest, signs[api]))
    rest += strlen (signs[api]);

  api_assert_stream_error (api, answer, words);
  switch (api)
    {
    case API_CHAT:
    case API_COMPLETIONS:
      start = g_strdup_printf ("data: {\"error\":{\"message\":\"%s", words);
      g_assert_true (g_str_has_prefix (rest, start));
      g_assert_true (g_str_has_suffix (rest, "}}\n\n"));
      g_assert_cmpuint (count_text (rest, "\n"), ==, 2);
      break;
    case API_MESSAGES:
      g_assert_true (
          g_str_has_prefix (rest, "event: error\ndata: {\"type\":\"error\",\"error\":{"));
      g_assert_true (g_str_has_suffix (rest, "}\n\n"));
      g_assert_cmpuint (count_text (rest, "\n"), ==, 3);
      break;
    case API_OLLAMA_CHAT:
    case API_OLLAMA_GENERATE:
      start = g_strdup_printf ("{\"error\":\"%s", words);
      g_assert_true (g_str_has_prefix (rest, start));
      g_assert_true (g_str_has_suffix (rest, "\"}\n"));
      g_assert_cmpuint (count_text (rest, "\n"), ==, 1);
      break;
    case API_RESPONSES:
      g_assert_true (g_str_has_prefix (rest, "event: response.created\ndata: "));
      assert_says (rest, "event: error\ndata: {\"type\":\"error\",");
      assert_says (rest, "event: response.failed\ndata: {\"type\":\"response.failed\",");
      g_assert_true (g_str_has_suffix (rest, "}\n\n"));
      break;
    case N_APIS:
      break;
    }
}

static void
assert_record (GPtrArray *records, const char *words, guint upstream_status)
{
  const JumpExchangeRecord *record;

  records_wait (records, 1);
  g_assert_cmpuint (records->len, ==, 1);
  record = records->pdata[0];
  g_assert_cmpint (record->state, ==, JUMP_EXCHANGE_ENDED);
  g_assert_cmpuint (record->status, ==, 200);
  g_assert_cmpuint (record->upstream_status, ==, upstream_status);
  assert_says (record->error, words);
}

/* Upstream refuses when the client has its head already. */
static void
test_later_refusal (void)
{
  for (gsize m = 0; m < G_N_ELEMENTS (models); m++)
    for (Api api = 0; api < N_APIS; api++)
      {
        g_autoptr (Fixture) fixture = fixture_new_ruled (ALL ("'delay_ms':20000," REFUSAL));
        g_autoptr (GPtrArray) records = fixture_keep_records (fixture);
        g_autoptr (Answer) answer = api_start (fixture, api, models[m], "hello", TRUE);

        g_test_message ("%s %s", api_path (api), models[m]);
        assert_begins (fixture, api, answer);
        wait_long (fixture, answer, 10);
        assert_broken_off (api, answer, "a bad thing");
        assert_record (records, "upstream refused the request with status 400", 400);
        g_assert_cmpuint (((JumpExchangeRecord *) records->pdata[0])->bytes_out,
                          ==,
                          answer->body->len);
      }
}

/* Upstream hangs up without an answer. */
static void
test_no_answer (void)
{
  for (gsize m = 0; m < G_N_ELEMENTS (models); m++)
    for (Api api = 0; api < N_APIS; api++)
      {
        g_autoptr (Fixture) fixture = fixture_new_ruled (ALL ("'delay_ms':20000,'cut':true"));
        g_autoptr (GPtrArray) records = fixture_keep_records (fixture);
        g_autoptr (Answer) answer = NULL;

        fixture_set (fixture, "retries.attempts", "1");
        answer = api_start (fixture, api, models[m], "hello", TRUE);
        assert_begins (fixture, api, answer);
        wait_long (fixture, answer, 10);
        assert_broken_off (api, answer, "");
        assert_record (records, "127.0.0.1", 0);
      }
}

/* A client that got the head early reads the same answer as one that did not. */
static void
test_later_answer (void)
{
  for (gsize m = 0; m < G_N_ELEMENTS (models); m++)
    for (Api api = 0; api < N_APIS; api++)
      {
        g_autoptr (Fixture) fixture = fixture_new_ruled (ALL ("'delay_ms':40000"));
        g_autoptr (Answer) answer = api_start (fixture, api, models[m], "hello there", TRUE);
        g_autofree char *text = NULL;
        gsize sign = strlen (signs[api]);

        g_test_message ("%s %s", api_path (api), models[m]);
        assert_begins (fixture, api, answer);
        wait_long (fixture, answer, 60);
        g_assert_no_error (answer->error);
        g_assert_true (g_str_has_prefix (answer->body->str + sign, signs[api]));
        g_string_erase (answer->body, 0, (gssize) (2 * sign));
        text = api_read_text (api, answer);
        assert_says (text, "hello there");
      }
}

/* A failure that came before any answer is hidden by another try, behind the head, too. */
static void
test_hidden_failure (void)
{
  for (Api api = 0; api < N_APIS; api++)
    {
      g_autoptr (Fixture) fixture = fixture_new_trying (
          "{'on':'POST /responses','calls':'1','delay_ms':20000,'reply':{'status':200,'headers':"
          "{'Content-Type':'text/event-stream'},'text':'event: response.failed\\ndata: "
          "{\\u0022type\\u0022:\\u0022response.failed\\u0022,\\u0022response\\u0022:{\\u0022id"
          "\\u0022:\\u0022r\\u0022,\\u0022status\\u0022:\\u0022failed\\u0022,\\u0022error\\u0022:"
          "{\\u0022code\\u0022:\\u0022server_error\\u0022,\\u0022message\\u0022:\\u0022x\\u0022}}}"
          "\\n\\n'}}");
      g_autoptr (GPtrArray) records = fixture_keep_records (fixture);
      g_autoptr (Answer) answer = api_start (fixture, api, "gpt-5.5", "hello there", TRUE);
      g_autofree char *text = NULL;

      g_test_message ("%s", api_path (api));
      assert_begins (fixture, api, answer);
      wait_long (fixture, answer, 10);
      g_assert_no_error (answer->error);
      g_test_message ("%s", answer->body->str);
      g_string_erase (answer->body, 0, (gssize) strlen (signs[api]));
      text = api_read_text (api, answer);
      assert_says (text, "hello there");
      g_assert_cmpuint (upstream_calls (fixture), ==, 2);
      records_wait (records, 1);
      assert_says (((JumpExchangeRecord *) records->pdata[0])->changes, "early-failure-retried");
    }
}

/* Upstream sends one piece of JSON where a stream was asked for. */
static void
test_whole_reply (void)
{
  for (Api api = 0; api < N_APIS; api++)
    {
      g_autoptr (Fixture) fixture = fixture_new_ruled (
          "{'on':'POST /chat/completions','delay_ms':20000,'reply':{'status':200,'json':{'id':'c',"
          "'object':'chat.completion','model':'m','choices':[{'index':0,'finish_reason':'stop',"
          "'message':{'role':'assistant','content':'hello there'}}],'usage':{'prompt_tokens':1,"
          "'completion_tokens':2}}}}");
      g_autoptr (Answer) answer = api_start (fixture, api, "gpt-4.1", "hello", TRUE);
      g_autofree char *text = NULL;

      g_test_message ("%s", api_path (api));
      assert_begins (fixture, api, answer);
      wait_long (fixture, answer, 10);
      g_assert_no_error (answer->error);
      g_string_erase (answer->body, 0, (gssize) strlen (signs[api]));
      text = api_read_text (api, answer);
      g_assert_cmpstr (text, ==, "hello there");
    }
}

static void
test_never (void)
{
  g_autoptr (Fixture) fixture = fixture_new_ruled (ALL ("'delay_ms':100000," REFUSAL));
  g_autoptr (Answer) answer = NULL;

  fixture_set (fixture, "streams.commit_after", "0");
  answer = api_start (fixture, API_CHAT, "gpt-4.1", "hello", TRUE);
  turn_until (is_at_upstream, fixture);
  let_seconds_pass (fixture, 90);
  g_assert_cmpuint (answer->status, ==, 0);
  wait_long (fixture, answer, 20);
  g_assert_cmpuint (answer->status, ==, 400);
}

/* On the wire: chunks, their end, and a connection that serves the next request. */
static void
test_wire (void)
{
  static const char request[] =
      "POST /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 77\r\n\r\n"
      "{\"model\":\"gpt-4.1\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
  g_autoptr (Fixture) fixture = fixture_new_ruled (ALL ("'calls':'1','delay_ms':20000," REFUSAL));
  g_autoptr (Wire) wire = wire_new (fixture);

  g_assert_cmpuint (strlen (strstr (request, "\r\n\r\n") + 4), ==, 77);
  wire_send (wire, request, sizeof request - 1);
  turn_until (is_at_upstream, fixture);
  let_seconds_pass (fixture, 16);
  wire_wait_for (wire, "\r\n\r\nd\r\n: keepalive\n\n\r\n", 1);
  assert_says (wire->got->str, "HTTP/1.1 200 OK\r\n");
  let_seconds_pass (fixture, 5);
  wire_wait_for (wire, "\r\n0\r\n\r\n", 1);
  g_assert_true (g_str_has_suffix (wire->got->str, "}}\n\n\r\n0\r\n\r\n"));
  g_assert_cmpuint (count_text (wire->got->str, "\r\ndata: {\"error\":{"), ==, 1);
  wire_send (wire, request, sizeof request - 1);
  wire_wait_for (wire, "data: [DONE]\n\n", 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/early-heads/later-refusal", test_later_refusal);
  g_test_add_func ("/early-heads/no-answer", test_no_answer);
  g_test_add_func ("/early-heads/later-answer", test_later_answer);
  g_test_add_func ("/early-heads/hidden-failure", test_hidden_failure);
  g_test_add_func ("/early-heads/whole-reply", test_whole_reply);
  g_test_add_func ("/early-heads/never", test_never);
  g_test_add_func ("/early-heads/wire", test_wire);
  return g_test_run ();
}
