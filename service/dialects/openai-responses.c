/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/openai-responses.h"

#include "service/dialects/openai-error.h"
#include "service/dialects/openai-responses-failure.h"

const JumpDialect jump_dialect_responses = {
  .id = JUMP_DIALECT_RESPONSES,
  .name = "responses",
  .upstream_path = "/responses",
  .stream_type = "text/event-stream",
  .keep_alive = ": keepalive\n\n",
  .scan = jump_responses_scan,
  .read_prompt = jump_responses_read_prompt,
  .write_prompt = jump_responses_write_prompt,
  .make_echo = jump_responses_make_echo,
  .read_reply = jump_responses_read_reply,
  .new_decoder = jump_responses_decoder_new,
  .new_repair = jump_responses_pipe_new,
  .write_reply = jump_responses_write_reply,
  .new_encoder = jump_responses_encoder_new,
  .write_failure = jump_responses_write_failure,
  .pass_failure = jump_responses_pass_failure,
};
