/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/openai-chat-outlet.h"

#include "service/base/json-write.h"
#include "service/dialects/json-splice.h"

const char *
jump_chat_outlet_get_reasoning_key (const JumpReplyOptions *options)
{
  switch (options->reasoning_field)
    {
    case JUMP_REASONING_FIELD_CONTENT:
      return "\"reasoning_content\"";
    case JUMP_REASONING_FIELD_TEXT:
      return "\"reasoning_text\"";
    }
  return "\"reasoning_content\"";
}

/**
 * jump_chat_outlet_get_tool:
 * @options: with the names of the request
 * @wire: as upstream said it
 * @out_kind: (out): as the client declared it
 *
 * Returns: (transfer none): a name that lives as long as @wire and the names
 */
const char *
jump_chat_outlet_get_tool (const JumpReplyOptions *options,
                           const char *wire,
                           JumpToolKind *out_kind)
{
  const char *name = wire;

  *out_kind = JUMP_TOOL_FUNCTION;
  if (options->names != NULL && wire != NULL)
    jump_tool_names_from_wire (options->names, wire, &name, NULL, out_kind);
  return name;
}

/* Line ends between tokens would cut an event in two. */
static void
put_on_one_line (JumpJsonSpan json, GString *out)
{
  for (gsize i = 0; i < json.length; i++)
    {
      if (json.start[i] != '\n' && json.start[i] != '\r')
        g_string_append_c (out, json.start[i]);
    }
}

/**
 * jump_chat_outlet_put_citation:
 * @citation: in OpenAI's own shape, in that of Responses (the same without the inner object) or in
 *   Messages', which also has url and title
 *
 * Returns: whether it is a citation of a page
 */
gboolean
jump_chat_outlet_put_citation (JumpJsonSpan citation, GString *out)
{
  static const char *const names[] = { "url", "title", "start_index", "end_index" };
  JumpJsonSpan inner = jump_json_find_member (citation, "url_citation");
  gboolean any = FALSE;

  if (jump_json_span_kind (inner) == JUMP_JSON_OBJECT)
    {
      put_on_one_line (citation, out);
      return TRUE;
    }
  if (jump_json_span_kind (jump_json_find_member (citation, "url")) != JUMP_JSON_STRING)
    return FALSE;
  jump_splice_put_literal (out, "{\"type\":\"url_citation\",\"url_citation\":{");
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      JumpJsonSpan value = jump_json_find_member (citation, names[i]);

      if (jump_json_span_kind (value) == JUMP_JSON_NULL)
        continue;
      g_string_append_printf (out, "%s\"%s\":", any ? "," : "", names[i]);
      put_on_one_line (value, out);
      any = TRUE;
    }
  jump_splice_put_literal (out, "}}");
  return TRUE;
}

/**
 * jump_chat_outlet_set_id:
 * @head: before its first use
 * @id: (nullable): upstream's; other dialects' ids would puzzle clients, the head makes one then
 */
void
jump_chat_outlet_set_id (JumpChatHead *head, const char *id)
{
  GString *text;

  if (head->id != NULL || id == NULL || !g_str_has_prefix (id, "chatcmpl-"))
    return;
  text = g_string_new (NULL);
  jump_json_append_string (text, id);
  head->id = g_string_free (text, FALSE);
}
