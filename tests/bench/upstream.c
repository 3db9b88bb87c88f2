/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

/* The upstream of the benchmark: GitHub and Copilot reduced to what a proxy in front of them
 * needs, as cheap as it can be, so that what is measured is the proxy. One thread, one epoll set.
 *
 *   bench-upstream PORT [API-URL]     API-URL: what the token answer calls endpoints.api
 */

#include "tests/bench/stamp.h"
#include "tests/bench/upstream-replies.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

/* Of a body only so much is looked at for the marker; the rest is counted and dropped. */
#define BODY_KEPT 16384
#define HEAD_MAX  32768
#define READ_SIZE 262144

typedef struct
{
  int fd;
  GString *in;    /* (owned) the head, then the first bytes of the body */
  gsize head;     /* length of the head, 0 while it is not complete */
  guint64 body;   /* length of the body */
  guint64 got;    /* bytes of the body that came */
  GString *out;   /* (owned) not yet written */
  gsize written;  /* of @out */
  guint left;     /* chunks of the running stream */
  guint batch;    /* chunks at a time */
  guint size;     /* bytes of a chunk */
  guint64 period; /* ns between batches, 0: as fast as it goes */
  guint64 due;    /* when the next batch is sent */
  guint slot;     /* place in the heap of streams, from 1; 0: not there */
  gboolean streaming;
  gboolean wants_out;
} Connection;

typedef struct
{
  int epoll;
  int listener;
  GPtrArray *heap; /* (owned) streams by due time, (element-type Connection), from index 1 */
  char *api_url;   /* (owned) */
  guint started;   /* streams so far: spreads their phases */
  char *buffer;    /* (owned) READ_SIZE */
} Upstream;

/* A binary heap, so that a thousand streams cost what ten do. */

static Connection *
heap_at (Upstream *self, guint slot)
{
  return g_ptr_array_index (self->heap, slot);
}

static void
heap_put (Upstream *self, guint slot, Connection *connection)
{
  g_ptr_array_index (self->heap, slot) = connection;
  connection->slot = slot;
}

static void
heap_settle (Upstream *self, guint slot)
{
  Connection *moving = heap_at (self, slot);

  while (slot > 1 && heap_at (self, slot / 2)->due > moving->due)
    {
      heap_put (self, slot, heap_at (self, slot / 2));
      slot /= 2;
    }
  for (guint child = slot * 2; child < self->heap->len; child = slot * 2)
    {
      if (child + 1 < self->heap->len &&
          heap_at (self, child + 1)->due < heap_at (self, child)->due)
        child++;
      if (heap_at (self, child)->due >= moving->due)
        break;
      heap_put (self, slot, heap_at (self, child));
      slot = child;
    }
  heap_put (self, slot, moving);
}

static void
heap_add (Upstream *self, Connection *connection)
{
  g_ptr_array_add (self->heap, connection);
  connection->slot = self->heap->len - 1;
  heap_settle (self, connection->slot);
}

static void
heap_remove (Upstream *self, Connection *connection)
{
  guint slot = connection->slot;
  Connection *last = heap_at (self, self->heap->len - 1);

  if (slot == 0)
    return;
  connection->slot = 0;
  g_ptr_array_set_size (self->heap, (int) self->heap->len - 1);
  if (last != connection)
    {
      heap_put (self, slot, last);
      heap_settle (self, slot);
    }
}

static void
connection_close (Upstream *self, Connection *connection)
{
  heap_remove (self, connection);
  close (connection->fd);
  g_string_free (connection->in, TRUE);
  g_string_free (connection->out, TRUE);
  g_free (connection);
}

static void
connection_watch (Upstream *self, Connection *connection, gboolean wants_out)
{
  struct epoll_event event = { .events = EPOLLIN | EPOLLRDHUP | (wants_out ? EPOLLOUT : 0u),
                               .data.ptr = connection };

  if (connection->wants_out == wants_out)
    return;
  connection->wants_out = wants_out;
  epoll_ctl (self->epoll, EPOLL_CTL_MOD, connection->fd, &event);
}

/* Returns: FALSE when the connection was closed. */
static gboolean
connection_flush (Upstream *self, Connection *connection)
{
  while (connection->written < connection->out->len)
    {
      ssize_t n = send (connection->fd,
                        connection->out->str + connection->written,
                        connection->out->len - connection->written,
                        MSG_NOSIGNAL);

      if (n < 0 && errno == EAGAIN)
        {
          connection_watch (self, connection, TRUE);
          return TRUE;
        }
      if (n < 0)
        {
          connection_close (self, connection);
          return FALSE;
        }
      connection->written += (gsize) n;
    }
  connection_watch (self, connection, FALSE);
  g_string_truncate (connection->out, 0);
  connection->written = 0;
  return TRUE;
}

static void
connection_next_request (Connection *connection)
{
  gsize used = connection->head + (gsize) connection->body;

  g_string_erase (connection->in, 0, (gssize) MIN (used, connection->in->len));
  connection->head = 0;
  connection->body = 0;
  connection->got = 0;
  connection->streaming = FALSE;
}

/* Sends the next batch, or as many as the socket takes when no time lies between them.
 * Returns: FALSE when the connection was closed. */
static gboolean
connection_send_batch (Upstream *self, Connection *connection)
{
  do
    {
      for (guint i = 0; i < connection->batch && connection->left > 0; i++, connection->left--)
        reply_append_chunk (connection->out, connection->size, stamp_now ());
      if (connection->left == 0)
        reply_append_stream_end (connection->out);
      if (!connection_flush (self, connection))
        return FALSE;
    }
  while (connection->left > 0 && connection->period == 0 && !connection->wants_out);

  if (connection->left > 0)
    return TRUE;
  heap_remove (self, connection);
  connection_next_request (connection);
  return TRUE;
}

static gboolean
connection_start_stream (Upstream *self, Connection *connection)
{
  guint64 phase;

  connection->streaming = TRUE;
  reply_append_stream_head (connection->out);
  /* Spread over the period by the golden ratio, so that streams do not march in step. */
  phase = connection->period / 1000 * ((guint64) (self->started++ * 618u) % 1000u);
  connection->due = stamp_now () + phase;
  if (connection->period == 0)
    return connection_send_batch (self, connection);
  heap_add (self, connection);
  return connection_flush (self, connection);
}

/* The request is complete. Returns: FALSE when the connection was closed. */
static gboolean
connection_answer (Upstream *self, Connection *connection)
{
  const char *marker;
  guint n, d, s, b;

  marker = g_strstr_len (connection->in->str + connection->head,
                         (gssize) (connection->in->len - connection->head),
                         "@@n=");
  if (g_str_has_prefix (connection->in->str, "POST ") && marker != NULL &&
      sscanf (marker, STREAM_MARKER, &n, &d, &s, &b) == 4)
    {
      connection->left = MAX (n, 1);
      connection->period = (guint64) d * 1000000u;
      connection->size = s;
      connection->batch = MAX (b, 1);
      return connection_start_stream (self, connection);
    }
  reply_append_plain (connection->out, connection->in->str, self->api_url);
  connection_next_request (connection);
  return connection_flush (self, connection);
}

static gboolean
connection_find_head (Connection *connection)
{
  g_autofree char *lower = NULL;
  const char *end = strstr (connection->in->str, "\r\n\r\n");
  const char *field;

  if (end == NULL)
    return connection->in->len <= HEAD_MAX;
  connection->head = (gsize) (end - connection->in->str) + 4;
  lower = g_ascii_strdown (connection->in->str, (gssize) connection->head);
  field = strstr (lower, "\r\ncontent-length:");
  connection->body = field != NULL ? g_ascii_strtoull (field + 17, NULL, 10) : 0;
  connection->got = connection->in->len - connection->head;
  return strstr (lower, "\r\ntransfer-encoding:") == NULL;
}

/* Returns: FALSE when the connection was closed. */
static gboolean
connection_read (Upstream *self, Connection *connection)
{
  ssize_t n = recv (connection->fd, self->buffer, READ_SIZE, 0);

  if (n < 0 && errno == EAGAIN)
    return TRUE;
  if (n <= 0)
    {
      connection_close (self, connection);
      return FALSE;
    }
  if (connection->head == 0)
    {
      g_string_append_len (connection->in, self->buffer, n);
      if (!connection_find_head (connection))
        {
          connection_close (self, connection);
          return FALSE;
        }
    }
  else
    {
      gsize kept = connection->in->len - connection->head;

      connection->got += (guint64) n;
      if (kept < BODY_KEPT)
        g_string_append_len (connection->in, self->buffer, MIN (n, (gssize) (BODY_KEPT - kept)));
    }
  /* No client of this upstream pipelines, so one request per read is all there can be. */
  if (connection->head > 0 && connection->got >= connection->body && !connection->streaming)
    return connection_answer (self, connection);
  return TRUE;
}

static void
upstream_accept (Upstream *self)
{
  int fd;

  while ((fd = accept4 (self->listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0)
    {
      Connection *connection = g_new0 (Connection, 1);
      struct epoll_event event = { .events = EPOLLIN | EPOLLRDHUP, .data.ptr = connection };
      int on = 1;

      setsockopt (fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
      connection->fd = fd;
      connection->in = g_string_new (NULL);
      connection->out = g_string_new (NULL);
      epoll_ctl (self->epoll, EPOLL_CTL_ADD, fd, &event);
    }
}

static int
upstream_send_due (Upstream *self)
{
  while (self->heap->len > 1)
    {
      Connection *first = heap_at (self, 1);
      guint64 now = stamp_now ();

      if (first->due > now)
        return (int) ((first->due - now + 999999u) / 1000000u);
      first->due += first->period;
      heap_settle (self, 1);
      connection_send_batch (self, first);
    }
  return -1;
}

static void
upstream_run (Upstream *self)
{
  struct epoll_event events[256];

  for (;;)
    {
      int timeout = upstream_send_due (self);
      int n = epoll_wait (self->epoll, events, G_N_ELEMENTS (events), timeout);

      for (int i = 0; i < n; i++)
        {
          Connection *connection = events[i].data.ptr;

          if (connection == NULL)
            upstream_accept (self);
          else if ((events[i].events & EPOLLOUT) == 0 || connection_flush (self, connection))
            {
              if (connection->streaming && connection->period == 0 && !connection->wants_out)
                connection_send_batch (self, connection);
              else if (events[i].events & (EPOLLIN | EPOLLRDHUP | EPOLLHUP | EPOLLERR))
                connection_read (self, connection);
            }
        }
    }
}

int
main (int argc, char **argv)
{
  Upstream self = { 0 };
  struct sockaddr_in address = { .sin_family = AF_INET };
  struct epoll_event event = { .events = EPOLLIN };
  struct rlimit limit;
  int on = 1;

  if (argc < 2)
    {
      fprintf (stderr, "usage: bench-upstream PORT [API-URL]\n");
      return 2;
    }
  if (getrlimit (RLIMIT_NOFILE, &limit) == 0)
    {
      limit.rlim_cur = limit.rlim_max;
      setrlimit (RLIMIT_NOFILE, &limit);
    }
  signal (SIGPIPE, SIG_IGN);
  self.api_url = argc > 2 ? g_strdup (argv[2]) : g_strdup_printf ("http://127.0.0.1:%s", argv[1]);
  self.heap = g_ptr_array_new ();
  g_ptr_array_add (self.heap, NULL);
  self.buffer = g_malloc (READ_SIZE);
  self.epoll = epoll_create1 (EPOLL_CLOEXEC);
  self.listener = socket (AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  setsockopt (self.listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  address.sin_port = htons ((guint16) atoi (argv[1]));
  address.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  if (bind (self.listener, (struct sockaddr *) &address, sizeof address) != 0 ||
      listen (self.listener, 4096) != 0)
    {
      perror ("bench-upstream");
      return 1;
    }
  epoll_ctl (self.epoll, EPOLL_CTL_ADD, self.listener, &event);
  upstream_run (&self);
  return 0;
}
