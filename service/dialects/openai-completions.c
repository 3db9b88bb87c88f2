/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/dialect.h"

const JumpDialect jump_dialect_completions = {
  .id = JUMP_DIALECT_COMPLETIONS,
  .name = "completions",
  .upstream_path = NULL,
  .stream_type = "text/event-stream",
  .keep_alive = ": keepalive\n\n",
  .reasoning_kinds = 0,
};
