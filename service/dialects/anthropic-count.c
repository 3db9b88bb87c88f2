/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/anthropic-count.h"

#include "service/base/error.h"
#include "service/base/json-edit.h"
#include "service/base/limits.h"

/* What counts; Anthropic refuses everything else there. */
static const char *const counted[] = {
  "model",       "messages", "system",        "tools",
  "tool_choice", "thinking", "output_config", "context_management",
};

static gboolean
is_counted (JumpJsonSpan key)
{
  for (guint i = 0; i < G_N_ELEMENTS (counted); i++)
    {
      if (jump_json_span_equals (key, counted[i]))
        return TRUE;
    }
  return FALSE;
}

/**
 * jump_anthropic_count_body:
 * @body: a Messages request, scanned
 *
 * Returns: (transfer full): the body for /v1/messages/count_tokens
 */
GBytes *
jump_anthropic_count_body (GBytes *body)
{
  g_autoptr (JumpJsonEdit) edit = NULL;
  gsize length;
  const char *data = g_bytes_get_data (body, &length);
  JumpJsonSpan root = jump_json_span_trim (data, length);
  JumpJsonCursor cursor;
  JumpJsonSpan key, value;

  edit = jump_json_edit_new (data, length);
  jump_json_cursor_init (&cursor, root);
  while (cursor.is_object && jump_json_cursor_next (&cursor, &key, &value))
    {
      if (!is_counted (key))
        jump_json_edit_remove_member (edit, root, key, value);
    }
  return jump_json_edit_is_empty (edit) ? g_bytes_ref (body) : jump_json_edit_apply (edit);
}

/**
 * jump_anthropic_count_read:
 * @reply: upstream's, anything
 * @out_tokens: (out): only written when there is a count
 */
gboolean
jump_anthropic_count_read (GBytes *reply, gint64 *out_tokens, GError **error)
{
  gsize length;
  const char *data = g_bytes_get_data (reply, &length);
  gint64 tokens = -1;

  if (length > 0 && jump_json_validate (data, length, JUMP_LIMIT_JSON_DEPTH, NULL))
    jump_json_span_get_int (
        jump_json_find_member (jump_json_span_trim (data, length), "input_tokens"),
        &tokens);
  if (tokens < 0)
    {
      g_set_error (error,
                   JUMP_ERROR,
                   JUMP_ERROR_PROTOCOL,
                   "upstream's reply is no count of tokens");
      return FALSE;
    }
  *out_tokens = tokens;
  return TRUE;
}
