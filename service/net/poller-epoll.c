/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/net/deferred-queue.h"
#include "service/net/poller.h"
#include "service/net/timer-list.h"

#include <errno.h>
#include <glib-unix.h>
#include <sys/epoll.h>
#include <unistd.h>

/* How many ready sockets one dispatch takes: other sources of the main loop get their turn. */
#define EVENTS_PER_TURN 128

struct _JumpPoller
{
  int ref_count;
  int epoll_fd; /* (owned) */
  gpointer epoll_tag;
  GSource *source; /* (owned) */
  guint dispatch_depth;
  JumpPollWatch *removed; /* (owned) (nullable): may still stand in a batch of events */
  JumpTimerList timers;
  JumpDeferredQueue deferred;
};

struct _JumpPollWatch
{
  JumpPoller *poller; /* (owned) */
  int fd;
  JumpPollFlags interest;
  guint32 registered; /* events in the epoll set */
  gboolean in_set;
  JumpPollFunc func; /* NULL: removed */
  gpointer user_data;
  JumpPollWatch *next_removed;
};

typedef struct
{
  GSource source;
  JumpPoller *poller; /* the source lives inside the poller's life */
} PollerSource;

static guint32
events_from_interest (JumpPollFlags interest)
{
  return ((interest & JUMP_POLL_IN) != 0 ? EPOLLIN : 0) |
         ((interest & JUMP_POLL_OUT) != 0 ? EPOLLOUT : 0) |
         ((interest & JUMP_POLL_HANGUP) != 0 ? EPOLLRDHUP : 0) |
         ((interest & JUMP_POLL_EDGE) != 0 ? (guint32) EPOLLET : 0);
}

static JumpPollFlags
ready_from_events (guint32 events)
{
  return ((events & EPOLLIN) != 0 ? JUMP_POLL_IN : 0) |
         ((events & EPOLLOUT) != 0 ? JUMP_POLL_OUT : 0) |
         ((events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR)) != 0 ? JUMP_POLL_HANGUP : 0);
}

/* epoll reports EPOLLHUP and EPOLLERR of a level-triggered socket whatever was asked for, so one
 * that nobody wants to hear of must leave the set, or the loop would spin. */
static void
update_set (JumpPollWatch *watch)
{
  guint32 wanted = events_from_interest (watch->interest);
  struct epoll_event event = { .events = wanted, .data.ptr = watch };
  gboolean stay = (wanted & ~(guint32) EPOLLET) != 0;
  int operation = watch->in_set ? EPOLL_CTL_MOD : EPOLL_CTL_ADD;

  if (!stay && !watch->in_set)
    return;
  if (!stay)
    operation = EPOLL_CTL_DEL;
  /* Fails only for a socket that was closed too early: it is gone from the set then anyway. */
  (void) epoll_ctl (watch->poller->epoll_fd, operation, watch->fd, &event);
  watch->in_set = stay;
  watch->registered = wanted;
}

static void
handle_event (JumpPollWatch *watch, guint32 events)
{
  guint32 wanted = events_from_interest (watch->interest);
  JumpPollFlags ready;

  if ((wanted & ~(guint32) EPOLLET) == 0)
    {
      update_set (watch);
      return;
    }
  ready = ready_from_events (events & (wanted | EPOLLHUP | EPOLLERR));
  if (ready == 0)
    update_set (watch);
  else
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

static gboolean
poller_source_prepare (GSource *source, int *timeout)
{
  g_autoptr (JumpPoller) self = jump_poller_ref (((PollerSource *) source)->poller);

  /* The calls may have brought about what whoever turns the loop is waiting for, so this turn must
   * not block. */
  if (jump_deferred_queue_run (&self->deferred))
    {
      *timeout = 0;
      return TRUE;
    }
  *timeout = jump_timer_list_get_timeout (&self->timers);
  return *timeout == 0;
}

static gboolean
poller_source_check (GSource *source)
{
  JumpPoller *self = ((PollerSource *) source)->poller;

  return g_source_query_unix_fd (source, self->epoll_tag) != 0 ||
         jump_timer_list_get_timeout (&self->timers) == 0;
}

static gboolean
poller_source_dispatch (GSource *source, GSourceFunc callback, gpointer user_data)
{
  g_autoptr (JumpPoller) self = jump_poller_ref (((PollerSource *) source)->poller);
  struct epoll_event events[EVENTS_PER_TURN];
  int n_events = epoll_wait (self->epoll_fd, events, EVENTS_PER_TURN, 0);

  self->dispatch_depth++;
  for (int i = 0; i < n_events; i++)
    {
      JumpPollWatch *watch = events[i].data.ptr;

      if (watch->func != NULL)
        handle_event (watch, events[i].events);
    }
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

/**
 * jump_poller_new:
 *
 * Returns: (transfer full): a poller attached to the thread-default main context
 */
JumpPoller *
jump_poller_new (void)
{
  JumpPoller *self = g_new0 (JumpPoller, 1);

  self->ref_count = 1;
  self->epoll_fd = epoll_create1 (EPOLL_CLOEXEC);
  if (self->epoll_fd < 0)
    g_error ("no epoll set: %s", g_strerror (errno));
  jump_timer_list_init (&self->timers);
  jump_deferred_queue_init (&self->deferred);
  self->source = g_source_new (&poller_source_funcs, sizeof (PollerSource));
  ((PollerSource *) self->source)->poller = self;
  g_source_set_static_name (self->source, "jumpseat poller");
  /* Otherwise GLib takes the fd out of its set and puts it back around every dispatch, each time
   * with a write that wakes the loop. */
  g_source_set_can_recurse (self->source, TRUE);
  self->epoll_tag = g_source_add_unix_fd (self->source, self->epoll_fd, G_IO_IN);
  g_source_attach (self->source, g_main_context_get_thread_default ());
  return self;
}

JumpPoller *
jump_poller_ref (JumpPoller *self)
{
  self->ref_count++;
  return self;
}

/**
 * jump_poller_unref:
 *
 * Watches and timers hold a reference each: the source is destroyed when the last of them and the
 * last other holder have gone.
 */
void
jump_poller_unref (JumpPoller *self)
{
  if (--self->ref_count > 0)
    return;
  g_source_destroy (self->source);
  g_source_unref (self->source);
  close (self->epoll_fd);
  jump_timer_list_clear (&self->timers);
  jump_deferred_queue_clear (&self->deferred);
  g_free (self);
}

/**
 * jump_poller_add:
 * @fd: a socket; remove the watch before closing it
 * @interest: %JUMP_POLL_HANGUP is reported for a failed socket even if not asked for
 * @func: called from the main loop, never from inside this function
 *
 * Returns: (transfer full): free with jump_poll_watch_remove()
 */
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
  watch->interest = interest;
  watch->func = func;
  watch->user_data = user_data;
  update_set (watch);
  return watch;
}

/**
 * jump_poll_watch_set_interest:
 * @interest: 0 for none; %JUMP_POLL_EDGE must stay as it was given to jump_poller_add()
 *
 * For a level-triggered watch, to want less costs nothing here: the socket leaves the set at the
 * first event that nobody wants, which for a connection that rests between two requests never
 * comes. Only %JUMP_POLL_OUT is taken out at once, because a socket is writable nearly always.
 */
void
jump_poll_watch_set_interest (JumpPollWatch *watch, JumpPollFlags interest)
{
  guint32 wanted = events_from_interest (interest);
  gboolean is_subset = (wanted & ~watch->registered) == 0;
  gboolean drops_out = (watch->registered & ~wanted & EPOLLOUT) != 0;
  gboolean edge = ((interest | watch->interest) & JUMP_POLL_EDGE) != 0;

  watch->interest = interest;
  if (edge || !watch->in_set || !is_subset || drops_out)
    update_set (watch);
}

void
jump_poll_watch_remove (JumpPollWatch *watch)
{
  JumpPoller *self = watch->poller;

  if (watch->in_set)
    (void) epoll_ctl (self->epoll_fd, EPOLL_CTL_DEL, watch->fd, NULL);
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

/**
 * jump_poller_timer_new:
 *
 * Returns: (transfer full): free with jump_poll_timer_free()
 */
JumpPollTimer *
jump_poller_timer_new (JumpPoller *self, JumpPollTimerFunc func, gpointer user_data)
{
  return jump_timer_list_add (&self->timers, self, func, user_data);
}

/**
 * jump_poller_defer:
 *
 * What a deferred function defers again is called in the next pass, so the loop never hangs.
 */
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
