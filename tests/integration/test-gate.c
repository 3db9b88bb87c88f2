/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "tests/integration/asking.h"
#include "tests/integration/wire.h"

#include <string.h>

/* What web pages can make a browser send, and names that are not ours: nothing of it reaches upstream. */

#define CHAT \
  "{\"model\":\"gpt-4.1\",\"messages\":[{\"role\":\"user\",\"content\":\"spend something\"}]}"
#define LISTED "https://chat.example"

static void
assert_no_cors (Answer *answer)
{
  g_assert_null (answer_header (answer, "access-control-allow-origin"));
  g_assert_null (answer_header (answer, "access-control-allow-credentials"));
  g_assert_null (answer_header (answer, "access-control-allow-methods"));
}

static void
test_foreign_requests (void)
{
  static const struct
  {
    const char *method;
    const char *path;
    const char *name;
    const char *value;
    guint status;
  } cases[] = {
    { "POST", "/v1/chat/completions", "Origin", "https://evil.example", 403 },
    { "POST", "/v1/messages", "Origin", "null", 403 },
    { "POST", "/v1/responses", "Sec-Fetch-Site", "cross-site", 403 },
    { "POST", "/api/chat", "Sec-Fetch-Site", "same-site", 403 },
    { "POST", "/v1/embeddings", "Origin", "http://localhost:3000", 403 },
    { "POST", "/api/generate", "Host", "evil.example", 421 },
    { "GET", "/v1/models", "Sec-Fetch-Site", "cross-site", 403 },
    { "GET", "/api/tags", "Host", "evil.example:8081", 421 },
    { "GET", "/health", "Origin", "https://evil.example", 403 },
    { "GET", "/livez", "Sec-Fetch-Site", "cross-site", 403 },
    { "GET", "/readyz", "Host", "rebound.example", 421 },
    { "GET", "/version", "Origin", "null", 403 },
    { "GET", "/", "Sec-Fetch-Site", "cross-site", 403 },
    { "GET", "/", "Host", "localhost.evil.example", 421 },
    { "GET", "/open/0000", "Sec-Fetch-Site", "cross-site", 403 },
    { "GET", "/api/status", "Origin", "https://evil.example", 403 },
    { "POST", "/api/stop", "Sec-Fetch-Site", "cross-site", 403 },
    { "POST", "/api/session/link", "Origin", "null", 403 },
    { "GET", "/nowhere", "Origin", "https://evil.example", 403 },
    { "PUT", "/v1/models", "Origin", "https://evil.example", 403 },
    { "OPTIONS", "/v1/chat/completions", "Origin", "https://evil.example", 403 },
    { "OPTIONS", "/v1/chat/completions", "Accept", "*/*", 405 },
    { "OPTIONS", "/nowhere", "Accept", "*/*", 404 },
  };
  g_autoptr (Fixture) fixture = fixture_new ("test");

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gboolean is_post = g_str_equal (cases[i].method, "POST");
      g_autoptr (Answer) answer = fixture_start (fixture,
                                                 cases[i].method,
                                                 cases[i].path,
                                                 is_post ? CHAT : NULL,
                                                 cases[i].name,
                                                 cases[i].value,
                                                 NULL);

      g_test_message ("%s %s %s", cases[i].method, cases[i].path, cases[i].value);
      answer_wait (answer);
      g_assert_cmpuint (answer->status, ==, cases[i].status);
      assert_no_cors (answer);
      g_assert_cmpstr (answer_header (answer, "x-content-type-options"), ==, "nosniff");
      g_assert_cmpstr (answer_header (answer, "cross-origin-resource-policy"), ==, "same-origin");
    }
  g_assert_cmpuint (upstream_calls (fixture), ==, 0);
  g_assert_cmpuint (jump_simulator_count (fixture->simulator, "GET /models"), ==, 0);
}

/* A form of another site posts text/plain without asking first: it is answered before its body is there. */
static void
test_form_before_body (void)
{
  static const char head[] = "POST /v1/chat/completions HTTP/1.1\r\n"
                             "Host: localhost\r\n"
                             "Origin: null\r\n"
                             "Content-Type: text/plain\r\n"
                             "Content-Length: 1000000\r\n"
                             "\r\n";
  g_autoptr (Fixture) fixture = fixture_new ("test");
  g_autoptr (Wire) wire = wire_new (fixture);

  wire_send (wire, head, strlen (head));
  wire_wait_for (wire, "HTTP/1.1 403 Forbidden", 1);
  wire_wait_for_end (wire);
  g_assert_cmpuint (upstream_calls (fixture), ==, 0);
}

static void
test_two_hosts (void)
{
  static const char *const heads[] = {
    "GET /health HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n",
    "GET /health HTTP/1.1\r\nHost: evil.example\r\nHost: localhost\r\n\r\n",
    "GET http://evil.example/health HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "GET /health HTTP/1.1\r\n\r\n",
    "GET /health HTTP/1.0\r\n\r\n",
  };
  g_autoptr (Fixture) fixture = fixture_new ("test");

  for (gsize i = 0; i < G_N_ELEMENTS (heads); i++)
    {
      g_autoptr (Wire) wire = wire_new (fixture);

      wire_send (wire, heads[i], strlen (heads[i]));
      wire_wait_for (wire, "HTTP/1.1 4", 1);
    }
}

/* ---- pages that the user has listed ---- */

static Fixture *
new_with_listed_page (void)
{
  return fixture_new_with_settings ("test",
                                    JUMP_KEY_SERVER_ALLOWED_ORIGINS,
                                    LISTED,
                                    JUMP_KEY_SERVER_HOST_NAMES,
                                    "desk.lan",
                                    -1);
}

static Answer *
ask_first (Fixture *fixture, const char *origin, const char *method, const char *path)
{
  Answer *answer = fixture_start (fixture,
                                  "OPTIONS",
                                  path,
                                  NULL,
                                  "Origin",
                                  origin,
                                  "Access-Control-Request-Method",
                                  method,
                                  "Access-Control-Request-Headers",
                                  "authorization,content-type,x-stainless-os",
                                  "Sec-Fetch-Site",
                                  "cross-site",
                                  NULL);

  answer_wait (answer);
  return answer;
}

static void
test_preflight (void)
{
  static const struct
  {
    const char *origin;
    const char *method;
    const char *path;
    guint status;
  } cases[] = {
    { LISTED, "POST", "/v1/chat/completions", 204 },
    { LISTED, "GET", "/v1/models", 204 },
    { LISTED, "DELETE", "/v1/responses/x", 204 },
    { LISTED, "PUT", "/v1/chat/completions", 403 },
    { LISTED, "POST", "/api/stop", 403 },
    { LISTED, "GET", "/api/status", 403 },
    { LISTED, "GET", "/health", 403 },
    { LISTED, "GET", "/", 403 },
    { LISTED, "POST", "/nowhere", 403 },
    { "https://evil.example", "POST", "/v1/chat/completions", 403 },
    { "http://chat.example", "POST", "/v1/chat/completions", 403 },
    { "null", "POST", "/v1/chat/completions", 403 },
  };
  g_autoptr (Fixture) fixture = new_with_listed_page ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Answer) answer =
          ask_first (fixture, cases[i].origin, cases[i].method, cases[i].path);

      g_test_message ("%s %s %s", cases[i].origin, cases[i].method, cases[i].path);
      g_assert_cmpuint (answer->status, ==, cases[i].status);
      g_assert_null (answer_header (answer, "access-control-allow-credentials"));
      if (cases[i].status != 204)
        {
          assert_no_cors (answer);
          continue;
        }
      g_assert_cmpstr (answer_header (answer, "access-control-allow-origin"), ==, LISTED);
      g_assert_cmpstr (answer_header (answer, "vary"), ==, "Origin");
      g_assert_cmpstr (answer_header (answer, "access-control-allow-methods"),
                       ==,
                       "GET, POST, DELETE");
      g_assert_cmpstr (answer_header (answer, "access-control-allow-headers"),
                       ==,
                       "authorization,content-type,x-stainless-os");
      g_assert_cmpstr (answer_header (answer, "access-control-max-age"), ==, "600");
      g_assert_null (answer_header (answer, "content-length"));
      g_assert_cmpuint (answer->body->len, ==, 0);
    }
}

static void
test_listed_page (void)
{
  g_autoptr (Fixture) fixture = new_with_listed_page ();
  static const char *const bodies[] = {
    CHAT,
    "{\"model\":\"gpt-4.1\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}",
    "{}",
  };
  static const guint statuses[] = { 200, 200, 400 };

  for (gsize i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (Answer) answer = fixture_start (fixture,
                                                 "POST",
                                                 "/v1/chat/completions",
                                                 bodies[i],
                                                 "Origin",
                                                 LISTED,
                                                 "Sec-Fetch-Site",
                                                 "cross-site",
                                                 "Cookie",
                                                 "jumpseat=x",
                                                 NULL);

      answer_wait (answer);
      g_assert_cmpuint (answer->status, ==, statuses[i]);
      g_assert_cmpstr (answer_header (answer, "access-control-allow-origin"), ==, LISTED);
      g_assert_cmpstr (answer_header (answer, "vary"), ==, "Origin");
      assert_says (answer_header (answer, "access-control-expose-headers"), "X-Request-Id");
      assert_says (answer_header (answer, "access-control-expose-headers"), "X-Jumpseat-Route");
      g_assert_null (answer_header (answer, "access-control-allow-credentials"));
    }
  g_assert_cmpuint (upstream_calls (fixture), ==, 2);
}

/* Settings hold from the next request on. */
static void
test_settings_change (void)
{
  g_autoptr (Fixture) fixture = new_with_listed_page ();
  g_autoptr (Answer) named =
      fixture_start (fixture, "GET", "/health", NULL, "Host", "desk.lan", NULL);
  g_autoptr (Answer) before = ask_first (fixture, LISTED, "POST", "/v1/messages");
  g_autoptr (Answer) after = NULL;
  g_autoptr (Answer) unnamed = NULL;

  answer_wait (named);
  g_assert_cmpuint (named->status, ==, 200);
  g_assert_cmpuint (before->status, ==, 204);
  jump_settings_override (fixture->settings, JUMP_KEY_SERVER_ALLOWED_ORIGINS, "", "test", NULL);
  jump_settings_override (fixture->settings, JUMP_KEY_SERVER_HOST_NAMES, "", "test", NULL);
  after = ask_first (fixture, LISTED, "POST", "/v1/messages");
  g_assert_cmpuint (after->status, ==, 403);
  unnamed = fixture_start (fixture, "GET", "/health", NULL, "Host", "desk.lan", NULL);
  answer_wait (unnamed);
  g_assert_cmpuint (unnamed->status, ==, 421);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/gate/foreign-requests", test_foreign_requests);
  g_test_add_func ("/gate/form-before-body", test_form_before_body);
  g_test_add_func ("/gate/two-hosts", test_two_hosts);
  g_test_add_func ("/gate/preflight", test_preflight);
  g_test_add_func ("/gate/listed-page", test_listed_page);
  g_test_add_func ("/gate/settings-change", test_settings_change);
  return g_test_run ();
}
