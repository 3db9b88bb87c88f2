/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/clock.h"
#include "service/conversation/exchange-record.h"

/* Files that grow by a line for each finished exchange: requests/YYYY-MM-DD.jl (H-18) and error.log (H-19).
 * One thread writes them, whole lines only; nobody waits for it. */

typedef struct _JumpHistoryFile JumpHistoryFile;

JumpHistoryFile *jump_history_file_new (const char *data_dir, JumpClock *clock);
/* Writes what is left. */
void jump_history_file_free (JumpHistoryFile *self);
void jump_history_file_set_wanted (JumpHistoryFile *self, gboolean requests, gboolean errors);
void jump_history_file_add (JumpHistoryFile *self, JumpExchangeRecord *record);
/* H-19: a refresh of the token failed. */
void jump_history_file_add_refresh_failure (JumpHistoryFile *self,
                                            const char *endpoint,
                                            guint status,
                                            const char *error,
                                            const char *reply);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpHistoryFile, jump_history_file_free)
