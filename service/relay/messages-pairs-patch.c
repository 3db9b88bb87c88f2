/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/relay/messages-pairs-patch.h"

#include "service/relay/call-ledger.h"

#include <string.h>

typedef struct
{
  JumpJsonSpan span;
  JumpJsonSpan content;
  gboolean is_assistant;
  gboolean is_user;
} Turn;

/* One turn of the assistant, of one message or more, and the user's answer to it. */
typedef struct
{
  JumpPatchWork *work;
  JumpJsonSpan messages;
  const GArray *turns;    /* (element-type Turn) */
  JumpCallLedger *ledger; /* of the whole conversation */
  guint first_slot;       /* of the calls of this turn */
  guint first;            /* the user's first message */
  guint end;              /* behind the user's last one */
  guint target;           /* the message that holds the results; end: there is none */
  gboolean is_fine;
} Round;

/* Returns: (transfer full) (element-type Turn) */
static GArray *
read_turns (JumpJsonSpan messages)
{
  static const char *const names[] = { "role", "content" };
  GArray *turns = g_array_new (FALSE, FALSE, sizeof (Turn));
  JumpJsonSpan found[G_N_ELEMENTS (names)];
  JumpJsonCursor cursor;
  Turn turn;

  jump_json_cursor_init (&cursor, messages);
  while (jump_json_cursor_next (&cursor, NULL, &turn.span))
    {
      jump_patch_find (turn.span, names, G_N_ELEMENTS (names), found);
      turn.content = found[1];
      turn.is_assistant = jump_json_span_equals (found[0], "assistant");
      turn.is_user = jump_json_span_equals (found[0], "user");
      g_array_append_val (turns, turn);
    }
  return turns;
}

static const Turn *
get_turn (const Round *self, guint index)
{
  return &g_array_index (self->turns, Turn, index);
}

/* Only lists of blocks hold calls and results. */
static void
init_blocks (JumpJsonCursor *cursor, const Turn *turn)
{
  gboolean is_list = jump_json_span_kind (turn->content) == JUMP_JSON_ARRAY;

  jump_json_cursor_init (cursor, is_list ? turn->content : (JumpJsonSpan){ NULL, 0 });
}

static void
add_calls (Round *self, guint from, guint index)
{
  JumpJsonCursor cursor;
  JumpJsonSpan block;

  init_blocks (&cursor, get_turn (self, index));
  while (jump_json_cursor_next (&cursor, NULL, &block))
    if (jump_patch_has_type (block, "tool_use"))
      jump_call_ledger_add_call (self->ledger, jump_json_find_member (block, "id"), from);
}

static void
add_results (Round *self, guint index)
{
  gboolean is_behind_others = FALSE;
  JumpJsonCursor cursor;
  JumpJsonSpan block;

  init_blocks (&cursor, get_turn (self, index));
  while (jump_json_cursor_next (&cursor, NULL, &block))
    {
      JumpJsonSpan id;

      if (!jump_patch_has_type (block, "tool_result"))
        {
          is_behind_others = TRUE;
          continue;
        }
      id = jump_json_find_member (block, "tool_use_id");
      if (!jump_call_ledger_add_result (self->ledger, id, block, index) || is_behind_others ||
          index != self->target)
        self->is_fine = FALSE;
    }
}

static void
append_element (GString *list, const char *json, gsize length)
{
  if (list->len > 1)
    g_string_append_c (list, ',');
  g_string_append_len (list, json, (gssize) length);
}

static void
append_missing (GString *list, const char *id)
{
  g_autofree char *quoted = jump_patch_quote (id);
  g_autofree char *json =
      g_strdup_printf ("{\"type\":\"tool_result\",\"tool_use_id\":%s,\"is_error\":true,"
                       "\"content\":\"" JUMP_CALL_NO_RESULT "\"}",
                       quoted);

  append_element (list, json, strlen (json));
}

static void
append_results (const Round *self, GString *list)
{
  for (guint i = self->first_slot; i < jump_call_ledger_get_length (self->ledger); i++)
    {
      const JumpCallSlot *slot = jump_call_ledger_get (self->ledger, i);

      if (slot->result_at == JUMP_CALL_UNANSWERED)
        append_missing (list, slot->id);
      else
        append_element (list, slot->result.start, slot->result.length);
    }
}

/* All of a message but its results. */
static void
append_others (const Turn *turn, GString *list)
{
  JumpJsonCursor cursor;
  JumpJsonSpan block;

  if (jump_json_span_kind (turn->content) == JUMP_JSON_STRING)
    {
      g_autoptr (GString) text = g_string_new ("{\"type\":\"text\",\"text\":");

      g_string_append_len (text, turn->content.start, (gssize) turn->content.length);
      g_string_append_c (text, '}');
      append_element (list, text->str, text->len);
    }
  init_blocks (&cursor, turn);
  while (jump_json_cursor_next (&cursor, NULL, &block))
    if (!jump_patch_has_type (block, "tool_result"))
      append_element (list, block.start, block.length);
}

/* Rewrites one message of the user's, which goes when nothing is left in it. */
static void
rewrite_message (Round *self, guint index)
{
  const Turn *turn = get_turn (self, index);
  g_autoptr (GString) list = g_string_new ("[");

  if (index != self->target && jump_json_span_kind (turn->content) != JUMP_JSON_ARRAY)
    return;
  if (index == self->target)
    append_results (self, list);
  append_others (turn, list);
  if (list->len == 1)
    {
      jump_patch_work_drop_element (self->work, self->messages, turn->span, NULL);
      return;
    }
  g_string_append_c (list, ']');
  jump_patch_work_replace (self->work, turn->content, list->str, NULL);
}

/* Nobody answered at all, or nothing but system messages did. */
static void
insert_answer (Round *self)
{
  g_autoptr (GString) message = g_string_new ("{\"role\":\"user\",\"content\":");
  g_autoptr (GString) list = g_string_new ("[");

  append_results (self, list);
  g_string_append (message, list->str);
  g_string_append (message, "]}");
  jump_patch_work_insert_behind (self->work, get_turn (self, self->first - 1)->span, message->str);
}

static void
repair_round (Round *self)
{
  guint n_calls = jump_call_ledger_get_length (self->ledger) - self->first_slot;

  for (guint i = 0; i < n_calls; i++)
    if (jump_call_ledger_get (self->ledger, self->first_slot + i)->result_at ==
        JUMP_CALL_UNANSWERED)
      self->is_fine = FALSE;
  if (self->is_fine)
    return;
  jump_changes_add (self->work->changes, "tool-pairs-repaired");
  if (n_calls > 0 && self->target == self->end)
    insert_answer (self);
  for (guint i = self->first; i < self->end; i++)
    rewrite_message (self, i);
}

/* Reads the round that begins at turns[from]. Returns: where the next one begins */
static guint
read_round (Round *self, guint from)
{
  guint i = from;

  jump_call_ledger_close (self->ledger);
  self->first_slot = jump_call_ledger_get_length (self->ledger);
  self->is_fine = TRUE;
  for (; i < self->turns->len && get_turn (self, i)->is_assistant; i++)
    add_calls (self, from, i);
  self->first = self->end = i;
  while (self->end < self->turns->len && !get_turn (self, self->end)->is_assistant)
    self->end++;
  self->target = self->first;
  while (self->target < self->end && !get_turn (self, self->target)->is_user)
    self->target++;
  for (; i < self->end; i++)
    add_results (self, i);
  return self->end;
}

/**
 * jump_messages_pairs_patch:
 * @work: a Messages request, settled
 */
void
jump_messages_pairs_patch (JumpPatchWork *work)
{
  JumpJsonSpan messages = jump_patch_work_get (work, "messages");
  g_autoptr (JumpCallLedger) ledger = jump_call_ledger_new ();
  g_autoptr (GArray) turns = NULL;
  Round round = { .work = work, .messages = messages, .ledger = ledger };

  if (jump_json_span_kind (messages) != JUMP_JSON_ARRAY)
    return;
  turns = read_turns (messages);
  round.turns = turns;
  for (guint at = 0; at < turns->len;)
    {
      at = read_round (&round, at);
      repair_round (&round);
    }
}
