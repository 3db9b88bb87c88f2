/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/process-finder.h"
#include "tests/support/clock-fake.h"

#include <glib/gstdio.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

typedef struct
{
  JumpClock *clock;
  JumpProcessFinder *finder;
  char *root;
} Fixture;

static void
write_file (const char *folder, const char *name, const char *text, gssize length)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, length, NULL));
}

/* A process with one socket. */
static void
add_process (Fixture *fixture, int pid, const char *comm, guint64 inode)
{
  g_autofree char *folder = g_strdup_printf ("%s/%d", fixture->root, pid);
  g_autofree char *fds = g_build_filename (folder, "fd", NULL);
  g_autofree char *first = g_build_filename (fds, "0", NULL);
  g_autofree char *second = g_build_filename (fds, "7", NULL);
  g_autofree char *target = g_strdup_printf ("socket:[%" G_GUINT64_FORMAT "]", inode);

  g_assert_cmpint (g_mkdir_with_parents (fds, 0700), ==, 0);
  write_file (folder, "comm", comm, -1);
  write_file (folder, "cmdline", comm, -1);
  g_assert_cmpint (symlink ("/dev/null", first), ==, 0);
  g_assert_cmpint (symlink (target, second), ==, 0);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->root = g_dir_make_tmp ("jumpseat-proc-XXXXXX", NULL);
  fixture->clock = jump_clock_fake_new ();
  fixture->finder = jump_process_finder_new (fixture->clock);
  jump_process_finder_set_root (fixture->finder, fixture->root);
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir =
      g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *inner = g_build_filename (path, name, NULL);

      remove_tree (inner);
    }
  g_assert_cmpint (g_remove (path), ==, 0);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  jump_process_finder_free (fixture->finder);
  g_object_unref (fixture->clock);
  remove_tree (fixture->root);
  g_free (fixture->root);
}

static void
wait_for (JumpClientProcess *process)
{
  while (jump_client_process_get_text (process) == NULL)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_find (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JumpClientProcess) process = jump_client_process_new ();
  g_autofree char *other = g_build_filename (fixture->root, "not-a-process", NULL);

  g_assert_cmpint (g_mkdir (other, 0700), ==, 0);
  add_process (fixture, 12, "other\n", 1);
  add_process (fixture, 4711, "claude\n", 99);
  jump_process_finder_find (fixture->finder, 99, process);
  wait_for (process);
  g_assert_cmpstr (jump_client_process_get_text (process), ==, "claude (4711)");
}

/* All processes are looked at once in a second; what comes in between waits for that, together. */
static void
test_pause (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JumpClientProcess) first = jump_client_process_new ();
  g_autoptr (JumpClientProcess) second = jump_client_process_new ();
  g_autoptr (JumpClientProcess) third = jump_client_process_new ();

  add_process (fixture, 1, "one\n", 1);
  add_process (fixture, 2, "two\n", 2);
  add_process (fixture, 3, "three\n", 3);
  jump_process_finder_find (fixture->finder, 1, first);
  wait_for (first);
  jump_process_finder_find (fixture->finder, 2, second);
  jump_process_finder_find (fixture->finder, 3, third);
  g_assert_null (jump_client_process_get_text (second));
  jump_clock_fake_advance (fixture->clock, 1000);
  wait_for (second);
  wait_for (third);
  g_assert_cmpstr (jump_client_process_get_text (third), ==, "three (3)");
}

/* A program that was seen before needs no look at all the others. */
static void
test_known (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JumpClientProcess) first = jump_client_process_new ();
  g_autoptr (JumpClientProcess) again = jump_client_process_new ();
  g_autofree char *more = g_build_filename (fixture->root, "5", "fd", "8", NULL);

  add_process (fixture, 5, "codex\n", 50);
  g_assert_cmpint (symlink ("socket:[51]", more), ==, 0);
  jump_process_finder_find (fixture->finder, 50, first);
  wait_for (first);
  jump_process_finder_find (fixture->finder, 51, again);
  wait_for (again);
  g_assert_cmpstr (jump_client_process_get_text (again), ==, "codex (5)");
}

/* It may end while a thread still looks. */
static void
test_end (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JumpClientProcess) process = jump_client_process_new ();

  add_process (fixture, 5, "codex\n", 50);
  jump_process_finder_find (fixture->finder, 50, process);
  jump_process_finder_free (fixture->finder);
  fixture->finder = jump_process_finder_new (fixture->clock);
  g_assert_null (jump_client_process_get_text (process));
}

static void
test_name (Fixture *fixture, gconstpointer data)
{
  g_autofree char *name = NULL;

  add_process (fixture, 8, "curl\n", 50);
  name = jump_process_finder_name (fixture->finder, 8);
  g_assert_cmpstr (name, ==, "curl (8)");
  g_assert_null (jump_process_finder_name (fixture->finder, 9));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  ADD ("/process-finder/find", test_find);
  ADD ("/process-finder/pause", test_pause);
  ADD ("/process-finder/known", test_known);
  ADD ("/process-finder/end", test_end);
  ADD ("/process-finder/name", test_name);
  return g_test_run ();
}
