/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/dialect.h"
#include "service/dialects/ollama-failure.h"
#include "service/dialects/ollama-message.h"
#include "service/dialects/ollama-reply.h"
#include "service/dialects/ollama-request.h"
#include "service/dialects/ollama-stream.h"
#include "service/dialects/ollama-tools.h"

static gboolean
scan (JumpRequestFacts *facts, const char *data, gsize length, GError **error)
{
  JumpOllamaRequest request;

  return jump_ollama_request_scan (&request, data, length, error) &&
         jump_ollama_request_get_facts (&request, facts, error) &&
         jump_ollama_tools_scan (request.tools, facts, error) &&
         jump_ollama_message_scan_all (request.messages, facts, error);
}

static JumpPrompt *
read_prompt (const char *data, gsize length, GError **error)
{
  g_autoptr (JumpPrompt) prompt = jump_prompt_new ();
  JumpOllamaRequest request;

  jump_ollama_request_find (&request, data, length);
  if (!jump_ollama_request_read (&request, prompt, error) ||
      !jump_ollama_message_read_all (request.messages, prompt, error) ||
      !jump_ollama_tools_read (request.tools, prompt, error))
    return NULL;
  jump_prompt_match_calls (prompt);
  return g_steal_pointer (&prompt);
}

static GBytes *
write_reply (const JumpReply *reply, const JumpReplyOptions *options)
{
  return jump_ollama_reply_write (JUMP_OLLAMA_CHAT, reply, options);
}

static JumpEncoder *
new_encoder (const JumpReplyOptions *options)
{
  return jump_ollama_stream_new (JUMP_OLLAMA_CHAT, options);
}

const JumpDialect jump_dialect_ollama_chat = {
  .id = JUMP_DIALECT_OLLAMA_CHAT,
  .name = "ollama-chat",
  .upstream_path = NULL,
  .stream_type = "application/x-ndjson",
  .shows_thinking = TRUE,
  .keep_alive = " ", /* space before the next line's JSON; an empty line breaks clients */
  .scan = scan,
  .read_prompt = read_prompt,
  .write_reply = write_reply,
  .new_encoder = new_encoder,
  .write_failure = jump_ollama_failure_write,
};
