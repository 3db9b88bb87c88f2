/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/shown-secrets.h"
#include "service/service-private.h"
#include "tests/integration/asking.h"
#include "tests/integration/wire.h"

#include <string.h>

/* GET /api/events: what followers get, byte by byte, and how they go on where they were. */

#define RETRY "retry: 2000\n\n"

/* ---- following ---- */

typedef struct
{
  Answer *answer;
  const char *needle;
  guint times;
} Waiting;

static gboolean
has_needles (gpointer data)
{
  Waiting *self = data;

  return count_text (self->answer->body->str, self->needle) >= self->times;
}

static void
wait_for (Answer *answer, const char *needle, guint times)
{
  Waiting waiting = { answer, needle, times };

  turn_until (has_needles, &waiting);
}

/* @last: (nullable): Last-Event-ID */
static Answer *
follow (Fixture *fixture, const char *last)
{
  g_autofree char *authorization = fixture_dup_authorization (fixture);
  Answer *answer = fixture_start (fixture,
                                  "GET",
                                  "/api/events",
                                  NULL,
                                  "Authorization",
                                  authorization,
                                  last != NULL ? "Last-Event-ID" : NULL,
                                  last,
                                  NULL);

  wait_for (answer, RETRY, 1);
  return answer;
}

/* Nobody else has anything to say any more: what a start brings is over. */
static Fixture *
fixture_new_quiet (void)
{
  Fixture *fixture = fixture_new ("test");
  g_autoptr (Answer) models = fixture_ask (fixture, "GET", "/v1/models", NULL);

  g_assert_cmpuint (models->status, ==, 200);
  turn_some (50);
  return fixture;
}

/* Where each byte counts nobody but the test has anything to say. */
static Fixture *
fixture_new_silent (void)
{
  Fixture *fixture = fixture_new_quiet ();
  JumpService *service = fixture->service;
  gpointer const talkers[] = { service,          service->quota,   service->budget,
                               service->catalog, service->account, service->settings };

  for (gsize i = 0; i < G_N_ELEMENTS (talkers); i++)
    g_signal_handlers_disconnect_by_data (talkers[i], service);
  return fixture;
}

static void
publish (Fixture *fixture, const char *name, const char *json)
{
  jump_event_feed_publish (fixture->service->events, name, g_strdup (json));
}

static guint64
get_last (Fixture *fixture)
{
  return jump_event_feed_get_last (fixture->service->events);
}

static char *
format_number (guint64 number)
{
  return g_strdup_printf ("%" G_GUINT64_FORMAT, number);
}

static void
append_event (GString *text, guint64 number, const char *name, const char *data)
{
  g_string_append_printf (text,
                          "id: %" G_GUINT64_FORMAT "\nevent: %s\ndata: %s\n\n",
                          number,
                          name,
                          data);
}

static gboolean
has_no_follower (gpointer data)
{
  Fixture *fixture = data;

  jump_clock_fake_advance (fixture->clock, 60 * 1000);
  return !jump_event_feed_has_followers (fixture->service->events);
}

/* ---- tests ---- */

static void
test_bytes (void)
{
  g_autoptr (Fixture) fixture = fixture_new_silent ();
  g_autoptr (Answer) answer = follow (fixture, NULL);
  g_autoptr (GString) wanted = g_string_new (RETRY);
  guint64 last = get_last (fixture);

  g_assert_cmpuint (answer->status, ==, 200);
  g_assert_cmpstr (answer_header (answer, "content-type"), ==, "text/event-stream");
  assert_says (answer_header (answer, "cache-control"), "no-store");
  publish (fixture, "keys", "{}");
  publish (fixture, "quota", "{\"used\":1,\"words\":\"a\\nb\"}");
  append_event (wanted, last + 1, "keys", "{}");
  append_event (wanted, last + 2, "quota", "{\"used\":1,\"words\":\"a\\nb\"}");
  wait_for (answer, "quota", 1);
  jump_clock_fake_advance (fixture->clock, 15 * 1000);
  g_string_append (wanted, ": keep-alive\n\n");
  wait_for (answer, "keep-alive", 1);
  g_assert_cmpstr (answer->body->str, ==, wanted->str);
  g_assert_false (answer->is_done);
}

/* What happened while somebody was away, once and in order; also while nobody else followed. */
static void
test_resume (void)
{
  g_autoptr (Fixture) fixture = fixture_new_silent ();
  Answer *first = follow (fixture, NULL);
  guint64 start = get_last (fixture);
  g_autofree char *seen = format_number (start + 2);
  g_autoptr (Answer) second = NULL;
  g_autoptr (GString) wanted = g_string_new (RETRY);

  for (guint i = 0; i < 3; i++)
    publish (fixture, "keys", "{}");
  wait_for (first, "keys", 3);
  answer_free (first);
  turn_some (50);
  publish (fixture, "models", "{}");
  g_assert_true (jump_event_feed_has_followers (fixture->service->events));
  second = follow (fixture, seen);
  publish (fixture, "budget", "{}");
  append_event (wanted, start + 3, "keys", "{}");
  append_event (wanted, start + 4, "models", "{}");
  append_event (wanted, start + 5, "budget", "{}");
  wait_for (second, "budget", 1);
  g_assert_cmpstr (second->body->str, ==, wanted->str);
}

static void
test_gaps (void)
{
  g_autoptr (Fixture) fixture = fixture_new_silent ();
  g_autofree char *future = format_number (get_last (fixture) + 5);
  const char *const ids[] = { "0", "17", "-1", "here", "99999999999999999999999", future };
  g_autoptr (Answer) keeper = follow (fixture, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autoptr (Answer) answer = follow (fixture, ids[i]);
      g_autoptr (GString) wanted = g_string_new (RETRY);

      g_test_message ("%s", ids[i]);
      append_event (wanted, get_last (fixture), "reset", "{}");
      wait_for (answer, "reset", 1);
      g_assert_cmpstr (answer->body->str, ==, wanted->str);
    }
  g_assert_false (keeper->is_done);
}

/* Nothing is made for nobody, and whoever comes back later is told so. */
static void
test_nobody (void)
{
  g_autoptr (Fixture) fixture = fixture_new_silent ();
  Answer *first = follow (fixture, NULL);
  g_autofree char *seen = format_number (get_last (fixture));
  g_autoptr (Answer) quiet = NULL;
  g_autoptr (Answer) chat = NULL;
  g_autoptr (Answer) late = NULL;

  answer_free (first);
  turn_until (has_no_follower, fixture);
  quiet = follow (fixture, seen);
  g_assert_cmpstr (quiet->body->str, ==, RETRY);
  g_clear_pointer (&quiet, answer_free);
  turn_until (has_no_follower, fixture);
  chat = fixture_chat (fixture, "gpt-4.1", "hello", FALSE);
  g_assert_null (jump_event_feed_get_next (fixture->service->events, 0, &(gboolean){ FALSE }));
  late = follow (fixture, seen);
  wait_for (late, "event: reset", 1);
}

static void
test_rows (void)
{
  g_autoptr (Fixture) fixture = fixture_new_quiet ();
  g_autoptr (Answer) answer = follow (fixture, NULL);
  g_autoptr (Answer) chat = fixture_chat (fixture, "gpt-4.1", "hello", FALSE);

  g_assert_cmpuint (chat->status, ==, 200);
  wait_for (answer, "event: request", 1);
  assert_says (answer->body->str, "\"state\":\"pending\"");
  assert_silent (answer->body->str, "\"state\":\"completed\"");
  jump_clock_fake_advance (fixture->clock, 200);
  wait_for (answer, "\"state\":\"completed\"", 1);
  g_assert_cmpuint (count_text (answer->body->str, "event: request"), ==, 2);
  assert_silent (answer->body->str, "hello");
}

static void
test_changes (void)
{
  static const char *const names[] = { "settings", "keys", "login" };
  g_autoptr (Fixture) fixture = fixture_new_quiet ();
  g_autoptr (Answer) answer = follow (fixture, NULL);
  g_autoptr (Answer) key = control_ask (fixture, "POST", "/api/keys", "{\"name\":\"a-guest\"}");

  fixture_set (fixture, "traffic.waiting", "7");
  jump_account_start_sign_in (jump_service_get_account (fixture->service));
  wait_for (answer, "event: status", 1);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *event = g_strconcat ("event: ", names[i], "\n", NULL);

      wait_for (answer, event, 1);
    }
  g_assert_cmpuint (key->status, ==, 201);
  assert_silent (answer->body->str, "a-guest");
}

static void
test_places (void)
{
  g_autoptr (Fixture) fixture = fixture_new_quiet ();
  g_autoptr (GPtrArray) followers = g_ptr_array_new_with_free_func ((GDestroyNotify) answer_free);
  g_autoptr (Answer) refused = NULL;

  for (guint i = 0; i < JUMP_EVENT_DESK_PLACES; i++)
    g_ptr_array_add (followers, follow (fixture, NULL));
  refused = control_ask (fixture, "GET", "/api/events", NULL);
  g_assert_cmpuint (refused->status, ==, 503);
  g_ptr_array_set_size (followers, 3);
  turn_some (50);
  g_ptr_array_add (followers, follow (fixture, NULL));
}

static void
test_head (void)
{
  g_autoptr (Fixture) fixture = fixture_new_quiet ();
  g_autoptr (Answer) answer = control_ask (fixture, "HEAD", "/api/events", NULL);

  g_assert_cmpuint (answer->status, ==, 200);
  g_assert_false (jump_event_feed_has_followers (fixture->service->events));
}

/* A browser that was shown out hears nothing more. */
static void
test_session (void)
{
  g_autoptr (Fixture) fixture = fixture_new_quiet ();
  JumpSessionBook *sessions = fixture->service->sessions;
  g_autofree char *code = jump_session_book_make_code (sessions);
  g_autofree char *session = jump_session_book_redeem (sessions, code);
  g_autofree char *cookie = g_strconcat (JUMP_SESSION_COOKIE "=", session, NULL);
  g_autoptr (Answer) with_key = follow (fixture, NULL);
  g_autoptr (Answer) answer =
      fixture_start (fixture, "GET", "/api/events", NULL, "Cookie", cookie, NULL);
  g_autoptr (Answer) end = NULL;

  wait_for (answer, RETRY, 1);
  end = fixture_start (fixture,
                       "DELETE",
                       "/api/session",
                       NULL,
                       "Cookie",
                       cookie,
                       "Sec-Fetch-Site",
                       "same-origin",
                       NULL);
  answer_wait (end);
  g_assert_cmpuint (end->status, ==, 204);
  answer_wait (answer);
  g_assert_no_error (answer->error);
  g_assert_false (with_key->is_done);
}

static void
on_stopped (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(gboolean *) user_data = jump_service_stop_finish (JUMP_SERVICE (source), result, NULL);
}

static gboolean
is_true (gpointer data)
{
  return *(gboolean *) data;
}

static void
test_stop (void)
{
  g_autoptr (Fixture) fixture = fixture_new_quiet ();
  g_autoptr (Answer) answer = follow (fixture, NULL);
  gboolean is_stopped = FALSE;

  jump_service_stop_async (fixture->service, on_stopped, &is_stopped);
  answer_wait (answer);
  g_assert_no_error (answer->error);
  turn_until (is_true, &is_stopped);
}

/* One that has read the head and nothing else. */
static Wire *
wire_follow (Fixture *fixture)
{
  g_autofree char *authorization = fixture_dup_authorization (fixture);
  g_autofree char *request =
      g_strdup_printf ("GET /api/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: %s\r\n\r\n",
                       authorization);
  Wire *wire = wire_new (fixture);

  wire_send (wire, request, strlen (request));
  wire_wait_for (wire, RETRY, 1);
  return wire;
}

/* Who does not read is waited for with what the feed keeps, not with memory of its own. */
static void
test_slow_reader (void)
{
  g_autoptr (Fixture) fixture = fixture_new_quiet ();
  g_autofree char *data = g_strnfill (16 * 1024, 'x');
  g_autoptr (Wire) wire = wire_follow (fixture);

  for (guint i = 0; i < 2 * JUMP_LIMIT_EVENTS; i++)
    {
      publish (fixture, "keys", data);
      turn_some (1);
    }
  wire_wait_for (wire, "event: reset", 1);
  publish (fixture, "budget", "{}");
  wire_wait_for (wire, "event: budget", 1);
  g_assert_cmpuint (count_text (wire->got->str, "event: keys"), <, 2 * JUMP_LIMIT_EVENTS);
}

/* Who reads nothing for so long is not waited for any more. */
static void
test_cut (void)
{
  g_autoptr (Fixture) fixture = fixture_new_quiet ();
  g_autofree char *data = g_strnfill (16 * 1024, 'x');
  g_autoptr (Wire) wire = NULL;

  fixture_set (fixture, "timeouts.server_write", "1");
  wire = wire_follow (fixture);
  for (guint i = 0; i < 2 * JUMP_LIMIT_EVENTS; i++)
    {
      publish (fixture, "keys", data);
      turn_some (1);
    }
  g_assert_true (jump_event_feed_has_followers (fixture->service->events));
  turn_until (has_no_follower, fixture);
  wire_wait_for_end (wire);
  assert_silent (wire->got->str, "event: reset");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/events/bytes", test_bytes);
  g_test_add_func ("/events/resume", test_resume);
  g_test_add_func ("/events/gaps", test_gaps);
  g_test_add_func ("/events/nobody", test_nobody);
  g_test_add_func ("/events/rows", test_rows);
  g_test_add_func ("/events/changes", test_changes);
  g_test_add_func ("/events/places", test_places);
  g_test_add_func ("/events/head", test_head);
  g_test_add_func ("/events/session", test_session);
  g_test_add_func ("/events/stop", test_stop);
  g_test_add_func ("/events/slow-reader", test_slow_reader);
  g_test_add_func ("/events/cut", test_cut);
  return g_test_run ();
}
