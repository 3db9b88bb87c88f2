/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/conversation/changes.h"
#include "service/conversation/model-traits.h"
#include "service/conversation/tool-names.h"

/* Reasoning that Anthropic's upstream takes back. */
#define JUMP_ANTHROPIC_REASONING_KINDS \
  ((1u << JUMP_REASONING_SIGNATURE) | (1u << JUMP_REASONING_REDACTED))

/* A prompt to a Messages request as Copilot takes it (protocol 6.3). Returns: (transfer full) (nullable):
 * NULL with JUMP_ERROR_BAD_REQUEST for what upstream can by no means be asked. */
GBytes *jump_anthropic_request_write (const JumpPrompt *prompt,
                                      const JumpModelTraits *traits,
                                      const JumpToolNames *names,
                                      JumpChanges *changes,
                                      GError **error);
