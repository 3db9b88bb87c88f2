/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "tests/unit/simulator-fixture.h"

static void
test_credentials (Fixture *fixture, gconstpointer data)
{
  g_autofree char *as_token = g_strconcat ("token ", fixture->copilot, NULL);
  g_autofree char *no_editor = g_strconcat ("Bearer ", fixture->copilot, NULL);
  g_autofree char *direct = g_strconcat ("Bearer ", fixture->github, NULL);
  const struct
  {
    const char *authorization;
    guint status;
    const char *says;
  } rows[] = {
    { "", 401, "missing Authorization" },
    { as_token, 400, "Authorization header is badly formatted" },
    { "Bearer tid=1;exp=2:3", 401, "AuthenticateToken authentication failed" },
    { no_editor, 400, "missing Editor-Version header for IDE auth" },
    { direct, 200, "\"object\":\"list\"" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (Reply) reply = ask (fixture, "GET /models", NULL, rows[i].authorization);

      assert_says (&reply, rows[i].status, rows[i].says);
    }
}

static void
test_token_life (Fixture *fixture, gconstpointer data)
{
  g_auto (Reply) before = { 0 };
  g_auto (Reply) after = { 0 };
  g_auto (Reply) again = { 0 };
  g_auto (Reply) revoked = { 0 };

  jump_clock_fake_sleep (fixture->clock, 1799);
  before = ask (fixture, "GET /models", NULL, NULL);
  assert_says (&before, 200, "gpt-4.1");
  jump_clock_fake_sleep (fixture->clock, 1);
  after = ask (fixture, "GET /models", NULL, NULL);
  assert_says (&after, 401, "IDE token expired: unauthorized: token expired\n");
  exchange (fixture);
  again = ask (fixture, "GET /models", NULL, NULL);
  assert_says (&again, 200, "gpt-4.1");
  jump_simulator_revoke_copilot_tokens (fixture->simulator);
  revoked = ask (fixture, "GET /models", NULL, NULL);
  assert_says (&revoked, 401, "token expired");
}

static void
test_models (Fixture *fixture, gconstpointer data)
{
  g_autofree char *anonymous = g_strconcat ("Bearer ", fixture->github, NULL);
  g_auto (Reply) all = ask (fixture, "GET /models", NULL, NULL);
  g_auto (Reply) few = ask (fixture, "GET /models", NULL, anonymous);
  g_auto (Reply) one = ask (fixture, "GET /models/gpt-4.1", NULL, NULL);
  g_auto (Reply) none = ask (fixture, "GET /models/gpt-9", NULL, NULL);
  g_auto (Reply) wrong = ask (fixture, "GET /v1/models", NULL, NULL);
  g_autoptr (JsonObject) all_object = parse (all.body);
  g_autoptr (JsonObject) few_object = parse (few.body);

  g_assert_cmpuint (json_array_get_length (jump_json_get_array (all_object, "data")), ==, 31);
  g_assert_cmpuint (json_array_get_length (jump_json_get_array (few_object, "data")), ==, 7);
  assert_says (&one, 200, "\"id\":\"gpt-4.1\"");
  assert_says (&none, 404, "404 page not found\n");
  assert_says (&wrong, 404, "404 page not found\n");
}

static void
test_policy (Fixture *fixture, gconstpointer data)
{
  const char *body = "{\"model\":\"claude-fable-5\"," HELLO "}";
  g_auto (Reply) before = ask (fixture, CHAT, body, NULL);
  g_auto (Reply) enable =
      ask (fixture, "POST /models/claude-fable-5/policy", "{\"state\":\"enabled\"}", NULL);
  g_auto (Reply) after = ask (fixture, CHAT, body, NULL);
  g_auto (Reply) managed = { 0 };

  assert_says (&before, 400, "model_not_supported");
  assert_says (&enable, 200, "enabled");
  assert_says (&after, 200, "You said");
  set_scenario (fixture, "business");
  managed = ask (fixture, "POST /models/claude-fable-5/policy", "{\"state\":\"enabled\"}", NULL);
  assert_says (&managed, 403, "organization");
}

static void
test_embeddings (Fixture *fixture, gconstpointer data)
{
  g_auto (Reply) good = ask (fixture,
                             "POST /embeddings",
                             "{\"model\":\"text-embedding-3-small\",\"input\":[\"a\",\"b\"],"
                             "\"dimensions\":2}",
                             NULL);
  g_autoptr (JsonObject) object = parse (good.body);
  JsonArray *rows = jump_json_get_array (object, "data");

  g_assert_cmpuint (json_array_get_length (rows), ==, 2);
  g_assert_cmpuint (json_array_get_length (
                        jump_json_get_array (jump_json_array_get_object (rows, 1), "embedding")),
                    ==,
                    2);
}

/* Returns: (transfer full): a JSON array of @n texts */
static char *
make_texts (guint n)
{
  GString *texts = g_string_new ("[\"a\"");

  for (guint i = 1; i < n; i++)
    g_string_append (texts, ",\"a\"");
  g_string_append_c (texts, ']');
  return g_string_free (texts, FALSE);
}

static void
test_embedding_refusals (Fixture *fixture, gconstpointer data)
{
#define EMBED_HEAD  "{\"model\":\"text-embedding-3-small\",\"input\":"
#define EMBED(rest) EMBED_HEAD rest "}"
  g_autofree char *most_texts = make_texts (512);
  g_autofree char *more_texts = make_texts (513);
  g_autofree char *most = g_strconcat (EMBED_HEAD, most_texts, ",\"dimensions\":1}", NULL);
  g_autofree char *more = g_strconcat (EMBED_HEAD, more_texts, "}", NULL);
  const struct
  {
    const char *body;
    guint status;
    const char *says;
  } rows[] = {
    { most, 200, "\"index\":511" },
    { more, 400, "at most 512" },
    { EMBED ("\"a\""), 400, "Bad Request\n" },
    { EMBED ("[[1,2]]"), 400, "Bad Request\n" },
    { EMBED ("[1,2]"), 400, "Bad Request\n" },
    { EMBED ("[]"), 400, "Bad Request\n" },
    { EMBED ("[\"a\"],\"dimensions\":0"), 400, "dimensions must be between" },
    { EMBED ("[\"a\"],\"dimensions\":1537"), 400, "dimensions must be between" },
    { "{\"model\":\"text-embedding-9\",\"input\":[\"a\"]}", 400, "model_not_supported" },
    { "{\"model\":\"gpt-4.1\",\"input\":[\"a\"]}", 400, "model_not_supported" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (Reply) reply = ask (fixture, "POST /embeddings", rows[i].body, NULL);

      assert_says (&reply, rows[i].status, rows[i].says);
    }
#undef EMBED_HEAD
#undef EMBED
}

/* What Copilot does not have, or has for another protocol. */
static void
test_unknown_paths (Fixture *fixture, gconstpointer data)
{
  g_auto (Reply) batches = ask (fixture, "POST /v1/messages/batches", "{}", NULL);
  g_auto (Reply) files = ask (fixture, "POST /v1/files", "{}", NULL);
  g_auto (Reply) prefixed = ask (fixture, "POST /v1/responses", "{}", NULL);
  g_auto (Reply) unprefixed = ask (fixture, "POST /messages", "{}", NULL);
  g_auto (Reply) socket = ask (fixture, "GET /responses", NULL, NULL);

  assert_says (&batches, 404, "404 page not found\n");
  assert_says (&files, 404, "404 page not found\n");
  assert_says (&prefixed, 404, "404 page not found\n");
  assert_says (&unprefixed, 404, "404 page not found\n");
  assert_says (&socket, 400, "Bad Request\n");
}

/* The log tells what came, newest first, and no secrets. */
static void
test_log (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SoupMessage) message =
      make_message (fixture, "POST /responses", "{\"model\":\"gpt-5.5\",\"input\":\"Hi\"}", NULL);
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);
  g_auto (Reply) reply = { 0 };
  g_auto (Reply) log = { 0 };

  soup_message_headers_replace (headers, "X-Initiator", "agent");
  soup_message_headers_replace (headers, "X-Interaction-Type", "conversation-subagent");
  reply = send_message (fixture, message);
  log = ask (fixture, "GET /_simulator/calls", NULL, NULL);
  assert_says (
      &log,
      200,
      "[{\"number\":2,\"method\":\"POST\",\"path\":\"/responses\",\"status\":200,\"model\":\"gpt-5.5\","
      "\"initiator\":\"agent\"");
  assert_says (&log, 200, "\"interaction_type\":\"conversation-subagent\"");
  assert_says (&log, 200, "\"reasoning_states\":0");
  g_assert_null (strstr (log.body, fixture->copilot));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/copilot-side/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("credentials", test_credentials);
  ADD ("token-life", test_token_life);
  ADD ("models", test_models);
  ADD ("policy", test_policy);
  ADD ("embeddings", test_embeddings);
  ADD ("embedding-refusals", test_embedding_refusals);
  ADD ("unknown-paths", test_unknown_paths);
  ADD ("log", test_log);
  return g_test_run ();
}
