/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/history/history-bodies.h"

/* Many exchanges in one transaction. */

/* @entries: (element-type JumpHistoryEntry): all or none are written, but for those that never could be
 * @out_n_refused: how many these were */
gboolean jump_history_batch_write (JumpHistoryDatabase *database,
                                   GQueue *entries,
                                   guint *out_n_refused,
                                   GError **error);
