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
  g_autoptr (Answer) models = fixture_ask (fixture, "GET", "/v1/models", NULL);
  g_autoptr (Answer) page = open_page (fixture, "GET");
  const char *url = jump_service_get_url (fixture->service);
  const char *login = jump_account_get_login (jump_service_get_account (fixture->service));
  g_autofree char *openai = g_strdup_printf ("<code>%s/v1</code>", url);
  g_autofree char *plain = g_strdup_printf ("<code>%s</code>", url);

  g_assert_cmpuint (models->status, ==, 200);
  g_assert_cmpstr (answer_header (page, "content-type"), ==, "text/html; charset=utf-8");
  assert_says (page->body->str, "<title>Jumpseat</title>");
  assert_says (page->body->str, "It runs.");
  assert_says (page->body->str, openai);
  assert_says (page->body->str, plain);
  assert_says (page->body->str, "not a GitHub product");
  assert_says (page->body->str, "terms");
  assert_says (page->body->str, "tray");
  assert_silent (page->body->str, "<script");
  assert_silent (page->body->str, "src=");
  assert_silent (page->body->str, "href=");
  assert_silent (page->body->str, "&amp;lt;");
  assert_silent (page->body->str, "Bearer");
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
  assert_silent (policy, "script-src");
}

/* The one style that the policy lets through is the page's. */
static void
test_style (void)
{
  g_autoptr (Fixture) fixture = fixture_new ("test");
  g_autoptr (Answer) page = open_page (fixture, "GET");
  const char *start = strstr (page->body->str, "<style>");
  const char *end = strstr (page->body->str, "</style>");
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[32];
  gsize length = sizeof digest;
  g_autofree char *hash = NULL;
  g_autofree char *source = NULL;

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

static void
test_paused (void)
{
  g_autoptr (Fixture) fixture = fixture_new ("test");
  g_autoptr (Answer) paused = control_ask (fixture, "POST", "/api/pause", NULL);
  g_autoptr (Answer) page = open_page (fixture, "GET");

  g_assert_cmpuint (paused->status, ==, 200);
  assert_says (page->body->str, "serving is paused");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/root-page/page", test_page);
  g_test_add_func ("/root-page/headers", test_headers);
  g_test_add_func ("/root-page/style", test_style);
  g_test_add_func ("/root-page/others", test_others);
  g_test_add_func ("/root-page/paused", test_paused);
  return g_test_run ();
}
