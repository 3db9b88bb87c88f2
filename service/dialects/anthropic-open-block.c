/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/anthropic-open-block.h"

#include "service/base/json-write.h"
#include "service/dialects/anthropic-block.h"
#include "service/dialects/anthropic-call-id.h"
#include "service/dialects/anthropic-content.h"

static void
say (JumpAnthropicOpenBlock *self, const JumpReplyEvent *event)
{
  self->emit (event, self->emit_data);
}

static void
say_text (JumpAnthropicOpenBlock *self, JumpReplyEventKind kind, JumpJsonSpan text)
{
  self->has_part = TRUE;
  say (self, &(JumpReplyEvent){ .kind = kind, .text = text });
}

static void
say_state (JumpAnthropicOpenBlock *self, JumpReasoningKind kind)
{
  JumpReasoningState state = { kind, self->secret->str, self->used_model };

  if (self->secret->len == 0)
    return;
  self->has_part = TRUE;
  say (self, &(JumpReplyEvent){ .kind = JUMP_EVENT_STATE, .state = &state });
}

/* Citations may stand before the text that they belong to, so they wait for its end. */
static void
say_citations (JumpAnthropicOpenBlock *self)
{
  for (guint i = 0; self->has_part && i < self->citations->len; i++)
    {
      const char *json = g_ptr_array_index (self->citations, i);

      say_text (self, JUMP_EVENT_ANNOTATION, (JumpJsonSpan){ json, strlen (json) });
    }
  g_ptr_array_set_size (self->citations, 0);
}

/* All pieces together have to be an object, also when the tool takes nothing. */
static void
say_missing_arguments (JumpAnthropicOpenBlock *self)
{
  g_autoptr (GString) text = NULL;

  if (self->has_arguments)
    return;
  text = g_string_new ("\"");
  jump_json_append_escaped (text, self->input == NULL ? "{}" : self->input, -1);
  g_string_append_c (text, '"');
  say_text (self, JUMP_EVENT_ARGUMENTS, (JumpJsonSpan){ text->str, text->len });
}

static void
add_secret (JumpAnthropicOpenBlock *self, JumpJsonSpan text)
{
  g_autofree char *decoded = jump_json_span_dup_string (text);

  if (decoded != NULL)
    g_string_append (self->secret, decoded);
}

static void
start_tool (JumpAnthropicOpenBlock *self, const JumpAnthropicBlock *block)
{
  g_autofree char *id = jump_json_span_dup_string (block->id);
  g_autofree char *name = jump_json_span_dup_string (block->name);
  g_autofree char *state = id == NULL ? NULL : jump_anthropic_call_id_open (id);

  if (id == NULL || *id == '\0')
    {
      g_free (id);
      id = g_strdup_printf ("toolu_%s_%u", self->request_id, self->n_calls);
    }
  self->n_calls++;
  self->has_arguments = FALSE;
  self->whitespace = 0;
  self->input = jump_anthropic_dup_json (block->input);
  self->has_part = TRUE;
  say (self,
       &(JumpReplyEvent){
           .kind = JUMP_EVENT_TOOL_CALL,
           .id = id,
           .name = name == NULL ? "" : name,
           .tool_kind = JUMP_TOOL_FUNCTION,
           .call_state = state,
       });
}

static gboolean
take_arguments (JumpAnthropicOpenBlock *self, JumpJsonSpan piece)
{
  if (jump_anthropic_whitespace_is_endless (&self->whitespace, piece))
    return FALSE;
  self->has_arguments = TRUE;
  say_text (self, JUMP_EVENT_ARGUMENTS, piece);
  return TRUE;
}

/* Whether a delta is for the open block. A forgotten start is made up for where that is possible. */
static gboolean
is_for_block (JumpAnthropicOpenBlock *self,
              const JumpAnthropicEvent *event,
              const JumpAnthropicDelta *delta)
{
  gint64 index = self->index;

  if (self->kind != JUMP_ANTHROPIC_BLOCK_NONE)
    {
      jump_json_span_get_int (event->index, &index);
      return index == self->index;
    }
  self->index = -1;
  jump_json_span_get_int (event->index, &self->index);
  if (jump_json_span_has_text (delta->text))
    self->kind = JUMP_ANTHROPIC_BLOCK_TEXT;
  else if (jump_json_span_has_text (delta->thinking))
    self->kind = JUMP_ANTHROPIC_BLOCK_THINKING;
  return self->kind != JUMP_ANTHROPIC_BLOCK_NONE;
}

/**
 * jump_anthropic_open_block_init:
 * @self: (out caller-allocates): no block is open
 * @options: of the request
 * @emit: gets the events
 * @emit_data: for @emit
 */
void
jump_anthropic_open_block_init (JumpAnthropicOpenBlock *self,
                                const JumpReplyOptions *options,
                                JumpReplyEventFunc emit,
                                gpointer emit_data)
{
  memset (self, 0, sizeof *self);
  self->used_model = g_strdup (options->used_model);
  self->request_id = g_strdup (options->request_id);
  self->emit = emit;
  self->emit_data = emit_data;
  self->secret = g_string_new (NULL);
  self->citations = g_ptr_array_new_with_free_func (g_free);
}

void
jump_anthropic_open_block_clear (JumpAnthropicOpenBlock *self)
{
  g_clear_pointer (&self->used_model, g_free);
  g_clear_pointer (&self->request_id, g_free);
  g_string_free (g_steal_pointer (&self->secret), TRUE);
  g_clear_pointer (&self->citations, g_ptr_array_unref);
  g_clear_pointer (&self->input, g_free);
}

/**
 * jump_anthropic_open_block_start:
 * @event: a content_block_start
 */
void
jump_anthropic_open_block_start (JumpAnthropicOpenBlock *self, const JumpAnthropicEvent *event)
{
  JumpAnthropicBlock block;

  jump_anthropic_open_block_close (self);
  jump_anthropic_block_read (&block, event->content_block);
  self->index = -1;
  jump_json_span_get_int (event->index, &self->index);
  self->kind = JUMP_ANTHROPIC_BLOCK_IGNORED;
  if (jump_json_span_equals (block.type, "text"))
    {
      self->kind = JUMP_ANTHROPIC_BLOCK_TEXT;
      if (jump_json_span_has_text (block.text))
        say_text (self, JUMP_EVENT_TEXT, block.text);
    }
  else if (jump_json_span_equals (block.type, "thinking"))
    {
      self->kind = JUMP_ANTHROPIC_BLOCK_THINKING;
      if (jump_json_span_has_text (block.thinking))
        say_text (self, JUMP_EVENT_REASONING, block.thinking);
      add_secret (self, block.signature); /* protocol 6.3: it may be there already */
    }
  else if (jump_json_span_equals (block.type, "redacted_thinking"))
    {
      self->kind = JUMP_ANTHROPIC_BLOCK_REDACTED;
      add_secret (self, block.data);
    }
  else if (jump_json_span_equals (block.type, "tool_use"))
    {
      self->kind = JUMP_ANTHROPIC_BLOCK_TOOL;
      start_tool (self, &block);
    }
}

/**
 * jump_anthropic_open_block_delta:
 * @event: a content_block_delta; those of another block are left out
 */
gboolean
jump_anthropic_open_block_delta (JumpAnthropicOpenBlock *self, const JumpAnthropicEvent *event)
{
  JumpAnthropicDelta delta;

  jump_anthropic_delta_read (&delta, event->delta);
  if (!is_for_block (self, event, &delta))
    return TRUE;
  switch (self->kind)
    {
    case JUMP_ANTHROPIC_BLOCK_NONE:
    case JUMP_ANTHROPIC_BLOCK_IGNORED:
    case JUMP_ANTHROPIC_BLOCK_REDACTED:
      break;
    case JUMP_ANTHROPIC_BLOCK_TEXT:
      if (jump_json_span_has_text (delta.text))
        say_text (self, JUMP_EVENT_TEXT, delta.text);
      if (delta.citation.start != NULL)
        g_ptr_array_add (self->citations, jump_anthropic_dup_json (delta.citation));
      break;
    case JUMP_ANTHROPIC_BLOCK_THINKING:
      if (jump_json_span_has_text (delta.thinking))
        say_text (self, JUMP_EVENT_REASONING, delta.thinking);
      add_secret (self, delta.signature);
      break;
    case JUMP_ANTHROPIC_BLOCK_TOOL:
      if (jump_json_span_has_text (delta.partial_json))
        return take_arguments (self, delta.partial_json);
      break;
    }
  return TRUE;
}

/**
 * jump_anthropic_open_block_close:
 */
void
jump_anthropic_open_block_close (JumpAnthropicOpenBlock *self)
{
  switch (self->kind)
    {
    case JUMP_ANTHROPIC_BLOCK_NONE:
    case JUMP_ANTHROPIC_BLOCK_IGNORED:
      break;
    case JUMP_ANTHROPIC_BLOCK_TEXT:
      say_citations (self);
      break;
    case JUMP_ANTHROPIC_BLOCK_THINKING:
      say_state (self, JUMP_REASONING_SIGNATURE);
      break;
    case JUMP_ANTHROPIC_BLOCK_REDACTED:
      say_state (self, JUMP_REASONING_REDACTED);
      break;
    case JUMP_ANTHROPIC_BLOCK_TOOL:
      say_missing_arguments (self);
      break;
    }
  if (self->has_part)
    say (self, &(JumpReplyEvent){ .kind = JUMP_EVENT_PART_END });
  self->has_part = FALSE;
  self->kind = JUMP_ANTHROPIC_BLOCK_NONE;
  g_string_truncate (self->secret, 0);
  g_clear_pointer (&self->input, g_free);
}
