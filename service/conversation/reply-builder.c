/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/conversation/reply-builder.h"

struct _JumpReplyBuilder
{
  JumpReply *reply;     /* (owned) */
  JumpFailure *failure; /* (owned) (nullable) */
  JumpPart *part;       /* (owned) (nullable): the one that is coming */
  /* Pieces stay escaped until the part ends: a pair of surrogates may be cut in two. */
  GString *text;        /* (owned) */
  GString *annotations; /* (owned): elements of a JSON array */
};

/**
 * jump_reply_builder_new:
 *
 * Returns: (transfer full): a builder that has heard nothing
 */
JumpReplyBuilder *
jump_reply_builder_new (void)
{
  JumpReplyBuilder *self = g_new0 (JumpReplyBuilder, 1);

  self->reply = jump_reply_new ();
  self->text = g_string_new (NULL);
  self->annotations = g_string_new (NULL);
  return self;
}

void
jump_reply_builder_free (JumpReplyBuilder *self)
{
  jump_reply_free (self->reply);
  g_clear_pointer (&self->failure, jump_failure_free);
  g_clear_pointer (&self->part, jump_part_free);
  g_string_free (self->text, TRUE);
  g_string_free (self->annotations, TRUE);
  g_free (self);
}

static char *
take_text (JumpReplyBuilder *self)
{
  char *text;

  g_string_prepend_c (self->text, '"');
  g_string_append_c (self->text, '"');
  text = jump_json_span_dup_string ((JumpJsonSpan){ self->text->str, self->text->len });
  g_string_truncate (self->text, 0);
  return text;
}

static void
end_part (JumpReplyBuilder *self)
{
  g_autofree char *text = NULL;

  if (self->part == NULL)
    return;
  text = take_text (self);
  if (self->part->kind == JUMP_PART_TOOL_CALL)
    self->part->arguments = g_steal_pointer (&text);
  else if (self->part->kind != JUMP_PART_REASONING || *text != '\0')
    self->part->text = g_steal_pointer (&text);
  if (self->annotations->len > 0)
    self->part->annotations = g_strdup_printf ("[%s]", self->annotations->str);
  g_string_truncate (self->annotations, 0);
  jump_reply_add (self->reply, g_steal_pointer (&self->part));
}

/* The part that events of @kind belong to. */
static JumpPart *
need_part (JumpReplyBuilder *self, JumpPartKind kind)
{
  if (self->part != NULL && self->part->kind != kind)
    end_part (self);
  if (self->part == NULL)
    self->part = jump_part_new (kind);
  return self->part;
}

static void
add_text (JumpReplyBuilder *self, JumpPartKind kind, JumpJsonSpan text)
{
  need_part (self, kind);
  if (text.length > 2)
    g_string_append_len (self->text, text.start + 1, (gssize) text.length - 2);
}

static void
add_annotation (JumpReplyBuilder *self, JumpJsonSpan annotation)
{
  need_part (self, JUMP_PART_TEXT);
  if (self->annotations->len > 0)
    g_string_append_c (self->annotations, ',');
  g_string_append_len (self->annotations, annotation.start, (gssize) annotation.length);
}

static void
begin_call (JumpReplyBuilder *self, const JumpReplyEvent *event)
{
  JumpPart *part;

  end_part (self);
  part = need_part (self, JUMP_PART_TOOL_CALL);
  part->call_id = g_strdup (event->id);
  part->name = g_strdup (event->name);
  part->tool_kind = event->tool_kind;
  part->call_state = g_strdup (event->call_state);
}

static void
set_state (JumpReplyBuilder *self, const JumpReasoningState *state)
{
  JumpPart *part = need_part (self, JUMP_PART_REASONING);

  jump_reasoning_state_clear (&part->state);
  jump_reasoning_state_copy (&part->state, state);
}

static void
set_stop (JumpReplyBuilder *self, const JumpReplyEvent *event)
{
  end_part (self);
  self->reply->stop_reason = event->stop_reason;
  g_free (self->reply->stop_sequence);
  self->reply->stop_sequence = g_strdup (event->stop_sequence);
}

static void
start (JumpReplyBuilder *self, const JumpReplyEvent *event)
{
  g_free (self->reply->id);
  self->reply->id = g_strdup (event->id);
  g_free (self->reply->model);
  self->reply->model = g_strdup (event->model);
  if (event->usage != NULL)
    jump_usage_count_merge (&self->reply->usage, event->usage);
}

/**
 * jump_reply_builder_event:
 * @event: the next one of a reply; copied
 */
void
jump_reply_builder_event (JumpReplyBuilder *self, const JumpReplyEvent *event)
{
  switch (event->kind)
    {
    case JUMP_EVENT_START:
      start (self, event);
      break;
    case JUMP_EVENT_TEXT:
      add_text (self, JUMP_PART_TEXT, event->text);
      break;
    case JUMP_EVENT_ANNOTATION:
      add_annotation (self, event->text);
      break;
    case JUMP_EVENT_REASONING:
      add_text (self, JUMP_PART_REASONING, event->text);
      break;
    case JUMP_EVENT_STATE:
      set_state (self, event->state);
      break;
    case JUMP_EVENT_REFUSAL:
      add_text (self, JUMP_PART_REFUSAL, event->text);
      break;
    case JUMP_EVENT_TOOL_CALL:
      begin_call (self, event);
      break;
    case JUMP_EVENT_ARGUMENTS:
      add_text (self, JUMP_PART_TOOL_CALL, event->text);
      break;
    case JUMP_EVENT_USAGE:
      jump_usage_count_merge (&self->reply->usage, event->usage);
      break;
    case JUMP_EVENT_STOP:
      set_stop (self, event);
      break;
    case JUMP_EVENT_FAILURE:
      g_clear_pointer (&self->failure, jump_failure_free);
      self->failure = jump_failure_copy (event->failure);
      break;
    case JUMP_EVENT_PART_END:
    case JUMP_EVENT_END:
      end_part (self);
      break;
    case JUMP_EVENT_PING:
      break;
    }
}

/**
 * jump_reply_builder_get_failure:
 *
 * Returns: (transfer none) (nullable): valid as long as @self, jump_reply_builder_finish() included
 */
const JumpFailure *
jump_reply_builder_get_failure (const JumpReplyBuilder *self)
{
  return self->failure;
}

/**
 * jump_reply_builder_finish:
 *
 * Returns: (transfer full): the reply, with an unfinished part as far as it came
 */
JumpReply *
jump_reply_builder_finish (JumpReplyBuilder *self)
{
  JumpReply *reply;

  end_part (self);
  reply = g_steal_pointer (&self->reply);
  self->reply = jump_reply_new ();
  return reply;
}
