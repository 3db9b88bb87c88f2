/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/json-read.h"
#include "service/simulator/simulator.h"
#include "tests/support/clock-fake.h"

#include <libsoup/soup.h>
#include <string.h>

#define CHAT  "POST /chat/completions"
#define HELLO "\"messages\":[{\"role\":\"user\",\"content\":\"Hello you there\"}]"

typedef struct
{
  JumpClock *clock;
  JumpSimulator *simulator;
  SoupSession *session;
  char *github;
  char *copilot;
} Fixture;

typedef struct
{
  guint status;
  char *type;
  char *body;
} Reply;

static void
reply_clear (Reply *reply)
{
  g_free (reply->type);
  g_free (reply->body);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reply, reply_clear)

static void
on_result_came (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static GAsyncResult *
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return *result;
}

static void
spin (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static JumpScenario *
read_scenario (const char *text)
{
  g_autoptr (GError) error = NULL;
  JumpScenario *scenario = *text == '{' ? jump_scenario_new_from_data (text, -1, &error)
                                        : jump_scenario_new_builtin (text, &error);

  g_assert_no_error (error);
  return scenario;
}

static void
set_scenario (Fixture *fixture, const char *text)
{
  g_autoptr (JumpScenario) scenario = read_scenario (text);

  jump_simulator_set_scenario (fixture->simulator, scenario);
}

/* @authorization: (nullable): NULL sends the Copilot token and the other usual headers. */
static SoupMessage *
make_message (Fixture *fixture, const char *key, const char *body, const char *authorization)
{
  g_auto (GStrv) parts = g_strsplit (key, " ", 2);
  g_autofree char *url = g_strconcat (jump_simulator_get_url (fixture->simulator), parts[1], NULL);
  SoupMessage *message = soup_message_new (parts[0], url);
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);

  if (body != NULL)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));

      soup_message_set_request_body_from_bytes (message, "application/json", bytes);
    }
  soup_message_headers_replace (headers, "User-Agent", "GitHubCopilotChat/0.52.0");
  if (authorization == NULL)
    {
      g_autofree char *bearer = g_strconcat ("Bearer ", fixture->copilot, NULL);

      soup_message_headers_replace (headers, "Authorization", bearer);
      soup_message_headers_replace (headers, "Editor-Version", "vscode/1.124.2");
      soup_message_headers_replace (headers, "Copilot-Integration-Id", "vscode-chat");
    }
  else if (*authorization != '\0')
    {
      soup_message_headers_replace (headers, "Authorization", authorization);
    }
  return message;
}

/* Status 0: the connection broke. */
static Reply
send_message (Fixture *fixture, SoupMessage *message)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GBytes) bytes = NULL;
  Reply reply = { 0 };

  soup_session_send_and_read_async (fixture->session,
                                    message,
                                    G_PRIORITY_DEFAULT,
                                    NULL,
                                    on_result_came,
                                    &result);
  bytes = soup_session_send_and_read_finish (fixture->session, wait_for (&result), NULL);
  if (bytes == NULL)
    return reply;
  reply.status = soup_message_get_status (message);
  reply.type = g_strdup (
      soup_message_headers_get_one (soup_message_get_response_headers (message), "Content-Type"));
  reply.body = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  return reply;
}

static Reply
ask (Fixture *fixture, const char *key, const char *body, const char *authorization)
{
  g_autoptr (SoupMessage) message = make_message (fixture, key, body, authorization);

  return send_message (fixture, message);
}

static JsonObject *
parse (const char *body)
{
  g_autoptr (GError) error = NULL;
  JsonObject *object = jump_json_parse_object (body, -1, &error);

  g_assert_no_error (error);
  return object;
}

static void
exchange (Fixture *fixture)
{
  g_autofree char *authorization = g_strconcat ("token ", fixture->github, NULL);
  g_auto (Reply) reply = ask (fixture, "GET /copilot_internal/v2/token", NULL, authorization);
  g_autoptr (JsonObject) object = NULL;
  JsonObject *endpoints;

  g_assert_cmpuint (reply.status, ==, 200);
  object = parse (reply.body);
  endpoints = jump_json_get_object (object, "endpoints");
  g_assert_cmpstr (jump_json_get_string (endpoints, "api", NULL),
                   ==,
                   jump_simulator_get_url (fixture->simulator));
  g_free (fixture->copilot);
  fixture->copilot = g_strdup (jump_json_get_string (object, "token", NULL));
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JumpScenario) scenario = read_scenario ("test");
  g_autoptr (GError) error = NULL;

  fixture->clock = jump_clock_fake_new ();
  fixture->simulator = jump_simulator_new (fixture->clock, scenario);
  jump_simulator_start (fixture->simulator, 0, &error);
  g_assert_no_error (error);
  fixture->session = soup_session_new ();
  fixture->github = jump_simulator_sign_in (fixture->simulator);
  exchange (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  soup_session_abort (fixture->session);
  g_object_unref (fixture->session);
  g_object_unref (fixture->simulator);
  spin ();
  g_assert_cmpuint (jump_clock_fake_count_alarms (fixture->clock), ==, 0);
  g_object_unref (fixture->clock);
  g_free (fixture->github);
  g_free (fixture->copilot);
}

static void
assert_says (Reply *reply, guint status, const char *says)
{
  if (reply->status != status || strstr (reply->body, says) == NULL)
    g_error ("%u %s, expected %u %s", reply->status, reply->body, status, says);
}

static void
test_exchange (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *scenario;
    guint status;
    const char *says;
  } rows[] = {
    { "test", 200, "\"sku\":\"monthly_subscriber_quota\"" },
    { "business", 200, "\"individual\":false" },
    { "no-seat", 403, "\"notification_id\":\"no_copilot_access\"" },
    { "revoked", 401, "Bad credentials" },
    { "exchange-404", 404, "Not Found" },
    { "{\"account\":{\"kind\":\"ghe\"}}", 403, "Resource not accessible by integration" },
    { "{\"account\":{\"kind\":\"free\"}}", 200, "\"limited_user_quotas\":{\"chat\":47" },
  };
  g_autofree char *authorization = g_strconcat ("token ", fixture->github, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (Reply) reply = { 0 };

      set_scenario (fixture, rows[i].scenario);
      reply = ask (fixture, "GET /copilot_internal/v2/token", NULL, authorization);
      assert_says (&reply, rows[i].status, rows[i].says);
    }
  g_assert_cmpuint (jump_simulator_count (fixture->simulator, "GET /copilot_internal/v2/token"),
                    ==,
                    8);
}

static void
test_bare_agents (Fixture *fixture, gconstpointer data)
{
  static const char *const agents[] = { "curl/7.88.1",
                                        "python-requests/2.31",
                                        "Go-http-client/1.1",
                                        "libsoup/3.2",
                                        "" };
  g_autofree char *authorization = g_strconcat ("token ", fixture->github, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (agents); i++)
    {
      g_autoptr (SoupMessage) message =
          make_message (fixture, "GET /copilot_internal/v2/token", NULL, authorization);
      g_auto (Reply) reply = { 0 };

      soup_message_headers_replace (soup_message_get_request_headers (message),
                                    "User-Agent",
                                    agents[i]);
      reply = send_message (fixture, message);
      assert_says (&reply, 403, "programmatic_token_generation");
    }
}

static void
test_user (Fixture *fixture, gconstpointer data)
{
  g_autofree char *authorization = g_strconcat ("Bearer ", fixture->github, NULL);
  g_auto (Reply) user = ask (fixture, "GET /user", NULL, authorization);
  g_auto (Reply) plan = ask (fixture, "GET /copilot_internal/user", NULL, authorization);
  /* GitHub does not know Copilot's tokens. */
  g_auto (Reply) wrong = ask (fixture, "GET /copilot_internal/user", NULL, NULL);

  assert_says (&user, 200, "\"login\":\"octocat\"");
  assert_says (&plan, 200, "\"premium_interactions\":{\"quota_id\":\"premium_interactions\"");
  assert_says (&wrong, 401, "Bad credentials");
}

static void
test_credentials (Fixture *fixture, gconstpointer data)
{
  g_autofree char *as_token = g_strconcat ("token ", fixture->copilot, NULL);
  g_autofree char *no_editor = g_strconcat ("Bearer ", fixture->copilot, NULL);
  g_autofree char *direct = g_strconcat ("Bearer ", fixture->github, NULL);
  const struct
  {
    const char *authorization;
    guint status;
    const char *says;
  } rows[] = {
    { "", 401, "missing Authorization" },
    { as_token, 400, "Authorization header is badly formatted" },
    { "Bearer tid=1;exp=2:3", 401, "AuthenticateToken authentication failed" },
    { no_editor, 400, "missing Editor-Version header for IDE auth" },
    { direct, 200, "\"object\":\"list\"" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (Reply) reply = ask (fixture, "GET /models", NULL, rows[i].authorization);

      assert_says (&reply, rows[i].status, rows[i].says);
    }
}

static void
test_token_life (Fixture *fixture, gconstpointer data)
{
  g_auto (Reply) before = { 0 };
  g_auto (Reply) after = { 0 };
  g_auto (Reply) again = { 0 };
  g_auto (Reply) revoked = { 0 };

  jump_clock_fake_sleep (fixture->clock, 1799);
  before = ask (fixture, "GET /models", NULL, NULL);
  assert_says (&before, 200, "gpt-4.1");
  jump_clock_fake_sleep (fixture->clock, 1);
  after = ask (fixture, "GET /models", NULL, NULL);
  assert_says (&after, 401, "IDE token expired: unauthorized: token expired\n");
  exchange (fixture);
  again = ask (fixture, "GET /models", NULL, NULL);
  assert_says (&again, 200, "gpt-4.1");
  jump_simulator_revoke_copilot_tokens (fixture->simulator);
  revoked = ask (fixture, "GET /models", NULL, NULL);
  assert_says (&revoked, 401, "token expired");
}

static void
test_models (Fixture *fixture, gconstpointer data)
{
  g_autofree char *anonymous = g_strconcat ("Bearer ", fixture->github, NULL);
  g_auto (Reply) all = ask (fixture, "GET /models", NULL, NULL);
  g_auto (Reply) few = ask (fixture, "GET /models", NULL, anonymous);
  g_auto (Reply) one = ask (fixture, "GET /models/gpt-4.1", NULL, NULL);
  g_auto (Reply) none = ask (fixture, "GET /models/gpt-9", NULL, NULL);
  g_auto (Reply) wrong = ask (fixture, "GET /v1/models", NULL, NULL);
  g_autoptr (JsonObject) all_object = parse (all.body);
  g_autoptr (JsonObject) few_object = parse (few.body);

  g_assert_cmpuint (json_array_get_length (jump_json_get_array (all_object, "data")), ==, 31);
  g_assert_cmpuint (json_array_get_length (jump_json_get_array (few_object, "data")), ==, 7);
  assert_says (&one, 200, "\"id\":\"gpt-4.1\"");
  assert_says (&none, 404, "404 page not found\n");
  assert_says (&wrong, 404, "404 page not found\n");
}

static void
test_policy (Fixture *fixture, gconstpointer data)
{
  const char *body = "{\"model\":\"claude-fable-5\"," HELLO "}";
  g_auto (Reply) before = ask (fixture, CHAT, body, NULL);
  g_auto (Reply) enable =
      ask (fixture, "POST /models/claude-fable-5/policy", "{\"state\":\"enabled\"}", NULL);
  g_auto (Reply) after = ask (fixture, CHAT, body, NULL);
  g_auto (Reply) managed = { 0 };

  assert_says (&before, 400, "model_not_supported");
  assert_says (&enable, 200, "enabled");
  assert_says (&after, 200, "You said");
  set_scenario (fixture, "business");
  managed = ask (fixture, "POST /models/claude-fable-5/policy", "{\"state\":\"enabled\"}", NULL);
  assert_says (&managed, 403, "organization");
}

static void
test_chat (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SoupMessage) message =
      make_message (fixture, CHAT, "{\"model\":\"gpt-4.1\"," HELLO "}", NULL);
  SoupMessageHeaders *headers;
  g_auto (Reply) reply = { 0 };
  g_autoptr (JsonObject) object = NULL;

  soup_message_headers_append (soup_message_get_request_headers (message), "X-Initiator", "user");
  reply = send_message (fixture, message);
  assert_says (&reply, 200, "\"content\":\"You said: Hello you there\"");
  object = parse (reply.body);
  g_assert_cmpstr (jump_json_get_string (object, "model", NULL), ==, "gpt-4.1-2025-04-14");
  g_assert_false (json_object_has_member (object, "object"));
  g_assert_false (json_object_has_member (object, "created"));
  g_assert_nonnull (jump_json_get_object (object, "copilot_usage"));
  headers = soup_message_get_response_headers (message);
  g_assert_nonnull (soup_message_headers_get_one (headers, "x-request-id"));
  g_assert_true (g_str_has_prefix (
      soup_message_headers_get_one (headers, "x-quota-snapshot-premium_interactions"),
      "ent=1500&ov=0.0&ovPerm=false&rem=80.7&rst=2027-02-01T00%3A00%3A00Z"));

  /* What arrived. */
  g_assert_cmpuint (jump_simulator_count (fixture->simulator, CHAT), ==, 1);
  g_assert_cmpstr (jump_simulator_get_header (fixture->simulator, CHAT, 0, "x-initiator"),
                   ==,
                   "user");
  g_assert_null (jump_simulator_get_header (fixture->simulator, CHAT, 1, "x-initiator"));
  g_assert_cmpstr (jump_json_get_string (
                       json_node_get_object (jump_simulator_get_body (fixture->simulator, CHAT, 0)),
                       "model",
                       NULL),
                   ==,
                   "gpt-4.1");
}

/* Claude's text and tool calls come as two choices of the same index. */
static void
test_split_choices (Fixture *fixture, gconstpointer data)
{
  g_auto (Reply) reply =
      ask (fixture,
           CHAT,
           "{\"model\":\"claude-sonnet-4.6\",\"messages\":[{\"role\":\"user\",\"content\":\"Call "
           "ping\"}],\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"ping\"}}]}",
           NULL);
  g_autoptr (JsonObject) object = parse (reply.body);
  JsonArray *choices = jump_json_get_array (object, "choices");

  g_assert_cmpstr (jump_json_get_string (object, "model", NULL), ==, "claude-sonnet-4-6");
  g_assert_cmpuint (json_array_get_length (choices), ==, 2);
  for (guint i = 0; i < 2; i++)
    g_assert_cmpint (jump_json_get_int (jump_json_array_get_object (choices, i), "index", -1),
                     ==,
                     0);
}

/* @expected: which chunks have "usage": x, "copilot_usage" alone: c, neither: a dot. */
static void
assert_usage (Fixture *fixture, const char *body, const char *expected)
{
  g_auto (Reply) reply = ask (fixture, CHAT, body, NULL);
  g_auto (GStrv) events = g_strsplit (reply.body, "\n\n", -1);
  g_autoptr (GString) seen = g_string_new (NULL);

  g_assert_cmpuint (reply.status, ==, 200);
  g_assert_cmpstr (reply.type, ==, "text/event-stream");
  for (guint i = 0; events[i] != NULL && *events[i] != '\0'; i++)
    g_string_append_c (seen,
                       strstr (events[i], "\"usage\":{") != NULL         ? 'x'
                       : strstr (events[i], "\"copilot_usage\"") != NULL ? 'c'
                       : strstr (events[i], "[DONE]") != NULL            ? 'd'
                                                                         : '.');
  g_assert_cmpstr (seen->str, ==, expected);
}

static void
test_stream_usage (Fixture *fixture, gconstpointer data)
{
  const char *asked = "\"stream\":true,\"stream_options\":{\"include_usage\":true}," HELLO "}";
  g_autofree char *gpt = g_strconcat ("{\"model\":\"gpt-4.1\",", asked, NULL);
  g_autofree char *claude = g_strconcat ("{\"model\":\"claude-sonnet-4.6\",", asked, NULL);

  /* OpenAI's stream has a filter chunk first. */
  assert_usage (fixture, "{\"model\":\"gpt-4.1\",\"stream\":true," HELLO "}", "......xd");
  assert_usage (fixture, gpt, "......xd");
  assert_usage (fixture, "{\"model\":\"claude-sonnet-4.6\",\"stream\":true," HELLO "}", ".....cd");
  assert_usage (fixture, claude, ".....cxd");
}

static void
test_cached_tokens (Fixture *fixture, gconstpointer data)
{
  g_auto (Reply) first = ask (fixture, CHAT, "{\"model\":\"gpt-4.1\"," HELLO "}", NULL);
  g_auto (Reply) second = ask (fixture, CHAT, "{\"model\":\"gpt-4.1\"," HELLO "}", NULL);
  g_auto (Reply) other = ask (fixture, CHAT, "{\"model\":\"gpt-4o\"," HELLO "}", NULL);

  assert_says (&first, 200, "\"cached_tokens\":0");
  assert_says (&second, 200, "\"token_type\":\"cache_read\"");
  assert_says (&other, 200, "\"cached_tokens\":0");
}

static void
test_embeddings (Fixture *fixture, gconstpointer data)
{
  g_auto (Reply) good = ask (fixture,
                             "POST /embeddings",
                             "{\"model\":\"text-embedding-3-small\",\"input\":[\"a\",\"b\"],"
                             "\"dimensions\":2}",
                             NULL);
  g_auto (Reply) scalar = ask (fixture,
                               "POST /embeddings",
                               "{\"model\":\"text-embedding-3-small\",\"input\":\"a\"}",
                               NULL);
  g_autoptr (JsonObject) object = parse (good.body);
  JsonArray *rows = jump_json_get_array (object, "data");

  g_assert_cmpuint (json_array_get_length (rows), ==, 2);
  g_assert_cmpuint (json_array_get_length (
                        jump_json_get_array (jump_json_array_get_object (rows, 1), "embedding")),
                    ==,
                    2);
  assert_says (&scalar, 400, "Bad Request\n");
}

static void
test_scenarios (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *scenario;
    guint statuses[3];
    const char *says; /* the first time */
  } rows[] = {
    { "expired-mid-session", { 200, 401, 200 }, "You said" },
    { "rate-limited-429", { 429, 429, 200 }, "user_global_rate_limited:pro" },
    { "quota-402", { 402, 402, 402 }, "quota_exceeded" },
    { "error-in-stream", { 200, 200, 200 }, "overloaded" },
    { "{\"rules\":[{\"on\":\"POST /chat/completions\",\"calls\":\"2\",\"cut\":true}]}",
      { 200, 0, 200 },
      "You said" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      set_scenario (fixture, rows[i].scenario);
      for (guint j = 0; j < 3; j++)
        {
          g_auto (Reply) reply = ask (fixture, CHAT, "{\"model\":\"gpt-4.1\"," HELLO "}", NULL);

          g_assert_cmpuint (reply.status, ==, rows[i].statuses[j]);
          if (j == 0)
            assert_says (&reply, rows[i].statuses[0], rows[i].says);
        }
    }
}

static void
test_misdirected (Fixture *fixture, gconstpointer data)
{
  const char *body = "{\"model\":\"gpt-4.1\"," HELLO "}";
  g_auto (Reply) first = { 0 };
  g_auto (Reply) second = { 0 };

  set_scenario (fixture, "misdirected-421");
  first = ask (fixture, CHAT, body, NULL);
  assert_says (&first, 421, "Misdirected Request");
  exchange (fixture);
  second = ask (fixture, CHAT, body, NULL);
  assert_says (&second, 200, "You said");
}

/* Readers that leave are noticed while nothing is being written. */
static void
test_left (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SoupMessage) message =
      make_message (fixture, CHAT, "{\"model\":\"gpt-4.1\",\"stream\":true," HELLO "}", NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;

  set_scenario (fixture, "{\"pace_ms\":1000}");
  soup_session_send_and_read_async (fixture->session,
                                    message,
                                    G_PRIORITY_DEFAULT,
                                    cancellable,
                                    on_result_came,
                                    &result);
  while (jump_simulator_count (fixture->simulator, CHAT) == 0)
    g_main_context_iteration (NULL, TRUE);
  spin ();
  g_assert_cmpuint (jump_simulator_count_cancelled (fixture->simulator), ==, 0);
  g_cancellable_cancel (cancellable);
  while (jump_simulator_count_cancelled (fixture->simulator) == 0)
    g_main_context_iteration (NULL, TRUE);
  wait_for (&result);
}

/* A connection serves the next request after a stream. */
static void
test_keep_alive (Fixture *fixture, gconstpointer data)
{
  const char *body = "{\"model\":\"gpt-4.1\",\"stream\":true," HELLO "}";
  guint64 first;
  guint64 last = 0;

  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (SoupMessage) message = make_message (fixture, CHAT, body, NULL);
      g_auto (Reply) reply = { 0 };

      soup_message_add_flags (message, SOUP_MESSAGE_IDEMPOTENT);
      reply = send_message (fixture, message);
      assert_says (&reply, 200, "[DONE]");
      last = soup_message_get_connection_id (message);
      if (i == 0)
        first = last;
    }
  g_assert_cmpuint (last, ==, first);
}

static void
test_busy_port (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JumpScenario) scenario = read_scenario ("test");
  g_autoptr (JumpSimulator) other = jump_simulator_new (fixture->clock, scenario);
  g_autoptr (GError) error = NULL;
  const char *url = jump_simulator_get_url (fixture->simulator);

  g_assert_true (g_str_has_prefix (url, "http://127.0.0.1:"));
  g_assert_false (
      jump_simulator_start (other,
                            (guint16) g_ascii_strtoull (strrchr (url, ':') + 1, NULL, 10),
                            &error));
  g_assert_nonnull (error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/simulator/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("exchange", test_exchange);
  ADD ("bare-agents", test_bare_agents);
  ADD ("user", test_user);
  ADD ("credentials", test_credentials);
  ADD ("token-life", test_token_life);
  ADD ("models", test_models);
  ADD ("policy", test_policy);
  ADD ("chat", test_chat);
  ADD ("split-choices", test_split_choices);
  ADD ("stream-usage", test_stream_usage);
  ADD ("cached-tokens", test_cached_tokens);
  ADD ("embeddings", test_embeddings);
  ADD ("scenarios", test_scenarios);
  ADD ("misdirected", test_misdirected);
  ADD ("left", test_left);
  ADD ("keep-alive", test_keep_alive);
  ADD ("busy-port", test_busy_port);
  return g_test_run ();
}
