/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/http-reply.h"

/* More header lines than these no reply of ours has beside the usual ones. */
#define MAX_EXTRA 10

/* @extra: (nullable) (array zero-terminated=1): names and values */
static void
send (JumpClientRequest *request,
      guint status,
      const char *content_type,
      GBytes *body,
      const char *const *extra)
{
  JumpReplySink *sink = request->sink;
  const char *headers[6 + 2 + 2 * MAX_EXTRA + 1] = {
    "Content-Type", content_type,    "X-Request-Id",
    request->id,    "Cache-Control", "no-cache, no-store, must-revalidate",
  };
  const char **next = headers + 6;
  gsize length;
  const char *data = g_bytes_get_data (body, &length);

  if (request->dialect->id_header != NULL)
    {
      *next++ = request->dialect->id_header;
      *next++ = request->id;
    }
  for (gsize i = 0; extra != NULL && extra[i] != NULL && i < 2 * MAX_EXTRA; i++)
    *next++ = extra[i];
  jump_reply_sink_head (sink, status, headers, (gssize) length);
  jump_reply_sink_write (sink, data, length);
  jump_reply_sink_end (sink);
}

/**
 * jump_http_reply_bytes:
 * @request: must not be touched afterwards, here and below
 * @status: HTTP
 * @content_type: of @body
 * @body: all of it
 */
void
jump_http_reply_bytes (JumpClientRequest *request,
                       guint status,
                       const char *content_type,
                       GBytes *body)
{
  send (request, status, content_type, body, NULL);
}

/* S-17: what other replies do not have. Returns: how many of @headers were filled */
static gsize
add_page_headers (const JumpClientRequest *request, const char *policy, const char **headers)
{
  const char *const always[] = {
    "Content-Security-Policy",
    policy,
    "X-Frame-Options",
    "DENY",
    "X-XSS-Protection",
    "1; mode=block",
    "Referrer-Policy",
    "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy",
    "same-origin",
  };
  gsize n = 0;

  for (; n < G_N_ELEMENTS (always); n++)
    headers[n] = always[n];
  if (request->is_tls)
    {
      headers[n++] = "Strict-Transport-Security";
      headers[n++] = "max-age=31536000; includeSubDomains";
    }
  return n;
}

/**
 * jump_http_reply_page:
 * @status: HTTP
 * @html: all of the page
 * @policy: what the page may load, as Content-Security-Policy has it
 * @extra: (nullable) (array zero-terminated=1): more headers, at most two
 *
 * With the headers of S-17 that other replies do not have.
 */
void
jump_http_reply_page (JumpClientRequest *request,
                      guint status,
                      const char *html,
                      const char *policy,
                      const char *const *extra)
{
  g_autoptr (GBytes) body = g_bytes_new (html, strlen (html));
  const char *headers[2 * MAX_EXTRA + 1] = { NULL };
  gsize n = add_page_headers (request, policy, headers);

  for (gsize i = 0; extra != NULL && extra[i] != NULL && n < 2 * MAX_EXTRA; i++)
    headers[n++] = extra[i];
  send (request, status, "text/html; charset=utf-8", body, headers);
}

/**
 * jump_http_reply_file:
 * @content_type: of @body
 * @body: the file
 * @policy: what it may load when a browser shows it by itself
 * @etag: of this version, with its quotes
 * @is_known: the browser has this very version
 *
 * Part of a page. Browsers may keep it, but ask each time whether it is still the same.
 */
void
jump_http_reply_file (JumpClientRequest *request,
                      const char *content_type,
                      GBytes *body,
                      const char *policy,
                      const char *etag,
                      gboolean is_known)
{
  const char *headers[2 * MAX_EXTRA + 1] = { "Content-Type",  content_type,
                                             "X-Request-Id",  request->id,
                                             "Cache-Control", "no-cache",
                                             "ETag",          etag };
  gsize length;
  const char *data = g_bytes_get_data (body, &length);

  add_page_headers (request, policy, headers + 8);
  jump_reply_sink_head (request->sink,
                        is_known ? 304 : 200,
                        headers,
                        is_known ? 0 : (gssize) length);
  if (!is_known)
    jump_reply_sink_write (request->sink, data, length);
  jump_reply_sink_end (request->sink);
}

void
jump_http_reply_empty (JumpClientRequest *request, const char *const *extra)
{
  const char *headers[2 + 2 * MAX_EXTRA + 1] = { "X-Request-Id", request->id };

  for (gsize i = 0; extra != NULL && extra[i] != NULL && i < 2 * MAX_EXTRA; i++)
    headers[2 + i] = extra[i];
  jump_reply_sink_head (request->sink, 204, headers, 0);
  jump_reply_sink_end (request->sink);
}

/**
 * jump_http_reply_text:
 * @text: all of the body
 */
void
jump_http_reply_text (JumpClientRequest *request, guint status, const char *text)
{
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));

  send (request, status, "text/plain; charset=utf-8", body, NULL);
}

void
jump_http_reply_json (JumpClientRequest *request, guint status, JumpJsonWriter *writer)
{
  g_autoptr (GBytes) body = jump_json_writer_finish_bytes (writer);

  send (request, status, "application/json", body, NULL);
}

/**
 * jump_http_reply_error:
 * @error: of any domain; its status is that of jump_error_http_status()
 *
 * Written in the dialect of the route.
 */
void
jump_http_reply_error (JumpClientRequest *request, const GError *error)
{
  g_autoptr (JumpFailure) failure = jump_failure_new_from_error (error);
  g_autoptr (GBytes) body = request->dialect->write_failure (failure, request->id);

  send (request, failure->status, "application/json", body, NULL);
}

/**
 * jump_http_reply_refusal:
 * @status: HTTP
 * @code: a word for programs
 * @message: for people
 * @allow: (nullable): the Allow header of a 405
 *
 * Written in the dialect of the route.
 */
void
jump_http_reply_refusal (JumpClientRequest *request,
                         guint status,
                         const char *code,
                         const char *message,
                         const char *allow)
{
  g_autoptr (JumpFailure) failure =
      jump_failure_new (jump_failure_kind_from_status (status), status, code, message);
  g_autoptr (GBytes) body = request->dialect->write_failure (failure, request->id);
  const char *const extra[] = { "Allow", allow, NULL };

  send (request, status, "application/json", body, allow != NULL ? extra : NULL);
}

/**
 * jump_http_reply_retry_later:
 * @seconds: for Retry-After
 * @code: a word for programs
 * @message: for people
 *
 * Written in the dialect of the route.
 */
void
jump_http_reply_retry_later (JumpClientRequest *request,
                             guint seconds,
                             const char *code,
                             const char *message)
{
  g_autoptr (JumpFailure) failure = jump_failure_new (JUMP_FAILURE_RATE_LIMIT, 429, code, message);
  g_autoptr (GBytes) body = request->dialect->write_failure (failure, request->id);
  g_autofree char *wait = g_strdup_printf ("%u", seconds);
  const char *const extra[] = { "Retry-After", wait, NULL };

  send (request, 429, "application/json", body, extra);
}
