/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/pace.h"

struct _JumpPace
{
  guint interval_ms;
  JumpPaceFunc run;
  gpointer user_data;
  guint source;
  gint64 next_us; /* monotonic time before which it does not run again */
};

static gboolean
on_turn_come (gpointer user_data)
{
  JumpPace *self = user_data;

  self->source = 0;
  self->next_us = g_get_monotonic_time () + (gint64) self->interval_ms * 1000;
  self->run (self->user_data);
  return G_SOURCE_REMOVE;
}

/**
 * jump_pace_new:
 * @interval_ms: the least time between two runs
 * @run: what to do; it must not free the pace
 * @user_data: for @run
 *
 * Returns: (transfer full): nothing was asked of it yet
 */
JumpPace *
jump_pace_new (guint interval_ms, JumpPaceFunc run, gpointer user_data)
{
  JumpPace *self = g_new0 (JumpPace, 1);

  self->interval_ms = interval_ms;
  self->run = run;
  self->user_data = user_data;
  return self;
}

/**
 * jump_pace_free:
 * @self: (transfer full): what was asked for and has not run is forgotten
 */
void
jump_pace_free (JumpPace *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  g_free (self);
}

/**
 * jump_pace_request:
 * @self: the pace
 *
 * Runs once for all requests that come before its turn.
 */
void
jump_pace_request (JumpPace *self)
{
  gint64 wait_us = self->next_us - g_get_monotonic_time ();

  if (self->source != 0)
    return;
  if (wait_us <= 0)
    self->source = g_idle_add (on_turn_come, self);
  else
    self->source = g_timeout_add ((guint) (wait_us / 1000) + 1, on_turn_come, self);
}
