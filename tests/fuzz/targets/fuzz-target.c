/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "tests/fuzz/targets/fuzz-target.h"

#include <string.h>

const FuzzTarget fuzz_targets[] = {
  { "sse", fuzz_target_sse },
  { "json", fuzz_target_json },
  { "chat-request", fuzz_target_chat_request },
  { "responses-request", fuzz_target_responses_request },
  { "messages-request", fuzz_target_messages_request },
  { "ollama-request", fuzz_target_ollama_request },
  { "reply", fuzz_target_reply },
  { "chat-stream", fuzz_target_chat_stream },
  { "responses-stream", fuzz_target_responses_stream },
  { "messages-stream", fuzz_target_messages_stream },
  { "http", fuzz_target_http },
  { "origin", fuzz_target_origin },
  { "coding", fuzz_target_coding },
  { "settings", fuzz_target_settings },
  { "records", fuzz_target_records },
  { "history-lines", fuzz_target_history_lines },
  { "form", fuzz_target_form },
  { NULL, NULL },
};

const FuzzTarget *
fuzz_target_find (const char *name)
{
  for (const FuzzTarget *target = fuzz_targets; target->name != NULL; target++)
    {
      if (strcmp (target->name, name) == 0)
        return target;
    }
  return NULL;
}
