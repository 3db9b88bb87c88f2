/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "config.h"

#include "app/screen-module.h"
#include "tests/support/temp-home.h"

#include <gmodule.h>

static void
assert_refused (const char *module, const char *words)
{
  g_autoptr (JumpTempHome) home = jump_temp_home_new ();
  g_autofree char *folder = g_build_filename (home->dir, "ui", NULL);
  g_autofree char *path = g_build_filename (folder, "jumpseat-ui." G_MODULE_SUFFIX, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_make_symbolic_link (file, module, NULL, NULL));
  g_setenv ("JUMPSEAT_BUILD_DIR", home->dir, TRUE);
  g_assert_true (jump_screen_module_is_installed ());
  g_assert_false (jump_screen_module_open (NULL, NULL, TRUE, &error));
  g_assert_error (error, JUMP_ERROR, JUMP_ERROR_STORE);
  g_assert_nonnull (strstr (error->message, words));
  g_unsetenv ("JUMPSEAT_BUILD_DIR");
}

static void
test_other_version (void)
{
  assert_refused (OTHER_SCREEN,
                  "it is of version 0.0.9, this program of version " JUMPSEAT_VERSION
                  "; install both in the same version");
}

static void
test_no_version (void)
{
  assert_refused (OLD_SCREEN, "it is of another version, this program of version");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/screen-module/other-version", test_other_version);
  g_test_add_func ("/screen-module/no-version", test_no_version);
  return g_test_run ();
}
