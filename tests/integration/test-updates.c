/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "config.h"

#include "tests/integration/asking.h"
#include "tests/support/http-peer.h"

#include <string.h>

/* Newer versions: asked of a feed on this computer, told in /api/status. */

#define MINUTE (60 * 1000)
#define DAY    (24 * 60 * MINUTE)

static void
add_release (JumpHttpPeer *peer, const char *version)
{
  g_autofree char *body = g_strdup_printf (
      "{\"tag_name\":\"v%s\",\"html_url\":\"https://github.com/jumpseat/jumpseat\","
      "\"published_at\":\"2030-01-01T00:00:00Z\",\"body\":\"- Wings\"}",
      version);
  g_autofree char *reply = g_strdup_printf ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                                            "Content-Length: %zu\r\n\r\n%s",
                                            strlen (body),
                                            body);

  jump_http_peer_add_reply (peer, reply, -1, 0, JUMP_PEER_KEEP);
}

static gboolean
has_release (gpointer data)
{
  return jump_update_watch_get_release (data) != NULL;
}

static void
test_told (void)
{
  g_autoptr (JumpHttpPeer) peer = jump_http_peer_new ();
  g_autofree char *url = jump_http_peer_dup_url (peer, "/releases/latest");
  g_autoptr (Fixture) fixture =
      fixture_new_with_settings ("test", JUMP_KEY_UPDATES_FEED_URL, url, -1);
  JumpUpdateWatch *updates = jump_service_get_updates (fixture->service);
  g_autoptr (Answer) before = control_ask (fixture, "GET", "/api/status", NULL);
  g_autoptr (Answer) after = NULL;

  assert_says (before->body->str, "\"update\":null");
  g_assert_cmpstr (answer_header (before, "x-jumpseat-version"), ==, JUMPSEAT_VERSION);
  add_release (peer, "99.0.0");
  g_test_expect_message ("jumpseat-service",
                         G_LOG_LEVEL_MESSAGE,
                         "Jumpseat 99.0.0 is available: *");
  jump_clock_fake_advance (fixture->clock, 15 * MINUTE);
  turn_until (has_release, updates);
  g_test_assert_expected_messages ();
  after = control_ask (fixture, "GET", "/api/status", NULL);
  assert_says (after->body->str, "\"update\":{\"version\":\"99.0.0\"");
  assert_says (after->body->str, "- Wings");
  g_assert_cmpuint (jump_http_peer_count_requests (peer), ==, 1);
  assert_silent (jump_http_peer_get_request (peer, 0), "uthorization");

  g_assert_true (jump_settings_set_text (fixture->settings, "updates.check", "false", NULL));
  g_assert_null (jump_update_watch_get_release (updates));
}

/* The simulator stands in for GitHub here: then the real one is asked for nothing, whatever the settings say. */
static void
test_nothing_leaves (void)
{
  g_autoptr (Fixture) fixture = fixture_new ("test");
  JumpUpdateWatch *updates = jump_service_get_updates (fixture->service);

  g_assert_cmpstr (jump_settings_get_string (fixture->settings, JUMP_KEY_UPDATES_FEED_URL),
                   ==,
                   "https://api.github.com/repos/jumpseat/jumpseat/releases/latest");
  g_assert_false (jump_update_watch_has_feed (updates));
  jump_clock_fake_advance (fixture->clock, 3 * (guint64) DAY);
  g_assert_cmpint (jump_update_watch_get_asked_at (updates), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/updates/told", test_told);
  g_test_add_func ("/updates/nothing-leaves", test_nothing_leaves);
  return g_test_run ();
}
