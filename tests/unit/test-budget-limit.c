/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/budget-limit.h"
#include "service/base/error.h"

#include <string.h>

static const struct
{
  const char *name;
  const char *value;
  JumpBudgetLimit limit;
  const char *written; /* NULL: as value */
} good[] = {
  { "day",
    "500 refuse",
    { NULL, JUMP_BUDGET_DAY, NULL, NULL, 500, JUMP_BUDGET_REFUSE, NULL },
    NULL },
  { "month key:my laptop",
    "2000 ask",
    { NULL, JUMP_BUDGET_MONTH, (char *) "my laptop", NULL, 2000, JUMP_BUDGET_ASK, NULL },
    NULL },
  { "day model:claude-opus-*",
    "0.25 cheaper gpt-5-mini",
    { NULL,
      JUMP_BUDGET_DAY,
      NULL,
      (char *) "claude-opus-*",
      0.25,
      JUMP_BUDGET_CHEAPER,
      (char *) "gpt-5-mini" },
    NULL },
  { "session key:a model:gpt-5",
    "  50.50   WARN ",
    { NULL, JUMP_BUDGET_SESSION, (char *) "a", (char *) "gpt-5", 50.5, JUMP_BUDGET_WARN, NULL },
    "50.5 warn" },
  { "Month",
    "1 cheaper",
    { NULL, JUMP_BUDGET_MONTH, NULL, NULL, 1, JUMP_BUDGET_CHEAPER, NULL },
    NULL },
};

static void
test_good (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JumpBudgetLimit) limit =
          jump_budget_limit_parse (good[i].name, good[i].value, &error);
      g_autofree char *written = NULL;

      g_assert_no_error (error);
      g_assert_cmpstr (limit->name, ==, good[i].name);
      g_assert_cmpint (limit->period, ==, good[i].limit.period);
      g_assert_cmpstr (limit->key, ==, good[i].limit.key);
      g_assert_cmpstr (limit->model, ==, good[i].limit.model);
      g_assert_cmpfloat (limit->credits, ==, good[i].limit.credits);
      g_assert_cmpint (limit->action, ==, good[i].limit.action);
      g_assert_cmpstr (limit->cheaper, ==, good[i].limit.cheaper);
      written = jump_budget_limit_dup_value (limit);
      g_assert_cmpstr (written, ==, good[i].written != NULL ? good[i].written : good[i].value);
    }
}

static const struct
{
  const char *name;
  const char *value;
  const char *message; /* part of it */
} bad[] = {
  { "week", "500 refuse", "budgets.week: expected a period, day, month or session" },
  { "", "500 refuse", "expected a period" },
  { "days", "500 refuse", "expected a period" },
  { "day laptop", "500 refuse", "expected a period" },
  { "day key:", "500 refuse", "behind key:" },
  { "day model:", "500 refuse", "behind model:" },
  { "day model:a*b", "500 refuse", "with * only at its end" },
  { "day model:gpt-5 key:laptop", "500 refuse", "key: before it" },
  { "day", "", "budgets.day: \"\" is not credits and an action" },
  { "day", "500", "credits and an action" },
  { "day", "refuse 500", "a number of credits above 0" },
  { "day", "0 refuse", "above 0" },
  { "day", "-1 refuse", "above 0" },
  { "day", "inf refuse", "above 0" },
  { "day", "0x10 refuse", "above 0" },
  { "day", "1.2.3 refuse", "above 0" },
  { "day", "1e3 refuse", "above 0" },
  { "day", "9999999999 refuse", "above 0" },
  { "day", "500 stop", "one of warn, ask, cheaper, refuse" },
  { "day", "500 refuse gpt-5-mini", "only cheaper takes a model" },
  { "day", "500 cheaper a b", "only cheaper takes a model" },
  { "day\n", "500 refuse", "one line" },
};

static void
test_bad (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JumpBudgetLimit) limit =
          jump_budget_limit_parse (bad[i].name, bad[i].value, &error);

      g_assert_null (limit);
      g_assert_error (error, JUMP_ERROR, JUMP_ERROR_SETTINGS);
      if (strstr (error->message, bad[i].message) == NULL)
        g_error ("%s = %s: %s", bad[i].name, bad[i].value, error->message);
    }
}

static void
test_credits (void)
{
  static const struct
  {
    double credits;
    const char *text;
  } rows[] = { { 500, "500" },
               { 0.25, "0.25" },
               { 1234.50004, "1234.5" },
               { 0, "0" },
               { 10, "10" } };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = jump_budget_limit_dup_credits (rows[i].credits);

      g_assert_cmpstr (text, ==, rows[i].text);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/budget-limit/good", test_good);
  g_test_add_func ("/budget-limit/bad", test_bad);
  g_test_add_func ("/budget-limit/credits", test_credits);
  return g_test_run ();
}
