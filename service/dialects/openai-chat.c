/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/dialect.h"

const JumpDialect jump_dialect_chat = {
  .id = JUMP_DIALECT_CHAT,
  .name = "chat",
  .upstream_path = "/chat/completions",
  .stream_type = "text/event-stream",
  .keep_alive = ": keepalive\n\n",
  .reasoning_kinds = 1 << JUMP_REASONING_OPAQUE,
};
