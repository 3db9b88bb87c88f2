/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/json-read.h"
#include "service/simulator/device-desk.h"
#include "tests/support/clock-fake.h"

#include <string.h>

#define CLIENT "Iv1.b507a08c87ecfe98"
#define GRANT  "urn:ietf:params:oauth:grant-type:device_code"

typedef struct
{
  JumpSimulatorState state;
  JumpDeviceDesk *desk;
  char *device_code;
  char *user_code;
} Fixture;

static JumpPlannedReply *
call (Fixture *fixture, const char *method, const char *path, const char *accept, const char *text)
{
  g_autoptr (SoupMessageHeaders) headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_REQUEST);
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));
  g_autoptr (JumpIncomingCall) incoming = NULL;

  if (accept != NULL)
    soup_message_headers_append (headers, "Accept", accept);
  if (*text != '{')
    soup_message_headers_append (headers, "Content-Type", "application/x-www-form-urlencoded");
  incoming = jump_incoming_call_new (method, path, NULL, headers, body);
  return jump_device_desk_answer (fixture->desk, incoming);
}

static char *
dup_body (JumpPlannedReply *reply)
{
  gsize length;
  const char *data = g_bytes_get_data (reply->body, &length);

  return g_strndup (data, length);
}

static JsonObject *
post (Fixture *fixture, const char *path, const char *text)
{
  g_autoptr (JumpPlannedReply) reply = call (fixture, "POST", path, "application/json", text);
  g_autofree char *body = dup_body (reply);
  g_autoptr (GError) error = NULL;
  JsonObject *object = jump_json_parse_object (body, -1, &error);

  g_assert_no_error (error);
  return object;
}

static void
start (Fixture *fixture, const char *scenario)
{
  g_autoptr (JsonObject) reply = NULL;

  fixture->state.scenario = jump_scenario_new_from_data (scenario, -1, NULL);
  g_assert_nonnull (fixture->state.scenario);
  reply = post (fixture,
                "/login/device/code",
                "{\"client_id\":\"" CLIENT "\",\"scope\":\"read:user\"}");
  fixture->device_code = g_strdup (jump_json_get_string (reply, "device_code", NULL));
  fixture->user_code = g_strdup (jump_json_get_string (reply, "user_code", NULL));
  g_assert_cmpuint (strlen (fixture->device_code), ==, 40);
  g_assert_cmpuint (strlen (fixture->user_code), ==, 9);
  g_assert_cmpint (fixture->user_code[4], ==, '-');
  g_assert_cmpstr (jump_json_get_string (reply, "verification_uri", NULL),
                   ==,
                   "http://127.0.0.1:1/login/device");
  g_assert_cmpint (jump_json_get_int (reply, "interval", -1), ==, 5);
}

/* Returns: the error, or "ok". */
static char *
poll (Fixture *fixture)
{
  g_autofree char *text = g_strdup_printf (
      "{\"client_id\":\"" CLIENT "\",\"device_code\":\"%s\",\"grant_type\":\"" GRANT "\"}",
      fixture->device_code);
  g_autoptr (JsonObject) reply = post (fixture, "/login/oauth/access_token", text);
  const char *token = jump_json_get_string (reply, "access_token", NULL);

  if (token == NULL)
    return g_strdup (jump_json_get_string (reply, "error", "nothing"));
  g_assert_true (g_str_has_prefix (token, "ghu_"));
  g_assert_true (jump_token_mint_has_github (fixture->state.mint, token));
  return g_strdup ("ok");
}

static void
expect (Fixture *fixture, guint after_seconds, const char *expected)
{
  g_autofree char *got = NULL;

  jump_clock_fake_advance (fixture->state.clock, after_seconds * 1000);
  got = poll (fixture);
  g_assert_cmpstr (got, ==, expected);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->state.clock = jump_clock_fake_new ();
  fixture->state.mint = jump_token_mint_new ();
  fixture->state.url = g_strdup ("http://127.0.0.1:1");
  fixture->desk = jump_device_desk_new (&fixture->state);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  jump_device_desk_free (fixture->desk);
  g_object_unref (fixture->state.clock);
  jump_token_mint_free (fixture->state.mint);
  jump_scenario_unref (fixture->state.scenario);
  g_free (fixture->state.url);
  g_free (fixture->device_code);
  g_free (fixture->user_code);
}

static void
test_success (Fixture *fixture, gconstpointer data)
{
  start (fixture, "{\"device\":{\"pending\":2}}");
  expect (fixture, 0, "authorization_pending");
  expect (fixture, 5, "authorization_pending");
  expect (fixture, 5, "ok");
  /* Single use. */
  expect (fixture, 5, "incorrect_device_code");
}

/* The wait grows by five seconds and counts from the poll that was too early. */
static void
test_slow_down (Fixture *fixture, gconstpointer data)
{
  start (fixture, "{\"device\":{\"pending\":1}}");
  expect (fixture, 0, "authorization_pending");
  expect (fixture, 4, "slow_down");
  expect (fixture, 9, "slow_down");
  expect (fixture, 15, "ok");
}

static void
test_expired (Fixture *fixture, gconstpointer data)
{
  start (fixture, "{\"device\":{\"expires_in\":60}}");
  expect (fixture, 0, "authorization_pending");
  expect (fixture, 59, "authorization_pending");
  expect (fixture, 1, "expired_token");
}

static void
test_denied (Fixture *fixture, gconstpointer data)
{
  start (fixture, "{\"device\":{\"pending\":1,\"outcome\":\"denied\"}}");
  expect (fixture, 0, "authorization_pending");
  expect (fixture, 5, "access_denied");
}

static void
test_auto_authorize (Fixture *fixture, gconstpointer data)
{
  start (fixture, "{\"device\":{\"auto_authorize_seconds\":12}}");
  expect (fixture, 0, "authorization_pending");
  expect (fixture, 6, "authorization_pending");
  expect (fixture, 6, "ok");
}

static void
test_person (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JumpPlannedReply) page = NULL;
  g_autoptr (JumpPlannedReply) done = NULL;
  g_autofree char *html = NULL;
  g_autofree char *lower = NULL;
  g_autofree char *form = NULL;

  start (fixture, "{}");
  expect (fixture, 0, "authorization_pending");
  page = call (fixture, "GET", "/login/device", NULL, "");
  html = dup_body (page);
  g_assert_nonnull (strstr (html, "Authorize"));
  /* As people type it. */
  lower = g_ascii_strdown (fixture->user_code, -1);
  form = g_strdup_printf ("user_code=%.4s%s&action=authorize", lower, lower + 5);
  done = call (fixture, "POST", "/login/device", NULL, form);
  g_assert_cmpuint (done->status, ==, 200);
  expect (fixture, 5, "ok");
}

static void
test_wrong (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *client;
    const char *code;
    const char *grant;
    const char *error;
  } rows[] = {
    { "nobody", "%s", GRANT, "incorrect_client_credentials" },
    { "01ab8ac9400c4e429b23", "%s", GRANT, "incorrect_client_credentials" },
    { CLIENT, "%s", "password", "unsupported_grant_type" },
    { CLIENT, "no-%s", GRANT, "incorrect_device_code" },
  };

  start (fixture, "{}");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (GStrv) parts = g_strsplit (rows[i].code, "%s", 2);
      g_autofree char *code = g_strjoinv (fixture->device_code, parts);
      g_autofree char *text =
          g_strdup_printf ("{\"client_id\":\"%s\",\"device_code\":\"%s\",\"grant_type\":\"%s\"}",
                           rows[i].client,
                           code,
                           rows[i].grant);
      g_autoptr (JsonObject) reply = post (fixture, "/login/oauth/access_token", text);

      g_assert_cmpstr (jump_json_get_string (reply, "error", NULL), ==, rows[i].error);
    }
}

static void
test_unknown_client (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JumpPlannedReply) reply = NULL;

  start (fixture, "{}");
  reply = call (fixture, "POST", "/login/device/code", "application/json", "{\"client_id\":\"x\"}");
  g_assert_cmpuint (reply->status, ==, 404);
}

/* Without Accept, and with a form: form-encoded in both directions. */
static void
test_form (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JumpPlannedReply) reply = NULL;
  g_autofree char *body = NULL;

  start (fixture, "{}");
  reply = call (fixture, "POST", "/login/device/code", NULL, "client_id=" CLIENT);
  body = dup_body (reply);
  g_assert_true (g_str_has_prefix (reply->content_type, "application/x-www-form-urlencoded"));
  g_assert_true (g_str_has_prefix (body, "device_code="));
  g_assert_nonnull (
      strstr (body,
              "&verification_uri=http%3A%2F%2F127.0.0.1%3A1%2Flogin%2Fdevice&expires_in=899"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)
  ADD ("/device-desk/success", test_success);
  ADD ("/device-desk/slow-down", test_slow_down);
  ADD ("/device-desk/expired", test_expired);
  ADD ("/device-desk/denied", test_denied);
  ADD ("/device-desk/auto-authorize", test_auto_authorize);
  ADD ("/device-desk/person", test_person);
  ADD ("/device-desk/wrong", test_wrong);
  ADD ("/device-desk/unknown-client", test_unknown_client);
  ADD ("/device-desk/form", test_form);
  return g_test_run ();
}
