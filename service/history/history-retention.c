/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/history/history-retention.h"

#include "service/history/history-sums.h"
#include "service/history/history-write.h"

#define DAY (24 * 60 * 60)
#define MIB (1024 * 1024)
/* Rows of one transaction: some ten milliseconds. */
#define STEP 500
/* Bodies of one, where there are too many: not more than must go. */
#define SMALL_STEP 10
/* Pages of words that are merged after one: words that were taken out keep their place until then. */
#define MERGE "INSERT INTO words (words, rank) VALUES ('merge', -2000)"

typedef gboolean (*Removal) (JumpHistoryDatabase *database, gint64 row, GError **error);

/* Up to @max of the rows that @sql finds. @before: µs */
static gssize
remove_some (JumpHistoryDatabase *database,
             const char *sql,
             gint64 before,
             guint max,
             Removal removal,
             GError **error)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (JumpHistoryStatement) statement = jump_history_database_prepare (database, sql, error);
  g_autoptr (GError) problem = NULL;

  if (statement == NULL)
    return -1;
  jump_history_statement_bind_int (statement, ":before", before);
  jump_history_statement_bind_int (statement, ":max", max);
  while (jump_history_database_step (database, statement, &problem))
    {
      gint64 row = sqlite3_column_int64 (statement, 0);

      g_array_append_val (rows, row);
    }
  sqlite3_reset (statement);
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return -1;
    }
  if (rows->len == 0)
    return 0;
  if (!jump_history_database_begin (database, error))
    return -1;
  for (guint i = 0; i < rows->len; i++)
    {
      if (!removal (database, g_array_index (rows, gint64, i), error))
        {
          jump_history_database_roll_back (database);
          return -1;
        }
    }
  return jump_history_database_commit (database, error) ? (gssize) rows->len : -1;
}

static gssize
remove_old_rows (JumpHistoryDatabase *database, gint64 before, GError **error)
{
  return remove_some (
      database,
      "SELECT row FROM exchanges WHERE started < :before ORDER BY started LIMIT :max",
      before,
      STEP,
      jump_history_write_removal,
      error);
}

static gssize
remove_old_bodies (JumpHistoryDatabase *database, gint64 before, guint max, GError **error)
{
  return remove_some (database,
                      "SELECT row FROM bodies WHERE started < :before ORDER BY started LIMIT :max",
                      before,
                      max,
                      jump_history_write_body_removal,
                      error);
}

/* What nobody refers to any more. */
static gboolean
forget_unused (JumpHistoryDatabase *database, GError **error)
{
  return jump_history_database_run (
      database,
      "DELETE FROM errors WHERE error NOT IN"
      " (SELECT error FROM exchanges WHERE error IS NOT NULL);"
      "DELETE FROM sessions WHERE session NOT IN"
      " (SELECT session FROM exchanges WHERE session IS NOT NULL)"
      " AND session NOT IN (SELECT session FROM session_sums);"
      "DELETE FROM facets WHERE facet NOT IN (SELECT facet FROM exchanges)"
      " AND facet NOT IN (SELECT facet FROM sums)",
      error);
}

static gboolean
run_in_one (JumpHistoryDatabase *database,
            gboolean (*func) (JumpHistoryDatabase *database, GError **error),
            GError **error)
{
  if (!jump_history_database_begin (database, error))
    return FALSE;
  if (func (database, error))
    return jump_history_database_commit (database, error);
  jump_history_database_roll_back (database);
  return FALSE;
}

/* Bytes in use: pages that are free go at the end. */
static gboolean
ask_used (JumpHistoryDatabase *database, gint64 *out_bytes, GError **error)
{
  gint64 pages;
  gint64 free_pages;
  gint64 size;

  if (!jump_history_database_ask (database, "PRAGMA page_count", &pages, error) ||
      !jump_history_database_ask (database, "PRAGMA freelist_count", &free_pages, error) ||
      !jump_history_database_ask (database, "PRAGMA page_size", &size, error))
    return FALSE;
  *out_bytes = (pages - free_pages) * size;
  return TRUE;
}

/* Bodies go first: they are the most, and what they cost is known without them. */
static gssize
remove_too_much (JumpHistoryDatabase *database, guint megabytes, GError **error)
{
  gint64 bytes;
  gssize n;

  if (megabytes == 0)
    return 0;
  if (!ask_used (database, &bytes, error))
    return -1;
  if (bytes <= (gint64) megabytes * MIB)
    return 0;
  n = remove_old_bodies (database, G_MAXINT64, SMALL_STEP, error);
  return n != 0 ? n : remove_old_rows (database, G_MAXINT64, error);
}

static gint64
get_begin (gint64 now, guint days)
{
  return days > 0 ? (now - (gint64) days * DAY) * G_USEC_PER_SEC : 0;
}

/* The sums of whole slots: those of records that went for want of room stay, they are small and are what was
 * spent. */
static gboolean
finish (JumpHistoryDatabase *database, const JumpHistoryPolicy *policy, gint64 now, GError **error)
{
  gint64 begin = now - (gint64) policy->days * DAY;

  if (policy->days > 0 &&
      !jump_history_sums_remove (database, begin - begin % JUMP_HISTORY_SLOT, error))
    return FALSE;
  return run_in_one (database, forget_unused, error) &&
         jump_history_database_shrink (database, error);
}

gboolean
jump_history_retention_step (JumpHistoryDatabase *database,
                             const JumpHistoryPolicy *policy,
                             gint64 now,
                             gboolean *out_has_more,
                             GError **error)
{
  gssize n = remove_old_rows (database, get_begin (now, policy->days), error);

  if (n == 0)
    n = remove_old_bodies (database, get_begin (now, policy->body_days), STEP, error);
  if (n == 0)
    n = remove_too_much (database, policy->megabytes, error);
  *out_has_more = n > 0;
  if (n > 0)
    return jump_history_database_run (database, MERGE, error);
  return n == 0 && finish (database, policy, now, error);
}

static gboolean
remove_all (JumpHistoryDatabase *database, GError **error)
{
  return jump_history_database_run (
      database,
      "DELETE FROM bodies; DELETE FROM exchanges; DELETE FROM errors; DELETE FROM sessions;"
      "DELETE FROM sums; DELETE FROM session_sums; DELETE FROM facets;"
      "INSERT INTO words (words) VALUES ('delete-all')",
      error);
}

static gssize
remove_everything (JumpHistoryDatabase *database, GError **error)
{
  gint64 n;

  if (!jump_history_database_ask (database, "SELECT count (*) FROM exchanges", &n, error) ||
      !run_in_one (database, remove_all, error) || !jump_history_database_shrink (database, error))
    return -1;
  return (gssize) n;
}

/* Words that were taken out are in the file until their neighbours are written anew. */
static gboolean
finish_purge (JumpHistoryDatabase *database, gboolean only_bodies, gint64 before, GError **error)
{
  if (!only_bodies && !jump_history_sums_remove (database, before, error))
    return FALSE;
  return run_in_one (database, forget_unused, error) &&
         jump_history_database_run (database,
                                    "INSERT INTO words (words) VALUES ('optimize')",
                                    error) &&
         jump_history_database_shrink (database, error);
}

/**
 * jump_history_retention_purge:
 * @before: wall seconds, 0: all
 *
 * Freed pages are overwritten (PRAGMA secure_delete), the log of changes is emptied.
 */
gssize
jump_history_retention_purge (JumpHistoryDatabase *database,
                              gboolean only_bodies,
                              gint64 before,
                              GError **error)
{
  gint64 end = before > 0 ? before * G_USEC_PER_SEC : G_MAXINT64;
  gssize total = 0;
  gssize n;

  if (!only_bodies && before == 0)
    return remove_everything (database, error);
  while ((n = only_bodies ? remove_old_bodies (database, end, STEP, error)
                          : remove_old_rows (database, end, error)) > 0)
    total += n;
  if (n < 0 || !finish_purge (database, only_bodies, before, error))
    return -1;
  return total;
}
