/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "tests/integration/asking.h"

#include <string.h>

/* Requests that somebody has to allow, through the control API. */

static Fixture *
new_fixture (void)
{
  Fixture *fixture = fixture_new_ruled (NULL);

  fixture_set (fixture, "traffic.approval", "true");
  return fixture;
}

static Answer *
start (Fixture *fixture, const char *client)
{
  return fixture_start (
      fixture,
      "POST",
      "/v1/chat/completions",
      "{\"model\":\"gpt-4.1\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}",
      "User-Agent",
      client,
      NULL);
}

static guint
count (Fixture *fixture)
{
  return g_list_model_get_n_items (G_LIST_MODEL (jump_service_get_approvals (fixture->service)));
}

typedef struct
{
  Fixture *fixture;
  guint n;
} Wanted;

static gboolean
has_rows (gpointer data)
{
  const Wanted *wanted = data;

  return count (wanted->fixture) == wanted->n;
}

static void
wait_rows (Fixture *fixture, guint n)
{
  Wanted wanted = { fixture, n };

  turn_until (has_rows, &wanted);
}

/* The newest row's id, as the API tells it. Returns: (transfer full) */
static char *
dup_newest (Fixture *fixture, const char *client)
{
  g_autoptr (Answer) list = control_ask (fixture, "GET", "/api/approvals", NULL);
  g_autoptr (JsonObject) object = answer_parse (list);
  JsonArray *rows = jump_json_get_array (object, "approvals");
  JsonObject *row = json_array_get_object_element (rows, json_array_get_length (rows) - 1);

  g_assert_cmpstr (jump_json_get_string (row, "client", NULL), ==, client);
  g_assert_cmpstr (jump_json_get_string (row, "model", NULL), ==, "gpt-4.1");
  g_assert_cmpint (jump_json_get_int (row, "until", 0),
                   ==,
                   jump_json_get_int (row, "since", 0) + 60);
  return g_strdup (jump_json_get_string (row, "id", NULL));
}

static Answer *
reply (Fixture *fixture, const char *id, const char *word)
{
  g_autofree char *path = g_strconcat ("/api/approvals/", id, NULL);
  g_autofree char *body = g_strdup_printf ("{\"answer\":\"%s\"}", word);

  return control_ask (fixture, "POST", path, body);
}

static void
reply_newest (Fixture *fixture, const char *client, const char *word)
{
  g_autofree char *id = dup_newest (fixture, client);
  g_autoptr (Answer) told = reply (fixture, id, word);

  g_assert_cmpuint (told->status, ==, 200);
}

static void
test_once (void)
{
  g_autoptr (Fixture) fixture = new_fixture ();
  g_autoptr (GPtrArray) records = fixture_keep_records (fixture);
  g_autoptr (Answer) answer = start (fixture, "claude-cli/2.1 (external)");
  g_autoptr (Answer) status = NULL;
  g_autoptr (JsonObject) object = NULL;
  JumpAttention attention;
  JumpTrafficState traffic;

  wait_rows (fixture, 1);
  jump_service_get_traffic (fixture->service, &traffic);
  g_assert_cmpuint (traffic.active, ==, 0);
  g_assert_cmpuint (traffic.approvals, ==, 1);
  jump_service_get_condition (fixture->service, &attention);
  g_assert_cmpint (attention, ==, JUMP_ATTENTION_APPROVAL);
  status = control_ask (fixture, "GET", "/api/status", NULL);
  object = answer_parse (status);
  g_assert_cmpint (jump_json_get_int (object, "approvals", 0), ==, 1);
  jump_clock_fake_advance (fixture->clock, 7000);
  g_assert_cmpuint (upstream_calls (fixture), ==, 0);
  reply_newest (fixture, "claude-cli", "once");
  answer_wait (answer);
  g_assert_cmpuint (answer->status, ==, 200);
  wait_rows (fixture, 0);
  g_assert_cmpint (((JumpExchangeRecord *) records->pdata[0])->queued_us, ==, 7000000);
  answer_free (g_steal_pointer (&answer));
  answer = start (fixture, "claude-cli/2.1 (external)");
  wait_rows (fixture, 1);
}

static void
test_denied (void)
{
  g_autoptr (Fixture) fixture = new_fixture ();

  for (Api api = 0; api < N_APIS; api++)
    {
      g_autoptr (Answer) answer = api_start (fixture, api, "gpt-4.1", "hello", FALSE);
      g_autoptr (Answer) late = NULL;

      wait_rows (fixture, 1);
      reply_newest (fixture, "unknown", "deny");
      answer_wait (answer);
      api_assert_error (api, answer, 403, NULL, "refused this request in Jumpseat");
      late = api_start (fixture, api, "gpt-4.1", "hello", FALSE);
      wait_rows (fixture, 1);
      jump_clock_fake_advance (fixture->clock, 60000);
      answer_wait (late);
      api_assert_error (api, late, 403, NULL, "nobody allowed this request within 60 seconds");
      g_assert_cmpuint (count (fixture), ==, 0);
    }
  g_assert_cmpuint (upstream_calls (fixture), ==, 0);
}

static void
test_for_longer (void)
{
  g_autoptr (Fixture) fixture = new_fixture ();
  g_autoptr (Answer) first = start (fixture, "a/1");
  g_autoptr (Answer) second = NULL;
  g_autoptr (Answer) third = NULL;
  g_autoptr (Answer) fourth = NULL;

  wait_rows (fixture, 1);
  reply_newest (fixture, "a", "ten_minutes");
  answer_wait (first);
  second = start (fixture, "a/2");
  answer_wait (second);
  g_assert_cmpuint (second->status, ==, 200);
  fixture_set (fixture, "traffic.approved_clients", "somebody");
  third = start (fixture, "b/1");
  wait_rows (fixture, 1);
  reply_newest (fixture, "b", "always");
  answer_wait (third);
  g_assert_cmpuint (third->status, ==, 200);
  g_assert_cmpstr (jump_settings_get_string (fixture->settings, JUMP_KEY_TRAFFIC_APPROVED_CLIENTS),
                   ==,
                   "somebody,b");
  fourth = start (fixture, "b/1");
  answer_wait (fourth);
  g_assert_cmpuint (fourth->status, ==, 200);
}

static void
test_leaving (void)
{
  g_autoptr (Fixture) fixture = new_fixture ();
  Answer *answer = start (fixture, "a/1");
  g_autofree char *id = NULL;
  g_autoptr (Answer) late = NULL;

  wait_rows (fixture, 1);
  id = dup_newest (fixture, "a");
  answer_free (answer);
  wait_rows (fixture, 0);
  late = reply (fixture, id, "once");
  g_assert_cmpuint (late->status, ==, 404);
}

static void
test_wrong_words (void)
{
  static const struct
  {
    const char *body;
    const char *words;
  } cases[] = {
    { "{\"answer\":\"yes\"}", "answer: expected once, ten_minutes, always or deny" },
    { "{\"answer\":1}", "answer: expected string" },
    { "{}", "answer" },
    { "[]", "expected" },
  };
  g_autoptr (Fixture) fixture = new_fixture ();
  g_autoptr (Answer) waiting = start (fixture, "a/1");
  g_autofree char *id = NULL;
  g_autofree char *path = NULL;

  wait_rows (fixture, 1);
  id = dup_newest (fixture, "a");
  path = g_strconcat ("/api/approvals/", id, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Answer) answer = control_ask (fixture, "POST", path, cases[i].body);

      g_test_message ("%s", answer->body->str);
      g_assert_cmpuint (answer->status, ==, 400);
      assert_says (answer->body->str, cases[i].words);
    }
  g_assert_cmpuint (count (fixture), ==, 1);
  g_assert_cmpuint (waiting->status, ==, 0);
}

/* Switched off: who waits goes on. */
static void
test_switched_off (void)
{
  g_autoptr (Fixture) fixture = new_fixture ();
  g_autoptr (Answer) answer = start (fixture, "a/1");

  wait_rows (fixture, 1);
  fixture_set (fixture, "traffic.approval", "false");
  answer_wait (answer);
  g_assert_cmpuint (answer->status, ==, 200);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/approvals/once", test_once);
  g_test_add_func ("/approvals/denied", test_denied);
  g_test_add_func ("/approvals/for-longer", test_for_longer);
  g_test_add_func ("/approvals/leaving", test_leaving);
  g_test_add_func ("/approvals/wrong-words", test_wrong_words);
  g_test_add_func ("/approvals/switched-off", test_switched_off);
  return g_test_run ();
}
