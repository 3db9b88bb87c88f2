/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "tests/integration/asking.h"

#include <gio/gio.h>

/* Moving to another port while running, and ports that somebody else has. */

static void
set_port (Fixture *fixture, JumpSettingKey key, guint port)
{
  g_autofree char *text = g_strdup_printf ("%u", port);

  g_assert_true (jump_settings_override (fixture->settings, key, text, "test", NULL));
}

/* Returns: (transfer full): somebody who has a port of 127.0.0.1. */
static GSocket *
take_port (guint16 *out_port)
{
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) bound = NULL;
  GSocket *socket =
      g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL);

  g_assert_true (g_socket_bind (socket, address, FALSE, NULL));
  g_assert_true (g_socket_listen (socket, NULL));
  bound = g_socket_get_local_address (socket, NULL);
  *out_port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
  return socket;
}

static guint16
find_free_port (void)
{
  guint16 port;
  g_autoptr (GSocket) socket = take_port (&port);

  g_socket_close (socket, NULL);
  return port;
}

static guint
ask_version (Fixture *fixture, guint16 port)
{
  g_autofree char *url = g_strdup_printf ("http://127.0.0.1:%u/livez", port);
  const char *const headers[] = { NULL };
  g_autoptr (Answer) answer = fixture_send (fixture, "GET", url, NULL, headers);

  answer_wait (answer);
  return answer->error != NULL ? 0 : answer->status;
}

typedef struct
{
  Fixture *fixture;
  guint16 port;
} Wanted;

static gboolean
is_at_port (gpointer data)
{
  Wanted *wanted = data;

  return jump_service_get_port (wanted->fixture->service) == wanted->port;
}

static gboolean
has_listen_error (gpointer data)
{
  return jump_service_get_listen_error (data) != NULL;
}

static void
test_moves_by_itself (void)
{
  g_autoptr (Fixture) fixture = fixture_new ("test");
  Wanted wanted = { fixture, find_free_port () };
  guint16 old = jump_service_get_port (fixture->service);
  g_autofree char *old_file = g_strdup_printf ("%s/control-%u.json", fixture->dir, old);
  g_autofree char *new_file = g_strdup_printf ("%s/control-%u.json", fixture->dir, wanted.port);
  g_autofree char *url = g_strdup_printf ("http://127.0.0.1:%u", wanted.port);

  g_assert_false (jump_setting_row (JUMP_KEY_SERVER_PORT)->needs_restart);
  g_assert_cmpuint (ask_version (fixture, old), ==, 200);
  set_port (fixture, JUMP_KEY_SERVER_PORT, wanted.port);
  turn_until (is_at_port, &wanted);
  g_assert_cmpstr (jump_service_get_url (fixture->service), ==, url);
  g_assert_cmpuint (ask_version (fixture, wanted.port), ==, 200);
  g_assert_cmpuint (ask_version (fixture, old), ==, 0);
  g_assert_false (g_file_test (old_file, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (new_file, G_FILE_TEST_EXISTS));
  g_assert_null (jump_service_get_listen_error (fixture->service));
}

/* A reply that is under way when the port changes comes whole. */
static void
test_stream_goes_on (void)
{
  g_autoptr (Fixture) fixture = fixture_new ("{\"pace_ms\":1000}");
  Wanted wanted = { fixture, find_free_port () };
  g_autoptr (Answer) answer = api_start (fixture, API_CHAT, "gpt-4.1", "hello there you", TRUE);
  g_autofree char *text = NULL;

  while (answer->n_pieces == 0)
    {
      jump_clock_fake_advance (fixture->clock, 100);
      turn_some (5);
    }
  set_port (fixture, JUMP_KEY_SERVER_PORT, wanted.port);
  turn_until (is_at_port, &wanted);
  g_assert_false (answer->is_done);
  g_assert_cmpuint (ask_version (fixture, wanted.port), ==, 200);
  while (!answer->is_done)
    {
      jump_clock_fake_advance (fixture->clock, 1000);
      turn_some (5);
    }
  g_assert_no_error (answer->error);
  text = answer_streamed_text (answer);
  g_assert_nonnull (strstr (text, "hello there you"));
}

static void
test_busy_port_keeps_the_old (void)
{
  g_autoptr (Fixture) fixture = fixture_new ("test");
  guint16 old = jump_service_get_port (fixture->service);
  guint16 taken;
  g_autoptr (GSocket) holder = take_port (&taken);
  g_autoptr (GError) error = NULL;

  g_test_expect_message ("jumpseat-service",
                         G_LOG_LEVEL_WARNING,
                         "not listening where the settings say*");
  set_port (fixture, JUMP_KEY_SERVER_PORT, taken);
  turn_until (has_listen_error, fixture->service);
  g_test_assert_expected_messages ();
  g_assert_error (jump_service_get_listen_error (fixture->service),
                  JUMP_ERROR,
                  JUMP_ERROR_BUSY_PORT);
  g_assert_cmpuint (jump_service_get_port (fixture->service), ==, old);
  g_assert_cmpuint (ask_version (fixture, old), ==, 200);
  g_assert_cmpuint (jump_service_get_free_port (fixture->service), !=, 0);
  g_socket_close (holder, NULL);
  jump_service_listen_again (fixture->service, &error);
  g_assert_no_error (error);
  g_assert_null (jump_service_get_listen_error (fixture->service));
  g_assert_cmpuint (jump_service_get_port (fixture->service), ==, taken);
  g_assert_cmpuint (ask_version (fixture, taken), ==, 200);
}

static gboolean
is_ready (gpointer data)
{
  return jump_service_get_condition (data, NULL) == JUMP_CONDITION_READY;
}

static gboolean
has_account (gpointer data)
{
  return jump_account_get_state (jump_service_get_account (data)) == JUMP_ACCOUNT_SIGNED_IN;
}

/* A service that never got its port runs, says so, and listens once it can. */
static void
test_busy_from_the_start (void)
{
  guint16 taken;
  g_autoptr (GSocket) holder = take_port (&taken);
  g_autofree char *text = g_strdup_printf ("%u", taken);
  g_autoptr (Fixture) fixture = fixture_new ("test");
  JumpServiceOptions options = { .paths = fixture->paths,
                                 .settings = fixture->settings,
                                 .clock = fixture->clock };
  g_autoptr (JumpService) service = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) again = NULL;
  g_autoptr (JumpProblem) problem = NULL;
  JumpAttention attention;

  options.tokens = g_new0 (JumpEnvironmentTokens, 1);
  options.tokens->jumpseat_github_token =
      jump_secret_text_new_take (jump_simulator_sign_in (fixture->simulator));
  g_test_expect_message ("jumpseat-service", G_LOG_LEVEL_WARNING, "not listening*");
  jump_settings_override (fixture->settings, JUMP_KEY_SERVER_PORT, text, "test", NULL);
  service = jump_service_new (&options);
  g_assert_false (jump_service_listen (service, &error));
  g_assert_error (error, JUMP_ERROR, JUMP_ERROR_BUSY_PORT);
  g_assert_error (jump_service_get_listen_error (service), JUMP_ERROR, JUMP_ERROR_BUSY_PORT);
  g_assert_cmpuint (jump_service_get_port (service), ==, 0);
  jump_service_get_condition (service, &attention);
  g_assert_cmpint (attention, ==, JUMP_ATTENTION_NOT_LISTENING);
  problem = jump_service_dup_problem (service);
  g_assert_cmpstr (problem->message, ==, error->message);
  turn_until (has_account, service);
  g_assert_cmpint (jump_service_get_condition (service, NULL), ==, JUMP_CONDITION_ATTENTION);
  turn_until (has_listen_error, fixture->service);
  g_test_assert_expected_messages ();
  g_socket_close (holder, NULL);
  jump_service_listen_again (service, &again);
  g_assert_no_error (again);
  turn_until (is_ready, service);
  g_assert_cmpuint (ask_version (fixture, taken), ==, 200);
}

/* The second port comes, moves and goes, and the first stays where it is. */
static void
test_ollama_port (void)
{
  g_autoptr (Fixture) fixture = fixture_new ("test");
  guint16 main_port = jump_service_get_port (fixture->service);
  guint16 first = find_free_port ();
  guint16 second = find_free_port ();

  set_port (fixture, JUMP_KEY_SERVER_OLLAMA_PORT, first);
  turn_some (10);
  g_assert_cmpuint (ask_version (fixture, first), ==, 200);
  set_port (fixture, JUMP_KEY_SERVER_OLLAMA_PORT, second);
  turn_some (10);
  g_assert_cmpuint (ask_version (fixture, second), ==, 200);
  g_assert_cmpuint (ask_version (fixture, first), ==, 0);
  set_port (fixture, JUMP_KEY_SERVER_OLLAMA_PORT, 0);
  turn_some (10);
  g_assert_cmpuint (ask_version (fixture, second), ==, 0);
  g_assert_cmpuint (jump_service_get_port (fixture->service), ==, main_port);
  g_assert_cmpuint (ask_version (fixture, main_port), ==, 200);
}

/* The main port takes over the one that Ollama clients had. */
static void
test_ports_change_places (void)
{
  g_autoptr (Fixture) fixture = fixture_new ("test");
  Wanted wanted = { fixture, find_free_port () };

  set_port (fixture, JUMP_KEY_SERVER_OLLAMA_PORT, wanted.port);
  turn_some (10);
  g_assert_cmpuint (ask_version (fixture, wanted.port), ==, 200);
  set_port (fixture, JUMP_KEY_SERVER_OLLAMA_PORT, 0);
  set_port (fixture, JUMP_KEY_SERVER_PORT, wanted.port);
  turn_until (is_at_port, &wanted);
  g_assert_cmpuint (ask_version (fixture, wanted.port), ==, 200);
  g_assert_null (jump_service_get_listen_error (fixture->service));
}

/* The same port at another address: it has to be let go of first. */
static void
test_address (void)
{
  g_autoptr (Fixture) fixture = fixture_new ("test");
  guint16 port = jump_service_get_port (fixture->service);

  set_port (fixture, JUMP_KEY_SERVER_PORT, port);
  g_assert_true (jump_settings_override (fixture->settings,
                                         JUMP_KEY_SERVER_ADDRESS,
                                         "loopback",
                                         "test",
                                         NULL));
  turn_some (20);
  g_assert_null (jump_service_get_listen_error (fixture->service));
  g_assert_cmpuint (jump_service_get_port (fixture->service), ==, port);
  g_assert_cmpuint (ask_version (fixture, port), ==, 200);
}

static void
on_stopped (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(gboolean *) user_data = jump_service_stop_finish (JUMP_SERVICE (source), result, NULL);
}

static gboolean
is_true (gpointer data)
{
  return *(gboolean *) data;
}

static void
test_stops_after_moving (void)
{
  g_autoptr (Fixture) fixture = fixture_new ("test");
  Wanted wanted = { fixture, find_free_port () };
  gboolean is_stopped = FALSE;

  set_port (fixture, JUMP_KEY_SERVER_PORT, wanted.port);
  turn_until (is_at_port, &wanted);
  jump_service_stop_async (fixture->service, on_stopped, &is_stopped);
  turn_until (is_true, &is_stopped);
  g_assert_cmpuint (ask_version (fixture, wanted.port), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/listening/moves-by-itself", test_moves_by_itself);
  g_test_add_func ("/listening/stream-goes-on", test_stream_goes_on);
  g_test_add_func ("/listening/busy-port-keeps-the-old", test_busy_port_keeps_the_old);
  g_test_add_func ("/listening/busy-from-the-start", test_busy_from_the_start);
  g_test_add_func ("/listening/ollama-port", test_ollama_port);
  g_test_add_func ("/listening/ports-change-places", test_ports_change_places);
  g_test_add_func ("/listening/address", test_address);
  g_test_add_func ("/listening/stops-after-moving", test_stops_after_moving);
  return g_test_run ();
}
