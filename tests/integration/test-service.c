/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "tests/integration/fixture.h"
#include "tests/support/http-peer.h"

#include <string.h>

static JsonObject *
parse (Answer *answer)
{
  g_autoptr (GError) error = NULL;
  JsonObject *object =
      jump_json_parse_object (answer->body->str, (gssize) answer->body->len, &error);

  g_assert_no_error (error);
  return object;
}

static void
assert_error (Answer *answer, guint status, const char *code)
{
  g_autoptr (JsonObject) object = NULL;
  JsonObject *error;

  g_assert_no_error (answer->error);
  g_assert_cmpuint (answer->status, ==, status);
  object = parse (answer);
  error = jump_json_get_object (object, "error");
  g_assert_nonnull (error);
  g_assert_nonnull (jump_json_get_string (error, "message", NULL));
  g_assert_nonnull (jump_json_get_string (error, "type", NULL));
  g_assert_true (json_object_has_member (error, "param"));
  g_assert_cmpstr (jump_json_get_string (error, "code", NULL), ==, code);
}

static void
assert_complete_stream (Answer *answer)
{
  g_auto (GStrv) events = NULL;

  g_assert_no_error (answer->error);
  g_assert_cmpuint (answer->status, ==, 200);
  g_assert_cmpstr (answer_header (answer, "content-type"), ==, "text/event-stream");
  events = answer_events (answer);
  g_assert_cmpuint (g_strv_length (events), >, 2);
  g_assert_cmpstr (events[g_strv_length (events) - 1], ==, "[DONE]");
}

static void
test_chat (void)
{
  g_autoptr (Fixture) fixture = fixture_new ("test");
  g_autoptr (Answer) answer = fixture_chat (fixture, "gpt-4.1", "hello", FALSE);
  g_autoptr (JsonObject) object = NULL;
  JsonObject *choice;

  g_assert_no_error (answer->error);
  g_assert_cmpuint (answer->status, ==, 200);
  object = parse (answer);
  g_assert_cmpstr (jump_json_get_string (object, "object", NULL), ==, "chat.completion");
  g_assert_cmpstr (jump_json_get_string (object, "model", NULL), ==, "gpt-4.1");
  g_assert_cmpint (jump_json_get_int (object, "created", 0), >, 0);
  choice = jump_json_array_get_object (jump_json_get_array (object, "choices"), 0);
  g_assert_nonnull (
      jump_json_get_string (jump_json_get_object (choice, "message"), "content", NULL));
  g_assert_nonnull (jump_json_get_object (object, "usage"));
  g_assert_nonnull (answer_header (answer, "x-request-id"));
  g_assert_nonnull (answer_header (answer, "x-quota-snapshot-premium_interactions"));
  g_assert_cmpstr (
      jump_simulator_get_header (fixture->simulator, "POST /chat/completions", 0, "X-Request-Id"),
      ==,
      answer_header (answer, "x-request-id"));
  g_assert_cmpstr (
      jump_simulator_get_header (fixture->simulator, "POST /chat/completions", 0, "X-Initiator"),
      ==,
      "user");
}

static void
test_stream (void)
{
  static const char *const models[] = { "gpt-4.1",
                                        "claude-sonnet-4.6",
                                        "gpt-5-mini",
                                        "gemini-2.5-pro" };
  g_autoptr (Fixture) fixture = fixture_new ("test");

  for (gsize i = 0; i < G_N_ELEMENTS (models); i++)
    {
      g_autoptr (Answer) answer = fixture_chat (fixture, models[i], "hello world", TRUE);
      g_autofree char *text = NULL;

      assert_complete_stream (answer);
      text = answer_streamed_text (answer);
      g_assert_cmpstr (text, !=, "");
      /* Asked of upstream, hidden from a client that did not ask. */
      g_assert_null (strstr (answer->body->str, "prompt_tokens"));
    }
}

/* The same stream cut at every byte gives the client the same events. */
static void
test_stream_byte_by_byte (void)
{
  g_autoptr (Fixture) whole = fixture_new ("test");
  g_autoptr (Fixture) split = fixture_new (
      "{\"account\":{\"kind\":\"pro\",\"login\":\"octocat\"},\"models\":\"default\","
      "\"rules\":[{\"on\":\"POST /chat/completions\",\"stream\":{\"split_bytes\":1}}]}");
  g_autoptr (Answer) first = fixture_chat (whole, "gpt-4.1", "hello world", TRUE);
  g_autoptr (Answer) second = fixture_chat (split, "gpt-4.1", "hello world", TRUE);
  g_autofree char *first_text = NULL;
  g_autofree char *second_text = NULL;

  assert_complete_stream (first);
  assert_complete_stream (second);
  first_text = answer_streamed_text (first);
  second_text = answer_streamed_text (second);
  g_assert_cmpstr (first_text, ==, second_text);
}

static void
test_usage_when_asked (void)
{
  g_autoptr (Fixture) fixture = fixture_new ("test");
  g_autoptr (Answer) answer = fixture_ask (
      fixture,
      "POST",
      "/chat/completions",
      "{\"model\":\"gpt-4.1\",\"stream\":true,\"stream_options\":{\"include_usage\":true},"
      "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}");
  g_auto (GStrv) events = NULL;
  g_autoptr (JsonObject) last = NULL;

  assert_complete_stream (answer);
  events = answer_events (answer);
  last = jump_json_parse_object (events[g_strv_length (events) - 2], -1, NULL);
  g_assert_cmpuint (json_array_get_length (jump_json_get_array (last, "choices")), ==, 0);
  g_assert_cmpint (jump_json_get_int (jump_json_get_object (last, "usage"), "prompt_tokens", 0),
                   >,
                   0);
}

/* A laptop sleeps for an hour: the token is dead, and no client may notice. */
static void
test_sleep (void)
{
  g_autoptr (Fixture) fixture = fixture_new ("test");

  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (Answer) answer = fixture_chat (fixture, "gpt-4.1", "hello", i % 2 == 1);

      g_assert_cmpuint (answer->status, ==, 200);
      g_assert_cmpuint (jump_simulator_count (fixture->simulator, "GET /copilot_internal/v2/token"),
                        ==,
                        i + 1);
      jump_clock_fake_sleep (fixture->clock, 3600);
    }
}

/* Awake, the token is renewed before it ends, and nobody waits for it. */
static void
test_renewal_in_time (void)
{
  g_autoptr (Fixture) fixture = fixture_new ("test");
  g_autoptr (Answer) first = fixture_chat (fixture, "gpt-4.1", "hello", FALSE);

  g_assert_cmpuint (first->status, ==, 200);
  for (guint minute = 0; minute < 90; minute++)
    {
      jump_clock_fake_advance (fixture->clock, 60 * 1000);
      turn_some (50);
    }
  g_assert_cmpuint (jump_simulator_count (fixture->simulator, "GET /copilot_internal/v2/token"),
                    >=,
                    4);
  g_assert_cmpuint (jump_simulator_count (fixture->simulator, "GET /copilot_internal/v2/token"),
                    <=,
                    6);
}

/* While the old token is good, a renewal that fails keeps nobody from working. */
static void
test_renewal_fails (void)
{
  g_autoptr (Fixture) fixture = fixture_new (
      "{\"account\":{\"kind\":\"pro\"},\"models\":\"default\",\"rules\":[{\"on\":\"GET "
      "/copilot_internal/v2/token\",\"calls\":\"2-\",\"reply\":{\"status\":500,"
      "\"text\":\"oops\"}}]}");
  JumpTokenManager *tokens = jump_service_get_token_manager (fixture->service);
  g_autoptr (Answer) first = fixture_chat (fixture, "gpt-4.1", "hello", FALSE);
  g_autoptr (Answer) second = NULL;
  g_autoptr (Answer) ready = NULL;

  g_assert_cmpuint (first->status, ==, 200);
  jump_clock_fake_advance (fixture->clock, 1290 * 1000);
  for (guint i = 0; i < 10000 && jump_token_manager_get_problem (tokens) == NULL; i++)
    {
      jump_clock_fake_advance (fixture->clock, 100);
      turn_some (20);
    }
  g_assert_nonnull (jump_token_manager_get_problem (tokens));
  second = fixture_chat (fixture, "gpt-4.1", "hello", FALSE);
  g_assert_cmpuint (second->status, ==, 200);
  ready = fixture_ask (fixture, "GET", "/readyz", NULL);
  g_assert_cmpuint (ready->status, ==, 200);
}

static void
test_revoked_in_session (void)
{
  g_autoptr (Fixture) fixture = fixture_new ("test");
  g_autoptr (Answer) first = fixture_chat (fixture, "gpt-4.1", "hello", FALSE);
  g_autoptr (Answer) second = NULL;

  g_assert_cmpuint (first->status, ==, 200);
  jump_simulator_revoke_copilot_tokens (fixture->simulator);
  second = fixture_chat (fixture, "gpt-4.1", "hello again", TRUE);
  assert_complete_stream (second);
  g_assert_cmpuint (jump_simulator_count (fixture->simulator, "POST /chat/completions"), ==, 3);
  g_assert_cmpuint (jump_simulator_count (fixture->simulator, "GET /copilot_internal/v2/token"),
                    ==,
                    2);
}

static void
test_scenarios (void)
{
  static const struct
  {
    const char *scenario;
    guint status;
    const char *code; /* NULL: success */
  } cases[] = {
    { "expired-mid-session", 200, NULL },
    { "misdirected-421", 200, NULL },
    { "exchange-404", 200, NULL },
    { "business", 200, NULL },
    { "quota-402", 402, "quota_exceeded" },
    { "rate-limited-429", 429, "rate_limit_exceeded" }, /* the second time from here */
    { "no-seat", 403, NULL },
    { "revoked", 401, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Fixture) fixture = fixture_new (cases[i].scenario);
      g_autoptr (Answer) answer = NULL;

      g_test_message ("%s", cases[i].scenario);
      for (guint n = 0; n < 2; n++)
        {
          g_clear_pointer (&answer, answer_free);
          answer = fixture_chat (fixture, "gpt-4.1", "hello", FALSE);
          g_assert_no_error (answer->error);
          g_assert_cmpuint (answer->status, ==, cases[i].status);
        }
      if (cases[i].code != NULL)
        assert_error (answer, cases[i].status, cases[i].code);
      if (cases[i].status == 429)
        g_assert_nonnull (answer_header (answer, "retry-after"));
    }
}

static void
test_broken_streams (void)
{
  static const char *const scenarios[] = { "cut-mid-stream", "error-in-stream" };

  for (gsize i = 0; i < G_N_ELEMENTS (scenarios); i++)
    {
      g_autoptr (Fixture) fixture = fixture_new (scenarios[i]);
      g_autoptr (Answer) answer = fixture_chat (fixture, "gpt-4.1", "hello world", TRUE);
      g_auto (GStrv) events = NULL;
      g_autoptr (JsonObject) last = NULL;

      g_assert_no_error (answer->error); /* ended properly, not cut */
      g_assert_cmpuint (answer->status, ==, 200);
      events = answer_events (answer);
      last = jump_json_parse_object (events[g_strv_length (events) - 1], -1, NULL);
      g_assert_nonnull (last);
      g_assert_nonnull (jump_json_get_object (last, "error"));
    }
}

static void
test_models_are_coalesced (void)
{
  g_autoptr (Fixture) fixture = fixture_new ("test");
  Answer *answers[50];

  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    answers[i] = fixture_start (fixture, "GET", "/v1/models", NULL, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      answer_wait (answers[i]);
      g_assert_cmpuint (answers[i]->status, ==, 200);
      g_assert_cmpstr (answers[i]->body->str, ==, answers[0]->body->str);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    answer_free (answers[i]);
  g_assert_cmpuint (jump_simulator_count (fixture->simulator, "GET /models"), ==, 1);
}

static void
test_models (void)
{
  g_autoptr (Fixture) fixture = fixture_new ("test");
  g_autoptr (Answer) list = fixture_ask (fixture, "GET", "/models", NULL);
  g_autoptr (Answer) full = fixture_ask (fixture, "GET", "/v1/models/full/", NULL);
  g_autoptr (Answer) one = fixture_ask (fixture, "GET", "/v1/models/claude-sonnet-4.6", NULL);
  g_autoptr (Answer) none = fixture_ask (fixture, "GET", "/v1/models/gpt-4.2", NULL);
  g_autoptr (JsonObject) list_object = parse (list);
  g_autoptr (JsonObject) full_object = parse (full);
  g_autoptr (JsonObject) one_object = parse (one);
  JsonObject *first = jump_json_array_get_object (jump_json_get_array (list_object, "data"), 0);

  g_assert_cmpstr (jump_json_get_string (list_object, "object", NULL), ==, "list");
  g_assert_false (jump_json_get_boolean (list_object, "has_more", TRUE));
  g_assert_nonnull (jump_json_get_string (first, "id", NULL));
  g_assert_cmpstr (jump_json_get_string (first, "object", NULL), ==, "model");
  g_assert_nonnull (jump_json_get_string (first, "owned_by", NULL));
  g_assert_nonnull (jump_json_get_string (first, "created_at", NULL));
  g_assert_cmpint (jump_json_get_int (first, "context_length", 0), >, 0);
  g_assert_nonnull (jump_json_get_object (
      jump_json_array_get_object (jump_json_get_array (full_object, "data"), 0),
      "capabilities"));
  g_assert_cmpstr (jump_json_get_string (one_object, "id", NULL), ==, "claude-sonnet-4.6");
  assert_error (none, 404, "model_not_found");
  g_assert_nonnull (strstr (none->body->str, "gpt-4.1"));
}

static void
test_model_names (void)
{
  static const struct
  {
    const char *asked;
    const char *used;
  } cases[] = {
    { "gpt-4.1", "gpt-4.1" },
    { "GPT-4.1", "gpt-4.1" },
    { "gpt-4o-2024-11-20", "gpt-4o" },
    { "claude-sonnet-4-6", "claude-sonnet-4.6" },
    { "4o", "gpt-4o" },
    { "openai/gpt-4.1", "gpt-4.1" },
  };
  g_autoptr (Fixture) fixture = fixture_new ("test");
  g_autoptr (Answer) unknown = NULL;
  g_autoptr (Answer) endless = NULL;
  g_autofree char *endless_name = g_strnfill (1024 * 1024, 'x');

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Answer) answer = fixture_chat (fixture, cases[i].asked, "hello", FALSE);
      g_autoptr (JsonObject) object = NULL;
      JsonNode *sent;

      g_assert_cmpuint (answer->status, ==, 200);
      object = parse (answer);
      g_assert_cmpstr (jump_json_get_string (object, "model", NULL), ==, cases[i].asked);
      sent = jump_simulator_get_body (fixture->simulator, "POST /chat/completions", 0);
      g_assert_cmpstr (jump_json_get_string (json_node_get_object (sent), "model", NULL),
                       ==,
                       cases[i].used);
    }
  unknown = fixture_chat (fixture, "gpt-4.2", "hello", FALSE);
  assert_error (unknown, 404, "model_not_found");
  /* Neither the log nor the reply repeats what is no name at all. */
  endless = fixture_chat (fixture, endless_name, "hello", FALSE);
  assert_error (endless, 400, "invalid_request");
  g_assert_cmpuint (endless->body->len, <, 1000);
}

static void
test_refusals (void)
{
  static const struct
  {
    const char *method;
    const char *path;
    const char *body;
    const char *header;
    const char *value;
    guint status;
    const char *code;
  } cases[] = {
    { "GET", "/nothing", NULL, "X-Test", "1", 404, "unknown_path" },
    { "DELETE", "/v1/models", NULL, "X-Test", "1", 405, "method_not_allowed" },
    { "GET", "/v1/chat/completions", NULL, "X-Test", "1", 405, "method_not_allowed" },
    { "OPTIONS",
      "/v1/chat/completions",
      NULL,
      "Access-Control-Request-Method",
      "POST",
      405,
      "method_not_allowed" },
    { "POST", "/v1/chat/completions", "{\"model\":", "X-Test", "1", 400, "invalid_json" },
    { "POST", "/v1/chat/completions", "", "X-Test", "1", 400, "invalid_json" },
    { "POST", "/v1/chat/completions", "[]", "X-Test", "1", 400, NULL },
    { "POST", "/v1/chat/completions", "{\"model\":\"gpt-4.1\"}", "X-Test", "1", 400, NULL },
    { "POST", "/v1/chat/completions", "{}", "Host", "evil.example", 421, "wrong_host" },
    { "GET", "/livez", NULL, "Host", "evil.example:8081", 421, "wrong_host" },
    { "GET", "/v1/models", NULL, "Origin", "https://evil.example", 403, "forbidden" },
    { "POST", "/v1/chat/completions", "{}", "Origin", "null", 403, "forbidden" },
    { "GET", "/v1/models", NULL, "Sec-Fetch-Site", "cross-site", 403, "forbidden" },
    { "GET", "/api/status", NULL, "X-Test", "1", 401, "invalid_control_key" },
    { "GET", "/api/status", NULL, "Authorization", "Bearer wrong", 401, "invalid_control_key" },
    { "POST", "/api/logout", NULL, "X-Test", "1", 401, "invalid_control_key" },
  };
  g_autoptr (Fixture) fixture = fixture_new ("test");

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Answer) answer = NULL;

      g_test_message ("%s %s %s", cases[i].method, cases[i].path, cases[i].header);
      answer = fixture_start (fixture,
                              cases[i].method,
                              cases[i].path,
                              cases[i].body,
                              cases[i].header,
                              cases[i].value,
                              NULL);
      answer_wait (answer);
      if (cases[i].code != NULL)
        assert_error (answer, cases[i].status, cases[i].code);
      g_assert_cmpuint (answer->status, ==, cases[i].status);
      g_assert_null (answer_header (answer, "access-control-allow-origin"));
      if (cases[i].status == 405)
        g_assert_nonnull (answer_header (answer, "allow"));
    }
  g_assert_cmpuint (jump_simulator_count (fixture->simulator, "POST /chat/completions"), ==, 0);
}

static void
test_body_limit (void)
{
  g_autoptr (Fixture) fixture = fixture_new ("test");
  g_autoptr (GError) error = NULL;
  g_autofree char *big = g_strnfill (3 * 1024 * 1024, ' ');
  static const char *const framings[] = { "X-Test", "Transfer-Encoding", "Expect" };
  static const char *const values[] = { "1", "chunked", "100-continue" };

  jump_settings_override (fixture->settings, JUMP_KEY_SERVER_BODY_LIMIT, "1048576", "test", &error);
  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (framings); i++)
    {
      g_autoptr (Answer) answer = fixture_start (fixture,
                                                 "POST",
                                                 "/v1/chat/completions",
                                                 big,
                                                 framings[i],
                                                 values[i],
                                                 NULL);
      g_autoptr (Answer) healthy = NULL;

      answer_wait (answer);
      assert_error (answer, 413, "body_too_large");
      healthy = fixture_chat (fixture, "gpt-4.1", "hello", FALSE);
      g_assert_cmpuint (healthy->status, ==, 200);
    }
}

/* Large bodies are read in a worker thread; nothing of them may be lost on the way. */
static void
test_big_request (void)
{
  g_autoptr (Fixture) fixture = fixture_new ("test");
  g_autofree char *filler = g_strnfill (400 * 1024, 'x');
  g_autoptr (Answer) answer = fixture_chat (fixture, "gpt-4.1", filler, FALSE);
  JsonNode *sent = jump_simulator_get_body (fixture->simulator, "POST /chat/completions", 0);
  JsonArray *messages;

  g_assert_nonnull (sent);
  messages = jump_json_get_array (json_node_get_object (sent), "messages");
  g_assert_cmpuint (
      strlen (jump_json_get_string (jump_json_array_get_object (messages, 0), "content", "")),
      ==,
      400 * 1024);
  g_assert_cmpuint (answer->status, !=, 0);
}

static gboolean
was_cancelled (gpointer data)
{
  return jump_simulator_count_cancelled (((Fixture *) data)->simulator) == 1;
}

static gboolean
has_some_body (gpointer data)
{
  return ((Answer *) data)->body->len > 0;
}

/* A client that leaves in the middle of a stream takes the upstream request with it. */
static void
test_client_leaves (void)
{
  g_autoptr (Fixture) fixture =
      fixture_new ("{\"account\":{\"kind\":\"pro\"},\"models\":\"default\",\"rules\":[{\"on\":"
                   "\"POST /chat/completions\",\"stream\":{\"stall_after\":2}}]}");
  Answer *answer = fixture_start (fixture,
                                  "POST",
                                  "/v1/chat/completions",
                                  "{\"model\":\"gpt-4.1\",\"stream\":true,\"messages\":[{\"role\":"
                                  "\"user\",\"content\":\"hello there world\"}]}",
                                  NULL);

  turn_until (has_some_body, answer);
  g_assert_cmpuint (jump_simulator_count_cancelled (fixture->simulator), ==, 0);
  answer_free (answer);
  turn_until (was_cancelled, fixture);
}

static void
test_health (void)
{
  g_autoptr (Fixture) fixture = fixture_new ("test");
  g_autoptr (Answer) chat = fixture_chat (fixture, "gpt-4.1", "hello", FALSE);
  g_autoptr (Answer) json = fixture_ask (fixture, "GET", "/v1/health", NULL);
  g_autoptr (Answer) text =
      fixture_start (fixture, "GET", "/health", NULL, "Accept", "text/plain", NULL);
  g_autoptr (Answer) live = fixture_ask (fixture, "GET", "/livez", NULL);
  g_autoptr (Answer) ready = fixture_ask (fixture, "GET", "/readyz", NULL);
  g_autoptr (Answer) version = fixture_ask (fixture, "GET", "/version", NULL);
  g_autoptr (JsonObject) object = parse (json);

  g_assert_cmpuint (chat->status, ==, 200);
  g_assert_cmpstr (jump_json_get_string (object, "status", NULL), ==, "healthy");
  g_assert_cmpuint (json_array_get_length (jump_json_get_array (object, "checks")), ==, 6);
  g_assert_nonnull (jump_json_get_object (object, "system"));
  answer_wait (text);
  g_assert_cmpstr (text->body->str, ==, "OK");
  g_assert_cmpuint (live->status, ==, 200);
  g_assert_cmpuint (ready->status, ==, 200);
  g_assert_nonnull (strstr (version->body->str, "\"version\""));
}

/* What went wrong once is not what goes wrong now. */
static void
test_health_recovers (void)
{
  g_autoptr (Fixture) fixture = fixture_new (
      "{\"account\":{\"kind\":\"pro\"},\"models\":\"default\",\"rules\":[{\"on\":\"POST "
      "/chat/completions\",\"calls\":\"1\",\"reply\":{\"status\":502,\"text\":\"oops\"}}]}");
  static const struct
  {
    guint status;
    const char *health;
  } rows[] = { { 502, "degraded" }, { 200, "healthy" } };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (Answer) chat = fixture_chat (fixture, "gpt-4.1", "hello", FALSE);
      g_autoptr (Answer) health = fixture_ask (fixture, "GET", "/health", NULL);
      g_autoptr (JsonObject) object = parse (health);

      g_assert_cmpuint (chat->status, ==, rows[i].status);
      g_assert_cmpstr (jump_json_get_string (object, "status", NULL), ==, rows[i].health);
    }
}

/* What was said before the connection broke counts. */
static void
test_refusal_cut_off (void)
{
  g_autoptr (Fixture) fixture = fixture_new ("test");
  g_autoptr (JumpHttpPeer) peer = jump_http_peer_new ();
  g_autofree char *url = jump_http_peer_dup_url (peer, "");
  g_autoptr (Answer) answer = NULL;

  jump_http_peer_add_reply (peer,
                            "HTTP/1.1 429 Too Many\r\nRetry-After: 7\r\nContent-Length: 500\r\n\r\n"
                            "slow down",
                            -1,
                            0,
                            JUMP_PEER_CLOSE);
  g_assert_true (
      jump_settings_override (fixture->settings, JUMP_KEY_UPSTREAM_COPILOT_URL, url, "test", NULL));
  answer = fixture_chat (fixture, "gpt-4.1", "hello", TRUE);
  g_assert_cmpuint (answer->status, ==, 429);
  g_assert_cmpstr (answer_header (answer, "retry-after"), ==, "7");
  g_assert_nonnull (strstr (answer->body->str, "slow down"));
}

/* S-08: the sixth call is refused here, and told when to come back. */
static void
test_breaker (void)
{
  g_autoptr (Fixture) fixture = fixture_new (
      "{\"account\":{\"kind\":\"pro\"},\"models\":\"default\",\"rules\":[{\"on\":\"POST "
      "/chat/completions\",\"reply\":{\"status\":500,\"text\":\"oops\"}}]}");
  g_autoptr (Answer) refused = NULL;

  for (guint i = 0; i < 5; i++)
    {
      g_autoptr (Answer) failed = fixture_chat (fixture, "gpt-4.1", "hello", FALSE);

      g_assert_cmpuint (failed->status, ==, 500);
      g_assert_null (answer_header (failed, "retry-after"));
    }
  jump_clock_fake_advance (fixture->clock, 12000);
  refused = fixture_chat (fixture, "gpt-4.1", "hello", TRUE);
  g_assert_cmpuint (refused->status, ==, 503);
  g_assert_cmpstr (answer_header (refused, "retry-after"), ==, "18");
  g_assert_cmpuint (jump_simulator_count (fixture->simulator, "POST /chat/completions"), ==, 5);
}

static void
test_signed_out (void)
{
  g_autoptr (Fixture) fixture = fixture_new_signed_out ("test");
  g_autoptr (Answer) chat = fixture_chat (fixture, "gpt-4.1", "hello", FALSE);
  g_autoptr (Answer) models = fixture_ask (fixture, "GET", "/v1/models", NULL);
  g_autoptr (Answer) ready = fixture_ask (fixture, "GET", "/readyz", NULL);

  assert_error (chat, 401, "not_signed_in");
  g_assert_cmpuint (models->status, ==, 200); /* the built-in list */
  g_assert_cmpuint (ready->status, ==, 503);
}

static gboolean
has_code (gpointer data)
{
  JumpDeviceFlow *flow = jump_account_get_sign_in (data);

  return flow != NULL && jump_device_flow_get_user_code (flow) != NULL;
}

static gboolean
is_signed_in (gpointer data)
{
  return jump_account_get_state (data) == JUMP_ACCOUNT_SIGNED_IN;
}

/* From nobody to a chat by the device flow, and back when GitHub takes the token away. */
static void
test_sign_in (void)
{
  g_autoptr (Fixture) fixture = fixture_new_signed_out ("test");
  JumpAccount *account = jump_service_get_account (fixture->service);
  g_autoptr (Answer) before = fixture_chat (fixture, "gpt-4.1", "hello", FALSE);
  g_autoptr (Answer) after = NULL;
  g_autoptr (Answer) revoked = NULL;

  assert_error (before, 401, "not_signed_in");
  jump_account_start_sign_in (account);
  turn_until (has_code, account);
  g_assert_true (jump_simulator_authorize (
      fixture->simulator,
      jump_device_flow_get_user_code (jump_account_get_sign_in (account))));
  for (guint i = 0; i < 1000 && !is_signed_in (account); i++)
    {
      jump_clock_fake_advance (fixture->clock, 1000);
      turn_some (50);
    }
  g_assert_true (is_signed_in (account));
  after = fixture_chat (fixture, "gpt-4.1", "hello", TRUE);
  assert_complete_stream (after);

  jump_simulator_revoke_github_tokens (fixture->simulator);
  jump_simulator_revoke_copilot_tokens (fixture->simulator);
  revoked = fixture_chat (fixture, "gpt-4.1", "hello", FALSE);
  g_assert_cmpuint (revoked->status, ==, 401);
  g_assert_cmpint (
      jump_token_manager_get_problem (jump_service_get_token_manager (fixture->service))->kind,
      ==,
      JUMP_PROBLEM_TOKEN_REVOKED);
}

static void
on_exchange_ended (JumpService *service, JumpExchangeRecord *record, gpointer user_data)
{
  char **error = user_data;

  g_clear_pointer (error, g_free);
  *error = g_strdup (record->error);
}

/* What upstream said inside a stream stands in the record, without the token it may repeat. */
static void
test_stream_error_is_recorded (void)
{
  g_autoptr (Fixture) fixture = fixture_new (
      "{\"account\":{\"kind\":\"pro\"},\"models\":\"default\",\"rules\":[{\"on\":"
      "\"POST /chat/completions\",\"stream\":{\"chunks\":[{\"choices\":null,\"error\":"
      "{\"code\":429,\"message\":\"too many with Bearer ghu_0123456789abcdefghij\"}}]}}]}");
  g_autofree char *error = NULL;
  g_autoptr (Answer) answer = NULL;

  g_signal_connect (fixture->service, "exchange-ended", G_CALLBACK (on_exchange_ended), &error);
  answer = fixture_chat (fixture, "gpt-4.1", "hello", TRUE);
  g_assert_cmpuint (answer->status, ==, 200);
  g_assert_nonnull (error);
  g_assert_nonnull (strstr (error, "too many"));
  g_assert_null (strstr (error, "ghu_0123"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/service/chat", test_chat);
  g_test_add_func ("/service/stream", test_stream);
  g_test_add_func ("/service/stream/byte-by-byte", test_stream_byte_by_byte);
  g_test_add_func ("/service/stream/usage-when-asked", test_usage_when_asked);
  g_test_add_func ("/service/stream/broken", test_broken_streams);
  g_test_add_func ("/service/sign-in", test_sign_in);
  g_test_add_func ("/service/stream/error-is-recorded", test_stream_error_is_recorded);
  g_test_add_func ("/service/token/sleep", test_sleep);
  g_test_add_func ("/service/token/renewal-in-time", test_renewal_in_time);
  g_test_add_func ("/service/token/renewal-fails", test_renewal_fails);
  g_test_add_func ("/service/token/revoked-in-session", test_revoked_in_session);
  g_test_add_func ("/service/scenarios", test_scenarios);
  g_test_add_func ("/service/models", test_models);
  g_test_add_func ("/service/models/coalesced", test_models_are_coalesced);
  g_test_add_func ("/service/models/names", test_model_names);
  g_test_add_func ("/service/refusals", test_refusals);
  g_test_add_func ("/service/body-limit", test_body_limit);
  g_test_add_func ("/service/big-request", test_big_request);
  g_test_add_func ("/service/client-leaves", test_client_leaves);
  g_test_add_func ("/service/health", test_health);
  g_test_add_func ("/service/health/recovers", test_health_recovers);
  g_test_add_func ("/service/refusal-cut-off", test_refusal_cut_off);
  g_test_add_func ("/service/breaker", test_breaker);
  g_test_add_func ("/service/signed-out", test_signed_out);
  return g_test_run ();
}
