/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/net/http-transfer.h"

#include "service/base/error.h"
#include "service/base/limits.h"
#include "service/net/http-problem.h"
#include "service/net/proxy-choice.h"
#include "service/net/socket-error.h"

#include <string.h>

static gboolean
has_body (const JumpHttpTransfer *self)
{
  return self->request->body != NULL && g_bytes_get_size (self->request->body) > 0;
}

/* libcurl sends smaller ones in one piece with the header. */
static gboolean
has_large_body (const JumpHttpTransfer *self)
{
  return has_body (self) && g_bytes_get_size (self->request->body) > 64 * 1024;
}

static void
note_life (JumpHttpTransfer *self)
{
  if (self->request->idle_timeout_ms > 0)
    self->heard_at = g_get_monotonic_time ();
}

/* libcurl sends a request again by itself when a connection that it used before turns out to be
 * dead, even if the request had been written whole and may have been carried out. A model call
 * would be billed twice, so what has a body goes out once. */
static int
on_curl_about_to_send (void *user_data, char *peer_ip, char *own_ip, int peer_port, int own_port)
{
  JumpHttpTransfer *self = user_data;

  self->attempts++;
  if (self->is_cancelled || (self->attempts > 1 && has_body (self)))
    return CURL_PREREQFUNC_ABORT;
  note_life (self);
  jump_http_client_watch_silence (self->client, self);
  return CURL_PREREQFUNC_OK;
}

static size_t
on_curl_header (char *line, size_t size, size_t count, void *user_data)
{
  JumpHttpTransfer *self = user_data;
  gsize length = size * count;
  gboolean is_last;

  if (self->is_cancelled)
    return 0;
  note_life (self);
  is_last = jump_reply_headers_add_line (&self->headers, line, length);
  if (self->headers.received > JUMP_LIMIT_UPSTREAM_HEADERS)
    {
      if (self->problem == NULL)
        self->problem = g_error_new (JUMP_ERROR,
                                     JUMP_ERROR_UPSTREAM,
                                     "the reply has a header of more than %d bytes",
                                     JUMP_LIMIT_UPSTREAM_HEADERS);
      return 0;
    }
  if (is_last && self->funcs.on_headers != NULL)
    self->funcs.on_headers (self, self->headers.status, self->user_data);
  return self->is_cancelled ? 0 : length;
}

static size_t
on_curl_data (char *data, size_t size, size_t count, void *user_data)
{
  JumpHttpTransfer *self = user_data;
  gsize length = size * count;

  if (self->is_cancelled)
    return CURL_WRITEFUNC_ERROR;
  if (self->is_paused)
    {
      self->is_held_by_curl = TRUE;
      return CURL_WRITEFUNC_PAUSE;
    }
  note_life (self);
  if (length > 0 && self->funcs.on_data != NULL)
    self->funcs.on_data (self, data, length, self->user_data);
  return self->is_cancelled ? CURL_WRITEFUNC_ERROR : length;
}

static void
set_method (JumpHttpTransfer *self)
{
  const char *method = self->request->method;
  GBytes *body = self->request->body;
  gboolean is_usual = g_str_equal (method, body == NULL ? "GET" : "POST");
  gsize length = 0;
  const char *data = body == NULL ? NULL : g_bytes_get_data (body, &length);

  if (body != NULL || g_str_equal (method, "POST"))
    {
      curl_easy_setopt (self->easy, CURLOPT_POST, 1L);
      curl_easy_setopt (self->easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t) length);
      curl_easy_setopt (self->easy, CURLOPT_POSTFIELDS, data == NULL ? "" : data);
    }
  else if (g_str_equal (method, "HEAD"))
    curl_easy_setopt (self->easy, CURLOPT_NOBODY, 1L);
  else
    curl_easy_setopt (self->easy, CURLOPT_HTTPGET, 1L);
  curl_easy_setopt (self->easy, CURLOPT_CUSTOMREQUEST, is_usual ? NULL : method);
}

/* A copy of the lines by curl_slist_append() would have to be wiped as well, so the links stand
 * beside the strings of the request. */
static void
set_header_lines (JumpHttpTransfer *self)
{
  static const char no_expect[] = "Expect:"; /* else a large body waits for a "100 Continue" */
  static const char no_type[] = "Content-Type:";
  GPtrArray *headers = self->request->headers;
  gboolean has_type = FALSE;
  guint n = 0;

  g_free (self->lines); /* of a try with another proxy */
  self->lines = g_new (struct curl_slist, headers->len + 2);
  for (guint i = 0; i < headers->len; i++)
    {
      self->lines[n++].data = g_ptr_array_index (headers, i);
      has_type |= g_ascii_strncasecmp (g_ptr_array_index (headers, i), "Content-Type", 12) == 0;
    }
  self->lines[n++].data = (char *) no_expect; /* only read */
  if (!has_type)
    self->lines[n++].data = (char *) no_type; /* libcurl's own guess is a web form */
  for (guint i = 0; i < n; i++)
    self->lines[i].next = i + 1 < n ? &self->lines[i + 1] : NULL;
  curl_easy_setopt (self->easy, CURLOPT_HTTPHEADER, self->lines);
}

JumpHttpTransfer *
jump_http_transfer_new (JumpHttpClient *client,
                        JumpHttpRequest *request,
                        const JumpHttpTransferFuncs *funcs,
                        gpointer user_data)
{
  JumpHttpTransfer *self = g_new0 (JumpHttpTransfer, 1);

  self->client = client;
  self->link.data = self;
  self->attention_link.data = self;
  self->request = request;
  self->funcs = *funcs;
  self->user_data = user_data;
  self->heard_at = -1;
  return self;
}

static void
on_proxy_known (gpointer user_data)
{
  JumpHttpTransfer *self = user_data;

  self->proxy_wait = NULL;
  jump_http_client_want_attention (self->client, self);
}

/**
 * jump_http_transfer_choose_proxy:
 *
 * Returns: %FALSE when the transfer has to wait for what the computer's settings say: then the
 *   client's attention is called for later
 */
gboolean
jump_http_transfer_choose_proxy (JumpHttpTransfer *self, JumpProxyChoice *choice)
{
  const char *url = self->request->url;
  JumpSystemProxy *system = jump_proxy_choice_get_system (choice, url);
  const char *proxy;

  g_clear_pointer (&self->system_proxy, g_free);
  if (system == NULL)
    return TRUE;
  proxy = jump_system_proxy_find (system, url);
  if (proxy == NULL)
    {
      self->proxy_wait = jump_system_proxy_ask (system, url, on_proxy_known, self);
      return FALSE;
    }
  self->system_proxy = g_strdup (proxy);
  self->proxies_tried++;
  return TRUE;
}

/**
 * jump_http_transfer_skip_proxy:
 * @result: how the transfer ended
 *
 * Returns: whether nothing was sent because the system's proxy could not be reached, and there is
 *   another one to try
 */
gboolean
jump_http_transfer_skip_proxy (JumpHttpTransfer *self, JumpProxyChoice *choice, CURLcode result)
{
  gboolean is_unreachable = result == CURLE_COULDNT_CONNECT ||
                            result == CURLE_COULDNT_RESOLVE_PROXY || result == CURLE_PROXY;

  return is_unreachable && self->system_proxy != NULL && self->attempts == 0 &&
         !self->is_cancelled &&
         jump_system_proxy_skip (choice->system,
                                 self->request->url,
                                 self->system_proxy,
                                 self->proxies_tried);
}

/**
 * jump_http_transfer_set_easy:
 * @easy: (transfer full): everything that differs between requests is set here
 * @own_proxy: (nullable): of our setting; what the system said comes before it
 */
void
jump_http_transfer_set_easy (JumpHttpTransfer *self,
                             CURL *easy,
                             guint generation,
                             const char *own_proxy,
                             guint default_connect_timeout_ms)
{
  JumpHttpRequest *request = self->request;
  const char *proxy = self->system_proxy != NULL ? self->system_proxy : own_proxy;
  guint connect_timeout =
      request->connect_timeout_ms > 0 ? request->connect_timeout_ms : default_connect_timeout_ms;

  self->easy = easy;
  self->easy_generation = generation;
  curl_easy_setopt (easy, CURLOPT_URL, request->url);
  curl_easy_setopt (easy, CURLOPT_PRIVATE, self);
  curl_easy_setopt (easy, CURLOPT_ERRORBUFFER, self->detail);
  curl_easy_setopt (easy, CURLOPT_PREREQFUNCTION, on_curl_about_to_send);
  curl_easy_setopt (easy, CURLOPT_PREREQDATA, self);
  curl_easy_setopt (easy, CURLOPT_HEADERFUNCTION, on_curl_header);
  curl_easy_setopt (easy, CURLOPT_HEADERDATA, self);
  curl_easy_setopt (easy, CURLOPT_WRITEFUNCTION, on_curl_data);
  curl_easy_setopt (easy, CURLOPT_WRITEDATA, self);
  curl_easy_setopt (easy, CURLOPT_CONNECTTIMEOUT_MS, (long) connect_timeout);
  curl_easy_setopt (easy, CURLOPT_TIMEOUT_MS, (long) request->total_timeout_ms);
  curl_easy_setopt (easy,
                    CURLOPT_BUFFERSIZE,
                    request->expects_stream ? (long) JUMP_LIMIT_STREAM_READ
                                            : (long) JUMP_LIMIT_UPSTREAM_READ);
  curl_easy_setopt (easy, CURLOPT_FRESH_CONNECT, request->fresh_connection ? 1L : 0L);
  curl_easy_setopt (easy, CURLOPT_PROXY, proxy);
  curl_easy_setopt (easy, CURLOPT_NOPROXY, jump_proxy_choice_is_local (request->url) ? "*" : NULL);
  set_method (self);
  set_header_lines (self);
}

/**
 * jump_http_transfer_steal_easy:
 *
 * Returns: (transfer full) (nullable): the handle, with no pointer into this transfer left
 */
CURL *
jump_http_transfer_steal_easy (JumpHttpTransfer *self)
{
  CURL *easy = g_steal_pointer (&self->easy);

  if (easy == NULL)
    return NULL;
  curl_easy_setopt (easy, CURLOPT_PRIVATE, NULL);
  curl_easy_setopt (easy, CURLOPT_ERRORBUFFER, NULL);
  curl_easy_setopt (easy, CURLOPT_PREREQDATA, NULL);
  curl_easy_setopt (easy, CURLOPT_HEADERDATA, NULL);
  curl_easy_setopt (easy, CURLOPT_WRITEDATA, NULL);
  curl_easy_setopt (easy, CURLOPT_HTTPHEADER, NULL);
  curl_easy_setopt (easy, CURLOPT_POSTFIELDS, NULL);
  return easy;
}

void
jump_http_transfer_free (JumpHttpTransfer *self)
{
  g_assert (self->easy == NULL);
  jump_http_request_free (self->request);
  jump_reply_headers_clear (&self->headers);
  g_clear_error (&self->problem);
  g_free (self->system_proxy);
  g_free (self->lines);
  g_free (self);
}

static GError *
make_curl_error (JumpHttpTransfer *self, CURLcode result)
{
  long system_code = 0;

  if (result == CURLE_ABORTED_BY_CALLBACK && self->attempts > 1)
    return jump_http_problem_new (CURLE_GOT_NOTHING, self->request->url, NULL);
  if (result == CURLE_COULDNT_CONNECT &&
      curl_easy_getinfo (self->easy, CURLINFO_OS_ERRNO, &system_code) == CURLE_OK &&
      system_code != 0)
    {
      g_autofree char *reason = jump_socket_error_dup_text ((int) system_code);

      return jump_http_problem_new ((int) result, self->request->url, reason);
    }
  return jump_http_problem_new ((int) result, self->request->url, self->detail);
}

/**
 * jump_http_transfer_make_error:
 * @result: what libcurl said
 * @is_behind_portal: whether the network is known to want a sign-in first
 *
 * Returns: (transfer full) (nullable): NULL when the reply came whole
 */
GError *
jump_http_transfer_make_error (JumpHttpTransfer *self, CURLcode result, gboolean is_behind_portal)
{
  GError *error;

  if (self->problem != NULL)
    return g_steal_pointer (&self->problem);
  /* libcurl takes a header that ends in the middle for a whole one */
  if (result == CURLE_OK && !self->headers.is_complete)
    return jump_http_problem_new (CURLE_PARTIAL_FILE,
                                  self->request->url,
                                  "the header is incomplete");
  if (result == CURLE_OK)
    return NULL;
  error = make_curl_error (self, result);
  if (is_behind_portal && self->attempts == 0 && !jump_proxy_choice_is_local (self->request->url))
    return jump_http_problem_blame_portal (error);
  return error;
}

/**
 * jump_http_transfer_get_silence_deadline:
 *
 * Returns: monotonic µs at which the peer has been silent for too long, -1 while nobody waits
 */
gint64
jump_http_transfer_get_silence_deadline (const JumpHttpTransfer *self)
{
  if (self->request->idle_timeout_ms == 0 || self->heard_at < 0 || self->is_paused ||
      self->is_cancelled)
    return -1;
  return self->heard_at + (gint64) self->request->idle_timeout_ms * 1000;
}

/**
 * jump_http_transfer_is_silent:
 *
 * A large body that is still going out is a sign of life too. libcurl does not tell when the last
 * of it was written, so the peer of such a request may be silent for up to one period more.
 */
gboolean
jump_http_transfer_is_silent (JumpHttpTransfer *self, gint64 now)
{
  gint64 deadline = jump_http_transfer_get_silence_deadline (self);
  curl_off_t uploaded = 0;

  if (deadline < 0 || deadline > now)
    return FALSE;
  if (self->headers.is_complete || !has_large_body (self))
    return TRUE;
  curl_easy_getinfo (self->easy, CURLINFO_SIZE_UPLOAD_T, &uploaded);
  if (uploaded == self->uploaded)
    return TRUE;
  self->uploaded = uploaded;
  self->heard_at = now;
  return FALSE;
}

const char *
jump_http_transfer_get_header (JumpHttpTransfer *transfer, const char *name)
{
  return jump_reply_headers_get (&transfer->headers, name);
}

void
jump_http_transfer_foreach_header (JumpHttpTransfer *transfer,
                                   void (*func) (const char *name,
                                                 const char *value,
                                                 gpointer user_data),
                                   gpointer user_data)
{
  const char *name;
  const char *value;
  gsize position = 0;

  while (jump_reply_headers_next (&transfer->headers, &position, &name, &value))
    func (name, value, user_data);
}

/**
 * jump_http_transfer_was_sent:
 *
 * A request without a body may be repeated anyway, so for it this is always %FALSE.
 */
gboolean
jump_http_transfer_was_sent (JumpHttpTransfer *transfer)
{
  long written = 0;

  /* before the first attempt the handle still tells of the request it served before */
  if (transfer->attempts == 0 || !has_body (transfer))
    return FALSE;
  curl_easy_getinfo (transfer->easy, CURLINFO_REQUEST_SIZE, &written);
  return written > 0;
}

/**
 * jump_http_transfer_pause:
 *
 * libcurl is told only when it has something to give, so a pause that ends within the turn is
 * free.
 */
void
jump_http_transfer_pause (JumpHttpTransfer *transfer)
{
  transfer->is_paused = TRUE;
}
