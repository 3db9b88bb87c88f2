/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/notice-body.h"

#include <string.h>

static void
test_markup (void)
{
  static const struct
  {
    const char *text;
    const char *body;
  } rows[] = {
    { "", "" },
    { "Codex wants to use gpt-4.1", "Codex wants to use gpt-4.1" },
    { "<a href=\"https://example.test\">Allow</a>",
      "\u2039a href=\"https://example.test\"\u203aAllow\u2039/a\u203a" },
    { "Research & <img src='file:///x'/>", "Research & \u2039img src='file:///x'/\u203a" },
    { "&lt;b&gt; stays one", "&lt;b&gt; stays one" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *body = jump_notice_body_new (rows[i].text);

      g_assert_cmpstr (body, ==, rows[i].body);
      g_assert_null (strpbrk (body, "<>"));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/notice-body/markup", test_markup);
  return g_test_run ();
}
