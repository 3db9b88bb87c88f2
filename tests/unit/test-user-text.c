/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/simulator/user-text.h"

static void
test_strip (void)
{
  static const struct
  {
    const char *text;
    const char *said;
  } rows[] = {
    { "Hello", "Hello" },
    { "<system-reminder>\nBe kind.\n</system-reminder>\n\nHello ", "Hello" },
    { "<system-reminder>a</system-reminder>\n<system-reminder>b</system-reminder>", "" },
    { "Hello\n<environment_context>\n  <cwd>/tmp</cwd>\n</environment_context>", "Hello" },
    { "<permissions instructions>x</permissions instructions>Hello", "Hello" },
    { "Is <b>this</b> bold?", "Is <b>this</b> bold?" },
    { "a < b and <my-tag> stays", "a < b and <my-tag> stays" },
    { "\"Say \\\"hi\\\" now\"", "Say \"hi\" now" },
    { "\"", "\"" },
    { "", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *said = jump_user_text_strip (rows[i].text);

      g_assert_cmpstr (said, ==, rows[i].said);
    }
}

static void
test_directory (void)
{
  static const struct
  {
    const char *text;
    const char *directory;
  } rows[] = {
    { "# Environment\n - Primary working directory: /home/mona/app\n - OS: Linux",
      "/home/mona/app" },
    { "<env>\n  Working directory: /home/mona/my app\n</env>", "/home/mona/my app" },
    { "<environment_context>\n  <cwd>/srv</cwd>", "/srv" },
    { "Your working directory is `/srv/x`.", "/srv/x" },
    { "Working directory: unknown", NULL },
    { "Nothing about it", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *directory = jump_user_text_find_directory (rows[i].text);

      g_assert_cmpstr (directory, ==, rows[i].directory);
    }
}

static void
test_title (void)
{
  g_assert_true (jump_user_text_wants_title ("You are a title generator."));
  g_assert_true (jump_user_text_wants_title ("Your task is a detailed SUMMARY."));
  g_assert_false (jump_user_text_wants_title ("You are a coding agent."));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/user-text/strip", test_strip);
  g_test_add_func ("/user-text/directory", test_directory);
  g_test_add_func ("/user-text/title", test_title);
  return g_test_run ();
}
