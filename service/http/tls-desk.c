/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#define G_LOG_DOMAIN "jumpseat-http"

#include "service/http/tls-desk.h"

#include "service/http/deadline-queue.h"
#include "service/http/peer-address.h"

/* GIO begins with ten threads for everything that blocks. */
#define MAX_RUNNING 6
/* What a handshake may take while others wait: many times what it takes on any network. */
#define PATIENCE_MS 2000
/* RFC 8446 5.1: type, version and length stand in front of a record, which has 2^14 bytes at most. */
#define RECORD_HEAD      5
#define RECORD_HANDSHAKE 22
#define RECORD_MAX       16384

typedef struct
{
  JumpTlsDesk *desk;    /* (unowned) (nullable): NULL once the desk has given it up */
  GSocket *socket;      /* (owned) */
  JumpPollWatch *watch; /* (owned) (nullable): until the client has begun */
  GIOStream *tls;       /* (owned) (nullable): while it runs */
  GCancellable *cancel; /* (owned) */
  GList link;           /* in one of the desk's queues */
  GQueue *queue;        /* (unowned) (nullable) */
  JumpConnectionSeat seat;
  JumpDeadline deadline;
  JumpDeadline patience; /* since it runs */
  gssize n_seen;         /* bytes that were there at the last look */
} Handshake;

struct _JumpTlsDesk
{
  JumpPoller *poller;           /* (owned) */
  JumpTlsIdentity *identity;    /* (owned) */
  JumpConnectionBudget *budget; /* (owned) */
  JumpDeadlineQueue *deadlines; /* (owned) */
  JumpDeadlineQueue *patience;  /* (owned) */
  GQueue silent;                /* (element-type Handshake): the first record is not whole yet */
  GQueue waiting;               /* (element-type Handshake): for a thread */
  GQueue running;               /* (element-type Handshake): longest first */
  JumpTlsDeskFunc on_ready;
  gpointer user_data;
};

static void
move_to (Handshake *self, GQueue *queue)
{
  if (self->queue != NULL)
    g_queue_unlink (self->queue, &self->link);
  self->queue = queue;
  if (queue != NULL)
    g_queue_push_tail_link (queue, &self->link);
}

static void
free_handshake (Handshake *self)
{
  g_clear_pointer (&self->watch, jump_poll_watch_remove);
  g_clear_object (&self->tls);
  g_clear_object (&self->cancel);
  g_clear_object (&self->socket);
  g_free (self);
}

/* From here on the desk does not know it any more. One that runs is freed when its thread is done. */
static void
give_up (gpointer user_data)
{
  Handshake *self = user_data;

  jump_deadline_stop (&self->deadline);
  jump_deadline_stop (&self->patience);
  jump_connection_seat_leave (&self->seat);
  move_to (self, NULL);
  self->desk = NULL;
  if (self->tls != NULL)
    g_cancellable_cancel (self->cancel);
  else
    free_handshake (self);
}

static void
on_handshake_due (JumpDeadline *deadline, gpointer user_data)
{
  g_debug ("a TLS handshake took too long");
  give_up ((char *) deadline - G_STRUCT_OFFSET (Handshake, deadline));
}

static gboolean
is_modern (GIOStream *tls)
{
  return g_tls_connection_get_protocol_version (G_TLS_CONNECTION (tls)) >=
         G_TLS_PROTOCOL_VERSION_TLS_1_2;
}

static void start_next (JumpTlsDesk *desk);

static void
on_handshake_finished (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Handshake *self = user_data;
  JumpTlsDesk *desk = self->desk;
  g_autoptr (GError) error = NULL;
  gboolean is_ready = g_tls_connection_handshake_finish (G_TLS_CONNECTION (source), result, &error);

  if (!is_ready)
    g_debug ("a TLS handshake failed: %s", error->message);
  if (desk != NULL)
    {
      g_autoptr (GIOStream) tls = g_steal_pointer (&self->tls);
      g_autoptr (GSocket) socket = g_object_ref (self->socket);

      give_up (self);
      if (is_ready && is_modern (tls))
        desk->on_ready (socket, tls, desk->user_data);
      start_next (desk);
      return;
    }
  free_handshake (self);
}

static void
start (Handshake *self)
{
  static const char *const protocols[] = { "http/1.1", NULL };
  JumpTlsDesk *desk = self->desk;
  g_autoptr (GSocketConnection) plain =
      g_socket_connection_factory_create_connection (self->socket);
  g_autoptr (GError) error = NULL;

  self->tls = g_tls_server_connection_new (G_IO_STREAM (plain),
                                           jump_tls_identity_get (desk->identity),
                                           &error);
  if (self->tls == NULL)
    {
      g_debug ("a TLS connection was not made: %s", error->message);
      give_up (self);
      return;
    }
  g_tls_connection_set_advertised_protocols (G_TLS_CONNECTION (self->tls), protocols);
  move_to (self, &desk->running);
  jump_deadline_start (&self->patience, desk->patience);
  g_tls_connection_handshake_async (G_TLS_CONNECTION (self->tls),
                                    G_PRIORITY_DEFAULT,
                                    self->cancel,
                                    on_handshake_finished,
                                    self);
}

static guint
count_running (JumpTlsDesk *desk, JumpConnectionPeer *peer)
{
  guint n = 0;

  for (GList *link = desk->running.head; link != NULL; link = link->next)
    n += ((Handshake *) link->data)->seat.peer == peer ? 1 : 0;
  return n;
}

/* Of the peer that has the fewest running, and there the newest: those who come in crowds wait for
 * themselves. */
static Handshake *
choose_next (JumpTlsDesk *desk)
{
  Handshake *best = NULL;
  guint fewest = G_MAXUINT;

  for (GList *link = desk->waiting.tail; link != NULL && fewest > 0; link = link->prev)
    {
      Handshake *handshake = link->data;
      guint n = count_running (desk, handshake->seat.peer);

      if (n >= fewest)
        continue;
      fewest = n;
      best = handshake;
    }
  return best;
}

static void
start_next (JumpTlsDesk *desk)
{
  Handshake *next;

  while ((next = choose_next (desk)) != NULL)
    {
      Handshake *longest = g_queue_peek_head (&desk->running);

      if (longest != NULL && desk->running.length >= MAX_RUNNING)
        {
          if (longest->patience.queue != NULL)
            return;
          g_debug ("a TLS handshake takes too long while others wait");
          give_up (longest);
        }
      start (next);
    }
}

static void
on_patience_due (JumpDeadline *deadline, gpointer user_data)
{
  start_next (user_data);
}

/* Is the first record there, or nothing that could become one? Pollers without edges come again with
 * nothing new: then it is for the thread to wait. */
static gboolean
has_record (Handshake *self)
{
  guint8 head[RECORD_HEAD] = { 0 };
  GInputVector vector = { head, sizeof head };
  int flags = G_SOCKET_MSG_PEEK;
  gssize n_head =
      g_socket_receive_message (self->socket, NULL, &vector, 1, NULL, NULL, &flags, NULL, NULL);
  gssize n_there = g_socket_get_available_bytes (self->socket);
  gsize length = ((gsize) head[3] << 8) | head[4];
  gboolean is_news = n_there != self->n_seen;

  self->n_seen = n_there;
  if (n_head <= 0 || head[0] != RECORD_HANDSHAKE || !is_news)
    return TRUE;
  return n_head == RECORD_HEAD && (length > RECORD_MAX || n_there >= RECORD_HEAD + (gssize) length);
}

static void
on_client_began (JumpPollFlags ready, gpointer user_data)
{
  Handshake *self = user_data;
  JumpTlsDesk *desk = self->desk;

  /* Without its sending end a client cannot shake hands. */
  if ((ready & JUMP_POLL_HANGUP) != 0)
    {
      give_up (self);
      return;
    }
  if (!has_record (self))
    return;
  g_clear_pointer (&self->watch, jump_poll_watch_remove);
  move_to (self, &desk->waiting);
  start_next (desk);
}

JumpTlsDesk *
jump_tls_desk_new (JumpPoller *poller,
                   JumpTlsIdentity *identity,
                   JumpConnectionBudget *budget,
                   JumpTlsDeskFunc on_ready,
                   gpointer user_data)
{
  JumpTlsDesk *self = g_new0 (JumpTlsDesk, 1);

  self->poller = jump_poller_ref (poller);
  self->identity = identity;
  self->budget = jump_connection_budget_ref (budget);
  self->deadlines = jump_deadline_queue_new (poller, on_handshake_due, self);
  self->patience = jump_deadline_queue_new (poller, on_patience_due, self);
  jump_deadline_queue_set_length (self->patience, PATIENCE_MS);
  g_queue_init (&self->silent);
  g_queue_init (&self->waiting);
  g_queue_init (&self->running);
  self->on_ready = on_ready;
  self->user_data = user_data;
  return self;
}

void
jump_tls_desk_free (JumpTlsDesk *self)
{
  GQueue *queues[] = { &self->silent, &self->waiting, &self->running };

  for (gsize i = 0; i < G_N_ELEMENTS (queues); i++)
    {
      while (!g_queue_is_empty (queues[i]))
        give_up (g_queue_peek_head (queues[i]));
    }
  jump_deadline_queue_free (self->deadlines);
  jump_deadline_queue_free (self->patience);
  jump_connection_budget_unref (self->budget);
  jump_tls_identity_free (self->identity);
  jump_poller_unref (self->poller);
  g_free (self);
}

void
jump_tls_desk_set_time (JumpTlsDesk *self, guint milliseconds)
{
  jump_deadline_queue_set_length (self->deadlines, milliseconds);
}

/**
 * jump_tls_desk_take:
 * @self: a desk
 * @socket: accepted, non-blocking
 *
 * It comes back encrypted, or is closed. Without a place for one more it is closed at once: to say why,
 * one would have to shake hands first.
 */
void
jump_tls_desk_take (JumpTlsDesk *self, GSocket *socket)
{
  Handshake *handshake = g_new0 (Handshake, 1);
  g_auto (JumpPeerAddress) address = { 0 };

  jump_peer_address_read (&address, socket);
  handshake->desk = self;
  handshake->link.data = handshake;
  handshake->socket = g_object_ref (socket);
  handshake->cancel = g_cancellable_new ();
  if (!jump_connection_seat_take (&handshake->seat, self->budget, address.peer, give_up, handshake))
    {
      free_handshake (handshake);
      return;
    }
  jump_connection_seat_set_state (&handshake->seat, JUMP_SEAT_SENDING_HEAD);
  jump_deadline_start (&handshake->deadline, self->deadlines);
  move_to (handshake, &self->silent);
  handshake->watch = jump_poller_add (self->poller,
                                      g_socket_get_fd (socket),
                                      JUMP_POLL_IN | JUMP_POLL_HANGUP | JUMP_POLL_EDGE,
                                      on_client_began,
                                      handshake);
}
