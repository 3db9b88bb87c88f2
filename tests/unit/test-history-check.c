/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/error.h"
#include "service/history/history-check.h"
#include "service/history/history-database.h"
#include "tests/support/temp-home.h"

#include <string.h>

static void
on_checked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_set_object ((GAsyncResult **) user_data, result);
}

static gboolean
check (const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  jump_history_check_async (path, cancellable, on_checked, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return jump_history_check_finish (result, error);
}

static void
test_file (void)
{
  g_autoptr (JumpTempHome) home = jump_temp_home_new ();
  g_autofree char *path = jump_temp_home_get_path (home, "history.db");
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gsize before_length;
  gsize after_length;
  JumpHistoryDatabase *database;

  database = jump_history_database_open (path, &error);
  g_assert_no_error (error);
  g_clear_pointer (&database, jump_history_database_close);
  g_assert_true (g_file_get_contents (path, &before, &before_length, NULL));
  g_assert_true (check (path, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &after, &after_length, NULL));
  g_assert_cmpmem (before, before_length, after, after_length);
}

static void
test_damage (void)
{
  g_autoptr (JumpTempHome) home = jump_temp_home_new ();
  g_autofree char *path = jump_temp_home_get_path (home, "history.db");
  g_autoptr (GError) error = NULL;

  jump_temp_home_write (home, "history.db", "This is no database at all, whatever its name says.");
  g_assert_false (check (path, NULL, &error));
  g_assert_error (error, JUMP_ERROR, JUMP_ERROR_STORE);
}

static void
test_no_file (void)
{
  g_autoptr (JumpTempHome) home = jump_temp_home_new ();
  g_autofree char *path = jump_temp_home_get_path (home, "nothing.db");
  g_autoptr (GError) error = NULL;

  g_assert_false (check (path, NULL, &error));
  g_assert_error (error, JUMP_ERROR, JUMP_ERROR_STORE);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

static void
test_library (void)
{
  g_assert_true (g_str_has_prefix (jump_history_check_get_library (), "3."));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/history-check/file", test_file);
  g_test_add_func ("/history-check/damage", test_damage);
  g_test_add_func ("/history-check/no-file", test_no_file);
  g_test_add_func ("/history-check/library", test_library);
  return g_test_run ();
}
