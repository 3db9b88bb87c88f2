/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/simulator/incoming-call.h"

/* What arrived: counts of everything, and the last 200 requests themselves. */

typedef struct _JumpCallLog JumpCallLog;

JumpCallLog *jump_call_log_new (void);
void jump_call_log_free (JumpCallLog *self);
/* @call: (transfer full) */
void jump_call_log_add (JumpCallLog *self, JumpIncomingCall *call);
guint jump_call_log_count (const JumpCallLog *self, const char *key);
/* @newest: 0 is the last one. Returns: (transfer none) (nullable) */
const JumpIncomingCall *jump_call_log_get (const JumpCallLog *self, const char *key, guint newest);
/* Returns: (transfer full): JSON: what is kept, newest first, without bodies and credentials */
char *jump_call_log_write (const JumpCallLog *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpCallLog, jump_call_log_free)
