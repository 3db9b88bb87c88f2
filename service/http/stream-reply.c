/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "config.h"

#include "service/http/stream-reply.h"

#include "service/base/limits.h"
#include "service/http/connection-pool.h"

#include <libsoup/soup.h>
#include <string.h>

/* Room in front of a chunk for its size line: eight hexadecimal digits, CR, LF. */
#define CHUNK_PREFIX 10
/* From here on nothing is gained by waiting for more, and a client that does not read is known
 * before more is asked for. */
#define SEND_AT_ONCE 8192
/* Room for a head or some events: GLib makes 512 bytes of it. */
#define FIRST_BUFFER 500
/* Buffers above this are given back when they are empty: most streams never need more, and of a
 * thousand that once did only a few are busy at a time. */
#define KEEP_BUFFER 4096

struct _JumpStreamReply
{
  JumpReplySink sink; /* first */

  JumpClientConnection *connection; /* (unowned): we hold its reply */
  JumpStreamReplyOptions options;
  JumpStreamReplyDoneFunc on_done;
  gpointer done_data;
  const JumpReplySinkEvents *events; /* (nullable) */
  gpointer events_data;

  GString *chunk; /* (owned): what was written since the last flush, behind room for its size */
  GString *wire;  /* (owned): framed bytes */
  gsize wire_offset;
  gsize buffer_limit; /* bytes that are kept for a client that does not read */
  guint status;
  guint64 bytes;
  gboolean is_chunked;
  gboolean has_ended;
  gboolean is_stalled; /* the socket did not take everything */
  gboolean is_braked;  /* on_drained is owed */
};

static void on_flush_due (gpointer user_data);
static void on_connection_hangup (gpointer user_data);

/* libsoup names the usual ones. */
static const char *
get_phrase (guint status)
{
  switch (status)
    {
    case 421:
      return "Misdirected Request";
    case 422:
      return "Unprocessable Content";
    case 429:
      return "Too Many Requests";
    case 431:
      return "Request Header Fields Too Large";
    case 466:
      return "Client Version Not Supported";
    default:
      return soup_status_get_phrase (status);
    }
}

static gsize
count_buffered (JumpStreamReply *self)
{
  return self->wire->len - self->wire_offset + self->chunk->len - CHUNK_PREFIX;
}

static void
set_stalled (JumpStreamReply *self, gboolean is_stalled)
{
  self->is_stalled = is_stalled;
  jump_client_connection_set_stalled (self->connection, is_stalled);
}

static void
finish (JumpStreamReply *self, gboolean complete)
{
  JumpClientConnection *connection = self->connection;

  jump_poller_cancel_deferred (connection->pool->poller, on_flush_due, self);
  jump_poller_cancel_deferred (connection->pool->poller, on_connection_hangup, self);
  connection->reply_events = NULL;
  self->on_done (self->status, self->bytes, complete, self->done_data);
  if (complete)
    jump_client_connection_end_reply (connection,
                                      self->options.keep_alive,
                                      self->options.request_was_read);
  else
    jump_client_connection_close (connection);
  g_string_free (self->chunk, TRUE);
  g_string_free (self->wire, TRUE);
  g_free (self);
}

/* A client that does not read may stay for minutes: it keeps no more than what it is owed. Large
 * replies, which came in one piece, are not copied again and again. */
static void
trim_buffers (JumpStreamReply *self)
{
  gsize length = self->wire->len - self->wire_offset;

  if (length <= 2 * self->buffer_limit)
    {
      GString *rest = g_string_new_len (self->wire->str + self->wire_offset, (gssize) length);

      g_string_free (self->wire, TRUE);
      self->wire = rest;
      self->wire_offset = 0;
    }
  g_string_free (self->chunk, TRUE);
  self->chunk = g_string_sized_new (CHUNK_PREFIX);
  g_string_set_size (self->chunk, CHUNK_PREFIX);
}

/* Turns what was collected into wire bytes. The buffers change places when nothing is in front. */
static void
frame_chunk (JumpStreamReply *self)
{
  gsize length = self->chunk->len - CHUNK_PREFIX;
  char size_line[CHUNK_PREFIX + 1];
  gsize size_length;
  gsize start;

  if (length == 0)
    return;
  start = CHUNK_PREFIX;
  if (self->is_chunked)
    {
      size_length =
          (gsize) g_snprintf (size_line, sizeof size_line, "%" G_GSIZE_MODIFIER "x\r\n", length);
      start = CHUNK_PREFIX - size_length;
      memcpy (self->chunk->str + start, size_line, size_length);
      g_string_append_len (self->chunk, "\r\n", 2);
    }
  if (self->wire->len == self->wire_offset)
    {
      GString *empty = self->wire;

      self->wire = self->chunk;
      self->wire_offset = start;
      self->chunk = empty;
    }
  else
    g_string_append_len (self->wire, self->chunk->str + start, (gssize) (self->chunk->len - start));
  g_string_set_size (self->chunk, CHUNK_PREFIX);
}

static void
shrink_wire (JumpStreamReply *self)
{
  self->wire_offset = 0;
  if (self->wire->allocated_len > KEEP_BUFFER)
    {
      g_string_free (self->wire, TRUE);
      self->wire = g_string_sized_new (FIRST_BUFFER);
    }
  else
    g_string_truncate (self->wire, 0);
}

static void
client_is_gone (JumpStreamReply *self)
{
  const JumpReplySinkEvents *events = g_steal_pointer (&self->events);

  /* Whoever writes hears it first, and must not write or end any more. */
  if (events != NULL && !self->has_ended)
    events->on_gone (self->events_data);
  finish (self, FALSE);
}

/* Sends what the socket takes. Returns: FALSE when the connection is gone. */
static gboolean
send_wire (JumpStreamReply *self)
{
  gssize n_sent;

  while (self->wire->len > self->wire_offset)
    {
      n_sent = jump_client_socket_send (self->connection->socket,
                                        self->wire->str + self->wire_offset,
                                        self->wire->len - self->wire_offset);
      if (n_sent < 0)
        return FALSE;
      self->wire_offset += (gsize) n_sent;
      if (self->wire->len > self->wire_offset)
        {
          set_stalled (self, TRUE);
          trim_buffers (self);
          return TRUE;
        }
    }
  set_stalled (self, FALSE);
  shrink_wire (self);
  return TRUE;
}

static void
flush (JumpStreamReply *self)
{
  frame_chunk (self);
  if (self->has_ended && self->is_chunked)
    {
      g_string_append (self->wire, "0\r\n\r\n");
      self->is_chunked = FALSE;
    }
  if (!send_wire (self))
    {
      client_is_gone (self);
      return;
    }
  if (self->is_stalled)
    return;
  if (self->has_ended)
    {
      finish (self, TRUE);
      return;
    }
  if (self->is_braked)
    {
      self->is_braked = FALSE;
      if (self->events != NULL)
        self->events->on_drained (self->events_data);
    }
}

static void
on_flush_due (gpointer user_data)
{
  flush (user_data);
}

static void
on_connection_writable (gpointer user_data)
{
  flush (user_data);
}

static void
on_connection_hangup (gpointer user_data)
{
  JumpStreamReply *self = user_data;

  /* A client may close its sending end and still read what is on its way. */
  if (!self->has_ended && self->events != NULL)
    client_is_gone (self);
}

static void
on_connection_timeout (gpointer user_data)
{
  client_is_gone (user_data);
}

static const JumpConnectionReplyEvents connection_events = {
  .on_writable = on_connection_writable,
  .on_hangup = on_connection_hangup,
  .on_timeout = on_connection_timeout,
};

static void
jump_stream_reply_head (JumpReplySink *sink,
                        guint status,
                        const char *const *headers,
                        gssize length)
{
  JumpStreamReply *self = (JumpStreamReply *) sink;
  JumpConnectionPool *pool = self->connection->pool;
  GString *wire = self->wire;

  self->status = status;
  if (length < 0 && self->options.is_http10)
    self->options.keep_alive = FALSE;
  if (!self->options.request_was_read || pool->is_draining)
    self->options.keep_alive = FALSE;
  g_string_append_printf (wire,
                          "HTTP/1.1 %u %s\r\nDate: %s\r\nX-Jumpseat-Version: " JUMPSEAT_VERSION
                          "\r\n",
                          status,
                          get_phrase (status),
                          jump_connection_pool_get_date (pool));
  for (gsize i = 0; headers != NULL && headers[i] != NULL; i += 2)
    {
      g_string_append (wire, headers[i]);
      g_string_append_len (wire, ": ", 2);
      g_string_append (wire, headers[i + 1]);
      g_string_append_len (wire, "\r\n", 2);
    }
  if (self->options.head_lines != NULL)
    g_string_append (wire, self->options.head_lines);
  if (status == SOUP_STATUS_NO_CONTENT)
    self->is_chunked = FALSE; /* neither length nor body (RFC 9110 8.6) */
  else if (length >= 0)
    g_string_append_printf (wire, "Content-Length: %" G_GSSIZE_FORMAT "\r\n", length);
  else if (!self->options.is_http10)
    {
      g_string_append (wire, "Transfer-Encoding: chunked\r\n");
      self->is_chunked = !self->options.is_head;
    }
  if (!self->options.keep_alive)
    g_string_append (wire, "Connection: close\r\n");
  else if (self->options.is_http10)
    g_string_append (wire, "Connection: keep-alive\r\n");
  g_string_append_len (wire, "\r\n", 2);
  jump_poller_defer (pool->poller, on_flush_due, self);
}

static gboolean
jump_stream_reply_write (JumpReplySink *sink, const char *data, gsize length)
{
  JumpStreamReply *self = (JumpStreamReply *) sink;

  self->bytes += length;
  if (!self->options.is_head && length > 0)
    {
      g_string_append_len (self->chunk, data, (gssize) length);
      jump_poller_defer (self->connection->pool->poller, on_flush_due, self);
      if (self->chunk->len >= SEND_AT_ONCE && !self->is_stalled)
        {
          frame_chunk (self);
          (void) send_wire (self); /* a failure shows again when the rest is sent */
        }
    }
  if (self->is_stalled || count_buffered (self) > self->buffer_limit)
    self->is_braked = TRUE;
  return !self->is_braked;
}

static void
jump_stream_reply_end (JumpReplySink *sink)
{
  JumpStreamReply *self = (JumpStreamReply *) sink;

  self->has_ended = TRUE;
  self->events = NULL;
  jump_poller_defer (self->connection->pool->poller, on_flush_due, self);
}

static void
jump_stream_reply_abort (JumpReplySink *sink)
{
  JumpStreamReply *self = (JumpStreamReply *) sink;

  self->events = NULL;
  self->has_ended = TRUE;
  finish (self, FALSE);
}

static void
jump_stream_reply_set_events (JumpReplySink *sink,
                              const JumpReplySinkEvents *events,
                              gpointer user_data)
{
  JumpStreamReply *self = (JumpStreamReply *) sink;

  self->events = events;
  self->events_data = user_data;
  /* The client may have left while its request was read. */
  if (events != NULL && jump_client_socket_has_hung_up (self->connection->socket))
    jump_poller_defer (self->connection->pool->poller, on_connection_hangup, self);
}

static void
jump_stream_reply_set_buffer (JumpReplySink *sink, gsize bytes)
{
  ((JumpStreamReply *) sink)->buffer_limit = bytes;
}

static const JumpReplySinkClass stream_reply_class = {
  .head = jump_stream_reply_head,
  .write = jump_stream_reply_write,
  .end = jump_stream_reply_end,
  .abort = jump_stream_reply_abort,
  .set_events = jump_stream_reply_set_events,
  .set_buffer = jump_stream_reply_set_buffer,
};

/**
 * jump_stream_reply_new:
 * @connection: whose request is answered
 * @options: what the request allows
 * @on_done: called once at the end, however it ended
 * @user_data: for @on_done
 *
 * Returns: (transfer none): a sink that frees itself at its end
 */
JumpReplySink *
jump_stream_reply_new (JumpClientConnection *connection,
                       const JumpStreamReplyOptions *options,
                       JumpStreamReplyDoneFunc on_done,
                       gpointer user_data)
{
  JumpStreamReply *self = g_new0 (JumpStreamReply, 1);

  self->sink.class = &stream_reply_class;
  self->connection = connection;
  self->options = *options;
  self->buffer_limit = JUMP_LIMIT_STREAM_BUFFER;
  self->on_done = on_done;
  self->done_data = user_data;
  self->chunk = g_string_sized_new (FIRST_BUFFER);
  g_string_set_size (self->chunk, CHUNK_PREFIX);
  self->wire = g_string_sized_new (FIRST_BUFFER);
  jump_client_connection_start_reply (connection, &connection_events, self);
  return &self->sink;
}
