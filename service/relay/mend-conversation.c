/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/relay/mend.h"
#include "service/relay/responses-items-patch.h"

#include <string.h>

/* Mends of what was said before: reasoning, ids and pairs of tool calls. */

static gboolean
is_target (const JumpMend *self, JumpDialectId id)
{
  return self->target->id == id;
}

/* Whether @block of a message goes. */
typedef gboolean (*BlockTest) (const JumpMend *self, JumpJsonSpan block);

/* Returns: how many blocks were removed; messages without any other go whole */
static guint
drop_blocks (JumpMend *self, BlockTest goes)
{
  JumpJsonSpan messages = jump_patch_work_get (&self->work, "messages");
  JumpJsonCursor outer, inner;
  JumpJsonSpan message, block;
  guint n_dropped = 0;

  if (jump_json_span_kind (messages) != JUMP_JSON_ARRAY)
    return 0;
  jump_json_cursor_init (&outer, messages);
  while (jump_json_cursor_next (&outer, NULL, &message))
    {
      JumpJsonSpan content = jump_json_find_member (message, "content");
      guint before = n_dropped;
      guint n_kept = 0;

      if (jump_json_span_kind (content) != JUMP_JSON_ARRAY)
        continue;
      jump_json_cursor_init (&inner, content);
      while (jump_json_cursor_next (&inner, NULL, &block))
        {
          if (!goes (self, block))
            {
              n_kept++;
              continue;
            }
          jump_patch_work_drop_element (&self->work, content, block, NULL);
          n_dropped++;
        }
      if (n_dropped > before && n_kept == 0)
        jump_patch_work_drop_element (&self->work, messages, message, NULL);
    }
  return n_dropped;
}

static gboolean
is_thinking (const JumpMend *self, JumpJsonSpan block)
{
  return jump_patch_has_type (block, "thinking") ||
         jump_patch_has_type (block, "redacted_thinking");
}

/* Whether the model is in the middle of a turn, waiting for results of its tools. */
static gboolean
ends_with_results (const JumpMend *self)
{
  JumpJsonSpan messages = jump_patch_work_get (&self->work, "messages");
  JumpJsonSpan last = { NULL, 0 };
  JumpJsonSpan block = { NULL, 0 };
  JumpJsonSpan content;
  JumpJsonCursor cursor;

  jump_json_cursor_init (&cursor, messages);
  while (jump_json_cursor_next (&cursor, NULL, &last))
    ;
  content = jump_json_find_member (last, "content");
  if (jump_json_span_kind (content) != JUMP_JSON_ARRAY)
    return FALSE;
  jump_json_cursor_init (&cursor, content);
  while (jump_json_cursor_next (&cursor, NULL, &block))
    if (jump_patch_has_type (block, "tool_result"))
      return TRUE;
  return FALSE;
}

/* With a budget a turn in progress has to begin with its thoughts: without them it goes on without
 * thinking. */
static gboolean
drop_thinking_blocks (JumpMend *self)
{
  JumpJsonSpan thinking = jump_patch_work_get (&self->work, "thinking");
  gboolean is_stuck = jump_patch_has_type (thinking, "enabled") && ends_with_results (self);
  gboolean any = drop_blocks (self, is_thinking) > 0;

  if (is_stuck)
    {
      jump_patch_work_drop (&self->work, "thinking", NULL);
      jump_patch_work_drop (&self->work, "context_management", NULL);
    }
  return any || is_stuck;
}

static gboolean
drop_reasoning_members (JumpMend *self)
{
  static const char *const names[] = { "reasoning_opaque", "reasoning_text" };
  JumpJsonSpan messages = jump_patch_work_get (&self->work, "messages");
  gboolean any = FALSE;
  JumpJsonCursor cursor;
  JumpJsonSpan message;

  jump_json_cursor_init (&cursor, messages);
  while (jump_json_cursor_next (&cursor, NULL, &message))
    for (guint i = 0; i < G_N_ELEMENTS (names); i++)
      any |= jump_patch_work_drop_in (&self->work, message, names[i], NULL);
  return any;
}

/**
 * jump_mend_reasoning:
 *
 * "Invalid `signature` in `thinking` block": the thoughts are another model's, or of a key that is no longer in
 * use. All of them go (protocol 6.3).
 */
gboolean
jump_mend_reasoning (JumpMend *self)
{
  if (is_target (self, JUMP_DIALECT_MESSAGES))
    return jump_mend_mentions (self, "thinking") &&
           (jump_mend_mentions (self, "signature") || jump_mend_mentions (self, "expected `")) &&
           drop_thinking_blocks (self);
  return is_target (self, JUMP_DIALECT_CHAT) &&
         (jump_mend_mentions (self, "reasoning_opaque") ||
          jump_mend_mentions (self, "signature")) &&
         drop_reasoning_members (self);
}

/* Drops the items of a Responses request that @is_wrong. Returns: whether there were any */
static gboolean
drop_items (JumpMend *self, gboolean (*is_wrong) (const JumpMend *self, JumpJsonSpan item))
{
  JumpJsonSpan input = jump_patch_work_get (&self->work, "input");
  gboolean any = FALSE;
  JumpJsonCursor cursor;
  JumpJsonSpan item;

  if (jump_json_span_kind (input) != JUMP_JSON_ARRAY)
    return FALSE;
  jump_json_cursor_init (&cursor, input);
  while (jump_json_cursor_next (&cursor, NULL, &item))
    {
      if (!is_wrong (self, item))
        continue;
      jump_patch_work_drop_element (&self->work, input, item, NULL);
      any = TRUE;
    }
  return any;
}

static gboolean
is_encrypted (G_GNUC_UNUSED const JumpMend *self, JumpJsonSpan item)
{
  return jump_json_span_kind (jump_json_find_member (item, "encrypted_content")) ==
         JUMP_JSON_STRING;
}

/* H-12: what holds state goes; the tool calls around it stay, with their outputs. */
static gboolean
drop_encrypted_items (JumpMend *self)
{
  if (!drop_items (self, is_encrypted))
    return FALSE;
  jump_patch_work_settle (&self->work);
  jump_responses_pairs_patch (&self->work);
  return TRUE;
}

/**
 * jump_mend_undecryptable:
 *
 * Upstream says that it cannot read an encrypted_content.
 */
gboolean
jump_mend_undecryptable (JumpMend *self)
{
  return is_target (self, JUMP_DIALECT_RESPONSES) &&
         (jump_mend_mentions (self, "encrypted") || jump_mend_mentions (self, "decrypt")) &&
         drop_encrypted_items (self);
}

/**
 * jump_mend_unreadable:
 *
 * The same without saying so: often it is only invalid_request_body (protocol 6.1). Asked last.
 */
gboolean
jump_mend_unreadable (JumpMend *self)
{
  return is_target (self, JUMP_DIALECT_RESPONSES) &&
         jump_mend_mentions (self, "invalid_request_body") && drop_encrypted_items (self);
}

/**
 * jump_mend_item_ids:
 *
 * "input item ID does not belong to this connection". Where no id is left to strip, the connection that is
 * meant is that of the encrypted state.
 */
gboolean
jump_mend_item_ids (JumpMend *self)
{
  JumpJsonSpan input = jump_patch_work_get (&self->work, "input");
  gboolean any = FALSE;
  JumpJsonCursor cursor;
  JumpJsonSpan item;

  if (!is_target (self, JUMP_DIALECT_RESPONSES) ||
      !jump_mend_mentions (self, "does not belong to this connection") ||
      jump_json_span_kind (input) != JUMP_JSON_ARRAY)
    return FALSE;
  jump_json_cursor_init (&cursor, input);
  while (jump_json_cursor_next (&cursor, NULL, &item))
    any |= jump_patch_work_drop_in (&self->work, item, "id", NULL);
  return any || drop_encrypted_items (self);
}

/* Whether the failure names the text in @span. */
static gboolean
is_named (const JumpMend *self, JumpJsonSpan span)
{
  g_autofree char *id = jump_json_span_dup_string (span);

  return id != NULL && *id != '\0' && strstr (self->failure->message, id) != NULL;
}

static gboolean
is_named_result (const JumpMend *self, JumpJsonSpan block)
{
  return jump_patch_has_type (block, "tool_result") &&
         is_named (self, jump_json_find_member (block, "tool_use_id"));
}

static gboolean
is_named_pair (const JumpMend *self, JumpJsonSpan block)
{
  return is_named_result (self, block) || (jump_patch_has_type (block, "tool_use") &&
                                           is_named (self, jump_json_find_member (block, "id")));
}

static gboolean
is_named_item (const JumpMend *self, JumpJsonSpan item)
{
  return is_named (self, jump_json_find_member (item, "call_id"));
}

/**
 * jump_mend_pairs:
 *
 * A call or a result that upstream names by its id and misses the other half of (H-10).
 */
gboolean
jump_mend_pairs (JumpMend *self)
{
  gboolean is_call = jump_mend_mentions (self, "without");
  gboolean any = FALSE;

  if (is_target (self, JUMP_DIALECT_MESSAGES) && jump_mend_mentions (self, "tool_use"))
    any = drop_blocks (self, is_call ? is_named_pair : is_named_result) > 0;
  else if (is_target (self, JUMP_DIALECT_RESPONSES) &&
           (jump_mend_mentions (self, "no tool call found") ||
            jump_mend_mentions (self, "no tool output found")))
    any = drop_items (self, is_named_item);
  if (any)
    self->detail = g_strdup_printf ("%08x", g_str_hash (self->failure->message));
  return any;
}

/**
 * jump_mend_system_role:
 *
 * One of Claude's backends knows no system message in the middle of a conversation (protocol 6.3).
 */
gboolean
jump_mend_system_role (JumpMend *self)
{
  JumpJsonSpan messages = jump_patch_work_get (&self->work, "messages");
  gboolean any = FALSE;
  JumpJsonCursor cursor;
  JumpJsonSpan message;

  if (!is_target (self, JUMP_DIALECT_MESSAGES) || !jump_mend_mentions (self, "role") ||
      !jump_mend_mentions (self, "system") || !jump_mend_is_refusal (self))
    return FALSE;
  jump_json_cursor_init (&cursor, messages);
  while (jump_json_cursor_next (&cursor, NULL, &message))
    {
      JumpJsonSpan role = jump_json_find_member (message, "role");

      if (!jump_json_span_equals (role, "system"))
        continue;
      jump_patch_work_replace (&self->work, role, "\"user\"", NULL);
      any = TRUE;
    }
  return any;
}
