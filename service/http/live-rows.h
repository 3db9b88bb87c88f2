/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/clock.h"
#include "service/conversation/exchange-record.h"
#include "service/http/event-feed.h"

/* Events "request" of exchanges as they go on: at most five in a second for each, the last of which says how it ended.
 * Costs nothing while nobody follows. */

typedef struct _JumpLiveRows JumpLiveRows;

JumpLiveRows *jump_live_rows_new (JumpEventFeed *feed, JumpClock *clock);
void jump_live_rows_free (JumpLiveRows *self);
/* @record is new, says something new, or has ended. */
void jump_live_rows_note (JumpLiveRows *self, JumpExchangeRecord *record);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpLiveRows, jump_live_rows_free)
