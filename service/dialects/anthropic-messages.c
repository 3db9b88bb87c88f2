/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/anthropic-decoder.h"
#include "service/dialects/anthropic-encoder.h"
#include "service/dialects/anthropic-failure.h"
#include "service/dialects/anthropic-prompt.h"
#include "service/dialects/anthropic-repair.h"
#include "service/dialects/anthropic-reply.h"
#include "service/dialects/anthropic-request.h"
#include "service/dialects/anthropic-scan.h"
#include "service/dialects/dialect.h"

const JumpDialect jump_dialect_messages = {
  .id = JUMP_DIALECT_MESSAGES,
  .name = "messages",
  .upstream_path = "/v1/messages",
  .stream_type = "text/event-stream",
  .keep_alive = "event: ping\ndata: {\"type\":\"ping\"}\n\n",
  .id_header = "request-id",
  .scan = jump_anthropic_scan,
  .read_prompt = jump_anthropic_prompt_read,
  .write_prompt = jump_anthropic_request_write,
  .read_reply = jump_anthropic_reply_read,
  .new_decoder = jump_anthropic_decoder_new,
  .new_repair = jump_anthropic_repair_new,
  .write_reply = jump_anthropic_reply_write,
  .new_encoder = jump_anthropic_encoder_new,
  .write_failure = jump_anthropic_failure_write,
};
