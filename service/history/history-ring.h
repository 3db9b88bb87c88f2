/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/history/exchange-item.h"

#include <gio/gio.h>

/* The exchanges of this run, running and ended: a GListModel of JumpExchangeItem, oldest first, new
 * ones at the end. Holds JUMP_LIMIT_HISTORY_ROWS rows, bodies for the JUMP_LIMIT_HISTORY_BODIES of them that
 * ended last and no more than JUMP_LIMIT_HISTORY_BYTES of bodies. Running ones are never dropped. When it
 * is full, the oldest rows go many at once. */

#define JUMP_TYPE_HISTORY_RING (jump_history_ring_get_type ())
G_DECLARE_FINAL_TYPE (JumpHistoryRing, jump_history_ring, JUMP, HISTORY_RING, GObject)

JumpHistoryRing *jump_history_ring_new (void);
/* For a smaller one, in tests. */
void jump_history_ring_set_limits (JumpHistoryRing *self, guint rows, guint bodies, gsize bytes);
/* @record is new, or says something new; one whose state is JUMP_EXCHANGE_ENDED is not expected again. */
void jump_history_ring_update (JumpHistoryRing *self, JumpExchangeRecord *record);
/* Returns: (transfer none) (nullable) */
JumpExchangeItem *jump_history_ring_find (JumpHistoryRing *self, const char *id);
/* Forgets what has ended. */
void jump_history_ring_clear (JumpHistoryRing *self);
/* The same, or their bodies only, of those that began before @before (wall seconds; 0: all). */
void jump_history_ring_purge (JumpHistoryRing *self, gboolean only_bodies, gint64 before);
