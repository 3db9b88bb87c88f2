/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/openai-chat.h"

#include "service/dialects/openai-error.h"

const JumpDialect jump_dialect_chat = {
  .id = JUMP_DIALECT_CHAT,
  .name = "chat",
  .upstream_path = "/chat/completions",
  .stream_type = "text/event-stream",
  .keep_alive = ": keepalive\n\n",
  .scan = jump_chat_scan,
  .read_prompt = jump_chat_read_prompt,
  .write_prompt = jump_chat_write_prompt,
  .read_reply = jump_chat_read_reply,
  .new_decoder = jump_chat_decoder_new,
  .new_repair = jump_chat_pipe_new,
  .write_reply = jump_chat_write_reply,
  .new_encoder = jump_chat_encoder_new,
  .write_failure = jump_openai_error_write,
  .pass_failure = jump_openai_error_from_upstream,
};
