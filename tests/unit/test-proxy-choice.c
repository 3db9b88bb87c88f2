/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "tests/unit/http-call.h"
#include "tests/unit/proxy-stage.h"

#include <string.h>

/* Which proxy the HTTP client's requests take. The peer plays proxy. */

#define REMOTE "http://upstream.test/models"

typedef struct
{
  HttpFixture http;
  FakeResolver *resolver;
  char *proxy; /* (owned): the peer */
} Fixture;

static void
use_resolver (Fixture *fixture, GProxyResolver *resolver, const char *own_proxy)
{
  JumpHttpClientOptions options = {
    .proxy = own_proxy,
    .proxy_resolver = resolver,
    .connect_timeout_ms = 60000,
  };

  g_clear_object (&fixture->http.client);
  fixture->http.client = jump_http_client_new (fixture->http.poller, &options);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  http_fixture_set_up (&fixture->http, NULL);
  fixture->resolver = fake_resolver_new ();
  fixture->proxy = jump_http_peer_dup_url (fixture->http.peer, "");
  use_resolver (fixture, G_PROXY_RESOLVER (fixture->resolver), NULL);
  http_fixture_add_reply (&fixture->http, REPLY_OK);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  http_fixture_tear_down (&fixture->http, NULL);
  fake_resolver_answer (fixture->resolver, NULL);
  g_assert_finalize_object (fixture->resolver);
  g_free (fixture->proxy);
}

static void
start (Fixture *fixture, HttpCall *call, const char *url)
{
  http_call_init (call, &fixture->http);
  http_call_start (call, jump_http_request_new ("GET", url));
}

static void
run (Fixture *fixture, const char *url)
{
  HttpCall call;

  start (fixture, &call, url);
  http_call_wait (&call);
  g_assert_no_error (call.error);
  g_assert_cmpstr (call.body->str, ==, "ok");
  http_call_clear (&call);
}

static gboolean
came_as_to_proxy (Fixture *fixture, guint index)
{
  return g_str_has_prefix (jump_http_peer_get_request (fixture->http.peer, index),
                           "GET " REMOTE " HTTP/1.1\r\n");
}

static void
test_system (Fixture *fixture, gconstpointer data)
{
  fake_resolver_set_answer (fixture->resolver, fixture->proxy);
  for (guint i = 0; i < 3; i++)
    {
      run (fixture, REMOTE);
      g_assert_true (came_as_to_proxy (fixture, i));
    }
  g_assert_cmpuint (fake_resolver_count (fixture->resolver), ==, 1);
  g_assert_cmpuint (jump_http_peer_count_connections (fixture->http.peer), ==, 1);
  jump_http_client_note_network_change (fixture->http.client);
  run (fixture, REMOTE);
  g_assert_cmpuint (fake_resolver_count (fixture->resolver), ==, 2);
  jump_http_client_distrust_connections (fixture->http.client);
  run (fixture, REMOTE);
  g_assert_cmpuint (fake_resolver_count (fixture->resolver), ==, 3);
}

static void
test_simple_resolver (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GProxyResolver) simple = g_simple_proxy_resolver_new (fixture->proxy, NULL);

  use_resolver (fixture, simple, NULL);
  run (fixture, REMOTE);
  g_assert_true (came_as_to_proxy (fixture, 0));
}

static void
test_loopback_is_never_asked (Fixture *fixture, gconstpointer data)
{
  g_autofree char *url = jump_http_peer_dup_url (fixture->http.peer, "/local");

  fake_resolver_set_answer (fixture->resolver, "http://127.0.0.1:1");
  run (fixture, url);
  g_assert_cmpuint (fake_resolver_count (fixture->resolver), ==, 0);
}

static void
test_own_setting_wins (Fixture *fixture, gconstpointer data)
{
  fake_resolver_set_answer (fixture->resolver, "http://127.0.0.1:1");
  g_setenv ("http_proxy", "http://127.0.0.1:2", TRUE);
  use_resolver (fixture, G_PROXY_RESOLVER (fixture->resolver), fixture->proxy);
  run (fixture, REMOTE);
  g_unsetenv ("http_proxy");
  g_assert_true (came_as_to_proxy (fixture, 0));
  g_assert_cmpuint (fake_resolver_count (fixture->resolver), ==, 0);
}

static void
test_environment_wins (Fixture *fixture, gconstpointer data)
{
  static const char *const names[] = { "http_proxy", "all_proxy", "ALL_PROXY" };

  fake_resolver_set_answer (fixture->resolver, "http://127.0.0.1:1");
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_setenv (names[i], fixture->proxy, TRUE);
      run (fixture, REMOTE);
      g_unsetenv (names[i]);
      g_assert_true (came_as_to_proxy (fixture, i));
    }
  g_assert_cmpuint (fake_resolver_count (fixture->resolver), ==, 0);
}

/* NO_PROXY counts whoever names the proxy: the name is looked up here, and there is none. */
static void
test_no_proxy (Fixture *fixture, gconstpointer data)
{
  g_autofree char *before = g_strdup (g_getenv ("NO_PROXY"));
  HttpCall call;

  fake_resolver_set_answer (fixture->resolver, fixture->proxy);
  g_setenv ("NO_PROXY", ".invalid", TRUE);
  for (guint i = 0; i < 2; i++)
    {
      if (i == 1)
        g_setenv ("http_proxy", fixture->proxy, TRUE);
      start (fixture, &call, "http://upstream.invalid/models");
      http_call_wait (&call);
      http_call_assert_failed (&call,
                               JUMP_ERROR_UPSTREAM,
                               "could not resolve host \"upstream.invalid\"");
      http_call_clear (&call);
    }
  g_unsetenv ("http_proxy");
  run (fixture, REMOTE);
  g_setenv ("NO_PROXY", before != NULL ? before : "", TRUE);
  g_assert_cmpuint (jump_http_peer_count_connections (fixture->http.peer), ==, 1);
}

static void
test_next_proxy (Fixture *fixture, gconstpointer data)
{
  g_autofree char *both = g_strdup_printf ("http://127.0.0.1:1 %s", fixture->proxy);

  fake_resolver_set_answer (fixture->resolver, both);
  run (fixture, REMOTE);
  run (fixture, REMOTE);
  g_assert_true (came_as_to_proxy (fixture, 1));
  g_assert_cmpuint (fake_resolver_count (fixture->resolver), ==, 1);
}

/* All of them dead: one error, each tried once, and the password of none in it. */
static void
test_dead_proxies (Fixture *fixture, gconstpointer data)
{
  HttpCall call;

  fake_resolver_set_answer (fixture->resolver,
                            "http://me:Geheim9@127.0.0.1:1 socks5://me:Geheim9@127.0.0.1:1 "
                            "http://me:Geheim9@proxy.invalid:1");
  start (fixture, &call, REMOTE);
  http_call_wait (&call);
  g_assert_error (call.error, JUMP_ERROR, JUMP_ERROR_UPSTREAM);
  g_assert_null (strstr (call.error->message, "Geheim9"));
  g_assert_nonnull (strstr (call.error->message, "\"upstream.test\""));
  http_call_clear (&call);
}

/* Behind a captive portal whatever cannot be reached fails for that reason. */
static void
test_behind_portal (Fixture *fixture, gconstpointer data)
{
  static const JumpError codes[] = { JUMP_ERROR_PORTAL, JUMP_ERROR_UPSTREAM };
  g_autofree char *local = jump_http_peer_dup_url (fixture->http.peer, "/local");

  fake_resolver_set_answer (fixture->resolver, "http://127.0.0.1:1");
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      HttpCall call;

      jump_http_client_set_behind_portal (fixture->http.client, i == 0);
      start (fixture, &call, REMOTE);
      http_call_wait (&call);
      g_assert_error (call.error, JUMP_ERROR, (int) codes[i]);
      g_assert_nonnull (strstr (call.error->message, "\"upstream.test\""));
      http_call_clear (&call);
    }
  jump_http_client_set_behind_portal (fixture->http.client, TRUE);
  run (fixture, local);
}

static void
test_left_while_asking (Fixture *fixture, gconstpointer data)
{
  HttpCall call;

  start (fixture, &call, REMOTE);
  loop_settle ();
  g_assert_cmpuint (fake_resolver_count_open (fixture->resolver), ==, 1);
  jump_http_transfer_cancel (call.transfer);
  fake_resolver_answer (fixture->resolver, fixture->proxy);
  g_assert_cmpuint (call.n_done, ==, 0);
  http_call_clear (&call);

  jump_http_client_note_network_change (fixture->http.client);
  start (fixture, &call, REMOTE);
  loop_settle ();
  g_clear_object (&fixture->http.client);
  fake_resolver_answer (fixture->resolver, fixture->proxy);
  g_assert_cmpuint (call.n_done, ==, 0);
  g_assert_cmpuint (jump_http_peer_count_connections (fixture->http.peer), ==, 0);
  http_call_clear (&call);
}

static void
add (const char *path, void (*func) (Fixture *, gconstpointer))
{
  g_autofree char *full_path = g_strconcat ("/proxy-choice/", path, NULL);

  g_test_add (full_path, Fixture, NULL, set_up, func, tear_down);
}

int
main (int argc, char **argv)
{
  static const char *const names[] = { "http_proxy", "all_proxy", "ALL_PROXY" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_unsetenv (names[i]);
  g_test_init (&argc, &argv, NULL);
  add ("system", test_system);
  add ("simple-resolver", test_simple_resolver);
  add ("loopback-is-never-asked", test_loopback_is_never_asked);
  add ("own-setting-wins", test_own_setting_wins);
  add ("environment-wins", test_environment_wins);
  add ("no-proxy", test_no_proxy);
  add ("next-proxy", test_next_proxy);
  add ("dead-proxies", test_dead_proxies);
  add ("behind-portal", test_behind_portal);
  add ("left-while-asking", test_left_while_asking);
  return g_test_run ();
}
