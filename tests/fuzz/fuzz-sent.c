/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "tests/fuzz/fuzz-sent.h"

#include "service/base/limits.h"

#include <string.h>

/* Whether @span is a string with one of our envelopes in it. */
static gboolean
is_sealed (JumpJsonSpan span)
{
  g_autofree char *text = jump_json_span_dup_string (span);

  return text != NULL && g_str_has_prefix (text, "jumpseat1.");
}

static gboolean
member_is_sealed (JumpJsonSpan object, const char *name)
{
  return is_sealed (jump_json_find_member (object, name));
}

static gboolean
has_type (JumpJsonSpan object, const char *type)
{
  return jump_json_span_equals (jump_json_find_member (object, "type"), type);
}

static guint
count_members (JumpJsonSpan object, const char *name)
{
  JumpJsonCursor cursor;
  JumpJsonSpan key;
  guint n = 0;

  jump_json_cursor_init (&cursor, object);
  while (cursor.is_object && jump_json_cursor_next (&cursor, &key, NULL))
    n += jump_json_span_equals (key, name);
  return n;
}

static const char *
check_name (JumpJsonSpan name, gboolean is_translated)
{
  g_autofree char *text = jump_json_span_dup_string (name);

  if (text == NULL)
    return is_translated ? "tool without a name" : NULL;
  return jump_tool_name_is_fine (text, strlen (text)) ? NULL : "name of a tool does not fit";
}

static const char *
check_tools (const JumpDialect *upstream, JumpJsonSpan tools, gboolean is_translated)
{
  JumpJsonCursor cursor;
  JumpJsonSpan tool;
  guint n = 0;

  if (jump_json_span_kind (tools) != JUMP_JSON_ARRAY)
    return tools.start != NULL && is_translated ? "tools are no list" : NULL;
  jump_json_cursor_init (&cursor, tools);
  for (; jump_json_cursor_next (&cursor, NULL, &tool); n++)
    {
      JumpJsonSpan function = jump_json_find_member (tool, "function");
      JumpJsonSpan name = jump_json_find_member (function.start != NULL ? function : tool, "name");
      const char *problem = NULL;

      if (has_type (tool, "function") || (is_translated && !has_type (tool, "namespace")))
        problem = check_name (name, is_translated);
      /* Tools of a vendor's own have the names that the vendor gives them. */
      if (upstream->id == JUMP_DIALECT_MESSAGES &&
          jump_json_find_member (tool, "type").start != NULL)
        problem = NULL;
      if (problem != NULL)
        return problem;
    }
  return n == 0 && is_translated ? "tools are empty" : NULL;
}

static const char *
check_block (JumpJsonSpan block)
{
  if (has_type (block, "thinking") && member_is_sealed (block, "signature"))
    return "sealed signature";
  if (has_type (block, "redacted_thinking") && member_is_sealed (block, "data"))
    return "sealed data";
  return NULL;
}

static const char *
check_item (const JumpDialect *upstream, JumpJsonSpan item)
{
  JumpJsonSpan content = jump_json_find_member (item, "content");
  JumpJsonCursor cursor;
  JumpJsonSpan block;
  const char *problem = NULL;

  if (upstream->id == JUMP_DIALECT_CHAT)
    return member_is_sealed (item, "reasoning_opaque") ? "sealed reasoning_opaque" : NULL;
  if (upstream->id == JUMP_DIALECT_RESPONSES)
    {
      if (has_type (item, "reasoning") && member_is_sealed (item, "encrypted_content"))
        return "sealed encrypted_content";
      return !has_type (item, "item_reference") &&
                     jump_json_span_kind (jump_json_find_member (item, "id")) == JUMP_JSON_STRING
                 ? "item with an id"
                 : NULL;
    }
  jump_json_cursor_init (&cursor, content);
  while (problem == NULL && jump_json_span_kind (content) == JUMP_JSON_ARRAY &&
         jump_json_cursor_next (&cursor, NULL, &block))
    problem = check_block (block);
  return problem;
}

const char *
fuzz_sent_find_problem (const JumpDialect *upstream,
                        GBytes *body,
                        const char *model_id,
                        gboolean is_translated)
{
  static const char *const once[] = { "messages", "input", "tools", "stream", "tool_choice" };
  gsize length;
  const char *data = g_bytes_get_data (body, &length);
  JumpJsonSpan object = jump_json_span_trim (data, length);
  JumpJsonSpan items;
  JumpJsonSpan item;
  JumpJsonCursor cursor;
  const char *problem;

  if (!jump_json_validate (data, length, JUMP_LIMIT_JSON_DEPTH, NULL))
    return "no JSON";
  if (!jump_json_span_equals (jump_json_find_member (object, "model"), model_id) ||
      count_members (object, "model") != 1)
    return "not the model, or twice";
  for (guint i = 0; is_translated && i < G_N_ELEMENTS (once); i++)
    if (count_members (object, once[i]) > 1)
      return "a member twice";
  problem = check_tools (upstream, jump_json_find_member (object, "tools"), is_translated);
  items =
      jump_json_find_member (object, upstream->id == JUMP_DIALECT_RESPONSES ? "input" : "messages");
  if (jump_json_span_kind (items) != JUMP_JSON_ARRAY)
    return problem;
  jump_json_cursor_init (&cursor, items);
  while (problem == NULL && jump_json_cursor_next (&cursor, NULL, &item))
    problem = check_item (upstream, item);
  return problem;
}
