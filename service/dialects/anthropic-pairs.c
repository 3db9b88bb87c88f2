/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/anthropic-pairs.h"

#include <string.h>

#define CHANGE      "tool-pairs-repaired"
#define INTERRUPTED "The call was interrupted, there is no result."
#define LEFT_OVER   "[Result of a tool call that is no longer part of the conversation]\n"

typedef struct
{
  JumpAnthropicTurns *turns;
  JumpChanges *changes;
  GHashTable
      *wire_ids; /* (owned) (element-type utf8 guint): those given, and how often each was wanted */
  GHashTable *call_ids; /* (owned) (element-type utf8 utf8): the client's, of all calls */
  GHashTable *results;  /* (owned) (element-type utf8 GQueue): unpaired ones by the client's id */
} Repair;

/* Where a result stands. */
typedef struct
{
  guint turn;
  JumpAnthropicEntry *entry;
} Place;

static const char *
id_of (const JumpAnthropicEntry *entry)
{
  return entry->part->call_id == NULL ? "" : entry->part->call_id;
}

static gboolean
is_call (const JumpAnthropicEntry *entry)
{
  return entry->part != NULL && entry->part->kind == JUMP_PART_TOOL_CALL;
}

static void
free_places (gpointer data)
{
  g_queue_free_full (data, g_free);
}

static void
note_results (Repair *self)
{
  for (guint i = 0; i < self->turns->turns->len; i++)
    {
      const JumpAnthropicTurnBlocks *turn = g_ptr_array_index (self->turns->turns, i);

      for (guint j = 0; j < turn->entries->len; j++)
        {
          JumpAnthropicEntry *entry = g_ptr_array_index (turn->entries, j);
          GQueue *queue;
          Place *place;

          if (is_call (entry))
            g_hash_table_add (self->call_ids, (gpointer) id_of (entry));
          if (!entry->is_result)
            continue;
          queue = g_hash_table_lookup (self->results, id_of (entry));
          if (queue == NULL)
            {
              queue = g_queue_new ();
              g_hash_table_insert (self->results, (gpointer) id_of (entry), queue);
            }
          place = g_new0 (Place, 1);
          place->turn = i;
          place->entry = entry;
          g_queue_push_tail (queue, place);
        }
    }
}

/* The first result of @id behind turn @after that nobody has claimed. Those in front of it are nobody's: turns only
 * rise. Returns: (transfer full) (nullable) */
static Place *
claim_result (Repair *self, const char *id, guint after)
{
  GQueue *queue = g_hash_table_lookup (self->results, id);

  while (queue != NULL && queue->head != NULL)
    {
      g_autofree Place *place = g_queue_pop_head (queue);

      if (place->turn > after)
        return g_steal_pointer (&place);
    }
  return NULL;
}

/* Ids of other upstreams hold dots and colons, and some count from 0 in every turn. */
static char *
make_wire_id (Repair *self, const char *id)
{
  g_autoptr (GString) wire = g_string_new (*id == '\0' ? "call" : id);
  g_autofree char *wanted = NULL;
  gsize length;
  guint n;

  for (char *at = wire->str; *at != '\0'; at++)
    {
      if (!g_ascii_isalnum (*at) && *at != '_' && *at != '-')
        *at = '_';
    }
  length = wire->len;
  wanted = g_strdup (wire->str);
  n = GPOINTER_TO_UINT (g_hash_table_lookup (self->wire_ids, wanted));
  while (g_hash_table_contains (self->wire_ids, wire->str))
    {
      g_string_truncate (wire, length);
      g_string_append_printf (wire, "_%u", ++n);
    }
  g_hash_table_insert (self->wire_ids, g_strdup (wire->str), GUINT_TO_POINTER (1));
  if (n > 0)
    g_hash_table_insert (self->wire_ids, g_steal_pointer (&wanted), GUINT_TO_POINTER (n));
  return g_string_free (g_steal_pointer (&wire), FALSE);
}

/* The turn behind @i, a new one when it is the last. */
static JumpAnthropicTurnBlocks *
ensure_user_turn (Repair *self, guint i)
{
  if (i + 1 == self->turns->turns->len)
    g_ptr_array_add (self->turns->turns, jump_anthropic_turn_blocks_new (FALSE));
  return g_ptr_array_index (self->turns->turns, i + 1);
}

static void
add_placeholder (Repair *self, guint i, const char *wire_id)
{
  JumpAnthropicEntry *entry = jump_anthropic_entry_new (NULL, g_strdup (INTERRUPTED));

  entry->is_result = TRUE;
  entry->call_id = g_strdup (wire_id);
  g_ptr_array_add (ensure_user_turn (self, i)->entries, entry);
  jump_changes_add (self->changes, CHANGE);
}

static void
move_result (Repair *self, const Place *place, guint i)
{
  JumpAnthropicTurnBlocks *from = g_ptr_array_index (self->turns->turns, place->turn);
  JumpAnthropicTurnBlocks *to = g_ptr_array_index (self->turns->turns, i + 1);
  guint index;

  if (from == to || !g_ptr_array_find (from->entries, place->entry, &index))
    return;
  g_ptr_array_add (to->entries, g_ptr_array_steal_index (from->entries, index));
  jump_changes_add (self->changes, CHANGE);
}

static void
pair_calls (Repair *self, guint i)
{
  const JumpAnthropicTurnBlocks *turn = g_ptr_array_index (self->turns->turns, i);

  for (guint j = 0; j < turn->entries->len; j++)
    {
      JumpAnthropicEntry *call = g_ptr_array_index (turn->entries, j);
      g_autofree Place *place = NULL;

      if (!is_call (call))
        continue;
      call->call_id = make_wire_id (self, id_of (call));
      place = claim_result (self, id_of (call), i);
      if (place == NULL)
        {
          add_placeholder (self, i, call->call_id);
          continue;
        }
      place->entry->call_id = g_strdup (call->call_id);
      move_result (self, place, i);
    }
}

/* What is left has no call. A second result of one call says nothing new; others are kept as what the
 * user says, because the answer may be about them. Returns: whether @entry stays */
static gboolean
keep_left_over (Repair *self, JumpAnthropicEntry *entry)
{
  g_autofree char *text = NULL;

  if (!entry->is_result || entry->call_id != NULL)
    return TRUE;
  jump_changes_add (self->changes, CHANGE);
  text = jump_parts_join_text (entry->part->content, "\n");
  if (*text == '\0' || g_hash_table_contains (self->call_ids, id_of (entry)))
    return FALSE;
  entry->is_result = FALSE;
  entry->text = g_strconcat (LEFT_OVER, text, NULL);
  return TRUE;
}

static void
settle_left_over (Repair *self, JumpAnthropicTurnBlocks *turn)
{
  gsize n_entries;
  gpointer *entries = g_ptr_array_steal (turn->entries, &n_entries);

  for (gsize j = 0; j < n_entries; j++)
    {
      g_autoptr (JumpAnthropicEntry) entry = entries[j];

      if (keep_left_over (self, entry))
        g_ptr_array_add (turn->entries, g_steal_pointer (&entry));
    }
  g_free (entries);
}

/**
 * jump_anthropic_pairs_repair:
 * @turns: alternating
 * @changes: notes what had to be done
 *
 * A call without a result gets one that says so: the model knows what it wanted then. A result that came
 * too late moves to its call.
 */
void
jump_anthropic_pairs_repair (JumpAnthropicTurns *turns, JumpChanges *changes)
{
  Repair self = {
    .turns = turns,
    .changes = changes,
    .wire_ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
    .call_ids = g_hash_table_new (g_str_hash, g_str_equal),
    .results = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, free_places),
  };

  note_results (&self);
  for (guint i = 0; i < turns->turns->len; i++)
    pair_calls (&self, i);
  for (guint i = 0; i < turns->turns->len; i++)
    settle_left_over (&self, g_ptr_array_index (turns->turns, i));
  g_hash_table_unref (self.wire_ids);
  g_hash_table_unref (self.call_ids);
  g_hash_table_unref (self.results);
}
