/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/event-feed.h"

#include "service/base/limits.h"

struct _JumpEventFeed
{
  GObject parent_instance;
  GQueue events; /* (owned) (element-type JumpEvent): oldest first */
  guint64 last;
  guint n_followers;
};

enum
{
  SIGNAL_PUBLISHED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (JumpEventFeed, jump_event_feed, G_TYPE_OBJECT)

static void
free_event (gpointer memory)
{
  JumpEvent *event = memory;

  g_free (event->data);
  g_free (event);
}

static void
jump_event_feed_finalize (GObject *object)
{
  g_queue_clear_full (&JUMP_EVENT_FEED (object)->events, free_event);
  G_OBJECT_CLASS (jump_event_feed_parent_class)->finalize (object);
}

static void
jump_event_feed_class_init (JumpEventFeedClass *class)
{
  G_OBJECT_CLASS (class)->finalize = jump_event_feed_finalize;
  signals[SIGNAL_PUBLISHED] = g_signal_new ("published",
                                            G_TYPE_FROM_CLASS (class),
                                            G_SIGNAL_RUN_LAST,
                                            0,
                                            NULL,
                                            NULL,
                                            NULL,
                                            G_TYPE_NONE,
                                            1,
                                            G_TYPE_UINT64);
}

static void
jump_event_feed_init (JumpEventFeed *self)
{
}

JumpEventFeed *
jump_event_feed_new (void)
{
  return g_object_new (JUMP_TYPE_EVENT_FEED, NULL);
}

/**
 * jump_event_feed_publish:
 * @self: a feed
 * @name: (transfer none): static
 * @json: (transfer full): the data
 */
void
jump_event_feed_publish (JumpEventFeed *self, const char *name, char *json)
{
  JumpEvent *event = g_new0 (JumpEvent, 1);

  event->number = ++self->last;
  event->name = name;
  event->data = json;
  g_queue_push_tail (&self->events, event);
  if (self->events.length > JUMP_LIMIT_EVENTS)
    free_event (g_queue_pop_head (&self->events));
  g_signal_emit (self, signals[SIGNAL_PUBLISHED], 0, event->number);
}

void
jump_event_feed_skip (JumpEventFeed *self)
{
  self->last++;
  g_queue_clear_full (&self->events, free_event);
}

void
jump_event_feed_set_start (JumpEventFeed *self, guint64 number)
{
  g_return_if_fail (g_queue_is_empty (&self->events));
  self->last = number;
}

gboolean
jump_event_feed_has_followers (JumpEventFeed *self)
{
  return self->n_followers > 0;
}

void
jump_event_feed_follow (JumpEventFeed *self)
{
  self->n_followers++;
}

void
jump_event_feed_unfollow (JumpEventFeed *self)
{
  self->n_followers--;
}

/**
 * jump_event_feed_get_next:
 * @self: a feed
 * @number: of the last one that the follower has seen
 * @out_is_gap: (out): whether there were others between
 *
 * Returns: (transfer none) (nullable): the oldest one after @number
 */
const JumpEvent *
jump_event_feed_get_next (JumpEventFeed *self, guint64 number, gboolean *out_is_gap)
{
  const JumpEvent *first = g_queue_peek_head (&self->events);

  *out_is_gap = number + 1 < (first != NULL ? first->number : self->last + 1);
  if (first == NULL || self->last <= number)
    return NULL;
  if (*out_is_gap)
    return first;
  return g_queue_peek_nth (&self->events, (guint) (number + 1 - first->number));
}

guint64
jump_event_feed_get_last (JumpEventFeed *self)
{
  return self->last;
}
