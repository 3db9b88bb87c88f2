/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/relay/request-patch.h"

#include "service/relay/chat-patch.h"
#include "service/relay/messages-patch.h"
#include "service/relay/responses-patch.h"

/**
 * jump_request_patch:
 * @target: the dialect of @body, one with an upstream
 * @body: a request that @target's scan took
 * @facts: what that scan found
 * @traits: of the model it is sent to
 * @changes: gets a name for each repair
 *
 * Returns: (transfer full) (nullable): the bytes to send, @body itself when nothing had to change; %NULL with
 *   JUMP_ERROR_BAD_REQUEST for what cannot be repaired
 */
GBytes *
jump_request_patch (const JumpDialect *target,
                    GBytes *body,
                    const JumpRequestFacts *facts,
                    const JumpModelTraits *traits,
                    JumpChanges *changes,
                    GError **error)
{
  switch (target->id)
    {
    case JUMP_DIALECT_CHAT:
      return jump_chat_patch (body, facts, traits, changes, error);
    case JUMP_DIALECT_MESSAGES:
      return jump_messages_patch (body, facts, traits, changes, error);
    case JUMP_DIALECT_RESPONSES:
      return jump_responses_patch (body, facts, traits, changes, error);
    case JUMP_DIALECT_COMPLETIONS:
    case JUMP_DIALECT_OLLAMA_CHAT:
    case JUMP_DIALECT_OLLAMA_GENERATE:
    case JUMP_N_DIALECTS:
      break;
    }
  g_return_val_if_reached (NULL);
}
