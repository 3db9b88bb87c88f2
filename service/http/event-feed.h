/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <gio/gio.h>

/* What happens, for those who follow GET /api/events: the last JUMP_LIMIT_EVENTS of it, numbered, so that a
 * follower who was away goes on where it was. Emits "published" (guint64 number). */

#define JUMP_TYPE_EVENT_FEED (jump_event_feed_get_type ())
G_DECLARE_FINAL_TYPE (JumpEventFeed, jump_event_feed, JUMP, EVENT_FEED, GObject)

typedef struct
{
  guint64 number;
  const char
      *name;  /* static: "request", "status", "quota", "budget", "approvals", "models", "settings",
                     * "keys", "login" */
  char *data; /* (owned): JSON */
} JumpEvent;

JumpEventFeed *jump_event_feed_new (void);
/* @name: static. @json: (transfer full) */
void jump_event_feed_publish (JumpEventFeed *self, const char *name, char *json);
/* For what is not published because nobody follows: whoever comes back finds a gap. */
void jump_event_feed_skip (JumpEventFeed *self);
/* Before the first event: the number before its own. */
void jump_event_feed_set_start (JumpEventFeed *self, guint64 number);
/* Whether anybody follows; nobody has to make JSON for nobody. */
gboolean jump_event_feed_has_followers (JumpEventFeed *self);
void jump_event_feed_follow (JumpEventFeed *self);
void jump_event_feed_unfollow (JumpEventFeed *self);
/* Returns: (transfer none) (nullable): the one after @number; NULL: there is none yet. @out_is_gap: (out): those
 * right after it were forgotten already. */
const JumpEvent *
jump_event_feed_get_next (JumpEventFeed *self, guint64 number, gboolean *out_is_gap);
guint64 jump_event_feed_get_last (JumpEventFeed *self);
