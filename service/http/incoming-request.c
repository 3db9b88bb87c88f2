/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#define G_LOG_DOMAIN "jumpseat-http"

#include "service/http/incoming-request.h"

#include "service/base/limits.h"
#include "service/base/random.h"
#include "service/http/admission.h"
#include "service/http/coded-request.h"
#include "service/http/connection-pool.h"
#include "service/http/content-coding.h"
#include "service/http/http-reply.h"
#include "service/http/peer-address.h"
#include "service/http/recorded-headers.h"
#include "service/http/request-body.h"
#include "service/http/request-head.h"
#include "service/http/request-log.h"
#include "service/http/root-page.h"
#include "service/http/stream-reply.h"

#include <string.h>

/* Read at once, on the stack: small requests are whole in one. */
#define READ_SIZE (16 * 1024)
#define CONTINUE  "HTTP/1.1 100 Continue\r\n\r\n"

struct _JumpIncomingRequest
{
  const JumpIncomingRules *rules;   /* (unowned) */
  JumpClientConnection *connection; /* (unowned): owns us while we read */
  JumpClientRequest request;
  JumpStreamReplyOptions options;
  const JumpRoute *route; /* (nullable): NULL until the head was read */
  char *reply_lines;      /* (owned) (nullable): of the reply's head */
  gint64 started;         /* monotonic µs */

  GByteArray *head;    /* (owned) (nullable): a head that came in pieces */
  gsize body_expected; /* the Content-Length */
  gboolean is_chunked;
  JumpRequestBody body; /* (owned): begins behind the head */
};

/* ---- answering ---- */

static void
on_reply_done (guint status, guint64 bytes, gboolean complete, gpointer user_data)
{
  JumpIncomingRequest *self = user_data;
  JumpRequestLogEntry entry = {
    .request = &self->request,
    .route = self->route,
    .started = self->started,
    .status = status,
    .bytes = bytes,
    .is_complete = complete,
  };

  if (!self->request.is_relayed)
    jump_request_log_write (&entry);
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
  request->body = jump_request_body_finish (&self->body);
  request->sink = jump_stream_reply_new (self->connection, &self->options, on_reply_done, self);
  return request;
}

static void
answer (JumpIncomingRequest *self)
{
  JumpHttpContext *context = self->rules->context;
  JumpClientRequest *request = start_reply (self, TRUE);

  if (jump_content_coding_is_set (request->content_encoding))
    jump_coded_request_answer (context, request, self->route, self->body.limit);
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
  /* Not for a wrong name: the page that made it up could read that. */
  gboolean is_page = status == 403 && self->route != NULL &&
                     self->route->access == JUMP_ACCESS_PAGE &&
                     jump_client_request_accepts_html (&self->request);

  if (is_page)
    jump_root_page_refuse (start_reply (self, was_read), status, reason);
  else
    jump_http_reply_refusal (start_reply (self, was_read), status, code, reason, allow);
}

static gsize
choose_body_limit (JumpIncomingRequest *self)
{
  JumpAccessClass access = self->route->access;

  if (self->route->body_limit > 0)
    return self->route->body_limit;
  if (access == JUMP_ACCESS_MODEL)
    return self->rules->body_limit;
  return access == JUMP_ACCESS_CONTROL ? self->rules->control_body_limit : JUMP_LIMIT_OPEN_BODY;
}

static void
refuse_size (JumpIncomingRequest *self)
{
  const char *setting = self->route->body_limit > 0                ? ""
                        : self->route->access == JUMP_ACCESS_MODEL ? " (setting server.body_limit)"
                        : self->route->access == JUMP_ACCESS_CONTROL
                            ? " (setting limits.control_body)"
                            : "";
  g_autofree char *text =
      g_strdup_printf ("the request body is larger than %" G_GSIZE_FORMAT " bytes%s",
                       choose_body_limit (self),
                       setting);

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

/* Of those who spend something. It may be known after the request is under way. */
static void
note_process (JumpIncomingRequest *self)
{
  JumpClientConnection *connection = self->connection;
  JumpProcessFinder *finder = self->rules->context->processes;

  if (self->route->access != JUMP_ACCESS_MODEL || finder == NULL)
    return;
  if (connection->process == NULL)
    {
      connection->process = jump_client_process_new ();
      if (connection->peer_pid != 0)
        jump_client_process_set_text (connection->process,
                                      jump_process_finder_name (finder, connection->peer_pid));
      else
        jump_process_finder_find (finder, connection->peer_inode, connection->process);
    }
  self->request.process = jump_client_process_ref (connection->process);
}

/* FALSE: refused, and @self is the reply's. */
static gboolean
admit (JumpIncomingRequest *self, const JumpRequestHead *head)
{
  const JumpIncomingRules *rules = self->rules;
  gboolean was_read = !head->is_chunked && head->content_length == 0;
  g_auto (JumpAdmission) admission = { 0 };
  const JumpAccessVerdict *verdict = &admission.verdict;

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
    jump_http_reply_empty (start_reply (self, was_read), NULL);
  else if (verdict->is_wrong_guess)
    refuse_guess (self, was_read, verdict);
  else if (verdict->status != 0)
    refuse (self, was_read, verdict->status, verdict->code, verdict->reason, NULL);
  else if (self->route == NULL)
    refuse_route (self, was_read, admission.allow);
  else if (head->content_length > choose_body_limit (self))
    refuse_size (self);
  else if (!jump_content_coding_is_known (self->request.content_encoding))
    refuse_coding (self, was_read);
  else
    {
      note_process (self);
      return TRUE;
    }
  return FALSE;
}

static void
copy_head (JumpIncomingRequest *self, JumpRequestHead *head)
{
  jump_client_request_take_head (&self->request, head);
  self->options.is_http10 = head->is_http10;
  self->options.is_head = g_strcmp0 (self->request.method, "HEAD") == 0;
  self->options.keep_alive = head->keep_alive;
  self->is_chunked = head->is_chunked;
  self->body_expected = head->content_length;
}

/* FALSE: the connection is gone. */
static gboolean
send_continue (JumpIncomingRequest *self)
{
  gssize n_sent = jump_client_socket_send (self->connection->socket, CONTINUE, strlen (CONTINUE));

  if (n_sent == (gssize) strlen (CONTINUE))
    return TRUE;
  jump_client_connection_close (self->connection); /* frees us */
  return FALSE;
}

static void
guess_dialect (JumpIncomingRequest *self, const char *data, gsize length)
{
  const JumpIncomingRules *rules = self->rules;

  self->request.dialect = jump_dialect_get (
      jump_router_guess_dialect_of_head (rules->routes, rules->n_routes, data, length));
}

static void
refuse_head_size (JumpIncomingRequest *self, const char *data, gsize length)
{
  g_autofree char *text = g_strdup_printf ("the request's head is larger than %" G_GSIZE_FORMAT
                                           " bytes (setting limits.head_bytes)",
                                           self->rules->head_bytes);

  guess_dialect (self, data, length);
  refuse (self, FALSE, 431, "head_too_large", text, NULL);
}

/* FALSE: refused, and @self is the reply's. */
static gboolean
take_head (JumpIncomingRequest *self, const char *data, gsize length)
{
  JumpRequestHead head;
  const char *reason = NULL;
  guint status = jump_request_head_parse (&head, data, length, self->rules->head_fields, &reason);
  gboolean is_admitted = FALSE;
  gboolean is_waiting;

  copy_head (self, &head);
  if (status != 0)
    {
      guess_dialect (self, data, length);
      refuse (self, FALSE, status, status == 431 ? "head_too_large" : "invalid_http", reason, NULL);
    }
  else
    is_admitted = admit (self, &head);
  if (is_admitted && self->route->access == JUMP_ACCESS_MODEL &&
      jump_relay_get_keeps_bodies (self->rules->context->relay))
    self->request.headers = jump_recorded_headers_new (head.headers);
  is_waiting = is_admitted && head.expects_continue;
  jump_request_head_clear (&head);
  return is_admitted && (!is_waiting || send_continue (self));
}

/* ---- bodies ---- */

/* Afterwards @self may be gone. */
static void
follow_body (JumpIncomingRequest *self, JumpBodyStep step)
{
  switch (step)
    {
    case JUMP_BODY_GO_ON:
      break;
    case JUMP_BODY_WHOLE:
      answer (self);
      break;
    case JUMP_BODY_LOST:
      jump_client_connection_close (self->connection); /* frees us */
      break;
    case JUMP_BODY_BROKEN:
      refuse (self, FALSE, 400, "invalid_http", "the chunks of the body are broken", NULL);
      break;
    case JUMP_BODY_TOO_LARGE:
      refuse_size (self);
      break;
    case JUMP_BODY_NO_ROOM:
      refuse (self,
              FALSE,
              503,
              "too_many_bodies",
              "too many large requests are being read, try again in a moment",
              NULL);
      break;
    }
}

static void
take_rest (JumpIncomingRequest *self, const char *data, gsize length)
{
  jump_client_connection_start_body (self->connection);
  jump_request_body_begin (&self->body,
                           self->connection->pool->budget,
                           choose_body_limit (self),
                           self->is_chunked,
                           self->body_expected);
  follow_body (self, jump_request_body_take (&self->body, self->connection->socket, data, length));
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
  if ((end == 0 ? length : end) > self->rules->head_bytes)
    {
      refuse_head_size (self, data, length);
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
  if (take_head (self, data, end))
    take_rest (self, data + end, length - end);
  return FALSE;
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

      if (self->route != NULL)
        {
          follow_body (self, jump_request_body_read (&self->body, self->connection->socket));
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
      go_on = take_head_bytes (self, buffer, (gsize) n_read);
    }
}

/**
 * jump_incoming_request_expire:
 *
 * The time for what is being sent is over. A body that comes steadily gets as much again.
 */
void
jump_incoming_request_expire (JumpIncomingRequest *self)
{
  if (self->route != NULL)
    {
      if (jump_request_body_keeps_pace (&self->body, g_get_monotonic_time ()))
        jump_client_connection_start_body (self->connection);
      else
        refuse (self,
                FALSE,
                408,
                "request_timeout",
                "the request's body did not come in time (setting timeouts.server_read)",
                NULL);
      return;
    }
  if (self->head != NULL)
    guess_dialect (self, (const char *) self->head->data, self->head->len);
  refuse (self,
          FALSE,
          408,
          "request_timeout",
          "the request's headers did not come in time (setting limits.head_seconds)",
          NULL);
}

void
jump_incoming_request_free (JumpIncomingRequest *self)
{
  jump_client_request_clear (&self->request);
  g_clear_pointer (&self->head, g_byte_array_unref);
  jump_request_body_clear (&self->body);
  g_free (self->reply_lines);
  g_free (self);
}
