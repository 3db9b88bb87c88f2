/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/error.h"
#include "service/service-private.h"

/* ---- what a screen shows ---- */

JumpClock *
jump_service_get_clock (JumpService *self)
{
  return self->clock;
}

const JumpPaths *
jump_service_get_paths (JumpService *self)
{
  return self->paths;
}

JumpHistoryRing *
jump_service_get_history (JumpService *self)
{
  return self->history;
}

JumpUsageDay *
jump_service_get_usage_day (JumpService *self)
{
  return self->usage_day;
}

JumpQuota *
jump_service_get_quota (JumpService *self)
{
  return self->quota;
}

guint
jump_service_get_open_exchanges (JumpService *self)
{
  return jump_relay_get_open_exchanges (self->relay);
}

/* One that came to nothing stays with the account, to tell why. */
static gboolean
is_sign_in_running (JumpService *self)
{
  JumpDeviceFlow *flow = jump_account_get_sign_in (self->account);

  return flow != NULL && (!jump_device_flow_is_final (flow) ||
                          jump_device_flow_get_state (flow) == JUMP_DEVICE_FLOW_SUCCESS);
}

/* What passes by itself is no trouble while the token at hand is good. */
static const JumpProblem *
get_pressing_problem (JumpService *self)
{
  const JumpProblem *problem = jump_token_manager_get_problem (self->tokens);

  if (problem != NULL && jump_token_manager_get_state (self->tokens) == JUMP_TOKEN_READY &&
      !jump_problem_needs_person (problem->kind))
    return NULL;
  return problem;
}

/**
 * jump_service_get_condition:
 * @self: a service
 * @out_attention: (out) (optional): what calls for attention, also where another condition comes first
 *
 * Returns: how the service is
 */
JumpCondition
jump_service_get_condition (JumpService *self, JumpAttention *out_attention)
{
  JumpAttention attention;
  JumpConditionFacts facts = {
    .is_listening = self->url != NULL || self->listen_error == NULL,
    .is_paused = self->is_paused,
    .is_online = self->is_online,
    .account = jump_account_get_state (self->account),
    .is_signing_in = is_sign_in_running (self),
    .problem = get_pressing_problem (self),
    .breaker = jump_upstream_client_get_breaker_state (self->upstream),
    .quota = jump_quota_get_state (self->quota),
    .permits_overage = jump_quota_permits_overage (self->quota),
    .now = jump_clock_get_wall_seconds (self->clock),
    .open_exchanges = jump_relay_get_open_exchanges (self->relay),
  };
  JumpCondition condition = jump_condition_decide (&facts, &attention);

  if (out_attention != NULL)
    *out_attention = attention;
  return condition;
}

const GError *
jump_service_get_listen_error (JumpService *self)
{
  return self->listen_error;
}

JumpProblem *
jump_service_dup_problem (JumpService *self)
{
  return NULL;
}

/* ---- what a screen does ---- */

void
jump_service_set_paused (JumpService *self, gboolean is_paused)
{
  if (self->is_paused == is_paused)
    return;
  self->is_paused = is_paused;
  jump_service_note_change (self);
}

gboolean
jump_service_get_paused (JumpService *self)
{
  return self->is_paused;
}

gboolean
jump_service_cancel_exchange (JumpService *self, const char *id)
{
  return FALSE;
}

JumpDeviceFlow *
jump_service_sign_in (JumpService *self, const char *tenant, GError **error)
{
  return jump_account_start_sign_in (self->account);
}

void
jump_service_enable_model_async (JumpService *self,
                                 const char *id,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_return_boolean (task, TRUE);
}

gboolean
jump_service_enable_model_finish (JumpService *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
jump_service_set_online (JumpService *self, gboolean is_online)
{
}

void
jump_service_wake (JumpService *self)
{
}
