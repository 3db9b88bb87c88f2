/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/history/history-database.h"
#include "service/history/history-store.h"

/* What goes when it is old or too much, and what somebody wants gone. */

/* A part of what is due, so that others need not wait long. @now: wall seconds. @out_has_more: call it again. */
gboolean jump_history_retention_step (JumpHistoryDatabase *database,
                                      const JumpHistoryPolicy *policy,
                                      gint64 now,
                                      gboolean *out_has_more,
                                      GError **error);
/* As jump_history_store_purge_async() says. Returns: how many exchanges or bodies went, -1 with an error */
gssize jump_history_retention_purge (JumpHistoryDatabase *database,
                                     gboolean only_bodies,
                                     gint64 before,
                                     GError **error);
