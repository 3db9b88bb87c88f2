/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

/* Names that cannot be looked up, and can again; names of hosts that IPv6 does not lead to. */

#include "tests/unit/http-call.h"

#include <dlfcn.h>
#include <netdb.h>
#include <string.h>

typedef int (*LookUp) (const char *node,
                       const char *service,
                       const struct addrinfo *hints,
                       struct addrinfo **result);

/* libcurl finds this one before the C library's; it calls from a thread of its own. */
int
getaddrinfo (const char *node,
             const char *service,
             const struct addrinfo *hints,
             struct addrinfo **result)
{
  LookUp real = (LookUp) dlsym (RTLD_NEXT, "getaddrinfo");
  struct addrinfo *second = NULL;
  int failure;

  if (g_strcmp0 (node, "gone.test") == 0)
    return g_getenv ("IS_GONE") != NULL ? EAI_AGAIN : real ("127.0.0.1", service, hints, result);
  if (g_strcmp0 (node, "both.test") != 0)
    return real (node, service, hints, result);
  failure = real ("::1", service, NULL, result);
  if (failure != 0)
    return failure;
  failure = real ("127.0.0.1", service, hints, &second);
  if (failure == 0)
    {
      struct addrinfo *last = *result;

      while (last->ai_next != NULL)
        last = last->ai_next;
      last->ai_next = second;
    }
  return failure;
}

static void
use_no_proxy (HttpFixture *fixture)
{
  g_autoptr (GProxyResolver) direct = g_simple_proxy_resolver_new ("direct://", NULL);
  JumpHttpClientOptions options = { .proxy_resolver = direct, .connect_timeout_ms = 60000 };

  g_clear_object (&fixture->client);
  fixture->client = jump_http_client_new (fixture->poller, &options);
  http_fixture_add_reply (fixture, REPLY_OK);
}

static void
start (HttpFixture *fixture, HttpCall *call, const char *host)
{
  g_autofree char *address = jump_http_peer_dup_url (fixture->peer, "/");
  g_autofree char *url = g_strconcat ("http://", host, strrchr (address, ':'), NULL);

  http_call_init (call, fixture);
  http_call_start (call, jump_http_request_new ("GET", url));
  http_call_wait (call);
}

/* No restart, no waiting: a failure is not remembered. */
static void
test_comes_back (HttpFixture *fixture, gconstpointer data)
{
  HttpCall call;

  use_no_proxy (fixture);
  g_setenv ("IS_GONE", "1", TRUE);
  for (guint i = 0; i < 2; i++)
    {
      start (fixture, &call, "gone.test");
      http_call_assert_failed (&call, JUMP_ERROR_UPSTREAM, "could not resolve host \"gone.test\"");
      http_call_clear (&call);
    }
  g_unsetenv ("IS_GONE");
  start (fixture, &call, "gone.test");
  g_assert_no_error (call.error);
  g_assert_cmpstr (call.body->str, ==, "ok");
  http_call_clear (&call);
}

/* Nobody listens on ::1: the other family is tried by itself. */
static void
test_both_families (HttpFixture *fixture, gconstpointer data)
{
  HttpCall call;

  use_no_proxy (fixture);
  start (fixture, &call, "both.test");
  g_assert_no_error (call.error);
  g_assert_cmpstr (call.body->str, ==, "ok");
  http_call_clear (&call);
}

static void
add (const char *path, void (*func) (HttpFixture *, gconstpointer))
{
  g_test_add (path, HttpFixture, NULL, http_fixture_set_up, func, http_fixture_tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/name-lookup/comes-back", test_comes_back);
  add ("/name-lookup/both-families", test_both_families);
  return g_test_run ();
}
