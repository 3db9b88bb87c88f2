/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/relay/spending-gate.h"

#include "service/base/error.h"

void
jump_spending_gate_ask (const JumpExchangeContext *context,
                        const JumpExchangeRecord *record,
                        const char *model,
                        JumpSpendingVerdict *out_verdict)
{
  JumpSpendingQuestion question = {
    .client_key = record->client_key,
    .session = record->session,
    .model = model,
  };

  *out_verdict = (JumpSpendingVerdict){ JUMP_SPENDING_GO };
  if (context->guard.ask != NULL)
    context->guard.ask (context->guard.source, &question, out_verdict);
}

GError *
jump_spending_gate_new_error (const JumpSpendingVerdict *verdict)
{
  return g_error_new_literal (JUMP_ERROR,
                              JUMP_ERROR_RATE_LIMITED,
                              verdict->message != NULL ? verdict->message : "a budget is used up");
}
