/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "tests/integration/asking.h"

#include <string.h>

/* What goes wrong before a model says anything, told in the shape and the words of the API that was spoken. */

static gboolean
is_ollama (Api api)
{
  return api == API_OLLAMA_CHAT || api == API_OLLAMA_GENERATE;
}

/* Which word the API has for it: Anthropic's type, OpenAI's code, nothing for Ollama. */
static const char *
word (Api api, const char *anthropic, const char *openai)
{
  if (is_ollama (api))
    return NULL;
  return api == API_MESSAGES ? anthropic : openai;
}

static void
test_signed_out (void)
{
  g_autoptr (Fixture) fixture = fixture_new_signed_out ("test");

  for (Api api = 0; api < N_APIS; api++)
    for (guint stream = 0; stream < 2; stream++)
      {
        g_autoptr (Answer) answer = api_ask (fixture, api, "gpt-4.1", "hello", stream == 1);

        api_assert_error (api,
                          answer,
                          401,
                          word (api, "authentication_error", "not_signed_in"),
                          "signed in");
      }
}

static void
test_unknown_model (void)
{
  g_autoptr (Fixture) fixture = fixture_new ("test");

  for (Api api = 0; api < N_APIS; api++)
    {
      g_autoptr (Answer) answer = api_ask (fixture, api, "gpt-4.2", "hello", TRUE);

      api_assert_error (api,
                        answer,
                        404,
                        word (api, "not_found_error", "model_not_found"),
                        "gpt-4.1");
      assert_says (answer->body->str, "gpt-4.2");
    }
  g_assert_cmpuint (upstream_calls (fixture), ==, 0);
}

/* What the head alone tells, and bodies that are none. */
static void
test_refused_requests (void)
{
  static const struct
  {
    const char *method;
    const char *body;
    const char *header;
    const char *value;
    guint status;
    const char *anthropic;
    const char *openai;
    const char *words;
  } cases[] = {
    { "GET", NULL, "X-Test", "1", 405, "invalid_request_error", "method_not_allowed", "only POST" },
    { "PUT", "{}", "X-Test", "1", 405, "invalid_request_error", "method_not_allowed", "only POST" },
    { "POST", "{\"model\":", "X-Test", "1", 400, "invalid_request_error", "invalid_json", NULL },
    { "POST", "", "X-Test", "1", 400, "invalid_request_error", "invalid_json", NULL },
    { "POST", "[]", "X-Test", "1", 400, "invalid_request_error", NULL, NULL },
    { "POST", "nonsense", "X-Test", "1", 400, "invalid_request_error", "invalid_json", NULL },
    { "POST",
      "{}",
      "Host",
      "evil.example",
      421,
      "invalid_request_error",
      "wrong_host",
      "Host header" },
    { "POST", "{}", "Origin", "https://evil.example", 403, "permission_error", "forbidden", NULL },
    { "POST",
      "{}",
      "Content-Encoding",
      "snappy",
      415,
      "invalid_request_error",
      "unsupported_content_encoding",
      "gzip" },
    { "POST",
      "this is no gzip",
      "Content-Encoding",
      "gzip",
      400,
      "invalid_request_error",
      NULL,
      NULL },
  };
  g_autoptr (Fixture) fixture = fixture_new ("test");

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    for (Api api = 0; api < N_APIS; api++)
      {
        g_autoptr (Answer) answer = fixture_start (fixture,
                                                   cases[i].method,
                                                   api_path (api),
                                                   cases[i].body,
                                                   cases[i].header,
                                                   cases[i].value,
                                                   NULL);

        answer_wait (answer);
        g_test_message ("%s %s %s", cases[i].method, api_path (api), cases[i].value);
        api_assert_error (api,
                          answer,
                          cases[i].status,
                          word (api, cases[i].anthropic, cases[i].openai),
                          cases[i].words);
        if (cases[i].status == 405)
          assert_says (answer_header (answer, "allow"), "POST");
      }
  g_assert_cmpuint (upstream_calls (fixture), ==, 0);
}

static void
test_too_large (void)
{
  g_autoptr (Fixture) fixture =
      fixture_new_with_settings ("test", JUMP_KEY_SERVER_BODY_LIMIT, "65536", -1);
  g_autofree char *text = g_strnfill (70000, 'x');

  for (Api api = 0; api < N_APIS; api++)
    {
      g_autoptr (Answer) answer = api_ask (fixture, api, "gpt-4.1", text, FALSE);

      api_assert_error (api,
                        answer,
                        413,
                        word (api, "request_too_large", "body_too_large"),
                        "65536");
    }
}

/* Paths that nobody has, in the shape of whoever may have meant them. */
static void
test_unknown_paths (void)
{
  static const struct
  {
    const char *path;
    Api api;
  } cases[] = {
    { "/v1/messages/batches", API_MESSAGES }, { "/v1/audio/speech", API_CHAT },
    { "/api/pull", API_OLLAMA_CHAT },         { "/api/blobs/sha256:00", API_OLLAMA_CHAT },
    { "/v1/responses/a/b/c", API_RESPONSES },
  };
  g_autoptr (Fixture) fixture = fixture_new ("test");

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Answer) answer = fixture_ask (fixture, "POST", cases[i].path, "{}");

      api_assert_error (cases[i].api,
                        answer,
                        cases[i].api == API_RESPONSES ? 405 : 404,
                        NULL,
                        cases[i].path);
    }
}

/* ---- too long ---- */

typedef struct
{
  const char *model;
  const char *refusal; /* in the words of the upstream that the model has */
} Overflow;

static const Overflow overflows[] = {
  { "gpt-4.1",
    "{'on':'POST /*','reply':{'status':400,'json':{'error':{'message':'prompt token count of 130001 "
    "exceeds the limit of 128000','code':'model_max_prompt_tokens_exceeded'}}}}" },
  { "gpt-5.5",
    "{'on':'POST /*','reply':{'status':400,'json':{'error':{'message':'Your input exceeds the "
    "context window of this model. Please adjust your input and try again.','type':"
    "'invalid_request_error','param':'input','code':'context_length_exceeded'}}}}" },
  { "claude-sonnet-4.6",
    "{'on':'POST /*','reply':{'status':400,'json':{'type':'error','error':{'type':"
    "'invalid_request_error','message':'prompt is too long: 170001 tokens > 168000 maximum'}}}}" },
};

static void
assert_overflow (Api api, Answer *answer)
{
  g_autoptr (JsonObject) object = NULL;

  api_assert_error (api,
                    answer,
                    400,
                    word (api, "invalid_request_error", "context_length_exceeded"),
                    NULL);
  object = answer_parse (answer);
  if (api == API_MESSAGES)
    g_assert_true (g_regex_match_simple (
        "^prompt is too long: [0-9]+ tokens > [0-9]+ maximum$",
        jump_json_get_string (jump_json_get_object (object, "error"), "message", NULL),
        0,
        0));
}

static void
test_overflow (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (overflows); i++)
    {
      g_autoptr (Fixture) fixture = fixture_new_ruled (overflows[i].refusal);

      for (Api api = 0; api < N_APIS; api++)
        for (guint stream = 0; stream < 2; stream++)
          {
            g_autoptr (Answer) answer =
                api_ask (fixture, api, overflows[i].model, "hello", stream == 1);

            g_test_message ("%s %s", overflows[i].model, api_path (api));
            assert_overflow (api, answer);
          }
      g_assert_cmpuint (upstream_calls (fixture), ==, 2 * N_APIS);
    }
}

/* A prompt that is really too long for a small model. */
static void
test_real_overflow (void)
{
  g_autoptr (Fixture) fixture = fixture_new ("matrix");
  g_autofree char *text = g_strnfill (6000, 'x');

  for (Api api = 0; api < N_APIS; api++)
    {
      g_autoptr (Answer) answer = api_ask (fixture, api, "sim-small", text, TRUE);

      assert_overflow (api, answer);
    }
}

/* Too many bytes for upstream's front is too long a prompt for an agent. */
static void
test_upstream_too_large (void)
{
  static const char *const models[] = { "gpt-4.1", "gpt-5.5", "claude-sonnet-4.6" };
  g_autoptr (Fixture) fixture = fixture_new_ruled (
      "{'on':'POST /*','reply':{'status':413,'text':'failed to parse request: body too large'}}");

  for (gsize i = 0; i < G_N_ELEMENTS (models); i++)
    for (Api api = 0; api < N_APIS; api++)
      {
        g_autoptr (Answer) answer = api_ask (fixture, api, models[i], "hello", TRUE);

        assert_overflow (api, answer);
        assert_says (answer_header (answer, "x-jumpseat-changes"), "overflow-reworded");
      }
}

/* Copilot blames the model for a field that it does not know (protocol 5.3). */
static void
test_unknown_fields (void)
{
  g_autoptr (Fixture) fixture = fixture_new ("{\"strict_fields\":true}");
  g_autoptr (Answer) odd =
      ask_quoted (fixture,
                  "/v1/chat/completions",
                  "{'model':'gpt-4.1','web_search_options':{},'safety_identifier':'x',"
                  "'messages':[{'role':'user','content':'hi'}]}");
  g_autoptr (Answer) plain =
      ask_quoted (fixture,
                  "/v1/chat/completions",
                  "{'model':'gpt-4.1','messages':[{'role':'user','content':'hi'}]}");
  g_autofree char *sent = upstream_body (fixture, "POST /chat/completions", 1);

  g_assert_cmpuint (odd->status, ==, 200);
  assert_says (answer_header (odd, "x-jumpseat-changes"),
               "unknown-fields-dropped:web_search_options/safety_identifier");
  assert_silent (sent, "web_search_options");
  g_assert_cmpuint (plain->status, ==, 200);
  g_assert_cmpuint (upstream_calls (fixture), ==, 3);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/errors/signed-out", test_signed_out);
  g_test_add_func ("/errors/unknown-model", test_unknown_model);
  g_test_add_func ("/errors/refused-requests", test_refused_requests);
  g_test_add_func ("/errors/too-large", test_too_large);
  g_test_add_func ("/errors/unknown-paths", test_unknown_paths);
  g_test_add_func ("/errors/overflow", test_overflow);
  g_test_add_func ("/errors/overflow/real", test_real_overflow);
  g_test_add_func ("/errors/upstream-too-large", test_upstream_too_large);
  g_test_add_func ("/errors/unknown-fields", test_unknown_fields);
  return g_test_run ();
}
