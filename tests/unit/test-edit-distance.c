/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/edit-distance.h"

static void
test_table (void)
{
  static const struct
  {
    const char *a;
    const char *b;
    guint distance;
  } rows[] = {
    { "status", "status", 0 }, { "statsu", "status", 1 }, { "logn", "login", 1 },
    { "helpp", "help", 1 },    { "budgit", "budget", 1 }, { "", "login", 5 },
    { "login", "", 5 },        { "dance", "login", 5 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_assert_cmpuint (jump_edit_distance (rows[i].a, rows[i].b), ==, rows[i].distance);
      g_assert_cmpuint (jump_edit_distance (rows[i].b, rows[i].a), ==, rows[i].distance);
    }
}

static void
test_long (void)
{
  g_autofree char *text = g_strnfill (5000, 'x');

  g_assert_cmpuint (jump_edit_distance (text, "x"), ==, 4999);
  g_assert_cmpuint (jump_edit_distance ("x", text), ==, JUMP_EDIT_DISTANCE_MAX - 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/edit-distance/table", test_table);
  g_test_add_func ("/edit-distance/long", test_long);
  return g_test_run ();
}
