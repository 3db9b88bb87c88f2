/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/history/client-pattern.h"

#include <string.h>

static gboolean
matches (const char *pattern, gsize length, const char *name)
{
  if (name == NULL || length == 0)
    return FALSE;
  if (pattern[length - 1] == '*')
    return g_ascii_strncasecmp (name, pattern, length - 1) == 0;
  return strlen (name) == length && g_ascii_strncasecmp (name, pattern, length) == 0;
}

/* The program is what stands before the slash of a User-Agent. */
static gboolean
matches_record (const char *pattern, gsize length, const JumpExchangeRecord *record)
{
  const char *agent = record->client;
  g_autofree char *program = agent == NULL ? NULL : g_strndup (agent, strcspn (agent, "/ "));

  return matches (pattern, length, record->client_name) || matches (pattern, length, program);
}

/**
 * jump_client_pattern_matches_any:
 * @patterns: (nullable) (array zero-terminated=1): as "laptop", "claude-cli", "ci-*"
 * @record: whose client it is about
 *
 * Returns: whether one of them means that client, by the name of its key or by its program
 */
gboolean
jump_client_pattern_matches_any (const char *const *patterns, const JumpExchangeRecord *record)
{
  for (gsize i = 0; patterns != NULL && patterns[i] != NULL; i++)
    {
      g_autofree char *pattern = g_strstrip (g_strdup (patterns[i]));

      if (matches_record (pattern, strlen (pattern), record))
        return TRUE;
    }
  return FALSE;
}
