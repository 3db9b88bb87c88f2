/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/keys/key-meter.h"

struct _JumpKeyMeter
{
  JumpClock *clock; /* (owned) */
};

JumpKeyMeter *
jump_key_meter_new (JumpClock *clock)
{
  JumpKeyMeter *self = g_new0 (JumpKeyMeter, 1);

  self->clock = g_object_ref (clock);
  return self;
}

void
jump_key_meter_free (JumpKeyMeter *self)
{
  g_object_unref (self->clock);
  g_free (self);
}

JumpKeyVerdict
jump_key_meter_begin (JumpKeyMeter *self, JumpClientKey *key, guint *out_wait)
{
  *out_wait = 0;
  return JUMP_KEY_ADMITTED;
}

void
jump_key_meter_end (JumpKeyMeter *self, const char *key_id, double credits)
{
}

guint
jump_key_meter_get_running (JumpKeyMeter *self, const char *key_id)
{
  return 0;
}

guint
jump_key_meter_get_last_minute (JumpKeyMeter *self, const char *key_id)
{
  return 0;
}

double
jump_key_meter_get_credits_today (JumpKeyMeter *self, const char *key_id)
{
  return 0;
}
