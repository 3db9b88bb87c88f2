/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/dialect.h"

const JumpDialect jump_dialect_ollama_chat = {
  .id = JUMP_DIALECT_OLLAMA_CHAT,
  .name = "ollama-chat",
  .upstream_path = NULL,
  .stream_type = "application/x-ndjson",
  .reasoning_kinds = 0,
};
