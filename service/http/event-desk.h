/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/http/client-request.h"
#include "service/http/event-feed.h"
#include "service/http/session-book.h"

/* Those who follow the feed by GET /api/events: each gets what is published as Server-Sent Events, as fast as it reads
 * and no faster, and a sign of life when there is nothing. Whoever comes back within a minute goes on where it was.
 * A stream ends with the service, and with the session that opened it. */

/* Browsers open six at once at most, each tab one. */
#define JUMP_EVENT_DESK_PLACES 16

typedef struct _JumpEventDesk JumpEventDesk;

/* All of them outlive the desk. */
JumpEventDesk *
jump_event_desk_new (JumpEventFeed *feed, JumpSessionBook *sessions, JumpClock *clock);
void jump_event_desk_free (JumpEventDesk *self);
/* Answers @request with the stream. FALSE: there is no place left, or the service ends; @request is not answered. */
gboolean jump_event_desk_follow (JumpEventDesk *self, JumpClientRequest *request);
/* A session has ended: so do its streams. */
void jump_event_desk_check_sessions (JumpEventDesk *self);
/* Ends all streams, for good. */
void jump_event_desk_close (JumpEventDesk *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpEventDesk, jump_event_desk_free)
