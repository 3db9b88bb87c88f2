/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/update/update-watch.h"
#include "tests/support/clock-fake.h"
#include "tests/support/temp-home.h"
#include "tests/unit/http-call.h"

#include <string.h>

#define MINUTE (60 * 1000)
#define HOUR   (60 * MINUTE)
#define DAY    (24 * HOUR)

typedef struct
{
  HttpFixture http;
  JumpClock *clock;
  JumpTempHome *home;
  char *file;
  char *url;
  JumpUpdateWatch *watch;
  guint n_changes;
  guint n_done;
  GError *error;
} Fixture;

static void
on_changed (JumpUpdateWatch *watch, Fixture *fixture)
{
  fixture->n_changes++;
}

/* As at the start of the program. */
static void
make_watch (Fixture *fixture)
{
  fixture->watch =
      jump_update_watch_new (fixture->http.client, fixture->clock, "1.0.0", fixture->file);
  g_signal_connect (fixture->watch, "changed", G_CALLBACK (on_changed), fixture);
  jump_update_watch_set_feed (fixture->watch, fixture->url);
}

static void
drop_watch (Fixture *fixture)
{
  jump_update_watch_stop (fixture->watch);
  loop_settle ();
  g_assert_cmpuint (jump_clock_fake_count_alarms (fixture->clock), ==, 0);
  g_assert_finalize_object (g_steal_pointer (&fixture->watch));
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  http_fixture_set_up (&fixture->http, NULL);
  fixture->clock = jump_clock_fake_new ();
  fixture->home = jump_temp_home_new ();
  fixture->file = jump_temp_home_get_path (fixture->home, "data/latest-release.json");
  fixture->url = jump_http_peer_dup_url (fixture->http.peer, "/latest");
  make_watch (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  drop_watch (fixture);
  g_clear_error (&fixture->error);
  g_free (fixture->url);
  g_free (fixture->file);
  jump_temp_home_free (fixture->home);
  g_object_unref (fixture->clock);
  http_fixture_tear_down (&fixture->http, NULL);
}

static void
add_status (Fixture *fixture, const char *head, const char *body)
{
  g_autofree char *reply =
      g_strdup_printf ("HTTP/1.1 %s\r\nContent-Length: %zu\r\n\r\n%s", head, strlen (body), body);

  http_fixture_add_reply (&fixture->http, reply);
}

static void
add_release (Fixture *fixture, const char *tag, const char *rest)
{
  g_autofree char *body = g_strdup_printf (
      "{\"tag_name\":\"%s\",\"html_url\":\"https://github.com/jumpseat/jumpseat\",\"body\":\"new\"%s}",
      tag,
      rest);

  add_status (fixture, "200 OK\r\nContent-Type: application/json\r\nETag: \"one\"", body);
}

static void
on_asked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fixture *fixture = user_data;

  g_clear_error (&fixture->error);
  jump_update_watch_ask_finish (JUMP_UPDATE_WATCH (source), result, &fixture->error);
  fixture->n_done++;
}

/* Joins the question that is under way, or asks. */
static void
wait_for_answer (Fixture *fixture)
{
  fixture->n_done = 0;
  jump_update_watch_ask_async (fixture->watch, NULL, on_asked, fixture);
  while (fixture->n_done == 0)
    g_main_context_iteration (NULL, TRUE);
}

static void
assert_quiet (Fixture *fixture, guint64 ms)
{
  gint64 asked_at = jump_update_watch_get_asked_at (fixture->watch);

  jump_clock_fake_advance (fixture->clock, ms);
  g_assert_cmpint (jump_update_watch_get_asked_at (fixture->watch), ==, asked_at);
}

static void
assert_asks (Fixture *fixture, guint64 ms)
{
  gint64 asked_at = jump_update_watch_get_asked_at (fixture->watch);

  jump_clock_fake_advance (fixture->clock, ms);
  g_assert_cmpint (jump_update_watch_get_asked_at (fixture->watch), >, asked_at);
  wait_for_answer (fixture);
}

static const char *
get_version (Fixture *fixture)
{
  const JumpRelease *release = jump_update_watch_get_release (fixture->watch);

  return release == NULL ? NULL : release->version;
}

/* Not in the first five minutes, then within a quarter of an hour, then not for a day. */
static void
test_once_a_day (Fixture *fixture, gconstpointer data)
{
  const char *request;

  add_release (fixture, "v1.1.0", "");
  add_status (fixture, "304 Not Modified", "");
  assert_quiet (fixture, DAY);
  g_assert_true (jump_update_watch_start (fixture->watch));
  g_assert_false (jump_update_watch_start (fixture->watch));
  assert_quiet (fixture, 5 * MINUTE - 1);
  g_assert_null (get_version (fixture));
  assert_asks (fixture, 10 * MINUTE + 1);
  g_assert_no_error (fixture->error);
  g_assert_cmpstr (get_version (fixture), ==, "1.1.0");
  g_assert_cmpuint (fixture->n_changes, ==, 1);
  assert_quiet (fixture, DAY - HOUR);
  assert_asks (fixture, 5 * HOUR);
  g_assert_cmpstr (get_version (fixture), ==, "1.1.0");
  g_assert_cmpuint (fixture->n_changes, ==, 1);
  g_assert_cmpuint (jump_http_peer_count_requests (fixture->http.peer), ==, 2);
  request = jump_http_peer_get_request (fixture->http.peer, 0);
  g_assert_nonnull (strstr (request, "User-Agent: Jumpseat/1.0.0\r\n"));
  g_assert_null (strstr (request, "If-None-Match"));
  g_assert_null (strstr (request, "uthorization"));
  g_assert_null (strstr (request, "ookie"));
  request = jump_http_peer_get_request (fixture->http.peer, 1);
  g_assert_nonnull (strstr (request, "If-None-Match: \"one\"\r\n"));
}

/* Another start on the same day shows what is known, and asks nobody. */
static void
test_another_start (Fixture *fixture, gconstpointer data)
{
  add_release (fixture, "v1.1.0", "");
  add_status (fixture, "304 Not Modified", "");
  jump_update_watch_start (fixture->watch);
  assert_asks (fixture, 15 * MINUTE);
  drop_watch (fixture);
  make_watch (fixture);
  g_assert_cmpstr (get_version (fixture), ==, "1.1.0");
  jump_update_watch_start (fixture->watch);
  assert_quiet (fixture, 20 * HOUR);
  assert_asks (fixture, 8 * HOUR);
  g_assert_nonnull (strstr (jump_http_peer_get_request (fixture->http.peer, 1), "If-None-Match"));
  g_assert_cmpstr (get_version (fixture), ==, "1.1.0");
}

/* A night's sleep counts, although alarms stand still meanwhile. */
static void
test_sleep (Fixture *fixture, gconstpointer data)
{
  add_release (fixture, "v0.9.0", "");
  add_release (fixture, "v1.0.1", "");
  jump_update_watch_start (fixture->watch);
  assert_asks (fixture, 15 * MINUTE);
  g_assert_null (get_version (fixture));
  g_assert_cmpuint (fixture->n_changes, ==, 0);
  jump_clock_fake_sleep (fixture->clock, 30 * HOUR / 1000);
  assert_asks (fixture, HOUR);
  g_assert_cmpstr (get_version (fixture), ==, "1.0.1");
}

static void
test_offline (Fixture *fixture, gconstpointer data)
{
  add_release (fixture, "v1.1.0", "");
  jump_update_watch_set_online (fixture->watch, FALSE);
  jump_update_watch_start (fixture->watch);
  assert_quiet (fixture, 3 * DAY);
  jump_update_watch_set_online (fixture->watch, TRUE);
  assert_asks (fixture, HOUR);
}

/* What is not newer, or not for everybody, is nobody's business. */
static void
test_not_offered (Fixture *fixture, gconstpointer data)
{
  static const char *const rows[][2] = {
    { "v1.0.0", "" },
    { "v0.9.9", "" },
    { "v1.1.0-rc.1", "" },
    { "v1.1.0", ",\"prerelease\":true" },
    { "v1.1.0", ",\"draft\":true" },
    { "v1.0.0+7", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      add_release (fixture, rows[i][0], rows[i][1]);
      wait_for_answer (fixture);
      g_assert_no_error (fixture->error);
      g_assert_null (get_version (fixture));
    }
  g_assert_cmpuint (fixture->n_changes, ==, 0);
}

/* After what went wrong the last good word holds. */
static void
test_bad_answers (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *head;
    const char *body;
    JumpError code;
  } rows[] = {
    { "200 OK\r\nContent-Type: text/html", "<html></html>", JUMP_ERROR_PORTAL },
    { "200 OK\r\nContent-Type: application/json", "<html></html>", JUMP_ERROR_PROTOCOL },
    { "200 OK", "[]", JUMP_ERROR_PROTOCOL },
    { "200 OK", "", JUMP_ERROR_PROTOCOL },
    { "403 Forbidden", "{}", JUMP_ERROR_RATE_LIMITED },
    { "429 Too Many Requests", "{}", JUMP_ERROR_RATE_LIMITED },
    { "500 Internal Server Error", "no", JUMP_ERROR_UPSTREAM },
    { "302 Found\r\nLocation: http://login.example/", "", JUMP_ERROR_PORTAL },
  };

  add_release (fixture, "v1.1.0", "");
  wait_for_answer (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("%s", rows[i].head);
      add_status (fixture, rows[i].head, rows[i].body);
      wait_for_answer (fixture);
      g_assert_error (fixture->error, JUMP_ERROR, (int) rows[i].code);
      g_assert_cmpstr (get_version (fixture), ==, "1.1.0");
    }
  g_assert_cmpuint (fixture->n_changes, ==, 1);
}

static void
test_huge_feed (Fixture *fixture, gconstpointer data)
{
  http_fixture_add_big_reply (&fixture->http, 9 * 1024 * 1024);
  wait_for_answer (fixture);
  g_assert_error (fixture->error, JUMP_ERROR, JUMP_ERROR_PROTOCOL);
  g_assert_null (get_version (fixture));
}

/* A release that was withdrawn is offered no longer. */
static void
test_withdrawn (Fixture *fixture, gconstpointer data)
{
  add_release (fixture, "v1.1.0", "");
  wait_for_answer (fixture);
  add_status (fixture, "404 Not Found", "{\"message\":\"Not Found\"}");
  wait_for_answer (fixture);
  g_assert_no_error (fixture->error);
  g_assert_null (get_version (fixture));
  g_assert_cmpuint (fixture->n_changes, ==, 2);
}

static void
test_limited (Fixture *fixture, gconstpointer data)
{
  add_status (fixture, "429 Too Many Requests\r\nRetry-After: 200000", "{}");
  add_release (fixture, "v1.1.0", "");
  jump_update_watch_start (fixture->watch);
  assert_asks (fixture, 15 * MINUTE);
  assert_quiet (fixture, 2 * DAY);
  assert_asks (fixture, 9 * HOUR);
  g_assert_cmpstr (get_version (fixture), ==, "1.1.0");
}

/* Nobody listens: a day until the next try. */
static void
test_unreachable (Fixture *fixture, gconstpointer data)
{
  jump_update_watch_set_feed (fixture->watch, "http://127.0.0.1:1/latest");
  jump_update_watch_start (fixture->watch);
  assert_asks (fixture, 15 * MINUTE);
  g_assert_error (fixture->error, JUMP_ERROR, JUMP_ERROR_UPSTREAM);
  assert_quiet (fixture, DAY - HOUR);
  assert_asks (fixture, 5 * HOUR);
}

static void
test_switched_off (Fixture *fixture, gconstpointer data)
{
  add_release (fixture, "v1.1.0", "");
  add_status (fixture, "", ""); /* says nothing that ends */
  wait_for_answer (fixture);
  g_assert_cmpstr (get_version (fixture), ==, "1.1.0");
  jump_update_watch_set_feed (fixture->watch, NULL);
  g_assert_null (get_version (fixture));
  g_assert_cmpuint (fixture->n_changes, ==, 2);
  jump_update_watch_start (fixture->watch);
  assert_quiet (fixture, 3 * DAY);
  wait_for_answer (fixture);
  g_assert_error (fixture->error, JUMP_ERROR, JUMP_ERROR_UNAVAILABLE);
  jump_update_watch_set_feed (fixture->watch, fixture->url);
  g_assert_cmpstr (get_version (fixture), ==, "1.1.0");
  /* while somebody waits */
  fixture->n_done = 0;
  jump_update_watch_ask_async (fixture->watch, NULL, on_asked, fixture);
  jump_update_watch_set_feed (fixture->watch, "http://127.0.0.1:1/other");
  while (fixture->n_done == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_error (fixture->error, JUMP_ERROR, JUMP_ERROR_UNAVAILABLE);
  g_assert_null (get_version (fixture));
}

static void
test_broken_file (Fixture *fixture, gconstpointer data)
{
  static const char *const texts[] = { "", "{", "[]", "{\"feed_url\":7,\"asked_at\":\"x\"}" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      drop_watch (fixture);
      jump_temp_home_write (fixture->home, "data/latest-release.json", texts[i]);
      make_watch (fixture);
      g_assert_null (get_version (fixture));
      g_assert_cmpint (jump_update_watch_get_asked_at (fixture->watch), ==, 0);
    }
}

#define ADD(name, func) g_test_add ("/update-watch/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("once-a-day", test_once_a_day);
  ADD ("another-start", test_another_start);
  ADD ("sleep", test_sleep);
  ADD ("offline", test_offline);
  ADD ("not-offered", test_not_offered);
  ADD ("bad-answers", test_bad_answers);
  ADD ("huge-feed", test_huge_feed);
  ADD ("withdrawn", test_withdrawn);
  ADD ("limited", test_limited);
  ADD ("unreachable", test_unreachable);
  ADD ("switched-off", test_switched_off);
  ADD ("broken-file", test_broken_file);
  return g_test_run ();
}
