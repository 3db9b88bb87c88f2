/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/service-private.h"
#include "tests/integration/asking.h"

#include <string.h>

/* The list of requests, each of them, and their way out and in again, through the control API. */

static const char *const words[] = { "alpha", "bravo", "charlie", "delta", "echo" };

static Fixture *
fixture_new_used (void)
{
  Fixture *fixture = fixture_new ("test");

  jump_relay_set_keeps_bodies (fixture->service->relay, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autoptr (Answer) answer =
          api_ask (fixture, API_CHAT, i == 3 ? "gpt-5.5" : "gpt-4.1", words[i], FALSE);

      g_assert_cmpuint (answer->status, ==, 200);
      jump_clock_fake_advance (fixture->clock, 2000);
    }
  return fixture;
}

static JsonObject *
get_page (Fixture *fixture, const char *path)
{
  g_autoptr (Answer) answer = control_ask (fixture, "GET", path, NULL);

  g_test_message ("%s", path);
  g_assert_cmpuint (answer->status, ==, 200);
  return answer_parse (answer);
}

static JsonObject *
get_item (JsonObject *page, guint index)
{
  return json_array_get_object_element (json_object_get_array_member (page, "items"), index);
}

static guint
count_items (JsonObject *page)
{
  return json_array_get_length (json_object_get_array_member (page, "items"));
}

static char *
dup_id (Fixture *fixture, const char *path)
{
  g_autoptr (JsonObject) page = get_page (fixture, path);

  return g_strdup (jump_json_get_string (get_item (page, 0), "id", NULL));
}

/* ---- the list ---- */

static void
test_pages (void)
{
  g_autoptr (Fixture) fixture = fixture_new_used ();
  gint64 last = G_MAXINT64;

  for (guint i = 1; i <= 4; i++)
    {
      g_autofree char *path = g_strdup_printf ("/api/requests?per_page=2&page=%u", i);
      g_autoptr (JsonObject) page = get_page (fixture, path);

      g_assert_cmpuint (count_items (page), ==, i < 3 ? 2 : i == 3 ? 1 : 0);
      g_assert_cmpint (jump_json_get_int (page, "total", 0), ==, 5);
      g_assert_cmpint (jump_json_get_int (page, "total_pages", 0), ==, 3);
      for (guint j = 0; j < count_items (page); j++)
        {
          gint64 started = jump_json_get_int (get_item (page, j), "timestamp", 0);

          g_assert_cmpint (started, <, last);
          last = started;
        }
    }
}

static void
test_filters (void)
{
  static const struct
  {
    const char *query;
    gint64 total;
  } cases[] = {
    { "", 5 },
    { "?model=gpt-5.5", 1 },
    { "?model=gpt-4.1&api=chat", 4 },
    { "?api=messages", 0 },
    { "?status=2", 5 },
    { "?status=200", 5 },
    { "?status=4", 0 },
    { "?user=anonymous", 5 },
    { "?user=laptop", 0 },
    { "?key=laptop", 0 },
    { "?search=GPT-5", 1 },
    { "?search=Charlie", 1 }, /* of the question, too */
    { "?search=nowhere", 0 },
    { "?metric=request_size&at_least=1", 5 },
    { "?metric=request_size&at_least=100000", 0 },
    { "?from=1800000003", 3 },
    { "?until=1800000003", 2 },
    { "/search?q=delta", 1 },
    { "/search?q=DELTA+gpt-5.5", 1 },
    { "/search?q=delta+alpha", 0 },
    { "/search?q=+", 0 },
    { "/search?q=delta&model=gpt-4.1", 0 },
  };
  g_autoptr (Fixture) fixture = fixture_new_used ();

  for (guint without_store = 0; without_store < 2; without_store++)
    {
      for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
        {
          g_autofree char *path = g_strconcat ("/api/requests", cases[i].query, NULL);
          g_autoptr (JsonObject) page = get_page (fixture, path);

          g_assert_cmpint (jump_json_get_int (page, "total", -1), ==, cases[i].total);
          g_assert_cmpuint (count_items (page), ==, cases[i].total);
        }
      fixture_set (fixture, "history.store", "false");
    }
}

static void
test_wrong_filters (void)
{
  static const struct
  {
    const char *query;
    const char *message;
  } cases[] = {
    { "?page=0", "page: expected a number from 1\"" },
    { "?page=x", "page: expected a number from 1\"" },
    { "?per_page=1001", "per_page: expected a number from 1 to 1000" },
    { "?status=abc", "status: expected" },
    { "?metric=colour", "metric: expected one of request_size" },
    { "?search=%ff", "search: expected percent-encoded UTF-8" },
  };
  g_autoptr (Fixture) fixture = fixture_new ("test");

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/api/requests", cases[i].query, NULL);
      g_autoptr (Answer) answer = control_ask (fixture, "GET", path, NULL);

      g_assert_cmpuint (answer->status, ==, 400);
      assert_says (answer->body->str, cases[i].message);
    }
}

/* Those that run come first, and move the pages behind them by as many. */
static void
test_running (void)
{
  g_autoptr (Fixture) fixture = fixture_new_used ();
  g_autoptr (Answer) running = NULL;
  g_autoptr (JsonObject) first = NULL;
  g_autoptr (JsonObject) second = NULL;
  g_autofree char *path = NULL;
  g_autoptr (Answer) one = NULL;

  fixture_set (fixture, "traffic.approval", "true");
  jump_relay_set_keeps_bodies (fixture->service->relay, TRUE);
  running = api_start (fixture, API_CHAT, "gpt-4.1", "foxtrot", FALSE);
  while (jump_relay_get_open_exchanges (fixture->service->relay) == 0)
    g_main_context_iteration (NULL, TRUE);
  first = get_page (fixture, "/api/requests?per_page=2&page=1");
  second = get_page (fixture, "/api/requests?per_page=2&page=2");
  g_assert_cmpint (jump_json_get_int (first, "total", 0), ==, 6);
  g_assert_cmpuint (count_items (first), ==, 2);
  g_assert_cmpuint (count_items (second), ==, 2);
  g_assert_cmpstr (jump_json_get_string (get_item (first, 0), "state", NULL), ==, "pending");
  g_assert_cmpstr (jump_json_get_string (get_item (second, 0), "used_model", "none"), ==, "none");
  g_assert_cmpint (jump_json_get_int (get_item (first, 1), "timestamp", 0), ==, 1800000008);
  g_assert_cmpint (jump_json_get_int (get_item (second, 0), "timestamp", 0), ==, 1800000006);
  g_assert_cmpint (jump_json_get_int (get_item (second, 1), "timestamp", 0), ==, 1800000004);
  path = g_strconcat ("/api/requests/", jump_json_get_string (get_item (first, 0), "id", ""), NULL);
  one = control_ask (fixture, "GET", path, NULL);
  g_assert_cmpuint (one->status, ==, 200);
  assert_says (one->body->str, "foxtrot");
}

/* ---- one of them ---- */

static void
test_bodies (void)
{
  static const struct
  {
    const char *part;
    const char *says;
    const char *type;
  } cases[] = {
    { "", "\"raw_events\":null", "application/json" },
    { "/request-body", "{\"model\":\"gpt-4.1\"", "application/json" },
    { "/original-request-body", "alpha", "application/json" },
    { "/response-body", "chat.completion", "application/json" },
    { "/curl", "curl ", "text/plain; charset=utf-8" },
  };
  g_autoptr (Fixture) fixture = fixture_new_used ();
  g_autofree char *id = dup_id (fixture, "/api/requests?search=alpha");

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/api/requests/", id, cases[i].part, NULL);
      g_autoptr (Answer) answer = control_ask (fixture, "GET", path, NULL);

      g_test_message ("%s", path);
      g_assert_cmpuint (answer->status, ==, 200);
      g_assert_cmpstr (answer_header (answer, "content-type"), ==, cases[i].type);
      assert_says (answer->body->str, cases[i].says);
    }
}

static void
test_stream (void)
{
  g_autoptr (Fixture) fixture = fixture_new_used ();
  g_autoptr (Answer) stream = api_ask (fixture, API_CHAT, "gpt-4.1", "golf", TRUE);
  g_autofree char *id = dup_id (fixture, "/api/requests");
  g_autofree char *path = g_strconcat ("/api/requests/", id, "/response-body", NULL);
  g_autoptr (Answer) answer = control_ask (fixture, "GET", path, NULL);
  g_autoptr (JsonObject) object = answer_parse (answer);
  JsonArray *events = json_object_get_array_member (object, "raw_events");

  g_assert_cmpuint (stream->status, ==, 200);
  g_assert_cmpuint (json_array_get_length (events), >, 2);
  g_assert_cmpstr (json_array_get_string_element (events, json_array_get_length (events) - 1),
                   ==,
                   "[DONE]");
}

/* Without bodies at hand the parts are not there, the rest is. */
static void
test_dropped (void)
{
  g_autoptr (Fixture) fixture = fixture_new_used ();
  g_autofree char *id = dup_id (fixture, "/api/requests?search=alpha");
  g_autofree char *path = g_strconcat ("/api/requests/", id, NULL);
  g_autofree char *body_path = g_strconcat (path, "/request-body", NULL);
  g_autoptr (Answer) purge = control_ask (fixture, "DELETE", "/api/requests?only=bodies", NULL);
  g_autoptr (Answer) one = control_ask (fixture, "GET", path, NULL);
  g_autoptr (Answer) body = control_ask (fixture, "GET", body_path, NULL);
  g_autoptr (JsonObject) found = get_page (fixture, "/api/requests/search?q=alpha");

  g_assert_cmpuint (purge->status, ==, 200);
  g_assert_cmpuint (one->status, ==, 200);
  assert_silent (one->body->str, "alpha");
  g_assert_cmpuint (body->status, ==, 404);
  g_assert_cmpint (jump_json_get_int (found, "total", -1), ==, 0);
}

static void
test_purge (void)
{
  g_autoptr (Fixture) fixture = fixture_new_used ();
  g_autoptr (Answer) old = control_ask (fixture, "DELETE", "/api/requests?before=1800000003", NULL);
  g_autoptr (JsonObject) some = get_page (fixture, "/api/requests");
  g_autoptr (Answer) all = control_ask (fixture, "DELETE", "/api/requests", NULL);
  g_autoptr (JsonObject) none = get_page (fixture, "/api/requests");
  g_autoptr (Answer) wrong = control_ask (fixture, "DELETE", "/api/requests?only=some", NULL);
  g_autoptr (Answer) measure = control_ask (fixture, "GET", "/api/history", NULL);

  g_assert_cmpstr (old->body->str, ==, "{\"removed\":2}");
  g_assert_cmpint (jump_json_get_int (some, "total", -1), ==, 3);
  g_assert_cmpstr (all->body->str, ==, "{\"removed\":3}");
  g_assert_cmpint (jump_json_get_int (none, "total", -1), ==, 0);
  g_assert_cmpuint (wrong->status, ==, 400);
  assert_says (measure->body->str, "{\"records\":0,");
  assert_says (measure->body->str, "\"in_memory\":0");
  assert_says (measure->body->str, "\"policy\":{\"store\":true,");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/requests-api/pages", test_pages);
  g_test_add_func ("/requests-api/filters", test_filters);
  g_test_add_func ("/requests-api/wrong-filters", test_wrong_filters);
  g_test_add_func ("/requests-api/running", test_running);
  g_test_add_func ("/requests-api/bodies", test_bodies);
  g_test_add_func ("/requests-api/stream", test_stream);
  g_test_add_func ("/requests-api/dropped", test_dropped);
  g_test_add_func ("/requests-api/purge", test_purge);
  return g_test_run ();
}
