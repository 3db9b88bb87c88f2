/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/history/history-bodies.h"

/* Finished exchanges that are not on disk yet: put in by the main loop, taken out by the worker. Where the disk
 * does not follow, the oldest are lost and counted. Any thread. */

typedef struct _JumpHistoryWaiting JumpHistoryWaiting;

JumpHistoryWaiting *jump_history_waiting_new (guint max_entries, gsize max_bytes);
void jump_history_waiting_free (JumpHistoryWaiting *self);
/* @entry: (transfer full). Returns: how many there are now */
guint jump_history_waiting_add (JumpHistoryWaiting *self, JumpHistoryEntry *entry);
/* (transfer full) (element-type JumpHistoryEntry): all, oldest first */
GQueue *jump_history_waiting_take (JumpHistoryWaiting *self);
/* @entries: (transfer full): could not be written; they are older than what came since. */
void jump_history_waiting_put_back (JumpHistoryWaiting *self, GQueue *entries);
/* One could not be written, and never will be. */
void jump_history_waiting_count_lost (JumpHistoryWaiting *self);
/* Returns: how many were lost since the last call */
guint jump_history_waiting_take_lost (JumpHistoryWaiting *self);
guint jump_history_waiting_get_length (JumpHistoryWaiting *self);
gboolean jump_history_waiting_is_empty (JumpHistoryWaiting *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpHistoryWaiting, jump_history_waiting_free)
