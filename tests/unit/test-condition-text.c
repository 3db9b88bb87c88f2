/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/condition-text.h"

typedef struct
{
  JumpConditionFigures figures;
  const char *icon;
  const char *status;
  const char *tooltip;
} Row;

static const Row rows[] = {
  { { .condition = JUMP_CONDITION_STARTING }, "ready", "Starting…", "Starting…" },
  { { .condition = JUMP_CONDITION_SIGNED_OUT, .port = 8081 },
    "signed-out",
    "Not signed in",
    "Not signed in · port 8081" },
  { { .condition = JUMP_CONDITION_SIGNING_IN, .port = 8081 },
    "signed-out",
    "Signing in…",
    "Signing in… · port 8081" },
  { { .condition = JUMP_CONDITION_READY, .port = 8081 },
    "ready",
    "Ready on port 8081",
    "Ready on port 8081" },
  { { .condition = JUMP_CONDITION_READY, .port = 65535, .is_demo = TRUE },
    "ready",
    "Demo on port 65535",
    "Demo on port 65535" },
  { { .condition = JUMP_CONDITION_READY,
      .port = 8081,
      .n_requests_today = 3,
      .nano_aiu_today = 420000000 },
    "ready",
    "Ready on port 8081",
    "Ready on port 8081 · credits today: 0.42" },
  { { .condition = JUMP_CONDITION_WORKING, .port = 8081, .open_exchanges = 1 },
    "working",
    "Working: 1 request",
    "Working: 1 request · port 8081" },
  { { .condition = JUMP_CONDITION_WORKING,
      .port = 8081,
      .open_exchanges = 2,
      .n_requests_today = 1 },
    "working",
    "Working: 2 requests",
    "Working: 2 requests · port 8081 · 1 request today" },
  { { .condition = JUMP_CONDITION_PAUSED, .port = 8081, .n_requests_today = 7 },
    "paused",
    "Paused",
    "Paused · port 8081 · 7 requests today" },
  { { .condition = JUMP_CONDITION_ATTENTION, .attention = JUMP_ATTENTION_NOT_LISTENING },
    "attention",
    "Not reachable: the port is taken",
    "Not reachable: the port is taken" },
  { { .condition = JUMP_CONDITION_ATTENTION,
      .attention = JUMP_ATTENTION_OUT_OF_CREDITS,
      .port = 8081 },
    "attention",
    "Out of credits",
    "Out of credits · port 8081" },
};

static void
test_rows (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (JumpConditionText) text = jump_condition_text_new (&rows[i].figures);
      g_autofree char *icon =
          g_strdup_printf ("io.github.jumpseat.Jumpseat-%s-symbolic", rows[i].icon);

      g_assert_cmpstr (text->icon, ==, icon);
      g_assert_cmpstr (text->status, ==, rows[i].status);
      g_assert_cmpstr (text->tooltip, ==, rows[i].tooltip);
    }
}

/* Each has words of its own. */
static void
test_attentions (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = JUMP_ATTENTION_NONE; i <= JUMP_ATTENTION_PROTOCOL; i++)
    {
      JumpConditionFigures figures = { .condition = JUMP_CONDITION_ATTENTION, .attention = i };
      g_autoptr (JumpConditionText) text = jump_condition_text_new (&figures);

      g_assert_cmpstr (text->icon, ==, "io.github.jumpseat.Jumpseat-attention-symbolic");
      g_assert_cmpstr (text->status, !=, "");
      g_assert_true (g_hash_table_add (seen, g_strdup (text->status)));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/condition-text/rows", test_rows);
  g_test_add_func ("/condition-text/attentions", test_attentions);
  return g_test_run ();
}
