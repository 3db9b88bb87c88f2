/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/conversation/changes.h"

#include <string.h>

static void
test_once_in_order (void)
{
  g_auto (JumpChanges) changes = { NULL };
  g_autofree char *names = NULL;

  g_assert_cmpstr (jump_changes_get (&changes), ==, "");
  jump_changes_add (&changes, "tools-renamed");
  jump_changes_add (&changes, "model");
  jump_changes_add (&changes, "tools-renamed");
  jump_changes_add (&changes, "tools");
  jump_changes_add (&changes, "");
  g_assert_cmpstr (jump_changes_get (&changes), ==, "tools-renamed,model,tools");
  names = jump_changes_steal (&changes);
  g_assert_cmpstr (names, ==, "tools-renamed,model,tools");
  g_assert_cmpstr (jump_changes_get (&changes), ==, "");
}

static void
test_steal_nothing (void)
{
  g_auto (JumpChanges) changes = { NULL };
  g_autofree char *names = jump_changes_steal (&changes);

  g_assert_cmpstr (names, ==, "");
}

static void
test_all (void)
{
  g_auto (JumpChanges) changes = { NULL };

  jump_changes_add (&changes, "b");
  jump_changes_add_all (&changes, "a,b,,c");
  jump_changes_add_all (&changes, "");
  jump_changes_add_all (&changes, NULL);
  g_assert_cmpstr (jump_changes_get (&changes), ==, "b,a,c");
}

/* The names of a client's fields reach a header. */
static void
test_detail (void)
{
  static const struct
  {
    const char *name;
    const char *expected;
  } cases[] = {
    { "logit_bias", "dropped:logit_bias" },
    { "messages[0].x-y", "dropped:messages[0].x-y" },
    { "a,b", "dropped:a_b" },
    { "a\r\nSet-Cookie: b", "dropped:a__Set-Cookie:_b" },
    { "\xc3\xa4", "dropped:__" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (JumpChanges) changes = { NULL };

      jump_changes_add_detail (&changes, "dropped:", cases[i].name);
      g_assert_cmpstr (jump_changes_get (&changes), ==, cases[i].expected);
    }
}

static void
test_limits (void)
{
  g_auto (JumpChanges) changes = { NULL };
  g_autofree char *long_name = g_strnfill (100000, 'x');

  jump_changes_add_detail (&changes, "dropped:", long_name);
  g_assert_cmpuint (strlen (jump_changes_get (&changes)), ==, strlen ("dropped:") + 64);
  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *name = g_strdup_printf ("field-%u", i);

      jump_changes_add_detail (&changes, "dropped:", name);
    }
  g_assert_cmpuint (strlen (jump_changes_get (&changes)), <, 2200);
  g_assert_true (g_str_has_suffix (jump_changes_get (&changes), ",more"));
  g_assert_null (strstr (jump_changes_get (&changes), "more,more"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/changes/once-in-order", test_once_in_order);
  g_test_add_func ("/changes/steal-nothing", test_steal_nothing);
  g_test_add_func ("/changes/all", test_all);
  g_test_add_func ("/changes/detail", test_detail);
  g_test_add_func ("/changes/limits", test_limits);
  return g_test_run ();
}
