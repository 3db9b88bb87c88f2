/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/event-desk.h"

#include "service/base/secret-text.h"

/* Nobody on the way gives up a connection that says something this often. */
#define KEEP_ALIVE_MS 15000
#define KEEP_ALIVE    ": keep-alive\n\n"
/* How long events are still made for somebody who has just left. */
#define LINGER_MS 60000
/* Some were forgotten: whoever follows looks at everything again. */
#define RESET_EVENT "reset"
#define RETRY       "retry: 2000\n\n"

typedef struct
{
  JumpEventDesk *desk; /* (unowned) */
  GList link;
  JumpReplySink *sink; /* (unowned) */
  char *session;       /* (owned) (nullable): the cookie; wiped when freed */
  guint64 seen;        /* number of the last event that was written */
  gboolean is_braked;
} Follower;

struct _JumpEventDesk
{
  JumpEventFeed *feed;       /* (unowned) */
  JumpSessionBook *sessions; /* (unowned) */
  JumpClock *clock;          /* (owned) */
  GQueue followers;          /* (element-type Follower) */
  gulong published_handler;
  guint keep_alive_alarm;
  guint linger_alarm;
  gboolean is_lingering; /* follows the feed itself */
  gboolean is_closed;
};

static void on_keep_alive_due (gpointer user_data);

/* ---- coming and going ---- */

static void
stop_lingering (JumpEventDesk *self)
{
  jump_clock_clear_alarm (self->clock, &self->linger_alarm);
  if (self->is_lingering)
    jump_event_feed_unfollow (self->feed);
  self->is_lingering = FALSE;
}

static void
on_linger_over (gpointer user_data)
{
  JumpEventDesk *self = user_data;

  self->linger_alarm = 0;
  stop_lingering (self);
}

static void
start_lingering (JumpEventDesk *self)
{
  stop_lingering (self);
  jump_event_feed_follow (self->feed);
  self->is_lingering = TRUE;
  self->linger_alarm = jump_clock_add_alarm (self->clock, LINGER_MS, on_linger_over, self);
}

static void
remove_follower (Follower *self)
{
  JumpEventDesk *desk = self->desk;

  g_queue_unlink (&desk->followers, &self->link);
  if (g_queue_is_empty (&desk->followers))
    {
      jump_clock_clear_alarm (desk->clock, &desk->keep_alive_alarm);
      if (!desk->is_closed)
        start_lingering (desk);
    }
  jump_event_feed_unfollow (desk->feed);
  jump_secret_free (self->session);
  g_free (self);
}

static void
end_stream (Follower *self)
{
  jump_reply_sink_set_events (self->sink, NULL, NULL);
  jump_reply_sink_end (self->sink);
  remove_follower (self);
}

/* ---- writing ---- */

static void
write_text (Follower *self, const char *text, gsize length)
{
  if (!jump_reply_sink_write (self->sink, text, length))
    self->is_braked = TRUE;
}

static void
write_event (Follower *self, guint64 number, const char *name, const char *data)
{
  g_autoptr (GString) text = g_string_sized_new (256);

  g_string_append_printf (text,
                          "id: %" G_GUINT64_FORMAT "\nevent: %s\ndata: %s\n\n",
                          number,
                          name,
                          data);
  self->seen = number;
  write_text (self, text->str, text->len);
}

/* What is published while the client does not read waits in the feed, not here. */
static void
catch_up (Follower *self)
{
  JumpEventFeed *feed = self->desk->feed;

  while (!self->is_braked)
    {
      gboolean is_gap = FALSE;
      const JumpEvent *event = jump_event_feed_get_next (feed, self->seen, &is_gap);

      if (is_gap)
        write_event (self, jump_event_feed_get_last (feed), RESET_EVENT, "{}");
      else if (event == NULL)
        break;
      else
        write_event (self, event->number, event->name, event->data);
    }
}

static void
on_client_ready (gpointer user_data)
{
  Follower *self = user_data;

  self->is_braked = FALSE;
  catch_up (self);
}

static void
on_client_gone (gpointer user_data)
{
  remove_follower (user_data);
}

static const JumpReplySinkEvents follower_events = {
  .on_drained = on_client_ready,
  .on_gone = on_client_gone,
};

static void
on_event_published (JumpEventDesk *self)
{
  for (GList *link = self->followers.head; link != NULL; link = link->next)
    catch_up (link->data);
}

static void
start_keep_alive (JumpEventDesk *self)
{
  if (self->keep_alive_alarm == 0)
    self->keep_alive_alarm =
        jump_clock_add_alarm (self->clock, KEEP_ALIVE_MS, on_keep_alive_due, self);
}

static void
on_keep_alive_due (gpointer user_data)
{
  JumpEventDesk *self = user_data;

  self->keep_alive_alarm = 0;
  jump_event_desk_check_sessions (self);
  for (GList *link = self->followers.head; link != NULL; link = link->next)
    {
      Follower *follower = link->data;

      if (!follower->is_braked)
        write_text (follower, KEEP_ALIVE, sizeof KEEP_ALIVE - 1);
    }
  if (!g_queue_is_empty (&self->followers))
    start_keep_alive (self);
}

/* ---- the desk ---- */

JumpEventDesk *
jump_event_desk_new (JumpEventFeed *feed, JumpSessionBook *sessions, JumpClock *clock)
{
  JumpEventDesk *self = g_new0 (JumpEventDesk, 1);

  self->feed = feed;
  self->sessions = sessions;
  self->clock = g_object_ref (clock);
  self->published_handler =
      g_signal_connect_swapped (feed, "published", G_CALLBACK (on_event_published), self);
  return self;
}

void
jump_event_desk_free (JumpEventDesk *self)
{
  jump_event_desk_close (self);
  g_signal_handler_disconnect (self->feed, self->published_handler);
  g_object_unref (self->clock);
  g_free (self);
}

/* Where to begin: behind what the client has seen, as far as that can be said. */
static guint64
read_seen (JumpEventDesk *self, const JumpClientRequest *request, gboolean *out_is_gap)
{
  guint64 last = jump_event_feed_get_last (self->feed);
  guint64 seen;

  *out_is_gap = FALSE;
  if (request->last_event_id == NULL || *request->last_event_id == '\0')
    return last;
  if (g_ascii_string_to_unsigned (request->last_event_id, 10, 0, last, &seen, NULL))
    return seen;
  *out_is_gap = TRUE;
  return last;
}

static void
write_head (const JumpClientRequest *request)
{
  const char *const headers[] = { "Content-Type",
                                  "text/event-stream",
                                  "Cache-Control",
                                  "no-cache, no-store, must-revalidate",
                                  "X-Accel-Buffering",
                                  "no",
                                  "X-Request-Id",
                                  request->id,
                                  NULL };

  jump_reply_sink_head (request->sink, 200, headers, -1);
}

gboolean
jump_event_desk_follow (JumpEventDesk *self, JumpClientRequest *request)
{
  Follower *follower;
  gboolean is_gap;

  if (self->is_closed || self->followers.length >= JUMP_EVENT_DESK_PLACES)
    return FALSE;
  write_head (request);
  if (g_str_equal (request->method, "HEAD"))
    {
      jump_reply_sink_end (request->sink);
      return TRUE;
    }
  follower = g_new0 (Follower, 1);
  follower->desk = self;
  follower->link.data = follower;
  follower->sink = request->sink;
  follower->session = g_strdup (request->session);
  follower->seen = read_seen (self, request, &is_gap);
  jump_event_feed_follow (self->feed);
  g_queue_push_tail_link (&self->followers, &follower->link);
  stop_lingering (self);
  start_keep_alive (self);
  jump_reply_sink_set_events (follower->sink, &follower_events, follower);
  write_text (follower, RETRY, sizeof RETRY - 1);
  if (is_gap)
    write_event (follower, follower->seen, RESET_EVENT, "{}");
  catch_up (follower);
  return TRUE;
}

void
jump_event_desk_check_sessions (JumpEventDesk *self)
{
  GList *link = self->followers.head;

  while (link != NULL)
    {
      Follower *follower = link->data;

      link = link->next;
      if (follower->session != NULL && !jump_session_book_has (self->sessions, follower->session))
        end_stream (follower);
    }
}

void
jump_event_desk_close (JumpEventDesk *self)
{
  self->is_closed = TRUE;
  while (!g_queue_is_empty (&self->followers))
    end_stream (g_queue_peek_head (&self->followers));
  stop_lingering (self);
}
