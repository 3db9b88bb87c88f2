/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "tests/support/temp-home.h"
#include "ui/window-state.h"

static JumpWindowState *
load (JumpTempHome *home)
{
  g_autofree char *path = jump_temp_home_get_path (home, "deep/window.ini");

  return jump_window_state_load (path);
}

static void
test_remembered (void)
{
  g_autoptr (JumpTempHome) home = jump_temp_home_new ();
  g_autofree char *path = jump_temp_home_get_path (home, "deep/window.ini");
  g_autoptr (JumpWindowState) state = jump_window_state_load (path);
  g_autoptr (JumpWindowState) again = NULL;
  g_autoptr (GError) error = NULL;

  state->width = 801;
  state->height = 602;
  state->is_maximized = TRUE;
  state->has_welcomed = TRUE;
  g_free (state->page);
  state->page = g_strdup ("models");
  g_assert_true (jump_window_state_save (state, path, &error));
  g_assert_no_error (error);

  again = load (home);
  g_assert_cmpint (again->width, ==, 801);
  g_assert_cmpint (again->height, ==, 602);
  g_assert_true (again->is_maximized);
  g_assert_true (again->has_welcomed);
  g_assert_cmpstr (again->page, ==, "models");
}

/* What must never keep the window from opening at a size that people can use. */
static void
test_broken (void)
{
  static const char *const texts[] = {
    "",
    "nonsense",
    "\xff\xfe\x00",
    "[window]\n",
    "[window]\nwidth=\nheight=abc\nmaximized=perhaps\n",
    "[window]\nwidth=-5\nheight=99999999999999\n",
    "[window]\nwidth=3\nheight=0\nwelcomed=2\n",
    "[other]\nwidth=500\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (JumpTempHome) home = jump_temp_home_new ();
      g_autoptr (JumpWindowState) state = NULL;
      g_autofree char *dir = jump_temp_home_get_path (home, "deep");

      g_assert_true (jump_paths_make_private_dir (dir, NULL));
      jump_temp_home_write (home, "deep/window.ini", texts[i]);
      state = load (home);
      g_assert_cmpint (state->width, ==, 960);
      g_assert_cmpint (state->height, ==, 640);
      g_assert_false (state->is_maximized);
      g_assert_false (state->has_welcomed);
      g_assert_cmpstr (state->page, ==, "overview");
    }
}

static void
test_unwritable (void)
{
  g_autoptr (JumpTempHome) home = jump_temp_home_new ();
  g_autofree char *path = jump_temp_home_get_path (home, "file/window.ini");
  g_autoptr (JumpWindowState) state = jump_window_state_load (path);
  g_autoptr (GError) error = NULL;

  jump_temp_home_write (home, "file", "no folder");
  g_assert_false (jump_window_state_save (state, path, &error));
  g_assert_nonnull (error);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/window-state/remembered", test_remembered);
  g_test_add_func ("/window-state/broken", test_broken);
  g_test_add_func ("/window-state/unwritable", test_unwritable);
  return g_test_run ();
}
