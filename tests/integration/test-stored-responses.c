/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/relay/response-store.h"
#include "tests/integration/asking.h"

#include <string.h>

/* Responses that clients come back for, on models of every upstream. */

static const char *const models[] = { "gpt-4.1", "gpt-5.5", "claude-sonnet-4.6" };

static const char *const upstreams[] = { "POST /chat/completions",
                                         "POST /responses",
                                         "POST /v1/messages" };

/* Returns: (transfer full): the response of a whole reply, or of a stream's last event */
static JsonObject *
dup_response (Answer *answer)
{
  g_auto (GStrv) lines = g_strsplit (answer->body->str, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autoptr (JsonObject) event = NULL;

      if (!g_str_has_prefix (lines[i], "data: {\"type\":\"response.completed\""))
        continue;
      event = jump_json_parse_object (lines[i] + strlen ("data: "), -1, NULL);
      g_assert_nonnull (event);
      return json_object_ref (jump_json_get_object (event, "response"));
    }
  return answer_parse (answer);
}

static char *
dup_id (Answer *answer)
{
  g_autoptr (JsonObject) response = dup_response (answer);
  const char *id = jump_json_get_string (response, "id", NULL);

  g_assert_nonnull (id);
  g_assert_cmpstr (jump_json_get_string (response, "status", NULL), ==, "completed");
  return g_strdup (id);
}

/* @previous: (nullable) */
static Answer *
ask (Fixture *fixture, const char *model, const char *text, gboolean stream, const char *previous)
{
  g_autofree char *more =
      previous != NULL ? g_strdup_printf (",'previous_response_id':'%s'", previous) : NULL;
  g_autofree char *body = api_write (API_RESPONSES, model, text, stream, more);

  return fixture_ask (fixture, "POST", "/v1/responses", body);
}

static void
assert_not_found (Answer *answer)
{
  api_assert_error (API_RESPONSES, answer, 400, "previous_response_not_found", NULL);
  assert_says (answer->body->str, "\"param\":\"previous_response_id\"");
  assert_says (answer->body->str, "\"invalid_request_error\"");
}

static void
assert_status (Fixture *fixture, const char *method, const char *id, guint status)
{
  g_autofree char *path = g_strconcat ("/v1/responses/", id, NULL);
  g_autoptr (Answer) answer = fixture_ask (fixture, method, path, NULL);

  if (status != 200)
    api_assert_error (API_RESPONSES, answer, status, NULL, id);
  g_assert_cmpuint (answer->status, ==, status);
}

static void
test_three_turns (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (models); i++)
    for (guint stream = 0; stream < 2; stream++)
      {
        g_autoptr (Fixture) fixture = fixture_new ("test");
        g_autoptr (Answer) one = ask (fixture, models[i], "apples", stream == 1, NULL);
        g_autofree char *id_one = dup_id (one);
        g_autoptr (Answer) two = ask (fixture, models[i], "pears", stream == 1, id_one);
        g_autofree char *id_two = dup_id (two);
        g_autoptr (Answer) three = ask (fixture, models[i], "plums", stream == 1, id_two);
        g_autofree char *sent = upstream_body (fixture, upstreams[i], 0);
        g_autoptr (JsonObject) response = dup_response (three);

        g_test_message ("%s: %s", models[i], sent);
        g_assert_cmpstr (id_one, !=, id_two);
        assert_says (sent, "apples");
        assert_says (sent, "You said: apples");
        assert_says (sent, "pears");
        assert_says (sent, "You said: pears");
        assert_says (sent, "plums");
        g_assert_true (strstr (sent, "apples") < strstr (sent, "pears"));
        g_assert_true (strstr (sent, "pears") < strstr (sent, "plums"));
        assert_silent (sent, "previous_response_id");
        assert_says (answer_header (three, "x-jumpseat-changes"), "previous-response-expanded");
        g_assert_cmpstr (jump_json_get_string (response, "previous_response_id", NULL), ==, id_two);
      }
}

static void
test_get_and_delete (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (models); i++)
    for (guint stream = 0; stream < 2; stream++)
      {
        g_autoptr (Fixture) fixture = fixture_new ("test");
        g_autoptr (Answer) one = ask (fixture, models[i], "apples", stream == 1, NULL);
        g_autofree char *id_one = dup_id (one);
        g_autoptr (Answer) two = ask (fixture, models[i], "pears", stream == 1, id_one);
        g_autofree char *id_two = dup_id (two);
        g_autofree char *path =
            g_strconcat (stream == 1 ? "/responses/" : "/v1/responses/", id_two, NULL);
        g_autoptr (Answer) got = fixture_ask (fixture, "GET", path, NULL);
        g_autoptr (Answer) deleted = fixture_ask (fixture, "DELETE", path, NULL);
        g_autoptr (JsonObject) told = dup_response (two);
        g_autoptr (JsonObject) kept = answer_parse (got);
        g_autoptr (JsonObject) deletion = answer_parse (deleted);
        g_autofree char *told_text = api_read_text (API_RESPONSES, got);

        g_assert_cmpuint (got->status, ==, 200);
        g_assert_cmpstr (jump_json_get_string (kept, "object", NULL), ==, "response");
        g_assert_cmpstr (jump_json_get_string (kept, "id", NULL), ==, id_two);
        g_assert_cmpstr (jump_json_get_string (kept, "model", NULL), ==, models[i]);
        g_assert_cmpstr (told_text, ==, "You said: pears");
        g_assert_nonnull (jump_json_get_object (told, "usage"));
        g_assert_nonnull (jump_json_get_object (kept, "usage"));
        g_assert_cmpuint (deleted->status, ==, 200);
        g_assert_true (jump_json_get_boolean (deletion, "deleted", FALSE));
        assert_status (fixture, "GET", id_two, 404);
        assert_status (fixture, "DELETE", id_two, 404);
        assert_status (fixture, "GET", id_one, 200);
      }
}

/* Whoever built on it has it still. */
static void
test_middle_is_deleted (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (models); i++)
    {
      g_autoptr (Fixture) fixture = fixture_new ("test");
      g_autoptr (Answer) one = ask (fixture, models[i], "apples", TRUE, NULL);
      g_autofree char *id_one = dup_id (one);
      g_autoptr (Answer) two = ask (fixture, models[i], "pears", TRUE, id_one);
      g_autofree char *id_two = dup_id (two);
      g_autoptr (Answer) three = ask (fixture, models[i], "plums", FALSE, id_two);
      g_autofree char *id_three = dup_id (three);
      g_autoptr (Answer) four = NULL;
      g_autoptr (Answer) none = NULL;
      g_autofree char *sent = NULL;

      assert_status (fixture, "DELETE", id_two, 200);
      four = ask (fixture, models[i], "figs", TRUE, id_three);
      g_assert_cmpuint (four->status, ==, 200);
      sent = upstream_body (fixture, upstreams[i], 0);
      assert_says (sent, "apples");
      assert_says (sent, "pears");
      assert_says (sent, "plums");
      none = ask (fixture, models[i], "figs", TRUE, id_two);
      assert_not_found (none);
    }
}

static void
test_expiry (void)
{
  g_autoptr (Fixture) fixture = fixture_new ("test");
  g_autoptr (Answer) one = ask (fixture, "gpt-5.5", "apples", FALSE, NULL);
  g_autofree char *id = dup_id (one);
  g_autoptr (Answer) late = NULL;

  jump_clock_fake_sleep (fixture->clock, 24 * 3600 - 60);
  assert_status (fixture, "GET", id, 200);
  jump_clock_fake_sleep (fixture->clock, 120);
  assert_status (fixture, "GET", id, 404);
  late = ask (fixture, "gpt-5.5", "pears", FALSE, id);
  assert_not_found (late);
}

static void
test_eviction (void)
{
  g_autoptr (Fixture) fixture = fixture_new ("test");
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  for (guint i = 0; i <= JUMP_RESPONSE_STORE_MAX_COUNT; i++)
    {
      g_autoptr (Answer) answer = ask (fixture, models[i % 3], "apples", i % 2 == 0, NULL);
      g_autofree char *id = dup_id (answer);

      if (i == JUMP_RESPONSE_STORE_MAX_COUNT - 1)
        assert_status (fixture, "GET", first, 200);
      if (i == 0)
        first = g_steal_pointer (&id);
      else if (i == 1)
        second = g_steal_pointer (&id);
    }
  assert_status (fixture, "GET", first, 404);
  assert_status (fixture, "GET", second, 200);
}

static void
test_not_to_be_stored (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (models); i++)
    for (guint stream = 0; stream < 2; stream++)
      {
        g_autoptr (Fixture) fixture = fixture_new ("test");
        g_autofree char *body =
            api_write (API_RESPONSES, models[i], "apples", stream == 1, ",'store':false");
        g_autoptr (Answer) answer = fixture_ask (fixture, "POST", "/v1/responses", body);
        g_autofree char *id = dup_id (answer);
        g_autoptr (Answer) next = NULL;

        assert_status (fixture, "GET", id, 404);
        next = ask (fixture, models[i], "pears", stream == 1, id);
        assert_not_found (next);
      }
}

static void
test_unknown (void)
{
  g_autoptr (Fixture) fixture = fixture_new ("test");

  for (gsize i = 0; i < G_N_ELEMENTS (models); i++)
    {
      g_autoptr (Answer) answer = ask (fixture, models[i], "apples", i == 0, "resp_nobody");

      assert_not_found (answer);
    }
  assert_status (fixture, "GET", "resp_nobody", 404);
  assert_status (fixture, "DELETE", "resp_nobody", 404);
  g_assert_cmpuint (upstream_calls (fixture), ==, 0);
}

/* Tools are called and answered over several requests that only name the last response. */
static void
test_tool_loop (void)
{
#define TOOLS                                                                                    \
  "'tools':[{'type':'function','name':'get_weather','parameters':{'type':'object','properties':" \
  "{'city':{'type':'string'}},'required':['city']}}]"
  for (gsize i = 0; i < G_N_ELEMENTS (models); i++)
    {
      g_autoptr (Fixture) fixture = fixture_new ("test");
      g_autofree char *first_body =
          g_strdup_printf ("{'model':'%s',%s,'input':'What is the weather in Oslo?'}",
                           models[i],
                           TOOLS);
      g_autoptr (Answer) first = ask_quoted (fixture, "/v1/responses", first_body);
      g_autofree char *id = dup_id (first);
      g_autoptr (JsonObject) response = dup_response (first);
      JsonArray *output = jump_json_get_array (response, "output");
      JsonObject *call = jump_json_array_get_object (output, json_array_get_length (output) - 1);
      const char *call_id = jump_json_get_string (call, "call_id", NULL);
      g_autofree char *second_body = NULL;
      g_autoptr (Answer) second = NULL;
      g_autofree char *text = NULL;

      g_test_message ("%s %s", models[i], first->body->str);
      g_assert_nonnull (call_id);
      second_body = g_strdup_printf (
          "{'model':'%s','previous_response_id':'%s',%s,'input':[{'type':'function_call_output',"
          "'call_id':'%s','output':'rain'}]}",
          models[i],
          id,
          TOOLS,
          call_id);
      second = ask_quoted (fixture, "/v1/responses", second_body);
      g_test_message ("%s", second->body->str);
      g_assert_cmpuint (second->status, ==, 200);
      text = api_read_text (API_RESPONSES, second);
      assert_says (text, "rain");
    }
}

/* ---- owners ---- */

static char *
make_key (Fixture *fixture, const char *name)
{
  JumpKeyLimits limits = { NULL };
  g_autoptr (GError) error = NULL;
  char *secret = NULL;

  jump_key_store_create (jump_service_get_keys (fixture->service), name, &limits, &secret, &error);
  g_assert_no_error (error);
  return secret;
}

/* @secret: (nullable): of the key to show */
static Answer *
ask_as (Fixture *fixture,
        const char *secret,
        const char *method,
        const char *path,
        const char *quoted_body)
{
  g_autofree char *body = quoted_body == NULL ? NULL : quoted (quoted_body);
  Answer *answer = secret == NULL
                       ? fixture_start (fixture, method, path, body, NULL)
                       : fixture_start (fixture, method, path, body, "x-api-key", secret, NULL);

  answer_wait (answer);
  return answer;
}

static char *
dup_first_item (Answer *answer)
{
  g_autoptr (JsonObject) response = dup_response (answer);
  JsonArray *output = jump_json_get_array (response, "output");

  return g_strdup (jump_json_get_string (jump_json_array_get_object (output, 0), "id", NULL));
}

/* What one key has made, the others and those without one cannot see, go on from, refer to or delete. */
static void
test_owners (void)
{
  g_autoptr (Fixture) fixture = fixture_new ("test");
  g_autofree char *laptop = make_key (fixture, "laptop");
  g_autofree char *desk = make_key (fixture, "desk");
  const char *const owners[] = { NULL, laptop, desk };

  for (gsize maker = 0; maker < G_N_ELEMENTS (owners); maker++)
    {
      g_autoptr (Answer) made = ask_as (fixture,
                                        owners[maker],
                                        "POST",
                                        "/v1/responses",
                                        "{'model':'gpt-4.1','input':'apples'}");
      g_autofree char *id = dup_id (made);
      g_autofree char *item = dup_first_item (made);
      g_autofree char *path = g_strconcat ("/v1/responses/", id, NULL);
      g_autofree char *next =
          g_strdup_printf ("{'model':'gpt-4.1','input':'pears','previous_response_id':'%s'}", id);
      g_autofree char *reference = g_strdup_printf (
          "{'model':'gpt-4.1','input':[{'type':'item_reference','id':'%s'},{'role':'user',"
          "'content':'pears'}]}",
          item);

      for (gsize step = 1; step <= G_N_ELEMENTS (owners); step++)
        {
          gsize i = (maker + step) % G_N_ELEMENTS (owners); /* the owner comes last */
          g_autoptr (Answer) said = ask_as (fixture, owners[i], "POST", "/v1/responses", next);
          g_autoptr (Answer) named =
              ask_as (fixture, owners[i], "POST", "/v1/responses", reference);
          g_autoptr (Answer) got = ask_as (fixture, owners[i], "GET", path, NULL);
          g_autoptr (Answer) deleted = ask_as (fixture, owners[i], "DELETE", path, NULL);

          g_assert_cmpuint (got->status, ==, i == maker ? 200 : 404);
          g_assert_cmpuint (deleted->status, ==, i == maker ? 200 : 404);
          if (i != maker)
            {
              assert_not_found (said);
              g_assert_cmpuint (named->status, ==, 400);
              assert_silent (named->body->str, "apples");
              continue;
            }
          g_assert_cmpuint (said->status, ==, 200);
          g_assert_cmpuint (named->status, ==, 200);
          assert_says (answer_header (named, "x-jumpseat-changes"), "references-expanded");
        }
    }
}

static void
test_input_tokens (void)
{
  static const char *const all[] = { "gpt-4.1", "gpt-5.5", "claude-sonnet-4.6" };
  g_autoptr (Fixture) fixture = fixture_new ("test");

  for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
    {
      g_autofree char *body =
          g_strdup_printf ("{'model':'%s','input':'How many tokens are these words?'}", all[i]);
      g_autoptr (Answer) answer = ask_quoted (fixture, "/v1/responses/input_tokens", body);
      g_autoptr (JsonObject) object = answer_parse (answer);

      g_assert_cmpuint (answer->status, ==, 200);
      g_assert_cmpstr (jump_json_get_string (object, "object", NULL), ==, "response.input_tokens");
      g_assert_cmpint (jump_json_get_int (object, "input_tokens", 0), >, 5);
      g_assert_cmpint (jump_json_get_int (object, "input_tokens", 0), <, 50);
    }
  g_assert_cmpuint (upstream_calls (fixture), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/stored-responses/three-turns", test_three_turns);
  g_test_add_func ("/stored-responses/get-and-delete", test_get_and_delete);
  g_test_add_func ("/stored-responses/middle-is-deleted", test_middle_is_deleted);
  g_test_add_func ("/stored-responses/expiry", test_expiry);
  g_test_add_func ("/stored-responses/eviction", test_eviction);
  g_test_add_func ("/stored-responses/not-to-be-stored", test_not_to_be_stored);
  g_test_add_func ("/stored-responses/unknown", test_unknown);
  g_test_add_func ("/stored-responses/tool-loop", test_tool_loop);
  g_test_add_func ("/stored-responses/owners", test_owners);
  g_test_add_func ("/stored-responses/input-tokens", test_input_tokens);
  return g_test_run ();
}
