/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/relay/anthropic-beta.h"

#include <string.h>

#define INTERLEAVED "interleaved-thinking-2025-05-14"
#define CONTEXT     "context-management-2025-06-27"
#define ADVANCED    "advanced-tool-use-2025-11-20"
#define BUDGET      "{\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":2000}}"
#define ADAPTIVE    "{\"thinking\":{\"type\":\"adaptive\"}}"
#define MANAGED     "{\"context_management\":{\"edits\":[]}}"
#define SEARCHES    "{\"tools\":[{\"name\":\"f\"},{\"type\":\"tool_search_tool_bm25_20251119\"}]}"

static void
test_filter (void)
{
  static const JumpModelTraits old = { .id = "claude-sonnet-4.5", .is_claude = TRUE };
  static const JumpModelTraits new = { .id = "claude-opus-4.8",
                                       .is_claude = TRUE,
                                       .thinks_adaptively = TRUE };
  const struct
  {
    const JumpModelTraits *traits;
    const char *header;   /* (nullable) */
    const char *body;     /* (nullable) */
    const char *expected; /* (nullable) */
    const char *changes;
  } rows[] = {
    { &old, NULL, NULL, NULL, "" },
    { &old, "", "{}", NULL, "" },
    { &old, " , ", "{}", NULL, "" },
    { &old, INTERLEAVED, BUDGET, INTERLEAVED, "" },
    { &old, INTERLEAVED, NULL, INTERLEAVED, "" },
    { &old, INTERLEAVED, "{}", NULL, "beta-dropped:" INTERLEAVED },
    { &new, INTERLEAVED, ADAPTIVE, NULL, "beta-dropped:" INTERLEAVED },
    { &new, INTERLEAVED, NULL, NULL, "beta-dropped:" INTERLEAVED },
    { &new, CONTEXT, MANAGED, CONTEXT, "" },
    { &new, CONTEXT, "{\"context_management\":null}", NULL, "beta-dropped:" CONTEXT },
    { &new, NULL, MANAGED, CONTEXT, "beta-added" },
    { &new, ADVANCED, "{}", ADVANCED, "" },
    { &new, NULL, SEARCHES, ADVANCED, "beta-added" },
    { &new, ADVANCED "," ADVANCED, SEARCHES, ADVANCED, "" },
    { &old,
      "claude-code-20250219, " INTERLEAVED " ,prompt-caching-scope-2026-01-05",
      BUDGET,
      INTERLEAVED,
      "beta-dropped:claude-code-20250219,beta-dropped:prompt-caching-scope-2026-01-05" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GBytes) body =
          rows[i].body == NULL ? NULL : g_bytes_new (rows[i].body, strlen (rows[i].body));
      g_auto (JumpChanges) changes = { NULL };
      g_autofree char *header =
          jump_anthropic_beta_filter (rows[i].header, rows[i].traits, body, &changes);

      g_test_message ("row %u", i);
      g_assert_cmpstr (header, ==, rows[i].expected);
      g_assert_cmpstr (jump_changes_get (&changes), ==, rows[i].changes);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/anthropic-beta/filter", test_filter);
  return g_test_run ();
}
