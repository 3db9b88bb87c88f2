/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "tests/support/reply-core.h"

#include <string.h>

static void
put_dense (GString *out, const char *text)
{
  for (; text != NULL && *text != '\0'; text++)
    if (!g_ascii_isspace (*text))
      g_string_append_c (out, *text);
}

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

  if (names != NULL && name != NULL)
    jump_tool_names_from_wire (names, name, &name, NULL, NULL);
  g_string_append_printf (out, "call %s %s ", part->call_id, name);
  put_dense (out, part->arguments);
  g_string_append_c (out, '\n');
}

char *
jump_reply_core (const JumpReply *reply, const JumpFailure *failure, const JumpToolNames *names)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GString) reasoning = g_string_new (NULL);
  g_autoptr (GString) calls = g_string_new (NULL);
  const char *stop = failure != NULL ? "failure" : stop_word (reply->stop_reason);

  for (guint i = 0; i < reply->parts->len; i++)
    {
      const JumpPart *part = g_ptr_array_index (reply->parts, i);

      if (part->kind == JUMP_PART_TEXT || part->kind == JUMP_PART_REFUSAL)
        put_dense (text, part->text);
      else if (part->kind == JUMP_PART_REASONING)
        put_dense (reasoning, part->text);
      else if (part->kind == JUMP_PART_TOOL_CALL)
        put_call (calls, part, names);
      if (part->kind == JUMP_PART_REFUSAL && failure == NULL)
        stop = "refusal";
    }
  return g_strdup_printf ("text %s\nreasoning %s\n%sstop %s\ntokens %" G_GINT64_FORMAT
                          " in %" G_GINT64_FORMAT " out\n",
                          text->str,
                          reasoning->str,
                          calls->str,
                          stop,
                          MAX (reply->usage.input_tokens, 0),
                          MAX (reply->usage.output_tokens, 0));
}
