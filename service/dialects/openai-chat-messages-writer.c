/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/openai-chat-content.h"
#include "service/dialects/openai-chat.h"

/* The turns of a prompt as the messages that Copilot's chat takes: one assistant message per turn,
 * the results of its calls right behind it, every call answered (protocol 5.3, 9.10). */

typedef struct
{
  JumpChatContent content; /* how parts are written */
  const JumpPrompt *prompt;
  const JumpModelTraits *traits;
  JumpChanges *changes;
  GHashTable *results; /* (owned) (element-type utf8 GQueue): by call id, in order */
  GHashTable *written; /* (owned) (element-type JumpPart JumpPart): results that have been */
  GPtrArray *returned; /* (owned) (element-type JumpPart): results whose images are still to come */
} History;

/* One turn of the model: neighbouring assistant messages are parts of one. */
typedef struct
{
  GString *text;        /* (owned) */
  GString *reasoning;   /* (owned) */
  GString *opaque;      /* (owned) */
  GString *refusal;     /* (owned) */
  GPtrArray *calls;     /* (owned) (element-type JumpPart) */
  gboolean has_thought; /* some reasoning was there */
  gboolean is_marked;   /* for the cache */
} Turn;

static void
turn_init (Turn *self)
{
  self->text = g_string_new (NULL);
  self->reasoning = g_string_new (NULL);
  self->opaque = g_string_new (NULL);
  self->refusal = g_string_new (NULL);
  self->calls = g_ptr_array_new ();
  self->has_thought = FALSE;
  self->is_marked = FALSE;
}

static void
turn_clear (Turn *self)
{
  g_string_free (g_steal_pointer (&self->text), TRUE);
  g_string_free (g_steal_pointer (&self->reasoning), TRUE);
  g_string_free (g_steal_pointer (&self->opaque), TRUE);
  g_string_free (g_steal_pointer (&self->refusal), TRUE);
  g_clear_pointer (&self->calls, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Turn, turn_clear)

static JumpMessage *
get_message (const History *self, guint i)
{
  return g_ptr_array_index (self->prompt->messages, i);
}

static void
collect_results (History *self)
{
  for (guint i = 0; i < self->prompt->messages->len; i++)
    {
      const JumpMessage *message = get_message (self, i);

      for (guint j = 0; j < message->parts->len; j++)
        {
          JumpPart *part = g_ptr_array_index (message->parts, j);
          GQueue *queue;

          if (part->kind != JUMP_PART_TOOL_RESULT || part->call_id == NULL)
            continue;
          queue = g_hash_table_lookup (self->results, part->call_id);
          if (queue == NULL)
            {
              queue = g_queue_new ();
              g_hash_table_insert (self->results, part->call_id, queue);
            }
          g_queue_push_tail (queue, part);
        }
    }
}

/* Returns: (nullable): the first result for @call that was not written yet */
static JumpPart *
take_result (History *self, const JumpPart *call)
{
  GQueue *queue = call->call_id == NULL ? NULL : g_hash_table_lookup (self->results, call->call_id);
  JumpPart *result;

  while (queue != NULL && (result = g_queue_pop_head (queue)) != NULL)
    {
      if (g_hash_table_add (self->written, result))
        return result;
    }
  return NULL;
}

/* Several blocks of instructions are one text to the model (H-07). */
static void
write_instructions (History *self, const JumpMessage *message)
{
  g_autofree char *text = jump_parts_join_text (message->parts, "\n\n");
  gboolean is_developer = message->role == JUMP_ROLE_DEVELOPER;

  if (*text == '\0')
    return;
  if (is_developer && !self->traits->is_reasoning)
    jump_changes_add (self->changes, "developer-as-system");
  jump_chat_content_begin (&self->content,
                           is_developer && self->traits->is_reasoning ? "developer" : "system");
  jump_json_writer_member_string (self->content.writer, "content", text);
  jump_chat_content_end (&self->content, jump_chat_content_is_marked (message->parts));
}

static void
write_user (History *self, const JumpMessage *message)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new ();

  for (guint i = 0; i < message->parts->len; i++)
    {
      JumpPart *part = g_ptr_array_index (message->parts, i);

      if (part->kind != JUMP_PART_TOOL_RESULT)
        g_ptr_array_add (parts, part);
      else if (g_hash_table_add (self->written, part))
        {
          /* Nothing called it: a tool message would be refused, the text is worth keeping. */
          jump_changes_add (self->changes, "orphan-results-as-text");
          g_ptr_array_add (parts, part);
        }
    }
  jump_chat_content_write_user (&self->content, message->name, parts);
}

static void
add_reasoning (History *self, Turn *turn, const JumpPart *part)
{
  turn->has_thought = TRUE;
  if (part->state.kind != JUMP_REASONING_NONE)
    {
      if (!jump_reasoning_state_fits (&part->state, 1u << JUMP_REASONING_OPAQUE, self->traits->id))
        return;
      g_string_append (turn->opaque, part->state.data);
    }
  if (part->text != NULL)
    g_string_append (turn->reasoning, part->text);
}

static void
add_part (History *self, Turn *turn, JumpPart *part)
{
  if (part->cache_marker != NULL)
    turn->is_marked = TRUE;
  switch (part->kind)
    {
    case JUMP_PART_TEXT:
      if (part->text != NULL)
        g_string_append (turn->text, part->text);
      break;
    case JUMP_PART_REFUSAL:
      if (part->text != NULL)
        g_string_append (turn->refusal, part->text);
      break;
    case JUMP_PART_REASONING:
      add_reasoning (self, turn, part);
      break;
    case JUMP_PART_TOOL_CALL:
      g_ptr_array_add (turn->calls, part);
      break;
    case JUMP_PART_OTHER:
      jump_changes_add_detail (self->changes, "dropped:", part->type != NULL ? part->type : "item");
      break;
    case JUMP_PART_IMAGE:
    case JUMP_PART_FILE:
      jump_changes_add (self->changes, "dropped:assistant-image");
      break;
    case JUMP_PART_TOOL_RESULT:
      break;
    }
}

/* Both fields go back exactly as they came, or not at all (protocol 5.3). */
static void
write_reasoning (History *self, const Turn *turn)
{
  if (!turn->has_thought)
    return;
  if (turn->opaque->len == 0)
    {
      jump_changes_add (self->changes, "reasoning-dropped");
      return;
    }
  if (turn->reasoning->len > 0)
    jump_json_writer_member_string (self->content.writer, "reasoning_text", turn->reasoning->str);
  jump_json_writer_member_string (self->content.writer, "reasoning_opaque", turn->opaque->str);
}

static void
write_results (History *self, const Turn *turn)
{
  for (guint i = 0; i < turn->calls->len; i++)
    {
      const JumpPart *call = g_ptr_array_index (turn->calls, i);
      JumpPart *result = take_result (self, call);

      if (result == NULL)
        jump_changes_add (self->changes, "missing-results-filled");
      jump_chat_content_write_result (&self->content, call, result);
      if (result != NULL && jump_chat_content_has_images (result))
        g_ptr_array_add (self->returned, result);
    }
  if (self->returned->len == 0)
    return;
  jump_changes_add (self->changes, "tool-images-moved");
  jump_chat_content_write_returned (&self->content, self->returned);
  g_ptr_array_set_size (self->returned, 0);
}

static void
write_turn (History *self, const Turn *turn)
{
  JumpJsonWriter *writer = self->content.writer;

  if (turn->text->len == 0 && turn->refusal->len == 0 && turn->calls->len == 0)
    {
      /* Nothing but reasoning: no message that upstream takes could carry it. */
      if (turn->has_thought)
        jump_changes_add (self->changes, "reasoning-dropped");
      return;
    }
  jump_chat_content_begin (&self->content, "assistant");
  jump_json_writer_member_string (writer, "content", turn->text->len > 0 ? turn->text->str : NULL);
  if (turn->refusal->len > 0)
    jump_json_writer_member_string (writer, "refusal", turn->refusal->str);
  write_reasoning (self, turn);
  if (turn->calls->len > 0)
    jump_chat_content_write_calls (&self->content, turn->calls);
  jump_chat_content_end (&self->content, turn->is_marked);
  write_results (self, turn);
}

static void
chomp (GString *text)
{
  while (text->len > 0 && g_ascii_isspace (text->str[text->len - 1]))
    g_string_truncate (text, text->len - 1);
}

/* Writes the assistant messages from @first on. Returns: the first behind them */
static guint
write_assistant (History *self, guint first)
{
  g_auto (Turn) turn = { NULL };
  guint end = first;

  turn_init (&turn);
  for (; end < self->prompt->messages->len; end++)
    {
      const JumpMessage *message = get_message (self, end);

      if (message->role != JUMP_ROLE_ASSISTANT)
        break;
      for (guint i = 0; i < message->parts->len; i++)
        add_part (self, &turn, g_ptr_array_index (message->parts, i));
    }
  if (self->traits->is_claude)
    {
      /* A refusal is nothing that Claude's side knows; blank ends and texts it does not take. */
      g_string_append_len (turn.text, turn.refusal->str, (gssize) turn.refusal->len);
      g_string_truncate (turn.refusal, 0);
      chomp (turn.text);
    }
  write_turn (self, &turn);
  return end;
}

/* Current Claude models do not go on with an answer that was begun for them (protocol 6.3). */
static void
write_continuation (History *self)
{
  const JumpMessage *last = get_message (self, self->prompt->messages->len - 1);
  g_autoptr (GPtrArray) parts = NULL;

  if (!self->traits->is_claude || last->role != JUMP_ROLE_ASSISTANT)
    return;
  for (guint i = 0; i < last->parts->len; i++)
    {
      if (((JumpPart *) g_ptr_array_index (last->parts, i))->kind == JUMP_PART_TOOL_CALL)
        return;
    }
  parts = g_ptr_array_new_with_free_func ((GDestroyNotify) jump_part_free);
  g_ptr_array_add (parts, jump_part_new_text ("Continue exactly where you stopped."));
  jump_chat_content_write_user (&self->content, NULL, parts);
  jump_changes_add (self->changes, "prefill-continued");
}

/**
 * jump_chat_write_messages:
 * @writer: inside the array
 * @prompt: whose messages
 * @traits: of the model
 * @names: of the tools
 * @changes: gets what could not be said as it was
 */
void
jump_chat_write_messages (JumpJsonWriter *writer,
                          const JumpPrompt *prompt,
                          const JumpModelTraits *traits,
                          const JumpToolNames *names,
                          JumpChanges *changes)
{
  History history = {
    .content = { writer, names, traits->is_claude, changes },
    .prompt = prompt,
    .traits = traits,
    .changes = changes,
    .results = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_queue_free),
    .written = g_hash_table_new (NULL, NULL),
    .returned = g_ptr_array_new (),
  };

  collect_results (&history);
  for (guint i = 0; i < prompt->messages->len;)
    {
      const JumpMessage *message = get_message (&history, i);

      switch (message->role)
        {
        case JUMP_ROLE_SYSTEM:
        case JUMP_ROLE_DEVELOPER:
          write_instructions (&history, message);
          i++;
          break;
        case JUMP_ROLE_USER:
          write_user (&history, message);
          i++;
          break;
        case JUMP_ROLE_ASSISTANT:
          i = write_assistant (&history, i);
          break;
        }
    }
  if (prompt->messages->len > 0)
    write_continuation (&history);
  g_hash_table_unref (history.results);
  g_hash_table_unref (history.written);
  g_ptr_array_unref (history.returned);
}
