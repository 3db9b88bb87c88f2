/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/history/history-jobs.h"

#include "service/history/client-pattern.h"
#include "service/history/history-histogram.h"
#include "service/history/history-retention.h"
#include "service/history/history-search.h"
#include "service/history/history-sums.h"
#include "service/history/history-write.h"

/* Imported ones of one transaction. */
#define STEP 500

typedef struct
{
  JumpHistoryQuery *query; /* (owned) */
  JumpSumBy by;
  JumpBucket bucket;
  JumpMetric metric;
} Question;

typedef struct
{
  GPtrArray *entries;        /* (owned) (nullable) (element-type JumpHistoryEntry): to import */
  JumpHistoryPolicy *policy; /* (owned) (nullable): to retain by */
  gint64 time;               /* wall seconds */
  gboolean only_bodies;
} Change;

static Question *
question_new (const JumpHistoryQuery *query)
{
  Question *self = g_new0 (Question, 1);

  self->query = jump_history_query_copy (query);
  return self;
}

static void
question_free (gpointer data)
{
  Question *self = data;

  jump_history_query_free (self->query);
  g_free (self);
}

static void
change_free (gpointer data)
{
  Change *self = data;

  g_clear_pointer (&self->entries, g_ptr_array_unref);
  g_clear_pointer (&self->policy, jump_history_policy_free);
  g_free (self);
}

static gssize *
box_count (gssize count)
{
  return g_memdup2 (&count, sizeof count);
}

/* ---- questions ---- */

static gpointer
run_find (JumpHistoryDatabase *database, gpointer data, GError **error)
{
  const Question *question = data;

  return jump_history_search_find (database, question->query, error);
}

static gpointer
run_get (JumpHistoryDatabase *database, gpointer data, GError **error)
{
  return jump_history_search_get (database, data, error);
}

static gpointer
run_sum (JumpHistoryDatabase *database, gpointer data, GError **error)
{
  const Question *question = data;

  return jump_history_sums_ask (database, question->query, question->by, question->bucket, error);
}

static gpointer
run_histogram (JumpHistoryDatabase *database, gpointer data, GError **error)
{
  const Question *question = data;

  return jump_history_histogram_ask (database, question->query, question->metric, error);
}

static gpointer
run_measure (JumpHistoryDatabase *database, gpointer data, GError **error)
{
  g_autofree JumpHistoryMeasure *measure = g_new0 (JumpHistoryMeasure, 1);
  gint64 n_records;
  gint64 n_bodies;
  gint64 n_imported;
  gint64 oldest;

  if (!jump_history_database_ask (database, "SELECT count (*) FROM exchanges", &n_records, error) ||
      !jump_history_database_ask (database,
                                  "SELECT count (*) FROM bodies INDEXED BY bodies_started",
                                  &n_bodies,
                                  error) ||
      !jump_history_database_ask (database,
                                  "SELECT count (*) FROM exchanges WHERE is_imported = 1",
                                  &n_imported,
                                  error) ||
      !jump_history_database_ask (database, "SELECT min (started) FROM exchanges", &oldest, error))
    return NULL;
  measure->n_records = (guint64) n_records;
  measure->n_bodies = (guint64) n_bodies;
  measure->n_imported = (guint64) n_imported;
  measure->oldest = oldest / G_USEC_PER_SEC;
  measure->bytes = jump_history_database_measure (database);
  return g_steal_pointer (&measure);
}

JumpHistoryJob
jump_history_job_find (const JumpHistoryQuery *query)
{
  return (JumpHistoryJob){ .run = run_find,
                           .data = question_new (query),
                           .free_data = question_free,
                           .free_result = (GDestroyNotify) jump_history_page_free,
                           .is_question = TRUE };
}

JumpHistoryJob
jump_history_job_get (const char *id)
{
  return (JumpHistoryJob){ .run = run_get,
                           .data = g_strdup (id),
                           .free_data = g_free,
                           .free_result = (GDestroyNotify) jump_exchange_record_unref,
                           .is_question = TRUE };
}

JumpHistoryJob
jump_history_job_sum (const JumpHistoryQuery *query, JumpSumBy by, JumpBucket bucket)
{
  Question *question = question_new (query);

  question->by = by;
  question->bucket = bucket;
  return (JumpHistoryJob){ .run = run_sum,
                           .data = question,
                           .free_data = question_free,
                           .free_result = (GDestroyNotify) g_ptr_array_unref,
                           .is_question = TRUE };
}

JumpHistoryJob
jump_history_job_histogram (const JumpHistoryQuery *query, JumpMetric metric)
{
  Question *question = question_new (query);

  question->metric = metric;
  return (JumpHistoryJob){ .run = run_histogram,
                           .data = question,
                           .free_data = question_free,
                           .free_result = (GDestroyNotify) jump_histogram_free,
                           .is_question = TRUE };
}

JumpHistoryJob
jump_history_job_measure (void)
{
  return (JumpHistoryJob){ .run = run_measure, .free_result = g_free, .is_question = TRUE };
}

/* ---- changes ---- */

static gboolean
write_some (JumpHistoryDatabase *database,
            GPtrArray *entries,
            guint first,
            gssize *total,
            GError **error)
{
  guint end = MIN (first + STEP, entries->len);
  g_autoptr (JumpHistorySumBatch) sums = jump_history_sum_batch_new ();

  if (!jump_history_database_begin (database, error))
    return FALSE;
  for (guint i = first; i < end; i++)
    {
      gboolean is_written;

      if (!jump_history_write_entry (database,
                                     g_ptr_array_index (entries, i),
                                     sums,
                                     &is_written,
                                     error))
        {
          jump_history_database_roll_back (database);
          return FALSE;
        }
      *total += is_written ? 1 : 0;
    }
  if (jump_history_sum_batch_write (sums, database, error))
    return jump_history_database_commit (database, error);
  jump_history_database_roll_back (database);
  return FALSE;
}

static gpointer
run_import (JumpHistoryDatabase *database, gpointer data, GError **error)
{
  const Change *change = data;
  gssize total = 0;

  for (guint i = 0; i < change->entries->len; i += STEP)
    {
      if (!write_some (database, change->entries, i, &total, error))
        return NULL;
    }
  return box_count (total);
}

static gpointer
run_purge (JumpHistoryDatabase *database, gpointer data, GError **error)
{
  const Change *change = data;
  gssize n = jump_history_retention_purge (database, change->only_bodies, change->time, error);

  return n >= 0 ? box_count (n) : NULL;
}

static gpointer
run_retain (JumpHistoryDatabase *database, gpointer data, GError **error)
{
  const Change *change = data;
  gboolean has_more;

  if (!jump_history_retention_step (database, change->policy, change->time, &has_more, error))
    return NULL;
  return box_count (has_more ? 1 : 0);
}

/**
 * jump_history_job_import:
 * @records: (element-type JumpExchangeRecord): become imported ones, whatever they were
 * @policy: whether their bodies are kept
 */
JumpHistoryJob
jump_history_job_import (GPtrArray *records, const JumpHistoryPolicy *policy)
{
  Change *change = g_new0 (Change, 1);

  change->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) jump_history_entry_free);
  for (guint i = 0; i < records->len; i++)
    {
      JumpExchangeRecord *record = g_ptr_array_index (records, i);
      gboolean has_bodies =
          policy->keeps_bodies && !jump_client_pattern_matches_any (policy->skip_clients, record);

      record->is_imported = TRUE;
      g_ptr_array_add (change->entries,
                       jump_history_entry_new (record, has_bodies, policy->body_bytes));
    }
  return (JumpHistoryJob){ .run = run_import,
                           .data = change,
                           .free_data = change_free,
                           .free_result = g_free };
}

JumpHistoryJob
jump_history_job_purge (gboolean only_bodies, gint64 before)
{
  Change *change = g_new0 (Change, 1);

  change->only_bodies = only_bodies;
  change->time = before;
  return (JumpHistoryJob){ .run = run_purge,
                           .data = change,
                           .free_data = change_free,
                           .free_result = g_free };
}

JumpHistoryJob
jump_history_job_retain (const JumpHistoryPolicy *policy, gint64 now)
{
  Change *change = g_new0 (Change, 1);

  change->policy = jump_history_policy_copy (policy);
  change->time = now;
  return (JumpHistoryJob){ .run = run_retain,
                           .data = change,
                           .free_data = change_free,
                           .free_result = g_free };
}
