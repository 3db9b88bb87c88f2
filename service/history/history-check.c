/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/history/history-check.h"

#include "service/base/error.h"

#include <sqlite3.h>

/* Instructions of the database between two looks at whether somebody still waits. */
#define STEPS 10000
/* Another program may be writing. */
#define BUSY_MS 2000

static int
on_progress (void *user_data)
{
  return g_cancellable_is_cancelled (user_data) ? 1 : 0;
}

static int
on_row (void *user_data, int n_columns, char **values, char **names)
{
  char **out_word = user_data;

  if (*out_word == NULL)
    *out_word = g_strdup (values[0]);
  return 0;
}

static gboolean
check (const char *path, GCancellable *cancellable, GError **error)
{
  sqlite3 *database = NULL;
  g_autofree char *word = NULL;
  int result = sqlite3_open_v2 (path, &database, SQLITE_OPEN_READONLY, NULL);

  if (result == SQLITE_OK)
    {
      sqlite3_busy_timeout (database, BUSY_MS);
      sqlite3_progress_handler (database, STEPS, on_progress, cancellable);
      result = sqlite3_exec (database, "PRAGMA quick_check(1)", on_row, &word, NULL);
    }
  if (result == SQLITE_INTERRUPT)
    g_set_error_literal (error,
                         G_IO_ERROR,
                         G_IO_ERROR_CANCELLED,
                         "checking the history: cancelled");
  else if (result != SQLITE_OK)
    g_set_error_literal (error, JUMP_ERROR, JUMP_ERROR_STORE, sqlite3_errmsg (database));
  else if (g_strcmp0 (word, "ok") != 0)
    g_set_error_literal (error, JUMP_ERROR, JUMP_ERROR_STORE, word == NULL ? "damaged" : word);
  sqlite3_close (database);
  return result == SQLITE_OK && g_strcmp0 (word, "ok") == 0;
}

static void
run_check (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GError *error = NULL;

  if (check (task_data, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * jump_history_check_async:
 * @path: of the database
 * @cancellable: stops it
 */
void
jump_history_check_async (const char *path,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, jump_history_check_async);
  g_task_set_task_data (task, g_strdup (path), g_free);
  g_task_run_in_thread (task, run_check);
}

gboolean
jump_history_check_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

const char *
jump_history_check_get_library (void)
{
  return sqlite3_libversion ();
}
