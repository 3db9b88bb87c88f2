/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#define G_LOG_DOMAIN "jumpseat-history"

#include "service/history/history-batch.h"

#include "service/history/history-write.h"

typedef gboolean (*Write) (JumpHistoryDatabase *database,
                           const JumpHistoryEntry *entry,
                           guint *n_refused,
                           GError **error);

static gboolean
write_plain (JumpHistoryDatabase *database,
             const JumpHistoryEntry *entry,
             guint *n_refused,
             GError **error)
{
  gboolean is_written;

  return jump_history_write_entry (database, entry, &is_written, error);
}

/* One that cannot be written must not keep the others from it. */
static gboolean
write_with_savepoint (JumpHistoryDatabase *database,
                      const JumpHistoryEntry *entry,
                      guint *n_refused,
                      GError **error)
{
  g_autoptr (GError) problem = NULL;
  gboolean is_written;

  if (!jump_history_database_run (database, "SAVEPOINT entry", error))
    return FALSE;
  if (jump_history_write_entry (database, entry, &is_written, &problem))
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
write_all (JumpHistoryDatabase *database,
           GQueue *entries,
           Write write,
           guint *n_refused,
           gboolean *out_is_refusing,
           GError **error)
{
  *out_is_refusing = FALSE;
  if (!jump_history_database_begin (database, error))
    return FALSE;
  for (GList *link = entries->head; link != NULL; link = link->next)
    {
      if (!write (database, link->data, n_refused, error))
        {
          *out_is_refusing = jump_history_database_is_refusing (database);
          jump_history_database_roll_back (database);
          return FALSE;
        }
    }
  return jump_history_database_commit (database, error);
}

/**
 * jump_history_batch_write:
 *
 * At first without savepoints: one for each exchange costs as much as all the rest, for the index of words goes to
 * the file at each of them.
 */
gboolean
jump_history_batch_write (JumpHistoryDatabase *database,
                          GQueue *entries,
                          guint *out_n_refused,
                          GError **error)
{
  g_autoptr (GError) problem = NULL;
  gboolean is_refusing;

  *out_n_refused = 0;
  if (write_all (database, entries, write_plain, out_n_refused, &is_refusing, &problem))
    return TRUE;
  if (is_refusing)
    return write_all (database, entries, write_with_savepoint, out_n_refused, &is_refusing, error);
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}
