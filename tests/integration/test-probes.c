/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "tests/integration/asking.h"
#include "tests/integration/wire.h"

#include <string.h>

/* What clients ask before they ask a model, and the second port for those that only know one. */

static void
test_root (void)
{
  g_autoptr (Fixture) fixture = fixture_new_signed_out ("test");
  g_autoptr (Answer) get = fixture_ask (fixture, "GET", "/", NULL);
  g_autoptr (Answer) head = fixture_ask (fixture, "HEAD", "/", NULL);
  g_autoptr (Answer) hello = fixture_ask (fixture, "HEAD", "/api/hello", NULL);
  g_autoptr (Answer) get_hello = fixture_ask (fixture, "GET", "/api/hello", NULL);
  g_autoptr (Answer) page = fixture_start (fixture, "GET", "/", NULL, "Accept", "text/html", NULL);

  answer_wait (page);
  g_assert_cmpuint (get->status, ==, 200);
  g_assert_cmpstr (get->body->str, ==, "Ollama is running");
  g_assert_cmpuint (head->status, ==, 200);
  g_assert_cmpstr (head->body->str, ==, "");
  g_assert_cmpuint (hello->status, ==, 200);
  g_assert_cmpuint (get_hello->status, ==, 200);
  g_assert_cmpuint (page->status, ==, 200);
  assert_says (page->body->str, "Jumpseat");
}

/* The answer to HEAD has no body, so that the next request on the connection is understood. */
static void
test_head_on_the_wire (void)
{
  g_autoptr (Fixture) fixture = fixture_new ("test");
  g_autoptr (Wire) wire = wire_new (fixture);
  const char *requests = "HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\n"
                         "HEAD /v1/models HTTP/1.1\r\nHost: localhost\r\n\r\n"
                         "HEAD /api/tags HTTP/1.1\r\nHost: localhost\r\n\r\n"
                         "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";

  wire_send (wire, requests, strlen (requests));
  wire_wait_for (wire, "Ollama is running", 1);
  g_assert_cmpuint (count_text (wire->got->str, "HTTP/1.1 200 OK"), ==, 4);
  g_assert_cmpuint (count_text (wire->got->str, "gpt-4.1"), ==, 0);
}

static void
test_anthropic_models (void)
{
  g_autoptr (Fixture) fixture = fixture_new ("test");
  g_autoptr (Answer) list = fixture_start (fixture,
                                           "GET",
                                           "/v1/models?limit=1000",
                                           NULL,
                                           "anthropic-version",
                                           "2023-06-01",
                                           NULL);
  g_autoptr (Answer) one = fixture_start (fixture,
                                          "GET",
                                          "/v1/models/claude-sonnet-4-6",
                                          NULL,
                                          "anthropic-version",
                                          "2023-06-01",
                                          NULL);
  g_autoptr (Answer) none = fixture_start (fixture,
                                           "GET",
                                           "/v1/models/claude-9",
                                           NULL,
                                           "anthropic-version",
                                           "2023-06-01",
                                           NULL);
  g_autoptr (Answer) openai = fixture_ask (fixture, "GET", "/v1/models", NULL);
  g_autoptr (JsonObject) list_object = NULL;
  g_autoptr (JsonObject) one_object = NULL;
  g_autoptr (JsonObject) openai_object = NULL;
  JsonArray *data;
  guint n;

  answer_wait (list);
  answer_wait (one);
  answer_wait (none);
  list_object = answer_parse (list);
  one_object = answer_parse (one);
  openai_object = answer_parse (openai);
  data = jump_json_get_array (list_object, "data");
  n = json_array_get_length (data);
  g_assert_cmpuint (n, >, 10);
  g_assert_false (jump_json_get_boolean (list_object, "has_more", TRUE));
  g_assert_cmpstr (jump_json_get_string (list_object, "first_id", NULL),
                   ==,
                   jump_json_get_string (jump_json_array_get_object (data, 0), "id", NULL));
  g_assert_cmpstr (jump_json_get_string (list_object, "last_id", NULL),
                   ==,
                   jump_json_get_string (jump_json_array_get_object (data, n - 1), "id", NULL));
  g_assert_cmpstr (jump_json_get_string (one_object, "type", NULL), ==, "model");
  g_assert_cmpstr (jump_json_get_string (one_object, "id", NULL), ==, "claude-sonnet-4.6");
  g_assert_nonnull (jump_json_get_string (one_object, "display_name", NULL));
  g_assert_nonnull (jump_json_get_string (one_object, "created_at", NULL));
  g_assert_false (json_object_has_member (one_object, "object"));
  api_assert_error (API_MESSAGES, none, 404, "not_found_error", "claude-9");
  g_assert_cmpstr (jump_json_get_string (openai_object, "object", NULL), ==, "list");
}

/* ---- the second port ---- */

static guint16
find_free_port (void)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  g_autoptr (GError) error = NULL;
  guint16 port = g_socket_listener_add_any_inet_port (listener, NULL, &error);

  g_assert_no_error (error);
  g_socket_listener_close (listener);
  return port;
}

static Answer *
ask_port (Fixture *fixture,
          guint port,
          const char *method,
          const char *path,
          const char *body,
          const char *header,
          const char *value)
{
  const char *headers[] = { header, value, NULL };
  g_autofree char *url = g_strdup_printf ("http://127.0.0.1:%u%s", port, path);
  g_autoptr (GBytes) bytes = body != NULL ? g_bytes_new (body, strlen (body)) : NULL;
  Answer *answer = fixture_send (fixture, method, url, bytes, headers);

  answer_wait (answer);
  g_assert_no_error (answer->error);
  return answer;
}

static void
check_page (Fixture *fixture, guint port, const char *origin, guint status)
{
  g_autoptr (Answer) answer = ask_port (fixture, port, "GET", "/api/tags", NULL, "Origin", origin);

  g_assert_cmpuint (answer->status, ==, status);
}

static void
test_second_port (void)
{
  guint16 port = find_free_port ();
  g_autofree char *port_text = g_strdup_printf ("%u", port);
  g_autofree char *own_host = g_strdup_printf ("localhost:%u", port);
  g_autofree char *own_origin = g_strdup_printf ("http://127.0.0.1:%u", port);
  g_autoptr (Fixture) fixture =
      fixture_new_with_settings ("test", JUMP_KEY_SERVER_OLLAMA_PORT, port_text, -1);
  guint16 first_port = jump_service_get_port (fixture->service);
  g_autofree char *first_origin = g_strdup_printf ("http://127.0.0.1:%u", first_port);
  g_autofree char *body = api_write (API_OLLAMA_CHAT, "gpt-4.1", "hello there", TRUE, NULL);
  g_autofree char *chat = api_write (API_CHAT, "gpt-4.1", "hello there", FALSE, NULL);
  const struct
  {
    const char *method;
    const char *path;
    const char *body;
    const char *header;
    const char *value;
    guint status;
    const char *words;
  } cases[] = {
    { "GET", "/", NULL, "X-Test", "1", 200, "Ollama is running" },
    { "GET", "/api/tags", NULL, "X-Test", "1", 200, "gpt-4.1" },
    { "GET", "/api/version", NULL, "Host", own_host, 200, "version" },
    { "POST", "/api/chat", body, "X-Test", "1", 200, "\"done\":true" },
    { "POST", "/v1/chat/completions", chat, "X-Test", "1", 200, "hello there" },
    { "GET", "/api/tags", NULL, "Host", "evil.example", 421, "Host header" },
    { "GET", "/api/tags", NULL, "Host", "evil.example:11434", 421, "Host header" },
    { "POST", "/api/chat", body, "Origin", "https://evil.example", 403, "web pages" },
    { "GET", "/api/tags", NULL, "Origin", "http://127.0.0.1:9", 403, "web pages" },
    { "GET", "/api/tags", NULL, "Sec-Fetch-Site", "cross-site", 403, "web pages" },
    { "GET", "/api/status", NULL, "X-Test", "1", 401, "control key" },
  };

  g_assert_cmpuint (first_port, !=, port);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Answer) second = ask_port (fixture,
                                            port,
                                            cases[i].method,
                                            cases[i].path,
                                            cases[i].body,
                                            cases[i].header,
                                            cases[i].value);
      g_autoptr (Answer) first = ask_port (fixture,
                                           first_port,
                                           cases[i].method,
                                           cases[i].path,
                                           cases[i].body,
                                           cases[i].header,
                                           cases[i].value);

      g_test_message ("%s %s: %u", cases[i].path, cases[i].value, second->status);
      g_assert_cmpuint (second->status, ==, cases[i].status);
      g_assert_cmpuint (first->status, ==, cases[i].status);
      assert_says (second->body->str, cases[i].words);
    }
  /* a page of one port is a foreign one at the other */
  check_page (fixture, port, own_origin, 200);
  check_page (fixture, port, first_origin, 403);
  check_page (fixture, first_port, own_origin, 403);
  check_page (fixture, first_port, first_origin, 200);
}

/* A header does not change what the path says of the body. */
static void
test_foreign_header (void)
{
  g_autoptr (Fixture) fixture = fixture_new ("test");
  g_autofree char *body =
      quoted ("{'model':'gpt-4.1','messages':[{'role':'user','content':'hi'}]}");
  g_autoptr (Answer) answer = fixture_start (fixture,
                                             "POST",
                                             "/v1/chat/completions",
                                             body,
                                             "anthropic-version",
                                             "2023-06-01",
                                             NULL);
  g_autoptr (JsonObject) object = NULL;

  answer_wait (answer);
  object = answer_parse (answer);
  g_assert_cmpuint (answer->status, ==, 200);
  g_assert_cmpstr (jump_json_get_string (object, "object", NULL), ==, "chat.completion");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/probes/root", test_root);
  g_test_add_func ("/probes/head", test_head_on_the_wire);
  g_test_add_func ("/probes/anthropic-models", test_anthropic_models);
  g_test_add_func ("/probes/second-port", test_second_port);
  g_test_add_func ("/probes/foreign-header", test_foreign_header);
  return g_test_run ();
}
