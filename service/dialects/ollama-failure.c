/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/ollama-failure.h"

#include "service/base/json-write.h"

void
jump_ollama_failure_append (GString *out, const JumpFailure *failure)
{
  g_string_append (out, "{\"error\":\"");
  jump_json_append_escaped (out, failure->message, -1);
  g_string_append (out, "\"}");
}

GBytes *
jump_ollama_failure_write (const JumpFailure *failure, const char *request_id G_GNUC_UNUSED)
{
  GString *text = g_string_new (NULL);

  jump_ollama_failure_append (text, failure);
  return g_string_free_to_bytes (text);
}
