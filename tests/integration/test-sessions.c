/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "tests/integration/asking.h"

#include <string.h>

/* How a browser gets in, what it may do then, and how it gets out. */

#define HTML "text/html,application/xhtml+xml,*/*;q=0.8"

/* Returns: (transfer full): the path of a link that works once */
static char *
make_link (Fixture *fixture)
{
  g_autofree char *url = jump_service_make_dashboard_link (fixture->service);
  const char *own = jump_service_get_url (fixture->service);

  g_assert_true (g_str_has_prefix (url, own));
  return g_strdup (url + strlen (own));
}

static Answer *
open_path (Fixture *fixture, const char *method, const char *path, const char *cookie)
{
  Answer *answer = fixture_start (fixture,
                                  method,
                                  path,
                                  NULL,
                                  "Accept",
                                  HTML,
                                  "Sec-Fetch-Site",
                                  "none",
                                  "Cookie",
                                  cookie,
                                  NULL);

  answer_wait (answer);
  return answer;
}

/* Returns: (transfer full): "jumpseat=…" as a browser sends it */
static char *
read_cookie (Answer *answer)
{
  const char *header = answer_header (answer, "set-cookie");

  g_assert_nonnull (header);
  g_assert_true (g_str_has_prefix (header, "jumpseat="));
  return g_strndup (header, strcspn (header, ";"));
}

static char *
let_in (Fixture *fixture)
{
  g_autofree char *path = make_link (fixture);
  g_autoptr (Answer) answer = open_path (fixture, "GET", path, "none=1");

  g_assert_cmpuint (answer->status, ==, 303);
  return read_cookie (answer);
}

static void
test_link (void)
{
  g_autoptr (Fixture) fixture = fixture_new ("test");
  g_autofree char *path = make_link (fixture);
  g_autoptr (Answer) looked = open_path (fixture, "HEAD", path, "none=1");
  g_autoptr (Answer) opened = open_path (fixture, "GET", path, "none=1");
  g_autofree char *cookie = read_cookie (opened);
  g_autofree char *attributes =
      g_strconcat (cookie, "; Path=/; HttpOnly; SameSite=Strict; Max-Age=43200", NULL);
  g_autoptr (Answer) again = open_path (fixture, "GET", path, "none=1");
  g_autoptr (Answer) same_browser = open_path (fixture, "GET", path, cookie);

  g_assert_cmpuint (looked->status, ==, 403);
  g_assert_cmpuint (opened->status, ==, 303);
  g_assert_cmpstr (answer_header (opened, "location"), ==, "/");
  g_assert_cmpstr (answer_header (opened, "set-cookie"), ==, attributes);
  assert_says (answer_header (opened, "cache-control"), "no-store");
  assert_silent (cookie, path + strlen ("/open/"));
  g_assert_cmpuint (again->status, ==, 403);
  g_assert_null (answer_header (again, "set-cookie"));
  g_assert_cmpstr (answer_header (again, "content-type"), ==, "text/html; charset=utf-8");
  assert_says (again->body->str, "Open the dashboard from Jumpseat’s menu again");
  g_assert_cmpuint (same_browser->status, ==, 303);
}

static void
test_old_link (void)
{
  g_autoptr (Fixture) fixture = fixture_new ("test");
  g_autofree char *path = make_link (fixture);
  g_autoptr (Answer) answer = NULL;

  jump_clock_fake_advance (fixture->clock, 60 * 1000);
  answer = open_path (fixture, "GET", path, "none=1");
  g_assert_cmpuint (answer->status, ==, 403);
  g_assert_null (answer_header (answer, "set-cookie"));
}

/* What a browser loads in case somebody wants it does not use the link up. */
static void
test_prefetch (void)
{
  g_autoptr (Fixture) fixture = fixture_new ("test");
  g_autofree char *path = make_link (fixture);
  g_autoptr (Answer) early =
      fixture_start (fixture, "GET", path, NULL, "Sec-Purpose", "prefetch;prerender", NULL);
  g_autoptr (Answer) opened = NULL;

  answer_wait (early);
  g_assert_cmpuint (early->status, ==, 403);
  opened = open_path (fixture, "GET", path, "none=1");
  g_assert_cmpuint (opened->status, ==, 303);
}

static void
test_page (void)
{
  g_autoptr (Fixture) fixture = fixture_new ("test");
  g_autofree char *cookie = let_in (fixture);
  const char *login = jump_account_get_login (jump_service_get_account (fixture->service));
  g_autoptr (Answer) known = open_path (fixture, "GET", "/", cookie);
  g_autoptr (Answer) stranger = open_path (fixture, "GET", "/", "jumpseat=0123");

  assert_says (known->body->str, "src=\"/dashboard/app.js\"");
  g_assert_nonnull (answer_header (known, "set-cookie"));
  g_assert_cmpuint (stranger->status, ==, 200);
  g_assert_null (answer_header (stranger, "set-cookie"));
  assert_says (stranger->body->str, "Open the dashboard from Jumpseat’s menu");
  assert_silent (stranger->body->str, "<script");
  if (login != NULL && *login != '\0')
    assert_silent (stranger->body->str, login);
}

static Answer *
use (Fixture *fixture, const char *method, const char *path, const char *cookie, const char *site)
{
  Answer *answer =
      fixture_start (fixture, method, path, NULL, "Cookie", cookie, "Sec-Fetch-Site", site, NULL);

  answer_wait (answer);
  return answer;
}

static void
test_control (void)
{
  static const struct
  {
    const char *method;
    const char *path;
    const char *site;
    guint status;
  } cases[] = {
    { "GET", "/api/status", "same-origin", 200 },  { "GET", "/api/status", "none", 200 },
    { "GET", "/api/status", "same-site", 403 },    { "POST", "/api/pause", "none", 403 },
    { "POST", "/api/pause", "cross-site", 403 },   { "POST", "/api/pause", "same-origin", 200 },
    { "POST", "/api/resume", "same-origin", 200 },
  };
  g_autoptr (Fixture) fixture = fixture_new ("test");
  g_autofree char *cookie = let_in (fixture);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Answer) let = use (fixture, cases[i].method, cases[i].path, cookie, cases[i].site);
      g_autoptr (Answer) other =
          use (fixture, cases[i].method, cases[i].path, "jumpseat=0", cases[i].site);

      g_test_message ("%s %s %s", cases[i].method, cases[i].path, cases[i].site);
      g_assert_cmpuint (let->status, ==, cases[i].status);
      g_assert_cmpuint (other->status, ==, cases[i].status == 200 ? 401 : other->status);
      g_assert_cmpuint (other->status, >=, 401);
      assert_says (answer_header (let, "cache-control"), "no-store");
    }
}

static void
test_end (void)
{
  g_autoptr (Fixture) fixture = fixture_new ("test");
  g_autofree char *cookie = let_in (fixture);
  g_autoptr (Answer) ended = use (fixture, "DELETE", "/api/session", cookie, "same-origin");
  g_autoptr (Answer) after = use (fixture, "GET", "/api/status", cookie, "same-origin");

  g_assert_cmpuint (ended->status, ==, 204);
  assert_says (answer_header (ended, "set-cookie"), "jumpseat=; ");
  assert_says (answer_header (ended, "set-cookie"), "Max-Age=0");
  g_assert_cmpuint (after->status, ==, 401);
}

static void
test_link_by_control (void)
{
  g_autoptr (Fixture) fixture = fixture_new ("test");
  g_autoptr (Answer) refused = fixture_ask (fixture, "POST", "/api/session/link", NULL);
  g_autoptr (Answer) made = control_ask (fixture, "POST", "/api/session/link", NULL);
  g_autoptr (JsonObject) object = answer_parse (made);
  const char *url = jump_json_get_string (object, "url", "");
  g_autoptr (Answer) opened = NULL;

  g_assert_cmpuint (refused->status, ==, 401);
  g_assert_cmpuint (made->status, ==, 200);
  g_assert_cmpint (jump_json_get_int (object, "expires_in", 0), ==, 60);
  opened =
      open_path (fixture, "GET", url + strlen (jump_service_get_url (fixture->service)), "none=1");
  g_assert_cmpuint (opened->status, ==, 303);
}

/* After so many hours without a look. */
static void
test_idle (void)
{
  g_autoptr (Fixture) fixture = fixture_new ("test");
  g_autofree char *cookie = let_in (fixture);
  g_autoptr (Answer) before = NULL;
  g_autoptr (Answer) after = NULL;

  jump_clock_fake_sleep (fixture->clock, 11 * 3600);
  before = use (fixture, "GET", "/api/status", cookie, "same-origin");
  g_assert_cmpuint (before->status, ==, 200);
  jump_clock_fake_sleep (fixture->clock, 12 * 3600);
  after = use (fixture, "GET", "/api/status", cookie, "same-origin");
  g_assert_cmpuint (after->status, ==, 401);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sessions/link", test_link);
  g_test_add_func ("/sessions/old-link", test_old_link);
  g_test_add_func ("/sessions/prefetch", test_prefetch);
  g_test_add_func ("/sessions/page", test_page);
  g_test_add_func ("/sessions/control", test_control);
  g_test_add_func ("/sessions/end", test_end);
  g_test_add_func ("/sessions/link-by-control", test_link_by_control);
  g_test_add_func ("/sessions/idle", test_idle);
  return g_test_run ();
}
