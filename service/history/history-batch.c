/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#define G_LOG_DOMAIN "jumpseat-history"

#include "service/history/history-batch.h"

#include "service/history/history-write.h"

/* Without savepoints: one for each exchange costs as much as all the rest, for the index of words goes to the file
 * at each of them. */
static gboolean
write_all (JumpHistoryDatabase *database, GQueue *entries, GError **error)
{
  g_autoptr (JumpHistorySumBatch) sums = jump_history_sum_batch_new ();
  gboolean is_written;

  for (GList *link = entries->head; link != NULL; link = link->next)
    {
      if (!jump_history_write_entry (database, link->data, sums, &is_written, error))
        return FALSE;
    }
  return jump_history_sum_batch_write (sums, database, error);
}

static gboolean
write_one (JumpHistoryDatabase *database, const JumpHistoryEntry *entry, GError **error)
{
  g_autoptr (JumpHistorySumBatch) sums = jump_history_sum_batch_new ();
  gboolean is_written;

  return jump_history_write_entry (database, entry, sums, &is_written, error) &&
         jump_history_sum_batch_write (sums, database, error);
}

/* One that cannot be written must not keep the others from it. */
static gboolean
write_if_possible (JumpHistoryDatabase *database,
                   const JumpHistoryEntry *entry,
                   guint *n_refused,
                   GError **error)
{
  g_autoptr (GError) problem = NULL;

  if (!jump_history_database_run (database, "SAVEPOINT entry", error))
    return FALSE;
  if (write_one (database, entry, &problem))
    return jump_history_database_run (database, "RELEASE entry", error);
  if (!jump_history_database_is_refusing (database))
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  g_debug ("an exchange cannot be written: %s", problem->message);
  (*n_refused)++;
  return jump_history_database_run (database, "ROLLBACK TO entry; RELEASE entry", error);
}

static gboolean
write_possible (JumpHistoryDatabase *database, GQueue *entries, guint *n_refused, GError **error)
{
  for (GList *link = entries->head; link != NULL; link = link->next)
    {
      if (!write_if_possible (database, link->data, n_refused, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
jump_history_batch_write (JumpHistoryDatabase *database,
                          GQueue *entries,
                          guint *out_n_refused,
                          GError **error)
{
  g_autoptr (GError) problem = NULL;
  gboolean is_refusing;

  *out_n_refused = 0;
  if (!jump_history_database_begin (database, error))
    return FALSE;
  if (write_all (database, entries, &problem))
    return jump_history_database_commit (database, error);
  is_refusing = jump_history_database_is_refusing (database);
  jump_history_database_roll_back (database);
  if (!is_refusing)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  if (!jump_history_database_begin (database, error))
    return FALSE;
  if (write_possible (database, entries, out_n_refused, error))
    return jump_history_database_commit (database, error);
  jump_history_database_roll_back (database);
  return FALSE;
}
