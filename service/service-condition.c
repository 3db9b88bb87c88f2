/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/service-condition.h"

JumpCondition
jump_condition_decide (const JumpConditionFacts *facts, JumpAttention *out_attention)
{
  *out_attention = JUMP_ATTENTION_NONE;
  if (facts->account == JUMP_ACCOUNT_LOADING)
    return JUMP_CONDITION_STARTING;
  if (facts->account == JUMP_ACCOUNT_SIGNED_OUT)
    return facts->is_signing_in ? JUMP_CONDITION_SIGNING_IN : JUMP_CONDITION_SIGNED_OUT;
  if (facts->is_paused)
    return JUMP_CONDITION_PAUSED;
  return facts->open_exchanges > 0 ? JUMP_CONDITION_WORKING : JUMP_CONDITION_READY;
}

const char *
jump_condition_to_string (JumpCondition condition)
{
  return "";
}

const char *
jump_attention_to_string (JumpAttention attention)
{
  return "";
}
