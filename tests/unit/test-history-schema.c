/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/error.h"
#include "service/history/history-database.h"
#include "service/history/history-schema.h"
#include "tests/support/signal-log.h"
#include "tests/unit/history-stage.h"

#include <glib/gstdio.h>
#include <string.h>

static void
place_file (HistoryStage *stage, const char *data, gsize length)
{
  g_assert_cmpint (g_mkdir_with_parents (stage->home->paths->data_dir, 0700), ==, 0);
  g_assert_true (g_file_set_contents (stage->path, data, (gssize) length, NULL));
}

static void
place_fixture (HistoryStage *stage, const char *name)
{
  g_autofree char *source = g_test_build_filename (G_TEST_DIST, "fixtures", "history", name, NULL);
  g_autofree char *data = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (source, &data, &length, NULL));
  place_file (stage, data, length);
}

static gint64
ask_version (HistoryStage *stage)
{
  g_autoptr (JumpHistoryDatabase) database = jump_history_database_open (stage->path, NULL);
  gint64 version = 0;

  g_assert_nonnull (database);
  g_assert_true (jump_history_database_ask (database, "PRAGMA user_version", &version, NULL));
  return version;
}

static void
test_new_file (HistoryStage *stage, gconstpointer data)
{
  history_stage_add (stage, "a", 0, 1);
  jump_history_store_close (stage->store);
  g_assert_cmpint (ask_version (stage), ==, JUMP_HISTORY_VERSION);
}

/* The steps, one by one, lead to the same tables as all at once. */
static void
test_steps (HistoryStage *stage, gconstpointer data)
{
  g_autoptr (JumpHistoryDatabase) whole = jump_history_database_open (NULL, NULL);
  gint64 columns = 0;

  g_assert_nonnull (whole);
  place_fixture (stage, "v1.db");
  {
    g_autoptr (JumpHistoryDatabase) grown = jump_history_database_open (stage->path, NULL);
    const char *sql = "SELECT count (*) FROM sqlite_schema m JOIN pragma_table_info (m.name)";
    gint64 grown_columns = 0;

    g_assert_nonnull (grown);
    g_assert_true (jump_history_database_ask (whole, sql, &columns, NULL));
    g_assert_true (jump_history_database_ask (grown, sql, &grown_columns, NULL));
    g_assert_cmpint (grown_columns, ==, columns);
  }
  g_assert_cmpint (ask_version (stage), ==, JUMP_HISTORY_VERSION);
}

static void
check_session_sums (HistoryStage *stage)
{
  const JumpHistoryQuery own = { .excludes_imported = TRUE };
  g_autoptr (GPtrArray) sums = history_stage_sum (stage, &own, JUMP_SUM_SESSION, JUMP_BUCKET_NONE);
  const JumpHistorySum *sum;

  g_assert_cmpuint (sums->len, ==, 2);
  sum = g_ptr_array_index (sums, 0);
  g_assert_cmpstr (sum->name, ==, "session-1");
  g_assert_cmpuint (sum->sums.n_requests, ==, 2);
  g_assert_cmpuint (sum->sums.input_tokens, ==, 400);
  g_assert_cmpuint (sum->sums.nano_aiu, ==, 5000000);
  g_assert_cmpuint (sum->sums.n_unpriced, ==, 1);
  g_assert_cmpuint (sum->sums.estimated_nano_aiu, ==, 7000000);
  sum = g_ptr_array_index (sums, 1);
  g_assert_null (sum->name);
  g_assert_cmpuint (sum->sums.n_failed, ==, 1);
}

static void
test_from_version_1 (HistoryStage *stage, gconstpointer data)
{
  const JumpHistoryQuery all = { 0 };
  const JumpHistoryQuery words = { .full_text = "old pelican" };
  const JumpHistoryQuery text = { .text = "MANY" };
  g_autofree char *ids = NULL;
  g_autofree char *with_words = NULL;
  g_autofree char *with_text = NULL;
  g_autofree char *left = NULL;
  g_autoptr (JumpExchangeRecord) record = NULL;

  place_fixture (stage, "v1.db");
  ids = history_stage_find_ids (stage, &all);
  g_assert_cmpstr (ids, ==, "own-3 own-2 own-1 theirs-1");
  check_session_sums (stage);
  record = history_stage_get (stage, "own-2");
  g_assert_cmpstr (record->request_headers, ==, "Content-Type: application/json");
  g_assert_cmpmem (record->reply_body->data,
                   record->reply_body->len,
                   "{\"content\":\"an old answer\"}",
                   27);
  g_assert_null (record->process);
  with_words = history_stage_find_ids (stage, &words);
  g_assert_cmpstr (with_words, ==, "own-2");
  with_text = history_stage_find_ids (stage, &text);
  g_assert_cmpstr (with_text, ==, "own-3");
  /* It goes on as any other. */
  history_stage_add (stage, "new", 0, 1);
  g_assert_cmpint (history_stage_purge (stage, FALSE, 1790000200), ==, 3);
  left = history_stage_find_ids (stage, &all);
  g_assert_cmpstr (left, ==, "new own-3");
  g_assert_false (history_stage_is_on_disk (stage, "pelican"));
}

static void
on_refused (GObject *source, GAsyncResult *result, gpointer user_data)
{
  gboolean *is_done = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JumpHistoryPage) page =
      jump_history_store_find_finish (JUMP_HISTORY_STORE (source), result, &error);

  g_assert_null (page);
  g_assert_error (error, JUMP_ERROR, JUMP_ERROR_STORE);
  *is_done = TRUE;
}

/* Each time the worker tries anew to open and to write. */
static void
ask_in_vain (HistoryStage *stage)
{
  const JumpHistoryQuery query = { 0 };
  gboolean is_done = FALSE;

  jump_history_store_find_async (stage->store, &query, NULL, on_refused, &is_done);
  while (!is_done)
    g_main_context_iteration (NULL, TRUE);
}

/* Nothing of it is changed, and it is told once. */
static void
test_later_version (HistoryStage *stage, gconstpointer data)
{
  g_autoptr (JumpSignalLog) log = jump_signal_log_new ();
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gsize length;
  gsize length_after;

  {
    g_autoptr (JumpHistoryDatabase) database = NULL;

    database = jump_history_database_open (stage->path, NULL);
    g_assert_true (jump_history_database_run (database, "PRAGMA user_version = 99", NULL));
  }
  g_assert_true (g_file_get_contents (stage->path, &before, &length, NULL));
  jump_signal_log_attach (log, G_OBJECT (stage->store), "problem");
  history_stage_add (stage, "a", 0, 1);
  for (guint i = 0; i < 5; i++)
    {
      jump_clock_fake_advance (stage->clock, 5000);
      ask_in_vain (stage);
    }
  jump_signal_log_assert (log,
                          "problem (the history is of version 99, made by a later program; "
                          "expected at most 2)",
                          NULL);
  g_assert_nonnull (jump_history_store_get_problem (stage->store));
  jump_history_store_close (stage->store);
  g_assert_true (g_file_get_contents (stage->path, &after, &length_after, NULL));
  g_assert_cmpmem (before, length, after, length_after);
}

/* Returns: (transfer full) (nullable): the file that was put aside */
static char *
find_broken (HistoryStage *stage)
{
  g_autoptr (GDir) dir = g_dir_open (stage->home->paths->data_dir, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      if (g_str_has_prefix (name, "history.db.broken-") && !g_str_has_suffix (name, "-wal") &&
          !g_str_has_suffix (name, "-shm"))
        return g_build_filename (stage->home->paths->data_dir, name, NULL);
    }
  return NULL;
}

static void
check_put_aside (HistoryStage *stage, const char *data, gsize length)
{
  g_autoptr (JumpSignalLog) log = jump_signal_log_new ();
  g_autofree char *broken = NULL;
  g_autofree char *kept = NULL;
  gsize kept_length;

  jump_signal_log_attach (log, G_OBJECT (stage->store), "problem");
  jump_signal_log_attach (log, G_OBJECT (stage->store), "recovered");
  history_stage_add (stage, "a", 0, 1);
  g_assert_cmpuint (history_stage_measure (stage).n_records, ==, 1);
  g_assert_cmpuint (jump_signal_log_count (log), ==, 2);
  jump_signal_log_clear (log);
  broken = find_broken (stage);
  g_assert_nonnull (broken);
  g_assert_true (g_file_get_contents (broken, &kept, &kept_length, NULL));
  g_assert_cmpmem (kept, kept_length, data, length);
  g_assert_null (jump_history_store_get_problem (stage->store));
}

static void
test_no_database (HistoryStage *stage, gconstpointer data)
{
  g_autofree char *garbage = g_strnfill (10000, 'x');

  place_file (stage, garbage, 10000);
  check_put_aside (stage, garbage, 10000);
}

/* The head is whole, the pages behind it are not: found out while writing. */
static void
test_damaged_pages (HistoryStage *stage, gconstpointer data)
{
  g_autofree char *bytes = NULL;
  g_autoptr (JumpSignalLog) log = jump_signal_log_new ();
  g_autofree char *broken = NULL;
  gsize length;

  history_stage_add (stage, "old", 0, 1);
  jump_history_store_close (stage->store);
  g_assert_true (g_file_get_contents (stage->path, &bytes, &length, NULL));
  memset (bytes + 4096, 0xee, length - 4096);
  place_file (stage, bytes, length);
  history_stage_restart (stage);
  jump_signal_log_attach (log, G_OBJECT (stage->store), "problem");
  history_stage_add (stage, "new", 0, 1);
  g_assert_cmpuint (history_stage_measure (stage).n_records, ==, 1);
  g_assert_cmpuint (jump_signal_log_count (log), ==, 1);
  jump_signal_log_clear (log);
  broken = find_broken (stage);
  g_assert_nonnull (broken);
}

/* What could not be written is, once the disk takes it. */
static void
test_recovery (HistoryStage *stage, gconstpointer data)
{
  g_autoptr (JumpSignalLog) log = jump_signal_log_new ();

  g_assert_cmpint (g_mkdir_with_parents (stage->home->dir, 0700), ==, 0);
  g_assert_true (g_file_set_contents (stage->home->paths->data_dir, "in the way", -1, NULL));
  jump_signal_log_attach (log, G_OBJECT (stage->store), "problem");
  jump_signal_log_attach (log, G_OBJECT (stage->store), "recovered");
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *id = g_strdup_printf ("%u", i);

      history_stage_add (stage, id, i, 1);
      jump_clock_fake_advance (stage->clock, 10000);
      ask_in_vain (stage);
    }
  g_assert_cmpuint (jump_signal_log_count (log), ==, 1);
  jump_signal_log_clear (log);
  g_assert_cmpint (g_unlink (stage->home->paths->data_dir), ==, 0);
  g_assert_cmpuint (history_stage_measure (stage).n_records, ==, 3);
  jump_signal_log_assert (log, "recovered", NULL);
}

#define ADD(name, func) \
  g_test_add (name, HistoryStage, NULL, history_stage_set_up, func, history_stage_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/history-schema/new-file", test_new_file);
  ADD ("/history-schema/steps", test_steps);
  ADD ("/history-schema/from-version-1", test_from_version_1);
  ADD ("/history-schema/later-version", test_later_version);
  ADD ("/history-schema/no-database", test_no_database);
  ADD ("/history-schema/damaged-pages", test_damaged_pages);
  ADD ("/history-schema/recovery", test_recovery);
  return g_test_run ();
}
