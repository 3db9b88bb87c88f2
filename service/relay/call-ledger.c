/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/relay/call-ledger.h"

struct _JumpCallLedger
{
  GArray *slots;    /* (owned) (element-type JumpCallSlot) */
  GHashTable *open; /* (owned) (element-type utf8 guint): index of the call that waits, by its id */
};

static void
clear_slot (gpointer memory)
{
  JumpCallSlot *slot = memory;

  g_clear_pointer (&slot->id, g_free);
}

/**
 * jump_call_ledger_new:
 *
 * Returns: (transfer full): without calls
 */
JumpCallLedger *
jump_call_ledger_new (void)
{
  JumpCallLedger *self = g_new0 (JumpCallLedger, 1);

  self->slots = g_array_new (FALSE, FALSE, sizeof (JumpCallSlot));
  g_array_set_clear_func (self->slots, clear_slot);
  self->open = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

/**
 * jump_call_ledger_free:
 * @self: (transfer full) (nullable): a ledger
 */
void
jump_call_ledger_free (JumpCallLedger *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->open);
  g_array_unref (self->slots);
  g_free (self);
}

static JumpCallSlot *
get_slot (const JumpCallLedger *self, guint index)
{
  return &g_array_index (self->slots, JumpCallSlot, index);
}

/* Behind the call @first that waits under the same id. */
static void
append_to_row (JumpCallLedger *self, guint first, const JumpCallSlot *slot)
{
  guint last = get_slot (self, first)->next == 0 ? first : get_slot (self, first)->last;

  get_slot (self, last)->next = get_slot (self, first)->last = self->slots->len;
  g_array_append_vals (self->slots, slot, 1);
}

/**
 * jump_call_ledger_add_call:
 * @id: of the call
 * @at: where it stands
 *
 * Some clients use the same ids in every turn: a new call takes over from one that was not answered.
 */
void
jump_call_ledger_add_call (JumpCallLedger *self, JumpJsonSpan id, guint at)
{
  JumpCallSlot slot = {
    .id = jump_json_span_dup_string (id),
    .call_at = at,
    .result_at = JUMP_CALL_UNANSWERED,
  };

  gpointer index;

  if (slot.id == NULL)
    return;
  if (g_hash_table_lookup_extended (self->open, slot.id, NULL, &index) &&
      get_slot (self, GPOINTER_TO_UINT (index))->call_at == at)
    {
      append_to_row (self, GPOINTER_TO_UINT (index), &slot);
      return;
    }
  g_hash_table_replace (self->open, g_strdup (slot.id), GUINT_TO_POINTER (self->slots->len));
  g_array_append_val (self->slots, slot);
}

/**
 * jump_call_ledger_add_result:
 * @id: of the call it answers
 * @result: is remembered, not read
 * @at: where it stands
 *
 * Returns: %FALSE for an orphan
 */
gboolean
jump_call_ledger_add_result (JumpCallLedger *self, JumpJsonSpan id, JumpJsonSpan result, guint at)
{
  g_autofree char *text = jump_json_span_dup_string (id);
  gpointer index;
  JumpCallSlot *slot;

  if (text == NULL || !g_hash_table_lookup_extended (self->open, text, NULL, &index))
    return FALSE;
  slot = get_slot (self, GPOINTER_TO_UINT (index));
  slot->result_at = at;
  slot->result = result;
  if (slot->next == 0)
    {
      g_hash_table_remove (self->open, text);
      return TRUE;
    }
  get_slot (self, slot->next)->last = slot->last;
  g_hash_table_replace (self->open, g_steal_pointer (&text), GUINT_TO_POINTER (slot->next));
  return TRUE;
}

/**
 * jump_call_ledger_close:
 * @self: a ledger
 *
 * For APIs where results stand right behind their calls: a later one answers nothing.
 */
void
jump_call_ledger_close (JumpCallLedger *self)
{
  g_hash_table_remove_all (self->open);
}

/**
 * jump_call_ledger_get_length:
 *
 * Returns: how many calls there are, answered or not
 */
guint
jump_call_ledger_get_length (const JumpCallLedger *self)
{
  return self->slots->len;
}

/**
 * jump_call_ledger_get:
 * @index: below jump_call_ledger_get_length()
 *
 * Returns: (transfer none): valid until the next call is added
 */
const JumpCallSlot *
jump_call_ledger_get (const JumpCallLedger *self, guint index)
{
  return &g_array_index (self->slots, JumpCallSlot, index);
}
