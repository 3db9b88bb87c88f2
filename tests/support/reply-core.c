/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "tests/support/reply-core.h"

#include "service/base/json-write.h"
#include "tests/support/conversation-words.h"

#include <string.h>

/* Only some dialects tell a stop sequence from an end, or a filter from a refusal. */
static const char *
stop_word (JumpStopReason reason)
{
  switch (reason)
    {
    case JUMP_STOP_UNKNOWN:
    case JUMP_STOP_END:
    case JUMP_STOP_SEQUENCE:
    case JUMP_STOP_PAUSE:
      return "end";
    case JUMP_STOP_LIMIT:
    case JUMP_STOP_CONTEXT:
      return "limit";
    case JUMP_STOP_TOOLS:
      return "tools";
    case JUMP_STOP_FILTER:
    case JUMP_STOP_REFUSAL:
      return "refusal";
    }
  g_assert_not_reached ();
}

static void
put_call (GString *out, const JumpPart *part, const JumpToolNames *names)
{
  const char *name = part->name;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *wrapped = NULL;

  if (names != NULL && name != NULL)
    jump_tool_names_from_wire (names, name, &name, NULL, NULL);
  g_string_append_printf (out, "call %s %s ", part->call_id, name);
  /* Free text travels as the one member of an object where there are no tools that take it. */
  if (part->tool_kind == JUMP_TOOL_CUSTOM)
    {
      jump_json_append_escaped (text, part->arguments == NULL ? "" : part->arguments, -1);
      wrapped = g_strdup_printf ("{\"input\":\"%s\"}", text->str);
    }
  jump_put_dense (out, wrapped == NULL ? part->arguments : wrapped);
  g_string_append_c (out, '\n');
}

char *
jump_reply_core (const JumpReply *reply, const JumpFailure *failure, const JumpToolNames *names)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GString) reasoning = g_string_new (NULL);
  g_autoptr (GString) rest = g_string_new (NULL);
  const char *stop = failure != NULL ? "failure" : stop_word (reply->stop_reason);

  for (guint i = 0; i < reply->parts->len; i++)
    {
      const JumpPart *part = g_ptr_array_index (reply->parts, i);

      if (part->kind == JUMP_PART_TEXT || part->kind == JUMP_PART_REFUSAL)
        jump_put_dense (text, part->text);
      else if (part->kind == JUMP_PART_REASONING)
        jump_put_dense (reasoning, part->text);
      else if (part->kind == JUMP_PART_TOOL_CALL)
        put_call (rest, part, names);
      if (part->kind == JUMP_PART_REFUSAL && failure == NULL)
        stop = "refusal";
    }
  g_string_append_printf (rest, "stop %s\n", stop);
  /* Those of a reply that broke off are not always told. */
  if (failure == NULL)
    g_string_append_printf (rest,
                            "tokens %" G_GINT64_FORMAT " in %" G_GINT64_FORMAT " out\n",
                            MAX (reply->usage.input_tokens, 0),
                            MAX (reply->usage.output_tokens, 0));
  return g_strdup_printf ("text %s\nreasoning %s\n%s", text->str, reasoning->str, rest->str);
}
