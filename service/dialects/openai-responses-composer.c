/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/openai-responses-composer.h"

#include "service/base/json-write.h"
#include "service/base/limits.h"
#include "service/dialects/json-splice.h"
#include "service/dialects/openai-responses-citation.h"

/* What the events of the kinds of parts are called. */
static const struct
{
  const char *delta; /* type of the event for a piece */
  const char *done;  /* and for the whole text */
  const char *field; /* that the whole text stands in */
} words[] = {
  [JUMP_RESPONSES_PART_NONE] = { "", "", "" },
  [JUMP_RESPONSES_PART_TEXT] = { "response.output_text.delta",
                                 "response.output_text.done",
                                 "text" },
  [JUMP_RESPONSES_PART_REFUSAL] = { "response.refusal.delta", "response.refusal.done", "refusal" },
  [JUMP_RESPONSES_PART_SUMMARY] = { "response.reasoning_summary_text.delta",
                                    "response.reasoning_summary_text.done",
                                    "text" },
  [JUMP_RESPONSES_PART_ARGUMENTS] = { "response.function_call_arguments.delta",
                                      "response.function_call_arguments.done",
                                      "arguments" },
  [JUMP_RESPONSES_PART_INPUT] = { "response.custom_tool_call_input.delta",
                                  "response.custom_tool_call_input.done",
                                  "input" },
};

static inline void
put (GString *out, const char *text)
{
  jump_splice_put (out, text, strlen (text));
}

static inline void
put_text (GString *out, const GString *text)
{
  jump_splice_put (out, text->str, text->len);
}

static void
put_item_event (JumpResponsesComposer *self, const char *type, const char *status, GString *out)
{
  jump_responses_composer_begin_event (self, type, out);
  jump_splice_put_literal (out, ",\"output_index\":");
  jump_splice_put_int (out, self->draft.index);
  jump_splice_put_literal (out, ",\"item\":");
  jump_responses_draft_put_item (&self->draft, status, out);
  jump_responses_composer_end_event (out);
}

static void
put_part_event (JumpResponsesComposer *self, gboolean is_done, GString *out)
{
  const char *type = is_done ? "response.content_part.done" : "response.content_part.added";

  if (self->draft.part == JUMP_RESPONSES_PART_SUMMARY)
    type =
        is_done ? "response.reasoning_summary_part.done" : "response.reasoning_summary_part.added";
  jump_responses_composer_begin_event (self, type, out);
  jump_responses_draft_put_place (&self->draft, out);
  jump_splice_put_literal (out, ",\"part\":");
  jump_responses_draft_put_part (&self->draft, out);
  jump_responses_composer_end_event (out);
}

static void
begin_item (JumpResponsesComposer *self, const char *type, const char *prefix, GString *out)
{
  jump_responses_composer_end_item (self, "completed", out);
  self->draft.type = type;
  self->draft.index = self->n_items++;
  self->draft.id = jump_responses_ids_make (&self->ids, self->draft.index, prefix);
  self->draft.n_parts = 0;
  g_string_truncate (self->draft.content, 0);
  g_clear_pointer (&self->draft.state, g_free);
  put_item_event (self, "response.output_item.added", "in_progress", out);
}

/* What all pieces of a part have in common is put together once. */
static void
begin_part (JumpResponsesComposer *self, JumpResponsesPartKind part, GString *out)
{
  jump_responses_composer_end_part (self, out);
  self->draft.part = part;
  g_string_truncate (self->draft.text, 0);
  g_string_truncate (self->draft.annotations, 0);
  self->draft.n_annotations = 0;
  g_string_printf (self->delta_start,
                   "event: %s\ndata: {\"type\":\"%s\",\"sequence_number\":",
                   words[part].delta,
                   words[part].delta);
  g_string_truncate (self->delta_middle, 0);
  jump_responses_draft_put_place (&self->draft, self->delta_middle);
  g_string_append (self->delta_middle, ",\"delta\":");
  if (jump_responses_draft_has_part_object (&self->draft))
    put_part_event (self, FALSE, out);
}

/* The inner loop of every translated stream: copies only, and memory only when the text outgrows it. */
static void
put_delta (JumpResponsesComposer *self, JumpJsonSpan text, GString *out)
{
  put_text (out, self->delta_start);
  jump_splice_put_int (out, self->sequence++);
  put_text (out, self->delta_middle);
  jump_splice_put_span (out, text);
  if (self->draft.part == JUMP_RESPONSES_PART_TEXT)
    jump_splice_put_literal (out, ",\"logprobs\":[]}\n\n");
  else
    jump_splice_put_literal (out, "}\n\n");
}

static void
add_text (JumpResponsesComposer *self, JumpJsonSpan text)
{
  if (text.length > 2)
    jump_splice_put (self->draft.text, text.start + 1, text.length - 2);
}

/* A function that stands for a custom tool takes one string, "input"; whatever else the model made of it
 * is taken as it is. Replaces the text by the free text. */
static void
unwrap_input (JumpResponsesComposer *self)
{
  g_autofree char *quoted = g_strdup_printf ("\"%s\"", self->draft.text->str);
  g_autofree char *arguments =
      jump_json_span_dup_string ((JumpJsonSpan){ quoted, strlen (quoted) });
  JumpJsonSpan object;
  JumpJsonSpan input;

  if (!jump_json_validate (arguments, strlen (arguments), JUMP_LIMIT_JSON_DEPTH, NULL))
    return;
  object = jump_json_span_trim (arguments, strlen (arguments));
  input = jump_json_find_member (object, "input");
  if (jump_json_span_kind (input) != JUMP_JSON_STRING)
    return;
  g_string_truncate (self->draft.text, 0);
  add_text (self, input);
}

static void
put_unwrapped (JumpResponsesComposer *self, GString *out)
{
  g_autofree char *quoted = NULL;

  unwrap_input (self);
  quoted = g_strdup_printf ("\"%s\"", self->draft.text->str);
  put_delta (self, (JumpJsonSpan){ quoted, strlen (quoted) }, out);
}

/**
 * jump_responses_composer_init:
 * @self: (out caller-allocates): before the first item
 * @request_id: ids are made from it
 */
void
jump_responses_composer_init (JumpResponsesComposer *self, const char *request_id)
{
  memset (self, 0, sizeof *self);
  jump_responses_draft_init (&self->draft);
  jump_responses_ids_init (&self->ids, request_id);
  self->output = g_string_new (NULL);
  self->delta_start = g_string_new (NULL);
  self->delta_middle = g_string_new (NULL);
}

/**
 * jump_responses_composer_clear:
 * @self: a composer
 */
void
jump_responses_composer_clear (JumpResponsesComposer *self)
{
  jump_responses_ids_clear (&self->ids);
  jump_responses_draft_clear (&self->draft);
  g_string_free (g_steal_pointer (&self->output), TRUE);
  g_string_free (g_steal_pointer (&self->delta_start), TRUE);
  g_string_free (g_steal_pointer (&self->delta_middle), TRUE);
}

/**
 * jump_responses_composer_begin_event:
 * @self: a composer
 * @type: of the event
 * @out: gets the event's name and the beginning of its data
 */
void
jump_responses_composer_begin_event (JumpResponsesComposer *self, const char *type, GString *out)
{
  jump_splice_put_literal (out, "event: ");
  put (out, type);
  jump_splice_put_literal (out, "\ndata: {\"type\":\"");
  put (out, type);
  jump_splice_put_literal (out, "\",\"sequence_number\":");
  jump_splice_put_int (out, self->sequence++);
}

void
jump_responses_composer_end_event (GString *out)
{
  jump_splice_put_literal (out, "}\n\n");
}

/**
 * jump_responses_composer_text:
 * @self: a composer
 * @is_refusal: and no answer
 * @text: a piece
 * @out: gets the events
 */
void
jump_responses_composer_text (JumpResponsesComposer *self,
                              gboolean is_refusal,
                              JumpJsonSpan text,
                              GString *out)
{
  JumpResponsesPartKind part = is_refusal ? JUMP_RESPONSES_PART_REFUSAL : JUMP_RESPONSES_PART_TEXT;

  if (G_UNLIKELY (self->draft.part != part))
    {
      jump_responses_composer_end_part (self, out);
      if (!jump_responses_draft_is (&self->draft, "message"))
        begin_item (self, "message", "msg", out);
      begin_part (self, part, out);
    }
  add_text (self, text);
  put_delta (self, text, out);
}

/**
 * jump_responses_composer_annotation:
 * @self: a composer whose open part is a text; elsewhere there is no place for citations
 * @annotation: JSON, of any dialect
 * @out: gets the event
 */
void
jump_responses_composer_annotation (JumpResponsesComposer *self,
                                    JumpJsonSpan annotation,
                                    GString *out)
{
  g_autoptr (GString) citation = g_string_new (NULL);

  if (self->draft.part != JUMP_RESPONSES_PART_TEXT ||
      !jump_responses_citation_put (annotation, self->draft.text, citation))
    return;
  jump_responses_composer_begin_event (self, "response.output_text.annotation.added", out);
  jump_responses_draft_put_place (&self->draft, out);
  jump_splice_put_literal (out, ",\"annotation_index\":");
  jump_splice_put_int (out, self->draft.n_annotations++);
  jump_splice_put_literal (out, ",\"annotation\":");
  put_text (out, citation);
  jump_responses_composer_end_event (out);
  if (self->draft.annotations->len > 0)
    jump_splice_put_literal (self->draft.annotations, ",");
  put_text (self->draft.annotations, citation);
}

static void
need_reasoning (JumpResponsesComposer *self, GString *out)
{
  if (!jump_responses_draft_is (&self->draft, "reasoning"))
    begin_item (self, "reasoning", "rs", out);
}

/**
 * jump_responses_composer_reasoning:
 * @self: a composer
 * @text: a piece of what is visible of it
 * @out: gets the events
 */
void
jump_responses_composer_reasoning (JumpResponsesComposer *self, JumpJsonSpan text, GString *out)
{
  if (self->draft.part != JUMP_RESPONSES_PART_SUMMARY)
    {
      jump_responses_composer_end_part (self, out);
      need_reasoning (self, out);
      begin_part (self, JUMP_RESPONSES_PART_SUMMARY, out);
    }
  add_text (self, text);
  put_delta (self, text, out);
}

/**
 * jump_responses_composer_state:
 * @self: a composer
 * @state: what the client has to give back
 * @out: gets the events of a new item, when there is nothing visible of it
 */
void
jump_responses_composer_state (JumpResponsesComposer *self, const char *state, GString *out)
{
  need_reasoning (self, out);
  g_free (self->draft.state);
  self->draft.state = g_strdup (state);
}

/**
 * jump_responses_composer_call:
 * @self: a composer
 * @kind: what the client offered
 * @call_id: names the call
 * @name: as the client knows the tool
 * @name_space: (nullable): that the client's tool stands in
 * @is_wrapped: the input has to be taken out of JSON
 * @out: gets the events
 */
void
jump_responses_composer_call (JumpResponsesComposer *self,
                              JumpToolKind kind,
                              const char *call_id,
                              const char *name,
                              const char *name_space,
                              gboolean is_wrapped,
                              GString *out)
{
  gboolean is_custom = kind == JUMP_TOOL_CUSTOM;

  jump_responses_composer_end_item (self, "completed", out);
  g_string_assign (self->draft.members, ",\"call_id\":");
  jump_json_append_string (self->draft.members, call_id);
  g_string_append (self->draft.members, ",\"name\":");
  jump_json_append_string (self->draft.members, name);
  if (name_space != NULL)
    {
      g_string_append (self->draft.members, ",\"namespace\":");
      jump_json_append_string (self->draft.members, name_space);
    }
  self->is_wrapped = is_wrapped;
  begin_item (self,
              is_custom ? "custom_tool_call" : "function_call",
              is_custom ? "ctc" : "fc",
              out);
  begin_part (self, is_custom ? JUMP_RESPONSES_PART_INPUT : JUMP_RESPONSES_PART_ARGUMENTS, out);
}

/**
 * jump_responses_composer_arguments:
 * @self: a composer whose open part are arguments
 * @text: a piece
 * @out: gets the event, unless the input is wrapped and can only be read when it is complete
 */
void
jump_responses_composer_arguments (JumpResponsesComposer *self, JumpJsonSpan text, GString *out)
{
  if (self->draft.part != JUMP_RESPONSES_PART_ARGUMENTS &&
      self->draft.part != JUMP_RESPONSES_PART_INPUT)
    return;
  add_text (self, text);
  if (!self->is_wrapped)
    put_delta (self, text, out);
}

/**
 * jump_responses_composer_end_part:
 * @self: a composer
 * @out: gets the events that tell the open part as a whole; nothing when none is open
 */
void
jump_responses_composer_end_part (JumpResponsesComposer *self, GString *out)
{
  if (self->draft.part == JUMP_RESPONSES_PART_NONE)
    return;
  if (self->is_wrapped && self->draft.part == JUMP_RESPONSES_PART_INPUT)
    put_unwrapped (self, out);
  jump_responses_composer_begin_event (self, words[self->draft.part].done, out);
  jump_responses_draft_put_place (&self->draft, out);
  if (self->draft.part == JUMP_RESPONSES_PART_TEXT)
    jump_splice_put_literal (out, ",\"logprobs\":[]");
  jump_splice_put_literal (out, ",\"");
  put (out, words[self->draft.part].field);
  jump_splice_put_literal (out, "\":\"");
  put_text (out, self->draft.text);
  jump_splice_put_literal (out, "\"");
  jump_responses_composer_end_event (out);
  if (jump_responses_draft_has_part_object (&self->draft))
    {
      put_part_event (self, TRUE, out);
      if (self->draft.content->len > 0)
        jump_splice_put_literal (self->draft.content, ",");
      jump_responses_draft_put_part (&self->draft, self->draft.content);
      self->draft.n_parts++;
    }
  else
    put_text (self->draft.content, self->draft.text);
  self->draft.part = JUMP_RESPONSES_PART_NONE;
}

/**
 * jump_responses_composer_end_item:
 * @self: a composer
 * @status: of a message; other items are complete when they end
 * @out: gets the events that tell the open item as a whole; nothing when none is open
 */
void
jump_responses_composer_end_item (JumpResponsesComposer *self, const char *status, GString *out)
{
  if (self->draft.type == NULL)
    return;
  jump_responses_composer_end_part (self, out);
  put_item_event (self, "response.output_item.done", status, out);
  if (self->output->len > 0)
    jump_splice_put_literal (self->output, ",");
  jump_responses_draft_put_item (&self->draft, status, self->output);
  self->draft.type = NULL;
}
