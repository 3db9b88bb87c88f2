/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "tests/integration/key-making.h"

/* The control routes of client keys, and POST /signup. */

static void
test_mistakes (void)
{
  static const struct
  {
    const char *method;
    const char *path;
    const char *body;
    guint status;
    const char *words;
  } cases[] = {
    { "POST", "/api/keys", "", 400, "invalid JSON" },
    { "POST", "/api/keys", "[]", 400, "expected an object" },
    { "POST", "/api/keys", "{}", 400, "name: expected string" },
    { "POST", "/api/keys", "{'name':7}", 400, "name: expected string" },
    { "POST", "/api/keys", "{'name':'a/b'}", 400, "name: expected 1 to 64" },
    { "POST", "/api/keys", "{'name':'LAPTOP'}", 400, "name: there is a key" },
    { "POST", "/api/keys", "{'name':'b','models':'x'}", 400, "models: expected a list" },
    { "POST", "/api/keys", "{'name':'b','models':[]}", 400, "models: expected a list" },
    { "POST", "/api/keys", "{'name':'b','concurrent':1.5}", 400, "concurrent: expected" },
    { "POST",
      "/api/keys",
      "{'name':'b','requests_per_minute':7000}",
      400,
      "requests_per_minute: expected a whole number" },
    { "POST", "/api/keys", "{'name':'b','daily_credits':-1}", 400, "daily_credits: expected" },
    { "POST",
      "/api/keys",
      "{'name':'b','request_per_minute':1}",
      400,
      "request_per_minute: expected only name, models" },
    { "PATCH", "/api/keys/laptop", "{'state':'pending'}", 400, "state: expected" },
    { "PATCH", "/api/keys/laptop", "{'name':'x'}", 400, "name: expected only state, models" },
    { "PATCH", "/api/keys/laptop", "{'state':'revoked','concurrent':'x'}", 400, "concurrent" },
    { "PATCH", "/api/keys/nobody", "{'state':'revoked'}", 404, "no client key" },
    { "DELETE", "/api/keys/nobody", NULL, 404, "no client key" },
    { "PUT", "/api/keys", "{}", 405, "" },
    { "POST", "/api/users/nobody/approve", NULL, 404, "no client key" },
    { "POST", "/api/users/laptop/promote", NULL, 404, "there is no" },
    { "POST", "/api/users/laptop", NULL, 404, "there is no" },
    { "DELETE", "/api/users/nobody", NULL, 404, "no client key" },
  };
  g_autoptr (Fixture) fixture = fixture_new ("test");
  g_autofree char *secret = key_create (fixture, "laptop", NULL);
  g_autoptr (JsonObject) key = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *body = cases[i].body != NULL ? quoted (cases[i].body) : NULL;
      g_autoptr (Answer) answer = control_ask (fixture, cases[i].method, cases[i].path, body);

      g_test_message ("%s %s: %s", cases[i].path, cases[i].body, answer->body->str);
      g_assert_cmpuint (answer->status, ==, cases[i].status);
      assert_says (answer->body->str, cases[i].words);
      assert_silent (answer->body->str, secret);
    }
  key = key_look (fixture, "laptop");
  g_assert_cmpstr (jump_json_get_string (key, "state", NULL), ==, "active");
}

static void
test_guarded (void)
{
  static const char *const routes[][2] = {
    { "GET", "/api/keys" },
    { "POST", "/api/keys" },
    { "PATCH", "/api/keys/a" },
    { "DELETE", "/api/keys/a" },
    { "GET", "/api/users" },
    { "GET", "/api/users-list" },
    { "POST", "/api/users/a/approve" },
    { "DELETE", "/api/users/a" },
  };
  g_autoptr (Fixture) fixture = fixture_new ("test");
  g_autofree char *secret = key_create (fixture, "a", NULL);
  g_autofree char *bearer = g_strconcat ("Bearer ", secret, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (routes); i++)
    {
      g_autoptr (Answer) without =
          fixture_start (fixture, routes[i][0], routes[i][1], NULL, "Accept", "*/*", NULL);
      /* a client's key is none for this */
      g_autoptr (Answer) with =
          fixture_start (fixture, routes[i][0], routes[i][1], NULL, "Authorization", bearer, NULL);

      /* whoever guesses is slowed down */
      key_wait_done (fixture, without);
      key_wait_done (fixture, with);
      g_test_message ("%s %s", routes[i][0], routes[i][1]);
      g_assert_cmpuint (without->status, ==, 401);
      g_assert_cmpuint (with->status, ==, 401);
    }
}

static void
test_limits (void)
{
  g_autoptr (Fixture) fixture = fixture_new ("test");
  g_autofree char *secret =
      key_create (fixture, "laptop", ",'models':['a'],'concurrent':2,'daily_credits':1.5");
  g_autoptr (JsonObject) before = key_look (fixture, "laptop");
  g_autoptr (JsonObject) after = NULL;
  g_autoptr (Answer) removed = NULL;

  g_assert_cmpint (jump_json_get_int (before, "concurrent", 0), ==, 2);
  g_assert_true (json_object_get_null_member (before, "requests_per_minute"));
  key_change (fixture,
              jump_json_get_string (before, "id", ""),
              "{'models':null,'requests_per_minute':9}",
              200);
  after = key_look (fixture, "laptop");
  g_assert_true (json_object_get_null_member (after, "models"));
  g_assert_cmpint (jump_json_get_int (after, "concurrent", 0), ==, 2);
  g_assert_cmpint (jump_json_get_int (after, "requests_per_minute", 0), ==, 9);
  g_assert_cmpfloat (jump_json_get_double (after, "daily_credits", 0), ==, 1.5);
  g_assert_true (g_str_has_suffix (secret, jump_json_get_string (after, "hint", "?")));
  removed = control_ask (fixture, "DELETE", "/api/keys/laptop", NULL);
  g_assert_cmpuint (removed->status, ==, 200);
  g_assert_cmpuint (
      g_list_model_get_n_items (G_LIST_MODEL (jump_service_get_keys (fixture->service))),
      ==,
      0);
}

/* ---- signing up ---- */

static Answer *
sign_up (Fixture *fixture, const char *body)
{
  return ask_quoted (fixture, "/signup", body);
}

static guint
list_models (Fixture *fixture, const char *token)
{
  g_autoptr (Answer) answer =
      fixture_start (fixture, "GET", "/v1/models", NULL, "x-api-key", token, NULL);

  answer_wait (answer);
  return answer->status;
}

static void
control_post (Fixture *fixture, const char *path, const char *status)
{
  g_autoptr (Answer) answer = control_ask (fixture, "POST", path, NULL);
  g_autoptr (JsonObject) object = answer_parse (answer);

  g_assert_cmpuint (answer->status, ==, 200);
  g_assert_cmpstr (jump_json_get_string (object, "user_id", NULL), ==, "ada");
  g_assert_cmpstr (jump_json_get_string (object, "status", NULL), ==, status);
}

static void
assert_listed (Fixture *fixture, const char *path, const char *token)
{
  g_autoptr (Answer) answer = control_ask (fixture, "GET", path, NULL);
  g_autoptr (JsonObject) object = answer_parse (answer);
  JsonArray *users = jump_json_get_array (object, "users");
  JsonObject *user = jump_json_array_get_object (users, 0);

  g_assert_cmpuint (json_array_get_length (users), ==, 1);
  g_assert_cmpstr (jump_json_get_string (user, "user_id", NULL), ==, "ada");
  g_assert_cmpstr (jump_json_get_string (user, "display_name", NULL), ==, "Ada Ł.");
  g_assert_cmpstr (jump_json_get_string (user, "status", NULL), ==, "pending");
  assert_silent (answer->body->str, token);
}

static void
test_sign_up (void)
{
  g_autoptr (Fixture) fixture = fixture_new_with_settings ("test",
                                                           JUMP_KEY_SERVER_SIGN_UP,
                                                           "true",
                                                           JUMP_KEY_SERVER_REQUIRE_KEY,
                                                           "true",
                                                           -1);
  g_autoptr (Answer) answer = sign_up (fixture, "{'user_id':'ada','display_name':'Ada Ł.'}");
  g_autoptr (JsonObject) object = answer_parse (answer);
  g_autofree char *token = g_strdup (jump_json_get_string (object, "token", ""));
  g_autoptr (Answer) removed = NULL;

  g_assert_cmpuint (answer->status, ==, 201);
  g_assert_cmpuint (json_object_get_size (object), ==, 5);
  g_assert_cmpstr (jump_json_get_string (object, "user_id", NULL), ==, "ada");
  g_assert_cmpstr (jump_json_get_string (object, "status", NULL), ==, "pending");
  g_assert_nonnull (jump_json_get_string (object, "message", NULL));
  g_assert_cmpuint (list_models (fixture, token), ==, 403);
  assert_listed (fixture, "/api/users", token);
  assert_listed (fixture, "/api/users-list", token);
  control_post (fixture, "/api/users/ada/approve", "active");
  g_assert_cmpuint (list_models (fixture, token), ==, 200);
  control_post (fixture, "/api/users/ada/revoke", "revoked");
  g_assert_cmpuint (list_models (fixture, token), ==, 403);
  removed = control_ask (fixture, "DELETE", "/api/users/ada", NULL);
  g_assert_cmpuint (removed->status, ==, 200);
  g_assert_cmpuint (list_models (fixture, token), ==, 401);
}

static void
test_sign_up_mistakes (void)
{
  static const struct
  {
    const char *body;
    guint status;
    const char *words;
  } cases[] = {
    { "{}", 400, "user_id: expected string" },
    { "{'user_id':'a'}", 400, "display_name: expected string" },
    { "{'user_id':'a b','display_name':'x'}", 400, "user_id: expected 1 to 64" },
    { "{'user_id':'a','display_name':''}", 400, "display_name: expected 1 to 128" },
    { "{'user_id':'1','display_name':'x'}", 201, "pending" },
    { "{'user_id':'1','display_name':'x'}", 400, "user_id: there is a key" },
    { "{'user_id':'2','display_name':'x'}", 201, "pending" },
    { "{'user_id':'3','display_name':'x'}", 201, "pending" },
    { "{'user_id':'4','display_name':'x'}", 201, "pending" },
    { "{'user_id':'5','display_name':'x'}", 429, "try again in a minute" },
  };
  g_autoptr (Fixture) fixture =
      fixture_new_with_settings ("test", JUMP_KEY_SERVER_SIGN_UP, "true", -1);
  g_autoptr (Answer) off = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Answer) answer = sign_up (fixture, cases[i].body);

      g_test_message ("%s: %s", cases[i].body, answer->body->str);
      g_assert_cmpuint (answer->status, ==, cases[i].status);
      assert_says (answer->body->str, cases[i].words);
    }
  jump_settings_override (fixture->settings, JUMP_KEY_SERVER_SIGN_UP, "false", "test", NULL);
  off = sign_up (fixture, "{'user_id':'9','display_name':'x'}");
  g_assert_cmpuint (off->status, ==, 404);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/key-routes/mistakes", test_mistakes);
  g_test_add_func ("/key-routes/guarded", test_guarded);
  g_test_add_func ("/key-routes/limits", test_limits);
  g_test_add_func ("/key-routes/sign-up", test_sign_up);
  g_test_add_func ("/key-routes/sign-up-mistakes", test_sign_up_mistakes);
  return g_test_run ();
}
