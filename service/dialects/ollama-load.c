/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/ollama-load.h"

#include "service/base/json-write.h"
#include "service/dialects/json-field.h"
#include "service/dialects/ollama-request.h"

/* Requests without a prompt are tiny; others need not be scanned twice. */
#define MAX_BYTES 4096

/* 0, "0" and "0s" send the model away. */
static gboolean
is_zero (JumpJsonSpan keep_alive)
{
  gint64 number = 1;

  return (jump_json_span_get_int (keep_alive, &number) && number == 0) ||
         jump_json_span_equals (keep_alive, "0") || jump_json_span_equals (keep_alive, "0s") ||
         jump_json_span_equals (keep_alive, "0m");
}

/**
 * jump_ollama_load_read:
 * @self: (out): empty when it is no such request
 * @form: of the path
 * @data: a body, not validated yet
 *
 * Returns: whether the client only wants the model in memory, or out of it
 */
gboolean
jump_ollama_load_read (JumpOllamaLoad *self, JumpOllamaForm form, const char *data, gsize length)
{
  JumpOllamaRequest request;
  JumpJsonSpan content;
  JumpJsonKind kind;

  *self = (JumpOllamaLoad){ 0 };
  if (length > MAX_BYTES || !jump_ollama_request_scan (&request, data, length, NULL))
    return FALSE;
  content = form == JUMP_OLLAMA_CHAT ? request.messages : request.prompt;
  kind = jump_json_span_kind (content);
  if (jump_json_span_kind (request.model) != JUMP_JSON_STRING ||
      (kind != JUMP_JSON_NULL &&
       kind != (form == JUMP_OLLAMA_CHAT ? JUMP_JSON_ARRAY : JUMP_JSON_STRING)) ||
      !jump_json_field_is_nothing (content))
    return FALSE;
  self->model = jump_json_span_dup_string (request.model);
  self->is_unload = is_zero (request.keep_alive);
  return TRUE;
}

void
jump_ollama_load_clear (JumpOllamaLoad *self)
{
  g_clear_pointer (&self->model, g_free);
}

/**
 * jump_ollama_load_write_reply:
 * @wall: µs since the epoch
 *
 * Returns: (transfer full): what Ollama answers when that is done; never a stream
 */
GBytes *
jump_ollama_load_write_reply (const JumpOllamaLoad *self, JumpOllamaForm form, gint64 wall)
{
  GString *text = g_string_new ("{\"model\":\"");

  jump_json_append_escaped (text, self->model, -1);
  g_string_append (text, "\",\"created_at\":\"");
  jump_ollama_line_append_time (text, wall);
  g_string_append (text,
                   form == JUMP_OLLAMA_CHAT
                       ? "\",\"message\":{\"role\":\"assistant\",\"content\":\"\"}"
                       : "\",\"response\":\"\"");
  g_string_append_printf (text,
                          ",\"done\":true,\"done_reason\":\"%s\"}",
                          self->is_unload ? "unload" : "load");
  return g_string_free_to_bytes (text);
}
