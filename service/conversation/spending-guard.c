/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/conversation/spending-guard.h"

/**
 * jump_spending_verdict_clear:
 * @self: a verdict
 */
void
jump_spending_verdict_clear (JumpSpendingVerdict *self)
{
  g_clear_pointer (&self->model, g_free);
  g_clear_pointer (&self->message, g_free);
}
