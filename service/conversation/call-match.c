/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/conversation/prompt.h"

/* Which call a tool's result answers (P-10). Walks the conversation once, so that long ones cost no
 * more than their length. */

typedef struct
{
  GHashTable *ids;      /* (owned) (element-type utf8 utf8): all ids that the client gave */
  GHashTable *answered; /* (owned) (element-type utf8 utf8): ids that some result names */
  GHashTable *by_id;    /* (owned) (element-type utf8 JumpPart): the latest call of each id */
  GHashTable *done;     /* (owned) (element-type JumpPart JumpPart): calls that have their result */
  GHashTable *by_name;  /* (owned) (element-type utf8 GQueue): calls in order, done ones too */
  GQueue all;           /* (owned) (element-type JumpPart): the same of all names */
} Matcher;

typedef void (*PartFunc) (Matcher *self, JumpPart *part, guint message, guint index);

static gboolean
has_id (const JumpPart *part)
{
  return part->call_id != NULL && *part->call_id != '\0';
}

/* Positions do not change as a conversation grows, so a call keeps its id from turn to turn. */
static void
make_id (Matcher *self, JumpPart *part, guint message, guint index)
{
  g_autoptr (GString) id = g_string_new (NULL);

  g_string_printf (id, "call_%u_%u", message, index);
  while (g_hash_table_contains (self->ids, id->str))
    g_string_append_c (id, '_');
  g_free (part->call_id);
  part->call_id = g_string_free (g_steal_pointer (&id), FALSE);
}

static void
note_id (Matcher *self, JumpPart *part, guint message G_GNUC_UNUSED, guint index G_GNUC_UNUSED)
{
  if (!has_id (part))
    return;
  g_hash_table_add (self->ids, part->call_id);
  if (part->kind == JUMP_PART_TOOL_RESULT)
    g_hash_table_add (self->answered, part->call_id);
}

static void
take_call (Matcher *self, JumpPart *call)
{
  const char *name = call->name == NULL ? "" : call->name;
  GQueue *queue = g_hash_table_lookup (self->by_name, name);

  g_hash_table_insert (self->by_id, call->call_id, call);
  if (g_hash_table_contains (self->answered, call->call_id))
    return;
  if (queue == NULL)
    {
      queue = g_queue_new ();
      g_hash_table_insert (self->by_name, (gpointer) name, queue);
    }
  g_queue_push_tail (queue, call);
  g_queue_push_tail (&self->all, call);
}

/* Returns: (nullable): the first call of @queue that nothing answers yet */
static JumpPart *
pop_open_call (Matcher *self, GQueue *queue)
{
  JumpPart *call = NULL;

  while (queue != NULL && (call = g_queue_pop_head (queue)) != NULL)
    if (g_hash_table_add (self->done, call))
      return call;
  return NULL;
}

static void
take_result (Matcher *self, JumpPart *result, guint message, guint index)
{
  JumpPart *call;

  if (has_id (result))
    call = g_hash_table_lookup (self->by_id, result->call_id);
  else
    {
      call = pop_open_call (
          self,
          result->name == NULL ? &self->all : g_hash_table_lookup (self->by_name, result->name));
      if (call == NULL)
        make_id (self, result, message, index);
      else
        {
          g_free (result->call_id);
          result->call_id = g_strdup (call->call_id);
        }
    }
  if (call == NULL)
    return;
  result->tool_kind = call->tool_kind;
  if (result->name != NULL)
    return;
  result->name = g_strdup (call->name);
  g_free (result->name_space);
  result->name_space = g_strdup (call->name_space);
}

static void
match_part (Matcher *self, JumpPart *part, guint message, guint index)
{
  if (part->kind == JUMP_PART_TOOL_RESULT)
    {
      take_result (self, part, message, index);
      return;
    }
  if (!has_id (part))
    make_id (self, part, message, index);
  take_call (self, part);
}

static void
foreach_part (Matcher *self, const JumpPrompt *prompt, PartFunc func)
{
  for (guint i = 0; i < prompt->messages->len; i++)
    {
      const JumpMessage *message = g_ptr_array_index (prompt->messages, i);

      for (guint j = 0; j < message->parts->len; j++)
        {
          JumpPart *part = g_ptr_array_index (message->parts, j);

          if (part->kind == JUMP_PART_TOOL_CALL || part->kind == JUMP_PART_TOOL_RESULT)
            func (self, part, i, j);
        }
    }
}

/**
 * jump_prompt_match_calls:
 * @self: a prompt with all its messages
 *
 * Ids that the client gave are never touched. A result that answers nothing gets an id of its own,
 * so that upstream and not we refuse it. Results take the kind of their call as well: some dialects
 * only say it there.
 */
void
jump_prompt_match_calls (JumpPrompt *self)
{
  Matcher matcher = {
    g_hash_table_new (g_str_hash, g_str_equal),
    g_hash_table_new (g_str_hash, g_str_equal),
    g_hash_table_new (g_str_hash, g_str_equal),
    g_hash_table_new (NULL, NULL),
    g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_queue_free),
    G_QUEUE_INIT,
  };

  foreach_part (&matcher, self, note_id);
  foreach_part (&matcher, self, match_part);
  g_hash_table_unref (matcher.ids);
  g_hash_table_unref (matcher.answered);
  g_hash_table_unref (matcher.by_id);
  g_hash_table_unref (matcher.done);
  g_hash_table_unref (matcher.by_name);
  g_queue_clear (&matcher.all);
}
