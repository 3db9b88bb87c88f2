/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <json-glib/json-glib.h>

/* The opaque state of a model's reasoning: encrypted_content of Responses, signature and
 * redacted_thinking of Messages, reasoning_opaque of chat. Made so that the simulator knows its own
 * when it comes back, and which API and model it was for. The same reasoning always gets the same
 * seal, so that tests can compare. */

typedef enum
{
  JUMP_SEAL_CHAT,
  JUMP_SEAL_RESPONSES,
  JUMP_SEAL_SIGNATURE, /* of a thinking block, for the text shown in it */
  JUMP_SEAL_REDACTED,
  JUMP_SEAL_COMPACTION,
} JumpSealKind;

/* @text: what is shown beside the seal, empty when nothing is.
 * Returns: (transfer full): base64 */
char *jump_reasoning_seal_make (JumpSealKind kind, JsonObject *model, const char *text);
/* @text: (nullable): what came back beside it; NULL when that does not matter. */
gboolean jump_reasoning_seal_check (JumpSealKind kind,
                                    JsonObject *model,
                                    const char *text,
                                    const char *seal);
