/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "tests/integration/key-making.h"

char *
key_create (Fixture *fixture, const char *name, const char *more)
{
  g_autofree char *text = g_strdup_printf ("{'name':'%s'%s}", name, more != NULL ? more : "");
  g_autofree char *body = quoted (text);
  g_autoptr (Answer) answer = control_ask (fixture, "POST", "/api/keys", body);
  g_autoptr (JsonObject) object = answer_parse (answer);
  char *secret = g_strdup (jump_json_get_string (object, "secret", NULL));

  g_assert_cmpuint (answer->status, ==, 201);
  g_assert_cmpstr (jump_json_get_string (object, "name", NULL), ==, name);
  g_assert_cmpstr (jump_json_get_string (object, "state", NULL), ==, "active");
  g_assert_nonnull (secret);
  return secret;
}

void
key_change (Fixture *fixture, const char *name, const char *body, guint status)
{
  g_autofree char *path = g_strconcat ("/api/keys/", name, NULL);
  g_autofree char *json = quoted (body);
  g_autoptr (Answer) answer = control_ask (fixture, "PATCH", path, json);

  g_test_message ("%s", answer->body->str);
  g_assert_cmpuint (answer->status, ==, status);
}

JsonObject *
key_look (Fixture *fixture, const char *name)
{
  g_autoptr (Answer) answer = control_ask (fixture, "GET", "/api/keys", NULL);
  g_autoptr (JsonObject) object = answer_parse (answer);
  JsonArray *keys = jump_json_get_array (object, "keys");

  g_assert_cmpuint (answer->status, ==, 200);
  assert_silent (answer->body->str, "\"secret\"");
  assert_silent (answer->body->str, "sha256");
  for (guint i = 0; i < json_array_get_length (keys); i++)
    {
      JsonObject *key = jump_json_array_get_object (keys, i);

      if (g_strcmp0 (jump_json_get_string (key, "name", NULL), name) == 0)
        return json_object_ref (key);
    }
  g_assert_not_reached ();
}

Answer *
key_start (Fixture *fixture, const char *secret, Api api, const char *model, gboolean stream)
{
  g_autofree char *authorization = g_strconcat ("Bearer ", secret, NULL);
  g_autofree char *body = api_write (api, model, "hello", stream, NULL);

  return fixture_start (fixture,
                        "POST",
                        api_path (api),
                        body,
                        "Authorization",
                        authorization,
                        NULL);
}

/* A second for every turn of the loop: far more than any reply has. */
static void
let_pass (Fixture *fixture, guint *n_seconds)
{
  g_assert_cmpuint (*n_seconds, <, 5000);
  *n_seconds += 1;
  jump_clock_fake_advance (fixture->clock, 1000);
  turn_some (1);
}

void
key_wait_begun (Fixture *fixture, Answer *answer)
{
  guint n_seconds = 0;

  while (answer->body->len == 0)
    let_pass (fixture, &n_seconds);
}

void
key_wait_done (Fixture *fixture, Answer *answer)
{
  guint n_seconds = 0;

  while (!answer->is_done)
    let_pass (fixture, &n_seconds);
}

Answer *
key_ask (Fixture *fixture, const char *secret, Api api, const char *model)
{
  Answer *answer = key_start (fixture, secret, api, model, FALSE);

  answer_wait (answer);
  return answer;
}
