/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/json-scan.h"

/* Which result belongs to which tool call in a conversation read from its beginning. Calls without a result
 * and results without a call are both refused by every upstream; clients make them when a person
 * interrupts, or cuts a conversation short. */

typedef struct _JumpCallLedger JumpCallLedger;

typedef struct
{
  char *id;        /* (owned) */
  guint call_at;   /* wherever the caller counts from */
  guint result_at; /* JUMP_CALL_UNANSWERED: none came */
  JumpJsonSpan result;
  guint next; /* of the same id at the same place, 0: none */
  guint last; /* of those */
} JumpCallSlot;

#define JUMP_CALL_UNANSWERED G_MAXUINT

JumpCallLedger *jump_call_ledger_new (void);
void jump_call_ledger_free (JumpCallLedger *self);

/* @id: a string, anything else is no call. Calls of one place may share an id: results answer them in order. */
void jump_call_ledger_add_call (JumpCallLedger *self, JumpJsonSpan id, guint at);
/* @result: what to remember of it. Returns: whether a call is waiting for it. */
gboolean
jump_call_ledger_add_result (JumpCallLedger *self, JumpJsonSpan id, JumpJsonSpan result, guint at);
/* No call so far can be answered any more. */
void jump_call_ledger_close (JumpCallLedger *self);

guint jump_call_ledger_get_length (const JumpCallLedger *self);
/* The calls in order. */
const JumpCallSlot *jump_call_ledger_get (const JumpCallLedger *self, guint index);

/* What stands for a result that never came; needs no escapes. */
#define JUMP_CALL_NO_RESULT "[No result: the call was interrupted.]"

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpCallLedger, jump_call_ledger_free)
