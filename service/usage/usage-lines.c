/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/usage/usage-lines.h"

struct _JumpUsageLines
{
  JumpClock *clock; /* (owned) */
};

JumpUsageLines *
jump_usage_lines_new (JumpClock *clock)
{
  JumpUsageLines *self = g_new0 (JumpUsageLines, 1);

  self->clock = g_object_ref (clock);
  return self;
}

void
jump_usage_lines_free (JumpUsageLines *self)
{
  g_object_unref (self->clock);
  g_free (self);
}

void
jump_usage_lines_set_place (JumpUsageLines *self, const char *folder, const char *machine)
{
}

void
jump_usage_lines_add (JumpUsageLines *self, const JumpExchangeRecord *record)
{
}

void
jump_usage_lines_flush (JumpUsageLines *self)
{
}

char *
jump_usage_machine_new (const char *name)
{
  return g_strdup (name);
}
