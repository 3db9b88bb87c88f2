/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/error.h"
#include "service/net/http-problem.h"

#include <curl/curl.h>
#include <string.h>

static void
test_problems (void)
{
  static const struct
  {
    CURLcode code;
    const char *url;
    const char *detail;
    JumpError expected_code;
    const char *expected;
  } cases[] = {
    { CURLE_COULDNT_RESOLVE_HOST,
      "https://api.example.com/x?token=secret",
      "Could not resolve host: api.example.com",
      JUMP_ERROR_UPSTREAM,
      "could not resolve host \"api.example.com\"" },
    { CURLE_PEER_FAILED_VERIFICATION,
      "https://name:password@api.example.com:8443/",
      "SSL certificate problem: self-signed certificate",
      JUMP_ERROR_UPSTREAM,
      "certificate of \"api.example.com\" is not trusted: SSL certificate problem: self-signed "
      "certificate" },
    { CURLE_COULDNT_CONNECT,
      "http://[::1]:80/",
      "Connection refused",
      JUMP_ERROR_UPSTREAM,
      "could not connect to \"::1\": connection refused" },
    { CURLE_OPERATION_TIMEDOUT,
      "http://a.b/",
      "Connection timed out after 20 milliseconds.\n",
      JUMP_ERROR_TIMEOUT,
      "\"a.b\" did not answer in time: connection timed out after 20 milliseconds" },
    { CURLE_RECV_ERROR,
      "https://a.b/",
      "CONNECT tunnel failed, response 403",
      JUMP_ERROR_UPSTREAM,
      "the proxy for \"a.b\" failed: CONNECT tunnel failed, response 403" },
    { CURLE_RECV_ERROR,
      "https://a.b/",
      "Recv failure: Connection reset by peer",
      JUMP_ERROR_UPSTREAM,
      "receiving from \"a.b\" failed: recv failure: Connection reset by peer" },
    { CURLE_COULDNT_CONNECT,
      "http://a.b/",
      "Unsupported proxy scheme for 'ftp://name:p'ss@word@proxy:1'",
      JUMP_ERROR_UPSTREAM,
      "could not connect to \"a.b\": unsupported proxy scheme for '…'" },
    { CURLE_COULDNT_RESOLVE_PROXY,
      "http://a.b/",
      "Unsupported proxy syntax in 'http://name:pass@proxy:99999'",
      JUMP_ERROR_UPSTREAM,
      "could not resolve the proxy for \"a.b\": unsupported proxy syntax in '…'" },
    { CURLE_URL_MALFORMAT,
      "::nonsense::",
      NULL,
      JUMP_ERROR_UPSTREAM,
      "the address of \"server\" is malformed" },
    { CURLE_OUT_OF_MEMORY,
      "http://a.b/",
      "",
      JUMP_ERROR_UPSTREAM,
      "the request to \"a.b\" failed: out of memory" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error =
          jump_http_problem_new ((int) cases[i].code, cases[i].url, cases[i].detail);

      g_assert_error (error, JUMP_ERROR, (int) cases[i].expected_code);
      g_assert_cmpstr (error->message, ==, cases[i].expected);
    }
}

static void
test_portal (void)
{
  static const struct
  {
    const char *url;
    guint status;
    const char *location;
    const char *type;
    const char *part; /* NULL: no portal */
  } cases[] = {
    { "https://api.github.com/user", 200, NULL, "application/json", NULL },
    { "https://api.github.com/user",
      302,
      "http://login.wifi.example/?x=y",
      NULL,
      "wifi.example\"" },
    { "https://api.github.com/user", 307, "http://10.0.0.1/", NULL, "way to \"10.0.0.1\"" },
    { "https://api.github.com/user", 302, "https://github.com/login", "text/html", NULL },
    { "https://api.github.com/user", 301, "/repositories/1", NULL, NULL },
    { "https://api.github.com/user", 302, "https://evilgithub.com/", NULL, "evilgithub.com" },
    { "http://10.0.0.7/user", 302, "http://10.0.0.1/", NULL, "way to \"10.0.0.1\"" },
    { "http://127.0.0.1:8/user", 302, "http://127.0.0.1:9/", NULL, NULL },
    { "http://[::1]:8/user", 302, "http://[::1]:9/", NULL, NULL },
    { "http://localhost/user", 302, "http://localhost/x", NULL, NULL },
    { "https://api.github.com/user", 302, "::nonsense::", NULL, NULL },
    { "https://api.github.com/user", 302, NULL, NULL, NULL },
    { "https://api.github.com/user", 511, NULL, "text/html", "status 511" },
    { "https://api.github.com/user", 200, NULL, "Text/HTML; charset=utf-8", "a web page" },
    { "https://api.github.com/user", 200, NULL, NULL, NULL },
    { "https://api.github.com/user", 404, NULL, "text/html", NULL },
    { "https://api.github.com/user", 503, NULL, "text/html", NULL },
    { "https://api.github.com/user", 200, "http://login.wifi.example/", NULL, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = jump_http_problem_new_portal (cases[i].url,
                                                               cases[i].status,
                                                               cases[i].location,
                                                               cases[i].type);

      if (cases[i].part == NULL)
        {
          g_assert_no_error (error);
          continue;
        }
      g_assert_error (error, JUMP_ERROR, JUMP_ERROR_PORTAL);
      g_assert_nonnull (strstr (error->message, cases[i].part));
      g_assert_null (strstr (error->message, "x=y"));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/http-problem/table", test_problems);
  g_test_add_func ("/http-problem/portal", test_portal);
  return g_test_run ();
}
