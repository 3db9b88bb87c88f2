/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "app/log-file.h"
#include "tests/support/temp-home.h"

#include <glib/gstdio.h>
#include <string.h>

static char *
read_file (const char *dir, const char *name)
{
  g_autofree char *path = g_build_filename (dir, name, NULL);
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, NULL);
  return text;
}

static guint
get_mode (const char *path)
{
  GStatBuf info;

  g_assert_cmpint (g_stat (path, &info), ==, 0);
  return (guint) info.st_mode & 0777;
}

static void
test_private (void)
{
  g_autoptr (JumpTempHome) home = jump_temp_home_new ();
  const char *root = home->dir;
  g_autofree char *dir = jump_log_file_build_dir (root);
  g_autofree char *path = g_build_filename (dir, "jumpseat.log", NULL);
  g_autofree char *text = NULL;

  {
    g_autoptr (JumpLogFile) file = jump_log_file_new (dir, "jumpseat");

    g_assert_false (g_file_test (dir, G_FILE_TEST_EXISTS));
    jump_log_file_write (file, "one\n");
    jump_log_file_write (file, "two\n");
  }
  {
    g_autoptr (JumpLogFile) file = jump_log_file_new (dir, "jumpseat");

    jump_log_file_write (file, "three\n");
  }
  text = read_file (dir, "jumpseat.log");
  g_assert_cmpstr (text, ==, "one\ntwo\nthree\n");
#ifdef G_OS_UNIX
  g_assert_cmpuint (get_mode (path), ==, 0600);
  g_assert_cmpuint (get_mode (dir), ==, 0700);
#endif
}

/* A line of 1 KiB, 5000 times: five files' worth. */
static void
test_rotation (void)
{
  static const char *const names[] = { "x.log", "x.log.1", "x.log.2", "x.log.3" };
  g_autoptr (JumpTempHome) home = jump_temp_home_new ();
  const char *root = home->dir;
  g_autofree char *gone = g_build_filename (root, "x.log.4", NULL);
  g_autofree char *last = NULL;

  {
    g_autoptr (JumpLogFile) file = jump_log_file_new (root, "x");

    for (guint i = 0; i < 5000; i++)
      {
        g_autofree char *line = g_strdup_printf ("%-1023u\n", i);

        jump_log_file_write (file, line);
      }
  }
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *text = read_file (root, names[i]);

      g_assert_nonnull (text);
      g_assert_cmpuint (strlen (text), <=, 1024 * 1024);
      g_assert_cmpuint (strlen (text) % 1024, ==, 0);
    }
  g_assert_false (g_file_test (gone, G_FILE_TEST_EXISTS));
  last = read_file (root, "x.log");
  g_assert_nonnull (strstr (last, "4999 "));
}

/* Where no file can be, lines are lost and nothing else. */
static void
test_no_place (void)
{
  g_autoptr (JumpTempHome) home = jump_temp_home_new ();
  const char *root = home->dir;
  g_autofree char *path = g_build_filename (root, "x.log", NULL);
  g_autoptr (JumpLogFile) file = jump_log_file_new (root, "x");

  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
  jump_log_file_write (file, "one\n");
  jump_log_file_write (file, "two\n");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/log-file/private", test_private);
  g_test_add_func ("/log-file/rotation", test_rotation);
  g_test_add_func ("/log-file/no-place", test_no_place);
  return g_test_run ();
}
