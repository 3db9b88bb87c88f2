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
/* Of these clients no question, answer or header is written; "*" at the end for any ending. */
void jump_history_file_set_skip_clients (JumpHistoryFile *self, const char *const *clients);
void jump_history_file_add (JumpHistoryFile *self, JumpExchangeRecord *record);
/* H-19: a refresh of the token failed. @endpoint, @reply: (nullable); @status: 0: no answer came. */
void jump_history_file_add_refresh_failure (JumpHistoryFile *self,
                                            const char *endpoint,
                                            guint status,
                                            const char *error,
                                            const char *reply);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpHistoryFile, jump_history_file_free)
