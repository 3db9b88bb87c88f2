/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/clock.h"
#include "service/keys/client-key.h"

/* What the keys have used of their limits: requests of the last minute, requests under way, credits of
 * today. In memory; the credits of a day are given back to it at the start by whoever knows them. */

typedef struct _JumpKeyMeter JumpKeyMeter;

typedef enum
{
  JUMP_KEY_ADMITTED,
  JUMP_KEY_TOO_FAST,       /* requests_per_minute */
  JUMP_KEY_TOO_MANY,       /* concurrent */
  JUMP_KEY_OUT_OF_CREDITS, /* daily_credits */
} JumpKeyVerdict;

JumpKeyMeter *jump_key_meter_new (JumpClock *clock);
void jump_key_meter_free (JumpKeyMeter *self);

/* May @key begin another model request now? Counts it if so. @request_id: under which its end will be told.
 * @out_wait: (out): seconds after which to try again, 0 when that is not known. */
JumpKeyVerdict jump_key_meter_begin (JumpKeyMeter *self,
                                     JumpClientKey *key,
                                     const char *request_id,
                                     guint *out_wait);
/* A request is over; nothing happens for one that was not admitted here. @credits: what upstream said it
 * cost, 0 unknown. */
void jump_key_meter_end (JumpKeyMeter *self, const char *request_id, double credits);
/* What a key has used today before this run. */
void jump_key_meter_restore (JumpKeyMeter *self, const char *key_id, double credits);
guint jump_key_meter_get_running (JumpKeyMeter *self, const char *key_id);
guint jump_key_meter_get_last_minute (JumpKeyMeter *self, const char *key_id);
double jump_key_meter_get_credits_today (JumpKeyMeter *self, const char *key_id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpKeyMeter, jump_key_meter_free)
