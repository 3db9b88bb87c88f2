/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/anthropic-reasoning.h"

/**
 * jump_anthropic_reasoning_dup_field:
 *
 * Returns: (transfer full): the text of a "signature", or of the "data" of redacted thinking
 */
char *
jump_anthropic_reasoning_dup_field (const JumpReasoningState *state, const char *model)
{
  g_auto (JumpReasoningState) named = { JUMP_REASONING_NONE, NULL, NULL };

  switch (state->kind)
    {
    case JUMP_REASONING_NONE:
    case JUMP_REASONING_SIGNATURE:
    case JUMP_REASONING_REDACTED:
      return g_strdup (state->data == NULL ? "" : state->data);
    case JUMP_REASONING_OPAQUE:
    case JUMP_REASONING_ENCRYPTED:
      break;
    }
  jump_reasoning_state_copy (&named, state);
  if (named.model == NULL)
    named.model = g_strdup (model);
  return jump_reasoning_state_seal (&named);
}

/**
 * jump_anthropic_reasoning_is_redacted:
 *
 * A signature always goes with a thinking block, an empty one when nothing of it shall be seen.
 */
gboolean
jump_anthropic_reasoning_is_redacted (const JumpReasoningState *state)
{
  return state->kind != JUMP_REASONING_SIGNATURE;
}
