/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/whole-file.h"

#include <glib/gstdio.h>
#include <string.h>
#ifdef G_OS_UNIX
#include <unistd.h>
#endif

typedef struct
{
  char *folder; /* (owned) */
  char *path;   /* (owned) */
  GFile *file;  /* (owned) */
} Place;

static void
place_setup (Place *place, gconstpointer data)
{
  place->folder = g_dir_make_tmp ("whole-file-XXXXXX", NULL);
  place->path = g_build_filename (place->folder, "kept.jl", NULL);
  place->file = g_file_new_for_path (place->path);
}

static void
place_teardown (Place *place, gconstpointer data)
{
  g_autoptr (GDir) dir = g_dir_open (place->folder, 0, NULL);

  for (const char *name = g_dir_read_name (dir); name != NULL; name = g_dir_read_name (dir))
    {
      g_autofree char *path = g_build_filename (place->folder, name, NULL);

      g_assert_cmpint (g_unlink (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (place->folder), ==, 0);
  g_free (place->folder);
  g_free (place->path);
  g_object_unref (place->file);
}

static guint
count_files (Place *place)
{
  g_autoptr (GDir) dir = g_dir_open (place->folder, 0, NULL);
  guint count = 0;

  while (g_dir_read_name (dir) != NULL)
    count++;
  return count;
}

static void
assert_content (const char *path, const char *expected)
{
  g_autofree char *content = NULL;

  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  g_assert_cmpstr (content, ==, expected);
}

static void
put (JumpWholeFile *file, const char *text)
{
  g_autoptr (GError) error = NULL;

  g_output_stream_write_all (jump_whole_file_get_stream (file),
                             text,
                             strlen (text),
                             NULL,
                             NULL,
                             &error);
  g_assert_no_error (error);
}

static void
test_new (Place *place, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JumpWholeFile) whole = jump_whole_file_new (place->file, &error);
  GStatBuf status;

  g_assert_no_error (error);
  put (whole, "one\n");
  g_assert_true (g_output_stream_flush (jump_whole_file_get_stream (whole), NULL, NULL));
  g_assert_false (g_file_test (place->path, G_FILE_TEST_EXISTS));
  put (whole, "two\n");
  g_assert_true (jump_whole_file_finish (whole, &error));
  g_assert_no_error (error);
  assert_content (place->path, "one\ntwo\n");
  g_assert_cmpint (g_stat (place->path, &status), ==, 0);
  g_assert_cmphex (status.st_mode & 0077, ==, 0);
  g_assert_cmpuint (count_files (place), ==, 1);
}

static void
test_given_up (Place *place, gconstpointer data)
{
  const char *before = data;
  JumpWholeFile *whole;

  if (before != NULL)
    g_assert_true (g_file_set_contents (place->path, before, -1, NULL));
  whole = jump_whole_file_new (place->file, NULL);
  put (whole, "half a");
  jump_whole_file_free (whole);
  g_assert_cmpuint (count_files (place), ==, before != NULL ? 1 : 0);
  if (before != NULL)
    assert_content (place->path, before);
}

static void
test_replaced (Place *place, gconstpointer data)
{
  g_autoptr (GBytes) content = g_bytes_new_static ("new", 3);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (place->path, "old and longer", -1, NULL));
  g_assert_true (jump_whole_file_write (place->file, content, &error));
  g_assert_no_error (error);
  assert_content (place->path, "new");
  g_assert_cmpuint (count_files (place), ==, 1);
}

static void
test_link (Place *place, gconstpointer data)
{
  g_autofree char *link_path = g_build_filename (place->folder, "link", NULL);
  g_autoptr (GFile) link_file = g_file_new_for_path (link_path);
  g_autoptr (GBytes) content = g_bytes_new_static ("new", 3);
  gboolean is_there = data != NULL;

  if (is_there)
    g_assert_true (g_file_set_contents (place->path, "old", -1, NULL));
  g_assert_cmpint (symlink ("kept.jl", link_path), ==, 0);
  g_assert_true (jump_whole_file_write (link_file, content, NULL));
  g_assert_true (g_file_test (link_path, G_FILE_TEST_IS_SYMLINK));
  assert_content (place->path, "new");
  g_assert_cmpuint (count_files (place), ==, 2);
}

static void
test_refused (Place *place, gconstpointer data)
{
  g_autoptr (GFile) folder = g_file_new_for_path (place->folder);
  g_autofree char *nowhere_path = g_build_filename (place->folder, "nowhere", "kept.jl", NULL);
  g_autoptr (GFile) nowhere = g_file_new_for_path (nowhere_path);
  g_autoptr (GError) error = NULL;

  g_assert_null (jump_whole_file_new (folder, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY);
  g_clear_error (&error);
  g_assert_null (jump_whole_file_new (nowhere, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/whole-file/new", Place, NULL, place_setup, test_new, place_teardown);
  g_test_add ("/whole-file/given-up", Place, NULL, place_setup, test_given_up, place_teardown);
  g_test_add ("/whole-file/given-up/old", Place, "old", place_setup, test_given_up, place_teardown);
  g_test_add ("/whole-file/replaced", Place, NULL, place_setup, test_replaced, place_teardown);
  g_test_add ("/whole-file/link", Place, "old", place_setup, test_link, place_teardown);
  g_test_add ("/whole-file/link/dangling", Place, NULL, place_setup, test_link, place_teardown);
  g_test_add ("/whole-file/refused", Place, NULL, place_setup, test_refused, place_teardown);
  return g_test_run ();
}
