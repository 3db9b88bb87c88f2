/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#define G_LOG_DOMAIN "jumpseat-http"

#include "service/http/incoming-request.h"

#include "service/base/limits.h"
#include "service/base/random.h"
#include "service/http/admission.h"
#include "service/http/agent-headers.h"
#include "service/http/chunk-decoder.h"
#include "service/http/coded-request.h"
#include "service/http/content-coding.h"
#include "service/http/http-reply.h"
#include "service/http/peer-address.h"
#include "service/http/recorded-headers.h"
#include "service/http/request-head.h"
#include "service/http/stream-reply.h"

#include <string.h>

/* Read at once, on the stack: small requests are whole in one. */
#define READ_SIZE (16 * 1024)
/* Set aside for a body before its bytes are here; pages that are not written cost nothing. */
#define FIRST_BODY_BUFFER (4 * 1024 * 1024)
#define CONTINUE          "HTTP/1.1 100 Continue\r\n\r\n"

struct _JumpIncomingRequest
{
  const JumpIncomingRules *rules;   /* (unowned) */
  JumpClientConnection *connection; /* (unowned): owns us while we read */
  JumpClientRequest request;
  JumpStreamReplyOptions options;
  const JumpRoute *route; /* (nullable): NULL until the head was read */
  char *reply_lines;      /* (owned) (nullable): of the reply's head */
  gint64 started;         /* monotonic µs */

  GByteArray *head; /* (owned) (nullable): a head that came in pieces */
  char *body;       /* (owned) (nullable) */
  gsize body_length;
  gsize body_room;
  gsize body_expected; /* the Content-Length */
  gboolean is_chunked;
  JumpChunkDecoder chunks;
};

/* ---- answering ---- */

/* Nothing of the query, and no code that lets somebody in. */
static const char *
get_logged_path (const JumpClientRequest *request)
{
  if (request->path == NULL)
    return "-";
  return g_str_has_prefix (request->path, JUMP_SESSION_LINK_PATH) ? JUMP_SESSION_LINK_PATH
                                                                  : request->path;
}

static void
on_reply_done (guint status, guint64 bytes, gboolean complete, gpointer user_data)
{
  JumpIncomingRequest *self = user_data;
  const JumpClientRequest *request = &self->request;
  /* Our own commands ask twice a second while they wait: that is nobody's news. */
  GLogLevelFlags level = self->route != NULL && self->route->access == JUMP_ACCESS_CONTROL
                             ? G_LOG_LEVEL_DEBUG
                             : G_LOG_LEVEL_INFO;

  if (!request->is_relayed)
    g_log (G_LOG_DOMAIN,
           level,
           "%s %s client=%s status=%u ms=%" G_GINT64_FORMAT " in=%" G_GSIZE_FORMAT
           " out=%" G_GUINT64_FORMAT " id=%s%s",
           request->method != NULL ? request->method : "-",
           get_logged_path (request),
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
  self->options.head_lines =
      self->reply_lines != NULL ? self->reply_lines : JUMP_ADMISSION_SAFE_LINES;
  request->id = jump_random_uuid ();
  request->body = g_bytes_new_take (g_steal_pointer (&self->body), self->body_length);
  request->sink = jump_stream_reply_new (self->connection, &self->options, on_reply_done, self);
  return request;
}

static void
answer (JumpIncomingRequest *self)
{
  JumpHttpContext *context = self->rules->context;
  JumpClientRequest *request = start_reply (self, TRUE);

  if (jump_content_coding_is_set (request->content_encoding))
    jump_coded_request_answer (context, request, self->route, self->rules->body_limit);
  else
    self->route->answer (context, request);
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

static void
refuse_coding (JumpIncomingRequest *self, gboolean was_read)
{
  g_autofree char *text =
      g_strdup_printf ("Content-Encoding: expected one of %s", jump_content_coding_get_known ());

  refuse (self, was_read, 415, "unsupported_content_encoding", text, NULL);
}

/* ---- judging the head ---- */

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

/* Whose errors the client can read. */
static JumpDialectId
choose_dialect (const JumpIncomingRequest *self)
{
  const JumpIncomingRules *rules = self->rules;
  JumpDialectId id = jump_router_guess_dialect (rules->routes, rules->n_routes, self->request.path);

  return id == JUMP_DIALECT_CHAT && self->request.anthropic_version != NULL ? JUMP_DIALECT_MESSAGES
                                                                            : id;
}

static void
refuse_guess (JumpIncomingRequest *self, gboolean was_read, const JumpAccessVerdict *verdict)
{
  g_autofree char *group = jump_peer_address_dup_group (self->connection->peer);

  jump_refusal_desk_refuse (self->rules->refusals,
                            start_reply (self, was_read),
                            group,
                            verdict->code,
                            verdict->reason);
}

/* FALSE: refused, and @self is the reply's. */
static gboolean
admit (JumpIncomingRequest *self, const JumpRequestHead *head)
{
  const JumpIncomingRules *rules = self->rules;
  gboolean was_read = !head->is_chunked && head->content_length == 0;
  g_auto (JumpAdmission) admission = { 0 };
  const JumpAccessVerdict *verdict = &admission.verdict;

  self->request.dialect = jump_dialect_get (choose_dialect (self));
  jump_admission_judge (&admission,
                        &self->request,
                        head,
                        self->connection,
                        &rules->access,
                        rules->routes,
                        rules->n_routes);
  self->route = admission.route;
  self->reply_lines = g_steal_pointer (&admission.reply_lines);
  if (admission.is_preflight)
    jump_http_reply_empty (start_reply (self, was_read));
  else if (verdict->is_wrong_guess)
    refuse_guess (self, was_read, verdict);
  else if (verdict->status != 0)
    refuse (self, was_read, verdict->status, verdict->code, verdict->reason, NULL);
  else if (self->route == NULL)
    refuse_route (self, was_read, admission.allow);
  else if (head->content_length > rules->body_limit)
    refuse_size (self);
  else if (!jump_content_coding_is_known (self->request.content_encoding))
    refuse_coding (self, was_read);
  else
    return TRUE;
  return FALSE;
}

static void
copy_head (JumpIncomingRequest *self, JumpRequestHead *head)
{
  self->request.method = g_steal_pointer (&head->method);
  self->request.path = g_steal_pointer (&head->path);
  self->request.user_agent = g_strdup (soup_message_headers_get_one (head->headers, "User-Agent"));
  self->request.accept = g_strdup (soup_message_headers_get_list (head->headers, "Accept"));
  self->request.anthropic_version =
      g_strdup (soup_message_headers_get_one (head->headers, "anthropic-version"));
  self->request.anthropic_beta =
      g_strdup (soup_message_headers_get_list (head->headers, "anthropic-beta"));
  self->request.turn = jump_agent_headers_read (head->headers);
  self->request.content_encoding =
      g_strdup (soup_message_headers_get_list (head->headers, "Content-Encoding"));
  self->options.is_http10 = head->is_http10;
  self->options.is_head = g_strcmp0 (self->request.method, "HEAD") == 0;
  self->options.keep_alive = head->keep_alive;
  self->is_chunked = head->is_chunked;
  self->body_expected = head->content_length;
}

/* FALSE: refused, and @self is the reply's. */
static gboolean
take_head (JumpIncomingRequest *self, const char *data, gsize length)
{
  JumpRequestHead head;
  const char *reason = NULL;
  guint status = jump_request_head_parse (&head, data, length, JUMP_LIMIT_HEAD_FIELDS, &reason);
  gboolean is_admitted = FALSE;

  copy_head (self, &head);
  if (status != 0)
    refuse (self, FALSE, status, "invalid_http", reason, NULL);
  else
    is_admitted = admit (self, &head);
  if (is_admitted && self->route->access == JUMP_ACCESS_MODEL &&
      jump_relay_get_keeps_bodies (self->rules->context->relay))
    self->request.headers = jump_recorded_headers_new (head.headers);
  if (is_admitted && head.expects_continue)
    jump_client_socket_send (self->connection->socket, CONTINUE, strlen (CONTINUE));
  jump_request_head_clear (&head);
  return is_admitted;
}

/* ---- bodies ---- */

static void
make_room (JumpIncomingRequest *self, gsize wanted)
{
  if (wanted <= self->body_room)
    return;
  self->body = g_realloc (self->body, wanted);
  self->body_room = wanted;
}

static void
append_body (JumpIncomingRequest *self, const char *data, gsize length)
{
  if (length > 0) /* else there may be no memory either */
    memcpy (self->body + self->body_length, data, length);
  self->body_length += length;
}

/* Straight from the socket into the place where the body stays. FALSE: @self is gone or answered. */
static gboolean
read_body (JumpIncomingRequest *self)
{
  while (self->body_length < self->body_expected)
    {
      gssize n_read;

      if (self->body_length == self->body_room)
        make_room (self, self->body_expected);
      n_read = jump_client_socket_receive (self->connection->socket,
                                           self->body + self->body_length,
                                           self->body_room - self->body_length);
      if (n_read < 0)
        return TRUE;
      if (n_read == 0)
        {
          jump_client_connection_close (self->connection); /* frees us */
          return FALSE;
        }
      self->body_length += (gsize) n_read;
    }
  answer (self);
  return FALSE;
}

/* FALSE: @self is answered. */
static gboolean
take_chunks (JumpIncomingRequest *self, const char *data, gsize length)
{
  while (length > 0)
    {
      const char *piece = NULL;
      gsize piece_length = 0;
      gsize used = 0;
      JumpChunkStep step =
          jump_chunk_decoder_take (&self->chunks, data, length, &used, &piece, &piece_length);

      if (step == JUMP_CHUNKS_BROKEN)
        {
          refuse (self, FALSE, 400, "invalid_http", "the chunks of the body are broken", NULL);
          return FALSE;
        }
      if (self->body_length + piece_length > self->rules->body_limit)
        {
          refuse_size (self);
          return FALSE;
        }
      if (self->body_length + piece_length > self->body_room)
        make_room (self, MAX (2 * self->body_room, self->body_length + piece_length));
      append_body (self, piece, piece_length);
      data += used;
      length -= used;
      if (step == JUMP_CHUNKS_END)
        {
          jump_client_socket_unread (self->connection->socket, data, length);
          answer (self);
          return FALSE;
        }
    }
  return TRUE;
}

/* What follows the head. FALSE: @self is gone or answered. */
static gboolean
take_rest (JumpIncomingRequest *self, const char *data, gsize length)
{
  gsize n_body;

  if (self->is_chunked)
    return take_chunks (self, data, length);
  n_body = MIN (length, self->body_expected);
  make_room (self, MIN (self->body_expected, MAX (FIRST_BODY_BUFFER, n_body)));
  append_body (self, data, n_body);
  jump_client_socket_unread (self->connection->socket, data + n_body, length - n_body);
  return read_body (self);
}

/* FALSE: @self is gone or answered. */
static gboolean
take_head_bytes (JumpIncomingRequest *self, const char *data, gsize length)
{
  g_autoptr (GByteArray) head = NULL;
  gsize end;
  gsize before = 0;

  /* The usual head comes whole and is read where it lies. */
  if (self->head != NULL)
    {
      before = self->head->len;
      g_byte_array_append (self->head, (const guint8 *) data, (guint) length);
      data = (const char *) self->head->data;
      length = self->head->len;
    }
  end = jump_request_head_find_end (data, length, before);
  if (end == 0 && length > JUMP_LIMIT_REQUEST_HEAD)
    {
      refuse (self, FALSE, 431, "head_too_large", "the request's head is too large", NULL);
      return FALSE;
    }
  if (end == 0)
    {
      if (self->head == NULL)
        {
          self->head = g_byte_array_sized_new ((guint) length * 2);
          g_byte_array_append (self->head, (const guint8 *) data, (guint) length);
        }
      return TRUE;
    }
  head = g_steal_pointer (&self->head); /* @data may lie in it */
  return take_head (self, data, end) && take_rest (self, data + end, length - end);
}

/**
 * jump_incoming_request_new:
 * @rules: what to judge by; must outlive the connection
 * @connection: whose bytes are read
 *
 * Returns: (transfer full)
 */
JumpIncomingRequest *
jump_incoming_request_new (const JumpIncomingRules *rules, JumpClientConnection *connection)
{
  JumpIncomingRequest *self = g_new0 (JumpIncomingRequest, 1);

  self->rules = rules;
  self->connection = connection;
  self->request.dialect = jump_dialect_get (JUMP_DIALECT_CHAT);
  self->started = g_get_monotonic_time ();
  return self;
}

void
jump_incoming_request_read (JumpIncomingRequest *self)
{
  char buffer[READ_SIZE];
  gboolean go_on = TRUE;

  while (go_on)
    {
      gssize n_read;

      if (self->route != NULL && !self->is_chunked)
        {
          read_body (self);
          return;
        }
      n_read = jump_client_socket_receive (self->connection->socket, buffer, sizeof buffer);
      if (n_read < 0)
        return;
      if (n_read == 0)
        {
          jump_client_connection_close (self->connection); /* frees us */
          return;
        }
      go_on = self->route == NULL ? take_head_bytes (self, buffer, (gsize) n_read)
                                  : take_chunks (self, buffer, (gsize) n_read);
    }
}

void
jump_incoming_request_free (JumpIncomingRequest *self)
{
  jump_client_request_clear (&self->request);
  g_clear_pointer (&self->head, g_byte_array_unref);
  g_free (self->body);
  g_free (self->reply_lines);
  g_free (self);
}
