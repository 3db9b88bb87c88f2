/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/service-private.h"

JumpApprovalDesk *
jump_service_get_approvals (JumpService *self)
{
  return jump_relay_get_approvals (self->relay);
}

void
jump_service_get_traffic (JumpService *self, JumpTrafficState *out_state)
{
  jump_relay_get_traffic (self->relay, out_state);
}

JumpBreakerState
jump_service_get_breaker_state (JumpService *self)
{
  return jump_upstream_client_get_breaker_state (self->upstream);
}
