/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/agent-headers.h"

static void
test_marks (void)
{
  static const struct
  {
    const char *name;
    const char *value;
    JumpTurnKind turn;
  } cases[] = {
    { "User-Agent", "claude-cli/2.1.329 (external, sdk-cli)", JUMP_TURN_NORMAL },
    { "X-Claude-Code-Session-Id", "1", JUMP_TURN_NORMAL },
    { "X-Claude-Code-Agent-Id", "ab06c08d5146a36a8", JUMP_TURN_SUBAGENT },
    { "x-claude-code-compaction", "auto", JUMP_TURN_COMPACTION },
    { "x-openai-subagent", "collab_spawn", JUMP_TURN_SUBAGENT },
    { "x-openai-subagent", "compact", JUMP_TURN_COMPACTION },
    { "x-codex-turn-metadata", "{\"request_kind\":\"turn\"}", JUMP_TURN_NORMAL },
    { "x-codex-turn-metadata",
      "{\"request_kind\":\"compaction\",\"compaction\":{\"trigger\":\"auto\"}}",
      JUMP_TURN_COMPACTION },
    { "x-parent-session-id", "ses_1", JUMP_TURN_SUBAGENT },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      SoupMessageHeaders *headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_REQUEST);

      soup_message_headers_append (headers, cases[i].name, cases[i].value);
      g_test_message ("%s: %s", cases[i].name, cases[i].value);
      g_assert_cmpint (jump_agent_headers_read (headers), ==, cases[i].turn);
      soup_message_headers_unref (headers);
    }
}

/* A helper's own compaction is a compaction. */
static void
test_both (void)
{
  SoupMessageHeaders *headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_REQUEST);

  soup_message_headers_append (headers, "x-claude-code-agent-id", "a");
  soup_message_headers_append (headers, "x-claude-code-compaction", "manual");
  g_assert_cmpint (jump_agent_headers_read (headers), ==, JUMP_TURN_COMPACTION);
  soup_message_headers_unref (headers);
}

static void
test_sessions (void)
{
  static const struct
  {
    const char *name;
    const char *session; /* (nullable) */
  } cases[] = {
    { "X-Claude-Code-Session-Id", "s" }, { "session_id", "s" },
    { "conversation_id", "s" },          { "x-session-id", "s" },
    { "x-parent-session-id", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      SoupMessageHeaders *headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_REQUEST);

      soup_message_headers_append (headers, cases[i].name, "s");
      g_test_message ("%s", cases[i].name);
      g_assert_cmpstr (jump_agent_headers_find_session (headers), ==, cases[i].session);
      soup_message_headers_unref (headers);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/agent-headers/marks", test_marks);
  g_test_add_func ("/agent-headers/both", test_both);
  g_test_add_func ("/agent-headers/sessions", test_sessions);
  return g_test_run ();
}
