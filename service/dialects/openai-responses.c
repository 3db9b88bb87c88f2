/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/dialect.h"

const JumpDialect jump_dialect_responses = {
  .id = JUMP_DIALECT_RESPONSES,
  .name = "responses",
  .upstream_path = "/responses",
  .stream_type = "text/event-stream",
  .keep_alive = ": keepalive\n\n",
  .reasoning_kinds = 1 << JUMP_REASONING_ENCRYPTED,
};
