/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/service-private.h"

/* Between two changes that come from exchanges alone: an icon that flickers faster says nothing. */
#define EXCHANGE_PAUSE_MS 200

static gboolean
is_condition_new (JumpService *self)
{
  JumpAttention attention;
  JumpCondition condition = jump_service_get_condition (self, &attention);

  return condition != self->told_condition || attention != self->told_attention;
}

static void
tell (JumpService *self)
{
  self->told_at = jump_clock_get_monotonic_time (self->clock);
  self->told_condition = jump_service_get_condition (self, &self->told_attention);
  jump_service_emit_changed (self);
}

static gboolean
on_change_due (gpointer user_data)
{
  JumpService *self = user_data;

  g_clear_pointer (&self->change_source, g_source_unref);
  tell (self);
  return G_SOURCE_REMOVE;
}

static void
on_exchange_pause_over (gpointer user_data)
{
  JumpService *self = user_data;

  self->change_alarm = 0;
  if (is_condition_new (self))
    jump_service_note_change (self);
}

void
jump_service_note_change (JumpService *self)
{
  if (self->is_closed || self->change_source != NULL)
    return;
  jump_clock_clear_alarm (self->clock, &self->change_alarm);
  self->change_source = g_idle_source_new ();
  g_source_set_priority (self->change_source, G_PRIORITY_DEFAULT);
  g_source_set_callback (self->change_source, on_change_due, self, NULL);
  g_source_attach (self->change_source, NULL);
}

void
jump_service_note_exchange (JumpService *self)
{
  gint64 waited_us;

  if (self->is_closed || self->change_source != NULL || self->change_alarm != 0 ||
      !is_condition_new (self))
    return;
  waited_us = jump_clock_get_monotonic_time (self->clock) - self->told_at;
  if (self->told_at == 0 || waited_us >= EXCHANGE_PAUSE_MS * 1000)
    jump_service_note_change (self);
  else
    self->change_alarm = jump_clock_add_alarm (self->clock,
                                               EXCHANGE_PAUSE_MS - (guint64) (waited_us / 1000),
                                               on_exchange_pause_over,
                                               self);
}

void
jump_service_forget_changes (JumpService *self)
{
  self->is_closed = TRUE;
  if (self->change_source != NULL)
    g_source_destroy (self->change_source);
  g_clear_pointer (&self->change_source, g_source_unref);
  if (self->clock != NULL)
    jump_clock_clear_alarm (self->clock, &self->change_alarm);
}
