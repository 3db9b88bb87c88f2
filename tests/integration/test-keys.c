/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "tests/integration/key-making.h"

/* Client keys: who gets in with them, and how far. */

static Fixture *
new_guarded (void)
{
  return fixture_new_with_settings ("test", JUMP_KEY_SERVER_REQUIRE_KEY, "true", -1);
}

static guint
list_models (Fixture *fixture, const char *name, const char *value)
{
  g_autoptr (Answer) answer = fixture_start (fixture, "GET", "/v1/models", NULL, name, value, NULL);

  answer_wait (answer);
  return answer->status;
}

static void
test_ways_to_show (void)
{
  g_autoptr (Fixture) fixture = new_guarded ();
  g_autofree char *secret = key_create (fixture, "laptop", NULL);
  g_autofree char *bearer = g_strconcat ("Bearer ", secret, NULL);
  g_autofree char *basic = g_strconcat ("Basic ", secret, NULL);
  g_autoptr (JsonObject) key = NULL;

  g_assert_cmpuint (list_models (fixture, "Accept", "*/*"), ==, 401);
  g_assert_cmpuint (list_models (fixture, "Authorization", "Bearer nonsense"), ==, 401);
  g_assert_cmpuint (list_models (fixture, "Authorization", basic), ==, 401);
  key = key_look (fixture, "laptop");
  g_assert_cmpint (jump_json_get_int (key, "last_used", -1), ==, 0);
  g_assert_cmpuint (list_models (fixture, "Authorization", bearer), ==, 200);
  g_assert_cmpuint (list_models (fixture, "x-api-key", secret), ==, 200);
  json_object_unref (key);
  key = key_look (fixture, "laptop");
  g_assert_cmpint (jump_json_get_int (key, "last_used", -1), >, 0);
}

/* Whose request it was is in the record; without a key it is the program. */
static void
test_records (void)
{
  g_autoptr (Fixture) fixture = fixture_new ("test");
  g_autoptr (GPtrArray) records = fixture_keep_records (fixture);
  g_autofree char *secret = key_create (fixture, "laptop", NULL);
  g_autoptr (JsonObject) key = key_look (fixture, "laptop");
  g_autofree char *body = api_write (API_CHAT, "gpt-4.1", "hello", FALSE, NULL);
  g_autoptr (Answer) without = NULL;

  for (Api api = 0; api < N_APIS; api++)
    {
      g_autoptr (Answer) answer = key_ask (fixture, secret, api, "gpt-4.1");
      const JumpExchangeRecord *record;

      g_assert_cmpuint (answer->status, ==, 200);
      records_wait (records, api + 1);
      record = records->pdata[api];
      g_assert_cmpstr (record->client_key, ==, jump_json_get_string (key, "id", NULL));
      g_assert_cmpstr (record->client_name, ==, "laptop");
    }
  without = fixture_start (fixture,
                           "POST",
                           "/v1/chat/completions",
                           body,
                           "User-Agent",
                           "my-tool/1.2 (x)",
                           NULL);
  answer_wait (without);
  records_wait (records, N_APIS + 1);
  g_assert_null (((const JumpExchangeRecord *) records->pdata[N_APIS])->client_key);
  g_assert_cmpstr (((const JumpExchangeRecord *) records->pdata[N_APIS])->client_name,
                   ==,
                   "my-tool");
}

/* In the client's own words, with a time, and recorded. */
static void
test_pace (void)
{
  g_autoptr (Fixture) fixture = fixture_new ("test");
  g_autofree char *secret = key_create (fixture, "laptop", ",'requests_per_minute':2");
  g_autoptr (GPtrArray) records = fixture_keep_records (fixture);
  g_autoptr (JsonObject) key = NULL;
  guint calls;

  for (int i = 0; i < 2; i++)
    {
      g_autoptr (Answer) answer = key_ask (fixture, secret, API_CHAT, "gpt-4.1");

      g_assert_cmpuint (answer->status, ==, 200);
    }
  calls = upstream_calls (fixture);
  for (Api api = 0; api < N_APIS; api++)
    {
      g_autoptr (Answer) answer = key_ask (fixture, secret, api, "gpt-4.1");

      api_assert_error (api, answer, 429, NULL, "the key \"laptop\" may send 2 requests a minute");
      g_assert_cmpstr (answer_header (answer, "retry-after"), ==, "60");
    }
  g_assert_cmpuint (upstream_calls (fixture), ==, calls);
  records_wait (records, 2 + N_APIS);
  g_assert_cmpuint (((const JumpExchangeRecord *) records->pdata[2])->status, ==, 429);
  g_assert_cmpstr (((const JumpExchangeRecord *) records->pdata[2])->client_name, ==, "laptop");
  key = key_look (fixture, "laptop");
  g_assert_cmpint (jump_json_get_int (key, "requests_last_minute", -1), ==, 2);
  key_change (fixture, "laptop", "{'requests_per_minute':null}", 200);
  {
    g_autoptr (Answer) answer = key_ask (fixture, secret, API_CHAT, "gpt-4.1");

    g_assert_cmpuint (answer->status, ==, 200);
  }
}

static gboolean
is_over (gpointer data)
{
  return jump_service_get_open_exchanges (data) == 0;
}

static Fixture *
new_slow (void)
{
  return fixture_new_ruled ("{'on':'POST /chat/completions','stream':{'gap_ms':1000}}");
}

static void
finish (Fixture *fixture, Answer *running)
{
  key_wait_done (fixture, running);
  g_assert_no_error (running->error);
  assert_says (running->body->str, "[DONE]");
}

static void
test_concurrent (void)
{
  g_autoptr (Fixture) fixture = new_slow ();
  g_autofree char *secret = key_create (fixture, "laptop", ",'concurrent':1");
  g_autofree char *other = key_create (fixture, "other", ",'concurrent':1");
  g_autoptr (Answer) running = key_start (fixture, secret, API_CHAT, "gpt-4.1", TRUE);
  g_autoptr (Answer) refused = NULL;
  g_autoptr (Answer) beside = NULL;
  g_autoptr (Answer) later = NULL;
  g_autoptr (JsonObject) key = NULL;

  key_wait_begun (fixture, running);
  key = key_look (fixture, "laptop");
  g_assert_cmpint (jump_json_get_int (key, "running", -1), ==, 1);
  refused = key_ask (fixture, secret, API_MESSAGES, "claude-sonnet-4.6");
  api_assert_error (API_MESSAGES, refused, 429, "rate_limit_error", "1 requests under way at once");
  g_assert_nonnull (answer_header (refused, "retry-after"));
  beside = key_ask (fixture, other, API_MESSAGES, "claude-sonnet-4.6");
  g_assert_cmpuint (beside->status, ==, 200);
  finish (fixture, running);
  turn_until (is_over, fixture->service);
  later = key_ask (fixture, secret, API_MESSAGES, "claude-sonnet-4.6");
  g_assert_cmpuint (later->status, ==, 200);
}

static void
test_credits (void)
{
  g_autoptr (Fixture) fixture = fixture_new ("test");
  g_autofree char *secret = key_create (fixture, "laptop", ",'daily_credits':0.000001");
  g_autoptr (Answer) first = key_ask (fixture, secret, API_CHAT, "gpt-5.5");
  g_autoptr (Answer) second = NULL;
  g_autoptr (Answer) tomorrow = NULL;
  g_autoptr (JsonObject) key = NULL;

  g_assert_cmpuint (first->status, ==, 200);
  turn_until (is_over, fixture->service);
  key = key_look (fixture, "laptop");
  g_assert_cmpfloat (jump_json_get_double (key, "credits_today", 0), >, 0.000001);
  second = key_ask (fixture, secret, API_CHAT, "gpt-5.5");
  api_assert_error (API_CHAT,
                    second,
                    429,
                    NULL,
                    "the key \"laptop\" has used its 1e-06 credits of today; they are renewed at "
                    "midnight");
  jump_clock_fake_advance (fixture->clock, 24 * 3600 * 1000);
  tomorrow = key_ask (fixture, secret, API_CHAT, "gpt-5.5");
  g_assert_cmpuint (tomorrow->status, ==, 200);
}

static void
test_models (void)
{
  static const struct
  {
    const char *path;
    const char *body;
    guint status;
  } cases[] = {
    { "/v1/chat/completions",
      "{'model':'gpt-4.1','messages':[{'role':'user','content':'a'}]}",
      200 },
    { "/v1/messages",
      "{'model':'claude-sonnet-4.6','max_tokens':9,'messages':[{'role':'user','content':'a'}]}",
      200 },
    { "/v1/chat/completions",
      "{'model':'gpt-5.5','messages':[{'role':'user','content':'a'}]}",
      403 },
    { "/v1/responses", "{'model':'gpt-5.5','input':'a'}", 403 },
    { "/v1/responses/input_tokens", "{'model':'gpt-5.5','input':'a'}", 403 },
    { "/v1/embeddings", "{'model':'text-embedding-3-small','input':'a'}", 403 },
    { "/api/embed", "{'model':'text-embedding-3-small','input':'a'}", 403 },
    { "/api/chat", "{'model':'gpt-5.5','messages':[{'role':'user','content':'a'}]}", 403 },
  };
  g_autoptr (Fixture) fixture = fixture_new ("test");
  g_autofree char *secret = key_create (fixture, "laptop", ",'models':['gpt-4.1','claude-*']");

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *body = quoted (cases[i].body);
      g_autoptr (Answer) answer =
          fixture_start (fixture, "POST", cases[i].path, body, "x-api-key", secret, NULL);

      answer_wait (answer);
      g_test_message ("%s: %s", cases[i].path, answer->body->str);
      g_assert_cmpuint (answer->status, ==, cases[i].status);
      if (cases[i].status == 403)
        assert_says (answer->body->str, "laptop");
    }
  g_assert_cmpuint (upstream_calls (fixture), ==, 2);
}

/* The next request is refused; what runs goes on. */
static void
test_revoked_while_running (void)
{
  g_autoptr (Fixture) fixture = new_slow ();
  g_autofree char *secret = NULL;
  g_autoptr (Answer) running = NULL;
  g_autoptr (Answer) next = NULL;

  jump_settings_override (fixture->settings, JUMP_KEY_SERVER_REQUIRE_KEY, "true", "test", NULL);
  secret = key_create (fixture, "laptop", NULL);
  running = key_start (fixture, secret, API_CHAT, "gpt-4.1", TRUE);
  key_wait_begun (fixture, running);
  key_change (fixture, "laptop", "{'state':'revoked'}", 200);
  next = key_ask (fixture, secret, API_CHAT, "gpt-4.1");
  g_assert_cmpuint (next->status, ==, 403);
  finish (fixture, running);
  key_change (fixture, "laptop", "{'state':'active'}", 200);
  g_assert_cmpuint (list_models (fixture, "x-api-key", secret), ==, 200);
}

/* What the command line writes into the file is seen by who runs. */
static void
test_other_writer (void)
{
  g_autoptr (Fixture) fixture = new_guarded ();
  g_autofree char *path = g_build_filename (fixture->paths->data_dir, JUMP_KEY_STORE_FILE, NULL);
  g_autoptr (JumpKeyStore) other = jump_key_store_new (path, fixture->clock);
  g_autoptr (GError) error = NULL;
  g_autofree char *secret = NULL;

  jump_key_store_create (other, "from outside", NULL, &secret, &error);
  g_assert_no_error (error);
  jump_clock_fake_advance (fixture->clock, 6 * 1000);
  g_assert_cmpuint (list_models (fixture, "x-api-key", secret), ==, 200);
}

static gboolean
listens_everywhere (gpointer data)
{
  return jump_service_get_listen_error (data) == NULL;
}

static gboolean
has_listen_error (gpointer data)
{
  return jump_service_get_listen_error (data) != NULL;
}

/* Nobody listens to other computers without a key; the first one opens the door. */
static void
test_first_key_opens (void)
{
  g_autoptr (Fixture) fixture = fixture_new ("test");
  g_autofree char *secret = NULL;

  g_test_expect_message ("jumpseat-service",
                         G_LOG_LEVEL_WARNING,
                         "not listening where the settings say: *jumpseat keys create*");
  g_test_expect_message ("jumpseat-service", G_LOG_LEVEL_WARNING, "server.address is 0.0.0.0: *");
  jump_settings_override (fixture->settings, JUMP_KEY_SERVER_ADDRESS, "0.0.0.0", "test", NULL);
  turn_until (has_listen_error, fixture->service);
  secret = key_create (fixture, "laptop", NULL);
  turn_until (listens_everywhere, fixture->service);
  g_test_assert_expected_messages ();
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/keys/ways-to-show", test_ways_to_show);
  g_test_add_func ("/keys/records", test_records);
  g_test_add_func ("/keys/pace", test_pace);
  g_test_add_func ("/keys/concurrent", test_concurrent);
  g_test_add_func ("/keys/credits", test_credits);
  g_test_add_func ("/keys/models", test_models);
  g_test_add_func ("/keys/revoked-while-running", test_revoked_while_running);
  g_test_add_func ("/keys/other-writer", test_other_writer);
  g_test_add_func ("/keys/first-key-opens", test_first_key_opens);
  return g_test_run ();
}
