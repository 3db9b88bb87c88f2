/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/approval-text.h"
#include "ui/key-text.h"

#include <locale.h>

static void
test_limits (void)
{
  static const char *const two[] = { "gpt-5*", "claude-opus-4.6", NULL };
  const struct
  {
    JumpKeyLimits limits;
    const char *text;
  } rows[] = {
    { { NULL, 0, 0, 0 }, "All models" },
    { { (GStrv) two, 0, 0, 0 }, "gpt-5*, claude-opus-4.6" },
    { { NULL, 1, 1, 0 }, "All models · 1 request a minute · 1 request at once" },
    { { NULL, 60, 4, 20 },
      "All models · 60 requests a minute · 4 requests at once · 20 credits a day" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = jump_key_text_limits (&rows[i].limits);

      g_assert_cmpstr (text, ==, rows[i].text);
    }
}

static void
test_models (void)
{
  g_auto (GStrv) none = jump_key_text_parse_models (" , ");
  g_auto (GStrv) two = jump_key_text_parse_models (" gpt-5* ,, claude-opus-4.6");

  g_assert_null (none);
  g_assert_cmpuint (g_strv_length (two), ==, 2);
  g_assert_cmpstr (two[0], ==, "gpt-5*");
  g_assert_cmpstr (two[1], ==, "claude-opus-4.6");
}

static void
test_question (void)
{
  g_autofree char *known = jump_approval_text_question ("codex_cli_rs", "gpt-5.5");
  g_autofree char *key = jump_approval_text_question ("Laptop of Ada", NULL);
  g_autofree char *one = jump_approval_text_left (1);
  g_autofree char *late = jump_approval_text_left (-3);

  g_assert_cmpstr (known, ==, "Codex wants to use gpt-5.5.");
  g_assert_cmpstr (key, ==, "Laptop of Ada wants to use Copilot.");
  g_assert_cmpstr (one, ==, "Refused by itself in 1 second.");
  g_assert_cmpstr (late, ==, "Refused by itself in 0 seconds.");
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/key-text/limits", test_limits);
  g_test_add_func ("/key-text/models", test_models);
  g_test_add_func ("/approval-text/question", test_question);
  return g_test_run ();
}
