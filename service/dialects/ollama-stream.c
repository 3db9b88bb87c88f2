/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/ollama-stream.h"

#include "service/dialects/json-splice.h"
#include "service/dialects/ollama-call.h"
#include "service/dialects/ollama-failure.h"

typedef struct
{
  JumpEncoder encoder;
  JumpOllamaLine line;  /* (owned) */
  JumpToolNames *names; /* (owned) (nullable) */
  gboolean shows_thinking;
  gboolean has_failed;
  JumpUsageCount usage;
  JumpStopReason stop_reason;
  guint n_calls;
  char *call_id;      /* (owned) (nullable): of the call that is coming */
  char *call_name;    /* (owned) (nullable) */
  GString *arguments; /* (owned) (nullable): a JSON string of all pieces; NULL: no call is coming */
} OllamaStream;

static void
write_text (OllamaStream *self, JumpJsonSpan text, GString *out)
{
  jump_ollama_line_note_output (&self->line);
  if (jump_json_span_is_empty_string (text))
    return;
  jump_ollama_line_begin (&self->line, out);
  jump_splice_put_span (out, text);
  jump_ollama_line_end (&self->line, out);
}

static void
write_thinking (OllamaStream *self, JumpJsonSpan text, GString *out)
{
  jump_ollama_line_note_output (&self->line);
  if (!self->shows_thinking || jump_json_span_is_empty_string (text))
    return;
  jump_ollama_line_begin (&self->line, out);
  jump_splice_put_literal (out, "\"\",\"thinking\":");
  jump_splice_put_span (out, text);
  jump_ollama_line_end (&self->line, out);
}

static void
begin_call (OllamaStream *self, const JumpReplyEvent *event)
{
  jump_ollama_line_note_output (&self->line);
  g_free (self->call_id);
  g_free (self->call_name);
  self->call_id = g_strdup (event->id);
  self->call_name = g_strdup (event->name);
  if (self->arguments == NULL)
    self->arguments = g_string_new (NULL);
  g_string_assign (self->arguments, "\"");
}

/* Still escaped, since a character may be spread over two pieces. */
static void
add_arguments (OllamaStream *self, JumpJsonSpan text)
{
  if (self->arguments != NULL && text.length > 2)
    g_string_append_len (self->arguments, text.start + 1, (gssize) text.length - 2);
}

static void
end_part (OllamaStream *self, GString *out)
{
  g_autofree char *arguments = NULL;
  JumpJsonSpan text;

  if (self->arguments == NULL)
    return;
  g_string_append_c (self->arguments, '"');
  text = (JumpJsonSpan){ self->arguments->str, self->arguments->len };
  arguments = jump_json_span_dup_string (text);
  jump_ollama_line_begin (&self->line, out);
  jump_splice_put_literal (out, "\"\",\"tool_calls\":[");
  jump_ollama_call_append (out,
                           self->n_calls++,
                           self->call_id,
                           self->call_name,
                           arguments,
                           self->names);
  jump_splice_put_literal (out, "]");
  jump_ollama_line_end (&self->line, out);
  g_string_free (g_steal_pointer (&self->arguments), TRUE);
}

static void
write_end (OllamaStream *self, GString *out)
{
  if (self->has_failed)
    return;
  jump_ollama_line_begin (&self->line, out);
  jump_splice_put_literal (out, "\"\"");
  jump_ollama_line_end_all (&self->line, out, self->stop_reason, &self->usage);
  jump_splice_put_literal (out, "\n");
}

static void
write_failure (OllamaStream *self, const JumpFailure *failure, GString *out)
{
  jump_ollama_failure_append (out, failure);
  jump_splice_put_literal (out, "\n");
  self->has_failed = TRUE;
}

static void
write_event (JumpEncoder *encoder, const JumpReplyEvent *event, GString *out)
{
  OllamaStream *self = (OllamaStream *) encoder;

  if (event->usage != NULL)
    jump_usage_count_merge (&self->usage, event->usage);
  switch (event->kind)
    {
    case JUMP_EVENT_TEXT:
    case JUMP_EVENT_REFUSAL:
      write_text (self, event->text, out);
      break;
    case JUMP_EVENT_REASONING:
      write_thinking (self, event->text, out);
      break;
    case JUMP_EVENT_TOOL_CALL:
      begin_call (self, event);
      break;
    case JUMP_EVENT_ARGUMENTS:
      add_arguments (self, event->text);
      break;
    case JUMP_EVENT_PART_END:
      end_part (self, out);
      break;
    case JUMP_EVENT_STOP:
      self->stop_reason = event->stop_reason;
      break;
    case JUMP_EVENT_FAILURE:
      write_failure (self, event->failure, out);
      break;
    case JUMP_EVENT_END:
      write_end (self, out);
      break;
    case JUMP_EVENT_STATE:
      jump_ollama_line_note_output (&self->line);
      break;
    case JUMP_EVENT_START:
    case JUMP_EVENT_ANNOTATION:
    case JUMP_EVENT_USAGE:
    case JUMP_EVENT_PING: /* clients take every line for a piece of the answer */
      break;
    }
}

static void
free_stream (JumpEncoder *encoder)
{
  OllamaStream *self = (OllamaStream *) encoder;

  jump_ollama_line_clear (&self->line);
  g_clear_pointer (&self->names, jump_tool_names_unref);
  g_free (self->call_id);
  g_free (self->call_name);
  if (self->arguments != NULL)
    g_string_free (self->arguments, TRUE);
  g_free (self);
}

static const JumpEncoderClass stream_class = {
  .event = write_event,
  .free = free_stream,
};

/**
 * jump_ollama_stream_new:
 * @form: whose lines are written
 * @options: of the request; reasoning is shown with wants_thinking
 *
 * Returns: (transfer full): an encoder
 */
JumpEncoder *
jump_ollama_stream_new (JumpOllamaForm form, const JumpReplyOptions *options)
{
  OllamaStream *self = g_new0 (OllamaStream, 1);

  self->encoder.class = &stream_class;
  jump_ollama_line_init (&self->line, form, options);
  self->names = options->names == NULL ? NULL : jump_tool_names_ref (options->names);
  self->shows_thinking = options->wants_thinking;
  self->usage = JUMP_USAGE_COUNT_UNKNOWN;
  return &self->encoder;
}
