/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/auth/device-flow.h"
#include "service/base/error.h"
#include "tests/support/signal-log.h"
#include "tests/unit/auth-stage.h"

#include <string.h>

#define CODE                                                                   \
  "{\"device_code\":\"3584d83530557fdd1f46af82\",\"user_code\":\"WDJB-MJHT\"," \
  "\"verification_uri\":\"https://github.com/login/device\",\"expires_in\":900,\"interval\":5}"
#define PENDING "{\"error\":\"authorization_pending\",\"error_description\":\"not yet\"}"
#define SUCCESS "{\"access_token\":\"ghu_fake\",\"token_type\":\"bearer\",\"scope\":\"\"}"

typedef struct
{
  AuthStage stage;
  JumpDeviceFlow *flow;
  JumpSignalLog *log;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  auth_stage_set_up (&fixture->stage, data);
  fixture->flow = jump_device_flow_new (fixture->stage.client,
                                        fixture->stage.clock,
                                        fixture->stage.host,
                                        fixture->stage.identity);
  fixture->log = jump_signal_log_new ();
  jump_signal_log_attach (fixture->log, G_OBJECT (fixture->flow), "changed");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  jump_signal_log_clear (fixture->log);
  jump_signal_log_free (fixture->log);
  auth_stage_settle ();
  g_assert_finalize_object (fixture->flow);
  auth_stage_tear_down (&fixture->stage, data);
}

/* A reply was dealt with when the flow has ended or the next poll is planned, besides the expiry. */
static gboolean
is_quiet (gpointer data)
{
  Fixture *fixture = data;

  return jump_device_flow_is_final (fixture->flow) ||
         jump_clock_fake_count_alarms (fixture->stage.clock) == 2;
}

static void
start (Fixture *fixture)
{
  jump_device_flow_start (fixture->flow);
  auth_stage_wait (is_quiet, fixture);
}

/* Waits as long as asked, to the millisecond, and sees the next poll answered. */
static void
poll_after (Fixture *fixture, guint seconds)
{
  guint n_requests = jump_http_peer_count_requests (fixture->stage.peer);

  jump_clock_fake_advance (fixture->stage.clock, (guint64) seconds * 1000 - 1);
  g_assert_cmpuint (auth_stage_count_requests (&fixture->stage), ==, n_requests);
  jump_clock_fake_advance (fixture->stage.clock, 1);
  auth_stage_wait (is_quiet, fixture);
  g_assert_cmpuint (jump_http_peer_count_requests (fixture->stage.peer), ==, n_requests + 1);
}

static void
assert_state (Fixture *fixture, JumpDeviceFlowState state)
{
  g_assert_cmpstr (jump_device_flow_state_to_string (jump_device_flow_get_state (fixture->flow)),
                   ==,
                   jump_device_flow_state_to_string (state));
}

static void
test_success (Fixture *fixture, gconstpointer data)
{
  AuthStage *stage = &fixture->stage;
  g_autoptr (JumpSecretText) token = NULL;
  g_autofree char *user_agent = g_strdup_printf ("User-Agent: %s\r\n", stage->identity->user_agent);

  auth_stage_add_reply (stage, 200, NULL, CODE);
  auth_stage_add_reply (stage, 200, NULL, PENDING);
  auth_stage_add_reply (stage, 200, NULL, SUCCESS);
  assert_state (fixture, JUMP_DEVICE_FLOW_IDLE);
  start (fixture);
  jump_signal_log_assert (fixture->log, "changed", "changed", NULL);
  assert_state (fixture, JUMP_DEVICE_FLOW_PENDING);
  g_assert_cmpstr (jump_device_flow_get_user_code (fixture->flow), ==, "WDJB-MJHT");
  g_assert_cmpstr (jump_device_flow_get_verification_uri (fixture->flow),
                   ==,
                   "https://github.com/login/device");
  g_assert_cmpint (jump_device_flow_get_expires_at (fixture->flow), ==, AUTH_NOW + 900);
  g_assert_cmpuint (jump_device_flow_get_interval (fixture->flow), ==, 5);
  g_assert_null (jump_device_flow_steal_token (fixture->flow));

  poll_after (fixture, 6);
  jump_signal_log_assert (fixture->log, NULL);
  poll_after (fixture, 6);
  jump_signal_log_assert (fixture->log, "changed", NULL);
  assert_state (fixture, JUMP_DEVICE_FLOW_SUCCESS);
  token = jump_device_flow_steal_token (fixture->flow);
  g_assert_true (jump_secret_text_equal (token, "ghu_fake"));
  g_assert_null (jump_device_flow_steal_token (fixture->flow));
  g_assert_null (jump_device_flow_get_error (fixture->flow));

  auth_stage_assert_request (stage, 0, "POST /login/device/code HTTP/1.1\r\n");
  auth_stage_assert_request (stage, 0, "Accept: application/json\r\n");
  auth_stage_assert_request (stage, 0, "Content-Type: application/json\r\n");
  auth_stage_assert_request (stage, 0, user_agent);
  auth_stage_assert_request (stage, 0, "{\"client_id\":\"test-app\",\"scope\":\"read:user\"}");
  auth_stage_assert_request (stage, 1, "POST /login/oauth/access_token HTTP/1.1\r\n");
  auth_stage_assert_request (stage, 1, "Accept: application/json\r\n");
  auth_stage_assert_request (
      stage,
      1,
      "{\"client_id\":\"test-app\",\"device_code\":\"3584d83530557fdd1f46af82\","
      "\"grant_type\":\"urn:ietf:params:oauth:grant-type:device_code\"}");

  /* Nothing goes on after the end. */
  jump_device_flow_cancel (fixture->flow);
  assert_state (fixture, JUMP_DEVICE_FLOW_SUCCESS);
  jump_clock_fake_advance (stage->clock, 1000 * 1000);
  g_assert_cmpuint (auth_stage_count_requests (stage), ==, 3);
  jump_signal_log_assert (fixture->log, NULL);
}

static void
test_form_encoded (Fixture *fixture, gconstpointer data)
{
  AuthStage *stage = &fixture->stage;
  g_autoptr (JumpSecretText) token = NULL;

  auth_stage_add_reply (stage,
                        200,
                        "Content-Type: application/x-www-form-urlencoded\r\n",
                        "device_code=abc&expires_in=600&interval=7&user_code=WDJB-MJHT&"
                        "verification_uri=https%3A%2F%2Fgithub.com%2Flogin%2Fdevice");
  auth_stage_add_reply (stage, 200, NULL, "error=slow_down&interval=20");
  auth_stage_add_reply (stage, 200, NULL, "access_token=ghu_form&scope=&token_type=bearer");
  start (fixture);
  assert_state (fixture, JUMP_DEVICE_FLOW_PENDING);
  g_assert_cmpstr (jump_device_flow_get_verification_uri (fixture->flow),
                   ==,
                   "https://github.com/login/device");
  g_assert_cmpint (jump_device_flow_get_expires_at (fixture->flow), ==, AUTH_NOW + 600);
  poll_after (fixture, 8);
  poll_after (fixture, 21);
  token = jump_device_flow_steal_token (fixture->flow);
  g_assert_true (jump_secret_text_equal (token, "ghu_form"));
  jump_signal_log_clear (fixture->log);
}

/* Every row of table 1.2, and what a network does. */
static void
test_poll_answers (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    guint status; /* 0: the connection is cut */
    const char *body;
    JumpDeviceFlowState state;
    guint interval;
    const char *message; /* part of it, when it failed */
  } rows[] = {
    { 200, PENDING, JUMP_DEVICE_FLOW_PENDING, 5, NULL },
    { 400, PENDING, JUMP_DEVICE_FLOW_PENDING, 5, NULL },
    { 200, "{\"error\":\"slow_down\",\"interval\":10}", JUMP_DEVICE_FLOW_PENDING, 10, NULL },
    { 200, "{\"error\":\"slow_down\",\"interval\":42}", JUMP_DEVICE_FLOW_PENDING, 42, NULL },
    { 200, "{\"error\":\"slow_down\",\"interval\":6}", JUMP_DEVICE_FLOW_PENDING, 10, NULL },
    { 200, "{\"error\":\"slow_down\"}", JUMP_DEVICE_FLOW_PENDING, 10, NULL },
    { 200, "{\"error\":\"slow_down\",\"interval\":99999999}", JUMP_DEVICE_FLOW_PENDING, 300, NULL },
    { 200, "{\"error\":\"slow_down\",\"interval\":-3}", JUMP_DEVICE_FLOW_PENDING, 10, NULL },
    { 429, "", JUMP_DEVICE_FLOW_PENDING, 10, NULL },
    { 500, "<html>", JUMP_DEVICE_FLOW_PENDING, 5, NULL },
    { 503, "{\"error\":\"access_denied\"}", JUMP_DEVICE_FLOW_PENDING, 5, NULL },
    { 0, NULL, JUMP_DEVICE_FLOW_PENDING, 5, NULL },
    { 200, "<html>hotel</html>", JUMP_DEVICE_FLOW_PENDING, 5, NULL },
    { 200, "", JUMP_DEVICE_FLOW_PENDING, 5, NULL },
    { 200, "{\"access_token\":\"\"}", JUMP_DEVICE_FLOW_PENDING, 5, NULL },
    { 200, "{\"error\":\"expired_token\"}", JUMP_DEVICE_FLOW_EXPIRED, 5, NULL },
    { 200, "{\"error\":\"access_denied\"}", JUMP_DEVICE_FLOW_DENIED, 5, NULL },
    { 200, "{\"error\":\"incorrect_device_code\"}", JUMP_DEVICE_FLOW_FAILED, 5, "start again" },
    { 200, "{\"error\":\"bad_verification_code\"}", JUMP_DEVICE_FLOW_FAILED, 5, "start again" },
    { 200,
      "{\"error\":\"incorrect_client_credentials\"}",
      JUMP_DEVICE_FLOW_FAILED,
      5,
      "client_id" },
    { 200,
      "{\"error\":\"unsupported_grant_type\"}",
      JUMP_DEVICE_FLOW_FAILED,
      5,
      "kind of sign-in" },
    { 200, "{\"error\":\"device_flow_disabled\"}", JUMP_DEVICE_FLOW_FAILED, 5, "switched off" },
    { 200,
      "{\"error\":\"brand_new\",\"error_description\":\"told so\"}",
      JUMP_DEVICE_FLOW_FAILED,
      5,
      "told so" },
    { 404, "{}", JUMP_DEVICE_FLOW_FAILED, 5, "404" },
    { 200, SUCCESS, JUMP_DEVICE_FLOW_SUCCESS, 5, NULL },
  };
  AuthStage *stage = &fixture->stage;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      Fixture run = { 0 };

      run.stage = *stage;
      run.flow = jump_device_flow_new (stage->client, stage->clock, stage->host, stage->identity);
      auth_stage_add_reply (stage, 200, NULL, CODE);
      if (rows[i].status == 0)
        auth_stage_add_cut (stage);
      else
        auth_stage_add_reply (stage, rows[i].status, NULL, rows[i].body);
      start (&run);
      poll_after (&run, 6);
      g_test_message ("row %u: %u %s", i, rows[i].status, rows[i].body);
      assert_state (&run, rows[i].state);
      g_assert_cmpuint (jump_device_flow_get_interval (run.flow), ==, rows[i].interval);
      g_assert_cmpint (jump_device_flow_get_error (run.flow) != NULL, ==, rows[i].message != NULL);
      if (rows[i].message != NULL)
        g_assert_nonnull (strstr (jump_device_flow_get_error (run.flow)->message, rows[i].message));
      jump_device_flow_cancel (run.flow);
      auth_stage_settle ();
      g_assert_finalize_object (run.flow);
    }
}

static void
test_start_answers (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    guint status; /* 0: the connection is cut */
    const char *body;
    int code; /* -1: accepted */
  } rows[] = {
    { 200, CODE, -1 },
    { 200,
      "{\"device_code\":\"a\",\"user_code\":\"B\",\"verification_uri\":\"http://127.0.0.1:9/d\"}",
      -1 },
    { 0, NULL, JUMP_ERROR_UPSTREAM },
    { 500, "", JUMP_ERROR_UPSTREAM },
    { 429, "", JUMP_ERROR_RATE_LIMITED },
    { 404, "{\"error\":\"Not Found\"}", JUMP_ERROR_FORBIDDEN },
    { 404, "Not Found", JUMP_ERROR_FORBIDDEN },
    { 200, "{\"error\":\"device_flow_disabled\"}", JUMP_ERROR_FORBIDDEN },
    { 200, "{\"error\":\"incorrect_client_credentials\"}", JUMP_ERROR_FORBIDDEN },
    { 403, "forbidden", JUMP_ERROR_FORBIDDEN },
    { 200, "<html>", JUMP_ERROR_PROTOCOL },
    { 200, "{}", JUMP_ERROR_PROTOCOL },
    { 200, "{\"device_code\":\"a\",\"user_code\":\"B\"}", JUMP_ERROR_PROTOCOL },
    { 200,
      "{\"device_code\":\"a\",\"user_code\":\"B\",\"verification_uri\":\"http://github.com/d\"}",
      JUMP_ERROR_PROTOCOL },
    { 200,
      "{\"device_code\":\"a\",\"user_code\":\"B\",\"verification_uri\":\"javascript:alert(1)\"}",
      JUMP_ERROR_PROTOCOL },
    { 200,
      "{\"device_code\":\"a\",\"user_code\":\"B\",\"verification_uri\":\"file:///etc/passwd\"}",
      JUMP_ERROR_PROTOCOL },
    { 200,
      "{\"device_code\":\"a\",\"user_code\":\"B\\u001b[2J\","
      "\"verification_uri\":\"https://github.com/d\"}",
      JUMP_ERROR_PROTOCOL },
    { 200,
      "{\"device_code\":\"\",\"user_code\":\"B\",\"verification_uri\":\"https://github.com/d\"}",
      JUMP_ERROR_PROTOCOL },
  };
  AuthStage *stage = &fixture->stage;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      Fixture run = { 0 };

      run.stage = *stage;
      run.flow = jump_device_flow_new (stage->client, stage->clock, stage->host, stage->identity);
      if (rows[i].status == 0)
        auth_stage_add_cut (stage);
      else
        auth_stage_add_reply (stage, rows[i].status, NULL, rows[i].body);
      start (&run);
      g_test_message ("row %u: %u %s", i, rows[i].status, rows[i].body);
      if (rows[i].code == -1)
        assert_state (&run, JUMP_DEVICE_FLOW_PENDING);
      else
        {
          assert_state (&run, JUMP_DEVICE_FLOW_FAILED);
          g_assert_error (jump_device_flow_get_error (run.flow), JUMP_ERROR, rows[i].code);
        }
      jump_device_flow_cancel (run.flow);
      auth_stage_settle ();
      g_assert_finalize_object (run.flow);
    }
}

static void
test_defaults (Fixture *fixture, gconstpointer data)
{
  auth_stage_add_reply (
      &fixture->stage,
      200,
      NULL,
      "{\"device_code\":\"a\",\"user_code\":\"B\",\"verification_uri\":\"https://github.com/d\"}");
  start (fixture);
  g_assert_cmpint (jump_device_flow_get_expires_at (fixture->flow), ==, AUTH_NOW + 900);
  g_assert_cmpuint (jump_device_flow_get_interval (fixture->flow), ==, 5);
  jump_device_flow_cancel (fixture->flow);
  jump_signal_log_clear (fixture->log);
}

/* Each slow_down counts, and the interval stays long afterwards. */
static void
test_slow_down (Fixture *fixture, gconstpointer data)
{
  AuthStage *stage = &fixture->stage;

  auth_stage_add_reply (stage, 200, NULL, CODE);
  auth_stage_add_reply (stage, 200, NULL, "{\"error\":\"slow_down\"}");
  auth_stage_add_reply (stage, 200, NULL, "{\"error\":\"slow_down\",\"interval\":17}");
  auth_stage_add_reply (stage, 200, NULL, PENDING);
  auth_stage_add_reply (stage, 200, NULL, "{\"error\":\"slow_down\",\"interval\":5}");
  auth_stage_add_reply (stage, 200, NULL, SUCCESS);
  start (fixture);
  poll_after (fixture, 6);
  poll_after (fixture, 11);
  poll_after (fixture, 18);
  poll_after (fixture, 18);
  poll_after (fixture, 23);
  assert_state (fixture, JUMP_DEVICE_FLOW_SUCCESS);
  jump_signal_log_assert (fixture->log, "changed", "changed", "changed", NULL);
}

/* The wait begins when the reply is there, not when the poll left. */
static void
test_slow_reply (Fixture *fixture, gconstpointer data)
{
  AuthStage *stage = &fixture->stage;

  auth_stage_add_reply (stage, 200, NULL, CODE);
  jump_http_peer_add_reply (stage->peer, "", 0, 0, JUMP_PEER_KEEP); /* silence */
  start (fixture);
  jump_clock_fake_advance (stage->clock, 6000);
  auth_stage_wait_requests (stage, 2);
  jump_clock_fake_advance (stage->clock, 20000);
  g_assert_cmpuint (auth_stage_count_requests (stage), ==, 2);
  auth_stage_add_reply (stage, 200, NULL, SUCCESS);
  jump_http_peer_say (
      stage->peer,
      "HTTP/1.1 200 OK\r\nContent-Length: 33\r\n\r\n{\"error\":\"authorization_pending\"}");
  auth_stage_wait (is_quiet, fixture);
  poll_after (fixture, 6);
  assert_state (fixture, JUMP_DEVICE_FLOW_SUCCESS);
  jump_signal_log_clear (fixture->log);
}

static void
test_expiry (Fixture *fixture, gconstpointer data)
{
  AuthStage *stage = &fixture->stage;

  auth_stage_add_reply (
      stage,
      200,
      NULL,
      "{\"device_code\":\"a\",\"user_code\":\"B\",\"verification_uri\":\"https://github.com/d\","
      "\"expires_in\":20,\"interval\":5}");
  auth_stage_add_cut (stage);
  auth_stage_add_reply (stage, 502, NULL, "");
  auth_stage_add_reply (stage, 200, NULL, PENDING);
  start (fixture);
  poll_after (fixture, 6);
  poll_after (fixture, 6);
  poll_after (fixture, 6);
  assert_state (fixture, JUMP_DEVICE_FLOW_PENDING);
  jump_clock_fake_advance (stage->clock, 1999);
  assert_state (fixture, JUMP_DEVICE_FLOW_PENDING);
  jump_clock_fake_advance (stage->clock, 1);
  assert_state (fixture, JUMP_DEVICE_FLOW_EXPIRED);
  g_assert_cmpuint (jump_clock_fake_count_alarms (stage->clock), ==, 0);
  g_assert_cmpuint (auth_stage_count_requests (stage), ==, 4);
  jump_signal_log_assert (fixture->log, "changed", "changed", "changed", NULL);
}

/* The lid is closed over a code that dies meanwhile: it is not polled once more. */
static void
test_sleep (Fixture *fixture, gconstpointer data)
{
  AuthStage *stage = &fixture->stage;

  auth_stage_add_reply (stage, 200, NULL, CODE);
  auth_stage_add_reply (stage, 200, NULL, PENDING);
  start (fixture);
  jump_clock_fake_advance (stage->clock, 1000);
  jump_clock_fake_sleep (stage->clock, 3600);
  jump_clock_fake_advance (stage->clock, 5000);
  assert_state (fixture, JUMP_DEVICE_FLOW_EXPIRED);
  g_assert_cmpuint (auth_stage_count_requests (stage), ==, 1);
  jump_signal_log_clear (fixture->log);
}

/* A reply that comes after the end changes nothing. */
static void
test_expiry_in_flight (Fixture *fixture, gconstpointer data)
{
  AuthStage *stage = &fixture->stage;

  auth_stage_add_reply (stage, 200, NULL, CODE);
  jump_http_peer_add_reply (stage->peer, "", 0, 0, JUMP_PEER_KEEP);
  start (fixture);
  jump_clock_fake_advance (stage->clock, 6000);
  auth_stage_wait_requests (stage, 2);
  jump_clock_fake_advance (stage->clock, 900 * 1000);
  assert_state (fixture, JUMP_DEVICE_FLOW_EXPIRED);
  jump_http_peer_say (stage->peer, "HTTP/1.1 200 OK\r\nContent-Length: 31\r\n\r\n" SUCCESS);
  auth_stage_settle ();
  assert_state (fixture, JUMP_DEVICE_FLOW_EXPIRED);
  g_assert_null (jump_device_flow_steal_token (fixture->flow));
  jump_signal_log_clear (fixture->log);
}

static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  AuthStage *stage = &fixture->stage;

  auth_stage_add_reply (stage, 200, NULL, CODE);
  start (fixture);
  jump_device_flow_cancel (fixture->flow);
  assert_state (fixture, JUMP_DEVICE_FLOW_CANCELLED);
  jump_signal_log_assert (fixture->log, "changed", "changed", "changed", NULL);
  jump_clock_fake_advance (stage->clock, 60 * 1000);
  g_assert_cmpuint (auth_stage_count_requests (stage), ==, 1);
}

static void
test_cancel_at_once (Fixture *fixture, gconstpointer data)
{
  auth_stage_add_reply (&fixture->stage, 200, NULL, CODE);
  jump_device_flow_start (fixture->flow);
  jump_device_flow_cancel (fixture->flow);
  auth_stage_settle ();
  assert_state (fixture, JUMP_DEVICE_FLOW_CANCELLED);
  jump_signal_log_assert (fixture->log, "changed", "changed", NULL);
}

#define ADD(path, func) g_test_add ("/device-flow/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("success", test_success);
  ADD ("form-encoded", test_form_encoded);
  ADD ("poll-answers", test_poll_answers);
  ADD ("start-answers", test_start_answers);
  ADD ("defaults", test_defaults);
  ADD ("slow-down", test_slow_down);
  ADD ("slow-reply", test_slow_reply);
  ADD ("expiry", test_expiry);
  ADD ("expiry-in-flight", test_expiry_in_flight);
  ADD ("sleep", test_sleep);
  ADD ("cancel", test_cancel);
  ADD ("cancel-at-once", test_cancel_at_once);
  return g_test_run ();
}
