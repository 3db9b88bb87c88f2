/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/service-private.h"
#include "tests/integration/asking.h"

#include <string.h>

/* Requests on their way out into .jl files and in again. */

static Fixture *
fixture_new_used (guint n)
{
  Fixture *fixture = fixture_new ("test");

  jump_relay_set_keeps_bodies (fixture->service->relay, TRUE);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *text = g_strdup_printf ("question %u", i);
      g_autoptr (Answer) answer = api_ask (fixture, API_CHAT, "gpt-4.1", text, i % 2 == 1);

      g_assert_cmpuint (answer->status, ==, 200);
      jump_clock_fake_advance (fixture->clock, 1000);
    }
  return fixture;
}

/* Returns: (transfer full) (array zero-terminated=1): the lines of an export */
static char **
export_lines (Fixture *fixture, const char *query)
{
  g_autofree char *path = g_strconcat ("/api/requests/export", query, NULL);
  g_autoptr (Answer) answer = control_ask (fixture, "GET", path, NULL);
  gsize length = answer->body->len;

  g_assert_cmpuint (answer->status, ==, 200);
  g_assert_no_error (answer->error);
  g_assert_cmpstr (answer_header (answer, "content-type"), ==, "application/x-jsonlines");
  g_assert_true (g_regex_match_simple ("^attachment; filename=\"requests_[0-9]{8}_[0-9]{6}\\.jl\"$",
                                       answer_header (answer, "content-disposition"),
                                       0,
                                       0));
  if (length == 0)
    return g_new0 (char *, 1);
  g_assert_cmpint (answer->body->str[length - 1], ==, '\n');
  answer->body->str[length - 1] = '\0';
  return g_strsplit (answer->body->str, "\n", -1);
}

static char *
make_form (const char *content)
{
  return g_strconcat ("--b0undary\r\nContent-Disposition: form-data; name=\"file\"; "
                      "filename=\"requests.jl\"\r\n\r\n",
                      content,
                      "\r\n--b0undary--\r\n",
                      NULL);
}

static Answer *
import (Fixture *fixture, const char *type, const char *body)
{
  g_autofree char *authorization = fixture_dup_authorization (fixture);
  g_autofree char *url =
      g_strconcat (jump_service_get_url (fixture->service), "/api/requests/import", NULL);
  g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));
  const char *const headers[] = { "Authorization", authorization, "Content-Type", type, NULL };
  Answer *answer;

  answer = fixture_send (fixture, "POST", url, bytes, headers);
  answer_wait (answer);
  return answer;
}

static void
test_export (void)
{
  g_autoptr (Fixture) fixture = fixture_new_used (150);
  g_auto (GStrv) lines = export_lines (fixture, "");
  g_auto (GStrv) late = export_lines (fixture, "?from=1800000100");
  g_auto (GStrv) none = export_lines (fixture, "?model=nobody");
  gint64 last = 0;

  g_assert_cmpuint (g_strv_length (lines), ==, 150);
  g_assert_cmpuint (g_strv_length (late), ==, 50);
  g_assert_cmpuint (g_strv_length (none), ==, 0);
  for (guint i = 0; i < 150; i++)
    {
      g_autoptr (JsonObject) line = jump_json_parse_object (lines[i], -1, NULL);
      g_autofree char *text = g_strdup_printf ("\"question %u\"", i);

      g_assert_nonnull (line);
      g_assert_cmpint (jump_json_get_int (line, "timestamp", 0), >, last);
      last = jump_json_get_int (line, "timestamp", 0);
      assert_says (lines[i], text);
    }
  fixture_set (fixture, "history.store", "false");
  g_strfreev (g_steal_pointer (&late));
  late = export_lines (fixture, "?from=1800000100");
  g_assert_cmpuint (g_strv_length (late), ==, 50);
  assert_says (late[0], "\"question 100\"");
}

static void
assert_found (Fixture *fixture, const char *query, guint n)
{
  g_autofree char *path = g_strconcat ("/api/requests", query, NULL);
  g_autoptr (Answer) answer = control_ask (fixture, "GET", path, NULL);
  g_autoptr (JsonObject) page = answer_parse (answer);
  g_auto (GStrv) lines = export_lines (fixture, query);

  g_test_message ("%s", query);
  g_assert_cmpint (jump_json_get_int (page, "total", -1), ==, n);
  g_assert_cmpuint (g_strv_length (lines), ==, n);
}

/* What is searched for is found by both, also in bodies that no disk has. */
static void
test_search (void)
{
  g_autoptr (Fixture) fixture = fixture_new_used (100);
  g_auto (GStrv) lines = export_lines (fixture, "?search=question%201");
  const char *const stores[] = { "true", "false" };

  for (guint i = 0; i < G_N_ELEMENTS (stores); i++)
    {
      fixture_set (fixture, "history.store", stores[i]);
      assert_found (fixture, "?search=question%2042", 1);
      assert_found (fixture, "?search=question%201", 11);
      assert_found (fixture, "?search=gpt-4.1", 100);
      assert_found (fixture, "?search=question&from=1800000090", 10);
      assert_found (fixture, "?search=nobody-said-that", 0);
    }
  assert_says (lines[0], "\"question 1\"");
  assert_says (lines[1], "\"question 10\"");
  assert_says (lines[10], "\"question 19\"");
}

/* What one computer wrote, another reads, and none of it is new usage there. */
static void
test_round_trip (void)
{
  g_autoptr (Fixture) here = fixture_new_used (3);
  g_auto (GStrv) lines = export_lines (here, "");
  g_autofree char *text = g_strjoinv ("\n", lines);
  g_autofree char *form = make_form (text);
  g_autoptr (Fixture) there =
      fixture_new_with_settings ("test", JUMP_KEY_HISTORY_BODIES, "true", -1);
  g_autoptr (Answer) answer = import (there, "multipart/form-data; boundary=b0undary", form);
  g_autoptr (Answer) again = import (there, "application/x-jsonlines", text);
  g_autoptr (Answer) stats = NULL;
  g_autoptr (Answer) usage = NULL;
  g_auto (GStrv) back = NULL;
  g_autoptr (Answer) own = import (here, "application/x-jsonlines", text);

  g_assert_cmpstr (answer->body->str, ==, "{\"imported\":3,\"errors\":[],\"total_errors\":0}");
  g_assert_cmpstr (again->body->str, ==, "{\"imported\":3,\"errors\":[],\"total_errors\":0}");
  g_assert_cmpstr (own->body->str, ==, "{\"imported\":0,\"errors\":[],\"total_errors\":0}");
  stats = control_ask (there, "GET", "/api/stats", NULL);
  assert_says (stats->body->str, "\"total_requests\":0");
  usage = control_ask (there, "GET", "/api/usage", NULL);
  assert_says (usage->body->str, "\"rows\":[]");
  back = export_lines (there, "");
  g_assert_cmpuint (g_strv_length (back), ==, 3);
  assert_says (back[0], "question 0");
}

static void
test_errors (void)
{
  g_autoptr (Fixture) fixture = fixture_new ("test");
  g_autoptr (GString) bad = g_string_new ("\xef\xbb\xbf{\"id\":\"a\",\"timestamp\":1}\r\n\n");
  g_autoptr (Answer) answer = NULL;
  g_autoptr (JsonObject) report = NULL;
  JsonArray *errors;

  for (guint i = 0; i < 12; i++)
    g_string_append (bad, "nonsense\n");
  g_string_append (bad, "{\"id\":\"b\",\"timestamp\":\"2026-01-01T00:00:00Z\"}");
  answer = import (fixture, "application/x-jsonlines", bad->str);
  report = answer_parse (answer);
  errors = json_object_get_array_member (report, "errors");
  g_assert_cmpint (jump_json_get_int (report, "imported", 0), ==, 2);
  g_assert_cmpint (jump_json_get_int (report, "total_errors", 0), ==, 12);
  g_assert_cmpuint (json_array_get_length (errors), ==, 10);
  g_assert_true (g_str_has_prefix (json_array_get_string_element (errors, 0), "Line 3: "));
}

static void
test_refusals (void)
{
  static const struct
  {
    const char *type;
    const char *body;
  } cases[] = {
    { "application/x-jsonlines", "" },
    { "multipart/form-data; boundary=b", "" },
    { "multipart/form-data; boundary=b", "--b--\r\n" },
    { "multipart/form-data", "--b--\r\n" },
  };
  g_autoptr (Fixture) fixture = fixture_new ("test");
  g_autoptr (Answer) off = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Answer) answer = import (fixture, cases[i].type, cases[i].body);

      g_assert_cmpuint (answer->status, ==, 400);
    }
  fixture_set (fixture, "history.store", "false");
  off = import (fixture, "application/x-jsonlines", "{}");
  g_assert_cmpuint (off->status, ==, 409);
}

/* Files are larger than what other control routes take. */
static void
test_large (void)
{
  g_autoptr (Fixture) fixture = fixture_new ("test");
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *padding = g_strnfill (1024, 'x');
  g_autoptr (Answer) answer = NULL;

  for (guint i = 0; i < 2000; i++)
    g_string_append_printf (text,
                            "{\"id\":\"r%u\",\"timestamp\":%u,\"note\":\"%s\"}\n",
                            i,
                            1700000000 + i,
                            padding);
  answer = import (fixture, "application/x-jsonlines", text->str);
  g_assert_cmpstr (answer->body->str, ==, "{\"imported\":2000,\"errors\":[],\"total_errors\":0}");
}

/* Somebody leaves in the middle: nothing goes on. */
static void
test_left (void)
{
  g_autoptr (Fixture) fixture = fixture_new_used (20);
  g_autofree char *authorization = fixture_dup_authorization (fixture);

  for (guint i = 0; i < 30; i++)
    {
      Answer *answer = fixture_start (fixture,
                                      "GET",
                                      "/api/requests/export",
                                      NULL,
                                      "Authorization",
                                      authorization,
                                      NULL);

      turn_some (i);
      answer_free (answer);
    }
  turn_some (200);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/request-files/export", test_export);
  g_test_add_func ("/request-files/search", test_search);
  g_test_add_func ("/request-files/round-trip", test_round_trip);
  g_test_add_func ("/request-files/errors", test_errors);
  g_test_add_func ("/request-files/refusals", test_refusals);
  g_test_add_func ("/request-files/large", test_large);
  g_test_add_func ("/request-files/left", test_left);
  return g_test_run ();
}
