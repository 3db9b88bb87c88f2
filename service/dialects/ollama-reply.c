/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/ollama-reply.h"

#include "service/base/json-write.h"
#include "service/dialects/ollama-call.h"

#include <string.h>

/* Appends the texts of all parts of @kind or @other_kind as one JSON string. */
static void
append_texts (GString *out, const JumpReply *reply, JumpPartKind kind, JumpPartKind other_kind)
{
  g_string_append_c (out, '"');
  for (guint i = 0; i < reply->parts->len; i++)
    {
      const JumpPart *part = g_ptr_array_index (reply->parts, i);

      if ((part->kind == kind || part->kind == other_kind) && part->text != NULL)
        jump_json_append_escaped (out, part->text, -1);
    }
  g_string_append_c (out, '"');
}

static gboolean
has_thinking (const JumpReply *reply)
{
  for (guint i = 0; i < reply->parts->len; i++)
    {
      const JumpPart *part = g_ptr_array_index (reply->parts, i);

      if (part->kind == JUMP_PART_REASONING && part->text != NULL && *part->text != '\0')
        return TRUE;
    }
  return FALSE;
}

static void
append_calls (GString *out, const JumpReply *reply, const JumpToolNames *names)
{
  guint n_calls = 0;

  for (guint i = 0; i < reply->parts->len; i++)
    {
      const JumpPart *part = g_ptr_array_index (reply->parts, i);

      if (part->kind != JUMP_PART_TOOL_CALL)
        continue;
      g_string_append (out, n_calls == 0 ? ",\"tool_calls\":[" : ",");
      jump_ollama_call_append (out, n_calls++, part->call_id, part->name, part->arguments, names);
    }
  if (n_calls > 0)
    g_string_append_c (out, ']');
}

/**
 * jump_ollama_reply_write:
 * @form: whose reply
 * @reply: of the model; a refusal becomes content, citations have no place
 * @options: of the request
 *
 * Returns: (transfer full): the body
 */
GBytes *
jump_ollama_reply_write (JumpOllamaForm form,
                         const JumpReply *reply,
                         const JumpReplyOptions *options)
{
  g_auto (JumpOllamaLine) line = { 0 };
  GString *text = g_string_new (NULL);

  jump_ollama_line_init (&line, form, options);
  jump_ollama_line_begin (&line, text);
  append_texts (text, reply, JUMP_PART_TEXT, JUMP_PART_REFUSAL);
  if (options->wants_thinking && has_thinking (reply))
    {
      g_string_append (text, ",\"thinking\":");
      append_texts (text, reply, JUMP_PART_REASONING, JUMP_PART_REASONING);
    }
  append_calls (text, reply, options->names);
  jump_ollama_line_end_all (&line, text, reply->stop_reason, &reply->usage);
  return g_string_free_to_bytes (text);
}
