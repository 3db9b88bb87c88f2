/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#define G_LOG_DOMAIN "jumpseat-http"

#include "service/http/incoming-request.h"

#include "service/base/random.h"
#include "service/http/http-reply.h"
#include "service/http/stream-reply.h"

#include <string.h>

/* Set aside for a body before its bytes are here; pages that are not written cost nothing. */
#define FIRST_BODY_BUFFER (4 * 1024 * 1024)
#define CONTINUE          "HTTP/1.1 100 Continue\r\n\r\n"

struct _JumpIncomingRequest
{
  const JumpIncomingRules *rules;   /* (unowned) */
  JumpClientConnection *connection; /* (unowned): owns us while we read */
  JumpClientRequest request;
  JumpStreamReplyOptions options;
  const JumpRoute *route;
  gint64 started; /* monotonic µs */

  char *body; /* (owned) (nullable) */
  gsize body_length;
  gsize body_room;
  gsize body_expected; /* the Content-Length */

  SoupServerMessage *message; /* (unowned) (nullable): while libsoup reads */
};

/* ---- answering ---- */

static void
on_reply_done (guint status, guint64 bytes, gboolean complete, gpointer user_data)
{
  JumpIncomingRequest *self = user_data;
  const JumpClientRequest *request = &self->request;

  if (!request->is_relayed)
    g_info ("%s %s client=%s status=%u ms=%" G_GINT64_FORMAT " in=%" G_GSIZE_FORMAT
            " out=%" G_GUINT64_FORMAT " id=%s%s",
            request->method,
            request->path,
            request->user_agent != NULL ? request->user_agent : "-",
            status,
            (g_get_monotonic_time () - self->started) / 1000,
            g_bytes_get_size (request->body),
            bytes,
            request->id,
            complete ? "" : " error=the client left");
  jump_incoming_request_free (self);
}

/* From here on the connection is the reply's. */
static JumpClientRequest *
start_reply (JumpIncomingRequest *self, gboolean was_read)
{
  JumpClientRequest *request = &self->request;

  self->connection->request = NULL;
  self->options.request_was_read = was_read;
  request->id = jump_random_uuid ();
  request->body = g_bytes_new_take (g_steal_pointer (&self->body), self->body_length);
  request->sink = jump_stream_reply_new (self->connection, &self->options, on_reply_done, self);
  return request;
}

static void
answer (JumpIncomingRequest *self)
{
  self->route->answer (self->rules->context, start_reply (self, TRUE));
}

static void
take_back (JumpIncomingRequest *self, SoupServerMessage *message)
{
  if (self->message != NULL)
    g_signal_handlers_disconnect_by_data (self->message, self);
  self->message = NULL;
  jump_client_connection_take_back (self->connection,
                                    soup_server_message_steal_connection (message));
}

static void
refuse (JumpIncomingRequest *self,
        gboolean was_read,
        guint status,
        const char *code,
        const char *reason,
        const char *allow)
{
  jump_http_reply_refusal (start_reply (self, was_read), status, code, reason, allow);
}

static void
refuse_size (JumpIncomingRequest *self)
{
  g_autofree char *text = g_strdup_printf ("the request body is larger than %" G_GSIZE_FORMAT
                                           " bytes (setting server.body_limit)",
                                           self->rules->body_limit);

  refuse (self, FALSE, 413, "body_too_large", text, NULL);
}

/* ---- judging the head ---- */

static const char *
code_of_refusal (guint status)
{
  switch (status)
    {
    case 401:
      return "invalid_control_key";
    case 421:
      return "wrong_host";
    default:
      return "forbidden";
    }
}

static void
refuse_route (JumpIncomingRequest *self, gboolean was_read, const char *allow)
{
  const char *path = self->request.path;
  g_autofree char *text =
      allow != NULL
          ? g_strdup_printf ("%s does not take %s, only %s", path, self->request.method, allow)
          : g_strdup_printf ("there is no %s here", path);

  if (allow != NULL)
    refuse (self, was_read, 405, "method_not_allowed", text, allow);
  else
    refuse (self, was_read, 404, "unknown_path", text, NULL);
}

/* TRUE: refused, and @self is the reply's. */
static gboolean
refuse_by_head (JumpIncomingRequest *self, SoupServerMessage *message, gboolean was_read)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const JumpIncomingRules *rules = self->rules;
  JumpAccessHeaders access_headers = {
    .host = soup_message_headers_get_one (headers, "Host"),
    .origin = soup_message_headers_get_one (headers, "Origin"),
    .sec_fetch_site = soup_message_headers_get_one (headers, "Sec-Fetch-Site"),
    .authorization = soup_message_headers_get_one (headers, "Authorization"),
  };
  const char *reason = NULL;
  g_autofree char *allow = NULL;
  guint status;

  self->route = jump_router_find (rules->routes,
                                  rules->n_routes,
                                  self->request.method,
                                  self->request.path,
                                  &self->request.parameter,
                                  &allow);
  status = jump_access_check (self->route != NULL ? self->route->access : JUMP_ACCESS_MODEL,
                              &access_headers,
                              rules->context->control_key,
                              rules->context->port,
                              &reason);
  if (status == 0 && self->route != NULL)
    return FALSE;
  if (self->message != NULL)
    take_back (self, message);
  if (status != 0)
    refuse (self, was_read, status, code_of_refusal (status), reason, NULL);
  else
    refuse_route (self, was_read, allow);
  return TRUE;
}

/* ---- reading a body with a known length ---- */

static void
make_room (JumpIncomingRequest *self)
{
  gsize wanted =
      self->body_room == 0 ? MIN (self->body_expected, FIRST_BODY_BUFFER) : self->body_expected;

  self->body = g_realloc (self->body, wanted);
  self->body_room = wanted;
}

void
jump_incoming_request_read (JumpIncomingRequest *self)
{
  while (self->body_length < self->body_expected)
    {
      gssize n_read;

      if (self->body_length == self->body_room)
        make_room (self);
      n_read = jump_socket_stream_receive (self->connection->stream,
                                           self->body + self->body_length,
                                           self->body_room - self->body_length);
      if (n_read < 0)
        return;
      if (n_read == 0)
        {
          jump_client_connection_close (self->connection); /* frees us */
          return;
        }
      self->body_length += (gsize) n_read;
    }
  answer (self);
}

/* ---- reading a chunked body, with libsoup ---- */

static void
on_message_got_chunk (SoupServerMessage *message, GBytes *chunk, gpointer user_data)
{
  JumpIncomingRequest *self = user_data;
  gsize length;
  const char *data = g_bytes_get_data (chunk, &length);

  if (self->body_length + length > self->rules->body_limit)
    {
      take_back (self, message);
      refuse_size (self);
      return;
    }
  if (self->body_length + length > self->body_room)
    {
      self->body_room = MAX (2 * self->body_room, self->body_length + length);
      self->body = g_realloc (self->body, self->body_room);
    }
  memcpy (self->body + self->body_length, data, length);
  self->body_length += length;
}

void
jump_incoming_request_end (JumpIncomingRequest *self, SoupServerMessage *message)
{
  take_back (self, message);
  answer (self);
}

/* ---- the head ---- */

static gboolean
wants_keep_alive (SoupMessageHeaders *headers, gboolean is_http10)
{
  if (is_http10)
    return soup_message_headers_header_contains (headers, "Connection", "keep-alive");
  return !soup_message_headers_header_contains (headers, "Connection", "close");
}

static JumpIncomingRequest *
incoming_request_new (const JumpIncomingRules *rules,
                      JumpClientConnection *connection,
                      SoupServerMessage *message,
                      const char *path)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  JumpIncomingRequest *self = g_new0 (JumpIncomingRequest, 1);

  self->rules = rules;
  self->connection = connection;
  self->started = g_get_monotonic_time ();
  self->options.is_http10 = soup_server_message_get_http_version (message) == SOUP_HTTP_1_0;
  self->options.is_head = soup_server_message_get_method (message) == SOUP_METHOD_HEAD;
  self->options.keep_alive = wants_keep_alive (headers, self->options.is_http10);
  self->request.method = soup_server_message_get_method (message);
  self->request.path = g_strdup (path);
  self->request.user_agent = g_strdup (soup_message_headers_get_one (headers, "User-Agent"));
  self->request.accept = g_strdup (soup_message_headers_get_one (headers, "Accept"));
  return self;
}

/**
 * jump_incoming_request_start:
 * @rules: what to judge by; must outlive the connection
 * @connection: being read by libsoup
 * @message: its head is there
 * @path: of @message, decoded
 */
void
jump_incoming_request_start (const JumpIncomingRules *rules,
                             JumpClientConnection *connection,
                             SoupServerMessage *message,
                             const char *path)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  gboolean is_chunked = soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CHUNKED;
  gboolean expects_continue =
      (soup_message_headers_get_expectations (headers) & SOUP_EXPECTATION_CONTINUE) != 0;
  goffset length = is_chunked ? 0 : soup_message_headers_get_content_length (headers);
  JumpIncomingRequest *self = incoming_request_new (rules, connection, message, path);

  connection->request = self;
  if (is_chunked)
    {
      /* libsoup undoes the chunks; the copy and its limit are ours. */
      soup_message_body_set_accumulate (soup_server_message_get_request_body (message), FALSE);
      self->message = message;
    }
  else
    take_back (self, message);

  if (refuse_by_head (self, message, !is_chunked && length == 0))
    return;
  if (length < 0)
    refuse (self, FALSE, 400, "invalid_header", "Content-Length: expected a number", NULL);
  else if (length > (goffset) rules->body_limit)
    refuse_size (self);
  else if (is_chunked)
    g_signal_connect (message, "got-chunk", G_CALLBACK (on_message_got_chunk), self);
  else
    {
      self->body_expected = (gsize) length;
      if (expects_continue && length > 0)
        jump_socket_stream_send (connection->stream, CONTINUE, strlen (CONTINUE));
      jump_incoming_request_read (self);
    }
}

void
jump_incoming_request_free (JumpIncomingRequest *self)
{
  if (self->message != NULL)
    g_signal_handlers_disconnect_by_data (self->message, self);
  g_free (self->request.path);
  g_free (self->request.user_agent);
  g_free (self->request.accept);
  g_free (self->request.id);
  g_clear_pointer (&self->request.body, g_bytes_unref);
  g_free (self->body);
  g_free (self);
}
