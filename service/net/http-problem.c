/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/net/http-problem.h"

#include "service/base/error.h"

#include <curl/curl.h>
#include <string.h>

typedef struct
{
  CURLcode curl_code;
  JumpError code;
  const char *before; /* the sentence around the name of the host */
  const char *after;
  gboolean with_detail; /* what libcurl says follows after a colon */
} Problem;

static const Problem problems[] = {
  { CURLE_URL_MALFORMAT, JUMP_ERROR_UPSTREAM, "the address of ", " is malformed", FALSE },
  { CURLE_UNSUPPORTED_PROTOCOL,
    JUMP_ERROR_UPSTREAM,
    "the address or the answer of ",
    " is not http",
    TRUE },
  { CURLE_COULDNT_RESOLVE_HOST, JUMP_ERROR_UPSTREAM, "could not resolve host ", "", FALSE },
  { CURLE_COULDNT_RESOLVE_PROXY,
    JUMP_ERROR_UPSTREAM,
    "could not resolve the proxy for ",
    "",
    TRUE },
  { CURLE_COULDNT_CONNECT, JUMP_ERROR_UPSTREAM, "could not connect to ", "", TRUE },
  { CURLE_PROXY, JUMP_ERROR_UPSTREAM, "the proxy for ", " failed", TRUE },
  { CURLE_OPERATION_TIMEDOUT, JUMP_ERROR_TIMEOUT, "", " did not answer in time", TRUE },
  { CURLE_SSL_CONNECT_ERROR, JUMP_ERROR_UPSTREAM, "TLS handshake with ", " failed", TRUE },
  { CURLE_PEER_FAILED_VERIFICATION,
    JUMP_ERROR_UPSTREAM,
    "certificate of ",
    " is not trusted",
    TRUE },
  { CURLE_SSL_ISSUER_ERROR, JUMP_ERROR_UPSTREAM, "certificate of ", " is not trusted", TRUE },
  { CURLE_SSL_CACERT_BADFILE,
    JUMP_ERROR_UPSTREAM,
    "could not read the certificates to trust (see upstream.ca_file) for ",
    "",
    TRUE },
  { CURLE_SEND_ERROR, JUMP_ERROR_UPSTREAM, "sending to ", " failed", TRUE },
  { CURLE_RECV_ERROR, JUMP_ERROR_UPSTREAM, "receiving from ", " failed", TRUE },
  { CURLE_PARTIAL_FILE, JUMP_ERROR_UPSTREAM, "the reply of ", " was cut off", TRUE },
  { CURLE_GOT_NOTHING, JUMP_ERROR_UPSTREAM, "", " closed the connection without an answer", FALSE },
  { CURLE_WEIRD_SERVER_REPLY, JUMP_ERROR_UPSTREAM, "the answer of ", " is not HTTP", FALSE },
};

static const Problem other_problem = {
  CURLE_OK, JUMP_ERROR_UPSTREAM, "the request to ", " failed", TRUE,
};

static const Problem *
find_problem (CURLcode curl_code, const char *detail)
{
  /* libcurl tells of a proxy that refused to open a tunnel only in its text */
  if (curl_code == CURLE_RECV_ERROR && detail != NULL && strstr (detail, "CONNECT") != NULL)
    curl_code = CURLE_PROXY;
  for (guint i = 0; i < G_N_ELEMENTS (problems); i++)
    if (problems[i].curl_code == curl_code)
      return &problems[i];
  return &other_problem;
}

/* Scheme, name and password, port, path and query go: what is left names the peer. */
static char *
dup_host (const char *url)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_PARSE_RELAXED, NULL);
  const char *host = uri == NULL ? NULL : g_uri_get_host (uri);

  return g_strdup (host == NULL ? "server" : host);
}

/* About a proxy from the environment libcurl quotes its whole address, name and password included.
 */
static void
append_without_credentials (GString *text, const char *detail)
{
  const char *quote = strchr (detail, '\'');

  if (quote != NULL && strchr (quote, '@') != NULL)
    g_string_append_printf (text, "%.*s'…'", (int) (quote - detail), detail);
  else
    g_string_append (text, detail);
}

/* "Connection refused" goes on in lower case behind a colon, "SSL certificate problem" stays. */
static void
append_detail (GString *text, const char *detail)
{
  gsize start;

  g_string_append (text, ": ");
  start = text->len;
  append_without_credentials (text, detail);
  if (g_ascii_isupper (detail[0]) && g_ascii_islower (detail[1]))
    text->str[start] = g_ascii_tolower (detail[0]);
  while (text->len > start && strchr (". \r\n", text->str[text->len - 1]) != NULL)
    g_string_truncate (text, text->len - 1);
}

static gboolean
is_redirect (guint status)
{
  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

/* The last two words of a name: hosts of one company send people to each other. */
static const char *
get_domain (const char *host)
{
  const char *dot = strrchr (host, '.');
  const char *at = dot;

  while (at != NULL && at > host && at[-1] != '.')
    at--;
  return dot == NULL || g_hostname_is_ip_address (host) ? host : at;
}

/* Returns: (transfer full) (nullable): the host of another company that @location leads to */
static char *
dup_foreign_host (const char *url, const char *location)
{
  g_autofree char *own = dup_host (url);
  g_autoptr (GUri) uri = location == NULL || strstr (location, "://") == NULL
                             ? NULL
                             : g_uri_parse (location, G_URI_FLAGS_PARSE_RELAXED, NULL);
  const char *host = uri == NULL ? NULL : g_uri_get_host (uri);

  if (host == NULL || *host == '\0' ||
      g_ascii_strcasecmp (get_domain (host), get_domain (own)) == 0)
    return NULL;
  return g_strdup (host);
}

static gboolean
is_page (const char *content_type)
{
  return content_type != NULL && g_ascii_strncasecmp (content_type, "text/html", 9) == 0;
}

/**
 * jump_http_problem_new:
 * @curl_code: a CURLcode other than CURLE_OK
 * @url: where the request went; only its host is named
 * @detail: (nullable): libcurl's own words, or what the system said
 *
 * Returns: (transfer full): %JUMP_ERROR_TIMEOUT or %JUMP_ERROR_UPSTREAM
 */
GError *
jump_http_problem_new (int curl_code, const char *url, const char *detail)
{
  const Problem *problem = find_problem (curl_code, detail);
  g_autofree char *host = dup_host (url);
  g_autoptr (GString) text = g_string_new (problem->before);

  if (detail == NULL || detail[0] == '\0')
    detail = curl_easy_strerror (curl_code);
  g_string_append_printf (text, "\"%s\"%s", host, problem->after);
  if (problem->with_detail)
    append_detail (text, detail);
  return g_error_new_literal (JUMP_ERROR, problem->code, text->str);
}

/**
 * jump_http_problem_new_portal:
 * @url: what was asked; an address of an API
 * @location: (nullable): where the reply sends us
 * @content_type: (nullable): of its body
 *
 * Pages with an error status are not suspicious: GitHub has some itself on bad days.
 *
 * Returns: (transfer full) (nullable)
 */
GError *
jump_http_problem_new_portal (const char *url,
                              guint status,
                              const char *location,
                              const char *content_type)
{
  g_autofree char *host = dup_host (url);
  g_autofree char *foreign = is_redirect (status) ? dup_foreign_host (url, location) : NULL;

  if (foreign != NULL)
    return g_error_new (JUMP_ERROR,
                        JUMP_ERROR_PORTAL,
                        "the network wants a sign-in of its own first: instead of \"%s\" it "
                        "answered with a way to \"%s\"",
                        host,
                        foreign);
  if (status == 511)
    return g_error_new (JUMP_ERROR,
                        JUMP_ERROR_PORTAL,
                        "the network wants a sign-in of its own before \"%s\" can be reached "
                        "(status 511)",
                        host);
  if (status >= 200 && status < 300 && is_page (content_type))
    return g_error_new (JUMP_ERROR,
                        JUMP_ERROR_PORTAL,
                        "the network wants a sign-in of its own first: instead of \"%s\" it "
                        "answered with a web page",
                        host);
  return NULL;
}

/**
 * jump_http_problem_blame_portal:
 * @error: (transfer full)
 *
 * Returns: (transfer full)
 */
GError *
jump_http_problem_blame_portal (GError *error)
{
  g_autoptr (GError) cause = error;

  return g_error_new (JUMP_ERROR,
                      JUMP_ERROR_PORTAL,
                      "the network wants a sign-in of its own first: %s",
                      cause->message);
}
