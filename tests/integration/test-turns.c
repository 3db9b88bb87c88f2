/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/service-private.h"
#include "tests/integration/asking.h"

#include <string.h>

/* Requests that wait for their turn. */

#define STALL "{'on':'POST /chat/completions','stall':true}"
#define BODY \
  "{\"model\":\"gpt-4.1\",\"stream\":%s,\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}"

static Answer *
start (Fixture *fixture, const char *client, gboolean stream)
{
  g_autofree char *body = g_strdup_printf (BODY, stream ? "true" : "false");
  g_autofree char *agent = g_strconcat (client, "/1.0", NULL);

  return fixture_start (fixture, "POST", "/v1/chat/completions", body, "User-Agent", agent, NULL);
}

typedef struct
{
  Fixture *fixture;
  guint active, waiting;
} Wanted;

static gboolean
has_counts (gpointer data)
{
  const Wanted *wanted = data;
  JumpTrafficState traffic;

  jump_service_get_traffic (wanted->fixture->service, &traffic);
  return traffic.active == wanted->active && traffic.waiting == wanted->waiting;
}

static void
wait_counts (Fixture *fixture, guint active, guint waiting)
{
  Wanted wanted = { fixture, active, waiting };

  turn_until (has_counts, &wanted);
}

static void
pass (Fixture *fixture, guint ms)
{
  jump_clock_fake_advance (fixture->clock, ms);
  turn_some (60);
}

/* As it comes: 4 at once, 32 wait, the next is told to come back. */
static void
test_defaults (void)
{
  g_autoptr (Fixture) fixture = fixture_new_ruled (STALL);
  g_autoptr (GPtrArray) records = fixture_keep_records (fixture);
  g_autoptr (GPtrArray) answers = g_ptr_array_new_with_free_func ((GDestroyNotify) answer_free);
  g_autoptr (Answer) refused = NULL;

  for (guint i = 0; i < 36; i++)
    g_ptr_array_add (answers, start (fixture, "a", FALSE));
  wait_counts (fixture, 4, 32);
  g_assert_cmpuint (upstream_calls (fixture), <=, 4);
  refused = start (fixture, "b", FALSE);
  answer_wait (refused);
  api_assert_error (API_CHAT, refused, 503, NULL, "traffic.concurrent");
  g_assert_cmpstr (answer_header (refused, "retry-after"), ==, "30");
  pass (fixture, 30000);
  records_wait (records, 33);
  wait_counts (fixture, 4, 0);
  for (guint i = 0; i < answers->len; i++)
    {
      Answer *answer = answers->pdata[i];

      if (!answer->is_done)
        continue;
      api_assert_error (API_CHAT, answer, 503, NULL, "30 seconds for its turn");
      g_assert_cmpstr (answer_header (answer, "retry-after"), ==, "30");
    }
  g_assert_cmpint (((JumpExchangeRecord *) records->pdata[5])->queued_us, ==, 30000000);
}

static gboolean
has_four_calls (gpointer data)
{
  return upstream_calls (data) >= 4;
}

/* Who has sent many waits for them, not the others; and records tell who and how long. */
static void
test_fairness (void)
{
  g_autoptr (Fixture) fixture =
      fixture_new_ruled ("{'on':'POST /chat/completions','delay_ms':1000}");
  g_autoptr (GPtrArray) records = fixture_keep_records (fixture);
  g_autoptr (GPtrArray) answers = g_ptr_array_new_with_free_func ((GDestroyNotify) answer_free);
  static const char *const expected = "aabacaa";
  g_autoptr (GString) order = g_string_new (NULL);

  fixture_set (fixture, "traffic.concurrent", "1");
  for (guint i = 0; i < 5; i++)
    {
      g_ptr_array_add (answers, start (fixture, "a", FALSE));
      wait_counts (fixture, 1, i);
    }
  g_ptr_array_add (answers, start (fixture, "b", FALSE));
  wait_counts (fixture, 1, 5);
  g_ptr_array_add (answers, start (fixture, "c", FALSE));
  wait_counts (fixture, 1, 6);
  for (guint i = 1; i <= 7; i++)
    {
      while (records->len < i)
        pass (fixture, 50);
      g_string_append (order, ((JumpExchangeRecord *) records->pdata[i - 1])->client_name);
    }
  g_assert_cmpuint (order->len, ==, strlen (expected));
  g_test_message ("%s", order->str);
  g_assert_cmpuint (strchr (order->str, 'b') - order->str, <=, 2);
  g_assert_cmpuint (strchr (order->str, 'c') - order->str, <=, 3);
  g_assert_cmpint (((JumpExchangeRecord *) records->pdata[0])->queued_us, ==, 0);
  g_assert_cmpint (((JumpExchangeRecord *) records->pdata[6])->queued_us, >=, 5 * 1000000);
  g_assert_cmpuint (((JumpExchangeRecord *) records->pdata[6])->attempts, ==, 1);
}

static void
on_exchange_changed (JumpRelay *relay, JumpExchangeRecord *record, gpointer user_data)
{
  char **newest = user_data;

  if (record->state != JUMP_EXCHANGE_RECEIVED)
    return;
  g_free (*newest);
  *newest = g_strdup (record->id);
}

static void
test_leaving (void)
{
  g_autofree char *newest = NULL;
  g_autoptr (Fixture) fixture = fixture_new_ruled (STALL);
  g_autoptr (GPtrArray) records = fixture_keep_records (fixture);
  Answer *answers[4];

  g_signal_connect (fixture->service->relay,
                    "exchange-changed",
                    G_CALLBACK (on_exchange_changed),
                    &newest);
  fixture_set (fixture, "traffic.concurrent", "1");
  for (guint i = 0; i < 4; i++)
    {
      answers[i] = start (fixture, "a", TRUE);
      wait_counts (fixture, 1, i);
    }
  answer_free (answers[2]);
  wait_counts (fixture, 1, 2);
  records_wait (records, 1);
  g_assert_cmpuint (((JumpExchangeRecord *) records->pdata[0])->status, ==, 499);
  jump_service_set_paused (fixture->service, TRUE);
  answer_free (answers[0]);
  records_wait (records, 2);
  wait_counts (fixture, 1, 1);
  jump_service_set_paused (fixture->service, FALSE);
  g_assert_true (jump_service_cancel_exchange (fixture->service, newest));
  answer_wait (answers[3]);
  g_assert_nonnull (answers[3]->error);
  answer_free (answers[3]);
  wait_counts (fixture, 1, 0);
  answer_free (answers[1]);
  wait_counts (fixture, 0, 0);
}

static void
test_settings (void)
{
  g_autoptr (Fixture) fixture = fixture_new_ruled (STALL);
  g_autoptr (GPtrArray) answers = g_ptr_array_new_with_free_func ((GDestroyNotify) answer_free);

  for (guint i = 0; i < 10; i++)
    g_ptr_array_add (answers, start (fixture, "a", TRUE));
  wait_counts (fixture, 4, 6);
  fixture_set (fixture, "traffic.concurrent", "6");
  wait_counts (fixture, 6, 4);
  fixture_set (fixture, "traffic.concurrent", "0");
  wait_counts (fixture, 10, 0);
  turn_until (has_four_calls, fixture);
}

/* A stream gets no beginning while it waits for its turn: a status is what clients try again after. */
static void
test_turned_away (void)
{
  for (Api api = 0; api < N_APIS; api++)
    {
      g_autoptr (Fixture) fixture = fixture_new_ruled (STALL);
      g_autoptr (Answer) first = NULL;
      g_autoptr (Answer) second = NULL;

      fixture_set (fixture, "traffic.concurrent", "1");
      first = start (fixture, "a", TRUE);
      wait_counts (fixture, 1, 0);
      second = api_start (fixture, api, "gpt-5.5", "hello", TRUE);
      wait_counts (fixture, 1, 1);
      pass (fixture, 15500);
      g_assert_cmpuint (second->status, ==, 0);
      pass (fixture, 14500);
      answer_wait (second);
      api_assert_error (api, second, 503, NULL, "30 seconds for its turn");
      g_assert_cmpstr (answer_header (second, "retry-after"), ==, "30");
    }
}

/* Once it has its turn it is begun as any other. */
static void
test_turn_after_all (void)
{
  g_autoptr (Fixture) fixture = fixture_new_ruled (STALL);
  g_autoptr (Answer) second = NULL;
  Answer *first;

  fixture_set (fixture, "traffic.concurrent", "1");
  first = start (fixture, "a", TRUE);
  wait_counts (fixture, 1, 0);
  second = start (fixture, "b", TRUE);
  wait_counts (fixture, 1, 1);
  pass (fixture, 20000);
  answer_free (first);
  wait_counts (fixture, 1, 0);
  g_assert_cmpuint (second->status, ==, 0);
  pass (fixture, 15000);
  g_assert_cmpuint (second->status, ==, 200);
}

/* A stream that may wait for long is begun and kept alive; the error comes inside it. */
static void
test_waiting_stream (void)
{
  for (Api api = 0; api < N_APIS; api++)
    {
      g_autoptr (Fixture) fixture = fixture_new_ruled (STALL);
      g_autoptr (Answer) first = NULL;
      g_autoptr (Answer) second = NULL;

      fixture_set (fixture, "traffic.concurrent", "1");
      fixture_set (fixture, "traffic.wait_seconds", "120");
      first = start (fixture, "a", TRUE);
      wait_counts (fixture, 1, 0);
      second = api_start (fixture, api, "gpt-5.5", "hello", TRUE);
      wait_counts (fixture, 1, 1);
      pass (fixture, 14000);
      g_assert_cmpuint (second->status, ==, 0);
      pass (fixture, 1500);
      g_assert_cmpuint (second->status, ==, 200);
      for (guint i = 0; i < 7; i++)
        pass (fixture, 15000);
      answer_wait (second);
      api_assert_stream_error (api, second, "120 seconds for its turn");
    }
}

static void
test_spacing (void)
{
  g_autoptr (Fixture) fixture = fixture_new_ruled (NULL);
  g_autoptr (Answer) first = NULL;
  g_autoptr (Answer) second = NULL;
  g_autoptr (Answer) third = NULL;

  fixture_set (fixture, "traffic.spacing_seconds", "10");
  first = start (fixture, "a", FALSE);
  answer_wait (first);
  g_assert_cmpuint (first->status, ==, 200);
  second = start (fixture, "a", FALSE);
  wait_counts (fixture, 0, 1);
  pass (fixture, 9000);
  g_assert_false (second->is_done);
  pass (fixture, 1000);
  answer_wait (second);
  g_assert_cmpuint (second->status, ==, 200);
  fixture_set (fixture, "traffic.spacing_action", "refuse");
  pass (fixture, 3000);
  third = start (fixture, "a", FALSE);
  answer_wait (third);
  api_assert_error (API_CHAT, third, 429, NULL, "traffic.spacing_seconds");
  g_assert_cmpstr (answer_header (third, "retry-after"), ==, "7");
}

static void
on_stopped (GObject *source, GAsyncResult *result, gpointer user_data)
{
  jump_service_stop_finish (JUMP_SERVICE (source), result, NULL);
}

static void
test_stopping (void)
{
  g_autoptr (Fixture) fixture = fixture_new_ruled (STALL);
  g_autoptr (Answer) first = NULL;
  g_autoptr (Answer) second = NULL;

  fixture_set (fixture, "traffic.concurrent", "1");
  first = start (fixture, "a", TRUE);
  wait_counts (fixture, 1, 0);
  second = start (fixture, "a", FALSE);
  wait_counts (fixture, 1, 1);
  jump_service_stop_async (fixture->service, on_stopped, NULL);
  answer_wait (second);
  api_assert_error (API_CHAT, second, 503, NULL, "stopping");
  g_assert_false (first->is_done);
}

/* Vectors cost a turn, counting and lists do not. */
static void
test_others (void)
{
  g_autoptr (Fixture) fixture = fixture_new_ruled (STALL);
  g_autoptr (Answer) first = NULL;
  g_autoptr (Answer) vectors = NULL;
  g_autoptr (Answer) list = NULL;
  g_autoptr (Answer) count = NULL;

  fixture_set (fixture, "traffic.concurrent", "1");
  first = start (fixture, "a", TRUE);
  wait_counts (fixture, 1, 0);
  list = fixture_ask (fixture, "GET", "/v1/models", NULL);
  g_assert_cmpuint (list->status, ==, 200);
  count = ask_quoted (fixture,
                      "/v1/messages/count_tokens",
                      "{'model':'claude-sonnet-4.6','messages':[{'role':'user','content':'a'}]}");
  g_assert_cmpuint (count->status, ==, 200);
  vectors = fixture_start (fixture,
                           "POST",
                           "/v1/embeddings",
                           "{\"model\":\"text-embedding-3-small\",\"input\":\"a\"}",
                           NULL);
  wait_counts (fixture, 1, 1);
  fixture_set (fixture, "traffic.concurrent", "2");
  answer_wait (vectors);
  g_assert_cmpuint (vectors->status, ==, 200);
  wait_counts (fixture, 1, 0);
}

static void
on_warning (const char *domain, GLogLevelFlags level, const char *message, gpointer user_data)
{
  assert_says (message, "GitHub may take them for abuse");
  ++*(guint *) user_data;
}

static void
test_burst (void)
{
  GLogLevelFlags fatal = g_log_set_always_fatal (G_LOG_FATAL_MASK);
  guint n_warnings = 0;
  g_autoptr (Fixture) fixture = fixture_new_ruled (NULL);
  JumpTrafficState traffic;
  JumpAttention attention;

  jump_settings_override (fixture->settings, JUMP_KEY_TRAFFIC_BURST_REQUESTS, "3", "test", NULL);
  fixture_set (fixture, "traffic.concurrent", "5");
  g_log_set_handler ("jumpseat-service", G_LOG_LEVEL_WARNING, on_warning, &n_warnings);
  for (guint i = 0; i < 6; i++)
    {
      g_autoptr (Answer) answer = start (fixture, "a", FALSE);

      answer_wait (answer);
    }
  g_assert_cmpuint (n_warnings, ==, 1);
  g_log_set_always_fatal (fatal);
  jump_service_get_condition (fixture->service, &attention);
  g_assert_cmpint (attention, ==, JUMP_ATTENTION_BURST);
  jump_service_get_traffic (fixture->service, &traffic);
  g_assert_cmpuint (traffic.requests_last_minute, ==, 6);
  for (guint i = 0; i < 61; i++)
    pass (fixture, 1000);
  jump_service_get_condition (fixture->service, &attention);
  g_assert_cmpint (attention, ==, JUMP_ATTENTION_NONE);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/turns/defaults", test_defaults);
  g_test_add_func ("/turns/fairness", test_fairness);
  g_test_add_func ("/turns/leaving", test_leaving);
  g_test_add_func ("/turns/settings", test_settings);
  g_test_add_func ("/turns/turned-away", test_turned_away);
  g_test_add_func ("/turns/turn-after-all", test_turn_after_all);
  g_test_add_func ("/turns/waiting-stream", test_waiting_stream);
  g_test_add_func ("/turns/spacing", test_spacing);
  g_test_add_func ("/turns/stopping", test_stopping);
  g_test_add_func ("/turns/others", test_others);
  g_test_add_func ("/turns/burst", test_burst);
  return g_test_run ();
}
