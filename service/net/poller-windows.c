/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/net/deferred-queue.h"
#include "service/net/poller.h"
#include "service/net/socket-waiter-windows.h"
#include "service/net/timer-list.h"

/* The same promises as poller-epoll.c, with select() in the place of the epoll set and a thread
 * that waits for it. WSAEventSelect, which is what GLib's sources use, tells of a socket once and
 * forgets that when another source takes over; WSAPoll waits for ever for a connection that is
 * refused, before Windows 10 of 2004, and tells of a peer's end without pause to whoever only wants
 * to write. */

/* How often to look for the end of the stream behind bytes that nobody wants to hear of. */
#define HIDDEN_END_MS 1000

struct _JumpPoller
{
  int ref_count;
  GMainContext *context;    /* (owned) */
  GSource *source;          /* (owned) */
  JumpSocketWaiter *waiter; /* (owned) */
  GPtrArray *watches;       /* (owned) (element-type JumpPollWatch) */
  GHashTable *by_fd;        /* (owned) (element-type int JumpPollWatch) */
  JumpSocketSets sets;      /* (owned) room to build them in */
  gboolean wants_waiting;   /* the thread has to be told what to wait for */
  guint dispatch_depth;
  JumpPollWatch *removed; /* (owned) (nullable): may still stand in a batch of events */
  JumpTimerList timers;
  JumpDeferredQueue deferred;
};

struct _JumpPollWatch
{
  JumpPoller *poller; /* (owned) */
  int fd;
  guint position; /* among the poller's watches */
  JumpPollFlags interest;
  JumpPollFlags told;    /* what the thread waits for, or has waited for last */
  JumpPollFlags ready;   /* while a batch of events is put together */
  gboolean is_connected; /* or listens */
  gboolean hides_bytes;  /* which were not asked for */
  gboolean is_gone;      /* closed too early: no socket any more */
  JumpPollFunc func;     /* NULL: removed */
  gpointer user_data;
  JumpPollWatch *next_removed;
};

typedef struct
{
  GSource source;
  JumpPoller *poller; /* the source lives inside the poller's life */
} PollerSource;

typedef struct
{
  JumpPollWatch *watch;
  JumpPollFlags ready;
} Event;

static gboolean
wants_end_alone (const JumpPollWatch *watch)
{
  return (watch->interest & (JUMP_POLL_IN | JUMP_POLL_HANGUP)) == JUMP_POLL_HANGUP;
}

/* Returns: whether somebody wants to know of an end that select() cannot show */
static gboolean
fill_sets (JumpPoller *self)
{
  gboolean has_hidden = FALSE;

  jump_socket_sets_empty (&self->sets);
  for (guint i = 0; i < self->watches->len; i++)
    {
      JumpPollWatch *watch = g_ptr_array_index (self->watches, i);
      gboolean is_hidden = wants_end_alone (watch) && watch->hides_bytes;

      watch->told = is_hidden ? watch->interest & ~JUMP_POLL_HANGUP : watch->interest;
      if (watch->is_gone)
        continue;
      has_hidden |= is_hidden;
      if ((watch->interest & (JUMP_POLL_IN | JUMP_POLL_HANGUP)) != 0 && !is_hidden)
        jump_socket_set_add (&self->sets.readable, (SOCKET) watch->fd);
      if ((watch->interest & JUMP_POLL_OUT) == 0)
        continue;
      jump_socket_set_add (&self->sets.writable, (SOCKET) watch->fd);
      /* Of a connected one this set tells when urgent data came, which would never end. */
      if (!watch->is_connected)
        jump_socket_set_add (&self->sets.failed, (SOCKET) watch->fd);
    }
  return has_hidden;
}

static void
wait_for_sockets (JumpPoller *self)
{
  gboolean has_hidden;

  if (!self->wants_waiting)
    return;
  self->wants_waiting = FALSE;
  has_hidden = fill_sets (self);
  if (has_hidden || !jump_socket_sets_are_empty (&self->sets))
    jump_socket_waiter_wait_for (self->waiter, &self->sets, has_hidden ? HIDDEN_END_MS : -1);
}

/* One closed socket makes select() refuse all of them. */
static void
find_gone (JumpPoller *self)
{
  for (guint i = 0; i < self->watches->len; i++)
    {
      JumpPollWatch *watch = g_ptr_array_index (self->watches, i);
      int type;
      int length = sizeof type;

      if (getsockopt ((SOCKET) watch->fd, SOL_SOCKET, SO_TYPE, (char *) &type, &length) != 0)
        watch->is_gone = WSAGetLastError () == WSAENOTSOCK;
    }
}

static void
note_ready (JumpPoller *self, GArray *events, SOCKET fd, JumpPollFlags ready)
{
  JumpPollWatch *watch = g_hash_table_lookup (self->by_fd, GINT_TO_POINTER ((int) fd));
  Event event = { watch, 0 };

  if (watch == NULL)
    return;
  if (watch->ready == 0)
    g_array_append_val (events, event);
  watch->ready |= ready;
}

static void
note_set (JumpPoller *self, GArray *events, const JumpSocketSet *set, JumpPollFlags ready)
{
  for (guint i = 0; i < jump_socket_set_get_length (set); i++)
    note_ready (self, events, set->list->sockets[i], ready);
}

/* To select() the peer's end and bytes look alike, and bytes hide the end behind them. WSAPoll knows. */
static gboolean
has_ended (const JumpPollWatch *watch)
{
  WSAPOLLFD question = { .fd = (SOCKET) watch->fd, .events = POLLRDNORM };

  return WSAPoll (&question, 1, 0) > 0 && (question.revents & (POLLHUP | POLLERR)) != 0;
}

static void
note_hidden_ends (JumpPoller *self, GArray *events)
{
  for (guint i = 0; i < self->watches->len; i++)
    {
      const JumpPollWatch *watch = g_ptr_array_index (self->watches, i);

      if (wants_end_alone (watch) && watch->hides_bytes && !watch->is_gone && has_ended (watch))
        note_ready (self, events, (SOCKET) watch->fd, JUMP_POLL_HANGUP);
    }
}

static JumpPollFlags
take_ready (JumpPollWatch *watch)
{
  JumpPollFlags ready = watch->ready;

  watch->ready = 0;
  if ((ready & JUMP_POLL_IN) != 0 && has_ended (watch))
    ready |= JUMP_POLL_HANGUP;
  if ((ready & JUMP_POLL_HANGUP) == 0)
    watch->is_connected = TRUE;
  watch->hides_bytes |= wants_end_alone (watch) && ready == JUMP_POLL_IN;
  return ready;
}

/* All that is ready now, whatever the thread has seen. */
static GArray *
collect_events (JumpPoller *self)
{
  GArray *events = g_array_new (FALSE, FALSE, sizeof (Event));

  (void) fill_sets (self);
  if (!jump_socket_sets_select (&self->sets, 0))
    find_gone (self);
  note_set (self, events, &self->sets.readable, JUMP_POLL_IN);
  note_set (self, events, &self->sets.writable, JUMP_POLL_OUT);
  note_set (self, events, &self->sets.failed, JUMP_POLL_HANGUP);
  note_hidden_ends (self, events);
  for (guint i = 0; i < events->len; i++)
    {
      Event *event = &g_array_index (events, Event, i);

      event->ready = take_ready (event->watch);
    }
  return events;
}

static void
handle_event (const Event *event)
{
  JumpPollWatch *watch = event->watch;
  JumpPollFlags wanted = watch->interest & ~JUMP_POLL_EDGE;
  JumpPollFlags ready = event->ready & (wanted | JUMP_POLL_HANGUP);

  if (watch->func != NULL && wanted != 0 && ready != 0)
    watch->func (ready, watch->user_data);
}

static void
free_removed (JumpPoller *self)
{
  JumpPollWatch *watch = g_steal_pointer (&self->removed);

  while (watch != NULL)
    {
      JumpPollWatch *next = watch->next_removed;

      g_free (watch);
      jump_poller_unref (self); /* perhaps the last one: nothing of it is looked at behind this */
      watch = next;
    }
}

static void
handle_sockets (JumpPoller *self)
{
  g_autoptr (GArray) events = NULL;

  if (!jump_socket_waiter_take_report (self->waiter))
    return;
  self->wants_waiting = TRUE;
  events = collect_events (self);
  for (guint i = 0; i < events->len; i++)
    handle_event (&g_array_index (events, Event, i));
}

static gboolean
poller_source_prepare (GSource *source, int *timeout)
{
  g_autoptr (JumpPoller) self = jump_poller_ref (((PollerSource *) source)->poller);
  /* The calls may have brought about what whoever turns the loop is waiting for, so this turn must
   * not block. */
  gboolean has_called = jump_deferred_queue_run (&self->deferred);

  wait_for_sockets (self);
  *timeout = has_called ? 0 : jump_timer_list_get_timeout (&self->timers);
  return *timeout == 0;
}

static gboolean
poller_source_check (GSource *source)
{
  JumpPoller *self = ((PollerSource *) source)->poller;

  return jump_socket_waiter_has_report (self->waiter) ||
         jump_timer_list_get_timeout (&self->timers) == 0;
}

static gboolean
poller_source_dispatch (GSource *source, GSourceFunc callback, gpointer user_data)
{
  g_autoptr (JumpPoller) self = jump_poller_ref (((PollerSource *) source)->poller);

  self->dispatch_depth++;
  handle_sockets (self);
  jump_timer_list_run (&self->timers);
  self->dispatch_depth--;
  if (self->dispatch_depth == 0)
    free_removed (self);
  (void) jump_deferred_queue_run (&self->deferred);
  return G_SOURCE_CONTINUE;
}

static GSourceFuncs poller_source_funcs = {
  .prepare = poller_source_prepare,
  .check = poller_source_check,
  .dispatch = poller_source_dispatch,
};

JumpPoller *
jump_poller_new (void)
{
  JumpPoller *self = g_new0 (JumpPoller, 1);

  self->ref_count = 1;
  self->context = g_main_context_ref_thread_default ();
  self->waiter = jump_socket_waiter_new (self->context);
  self->watches = g_ptr_array_new ();
  self->by_fd = g_hash_table_new (NULL, NULL);
  jump_timer_list_init (&self->timers);
  jump_deferred_queue_init (&self->deferred);
  self->source = g_source_new (&poller_source_funcs, sizeof (PollerSource));
  ((PollerSource *) self->source)->poller = self;
  g_source_set_static_name (self->source, "jumpseat poller");
  g_source_set_can_recurse (self->source, TRUE);
  g_source_attach (self->source, self->context);
  return self;
}

JumpPoller *
jump_poller_ref (JumpPoller *self)
{
  self->ref_count++;
  return self;
}

void
jump_poller_unref (JumpPoller *self)
{
  if (--self->ref_count > 0)
    return;
  g_source_destroy (self->source);
  g_source_unref (self->source);
  jump_socket_waiter_free (self->waiter);
  g_main_context_unref (self->context);
  g_ptr_array_unref (self->watches);
  g_hash_table_unref (self->by_fd);
  jump_socket_sets_clear (&self->sets);
  jump_timer_list_clear (&self->timers);
  jump_deferred_queue_clear (&self->deferred);
  g_free (self);
}

JumpPollWatch *
jump_poller_add (JumpPoller *self,
                 int fd,
                 JumpPollFlags interest,
                 JumpPollFunc func,
                 gpointer user_data)
{
  JumpPollWatch *watch = g_new0 (JumpPollWatch, 1);

  watch->poller = jump_poller_ref (self);
  watch->fd = fd;
  watch->position = self->watches->len;
  watch->func = func;
  watch->user_data = user_data;
  g_ptr_array_add (self->watches, watch);
  g_hash_table_replace (self->by_fd, GINT_TO_POINTER (fd), watch);
  jump_poll_watch_set_interest (watch, interest);
  return watch;
}

/* To want less is not worth waking the thread: at worst it reports, once, what nobody wants. */
void
jump_poll_watch_set_interest (JumpPollWatch *watch, JumpPollFlags interest)
{
  if (watch->interest == interest)
    return;
  watch->interest = interest;
  watch->hides_bytes = FALSE;
  if ((interest & ~watch->told & ~JUMP_POLL_EDGE) != 0)
    watch->poller->wants_waiting = TRUE;
}

void
jump_poll_watch_remove (JumpPollWatch *watch)
{
  JumpPoller *self = watch->poller;
  JumpPollWatch *last = g_ptr_array_index (self->watches, self->watches->len - 1);

  last->position = watch->position;
  g_ptr_array_remove_index_fast (self->watches, watch->position);
  if (g_hash_table_lookup (self->by_fd, GINT_TO_POINTER (watch->fd)) == watch)
    g_hash_table_remove (self->by_fd, GINT_TO_POINTER (watch->fd));
  if (self->dispatch_depth > 0)
    {
      watch->func = NULL;
      watch->next_removed = self->removed;
      self->removed = watch;
      return;
    }
  g_free (watch);
  jump_poller_unref (self);
}

JumpPollTimer *
jump_poller_timer_new (JumpPoller *self, JumpPollTimerFunc func, gpointer user_data)
{
  return jump_timer_list_add (&self->timers, self, func, user_data);
}

void
jump_poller_defer (JumpPoller *self, JumpPollTimerFunc func, gpointer user_data)
{
  jump_deferred_queue_add (&self->deferred, func, user_data);
}

void
jump_poller_cancel_deferred (JumpPoller *self, JumpPollTimerFunc func, gpointer user_data)
{
  jump_deferred_queue_remove (&self->deferred, func, user_data);
}
