/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/relay/exchange-context.h"

/* What an exchange goes through before upstream is asked: somebody's word, where that is wanted, then its
 * turn, which it keeps until it ends. */

typedef struct _JumpExchangeEntry JumpExchangeEntry;

/* Once. @error: (nullable): the exchange may not go on; @retry_after: seconds, 0: not known. */
typedef void (*JumpExchangeEntryFunc) (const GError *error, guint retry_after, gpointer user_data);

/* @record: gets queued_us. Returns: (transfer full) */
JumpExchangeEntry *jump_exchange_entry_new (const JumpExchangeContext *context,
                                            JumpExchangeRecord *record,
                                            JumpExchangeEntryFunc func,
                                            gpointer user_data);
/* @reason: (nullable): why somebody has to allow it, whatever the rules are; copied. Before _begin(). */
void jump_exchange_entry_set_reason (JumpExchangeEntry *self, const char *reason);
/* Once, after _new(): may call func before it returns. */
void jump_exchange_entry_begin (JumpExchangeEntry *self);
/* Whether it waits for its turn, and will not do so for long. */
gboolean jump_exchange_entry_is_short_wait (const JumpExchangeEntry *self);
/* Writes down how long it has waited so far. */
void jump_exchange_entry_settle (JumpExchangeEntry *self);
/* Returns the turn, or the place in a queue. */
void jump_exchange_entry_free (JumpExchangeEntry *self);
