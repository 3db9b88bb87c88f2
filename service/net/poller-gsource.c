/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/net/deferred-queue.h"
#include "service/net/poller.h"
#include "service/net/timer-list.h"

#include <poll.h>

/* What poll() says when the peer has closed its end. Where it has no word for that, the peer's
 * end shows as readable with nothing to read. */
#ifdef POLLRDHUP
#define PEER_CLOSED ((GIOCondition) POLLRDHUP)
#else
#define PEER_CLOSED ((GIOCondition) 0)
#endif

/* The same promises as poller-epoll.c where there is no epoll: a GLib source for each socket. */
struct _JumpPoller
{
  int ref_count;
  GMainContext *context; /* (owned) */
  GSource *source;       /* (owned) timers and deferred calls */
  JumpTimerList timers;
  JumpDeferredQueue deferred;
};

struct _JumpPollWatch
{
  JumpPoller *poller;  /* (owned) */
  GIOChannel *channel; /* (owned) */
  GSource *source;     /* (owned) (nullable): NULL while nothing is wanted */
  JumpPollFlags interest;
  JumpPollFunc func;
  gpointer user_data;
};

typedef struct
{
  GSource source;
  JumpPoller *poller; /* the source lives inside the poller's life */
} PollerSource;

static GIOCondition
condition_from_interest (JumpPollFlags interest)
{
  return ((interest & JUMP_POLL_IN) != 0 ? G_IO_IN : 0) |
         ((interest & JUMP_POLL_OUT) != 0 ? G_IO_OUT : 0) |
         ((interest & JUMP_POLL_HANGUP) != 0 ? PEER_CLOSED : 0);
}

static JumpPollFlags
ready_from_condition (GIOCondition condition)
{
  return ((condition & G_IO_IN) != 0 ? JUMP_POLL_IN : 0) |
         ((condition & G_IO_OUT) != 0 ? JUMP_POLL_OUT : 0) |
         ((condition & (G_IO_HUP | G_IO_ERR | PEER_CLOSED)) != 0 ? JUMP_POLL_HANGUP : 0);
}

static gboolean
on_channel_ready (GIOChannel *channel, GIOCondition condition, gpointer user_data)
{
  JumpPollWatch *watch = user_data;
  GIOCondition wanted = condition_from_interest (watch->interest) | G_IO_HUP | G_IO_ERR;

  if ((condition & wanted) != 0)
    watch->func (ready_from_condition (condition & wanted), watch->user_data);
  return G_SOURCE_CONTINUE;
}

static void
drop_source (JumpPollWatch *watch)
{
  if (watch->source == NULL)
    return;
  g_source_destroy (watch->source);
  g_clear_pointer (&watch->source, g_source_unref);
}

static void
update_source (JumpPollWatch *watch)
{
  GIOCondition condition = condition_from_interest (watch->interest);

  drop_source (watch);
  if ((watch->interest & ~JUMP_POLL_EDGE) == 0)
    return;
  watch->source = g_io_create_watch (watch->channel, condition | G_IO_HUP | G_IO_ERR);
  g_source_set_callback (watch->source, G_SOURCE_FUNC (on_channel_ready), watch, NULL);
  g_source_set_can_recurse (watch->source, TRUE);
  g_source_attach (watch->source, watch->poller->context);
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
  return jump_timer_list_get_timeout (&((PollerSource *) source)->poller->timers) == 0;
}

static gboolean
poller_source_dispatch (GSource *source, GSourceFunc callback, gpointer user_data)
{
  g_autoptr (JumpPoller) self = jump_poller_ref (((PollerSource *) source)->poller);

  jump_timer_list_run (&self->timers);
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
  g_main_context_unref (self->context);
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
  watch->channel = g_io_channel_unix_new (fd);
  watch->interest = interest;
  watch->func = func;
  watch->user_data = user_data;
  update_source (watch);
  return watch;
}

void
jump_poll_watch_set_interest (JumpPollWatch *watch, JumpPollFlags interest)
{
  if (watch->interest == interest)
    return;
  watch->interest = interest;
  update_source (watch);
}

void
jump_poll_watch_remove (JumpPollWatch *watch)
{
  JumpPoller *self = watch->poller;

  drop_source (watch);
  g_io_channel_unref (watch->channel);
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
