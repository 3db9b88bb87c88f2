/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/service-private.h"
#include "tests/integration/asking.h"

#include <string.h>

/* A person ends one request: its client hears of it, upstream is closed, others go on. */

#define ALL(how)                             \
  "{'on':'POST /chat/completions'," how "}," \
  "{'on':'POST /responses'," how "},"        \
  "{'on':'POST /v1/messages'," how "},"      \
  "{'on':'POST /embeddings'," how "}"

static const char *const models[] = { "gpt-4.1", "gpt-5.5", "claude-sonnet-4.6" };

static gboolean
has_text (gpointer data)
{
  return ((Answer *) data)->body->len > 0;
}

/* The newest exchange that runs. */
typedef struct
{
  char *id; /* (owned) (nullable) */
  JumpExchangeState state;
} Newest;

static void
on_exchange_changed (JumpRelay *relay, JumpExchangeRecord *record, gpointer user_data)
{
  Newest *self = user_data;

  g_free (self->id);
  self->id = g_strdup (record->id);
  self->state = record->state;
}

static void
watch (Fixture *fixture, Newest *newest)
{
  *newest = (Newest){ NULL, JUMP_EXCHANGE_RECEIVED };
  g_signal_connect (fixture->service->relay,
                    "exchange-changed",
                    G_CALLBACK (on_exchange_changed),
                    newest);
}

static void
unwatch (Fixture *fixture, Newest *newest)
{
  g_signal_handlers_disconnect_by_data (fixture->service->relay, newest);
  g_clear_pointer (&newest->id, g_free);
}

static gboolean
is_waiting (gpointer data)
{
  return ((Newest *) data)->state == JUMP_EXCHANGE_WAITING;
}

static gboolean
has_cancelled (gpointer data)
{
  return jump_simulator_count_cancelled (data) > 0;
}

static void
assert_cancelled (Fixture *fixture, GPtrArray *records, Answer *answer, const char *id)
{
  const JumpExchangeRecord *record;

  g_assert_cmpuint (records->len, ==, 1);
  record = records->pdata[0];
  g_assert_cmpstr (record->id, ==, id);
  g_assert_cmpint (record->state, ==, JUMP_EXCHANGE_ENDED);
  g_assert_cmpuint (record->status, ==, 499);
  assert_says (record->error, "cancelled");
  g_assert_cmpuint (jump_relay_get_open_exchanges (fixture->service->relay), ==, 0);
  answer_wait (answer);
  g_assert_nonnull (answer->error);
  turn_until (has_cancelled, fixture->simulator);
  g_assert_false (jump_relay_cancel (fixture->service->relay, id));
}

static void
test_streaming (void)
{
  for (gsize m = 0; m < G_N_ELEMENTS (models); m++)
    for (Api api = 0; api < N_APIS; api++)
      {
        g_autoptr (Fixture) fixture = fixture_new_ruled (ALL ("'stream':{'stall_after':9}"));
        g_autoptr (GPtrArray) records = fixture_keep_records (fixture);
        g_autoptr (Answer) answer = NULL;
        Newest newest;

        g_test_message ("%s %s", api_path (api), models[m]);
        watch (fixture, &newest);
        answer = api_start (fixture, api, models[m], "a long text with many words in it", TRUE);
        turn_until (has_text, answer);
        g_assert_true (jump_relay_cancel (fixture->service->relay, newest.id));
        assert_cancelled (fixture, records, answer, newest.id);
        unwatch (fixture, &newest);
      }
}

static void
test_waiting (void)
{
  for (gsize m = 0; m < G_N_ELEMENTS (models); m++)
    for (guint stream = 0; stream < 2; stream++)
      {
        g_autoptr (Fixture) fixture = fixture_new_ruled (ALL ("'stall':true"));
        g_autoptr (GPtrArray) records = fixture_keep_records (fixture);
        g_autoptr (Answer) answer = NULL;
        Newest newest;

        jump_relay_set_keeps_bodies (fixture->service->relay, TRUE);
        watch (fixture, &newest);
        answer = api_start (fixture, API_CHAT, models[m], "hello", stream == 1);
        turn_until (is_waiting, &newest);
        turn_some (50);
        g_assert_true (jump_relay_cancel (fixture->service->relay, newest.id));
        assert_cancelled (fixture, records, answer, newest.id);
        unwatch (fixture, &newest);
      }
}

static void
test_embedding (void)
{
  g_autoptr (Fixture) fixture = fixture_new_ruled (ALL ("'stall':true"));
  g_autoptr (GPtrArray) records = fixture_keep_records (fixture);
  g_autoptr (Answer) answer = NULL;
  Newest newest;

  watch (fixture, &newest);
  answer = fixture_start (fixture,
                          "POST",
                          "/v1/embeddings",
                          "{\"model\":\"text-embedding-3-small\",\"input\":\"a\"}",
                          NULL);
  turn_until (is_waiting, &newest);
  turn_some (50);
  g_assert_true (jump_relay_cancel (fixture->service->relay, newest.id));
  assert_cancelled (fixture, records, answer, newest.id);
  unwatch (fixture, &newest);
}

/* One of two; the other one is served to its end. */
static void
test_others_go_on (void)
{
  g_autoptr (Fixture) fixture =
      fixture_new_ruled ("{'on':'POST /chat/completions','calls':'1','stall':true}");
  g_autoptr (GPtrArray) records = fixture_keep_records (fixture);
  g_autoptr (Answer) first = NULL;
  g_autoptr (Answer) second = NULL;
  Newest newest;

  watch (fixture, &newest);
  first = api_start (fixture, API_CHAT, "gpt-4.1", "hello", TRUE);
  while (upstream_calls (fixture) == 0)
    turn_some (5);
  g_signal_handlers_disconnect_by_data (fixture->service->relay, &newest);
  second = api_start (fixture, API_CHAT, "gpt-4.1", "hello", TRUE);
  while (jump_relay_get_open_exchanges (fixture->service->relay) < 2)
    turn_some (1);
  g_assert_true (jump_relay_cancel (fixture->service->relay, newest.id));
  answer_wait (first);
  g_assert_nonnull (first->error);
  answer_wait (second);
  g_assert_no_error (second->error);
  g_assert_cmpuint (second->status, ==, 200);
  assert_says (second->body->str, "[DONE]");
  records_wait (records, 2);
  g_clear_pointer (&newest.id, g_free);
}

/* Through the control API, with its key. */
static void
test_route (void)
{
  g_autoptr (Fixture) fixture = fixture_new_ruled (ALL ("'stream':{'stall_after':9}"));
  g_autoptr (GPtrArray) records = fixture_keep_records (fixture);
  g_autoptr (Answer) answer = NULL;
  g_autoptr (Answer) refused = NULL;
  g_autoptr (Answer) unknown = NULL;
  g_autoptr (Answer) deleted = NULL;
  g_autoptr (Answer) again = NULL;
  g_autoptr (JsonObject) object = NULL;
  g_autofree char *path = NULL;
  Newest newest;

  watch (fixture, &newest);
  answer = api_start (fixture, API_MESSAGES, "claude-sonnet-4.6", "many words in a text", TRUE);
  turn_until (has_text, answer);
  path = g_strconcat ("/api/requests/", newest.id, NULL);
  refused = fixture_ask (fixture, "DELETE", path, NULL);
  g_assert_cmpuint (refused->status, ==, 401);
  unknown = control_ask (fixture, "DELETE", "/api/requests/none", NULL);
  g_assert_cmpuint (unknown->status, ==, 404);
  g_assert_cmpuint (records->len, ==, 0);

  deleted = control_ask (fixture, "DELETE", path, NULL);
  g_assert_cmpuint (deleted->status, ==, 200);
  object = answer_parse (deleted);
  g_assert_cmpstr (jump_json_get_string (object, "id", NULL), ==, newest.id);
  g_assert_true (jump_json_get_boolean (object, "cancelled", FALSE));
  assert_cancelled (fixture, records, answer, newest.id);
  again = control_ask (fixture, "DELETE", path, NULL);
  g_assert_cmpuint (again->status, ==, 404);
  unwatch (fixture, &newest);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/request-cancel/streaming", test_streaming);
  g_test_add_func ("/request-cancel/waiting", test_waiting);
  g_test_add_func ("/request-cancel/embedding", test_embedding);
  g_test_add_func ("/request-cancel/others-go-on", test_others_go_on);
  g_test_add_func ("/request-cancel/route", test_route);
  return g_test_run ();
}
