/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/anthropic-extras.h"

#include "service/base/byte-find.h"

#include <string.h>

static const char *const names[] = {
  "copilot_annotations",
  "copilot_usage",
  "amazon-bedrock-invocationMetrics",
};

/* Members with objects or arrays of Anthropic's own; a tool's input is the model's. */
static const char *const containers[] = { "message", "delta", "content_block", "content" };

static gboolean
is_one_of (JumpJsonSpan key, const char *const *list, gsize n)
{
  for (gsize i = 0; i < n; i++)
    {
      if (jump_json_span_equals (key, list[i]))
        return TRUE;
    }
  return FALSE;
}

/**
 * jump_anthropic_extras_may_be_in:
 * @text: an event or a reply
 */
gboolean
jump_anthropic_extras_may_be_in (JumpJsonSpan text)
{
  return jump_byte_find (text.start, text.length, "\"copilot_", 9) != NULL ||
         jump_byte_find (text.start, text.length, "\"amazon-", 8) != NULL;
}

/**
 * jump_anthropic_extras_remove:
 * @edit: of the text that @object stands in
 * @object: an object or array of validated text
 */
gboolean
jump_anthropic_extras_remove (JumpJsonEdit *edit, JumpJsonSpan object)
{
  JumpJsonCursor cursor;
  JumpJsonSpan key, value;
  gboolean has_any = FALSE;

  jump_json_cursor_init (&cursor, object);
  while (jump_json_cursor_next (&cursor, &key, &value))
    {
      if (key.start == NULL || is_one_of (key, containers, G_N_ELEMENTS (containers)))
        has_any |= jump_anthropic_extras_remove (edit, value);
      else if (is_one_of (key, names, G_N_ELEMENTS (names)))
        {
          jump_json_edit_remove_member (edit, object, key, value);
          has_any = TRUE;
        }
    }
  return has_any;
}
