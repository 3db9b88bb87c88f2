/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "tests/support/golden.h"
#include "tests/support/json-pretty.h"
#include "tests/support/temp-home.h"

static void
test_pretty (void)
{
  static const struct
  {
    const char *json;
    const char *pretty;
  } cases[] = {
    { "{}", "{}\n" },
    { " [ 1.50 ,\n\"\\u00e4\"] ", "[1.50, \"\\u00e4\"]\n" },
    { "{\"a\":{\"b\":[]},\"a\":2}", "{ \"a\": { \"b\": [] }, \"a\": 2 }\n" },
    { "{\"a\":\"0123456789012345678901234567890123456789\",\"b\":[\"012345678901234567890123456789012345678901234567890\",1]}",
      "{\n  \"a\": \"0123456789012345678901234567890123456789\",\n"
      "  \"b\": [\"012345678901234567890123456789012345678901234567890\", 1]\n}\n" },
    { "no JSON", "no JSON\n" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *pretty = jump_json_pretty (cases[i].json, -1);
      g_autofree char *again = jump_json_pretty (pretty, -1);

      g_assert_cmpstr (pretty, ==, cases[i].pretty);
      if (i + 1 < G_N_ELEMENTS (cases))
        g_assert_cmpstr (again, ==, pretty);
    }
}

static void
test_diff (void)
{
  static const struct
  {
    const char *expected;
    const char *actual;
    const char *diff;
  } cases[] = {
    { "a\nb\n", "a\nb\n", "" },
    { "a\nb\nc\n", "a\nx\nc\n", "line 2:\n a\n-b\n+x\n c\n \n" },
    { "a\n", "a\nb\n", "line 2:\n a\n+b\n \n" },
    { "1\n2\n3\n4\n5\n6", "1\n2\n3\n4\n5", "line 6:\n 3\n 4\n 5\n-6\n" },
    { "a\na\n", "a\n", "line 2:\n a\n-a\n \n" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *diff = jump_golden_diff (cases[i].expected, cases[i].actual);

      g_assert_cmpstr (diff, ==, cases[i].diff);
    }
}

static void
test_write (void)
{
  g_autoptr (JumpTempHome) home = jump_temp_home_new ();
  g_autoptr (JumpGolden) golden = NULL;
  g_autofree char *text = NULL;

  g_setenv ("JUMPSEAT_FIXTURES", "write", TRUE);
  golden = jump_golden_new (home->dir);
  g_unsetenv ("JUMPSEAT_FIXTURES");
  g_assert_false (jump_golden_has (golden, "a.json"));
  g_assert_null (jump_golden_read (golden, "a.json"));
  jump_golden_check (golden, "a.json", "{}\n");
  g_assert_true (jump_golden_has (golden, "a.json"));
  text = jump_temp_home_read (home, "a.json");
  g_assert_cmpstr (text, ==, "{}\n");
  jump_golden_finish (golden);
}

static void
test_fails_in_child (gconstpointer data)
{
  g_autoptr (JumpTempHome) home = jump_temp_home_new ();
  g_autoptr (JumpGolden) golden = jump_golden_new (home->dir);

  if (g_test_subprocess ())
    {
      jump_temp_home_write (home, "a", "1\n");
      if (g_str_equal (data, "differs"))
        jump_golden_check (golden, "a", "2\n");
      else if (g_str_equal (data, "missing"))
        jump_golden_check (golden, "b", "2\n");
      else
        jump_golden_finish (golden);
      return;
    }
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_failed ();
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/golden/pretty", test_pretty);
  g_test_add_func ("/golden/diff", test_diff);
  g_test_add_func ("/golden/write", test_write);
  g_test_add_data_func ("/golden/fails/differs", "differs", test_fails_in_child);
  g_test_add_data_func ("/golden/fails/missing", "missing", test_fails_in_child);
  g_test_add_data_func ("/golden/fails/stale", "stale", test_fails_in_child);
  return g_test_run ();
}
