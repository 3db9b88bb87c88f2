/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/net/system-proxy.h"
#include "tests/unit/proxy-stage.h"

#include <string.h>

#define URL "https://api.github.test/user?secret=1"

typedef struct
{
  JumpPoller *poller;
  FakeResolver *resolver;
  JumpSystemProxy *proxy;
  guint n_known;
} Fixture;

static void
set_up_with (Fixture *fixture, guint longest_wait_ms)
{
  fixture->poller = jump_poller_new ();
  fixture->resolver = fake_resolver_new ();
  fixture->proxy = jump_system_proxy_new (fixture->poller,
                                          G_PROXY_RESOLVER (fixture->resolver),
                                          longest_wait_ms);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  set_up_with (fixture, 60000);
}

static void
set_up_impatient (Fixture *fixture, gconstpointer data)
{
  set_up_with (fixture, 1);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_pointer (&fixture->proxy, jump_system_proxy_free);
  fake_resolver_answer (fixture->resolver, "direct://");
  g_assert_finalize_object (fixture->resolver);
  jump_poller_unref (fixture->poller);
}

static void
on_known (gpointer user_data)
{
  Fixture *fixture = user_data;

  fixture->n_known++;
}

static JumpProxyWait *
ask (Fixture *fixture, const char *url)
{
  return jump_system_proxy_ask (fixture->proxy, url, on_known, fixture);
}

static const char *
find (Fixture *fixture, const char *url)
{
  return jump_system_proxy_find (fixture->proxy, url);
}

/* Two requests, one question; and whoever wrote the script learns the name of the server alone. */
static void
test_one_question (Fixture *fixture, gconstpointer data)
{
  g_assert_null (find (fixture, URL));
  ask (fixture, URL);
  ask (fixture, "https://api.github.test/other");
  g_assert_cmpuint (fixture->n_known, ==, 0);
  g_assert_cmpuint (fake_resolver_count (fixture->resolver), ==, 1);
  g_assert_cmpstr (fake_resolver_get_asked (fixture->resolver, 0), ==, "https://api.github.test/");
  fake_resolver_answer (fixture->resolver, "http://proxy.test:3128");
  g_assert_cmpuint (fixture->n_known, ==, 2);
  g_assert_cmpstr (find (fixture, URL), ==, "http://proxy.test:3128");

  g_assert_null (find (fixture, "https://api.github.test:8443/user"));
  g_assert_null (find (fixture, "http://api.github.test/user"));
  ask (fixture, "https://me:password@api.github.test:8443");
  g_assert_cmpstr (fake_resolver_get_asked (fixture->resolver, 1),
                   ==,
                   "https://api.github.test:8443/");
}

static void
test_schemes (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *answer;
    const char *proxy;
  } rows[] = {
    { "direct://", "" },
    { "http://a:1", "http://a:1" },
    { "HTTP://a:1", "HTTP://a:1" },
    { "https://me:pass@a:1", "https://me:pass@a:1" },
    { "socks://a:1", "socks5h://a:1" },
    { "socks5://a:1", "socks5h://a:1" },
    { "socks4://a:1", "socks4://a:1" },
    { "socks4a://[::1]:1", "socks4a://[::1]:1" },
    { "wpad://a:1", "" },
    { "ftp://a:1 socks://b:2", "socks5h://b:2" },
    { "", "" },
    { "no address", "" },
    { "direct:// http://a:1", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      ask (fixture, URL);
      fake_resolver_answer (fixture->resolver, rows[i].answer);
      g_assert_cmpuint (fixture->n_known, ==, i + 1);
      if (!g_str_has_prefix (rows[i].answer, "HTTP"))
        g_assert_cmpstr (find (fixture, URL), ==, rows[i].proxy);
      jump_system_proxy_forget (fixture->proxy);
      g_assert_null (find (fixture, URL));
    }
}

static void
test_error_means_direct (Fixture *fixture, gconstpointer data)
{
  ask (fixture, URL);
  fake_resolver_answer (fixture->resolver, NULL);
  g_assert_cmpuint (fixture->n_known, ==, 1);
  g_assert_cmpstr (find (fixture, URL), ==, "");
}

/* The script hangs: nobody waits for long, nobody waits twice, and its answer counts when it comes. */
static void
test_late_answer (Fixture *fixture, gconstpointer data)
{
  ask (fixture, URL);
  while (fixture->n_known == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (find (fixture, URL), ==, "");
  g_assert_cmpuint (fake_resolver_count_open (fixture->resolver), ==, 1);
  fake_resolver_answer (fixture->resolver, "http://proxy.test:3128");
  g_assert_cmpstr (find (fixture, URL), ==, "http://proxy.test:3128");
  g_assert_cmpuint (fixture->n_known, ==, 1);
  g_assert_cmpuint (fake_resolver_count (fixture->resolver), ==, 1);
}

static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  JumpProxyWait *first = ask (fixture, URL);

  ask (fixture, URL);
  jump_proxy_wait_cancel (first);
  fake_resolver_answer (fixture->resolver, "direct://");
  g_assert_cmpuint (fixture->n_known, ==, 1);
}

/* Another network: what was answered counts no longer, and what is under way is asked again. */
static void
test_forget (Fixture *fixture, gconstpointer data)
{
  ask (fixture, "https://known.test/");
  fake_resolver_answer (fixture->resolver, "http://old.test:1");
  ask (fixture, URL);
  jump_system_proxy_forget (fixture->proxy);
  g_assert_null (find (fixture, "https://known.test/"));
  g_assert_cmpuint (fake_resolver_count (fixture->resolver), ==, 3);
  fake_resolver_answer (fixture->resolver, "http://new.test:1");
  g_assert_cmpuint (fixture->n_known, ==, 2);
  g_assert_cmpstr (find (fixture, URL), ==, "http://new.test:1");
}

static void
test_freed_while_asking (Fixture *fixture, gconstpointer data)
{
  ask (fixture, URL);
  g_clear_pointer (&fixture->proxy, jump_system_proxy_free);
  fake_resolver_answer (fixture->resolver, "http://proxy.test:3128");
  g_assert_cmpuint (fixture->n_known, ==, 0);
}

static void
test_skip (Fixture *fixture, gconstpointer data)
{
  ask (fixture, URL);
  fake_resolver_answer (fixture->resolver, "http://a.test:1 http://b.test:2");
  g_assert_true (jump_system_proxy_skip (fixture->proxy, URL, "http://a.test:1", 1));
  g_assert_cmpstr (find (fixture, URL), ==, "http://b.test:2");
  /* another request, which began with the first one too */
  g_assert_true (jump_system_proxy_skip (fixture->proxy, URL, "http://a.test:1", 1));
  g_assert_cmpstr (find (fixture, URL), ==, "http://b.test:2");
  g_assert_false (jump_system_proxy_skip (fixture->proxy, URL, "http://b.test:2", 2));
  g_assert_cmpstr (find (fixture, URL), ==, "http://a.test:1");
  g_assert_false (jump_system_proxy_skip (fixture->proxy, "https://unknown.test/", "x", 1));
}

static void
test_many_servers (Fixture *fixture, gconstpointer data)
{
  fake_resolver_set_answer (fixture->resolver, "direct://");
  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *url = g_strdup_printf ("https://host-%u.test/", i);

      ask (fixture, url);
      fake_resolver_answer (fixture->resolver, NULL);
      g_assert_cmpstr (find (fixture, url), ==, "");
    }
  g_assert_null (find (fixture, "https://host-1.test/"));
}

static void
add (const char *path,
     void (*set_up_func) (Fixture *, gconstpointer),
     void (*func) (Fixture *, gconstpointer))
{
  g_autofree char *full_path = g_strconcat ("/system-proxy/", path, NULL);

  g_test_add (full_path, Fixture, NULL, set_up_func, func, tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("one-question", set_up, test_one_question);
  add ("schemes", set_up, test_schemes);
  add ("error-means-direct", set_up, test_error_means_direct);
  add ("late-answer", set_up_impatient, test_late_answer);
  add ("cancel", set_up, test_cancel);
  add ("forget", set_up, test_forget);
  add ("freed-while-asking", set_up, test_freed_while_asking);
  add ("skip", set_up, test_skip);
  add ("many-servers", set_up, test_many_servers);
  return g_test_run ();
}
