/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "tests/integration/asking.h"

#include <string.h>

/* The service's address in a browser. */

#define HTML "text/html,application/xhtml+xml,*/*;q=0.8"

/* Returns: (transfer full): the cookie of a browser that Jumpseat's menu has let in */
static char *
let_in (Fixture *fixture)
{
  g_autofree char *url = jump_service_make_dashboard_link (fixture->service);
  const char *path = url + strlen (jump_service_get_url (fixture->service));
  g_autoptr (Answer) answer = fixture_start (fixture, "GET", path, NULL, "Accept", HTML, NULL);
  const char *cookie;

  answer_wait (answer);
  cookie = answer_header (answer, "set-cookie");
  return g_strndup (cookie, strcspn (cookie, ";"));
}

static Answer *
open_page (Fixture *fixture, const char *method)
{
  g_autofree char *cookie = let_in (fixture);
  Answer *answer = fixture_start (fixture,
                                  method,
                                  "/",
                                  NULL,
                                  "Accept",
                                  HTML,
                                  "Sec-Fetch-Site",
                                  "none",
                                  "Cookie",
                                  cookie,
                                  NULL);

  answer_wait (answer);
  g_assert_cmpuint (answer->status, ==, 200);
  return answer;
}

static void
test_page (void)
{
  g_autoptr (Fixture) fixture = fixture_new ("test");
  g_autoptr (Answer) page = open_page (fixture, "GET");
  const char *login = jump_account_get_login (jump_service_get_account (fixture->service));

  g_assert_cmpstr (answer_header (page, "content-type"), ==, "text/html; charset=utf-8");
  assert_says (page->body->str, "<title>Jumpseat</title>");
  assert_says (page->body->str, "src=\"/dashboard/app.js\"");
  assert_says (page->body->str, "not a GitHub product");
  assert_says (page->body->str, "terms");
  assert_silent (page->body->str, "<style");
  assert_silent (page->body->str, " style=");
  assert_silent (page->body->str, "://");
  if (login != NULL && *login != '\0')
    assert_silent (page->body->str, login);
}

/* S-17 */
static void
test_headers (void)
{
  g_autoptr (Fixture) fixture = fixture_new ("test");
  g_autoptr (Answer) page = open_page (fixture, "GET");
  const char *policy = answer_header (page, "content-security-policy");

  g_assert_cmpstr (answer_header (page, "x-content-type-options"), ==, "nosniff");
  g_assert_cmpstr (answer_header (page, "x-frame-options"), ==, "DENY");
  g_assert_cmpstr (answer_header (page, "x-xss-protection"), ==, "1; mode=block");
  g_assert_cmpstr (answer_header (page, "referrer-policy"), ==, "strict-origin-when-cross-origin");
  g_assert_null (answer_header (page, "strict-transport-security"));
  g_assert_cmpstr (answer_header (page, "cross-origin-opener-policy"), ==, "same-origin");
  g_assert_cmpstr (answer_header (page, "cross-origin-resource-policy"), ==, "same-origin");
  assert_says (policy, "default-src 'none'");
  assert_says (policy, "frame-ancestors 'none'");
  assert_silent (policy, "unsafe");
  assert_says (policy, "script-src 'self';");
  assert_says (policy, "style-src 'self';");
  assert_silent (policy, "http");
  assert_silent (policy, "*");
}

/* The one style that the policy of the stranger's page lets through is its own. */
static void
test_style (void)
{
  g_autoptr (Fixture) fixture = fixture_new ("test");
  g_autoptr (Answer) page = fixture_start (fixture, "GET", "/", NULL, "Accept", HTML, NULL);
  const char *start;
  const char *end;
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[32];
  gsize length = sizeof digest;
  g_autofree char *hash = NULL;
  g_autofree char *source = NULL;

  answer_wait (page);
  start = strstr (page->body->str, "<style>");
  end = strstr (page->body->str, "</style>");
  g_assert_nonnull (start);
  g_assert_nonnull (end);
  start += strlen ("<style>");
  g_checksum_update (checksum, (const guchar *) start, end - start);
  g_checksum_get_digest (checksum, digest, &length);
  hash = g_base64_encode (digest, length);
  source = g_strdup_printf ("style-src 'sha256-%s';", hash);
  assert_says (answer_header (page, "content-security-policy"), source);
}

static void
test_others (void)
{
  g_autoptr (Fixture) fixture = fixture_new ("test");
  g_autoptr (Answer) head = open_page (fixture, "HEAD");
  g_autoptr (Answer) ollama = fixture_ask (fixture, "GET", "/", NULL);
  g_autoptr (Answer) any = fixture_start (fixture, "GET", "/", NULL, "Accept", "*/*", NULL);
  g_autoptr (Answer) framed = NULL;

  g_assert_cmpuint (head->body->len, ==, 0);
  g_assert_cmpstr (ollama->body->str, ==, "Ollama is running");
  answer_wait (any);
  g_assert_cmpstr (any->body->str, ==, "Ollama is running");
  framed = fixture_start (fixture,
                          "GET",
                          "/",
                          NULL,
                          "Accept",
                          "text/html",
                          "Sec-Fetch-Site",
                          "cross-site",
                          NULL);
  answer_wait (framed);
  g_assert_cmpuint (framed->status, ==, 403);
  g_assert_cmpstr (answer_header (framed, "content-type"), ==, "text/html; charset=utf-8");
  assert_says (framed->body->str, "cannot be opened from here");
}

typedef struct
{
  const char *path;
  guint status;
  const char *type;
} FileCase;

/* Anybody may have the files: they say nothing of whoever is signed in. */
static void
test_files (void)
{
  static const FileCase cases[] = {
    { "/dashboard/app.js", 200, "text/javascript; charset=utf-8" },
    { "/dashboard/style.css", 200, "text/css; charset=utf-8" },
    { "/dashboard/index.html", 200, "text/html; charset=utf-8" },
    { "/dashboard/dashboard.gresource.xml", 404, "application/json" },
    { "/dashboard/nothing.js", 404, "application/json" },
    { "/dashboard/../app.js", 404, "application/json" },
    { "/dashboard/%2e%2e/app.js", 404, "application/json" },
    { "/dashboard/", 404, "application/json" },
  };
  g_autoptr (Fixture) fixture = fixture_new ("test");

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Answer) answer = fixture_start (fixture, "GET", cases[i].path, NULL, NULL);

      answer_wait (answer);
      g_test_message ("%s", cases[i].path);
      g_assert_cmpuint (answer->status, ==, cases[i].status);
      g_assert_cmpstr (answer_header (answer, "content-type"), ==, cases[i].type);
      g_assert_cmpstr (answer_header (answer, "x-content-type-options"), ==, "nosniff");
    }
}

static Answer *
ask_for_version (Fixture *fixture, const char *etag)
{
  Answer *answer =
      fixture_start (fixture, "GET", "/dashboard/app.js", NULL, "If-None-Match", etag, NULL);

  answer_wait (answer);
  return answer;
}

static void
test_versions (void)
{
  g_autoptr (Fixture) fixture = fixture_new ("test");
  g_autoptr (Answer) first = ask_for_version (fixture, "\"another\"");
  const char *etag = answer_header (first, "etag");
  g_autofree char *several = g_strdup_printf ("\"another\", W/%s", etag);
  g_autoptr (Answer) same = ask_for_version (fixture, etag);
  g_autoptr (Answer) one_of = ask_for_version (fixture, several);

  g_assert_cmpuint (first->status, ==, 200);
  g_assert_cmpuint (first->body->len, >, 0);
  g_assert_cmpstr (answer_header (first, "cache-control"), ==, "no-cache");
  assert_says (answer_header (first, "content-security-policy"), "default-src 'none'");
  g_assert_cmpuint (same->status, ==, 304);
  g_assert_cmpuint (same->body->len, ==, 0);
  g_assert_cmpuint (one_of->status, ==, 304);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/root-page/page", test_page);
  g_test_add_func ("/root-page/headers", test_headers);
  g_test_add_func ("/root-page/style", test_style);
  g_test_add_func ("/root-page/others", test_others);
  g_test_add_func ("/root-page/files", test_files);
  g_test_add_func ("/root-page/versions", test_versions);
  return g_test_run ();
}
