/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/dialect.h"

const JumpDialect jump_dialect_messages = {
  .id = JUMP_DIALECT_MESSAGES,
  .name = "messages",
  .upstream_path = "/v1/messages",
  .stream_type = "text/event-stream",
  .keep_alive = "event: ping\ndata: {\"type\":\"ping\"}\n\n",
  .reasoning_kinds = (1 << JUMP_REASONING_SIGNATURE) | (1 << JUMP_REASONING_REDACTED),
};
