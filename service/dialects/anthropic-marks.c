/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/anthropic-marks.h"

#include "service/dialects/anthropic-definitions.h"

/* Protocol 6.3. */
#define MAX_MARKS 4

static guint
count_in_turns (const JumpAnthropicTurns *turns)
{
  guint n = 0;

  for (guint i = 0; i < turns->turns->len; i++)
    {
      const JumpAnthropicTurnBlocks *turn = g_ptr_array_index (turns->turns, i);

      for (guint j = 0; j < turn->entries->len; j++)
        {
          const JumpAnthropicEntry *entry = g_ptr_array_index (turn->entries, j);

          n += entry->part != NULL && entry->part->cache_marker != NULL;
        }
    }
  return n;
}

/**
 * jump_anthropic_marks_init:
 * @self: (out caller-allocates)
 * @prompt: its tools are written first, all of them
 * @turns: of @prompt: its system texts, then the turns
 * @changes: notes marks left out or added
 */
void
jump_anthropic_marks_init (JumpAnthropicMarks *self,
                           const JumpPrompt *prompt,
                           const JumpAnthropicTurns *turns,
                           JumpChanges *changes)
{
  guint n = count_in_turns (turns);

  for (guint i = 0; i < prompt->tools->len; i++)
    {
      const JumpTool *tool = g_ptr_array_index (prompt->tools, i);

      n += tool->cache_marker != NULL && jump_anthropic_definitions_takes (tool);
    }
  for (guint i = 0; i < turns->system->len; i++)
    n += ((const JumpPart *) g_ptr_array_index (turns->system, i))->cache_marker != NULL;
  self->n_skipped = n > MAX_MARKS ? n - MAX_MARKS : 0;
  self->is_automatic = n == 0;
  if (self->n_skipped > 0)
    jump_changes_add (changes, "cache-markers-dropped");
  if (self->is_automatic)
    jump_changes_add (changes, "cache-marked");
}

/**
 * jump_anthropic_marks_take:
 * @marker: (nullable): what the prompt has at this block
 * @is_automatic_place: whether a mark of ours belongs there
 *
 * Asked once for every block, in the order of writing.
 *
 * Returns: whether to write one
 */
gboolean
jump_anthropic_marks_take (JumpAnthropicMarks *self,
                           const char *marker,
                           gboolean is_automatic_place)
{
  if (self->is_automatic)
    return is_automatic_place;
  if (marker == NULL)
    return FALSE;
  if (self->n_skipped == 0)
    return TRUE;
  self->n_skipped--;
  return FALSE;
}
