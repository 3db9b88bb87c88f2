/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/relay/chat-pairs-patch.h"

#include "service/base/json-write.h"
#include "service/relay/call-ledger.h"

/* A message as far as pairs are concerned. */
typedef struct
{
  JumpJsonSpan span;
  gboolean is_result;
  gboolean is_orphan;
  guint first_slot; /* of its calls in the ledger */
  guint n_slots;
} Turn;

enum
{
  ROLE,
  TOOL_CALLS,
  TOOL_CALL_ID,
  N_WANTED,
};

static const char *const wanted[N_WANTED] = { "role", "tool_calls", "tool_call_id" };

static void
add_calls (JumpCallLedger *ledger, JumpJsonSpan calls, guint at)
{
  JumpJsonCursor cursor;
  JumpJsonSpan call;

  if (jump_json_span_kind (calls) != JUMP_JSON_ARRAY)
    return;
  jump_json_cursor_init (&cursor, calls);
  while (jump_json_cursor_next (&cursor, NULL, &call))
    jump_call_ledger_add_call (ledger, jump_json_find_member (call, "id"), at);
}

/* Returns: (transfer full) (element-type Turn) */
static GArray *
read_turns (JumpJsonSpan messages, JumpCallLedger *ledger)
{
  GArray *turns = g_array_new (FALSE, FALSE, sizeof (Turn));
  JumpJsonSpan found[N_WANTED];
  JumpJsonCursor cursor;
  Turn turn;

  jump_json_cursor_init (&cursor, messages);
  while (jump_patch_find_next (&cursor, wanted, N_WANTED, &turn.span, found))
    {
      turn.is_result = jump_json_span_equals (found[ROLE], "tool");
      turn.is_orphan =
          turn.is_result &&
          !jump_call_ledger_add_result (ledger, found[TOOL_CALL_ID], turn.span, turns->len);
      turn.first_slot = jump_call_ledger_get_length (ledger);
      add_calls (ledger, found[TOOL_CALLS], turns->len);
      turn.n_slots = jump_call_ledger_get_length (ledger) - turn.first_slot;
      g_array_append_val (turns, turn);
    }
  return turns;
}

/* Whether all calls of turns[at] are answered by the messages right behind it. */
static gboolean
is_answered (const GArray *turns, guint at, const JumpCallLedger *ledger)
{
  const Turn *turn = &g_array_index (turns, Turn, at);
  guint end = at + 1; /* of the results right behind it */

  while (turn->n_slots > 0 && end < turns->len && g_array_index (turns, Turn, end).is_result)
    end++;
  for (guint i = 0; i < turn->n_slots; i++)
    if (jump_call_ledger_get (ledger, turn->first_slot + i)->result_at >= end)
      return FALSE;
  return TRUE;
}

static gboolean
is_fine (const GArray *turns, const JumpCallLedger *ledger)
{
  for (guint i = 0; i < turns->len; i++)
    if (g_array_index (turns, Turn, i).is_orphan || !is_answered (turns, i, ledger))
      return FALSE;
  return TRUE;
}

static void
write_result (JumpJsonWriter *writer, const JumpCallSlot *slot)
{
  if (slot->result_at != JUMP_CALL_UNANSWERED)
    {
      jump_json_writer_raw (writer, slot->result.start, (gssize) slot->result.length);
      return;
    }
  jump_json_writer_begin_object (writer);
  jump_json_writer_member_string (writer, "role", "tool");
  jump_json_writer_member_string (writer, "tool_call_id", slot->id);
  jump_json_writer_member_string (writer, "content", JUMP_CALL_NO_RESULT);
  jump_json_writer_end_object (writer);
}

static char *
write_turns (const GArray *turns, const JumpCallLedger *ledger)
{
  g_auto (JumpJsonWriter) writer;

  jump_json_writer_init (&writer);
  jump_json_writer_begin_array (&writer);
  for (guint i = 0; i < turns->len; i++)
    {
      const Turn *turn = &g_array_index (turns, Turn, i);

      if (turn->is_result)
        continue;
      jump_json_writer_raw (&writer, turn->span.start, (gssize) turn->span.length);
      for (guint j = 0; j < turn->n_slots; j++)
        write_result (&writer, jump_call_ledger_get (ledger, turn->first_slot + j));
    }
  jump_json_writer_end_array (&writer);
  return jump_json_writer_finish (&writer);
}

/**
 * jump_chat_pairs_patch:
 * @work: a chat request, settled
 *
 * Upstream wants the results right behind the message with the calls, in any order.
 */
void
jump_chat_pairs_patch (JumpPatchWork *work)
{
  JumpJsonSpan messages = jump_patch_work_get (work, "messages");
  g_autoptr (JumpCallLedger) ledger = jump_call_ledger_new ();
  g_autoptr (GArray) turns = read_turns (messages, ledger);
  g_autofree char *text = NULL;

  if (is_fine (turns, ledger))
    return;
  text = write_turns (turns, ledger);
  jump_patch_work_replace (work, messages, text, "tool-pairs-repaired");
}
