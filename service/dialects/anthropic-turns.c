/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/anthropic-turns.h"

#include "service/dialects/anthropic-pairs.h"

#include <string.h>

/* Upstream refuses to go on with a text of the assistant's that stands last. */
#define CONTINUE  "Go on exactly where your last message ends, without repeating any of it."
#define BEGINNING "(The conversation begins with your message.)"
/* How Claude knows a note that is not the user's. */
#define NOTE_START "<system-reminder>\n"
#define NOTE_END   "\n</system-reminder>"

/* A collection in the making. */
typedef struct
{
  JumpAnthropicTurns *turns;
  const JumpModelTraits *traits;
  guint kinds;
  JumpChanges *changes;
  gboolean is_begun; /* somebody other than the system has spoken */
} Collection;

static gboolean
is_blank (const char *text)
{
  return text == NULL || text[strspn (text, " \t\r\n")] == '\0';
}

static void
turn_blocks_free (gpointer data)
{
  JumpAnthropicTurnBlocks *turn = data;

  g_ptr_array_unref (turn->entries);
  g_free (turn);
}

static JumpAnthropicTurnBlocks *
get_turn (const JumpAnthropicTurns *self, guint i)
{
  return g_ptr_array_index (self->turns, i);
}

static JumpAnthropicTurnBlocks *
get_last (const JumpAnthropicTurns *self)
{
  return self->turns->len == 0 ? NULL : get_turn (self, self->turns->len - 1);
}

/* Takes @entry. */
static void
add_entry (JumpAnthropicTurns *self, gboolean is_assistant, JumpAnthropicEntry *entry)
{
  JumpAnthropicTurnBlocks *turn = get_last (self);

  if (turn == NULL || turn->is_assistant != is_assistant)
    {
      turn = jump_anthropic_turn_blocks_new (is_assistant);
      g_ptr_array_add (self->turns, turn);
    }
  g_ptr_array_add (turn->entries, entry);
}

static gboolean
takes_reasoning (Collection *self, const JumpPart *part)
{
  if (jump_reasoning_state_fits (&part->state, self->kinds, self->traits->id))
    return TRUE;
  jump_changes_add (self->changes, "reasoning-dropped");
  return FALSE;
}

/* Whether there is something in @part that can be written in a turn of this side. */
static gboolean
is_wanted (Collection *self, const JumpPart *part, gboolean is_assistant)
{
  switch (part->kind)
    {
    case JUMP_PART_TEXT:
    case JUMP_PART_REFUSAL:
      return !is_blank (part->text);
    case JUMP_PART_IMAGE:
    case JUMP_PART_FILE:
      if (!is_assistant)
        return TRUE;
      jump_changes_add (self->changes, "dropped:assistant-image");
      return FALSE;
    case JUMP_PART_REASONING:
      return is_assistant && takes_reasoning (self, part);
    case JUMP_PART_TOOL_CALL:
      return is_assistant;
    case JUMP_PART_TOOL_RESULT:
      return !is_assistant;
    case JUMP_PART_OTHER:
      jump_changes_add_detail (self->changes, "dropped:", part->type == NULL ? "part" : part->type);
      return FALSE;
    }
  return FALSE;
}

static void
add_turn_message (Collection *self, const JumpMessage *message)
{
  gboolean is_assistant = message->role == JUMP_ROLE_ASSISTANT;

  self->is_begun = TRUE;
  for (guint i = 0; i < message->parts->len; i++)
    {
      const JumpPart *part = g_ptr_array_index (message->parts, i);
      JumpAnthropicEntry *entry;

      if (!is_wanted (self, part, is_assistant))
        continue;
      entry = jump_anthropic_entry_new (part, NULL);
      entry->is_result = part->kind == JUMP_PART_TOOL_RESULT;
      add_entry (self->turns, is_assistant, entry);
    }
}

/* Behind the beginning a system message becomes a note in the user's turn, where not every backend of
 * Copilot's takes one (protocol 6.3). */
static void
add_system_message (Collection *self, const JumpMessage *message)
{
  for (guint i = 0; i < message->parts->len; i++)
    {
      const JumpPart *part = g_ptr_array_index (message->parts, i);

      if (part->kind != JUMP_PART_TEXT)
        {
          jump_changes_add_detail (self->changes,
                                   "dropped:",
                                   part->type == NULL ? "system-part" : part->type);
          continue;
        }
      if (is_blank (part->text))
        continue;
      if (!self->is_begun)
        {
          g_ptr_array_add (self->turns->system, (gpointer) part);
          continue;
        }
      jump_changes_add (self->changes, "system-folded");
      if (g_str_has_prefix (part->text, "<system-reminder>"))
        add_entry (self->turns, FALSE, jump_anthropic_entry_new (part, NULL));
      else
        add_entry (
            self->turns,
            FALSE,
            jump_anthropic_entry_new (part, g_strconcat (NOTE_START, part->text, NOTE_END, NULL)));
    }
}

/* What was thought has to lead to something. */
static void
drop_trailing_reasoning (JumpAnthropicTurnBlocks *turn, JumpChanges *changes)
{
  while (turn->is_assistant && turn->entries->len > 0)
    {
      const JumpAnthropicEntry *entry = g_ptr_array_index (turn->entries, turn->entries->len - 1);

      if (entry->part == NULL || entry->part->kind != JUMP_PART_REASONING)
        return;
      g_ptr_array_set_size (turn->entries, (int) turn->entries->len - 1);
      jump_changes_add (changes, "reasoning-dropped");
    }
}

/* Removes turns that became empty and joins those that met by that. */
static void
close_gaps (JumpAnthropicTurns *self)
{
  for (guint i = 0; i < self->turns->len;)
    {
      JumpAnthropicTurnBlocks *turn = get_turn (self, i);
      JumpAnthropicTurnBlocks *before = i == 0 ? NULL : get_turn (self, i - 1);

      if (turn->entries->len > 0 && (before == NULL || before->is_assistant != turn->is_assistant))
        {
          i++;
          continue;
        }
      if (turn->entries->len > 0)
        g_ptr_array_extend_and_steal (before->entries, g_steal_pointer (&turn->entries));
      if (turn->entries == NULL)
        turn->entries = g_ptr_array_new ();
      g_ptr_array_remove_index (self->turns, i);
    }
}

/* Upstream wants results in front of everything else that the user says. */
static void
put_results_first (JumpAnthropicTurnBlocks *turn)
{
  GPtrArray *others = g_ptr_array_new ();
  guint n = 0;

  for (guint i = 0; i < turn->entries->len; i++)
    {
      JumpAnthropicEntry *entry = g_ptr_array_index (turn->entries, i);

      if (entry->is_result)
        turn->entries->pdata[n++] = entry;
      else
        g_ptr_array_add (others, entry);
    }
  for (guint i = 0; i < others->len; i++)
    turn->entries->pdata[n++] = others->pdata[i];
  g_ptr_array_unref (others);
}

/* A request without a user's words, only instructions: they are what the user wants then. */
static void
ensure_user (JumpAnthropicTurns *self, JumpChanges *changes)
{
  JumpPart *last;

  if (self->turns->len > 0 || self->system->len == 0)
    return;
  last = g_ptr_array_steal_index (self->system, self->system->len - 1);
  add_entry (self, FALSE, jump_anthropic_entry_new (last, NULL));
  jump_changes_add (changes, "system-folded");
}

static void
ensure_ends (JumpAnthropicTurns *self, JumpChanges *changes)
{
  JumpAnthropicTurnBlocks *turn;

  ensure_user (self, changes);
  if (self->turns->len == 0)
    return;
  if (get_turn (self, 0)->is_assistant)
    {
      turn = jump_anthropic_turn_blocks_new (FALSE);
      g_ptr_array_add (turn->entries, jump_anthropic_entry_new (NULL, g_strdup (BEGINNING)));
      g_ptr_array_insert (self->turns, 0, turn);
      jump_changes_add (changes, "user-turn-added");
    }
  turn = get_turn (self, self->turns->len - 1);
  if (turn->is_assistant)
    {
      add_entry (self, FALSE, jump_anthropic_entry_new (NULL, g_strdup (CONTINUE)));
      jump_changes_add (changes, "prefill-continued");
    }
}

/**
 * jump_anthropic_entry_new:
 * @part: (nullable): of the prompt
 * @text: (transfer full) (nullable): what is written instead
 */
JumpAnthropicEntry *
jump_anthropic_entry_new (const JumpPart *part, char *text)
{
  JumpAnthropicEntry *self = g_new0 (JumpAnthropicEntry, 1);

  self->part = part;
  self->text = text;
  return self;
}

void
jump_anthropic_entry_free (JumpAnthropicEntry *self)
{
  g_free (self->text);
  g_free (self->call_id);
  g_free (self);
}

/**
 * jump_anthropic_turn_blocks_new:
 *
 * Returns: (transfer full): a turn without entries
 */
JumpAnthropicTurnBlocks *
jump_anthropic_turn_blocks_new (gboolean is_assistant)
{
  JumpAnthropicTurnBlocks *self = g_new0 (JumpAnthropicTurnBlocks, 1);

  self->is_assistant = is_assistant;
  self->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) jump_anthropic_entry_free);
  return self;
}

/**
 * jump_anthropic_turns_new:
 * @prompt: what a client asks
 * @traits: of the model; its id tells whose reasoning fits
 * @kinds: mask of 1 << JumpReasoningKind
 * @changes: notes what had to be done
 *
 * Returns: (transfer full): without turns when the prompt says nothing at all
 */
JumpAnthropicTurns *
jump_anthropic_turns_new (const JumpPrompt *prompt,
                          const JumpModelTraits *traits,
                          guint kinds,
                          JumpChanges *changes)
{
  JumpAnthropicTurns *self = g_new0 (JumpAnthropicTurns, 1);
  Collection collection = { self, traits, kinds, changes, FALSE };

  self->system = g_ptr_array_new ();
  self->turns = g_ptr_array_new_with_free_func (turn_blocks_free);
  for (guint i = 0; i < prompt->messages->len; i++)
    {
      const JumpMessage *message = g_ptr_array_index (prompt->messages, i);

      if (message->role == JUMP_ROLE_SYSTEM || message->role == JUMP_ROLE_DEVELOPER)
        add_system_message (&collection, message);
      else
        add_turn_message (&collection, message);
    }
  for (guint i = 0; i < self->turns->len; i++)
    drop_trailing_reasoning (get_turn (self, i), changes);
  close_gaps (self);
  jump_anthropic_pairs_repair (self, changes);
  close_gaps (self);
  for (guint i = 0; i < self->turns->len; i++)
    put_results_first (get_turn (self, i));
  ensure_ends (self, changes);
  return self;
}

void
jump_anthropic_turns_free (JumpAnthropicTurns *self)
{
  g_ptr_array_unref (self->system);
  g_ptr_array_unref (self->turns);
  g_free (self);
}

/**
 * jump_anthropic_turns_allow_thinking:
 *
 * A model that is to think must not find itself in the middle of a round of calls and results that it
 * began without thinking: then upstream refuses the request.
 */
gboolean
jump_anthropic_turns_allow_thinking (const JumpAnthropicTurns *self)
{
  const JumpAnthropicEntry *begin;
  guint first = self->turns->len;

  while (first >= 2)
    {
      const JumpAnthropicTurnBlocks *user = get_turn (self, first - 1);
      const JumpAnthropicEntry *entry = g_ptr_array_index (user->entries, 0);

      if (!entry->is_result)
        break;
      first -= 2;
    }
  if (first == self->turns->len)
    return TRUE;
  begin = g_ptr_array_index (get_turn (self, first)->entries, 0);
  return begin->part != NULL && begin->part->kind == JUMP_PART_REASONING;
}
