/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "tests/integration/asking.h"

#include <string.h>

/* Keys at the gate: who is let in with one, what it shows of the models, and what wrong ones cost. */

static char *
make_key (Fixture *fixture, const char *name, const char *const *models)
{
  JumpKeyLimits limits = { .models = (GStrv) models };
  g_autoptr (GError) error = NULL;
  char *secret = NULL;

  jump_key_store_create (jump_service_get_keys (fixture->service), name, &limits, &secret, &error);
  g_assert_no_error (error);
  return secret;
}

static void
set_state (Fixture *fixture, const char *name, JumpClientKeyState state)
{
  JumpKeyStore *keys = jump_service_get_keys (fixture->service);
  JumpClientKey *key = jump_key_store_find (keys, name);

  g_assert_true (jump_key_store_set_state (keys, jump_client_key_get_id (key), state, NULL));
}

static Fixture *
new_with_keys (const char *in_query)
{
  return fixture_new_with_settings ("test",
                                    JUMP_KEY_SERVER_REQUIRE_KEY,
                                    "true",
                                    JUMP_KEY_SERVER_KEY_IN_QUERY,
                                    in_query,
                                    -1);
}

static Answer *
ask_with (Fixture *fixture, const char *path, const char *header, const char *value)
{
  Answer *answer = fixture_start (fixture, "GET", path, NULL, header, value, NULL);

  answer_wait (answer);
  return answer;
}

/* In every API's own shape. */
static void
test_needed (void)
{
  g_autoptr (Fixture) fixture = new_with_keys ("false");

  for (Api api = 0; api < N_APIS; api++)
    {
      g_autoptr (Answer) answer = api_ask (fixture, api, "gpt-4.1", "hello", FALSE);

      api_assert_error (api, answer, 401, NULL, "a key is needed");
    }
  g_assert_cmpuint (upstream_calls (fixture), ==, 0);
}

static void
test_states (void)
{
  static const struct
  {
    JumpClientKeyState state;
    guint status;
    const char *word;
  } cases[] = {
    { JUMP_CLIENT_KEY_ACTIVE, 200, "gpt-4.1" },
    { JUMP_CLIENT_KEY_REVOKED, 403, "token_revoked" },
    { JUMP_CLIENT_KEY_ACTIVE, 200, "gpt-4.1" },
  };
  g_autoptr (Fixture) strict = new_with_keys ("false");
  g_autoptr (Fixture) open = fixture_new ("test");
  Fixture *fixtures[] = { strict, open };

  for (gsize f = 0; f < G_N_ELEMENTS (fixtures); f++)
    {
      g_autofree char *key = make_key (fixtures[f], "laptop", NULL);

      for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
        {
          g_autoptr (Answer) answer = NULL;

          set_state (fixtures[f], "laptop", cases[i].state);
          answer = ask_with (fixtures[f], "/v1/models", "x-api-key", key);
          g_assert_cmpuint (answer->status, ==, cases[i].status);
          assert_says (answer->body->str, cases[i].word);
        }
    }
}

/* What SDKs send for want of a key is no sin where none is needed. */
static void
test_made_up (void)
{
  g_autoptr (Fixture) fixture = fixture_new ("test");

  for (guint i = 0; i < 10; i++)
    {
      g_autoptr (Answer) answer =
          ask_with (fixture, "/v1/models", "Authorization", "Bearer sk-none");

      g_assert_cmpuint (answer->status, ==, 200);
    }
}

static void
test_query (void)
{
  g_autoptr (Fixture) with = new_with_keys ("true");
  g_autoptr (Fixture) without = new_with_keys ("false");
  g_autofree char *key = make_key (with, "laptop", NULL);
  g_autofree char *other_key = make_key (without, "laptop", NULL);
  g_autofree char *path = g_strdup_printf ("/v1/models?limit=5&api_key=%s", key);
  g_autofree char *other_path = g_strdup_printf ("/v1/models?api_key=%s", other_key);
  g_autoptr (Answer) let = fixture_ask (with, "GET", path, NULL);
  g_autoptr (Answer) refused = fixture_ask (without, "GET", other_path, NULL);

  g_assert_cmpuint (let->status, ==, 200);
  g_assert_cmpuint (refused->status, ==, 401);
  assert_says (refused->body->str, "missing_token");
}

static void
test_models (void)
{
  static const char *const models[] = { "gpt-4.1", NULL };
  static const struct
  {
    const char *path;
    const char *version; /* (nullable): anthropic-version */
  } lists[] = {
    { "/v1/models", NULL },      { "/models", NULL },   { "/v1/models", "2023-06-01" },
    { "/v1/models/full", NULL }, { "/api/tags", NULL },
  };
  g_autoptr (Fixture) fixture = fixture_new ("test");
  g_autofree char *key = make_key (fixture, "laptop", models);
  g_autoptr (Answer) all = fixture_ask (fixture, "GET", "/v1/models", NULL);
  g_autoptr (Answer) own = ask_with (fixture, "/v1/models/gpt-4.1", "x-api-key", key);
  g_autoptr (Answer) other = ask_with (fixture, "/v1/models/gpt-4o", "x-api-key", key);
  g_autoptr (Answer) card = fixture_start (fixture,
                                           "POST",
                                           "/api/show",
                                           "{\"model\":\"gpt-4o\"}",
                                           "x-api-key",
                                           key,
                                           NULL);

  assert_says (all->body->str, "gpt-4o");
  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      const char *version = lists[i].version != NULL ? lists[i].version : "";
      g_autoptr (Answer) answer =
          fixture_start (fixture,
                         "GET",
                         lists[i].path,
                         NULL,
                         "x-api-key",
                         key,
                         lists[i].version != NULL ? "anthropic-version" : "X-Test",
                         version,
                         NULL);
      g_autoptr (JsonObject) object = NULL;

      answer_wait (answer);
      g_assert_cmpuint (answer->status, ==, 200);
      object = answer_parse (answer);
      g_assert_nonnull (object);
      assert_says (answer->body->str, "gpt-4.1");
      assert_silent (answer->body->str, "gpt-4o");
      assert_silent (answer->body->str, "claude");
    }
  answer_wait (card);
  g_assert_cmpuint (own->status, ==, 200);
  g_assert_cmpuint (other->status, ==, 404);
  assert_silent (other->body->str, "nearest");
  g_assert_cmpuint (card->status, ==, 404);
}

/* ---- wrong keys ---- */

static Answer *
start_wrong (Fixture *fixture)
{
  return fixture_start (fixture, "GET", "/v1/models", NULL, "x-api-key", "jmp_wrong", NULL);
}

static void
use_up_free_tries (Fixture *fixture)
{
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (Answer) answer = start_wrong (fixture);

      answer_wait (answer);
      g_assert_cmpuint (answer->status, ==, 401);
      assert_says (answer->body->str, "invalid_token");
    }
}

static void
test_slow (void)
{
  g_autoptr (Fixture) fixture = new_with_keys ("false");
  g_autofree char *key = make_key (fixture, "laptop", NULL);
  g_autoptr (Answer) held = NULL;
  g_autoptr (Answer) right = NULL;

  use_up_free_tries (fixture);
  held = start_wrong (fixture);
  /* whoever has a right key waits for nobody, and by then the wrong one has long been read */
  right = ask_with (fixture, "/v1/models", "x-api-key", key);
  g_assert_cmpuint (right->status, ==, 200);
  turn_some (200);
  g_assert_false (held->is_done);
  jump_clock_fake_advance (fixture->clock, 249);
  turn_some (200);
  g_assert_false (held->is_done);
  jump_clock_fake_advance (fixture->clock, 1);
  answer_wait (held);
  g_assert_cmpuint (held->status, ==, 401);
  assert_says (held->body->str, "invalid_token");
}

/* A client that leaves is forgotten; the service may end while some wait. */
static void
test_leaves (void)
{
  g_autoptr (Fixture) fixture = new_with_keys ("false");
  g_autoptr (Answer) left = NULL;
  g_autoptr (Answer) waits = NULL;

  use_up_free_tries (fixture);
  left = start_wrong (fixture);
  waits = start_wrong (fixture);
  turn_some (500);
  g_clear_pointer (&left->transfer, jump_http_transfer_cancel);
  turn_some (500);
  g_assert_false (waits->is_done);
}

#define MANY 70 /* more than are held at once */

static gboolean
some_is_done (gpointer data)
{
  GPtrArray *answers = data;

  for (guint i = 0; i < answers->len; i++)
    {
      if (((Answer *) g_ptr_array_index (answers, i))->is_done)
        return TRUE;
    }
  return FALSE;
}

/* Nothing piles up. */
static void
test_many (void)
{
  g_autoptr (Fixture) fixture = new_with_keys ("false");
  g_autoptr (GPtrArray) answers = g_ptr_array_new_with_free_func ((GDestroyNotify) answer_free);
  guint n_late = 0;

  use_up_free_tries (fixture);
  for (guint i = 0; i < MANY; i++)
    g_ptr_array_add (answers, start_wrong (fixture));
  turn_until (some_is_done, answers);
  turn_some (5000);
  for (guint i = 0; i < answers->len; i++)
    {
      Answer *answer = g_ptr_array_index (answers, i);

      if (!answer->is_done)
        continue;
      n_late++;
      g_assert_cmpuint (answer->status, ==, 429);
      g_assert_cmpstr (answer_header (answer, "retry-after"), ==, "8");
    }
  g_assert_cmpuint (n_late, >, 0);
  jump_clock_fake_advance (fixture->clock, 8000);
  for (guint i = 0; i < answers->len; i++)
    answer_wait (g_ptr_array_index (answers, i));
}

/* ---- what is written down ---- */

static void
on_logged (const char *domain, GLogLevelFlags level, const char *message, gpointer user_data)
{
  g_string_append_printf (user_data, "%s\n", message);
}

static void
test_log (void)
{
  g_autoptr (Fixture) fixture = new_with_keys ("true");
  g_autofree char *key = make_key (fixture, "laptop", NULL);
  g_autofree char *path = g_strdup_printf ("/v1/models?api_key=%s", key);
  g_autofree char *link = jump_service_make_dashboard_link (fixture->service);
  const char *link_path = link + strlen (jump_service_get_url (fixture->service));
  g_autoptr (GString) log = g_string_new (NULL);
  GLogFunc before = g_log_set_default_handler (on_logged, log);
  g_autoptr (Answer) models = fixture_ask (fixture, "GET", path, NULL);
  g_autoptr (Answer) posted = fixture_ask (fixture, "POST", link_path, NULL);
  g_autoptr (Answer) opened = fixture_ask (fixture, "GET", link_path, NULL);

  g_log_set_default_handler (before, NULL);
  g_assert_cmpuint (models->status, ==, 200);
  g_assert_cmpuint (posted->status, ==, 401);
  g_assert_cmpuint (opened->status, ==, 303);
  assert_says (log->str, "GET /v1/models client=");
  assert_says (log->str, "GET /open/ client=");
  assert_silent (log->str, key);
  assert_silent (log->str, link_path + strlen ("/open/"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/key-gate/needed", test_needed);
  g_test_add_func ("/key-gate/states", test_states);
  g_test_add_func ("/key-gate/made-up", test_made_up);
  g_test_add_func ("/key-gate/query", test_query);
  g_test_add_func ("/key-gate/models", test_models);
  g_test_add_func ("/key-gate/slow", test_slow);
  g_test_add_func ("/key-gate/leaves", test_leaves);
  g_test_add_func ("/key-gate/many", test_many);
  g_test_add_func ("/key-gate/log", test_log);
  return g_test_run ();
}
