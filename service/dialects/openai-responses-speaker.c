/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/openai-responses-speaker.h"

#include "service/dialects/anthropic-call-id.h"

#include <string.h>

static void
say (JumpResponsesSpeaker *self, JumpReplyEvent event)
{
  self->emit (&event, self->emit_data);
}

static void
say_text (JumpResponsesSpeaker *self, JumpReplyEventKind kind, JumpJsonSpan text)
{
  say (self, (JumpReplyEvent){ .kind = kind, .text = text });
  self->is_part_open = TRUE;
  self->part_kind = kind;
  self->has_text = TRUE;
}

static void
end_part (JumpResponsesSpeaker *self)
{
  if (self->is_part_open)
    say (self, (JumpReplyEvent){ .kind = JUMP_EVENT_PART_END });
  self->is_part_open = FALSE;
  self->has_text = FALSE;
  self->n_annotations = 0;
}

static JumpResponsesItemKind
kind_of_item (JumpJsonSpan item)
{
  JumpJsonSpan type = jump_json_find_member (item, "type");

  if (jump_json_span_equals (type, "message"))
    return JUMP_RESPONSES_ITEM_MESSAGE;
  if (jump_json_span_equals (type, "reasoning"))
    return JUMP_RESPONSES_ITEM_REASONING;
  if (jump_json_span_equals (type, "function_call") ||
      jump_json_span_equals (type, "custom_tool_call"))
    return JUMP_RESPONSES_ITEM_CALL;
  return type.start == NULL ? JUMP_RESPONSES_ITEM_NONE : JUMP_RESPONSES_ITEM_OTHER;
}

/* A call that is announced without its name has to wait until it is complete. */
static void
begin_call (JumpResponsesSpeaker *self, JumpJsonSpan item)
{
  g_autofree char *name = jump_json_span_dup_string (jump_json_find_member (item, "name"));
  g_autofree char *id = jump_json_span_dup_string (jump_json_find_member (item, "call_id"));
  g_autofree char *state = NULL;

  if (self->has_call || name == NULL || *name == '\0')
    return;
  if (id == NULL || *id == '\0')
    {
      g_free (id);
      id = g_strdup_printf ("call_%s_%" G_GINT64_FORMAT, self->request_id, self->index);
    }
  state = jump_anthropic_call_id_open (id);
  self->tool_kind = jump_json_span_equals (jump_json_find_member (item, "type"), "custom_tool_call")
                        ? JUMP_TOOL_CUSTOM
                        : JUMP_TOOL_FUNCTION;
  self->has_call = TRUE;
  self->is_part_open = TRUE;
  self->n_calls++;
  say (self,
       (JumpReplyEvent){ .kind = JUMP_EVENT_TOOL_CALL,
                         .id = id,
                         .name = name,
                         .tool_kind = self->tool_kind,
                         .call_state = state });
}

/* Makes @part the one that is open. Returns: FALSE for one that is over. */
static gboolean
need_part (JumpResponsesSpeaker *self, guint part)
{
  if (part < self->n_parts && part != self->part)
    return FALSE;
  if (part >= self->n_parts)
    {
      end_part (self);
      self->part = part;
      self->n_parts = part + 1;
    }
  return TRUE;
}

/* Parts of reasoning become paragraphs of one text. */
static void
say_reasoning (JumpResponsesSpeaker *self, guint part, guint *n_parts, JumpJsonSpan text)
{
  static const char blank_line[] = "\"\\n\\n\"";

  if (part >= *n_parts && self->has_text)
    say_text (self, JUMP_EVENT_REASONING, (JumpJsonSpan){ blank_line, sizeof blank_line - 1 });
  if (part >= *n_parts)
    *n_parts = part + 1;
  say_text (self, JUMP_EVENT_REASONING, text);
}

static void
close_message (JumpResponsesSpeaker *self, JumpJsonSpan item)
{
  JumpJsonCursor cursor;
  JumpJsonSpan part;
  guint i = 0;

  jump_json_cursor_init (&cursor, jump_json_find_member (item, "content"));
  while (!cursor.is_object && jump_json_cursor_next (&cursor, NULL, &part))
    jump_responses_speaker_part (self, i++, part);
}

static void
close_texts (JumpResponsesSpeaker *self, JumpJsonSpan texts, gboolean is_summary)
{
  JumpJsonCursor cursor;
  JumpJsonSpan text;
  guint i = 0;

  jump_json_cursor_init (&cursor, texts);
  while (!cursor.is_object && jump_json_cursor_next (&cursor, NULL, &text))
    jump_responses_speaker_reasoning (self,
                                      is_summary,
                                      i++,
                                      jump_json_find_member (text, "text"),
                                      TRUE);
}

static void
close_reasoning (JumpResponsesSpeaker *self, JumpJsonSpan item)
{
  g_autofree char *data =
      jump_json_span_dup_string (jump_json_find_member (item, "encrypted_content"));
  JumpReasoningState state = { JUMP_REASONING_ENCRYPTED, data, self->model };

  close_texts (self, jump_json_find_member (item, "summary"), TRUE);
  close_texts (self, jump_json_find_member (item, "content"), FALSE);
  if (data == NULL || *data == '\0')
    state.data = self->state;
  if (state.data == NULL || *state.data == '\0')
    return;
  say (self, (JumpReplyEvent){ .kind = JUMP_EVENT_STATE, .state = &state });
  self->is_part_open = TRUE;
}

static void
close_call (JumpResponsesSpeaker *self, JumpJsonSpan item)
{
  static const char nothing[] = "\"{}\"";
  JumpJsonSpan arguments = jump_json_find_member (item, "arguments");

  begin_call (self, item);
  if (arguments.start == NULL)
    arguments = jump_json_find_member (item, "input");
  jump_responses_speaker_arguments (self, arguments, TRUE);
  /* Clients parse the pieces as JSON; some tools have no parameters (protocol 5.4 quirk 3). */
  if (self->has_call && !self->has_text && self->tool_kind == JUMP_TOOL_FUNCTION)
    say_text (self, JUMP_EVENT_ARGUMENTS, (JumpJsonSpan){ nothing, sizeof nothing - 1 });
}

/**
 * jump_responses_speaker_init:
 * @self: (out caller-allocates): nothing said yet
 * @emit: is told the events
 * @emit_data: for @emit
 * @request_id: makes the ids of calls that come without
 * @model: (nullable): as sent upstream
 */
void
jump_responses_speaker_init (JumpResponsesSpeaker *self,
                             JumpReplyEventFunc emit,
                             gpointer emit_data,
                             const char *request_id,
                             const char *model)
{
  memset (self, 0, sizeof *self);
  self->emit = emit;
  self->emit_data = emit_data;
  self->request_id = g_strdup (request_id);
  self->model = g_strdup (model);
  self->index = -1;
}

/**
 * jump_responses_speaker_clear:
 * @self: a speaker
 */
void
jump_responses_speaker_clear (JumpResponsesSpeaker *self)
{
  g_clear_pointer (&self->request_id, g_free);
  g_clear_pointer (&self->model, g_free);
  g_clear_pointer (&self->state, g_free);
}

/**
 * jump_responses_speaker_open:
 * @self: a speaker without an open item
 * @index: the item's position
 * @item: as announced. Texts in it are left alone: they are empty or come again (protocol 6.1)
 */
void
jump_responses_speaker_open (JumpResponsesSpeaker *self, gint64 index, JumpJsonSpan item)
{
  self->index = index;
  self->kind = kind_of_item (item);
  self->part = 0;
  self->n_parts = 0;
  self->n_contents = 0;
  self->has_call = FALSE;
  memset (&self->scan, 0, sizeof self->scan);
  g_clear_pointer (&self->state, g_free);
  switch (self->kind)
    {
    case JUMP_RESPONSES_ITEM_REASONING:
      self->state = jump_json_span_dup_string (jump_json_find_member (item, "encrypted_content"));
      break;
    case JUMP_RESPONSES_ITEM_CALL:
      begin_call (self, item);
      break;
    case JUMP_RESPONSES_ITEM_NONE:
    case JUMP_RESPONSES_ITEM_MESSAGE:
    case JUMP_RESPONSES_ITEM_OTHER:
      break;
    }
}

/**
 * jump_responses_speaker_text:
 * @self: a speaker with an open item
 * @kind: TEXT or REFUSAL
 * @part: content_index
 * @text: a JSON string; anything else and empty ones say nothing
 * @is_whole: it is said only if none of its pieces was
 */
void
jump_responses_speaker_text (JumpResponsesSpeaker *self,
                             JumpReplyEventKind kind,
                             guint part,
                             JumpJsonSpan text,
                             gboolean is_whole)
{
  if (self->kind == JUMP_RESPONSES_ITEM_NONE)
    self->kind = JUMP_RESPONSES_ITEM_MESSAGE;
  if (self->kind != JUMP_RESPONSES_ITEM_MESSAGE || !need_part (self, part) ||
      !jump_json_span_has_text (text) || (is_whole && self->has_text))
    return;
  if (self->is_part_open && self->part_kind != kind)
    end_part (self);
  if (!self->is_part_open && kind == JUMP_EVENT_TEXT)
    self->n_texts++;
  else if (!self->is_part_open)
    self->n_refusals++;
  say_text (self, kind, text);
}

/**
 * jump_responses_speaker_reasoning:
 * @self: a speaker with an open item
 * @is_summary: which of the two lists of texts @part counts
 * @part: summary_index or content_index
 * @text: a JSON string; anything else and empty ones say nothing
 * @is_whole: it is said only if none of its pieces was
 */
void
jump_responses_speaker_reasoning (JumpResponsesSpeaker *self,
                                  gboolean is_summary,
                                  guint part,
                                  JumpJsonSpan text,
                                  gboolean is_whole)
{
  guint *n_parts = is_summary ? &self->n_parts : &self->n_contents;

  if (self->kind == JUMP_RESPONSES_ITEM_NONE)
    self->kind = JUMP_RESPONSES_ITEM_REASONING;
  if (self->kind != JUMP_RESPONSES_ITEM_REASONING || !jump_json_span_has_text (text) ||
      (is_whole && part < *n_parts))
    return;
  say_reasoning (self, part, n_parts, text);
}

/**
 * jump_responses_speaker_arguments:
 * @self: a speaker with an open item
 * @text: a JSON string
 * @is_whole: it is said only if none of its pieces was
 *
 * Pieces of a call that was never announced are left alone: it comes whole at its end.
 */
void
jump_responses_speaker_arguments (JumpResponsesSpeaker *self, JumpJsonSpan text, gboolean is_whole)
{
  if (!self->has_call || !jump_json_span_has_text (text) || (is_whole && self->has_text))
    return;
  if (self->tool_kind == JUMP_TOOL_FUNCTION && !jump_argument_scan_push (&self->scan, text))
    self->has_looped = TRUE;
  say_text (self, JUMP_EVENT_ARGUMENTS, text);
}

/**
 * jump_responses_speaker_annotation:
 * @self: a speaker with an open item
 * @part: content_index of the text it belongs to
 * @annotation: JSON
 */
void
jump_responses_speaker_annotation (JumpResponsesSpeaker *self, guint part, JumpJsonSpan annotation)
{
  if (self->kind != JUMP_RESPONSES_ITEM_MESSAGE || !self->is_part_open ||
      self->part_kind != JUMP_EVENT_TEXT || part != self->part ||
      jump_json_span_kind (annotation) != JUMP_JSON_OBJECT)
    return;
  self->n_annotations++;
  say (self, (JumpReplyEvent){ .kind = JUMP_EVENT_ANNOTATION, .text = annotation });
}

/**
 * jump_responses_speaker_part:
 * @self: a speaker with an open item
 * @part: content_index
 * @content_part: all of it; what was not said yet is said now
 */
void
jump_responses_speaker_part (JumpResponsesSpeaker *self, guint part, JumpJsonSpan content_part)
{
  JumpJsonSpan refusal = jump_json_find_member (content_part, "refusal");
  JumpJsonCursor cursor;
  JumpJsonSpan annotation;
  guint i = 0;

  if (self->kind == JUMP_RESPONSES_ITEM_REASONING)
    {
      jump_responses_speaker_reasoning (self,
                                        FALSE,
                                        part,
                                        jump_json_find_member (content_part, "text"),
                                        TRUE);
      return;
    }
  if ((self->kind != JUMP_RESPONSES_ITEM_MESSAGE && self->kind != JUMP_RESPONSES_ITEM_NONE) ||
      !need_part (self, part))
    return;
  if (refusal.start != NULL)
    jump_responses_speaker_text (self, JUMP_EVENT_REFUSAL, part, refusal, TRUE);
  else
    jump_responses_speaker_text (self,
                                 JUMP_EVENT_TEXT,
                                 part,
                                 jump_json_find_member (content_part, "text"),
                                 TRUE);
  jump_json_cursor_init (&cursor, jump_json_find_member (content_part, "annotations"));
  while (!cursor.is_object && jump_json_cursor_next (&cursor, NULL, &annotation))
    {
      if (i++ >= self->n_annotations)
        jump_responses_speaker_annotation (self, part, annotation);
    }
}

/**
 * jump_responses_speaker_close:
 * @self: a speaker with an open item
 * @item: all of it; what was not said yet is said now
 */
void
jump_responses_speaker_close (JumpResponsesSpeaker *self, JumpJsonSpan item)
{
  if (self->kind == JUMP_RESPONSES_ITEM_NONE)
    self->kind = kind_of_item (item);
  switch (self->kind)
    {
    case JUMP_RESPONSES_ITEM_MESSAGE:
      close_message (self, item);
      break;
    case JUMP_RESPONSES_ITEM_REASONING:
      close_reasoning (self, item);
      break;
    case JUMP_RESPONSES_ITEM_CALL:
      close_call (self, item);
      break;
    case JUMP_RESPONSES_ITEM_NONE:
    case JUMP_RESPONSES_ITEM_OTHER:
      break;
    }
  end_part (self);
  self->index = -1;
  self->kind = JUMP_RESPONSES_ITEM_NONE;
}

/**
 * jump_responses_speaker_get_stop:
 * @self: a speaker that has said everything
 * @response: the final object
 *
 * Returns: the reason; a response that is complete has no word for it
 */
JumpStopReason
jump_responses_speaker_get_stop (const JumpResponsesSpeaker *self, JumpJsonSpan response)
{
  JumpJsonSpan reason =
      jump_json_find_member (jump_json_find_member (response, "incomplete_details"), "reason");

  if (jump_json_span_equals (reason, "max_output_tokens"))
    return JUMP_STOP_LIMIT;
  if (jump_json_span_equals (reason, "content_filter"))
    return JUMP_STOP_FILTER;
  if (jump_json_span_equals (jump_json_find_member (response, "status"), "incomplete"))
    return JUMP_STOP_UNKNOWN;
  if (self->n_calls > 0)
    return JUMP_STOP_TOOLS;
  return self->n_refusals > 0 && self->n_texts == 0 ? JUMP_STOP_REFUSAL : JUMP_STOP_END;
}
