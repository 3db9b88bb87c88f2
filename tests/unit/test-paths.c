/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "config.h"

#include "service/base/error.h"
#include "service/base/paths.h"
#include "tests/support/temp-home.h"

#include <glib/gstdio.h>
#include <unistd.h>

typedef struct
{
  JumpTempHome *home; /* (owned) */
} Fixture;

/* GLib reads the XDG variables once, so main() sets the two of them for the whole program. */
static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->home = jump_temp_home_new ();
  g_unsetenv ("JUMPSEAT_CONFIG_DIR");
  g_unsetenv ("JUMPSEAT_DATA_DIR");
  g_unsetenv ("XDG_RUNTIME_DIR");
  g_unsetenv ("FLATPAK_ID");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_pointer (&fixture->home, jump_temp_home_free);
}

static void
assert_paths (const char *config_dir, const char *data_dir, const char *runtime_dir)
{
  g_autoptr (JumpPaths) paths = jump_paths_new_from_environment ();
  g_autofree char *settings_file = g_build_filename (config_dir, "jumpseat.conf", NULL);

  g_assert_cmpstr (paths->config_dir, ==, config_dir);
  g_assert_cmpstr (paths->data_dir, ==, data_dir);
  g_assert_cmpstr (paths->runtime_dir, ==, runtime_dir);
  g_assert_cmpstr (paths->settings_file, ==, settings_file);
}

static void
test_xdg (Fixture *fixture, gconstpointer data)
{
  g_autofree char *session = jump_temp_home_get_path (fixture->home, "session");
  g_autofree char *runtime = g_build_filename (session, "jumpseat", NULL);

  assert_paths ("/xdg/config/jumpseat", "/xdg/data/jumpseat", "/xdg/data/jumpseat/run");
  g_setenv ("XDG_RUNTIME_DIR", session, TRUE);
  assert_paths ("/xdg/config/jumpseat", "/xdg/data/jumpseat", "/xdg/data/jumpseat/run");
  g_assert_cmpint (g_mkdir (session, 0700), ==, 0);
  assert_paths ("/xdg/config/jumpseat", "/xdg/data/jumpseat", runtime);
  g_setenv ("XDG_RUNTIME_DIR", "relative", TRUE);
  assert_paths ("/xdg/config/jumpseat", "/xdg/data/jumpseat", "/xdg/data/jumpseat/run");
}

static void
test_unusable_runtime (Fixture *fixture, gconstpointer data)
{
  if (geteuid () == 0)
    {
      g_test_skip ("root may write everywhere");
      return;
    }
  g_setenv ("XDG_RUNTIME_DIR", "/", TRUE);
  assert_paths ("/xdg/config/jumpseat", "/xdg/data/jumpseat", "/xdg/data/jumpseat/run");
}

/* What all starts of the Flatpak share: if it is there, and ours. */
static void
test_flatpak (Fixture *fixture, gconstpointer data)
{
  g_autofree char *plain = jump_temp_home_get_path (fixture->home, "jumpseat");
  g_autofree char *shared = jump_temp_home_get_path (fixture->home, "app/" JUMPSEAT_APP_ID);
  g_autofree char *runtime = g_build_filename (shared, "jumpseat", NULL);

  g_setenv ("XDG_RUNTIME_DIR", fixture->home->dir, TRUE);
  g_setenv ("FLATPAK_ID", JUMPSEAT_APP_ID, TRUE);
  assert_paths ("/xdg/config/jumpseat", "/xdg/data/jumpseat", plain);
  g_assert_cmpint (g_mkdir_with_parents (shared, 0700), ==, 0);
  assert_paths ("/xdg/config/jumpseat", "/xdg/data/jumpseat", runtime);
  g_setenv ("FLATPAK_ID", "org.example.Editor", TRUE);
  assert_paths ("/xdg/config/jumpseat", "/xdg/data/jumpseat", plain);
}

static void
test_overrides (Fixture *fixture, gconstpointer data)
{
  g_autofree char *current = g_get_current_dir ();
  g_autofree char *relative = g_build_filename (current, "here", NULL);

  g_setenv ("XDG_RUNTIME_DIR", fixture->home->dir, TRUE);
  g_setenv ("JUMPSEAT_DATA_DIR", "/mine/data/", TRUE);
  assert_paths ("/xdg/config/jumpseat", "/mine/data", "/mine/data/run");
  g_setenv ("JUMPSEAT_CONFIG_DIR", "/mine/config", TRUE);
  assert_paths ("/mine/config", "/mine/data", "/mine/data/run");
  g_setenv ("JUMPSEAT_CONFIG_DIR", "here", TRUE);
  assert_paths (relative, "/mine/data", "/mine/data/run");
  g_setenv ("JUMPSEAT_CONFIG_DIR", "", TRUE);
  assert_paths ("/xdg/config/jumpseat", "/mine/data", "/mine/data/run");
}

static void
test_copy (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JumpPaths) copy = NULL;

  {
    g_autoptr (JumpPaths) paths = jump_paths_new ("/c", "/d", "/r");

    copy = jump_paths_copy (paths);
  }
  g_assert_cmpstr (copy->config_dir, ==, "/c");
  g_assert_cmpstr (copy->data_dir, ==, "/d");
  g_assert_cmpstr (copy->runtime_dir, ==, "/r");
  g_assert_cmpstr (copy->settings_file, ==, "/c/jumpseat.conf");
}

static void
assert_mode (const char *path, guint mode)
{
  GStatBuf info;

  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 0777, ==, mode);
}

static void
test_private_dir (Fixture *fixture, gconstpointer data)
{
  g_autofree char *outer = jump_temp_home_get_path (fixture->home, "a");
  g_autofree char *inner = jump_temp_home_get_path (fixture->home, "a/b");
  g_autoptr (GError) error = NULL;

  jump_paths_make_private_dir (inner, &error);
  g_assert_no_error (error);
  assert_mode (outer, 0700);
  assert_mode (inner, 0700);
  g_assert_cmpint (g_chmod (inner, 0755), ==, 0);
  g_assert_true (jump_paths_make_private_dir (inner, &error));
  assert_mode (inner, 0700);
  g_assert_cmpint (g_chmod (inner, 0500), ==, 0);
  g_assert_true (jump_paths_make_private_dir (inner, &error));
  assert_mode (inner, 0700);
}

static void
test_private_dir_in_file (Fixture *fixture, gconstpointer data)
{
  g_autofree char *file = jump_temp_home_get_path (fixture->home, "file");
  g_autofree char *below = jump_temp_home_get_path (fixture->home, "file/dir");
  g_autoptr (GError) error = NULL;

  jump_temp_home_write (fixture->home, "file", "");
  g_assert_false (jump_paths_make_private_dir (file, &error));
  g_assert_error (error, JUMP_ERROR, JUMP_ERROR_STORE);
  g_clear_error (&error);
  g_assert_false (jump_paths_make_private_dir (below, &error));
  g_assert_error (error, JUMP_ERROR, JUMP_ERROR_STORE);
}

int
main (int argc, char *argv[])
{
  g_setenv ("XDG_CONFIG_HOME", "/xdg/config", TRUE);
  g_setenv ("XDG_DATA_HOME", "/xdg/data", TRUE);
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/paths/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("xdg", test_xdg);
  ADD ("unusable-runtime", test_unusable_runtime);
  ADD ("flatpak", test_flatpak);
  ADD ("overrides", test_overrides);
  ADD ("copy", test_copy);
  ADD ("private-dir", test_private_dir);
  ADD ("private-dir-in-file", test_private_dir_in_file);
  return g_test_run ();
}
