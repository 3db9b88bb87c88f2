/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "tests/integration/asking.h"
#include "tests/integration/wire.h"

#include <string.h>

/* Streams of upstream that stop where they should not: the client is told, in its own stream, and its parser
 * gets the end that it waits for. Never the end of a complete answer. */

#define ALL_STREAMS(how)                                \
  "{'on':'POST /chat/completions','stream':{" how "}}," \
  "{'on':'POST /responses','stream':{" how "}},"        \
  "{'on':'POST /v1/messages','stream':{" how "}}"

static const char *const models[] = { "gpt-4.1", "gpt-5.5", "claude-sonnet-4.6" };

/* What only a complete answer has. */
static const char *const good_ends[N_APIS] = {
  [API_CHAT] = "[DONE]",
  [API_RESPONSES] = "\"type\":\"response.completed\"",
  [API_MESSAGES] = "message_stop",
  [API_OLLAMA_CHAT] = "\"done\":true",
  [API_OLLAMA_GENERATE] = "\"done\":true",
  [API_COMPLETIONS] = "[DONE]",
};

/* The last event, from its first byte on. */
static const char *
find_last (Api api, const char *body)
{
  gboolean is_lines = api == API_OLLAMA_CHAT || api == API_OLLAMA_GENERATE;
  const char *mark = is_lines ? "\n" : "\n\n";
  gsize length = strlen (body);
  const char *last;

  g_assert_true (g_str_has_suffix (body, mark));
  last = g_strrstr_len (body, (gssize) (length - strlen (mark)), mark);
  return last == NULL ? body : last + strlen (mark);
}

static void
assert_ended_badly (Api api, Answer *answer)
{
  const char *last = find_last (api, answer->body->str);

  g_test_message ("%s", answer->body->str);
  assert_silent (answer->body->str, good_ends[api]);
  switch (api)
    {
    case API_CHAT:
    case API_COMPLETIONS:
      g_assert_true (g_str_has_prefix (last, "data: {\"error\":{\"message\":\""));
      break;
    case API_MESSAGES:
      g_assert_true (g_str_has_prefix (last, "event: error\ndata: {\"type\":\"error\","));
      break;
    case API_OLLAMA_CHAT:
    case API_OLLAMA_GENERATE:
      g_assert_true (g_str_has_prefix (last, "{\"error\":\""));
      break;
    case API_RESPONSES:
      g_assert_true (g_str_has_prefix (last, "event: response.failed\ndata: {"));
      assert_says (answer->body->str, "event: error\ndata: {\"type\":\"error\",");
      break;
    case N_APIS:
      break;
    }
}

/* Before a word of the answer an error has a status, behind the first byte it is an event. */
static void
check_broken (Api api, Answer *answer, GPtrArray *records)
{
  const JumpExchangeRecord *record;

  g_assert_no_error (answer->error);
  records_wait (records, 1);
  record = records->pdata[0];
  g_assert_nonnull (record->error);
  g_assert_cmpuint (record->status, ==, answer->status);
  if (answer->status == 200)
    assert_ended_badly (api, answer);
  else
    api_assert_error (api, answer, 502, NULL, NULL);
}

static void
test_cut_everywhere (void)
{
  static const guint places[] = { 0, 1, 7, 100, 250, 333, 400, 480, 555, 640, 701, 777, 850 };
  guint n_in_streams = 0;

  for (gsize m = 0; m < G_N_ELEMENTS (models); m++)
    for (Api api = 0; api < N_APIS; api++)
      for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
        {
          g_autofree char *rules = g_strdup_printf (ALL_STREAMS ("'cut_after_bytes':%u"),
                                                    places[i],
                                                    places[i],
                                                    places[i]);
          g_autoptr (Fixture) fixture = fixture_new_ruled (rules);
          g_autoptr (GPtrArray) records = fixture_keep_records (fixture);
          g_autoptr (Answer) answer = NULL;

          fixture_set (fixture, "retries.attempts", "1");
          answer = api_start (fixture, api, models[m], "a longer text to be said again", TRUE);
          answer_wait (answer);
          g_test_message ("%s %s cut after %u", api_path (api), models[m], places[i]);
          check_broken (api, answer, records);
          n_in_streams += answer->status == 200;
        }
  g_assert_cmpuint (n_in_streams, >, 100);
}

/* The stream ends in good order, but for its last event. */
static void
test_no_terminator (void)
{
  static const char rule[] =
      "{'on':'POST /chat/completions','stream':{'chunks':['data: {\\u0022id\\u0022:\\u0022a\\u0022,"
      "\\u0022object\\u0022:\\u0022chat.completion.chunk\\u0022,\\u0022choices\\u0022:[{\\u0022index"
      "\\u0022:0,\\u0022delta\\u0022:{\\u0022content\\u0022:\\u0022half\\u0022}}]}\\n\\n'],"
      "'no_done':true}}";

  for (Api api = 0; api < N_APIS; api++)
    {
      g_autoptr (Fixture) fixture = fixture_new_ruled (rule);
      g_autoptr (GPtrArray) records = fixture_keep_records (fixture);
      g_autoptr (Answer) answer = api_ask (fixture, api, "gpt-4.1", "hello", TRUE);

      assert_says (answer->body->str, "half");
      check_broken (api, answer, records);
    }
}

/* Lists of models in every shape, all at once: upstream is asked once. */
static void
test_lists_are_read_once (void)
{
  static const struct
  {
    const char *method;
    const char *path;
    const char *body;
  } reads[] = {
    { "GET", "/v1/models", NULL },      { "GET", "/v1/models/gpt-4.1", NULL },
    { "GET", "/api/tags", NULL },       { "POST", "/api/show", "{\"model\":\"gpt-4.1\"}" },
    { "GET", "/v1/models/full", NULL },
  };
  g_autoptr (Fixture) fixture = fixture_new_ruled ("{'on':'GET /models','delay_ms':1000}");
  Answer *answers[50];

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      guint r = i % G_N_ELEMENTS (reads);

      answers[i] = fixture_start (fixture, reads[r].method, reads[r].path, reads[r].body, NULL);
    }
  turn_some (200);
  while (!answers[0]->is_done)
    {
      jump_clock_fake_advance (fixture->clock, 100);
      turn_some (20);
    }
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      answer_wait (answers[i]);
      g_assert_cmpuint (answers[i]->status, ==, 200);
      g_assert_cmpstr (answers[i]->body->str, ==, answers[i % G_N_ELEMENTS (reads)]->body->str);
    }
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    answer_free (answers[i]);
  g_assert_cmpuint (jump_simulator_count (fixture->simulator, "GET /models"), ==, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cut-streams/everywhere", test_cut_everywhere);
  g_test_add_func ("/cut-streams/no-terminator", test_no_terminator);
  g_test_add_func ("/cut-streams/lists-are-read-once", test_lists_are_read_once);
  return g_test_run ();
}
