/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "tests/unit/simulator-fixture.h"

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
  ADD ("chat", test_chat);
  ADD ("split-choices", test_split_choices);
  ADD ("stream-usage", test_stream_usage);
  ADD ("cached-tokens", test_cached_tokens);
  ADD ("scenarios", test_scenarios);
  ADD ("misdirected", test_misdirected);
  ADD ("left", test_left);
  ADD ("keep-alive", test_keep_alive);
  ADD ("busy-port", test_busy_port);
  return g_test_run ();
}
