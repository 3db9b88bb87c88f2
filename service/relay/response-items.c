/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/relay/response-items.h"

#include "service/relay/patch-work.h"

#include <string.h>

static void
append_item (GString *items, const char *text, gsize length)
{
  if (items->len > 0)
    g_string_append_c (items, ',');
  g_string_append_len (items, text, (gssize) length);
}

/* Upstream knows no item by its id later, and a status is nothing that an input has. */
static void
append_without_id (GString *items, JumpJsonSpan item)
{
  g_autoptr (JumpJsonEdit) edit = jump_json_edit_new (item.start, item.length);
  JumpJsonCursor cursor;
  JumpJsonSpan key, value;

  jump_json_cursor_init (&cursor, item);
  while (jump_json_cursor_next (&cursor, &key, &value))
    if (jump_json_span_equals (key, "id") || jump_json_span_equals (key, "status"))
      jump_json_edit_remove_member (edit, item, key, value);
  if (items->len > 0)
    g_string_append_c (items, ',');
  jump_json_edit_append_to (edit, items);
}

/* Reasoning without its state says nothing to upstream. */
static void
append_output_item (GString *items, JumpJsonSpan item)
{
  if (jump_json_span_kind (item) != JUMP_JSON_OBJECT)
    return;
  if (jump_patch_has_type (item, "reasoning") &&
      jump_json_span_kind (jump_json_find_member (item, "encrypted_content")) != JUMP_JSON_STRING)
    return;
  append_without_id (items, item);
}

/* Returns: what @item refers to, absent when it is no reference or nobody knows */
static JumpJsonSpan
resolve (JumpJsonSpan item, JumpResponseItemFind find, gpointer find_data)
{
  if (jump_json_span_kind (item) != JUMP_JSON_OBJECT ||
      !jump_patch_has_type (item, "item_reference"))
    return (JumpJsonSpan){ NULL, 0 };
  return find (jump_json_find_member (item, "id"), find_data);
}

/**
 * jump_response_items_append_input:
 * @items: gets the items
 * @input: of a request; a text alone is short for one message of the user
 * @find: looks references up
 * @find_data: for @find
 *
 * Returns: how many references were replaced by what they mean
 */
guint
jump_response_items_append_input (GString *items,
                                  JumpJsonSpan input,
                                  JumpResponseItemFind find,
                                  gpointer find_data)
{
  JumpJsonCursor cursor;
  JumpJsonSpan item;
  guint n = 0;

  if (jump_json_span_kind (input) == JUMP_JSON_STRING)
    {
      g_autofree char *message =
          g_strdup_printf ("{\"type\":\"message\",\"role\":\"user\",\"content\":%.*s}",
                           (int) input.length,
                           input.start);

      append_item (items, message, strlen (message));
      return 0;
    }
  if (jump_json_span_kind (input) != JUMP_JSON_ARRAY)
    return 0;
  jump_json_cursor_init (&cursor, input);
  while (jump_json_cursor_next (&cursor, NULL, &item))
    {
      JumpJsonSpan meant = resolve (item, find, find_data);

      if (meant.start == NULL)
        {
          append_item (items, item.start, item.length);
          continue;
        }
      append_output_item (items, meant);
      n++;
    }
  return n;
}

/**
 * jump_response_items_append_output:
 * @items: gets the items as an input has them
 * @output: of a response
 */
void
jump_response_items_append_output (GString *items, JumpJsonSpan output)
{
  JumpJsonCursor cursor;
  JumpJsonSpan item;

  if (jump_json_span_kind (output) != JUMP_JSON_ARRAY)
    return;
  jump_json_cursor_init (&cursor, output);
  while (jump_json_cursor_next (&cursor, NULL, &item))
    append_output_item (items, item);
}
