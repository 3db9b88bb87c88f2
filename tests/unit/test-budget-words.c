/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/budget-words.h"

static JumpBudgetLimit *
parse (const char *name, const char *value)
{
  g_autoptr (GError) error = NULL;
  JumpBudgetLimit *limit = jump_budget_limit_parse (name, value, &error);

  g_assert_no_error (error);
  return limit;
}

/* The name that is written is one that is read again as the same. */
static void
test_names (void)
{
  const struct
  {
    const char *name;
    const char *title;
  } rows[] = {
    { "day", "Each day" },
    { "month key:my laptop", "Each month, key “my laptop”" },
    { "session model:gpt-4.1", "Each conversation, gpt-4.1" },
    { "day key:ada model:claude-opus-*", "Each day, key “ada”, claude-opus-*" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (JumpBudgetLimit) limit = parse (rows[i].name, "500 refuse");
      g_autofree char *name = jump_budget_words_row_name (limit->period, limit->key, limit->model);
      g_autofree char *title = jump_budget_words_title (limit);

      g_assert_cmpstr (name, ==, rows[i].name);
      g_assert_cmpstr (title, ==, rows[i].title);
    }
}

static void
test_state (void)
{
  g_autoptr (JumpBudgetLimit) limit = parse ("day", "500 cheaper gpt-5-mini");
  JumpBudgetState state = { .limit = limit, .used = 312, .crossed = 50 };
  g_autofree char *used = jump_budget_words_used (&state);
  g_autofree char *action = jump_budget_words_action (limit);
  g_autofree char *about = NULL;

  g_assert_cmpstr (used, ==, "312 of 500 credits used (62%)");
  g_assert_cmpstr (action, ==, "Once it is used up, gpt-5-mini is used.");
  g_assert_cmpfloat (jump_budget_words_share (&state), ==, 312 / 500.0);
  state.estimated = 2;
  state.used = 600;
  about = jump_budget_words_used (&state);
  g_assert_cmpstr (about, ==, "≈ 600 of 500 credits used (120%)");
  g_assert_cmpfloat (jump_budget_words_share (&state), ==, 1);
}

static void
test_attention (void)
{
  const struct
  {
    const char *name;
    const char *value;
    guint crossed;
    const char *text; /* (nullable) */
  } rows[] = {
    { "day", "5 refuse", 95, NULL },
    { "day", "5 ask", 100, NULL },
    { "session", "5 refuse", 100, NULL },
    { "day", "5 refuse", 100, "A budget is used up, and requests are refused: Each day" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (JumpBudgetLimit) limit = parse (rows[i].name, rows[i].value);
      g_autoptr (GArray) states = g_array_new (FALSE, TRUE, sizeof (JumpBudgetState));
      JumpBudgetState state = { .limit = limit, .used = 5, .crossed = rows[i].crossed };
      g_autofree char *text = NULL;

      g_array_append_val (states, state);
      text = jump_budget_words_attention (states);
      g_assert_cmpstr (text, ==, rows[i].text);
    }
}

static void
test_notice (void)
{
  g_autoptr (JumpBudgetLimit) limit = parse ("month", "10 refuse");
  JumpBudgetState state = { .limit = limit, .used = 8 };
  g_autofree char *title = jump_budget_words_notice_title (80);
  g_autofree char *full = jump_budget_words_notice_title (100);
  g_autofree char *body = jump_budget_words_notice_body (&state);

  g_assert_cmpstr (title, ==, "80% of a budget are used");
  g_assert_cmpstr (full, ==, "A budget is used up");
  g_assert_cmpstr (
      body,
      ==,
      "Each month: 8 of 10 credits used (80%). Once it is used up, requests are refused.");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/budget-words/names", test_names);
  g_test_add_func ("/budget-words/state", test_state);
  g_test_add_func ("/budget-words/attention", test_attention);
  g_test_add_func ("/budget-words/notice", test_notice);
  return g_test_run ();
}
