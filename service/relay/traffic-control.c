/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/relay/traffic-control.h"

#include "service/relay/approval-desk-private.h"

static void
on_approvals_changed (JumpTrafficControl *self)
{
  self->on_changed (self->user_data);
}

JumpTrafficControl *
jump_traffic_control_new (JumpClock *clock, void (*on_changed) (gpointer), gpointer user_data)
{
  JumpTrafficControl *self = g_new0 (JumpTrafficControl, 1);

  self->on_changed = on_changed;
  self->user_data = user_data;
  self->turns = jump_turn_queue_new (clock);
  self->bursts = jump_burst_watch_new (clock, on_changed, user_data);
  self->approvals = jump_approval_desk_new (clock);
  g_signal_connect_swapped (self->approvals,
                            "items-changed",
                            G_CALLBACK (on_approvals_changed),
                            self);
  return self;
}

void
jump_traffic_control_free (JumpTrafficControl *self)
{
  g_signal_handlers_disconnect_by_data (self->approvals, self);
  g_clear_object (&self->approvals);
  g_clear_pointer (&self->turns, jump_turn_queue_free);
  g_clear_pointer (&self->bursts, jump_burst_watch_free);
  g_free (self);
}

/**
 * jump_traffic_control_set_options:
 * @options: copied as far as it is about what goes upstream, and when
 */
void
jump_traffic_control_set_options (JumpTrafficControl *self, const JumpTrafficOptions *options)
{
  const JumpTurnRules turn_rules = {
    .concurrent = options->concurrent,
    .waiting = options->waiting,
    .wait_seconds = options->wait_seconds,
    .spacing_seconds = options->spacing_seconds,
    .spacing_refuses = options->spacing_refuses,
  };
  const JumpApprovalRules approval_rules = {
    .is_needed = options->needs_approval,
    .seconds = options->approval_seconds,
    .waiting = options->waiting,
    .approved_clients = options->approved_clients,
  };

  jump_burst_watch_set_limit (self->bursts, options->burst_requests);
  jump_turn_queue_set_rules (self->turns, &turn_rules);
  jump_approval_desk_set_rules (self->approvals, &approval_rules);
}

void
jump_traffic_control_close (JumpTrafficControl *self, const GError *error)
{
  jump_approval_desk_close (self->approvals, error);
  jump_turn_queue_close (self->turns, error);
}

void
jump_traffic_control_get_state (JumpTrafficControl *self, JumpTrafficState *out_state)
{
  *out_state = (JumpTrafficState){
    .active = jump_turn_queue_get_active (self->turns),
    .waiting = jump_turn_queue_get_waiting (self->turns),
    .approvals = g_list_model_get_n_items (G_LIST_MODEL (self->approvals)),
    .requests_last_minute = jump_burst_watch_get_count (self->bursts),
    .is_bursting = jump_burst_watch_is_bursting (self->bursts),
  };
}
