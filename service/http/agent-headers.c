/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/agent-headers.h"

#include <string.h>

/* What the agents really send (November 2026); a missing @value means that any will do. */
static const struct
{
  const char *name;
  const char *value; /* (nullable): what it has to contain */
  JumpTurnKind turn;
} marks[] = {
  /* Claude Code */
  { "x-claude-code-compaction", NULL, JUMP_TURN_COMPACTION },
  { "x-claude-code-agent-id", NULL, JUMP_TURN_SUBAGENT },
  /* Codex */
  { "x-openai-subagent", "compact", JUMP_TURN_COMPACTION },
  { "x-codex-turn-metadata", "\"request_kind\":\"compaction\"", JUMP_TURN_COMPACTION },
  { "x-openai-subagent", NULL, JUMP_TURN_SUBAGENT },
  /* opencode */
  { "x-parent-session-id", NULL, JUMP_TURN_SUBAGENT },
};

/**
 * jump_agent_headers_read:
 * @headers: of a request
 *
 * Returns: what they tell, JUMP_TURN_NORMAL for nothing
 */
JumpTurnKind
jump_agent_headers_read (SoupMessageHeaders *headers)
{
  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
    {
      const char *value = soup_message_headers_get_one (headers, marks[i].name);

      if (value != NULL && (marks[i].value == NULL || strstr (value, marks[i].value) != NULL))
        return marks[i].turn;
    }
  return JUMP_TURN_NORMAL;
}

/**
 * jump_agent_headers_find_session:
 * @headers: of a request
 *
 * Returns: (transfer none) (nullable): as it came
 */
const char *
jump_agent_headers_find_session (SoupMessageHeaders *headers)
{
  static const char *const names[] = {
    "x-claude-code-session-id",
    /* Codex, of all its versions */
    "session_id",
    "session-id",
    "conversation_id",
    /* opencode, Copilot's own agents, and whoever has no other name for it */
    "x-session-id",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *value = soup_message_headers_get_one (headers, names[i]);

      if (value != NULL && *value != '\0')
        return value;
    }
  return NULL;
}
