/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/service-private.h"
#include "tests/integration/asking.h"

#include <string.h>

/* Answers of the control API, member by member, against tests/fixtures/contracts/. */

static void check_value (JsonNode *wanted, JsonNode *got, const char *place);

static gboolean
is_int (JsonNode *node)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64;
}

static gboolean
is_of_kind (JsonNode *node, const char *kind)
{
  GType type = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_INVALID;

  if (g_str_has_prefix (kind, "any"))
    return TRUE;
  if (g_str_has_prefix (kind, "string"))
    return type == G_TYPE_STRING;
  if (g_str_has_prefix (kind, "boolean"))
    return type == G_TYPE_BOOLEAN;
  if (g_str_has_prefix (kind, "number"))
    return type == G_TYPE_DOUBLE || is_int (node);
  g_assert_true (g_str_has_prefix (kind, "int"));
  return is_int (node);
}

static void
check_kind (const char *kind, JsonNode *got, const char *place)
{
  gboolean is_right =
      JSON_NODE_HOLDS_NULL (got) ? g_str_has_suffix (kind, "?") : is_of_kind (got, kind);

  if (!is_right)
    g_test_message ("%s: expected %s", place, kind);
  g_assert_true (is_right);
}

static void
check_members (JsonObject *wanted, JsonObject *got, const char *place)
{
  g_autoptr (GList) names = json_object_get_members (wanted);
  gboolean is_open = json_object_has_member (wanted, "*");

  if (is_open)
    {
      g_list_free (names);
      names = json_object_get_members (got);
    }
  for (GList *link = names; link != NULL; link = link->next)
    {
      g_autofree char *inner = g_strdup_printf ("%s.%s", place, (const char *) link->data);

      g_test_message ("%s", inner);
      g_assert_true (json_object_has_member (got, link->data));
      check_value (json_object_get_member (wanted, is_open ? "*" : link->data),
                   json_object_get_member (got, link->data),
                   inner);
    }
}

static void
check_value (JsonNode *wanted, JsonNode *got, const char *place)
{
  if (JSON_NODE_HOLDS_VALUE (wanted))
    {
      check_kind (json_node_get_string (wanted), got, place);
      return;
    }
  g_assert_cmpint (json_node_get_node_type (wanted), ==, json_node_get_node_type (got));
  if (JSON_NODE_HOLDS_OBJECT (wanted))
    {
      check_members (json_node_get_object (wanted), json_node_get_object (got), place);
      return;
    }
  for (guint i = 0; i < json_array_get_length (json_node_get_array (got)); i++)
    check_value (json_array_get_element (json_node_get_array (wanted), 0),
                 json_array_get_element (json_node_get_array (got), i),
                 place);
}

static void
check_answer (Answer *answer, const char *contract)
{
  g_autofree char *name = g_strconcat (contract, ".json", NULL);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "fixtures", "contracts", name, NULL);
  g_autofree char *text = NULL;
  g_autoptr (JsonNode) wanted = NULL;
  g_autoptr (JsonNode) got = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpuint (answer->status, ==, 200);
  wanted = json_from_string (text, NULL);
  got = json_from_string (answer->body->str, NULL);
  g_assert_nonnull (wanted);
  g_assert_nonnull (got);
  check_value (wanted, got, contract);
}

static Fixture *
fixture_new_used (void)
{
  Fixture *fixture = fixture_new ("test");

  jump_relay_set_keeps_bodies (fixture->service->relay, TRUE);
  for (guint i = 0; i < 4; i++)
    {
      g_autoptr (Answer) answer =
          api_ask (fixture, i < 2 ? API_CHAT : API_MESSAGES, "sonnet", "hello", i % 2 == 0);

      g_assert_cmpuint (answer->status, ==, 200);
    }
  return fixture;
}

static void
test_stats (void)
{
  g_autoptr (Fixture) fixture = fixture_new_used ();
  g_autoptr (Answer) all = control_ask (fixture, "GET", "/api/stats", NULL);
  g_autoptr (Answer) user = control_ask (fixture, "GET", "/api/stats?user=anonymous", NULL);
  g_autoptr (Answer) nobody = control_ask (fixture, "GET", "/api/stats?user=nobody", NULL);
  g_autoptr (JsonObject) numbers = NULL;

  check_answer (all, "stats");
  check_answer (user, "stats");
  check_answer (nobody, "stats");
  numbers = answer_parse (all);
  g_assert_cmpint (jump_json_get_int (numbers, "total_requests", 0), ==, 4);
  g_assert_cmpint (jump_json_get_int (numbers, "cached_requests", 0), ==, 4);
  g_assert_cmpint (jump_json_get_int (jump_json_get_object (numbers, "counters"), "ping_sent", -1),
                   ==,
                   0);
  assert_says (user->body->str, "\"user_id\":\"anonymous\"");
  assert_says (nobody->body->str, "\"total_requests\":0");
}

static void
test_requests (void)
{
  g_autoptr (Fixture) fixture = fixture_new_used ();
  g_autoptr (Answer) list = control_ask (fixture, "GET", "/api/requests?per_page=3", NULL);
  g_autoptr (Answer) found = control_ask (fixture, "GET", "/api/requests/search?q=hello", NULL);
  g_autoptr (Answer) nothing = control_ask (fixture, "GET", "/api/requests/search?q=", NULL);
  g_autoptr (JsonObject) page = NULL;
  JsonArray *items;

  check_answer (list, "requests");
  check_answer (found, "requests");
  check_answer (nothing, "requests");
  assert_silent (list->body->str, "request_body");
  assert_silent (list->body->str, "raw_events");
  assert_silent (list->body->str, "request_headers");
  page = answer_parse (list);
  items = json_object_get_array_member (page, "items");
  g_assert_cmpuint (json_array_get_length (items), ==, 3);
  g_assert_cmpint (jump_json_get_int (page, "total_pages", 0), ==, 2);
  for (guint i = 0; i < 3; i++)
    {
      JsonObject *item = json_array_get_object_element (items, i);
      g_autofree char *path =
          g_strconcat ("/api/request/", jump_json_get_string (item, "id", ""), NULL);
      g_autoptr (Answer) one = control_ask (fixture, "GET", path, NULL);

      check_answer (one, "request");
    }
}

static void
test_not_found (void)
{
  g_autoptr (Fixture) fixture = fixture_new ("test");
  g_autoptr (Answer) theirs = control_ask (fixture, "GET", "/api/request/nobody", NULL);
  g_autoptr (Answer) ours = control_ask (fixture, "GET", "/api/requests/nobody", NULL);

  g_assert_cmpuint (theirs->status, ==, 404);
  g_assert_cmpstr (theirs->body->str, ==, "{\"error\":\"Request not found\"}");
  g_assert_cmpuint (ours->status, ==, 404);
}

static void
test_import (void)
{
  g_autoptr (Fixture) fixture = fixture_new ("test");
  g_autoptr (Answer) answer =
      control_ask (fixture, "POST", "/api/requests/import", "{}\nnonsense\n");

  check_answer (answer, "import");
}

static void
test_token_usage (void)
{
  g_autoptr (Fixture) fixture = fixture_new_used ();
  g_autoptr (Answer) week = control_ask (fixture, "GET", "/api/config-manager/token-usage", NULL);
  g_autoptr (Answer) all =
      control_ask (fixture, "GET", "/api/config-manager/token-usage?range=all", NULL);
  g_autoptr (Answer) wrong =
      control_ask (fixture, "GET", "/api/config-manager/token-usage?range=year", NULL);
  g_autoptr (Answer) times =
      control_ask (fixture,
                   "GET",
                   "/api/config-manager/token-usage?from=1700000000&until=1700000001",
                   NULL);

  check_answer (times, "token-usage");
  assert_says (times->body->str, "\"request_count\":0");
  check_answer (week, "token-usage");
  check_answer (all, "token-usage");
  g_assert_cmpuint (wrong->status, ==, 400);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/contracts/stats", test_stats);
  g_test_add_func ("/contracts/requests", test_requests);
  g_test_add_func ("/contracts/not-found", test_not_found);
  g_test_add_func ("/contracts/import", test_import);
  g_test_add_func ("/contracts/token-usage", test_token_usage);
  return g_test_run ();
}
