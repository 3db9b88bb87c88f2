/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/dialect.h"
#include "service/dialects/json-field.h"
#include "service/dialects/ollama-failure.h"
#include "service/dialects/ollama-images.h"
#include "service/dialects/ollama-reply.h"
#include "service/dialects/ollama-request.h"
#include "service/dialects/ollama-stream.h"

/* Chat models know nothing of a prefix and a suffix, but can be told; editors that complete code at
 * the cursor send a suffix, and without it the answer would go on past what already stands there. */
#define SUFFIX_INSTRUCTION                                                                 \
  "You complete text at a cursor. The user's message holds what stands before the cursor " \
  "between <before> and </before>, and what stands behind it between <after> and "         \
  "</after>. Answer with exactly the text that belongs at the cursor and nothing else: "   \
  "repeat neither side, explain nothing, use no code fences."

static gboolean
scan (JumpRequestFacts *facts, const char *data, gsize length, GError **error)
{
  JumpOllamaRequest request;
  JumpJsonCursor cursor;

  if (!jump_ollama_request_scan (&request, data, length, error) ||
      !jump_ollama_request_get_facts (&request, facts, error) ||
      !jump_json_field_check (request.system, JUMP_JSON_STRING, "system", "string", error) ||
      !jump_json_field_check (request.suffix, JUMP_JSON_STRING, "suffix", "string", error) ||
      !jump_json_field_check (request.images, JUMP_JSON_ARRAY, "images", "array", error))
    return FALSE;
  if (jump_json_span_kind (request.prompt) != JUMP_JSON_STRING ||
      jump_json_span_is_empty_string (request.prompt))
    return jump_json_field_refuse (error, "prompt", "text");
  jump_json_cursor_init (&cursor, request.images);
  while (jump_json_cursor_next (&cursor, NULL, NULL))
    facts->n_images++;
  facts->has_image = facts->n_images > 0;
  facts->n_messages = jump_json_field_is_nothing (request.system) ? 1 : 2;
  facts->text_bytes = request.prompt.length + request.system.length + request.suffix.length;
  return TRUE;
}

static void
add_text (JumpPrompt *prompt, JumpRole role, char *text)
{
  JumpPart *part = jump_part_new (JUMP_PART_TEXT);

  part->text = text;
  jump_message_add (jump_prompt_add_message (prompt, jump_message_new (role)), part);
}

/* raw, template and context of the request would need the model's own template and tokens, which
 * nobody has; they are named as dropped. */
static JumpPrompt *
read_prompt (const char *data, gsize length, GError **error)
{
  g_autoptr (JumpPrompt) prompt = jump_prompt_new ();
  g_autofree char *text = NULL;
  g_autofree char *suffix = NULL;
  JumpOllamaRequest request;
  JumpMessage *user;

  jump_ollama_request_find (&request, data, length);
  if (!jump_ollama_request_read (&request, prompt, error))
    return NULL;
  if (!jump_json_field_is_nothing (request.system))
    add_text (prompt, JUMP_ROLE_SYSTEM, jump_json_span_dup_string (request.system));
  text = jump_json_span_dup_string (request.prompt);
  if (!jump_json_field_is_nothing (request.suffix))
    {
      suffix = jump_json_span_dup_string (request.suffix);
      add_text (prompt, JUMP_ROLE_SYSTEM, g_strdup (SUFFIX_INSTRUCTION));
      add_text (prompt,
                JUMP_ROLE_USER,
                g_strdup_printf ("<before>%s</before><after>%s</after>", text, suffix));
    }
  else
    add_text (prompt, JUMP_ROLE_USER, g_steal_pointer (&text));
  user = g_ptr_array_index (prompt->messages, prompt->messages->len - 1);
  if (!jump_ollama_images_read (request.images, "images", user->parts, error))
    return NULL;
  return g_steal_pointer (&prompt);
}

static GBytes *
write_reply (const JumpReply *reply, const JumpReplyOptions *options)
{
  return jump_ollama_reply_write (JUMP_OLLAMA_GENERATE, reply, options);
}

static JumpEncoder *
new_encoder (const JumpReplyOptions *options)
{
  return jump_ollama_stream_new (JUMP_OLLAMA_GENERATE, options);
}

const JumpDialect jump_dialect_ollama_generate = {
  .id = JUMP_DIALECT_OLLAMA_GENERATE,
  .name = "ollama-generate",
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
