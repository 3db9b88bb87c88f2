/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/relay/responses-items-patch.h"

#include "service/base/error.h"
#include "service/conversation/reasoning-state.h"
#include "service/relay/call-ledger.h"

#include <string.h>

/* Codex writes it for OpenAI's own service (protocol 6.1). */
#define PASSTHROUGH "internal_chat_message_metadata_passthrough"

enum
{
  TYPE,
  ID,
  ROLE,
  ENCRYPTED,
  N_WANTED,
};

static const char *const wanted[N_WANTED] = { "type", "id", "role", "encrypted_content" };

/* {"type":"item_reference","id":"…"}, whose type is optional. */
static gboolean
is_reference (const JumpJsonSpan *found)
{
  return jump_json_span_equals (found[TYPE], "item_reference") ||
         (jump_json_span_kind (found[TYPE]) == JUMP_JSON_NULL && found[ID].start != NULL &&
          found[ROLE].start == NULL);
}

/* State in an envelope is taken out for the model that made it. Reasoning of another model, or without any
 * state, is nothing that upstream could read.
 * Returns: whether the item stays */
static gboolean
patch_state (JumpPatchWork *work, const JumpJsonSpan *found)
{
  g_auto (JumpReasoningState) state = { 0 };
  g_autofree char *text = jump_json_span_dup_string (found[ENCRYPTED]);
  g_autofree char *quoted = NULL;

  if (text == NULL || !jump_reasoning_state_open (&state, text, JUMP_REASONING_ENCRYPTED) ||
      !jump_reasoning_state_fits (&state, 1 << JUMP_REASONING_ENCRYPTED, work->traits->id))
    return FALSE;
  if (!jump_reasoning_text_is_sealed (text))
    return TRUE;
  quoted = jump_patch_quote (state.data);
  jump_patch_work_replace (work, found[ENCRYPTED], quoted, "reasoning-opened");
  return TRUE;
}

static void
patch_item (JumpPatchWork *work, JumpJsonSpan input, JumpJsonSpan item, const JumpJsonSpan *found)
{
  if ((jump_json_span_equals (found[TYPE], "reasoning") ||
       jump_json_span_equals (found[TYPE], "compaction")) &&
      !patch_state (work, found))
    {
      jump_patch_work_drop_element (work, input, item, "reasoning-dropped");
      return;
    }
  /* Upstream's ids hold only within one connection. */
  jump_patch_work_drop_in (work, item, "id", "item-ids-dropped");
  jump_patch_work_drop_in (work, item, PASSTHROUGH, "dropped:" PASSTHROUGH);
}

/**
 * jump_responses_items_patch:
 * @work: a Responses request
 */
gboolean
jump_responses_items_patch (JumpPatchWork *work, GError **error)
{
  JumpJsonSpan input = jump_patch_work_get (work, "input");
  JumpJsonSpan found[N_WANTED];
  JumpJsonCursor cursor;
  JumpJsonSpan item;
  guint index = 0;

  if (jump_json_span_kind (input) != JUMP_JSON_ARRAY)
    return TRUE;
  jump_json_cursor_init (&cursor, input);
  while (jump_json_cursor_next (&cursor, NULL, &item))
    {
      jump_patch_find (item, wanted, N_WANTED, found);
      if (is_reference (found))
        {
          g_set_error (error,
                       JUMP_ERROR,
                       JUMP_ERROR_BAD_REQUEST,
                       "input[%u]: expected the item itself, the upstream keeps none to refer to",
                       index);
          return FALSE;
        }
      patch_item (work, input, item, found);
      index++;
    }
  return TRUE;
}

typedef struct
{
  JumpJsonSpan span;
  gboolean is_orphan;
  const char *missing_type; /* (nullable): of the output that its call needs */
} Item;

static void
read_item (Item *item, JumpCallLedger *ledger, guint index)
{
  static const char *const names[] = { "type", "call_id" };
  JumpJsonSpan found[G_N_ELEMENTS (names)];
  g_autofree char *type = NULL;

  jump_patch_find (item->span, names, G_N_ELEMENTS (names), found);
  item->is_orphan = FALSE;
  item->missing_type = NULL;
  type = jump_json_span_dup_string (found[0]);
  if (type == NULL || jump_json_span_kind (found[1]) != JUMP_JSON_STRING)
    return;
  if (g_str_has_suffix (type, "_output"))
    item->is_orphan = !jump_call_ledger_add_result (ledger, found[1], item->span, index);
  else
    jump_call_ledger_add_call (ledger, found[1], index);
  if (g_str_equal (type, "function_call"))
    item->missing_type = "function_call_output";
  else if (g_str_equal (type, "custom_tool_call"))
    item->missing_type = "custom_tool_call_output";
}

static void
insert_missing (JumpPatchWork *work, const Item *call, const char *id)
{
  g_autofree char *quoted = jump_patch_quote (id);
  g_autofree char *json = g_strdup_printf ("{\"type\":\"%s\",\"call_id\":%s,\"output\":"
                                           "\"" JUMP_CALL_NO_RESULT "\"}",
                                           call->missing_type,
                                           quoted);

  jump_patch_work_insert_behind (work, call->span, json);
  jump_changes_add (work->changes, "tool-pairs-repaired");
}

/**
 * jump_responses_pairs_patch:
 * @work: a Responses request, settled
 *
 * An output may stand anywhere behind its call.
 */
void
jump_responses_pairs_patch (JumpPatchWork *work)
{
  JumpJsonSpan input = jump_patch_work_get (work, "input");
  g_autoptr (JumpCallLedger) ledger = jump_call_ledger_new ();
  g_autoptr (GArray) items = g_array_new (FALSE, FALSE, sizeof (Item));
  JumpJsonCursor cursor;
  Item item;

  if (jump_json_span_kind (input) != JUMP_JSON_ARRAY)
    return;
  jump_json_cursor_init (&cursor, input);
  while (jump_json_cursor_next (&cursor, NULL, &item.span))
    {
      read_item (&item, ledger, items->len);
      if (item.is_orphan)
        jump_patch_work_drop_element (work, input, item.span, "tool-pairs-repaired");
      g_array_append_val (items, item);
    }
  for (guint i = 0; i < jump_call_ledger_get_length (ledger); i++)
    {
      const JumpCallSlot *slot = jump_call_ledger_get (ledger, i);
      const Item *call = &g_array_index (items, Item, slot->call_at);

      if (slot->result_at == JUMP_CALL_UNANSWERED && call->missing_type != NULL)
        insert_missing (work, call, slot->id);
    }
}
