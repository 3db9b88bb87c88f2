/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

/* The load generator of the benchmark: one thread, one epoll set, connections that are kept. It
 * reads what the programs under test used (-P) before and after, and prints one line of JSON.
 *
 *   bench-load -p PORT [-u PATH] [-c CONNECTIONS] [-n REQUESTS] [-w WARM-UP] [-m MODEL]
 *              [-B BODY-BYTES] [-s -N CHUNKS -d MS [-S SIZE] [-b BATCH]] [-P PID,PID...]
 *              [-t SECONDS]
 *
 * Without -s small questions are answered one after the other on each connection; -B sends bodies
 * of an agent instead. With -s every request is a stream, and the time that each chunk took from
 * the upstream to here is taken from the stamp inside it. */

#include "tests/bench/http-reader.h"
#include "tests/bench/load-body.h"
#include "tests/bench/process-cost.h"
#include "tests/bench/stamp.h"

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

#define READ_SIZE 262144

typedef struct _Load Load;

typedef struct
{
  Load *load;
  int fd;
  HttpReader reader;
  gsize sent;    /* bytes of the request */
  guint64 asked; /* when the request was started */
  guint64 heard; /* when the first chunk came, 0 before */
  guint64 now;   /* when the bytes in hand were read */
  char tail[STAMP_LENGTH];
  gsize tail_length; /* a stamp that is not complete */
  gboolean wants_out;
} Connection;

struct _Load
{
  /* what to do */
  int port;
  char *path;  /* (owned) */
  char *model; /* (owned) */
  int connections, requests, warm_up, body_bytes, chunks, period, size, batch, seconds;
  gboolean stream;
  GArray *pids; /* (owned) (element-type int) */
  /* the work */
  int epoll;
  char *request; /* (owned) head and body */
  gsize request_length;
  char *buffer; /* (owned) READ_SIZE */
  guint started, finished, errors;
  gboolean measuring;
  guint64 deadline, begin, next_sample;
  guint64 chunks_seen;
  guint64 rss_kb; /* the most that was seen */
  ProcessCost before;
  GArray *latencies;     /* (owned) (element-type guint64) ns: request to its end */
  GArray *first_bytes;   /* (owned) (element-type guint64) ns: request to its first chunk */
  GArray *chunk_latency; /* (owned) (element-type guint64) ns: upstream to here */
};

static int
compare_times (gconstpointer a, gconstpointer b)
{
  guint64 x = *(const guint64 *) a, y = *(const guint64 *) b;

  return x < y ? -1 : x > y;
}

/* In µs; @times must be sorted. */
static double
percentile (GArray *times, double share)
{
  if (times->len == 0)
    return 0;
  return (double) g_array_index (times, guint64, (guint) (share * (times->len - 1))) / 1000.0;
}

static gboolean
connection_open (Connection *self)
{
  struct sockaddr_in address = { .sin_family = AF_INET };
  struct epoll_event event = { .events = EPOLLIN, .data.ptr = self };
  int on = 1;

  address.sin_port = htons ((guint16) self->load->port);
  address.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  self->fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (self->fd < 0 || connect (self->fd, (struct sockaddr *) &address, sizeof address) != 0)
    return FALSE;
  setsockopt (self->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  self->wants_out = FALSE;
  return epoll_ctl (self->load->epoll, EPOLL_CTL_ADD, self->fd, &event) == 0;
}

static void
connection_watch (Connection *self, gboolean wants_out)
{
  struct epoll_event event = { .events = EPOLLIN | (wants_out ? EPOLLOUT : 0u), .data.ptr = self };

  if (self->wants_out == wants_out)
    return;
  self->wants_out = wants_out;
  epoll_ctl (self->load->epoll, EPOLL_CTL_MOD, self->fd, &event);
}

static void
connection_send (Connection *self)
{
  Load *load = self->load;

  while (self->sent < load->request_length)
    {
      ssize_t n = send (self->fd,
                        load->request + self->sent,
                        load->request_length - self->sent,
                        MSG_NOSIGNAL | MSG_DONTWAIT);

      if (n < 0)
        break; /* EAGAIN, or an error that the next read tells */
      self->sent += (gsize) n;
    }
  connection_watch (self, self->sent < load->request_length);
}

static void
connection_start (Connection *self)
{
  Load *load = self->load;

  if (load->started >= (guint) (load->measuring ? load->requests : load->warm_up))
    return;
  load->started++;
  self->sent = 0;
  self->heard = 0;
  self->tail_length = 0;
  self->asked = stamp_now ();
  http_reader_reset (&self->reader);
  connection_send (self);
}

static void
connection_end (Connection *self, gboolean good)
{
  Load *load = self->load;
  guint64 took = stamp_now () - self->asked;

  load->finished++;
  if (!good)
    {
      load->errors++;
      close (self->fd);
      if (!connection_open (self))
        {
          perror ("bench-load");
          exit (1);
        }
    }
  else if (load->measuring)
    g_array_append_val (load->latencies, took);
  connection_start (self);
}

static void
connection_take_stamp (Connection *self, const char *digits)
{
  Load *load = self->load;
  guint64 took = self->now - MIN (self->now, stamp_read (digits));

  load->chunks_seen++;
  if (self->heard == 0)
    {
      guint64 first = self->now - self->asked;

      self->heard = self->now;
      g_array_append_val (load->first_bytes, first);
    }
  g_array_append_val (load->chunk_latency, took);
}

/* Finds stamps in the body, also where one lies across two pieces. */
static void
on_body_read (const char *data, gsize length, gpointer user_data)
{
  Connection *self = user_data;
  const char *end = data + length;
  const char *at = data;

  if (!self->load->stream || !self->load->measuring)
    return;
  while (self->tail_length > 0 && at < end)
    {
      self->tail[self->tail_length++] = *at++;
      if (self->tail_length == 2 && memcmp (self->tail, STAMP_MARK, 2) != 0)
        self->tail_length = 0;
      else if (self->tail_length == STAMP_LENGTH)
        {
          connection_take_stamp (self, self->tail + 2);
          self->tail_length = 0;
        }
    }
  while (at < end && (at = memchr (at, STAMP_MARK[0], (gsize) (end - at))) != NULL)
    {
      if (end - at < STAMP_LENGTH)
        {
          if (end - at == 1 || at[1] == STAMP_MARK[1])
            {
              self->tail_length = (gsize) (end - at);
              memcpy (self->tail, at, self->tail_length);
              return;
            }
          at++;
        }
      else if (at[1] == STAMP_MARK[1])
        {
          connection_take_stamp (self, at + 2);
          at += STAMP_LENGTH;
        }
      else
        at++;
    }
}

static void
connection_read (Connection *self)
{
  Load *load = self->load;
  ssize_t n = recv (self->fd, load->buffer, READ_SIZE, MSG_DONTWAIT);

  if (n < 0 && errno == EAGAIN)
    return;
  self->now = stamp_now ();
  if (n <= 0 || !http_reader_feed (&self->reader, load->buffer, (gsize) n, on_body_read, self))
    connection_end (self, FALSE);
  else if (self->reader.state == READER_DONE)
    connection_end (self, self->reader.status == 200);
}

/* Memory is looked at five times a second: while streams run that is what they cost. */
static int
load_sample (Load *self)
{
  guint64 now = stamp_now ();

  if (now >= self->next_sample)
    {
      ProcessCost cost;

      process_cost_read (self->pids, &cost);
      self->rss_kb = MAX (self->rss_kb, cost.rss_kb);
      self->next_sample = now + 200000000u;
    }
  return 200;
}

static gboolean
load_run (Load *self, Connection *all, guint target)
{
  struct epoll_event events[256];

  self->started = self->finished = 0;
  for (int i = 0; i < self->connections; i++)
    connection_start (&all[i]);
  while (self->finished < target)
    {
      int n = epoll_wait (self->epoll, events, G_N_ELEMENTS (events), load_sample (self));

      for (int i = 0; i < n; i++)
        {
          Connection *connection = events[i].data.ptr;

          if (events[i].events & EPOLLOUT)
            connection_send (connection);
          if (events[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR))
            connection_read (connection);
        }
      if (stamp_now () > self->deadline)
        return FALSE;
    }
  return TRUE;
}

static void
load_report (Load *self, gboolean complete)
{
  ProcessCost after;
  double seconds = (double) (stamp_now () - self->begin) / 1e9;
  guint64 units = self->stream ? self->chunks_seen : self->latencies->len;
  double cpu;

  process_cost_read (self->pids, &after);
  cpu = (double) process_cost_cpu_ns (&self->before, &after) / 1000.0;
  self->rss_kb = MAX (self->rss_kb, after.rss_kb);
  g_array_sort (self->latencies, compare_times);
  g_array_sort (self->first_bytes, compare_times);
  g_array_sort (self->chunk_latency, compare_times);
  printf ("{\"complete\":%s,\"requests\":%u,\"errors\":%u,\"seconds\":%.3f,"
          "\"units\":%" G_GUINT64_FORMAT ",\"cpu_us\":%.0f,\"cpu_us_per_unit\":%.3f,"
          "\"rss_kb\":%" G_GUINT64_FORMAT ",\"p50_us\":%.1f,\"p99_us\":%.1f,"
          "\"first_p50_us\":%.1f,\"chunk_p50_us\":%.1f,\"chunk_p99_us\":%.1f}\n",
          complete ? "true" : "false",
          self->finished,
          self->errors,
          seconds,
          units,
          cpu,
          units > 0 ? cpu / (double) units : 0.0,
          self->rss_kb,
          percentile (self->latencies, 0.5),
          percentile (self->latencies, 0.99),
          percentile (self->first_bytes, 0.5),
          percentile (self->chunk_latency, 0.5),
          percentile (self->chunk_latency, 0.99));
}

static void
load_make_request (Load *self)
{
  g_autofree char *body = NULL;
  g_autofree char *marker = NULL;

  if (self->stream)
    marker = g_strdup_printf (STREAM_MARKER, self->chunks, self->period, self->size, self->batch);
  body = self->body_bytes > 0 ? load_body_new_agent (self->model, (gsize) self->body_bytes)
                              : load_body_new_small (self->model, marker);
  self->request = g_strdup_printf ("POST %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n"
                                   "User-Agent: bench-load\r\nAccept: */*\r\n"
                                   "Authorization: Bearer bench\r\n"
                                   "Content-Type: application/json\r\n"
                                   "Content-Length: %zu\r\n\r\n%s",
                                   self->path,
                                   self->port,
                                   strlen (body),
                                   body);
  self->request_length = strlen (self->request);
}

static gboolean
load_parse (Load *self, int *argc, char ***argv)
{
  g_autofree char *pids = NULL;
  g_auto (GStrv) words = NULL;
  GOptionEntry entries[] = {
    { "port", 'p', 0, G_OPTION_ARG_INT, &self->port, NULL, NULL },
    { "path", 'u', 0, G_OPTION_ARG_STRING, &self->path, NULL, NULL },
    { "model", 'm', 0, G_OPTION_ARG_STRING, &self->model, NULL, NULL },
    { "connections", 'c', 0, G_OPTION_ARG_INT, &self->connections, NULL, NULL },
    { "requests", 'n', 0, G_OPTION_ARG_INT, &self->requests, NULL, NULL },
    { "warm-up", 'w', 0, G_OPTION_ARG_INT, &self->warm_up, NULL, NULL },
    { "body", 'B', 0, G_OPTION_ARG_INT, &self->body_bytes, NULL, NULL },
    { "stream", 's', 0, G_OPTION_ARG_NONE, &self->stream, NULL, NULL },
    { "chunks", 'N', 0, G_OPTION_ARG_INT, &self->chunks, NULL, NULL },
    { "period", 'd', 0, G_OPTION_ARG_INT, &self->period, NULL, NULL },
    { "size", 'S', 0, G_OPTION_ARG_INT, &self->size, NULL, NULL },
    { "batch", 'b', 0, G_OPTION_ARG_INT, &self->batch, NULL, NULL },
    { "pids", 'P', 0, G_OPTION_ARG_STRING, &pids, NULL, NULL },
    { "seconds", 't', 0, G_OPTION_ARG_INT, &self->seconds, NULL, NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, argc, argv, &error) || self->port == 0)
    {
      fprintf (stderr, "bench-load: %s\n", error != NULL ? error->message : "which port (-p)?");
      return FALSE;
    }
  words = g_strsplit (pids != NULL ? pids : "", ",", -1);
  for (guint i = 0; words[i] != NULL; i++)
    {
      int pid = atoi (words[i]);

      if (pid > 0)
        g_array_append_val (self->pids, pid);
    }
  return TRUE;
}

int
main (int argc, char **argv)
{
  Load self = { .connections = 1,
                .requests = 1000,
                .chunks = 100,
                .period = 20,
                .size = 250,
                .batch = 1,
                .seconds = 120 };
  struct rlimit limit;
  Connection *all;
  gboolean complete;

  self.path = g_strdup ("/v1/chat/completions");
  self.model = g_strdup ("gpt-4.1");
  self.pids = g_array_new (FALSE, FALSE, sizeof (int));
  self.latencies = g_array_new (FALSE, FALSE, sizeof (guint64));
  self.first_bytes = g_array_new (FALSE, FALSE, sizeof (guint64));
  self.chunk_latency = g_array_new (FALSE, FALSE, sizeof (guint64));
  if (!load_parse (&self, &argc, &argv))
    return 2;
  if (getrlimit (RLIMIT_NOFILE, &limit) == 0)
    {
      limit.rlim_cur = limit.rlim_max;
      setrlimit (RLIMIT_NOFILE, &limit);
    }
  signal (SIGPIPE, SIG_IGN);
  load_make_request (&self);
  self.buffer = g_malloc (READ_SIZE);
  self.epoll = epoll_create1 (EPOLL_CLOEXEC);
  all = g_new0 (Connection, self.connections);
  for (int i = 0; i < self.connections; i++)
    {
      all[i].load = &self;
      http_reader_init (&all[i].reader);
      if (!connection_open (&all[i]))
        {
          perror ("bench-load");
          return 1;
        }
    }
  self.deadline = stamp_now () + (guint64) self.seconds * 1000000000u;
  complete = self.warm_up == 0 || load_run (&self, all, (guint) self.warm_up);
  self.measuring = TRUE;
  self.errors = 0;
  self.rss_kb = 0;
  process_cost_read (self.pids, &self.before);
  self.begin = stamp_now ();
  complete = complete && load_run (&self, all, (guint) self.requests);
  load_report (&self, complete);
  return complete && self.errors == 0 ? 0 : 1;
}
