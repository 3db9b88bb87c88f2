/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/history/history-sums.h"

#include "service/conversation/usage-sums.h"
#include "service/history/history-filter.h"
#include "service/history/history-sum-table.h"

/* The names of JumpUsageSums's members, in their order: the columns of both tables. */
static const char *const columns[] = {
  "n_requests",    "n_failed",         "input_tokens", "cached_tokens",      "cache_write_tokens",
  "output_tokens", "reasoning_tokens", "nano_aiu",     "estimated_nano_aiu", "n_unpriced",
  "bytes_in",      "bytes_out",        "total_us",
};

G_STATIC_ASSERT (sizeof (JumpUsageSums) == G_N_ELEMENTS (columns) * sizeof (guint64));

/* As jump_usage_sums_add() counts, for rows that are there. */
#define SUMS_OF_ROWS                                                                     \
  "count (*), total (e.status >= 400 AND e.status <> 499), total (e.input_tokens),"      \
  " total (e.cache_read_tokens), total (e.cache_write_tokens), total (e.output_tokens)," \
  " total (e.reasoning_tokens), total (e.nano_aiu),"                                     \
  " total (CASE WHEN e.nano_aiu IS NULL THEN e.estimated_nano_aiu END),"                 \
  " total (e.nano_aiu IS NULL AND ((e.status < 400 AND f.api IS NOT 'count')"            \
  " OR coalesce (e.estimated_nano_aiu, 0) > 0)),"                                        \
  " total (e.bytes_in), total (e.bytes_out), total (e.total)"                            \
  " FROM exchanges e JOIN facets f ON f.facet = e.facet"

/* ---- writing ---- */

/* The values follow the columns of the table; @sign: "+" or "-". */
#define CHANGE(table, sign)                                                          \
  "INSERT INTO " table " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)" \
  " ON CONFLICT DO UPDATE SET"                                                       \
  " n_requests = n_requests " sign " excluded.n_requests,"                           \
  " n_failed = n_failed " sign " excluded.n_failed,"                                 \
  " input_tokens = input_tokens " sign " excluded.input_tokens,"                     \
  " cached_tokens = cached_tokens " sign " excluded.cached_tokens,"                  \
  " cache_write_tokens = cache_write_tokens " sign " excluded.cache_write_tokens,"   \
  " output_tokens = output_tokens " sign " excluded.output_tokens,"                  \
  " reasoning_tokens = reasoning_tokens " sign " excluded.reasoning_tokens,"         \
  " nano_aiu = nano_aiu " sign " excluded.nano_aiu,"                                 \
  " estimated_nano_aiu = estimated_nano_aiu " sign " excluded.estimated_nano_aiu,"   \
  " n_unpriced = n_unpriced " sign " excluded.n_unpriced,"                           \
  " bytes_in = bytes_in " sign " excluded.bytes_in,"                                 \
  " bytes_out = bytes_out " sign " excluded.bytes_out,"                              \
  " total_us = total_us " sign " excluded.total_us"

/* What a row of either table is of. */
typedef struct
{
  gint64 slot;
  gint64 group; /* facet or session */
  gint64 status;
  gint64 is_imported;
  gint64 is_of_session; /* gint64 like the others: keys are compared as bytes */
} Key;

typedef struct
{
  Key key;
  JumpUsageSums sums;
} Pending;

struct _JumpHistorySumBatch
{
  GHashTable *pending; /* (owned) (element-type Pending): its own keys */
};

static guint
hash_key (gconstpointer data)
{
  const Key *key = data;

  return (guint) (((key->slot * 31 + key->group) * 31 + key->status) * 4 + key->is_imported * 2 +
                  key->is_of_session);
}

static gboolean
equal_keys (gconstpointer a, gconstpointer b)
{
  return memcmp (a, b, sizeof (Key)) == 0;
}

static Key
make_key (const JumpExchangeRecord *record, const JumpHistoryFacets *facets, gboolean is_of_session)
{
  return (Key){ .slot = record->started_wall / (JUMP_HISTORY_SLOT * G_USEC_PER_SEC),
                .group = is_of_session ? facets->session : facets->facet,
                .status = record->status,
                .is_imported = record->is_imported ? 1 : 0,
                .is_of_session = is_of_session ? 1 : 0 };
}

static gboolean
change_table (JumpHistoryDatabase *database,
              const char *sql,
              const Key *key,
              const JumpUsageSums *sums,
              GError **error)
{
  g_autoptr (JumpHistoryStatement) statement = jump_history_database_prepare (database, sql, error);
  guint64 values[G_N_ELEMENTS (columns)];
  int index = 1;

  if (statement == NULL)
    return FALSE;
  memcpy (values, sums, sizeof values);
  sqlite3_bind_int64 (statement, index++, key->slot);
  sqlite3_bind_int64 (statement, index++, key->group);
  sqlite3_bind_int64 (statement, index++, key->status);
  sqlite3_bind_int64 (statement, index++, key->is_imported);
  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    sqlite3_bind_int64 (statement, index++, (gint64) values[i]);
  return jump_history_database_do (database, statement, error);
}

JumpHistorySumBatch *
jump_history_sum_batch_new (void)
{
  JumpHistorySumBatch *self = g_new0 (JumpHistorySumBatch, 1);

  self->pending = g_hash_table_new_full (hash_key, equal_keys, NULL, g_free);
  return self;
}

void
jump_history_sum_batch_free (JumpHistorySumBatch *self)
{
  g_hash_table_unref (self->pending);
  g_free (self);
}

static void
add_to (JumpHistorySumBatch *self, const Key *key, const JumpExchangeRecord *record)
{
  Pending *pending = g_hash_table_lookup (self->pending, key);

  if (pending == NULL)
    {
      pending = g_new0 (Pending, 1);
      pending->key = *key;
      g_hash_table_insert (self->pending, &pending->key, pending);
    }
  jump_usage_sums_add (&pending->sums, record);
}

void
jump_history_sum_batch_add (JumpHistorySumBatch *self,
                            const JumpExchangeRecord *record,
                            const JumpHistoryFacets *facets)
{
  Key of_facet = make_key (record, facets, FALSE);
  Key of_session = make_key (record, facets, TRUE);

  add_to (self, &of_facet, record);
  add_to (self, &of_session, record);
}

gboolean
jump_history_sum_batch_write (JumpHistorySumBatch *self,
                              JumpHistoryDatabase *database,
                              GError **error)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->pending);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const Pending *pending = value;

      if (!change_table (database,
                         pending->key.is_of_session ? CHANGE ("session_sums", "+")
                                                    : CHANGE ("sums", "+"),
                         &pending->key,
                         &pending->sums,
                         error))
        return FALSE;
      g_hash_table_iter_remove (&iter);
    }
  return TRUE;
}

gboolean
jump_history_sums_take_out (JumpHistoryDatabase *database, gint64 row, GError **error)
{
  g_autofree char *names = jump_history_row_dup_columns ();
  g_autofree char *sql = g_strdup_printf (
      "SELECT %s, e.facet, e.session FROM " JUMP_HISTORY_ROW_TABLES " WHERE e.row = :row",
      names);
  g_autoptr (JumpHistoryStatement) statement = jump_history_database_prepare (database, sql, error);
  g_autoptr (JumpExchangeRecord) record = NULL;
  JumpHistoryFacets facets = { 0 };
  JumpUsageSums sums = { 0 };
  Key of_facet;
  Key of_session;

  if (statement == NULL)
    return FALSE;
  jump_history_statement_bind_int (statement, ":row", row);
  if (!jump_history_database_step (database, statement, error))
    return FALSE;
  record = jump_history_row_read (statement, NULL);
  facets.session = sqlite3_column_int64 (statement, sqlite3_column_count (statement) - 1);
  facets.facet = sqlite3_column_int64 (statement, sqlite3_column_count (statement) - 2);
  of_facet = make_key (record, &facets, FALSE);
  of_session = make_key (record, &facets, TRUE);
  jump_usage_sums_add (&sums, record);
  return change_table (database, CHANGE ("sums", "-"), &of_facet, &sums, error) &&
         change_table (database, CHANGE ("session_sums", "-"), &of_session, &sums, error);
}

/* ---- removing ---- */

static gboolean
run_with_slot (JumpHistoryDatabase *database, const char *sql, gint64 slot, GError **error)
{
  g_autoptr (JumpHistoryStatement) statement = jump_history_database_prepare (database, sql, error);

  if (statement == NULL)
    return FALSE;
  jump_history_statement_bind_int (statement, ":slot", slot);
  return jump_history_database_do (database, statement, error);
}

/**
 * jump_history_sums_remove:
 * @before: wall seconds; exchanges before it are not in their rows any more
 *
 * Where @before is in the middle of a slot, its sums are made again from the rows that are left.
 */
gboolean
jump_history_sums_remove (JumpHistoryDatabase *database, gint64 before, GError **error)
{
  gint64 slot = before / JUMP_HISTORY_SLOT;

  if (!run_with_slot (database, "DELETE FROM sums WHERE slot < :slot", slot, error) ||
      !run_with_slot (database, "DELETE FROM session_sums WHERE slot < :slot", slot, error))
    return FALSE;
  if (before % JUMP_HISTORY_SLOT == 0)
    return TRUE;
  return run_with_slot (database, "DELETE FROM sums WHERE slot = :slot", slot, error) &&
         run_with_slot (database, "DELETE FROM session_sums WHERE slot = :slot", slot, error) &&
         run_with_slot (database,
                        "INSERT INTO sums SELECT :slot, e.facet, e.status, e.is_imported,"
                        " " SUMS_OF_ROWS " WHERE e.started >= :slot * 900000000"
                        " AND e.started < (:slot + 1) * 900000000 GROUP BY 2, 3, 4",
                        slot,
                        error) &&
         run_with_slot (database,
                        "INSERT INTO session_sums SELECT :slot, coalesce (e.session, 0), e.status,"
                        " e.is_imported, " SUMS_OF_ROWS " WHERE e.started >= :slot * 900000000"
                        " AND e.started < (:slot + 1) * 900000000 GROUP BY 2, 3, 4",
                        slot,
                        error);
}

/* ---- asking ---- */

/* Which column of which table says it; both ways of asking name the tables alike. */
static const char *
get_name_column (JumpSumBy by, gboolean is_of_rows)
{
  switch (by)
    {
    case JUMP_SUM_ALL:
      return "NULL";
    case JUMP_SUM_MODEL:
      return "f.used_model";
    case JUMP_SUM_API:
      return "f.api";
    case JUMP_SUM_CLIENT:
      return "f.client_name";
    case JUMP_SUM_KEY:
      return "f.client_key";
    case JUMP_SUM_SESSION:
      return "s.name";
    case JUMP_SUM_STATUS:
      return is_of_rows ? "e.status" : "t.status";
    }
  return "NULL";
}

static gboolean
asks_for_facets (const JumpHistoryQuery *query, JumpSumBy by)
{
  return query->model != NULL || query->api != NULL || query->client != NULL ||
         query->client_key != NULL || by == JUMP_SUM_MODEL || by == JUMP_SUM_API ||
         by == JUMP_SUM_CLIENT || by == JUMP_SUM_KEY;
}

static gboolean
asks_for_sessions (const JumpHistoryQuery *query, JumpSumBy by)
{
  return query->session != NULL || by == JUMP_SUM_SESSION;
}

static gboolean
take_rows (JumpHistoryDatabase *database,
           JumpHistoryStatement *statement,
           JumpHistorySumTable *table,
           GError **error)
{
  g_autoptr (GError) problem = NULL;

  while (jump_history_database_step (database, statement, &problem))
    {
      guint64 values[G_N_ELEMENTS (columns)];
      JumpUsageSums sums;

      for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
        values[i] = (guint64) sqlite3_column_int64 (statement, (int) i + 2);
      memcpy (&sums, values, sizeof values);
      jump_history_sum_table_add (table,
                                  sqlite3_column_int64 (statement, 0),
                                  (const char *) sqlite3_column_text (statement, 1),
                                  &sums);
    }
  if (problem == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

/* From the tables of sums: whole slots from @from until before @until. They are added up here, not by SQLite, which
 * would sort them first. */
static gboolean
ask_slots (JumpHistoryDatabase *database,
           const JumpHistoryQuery *query,
           JumpSumBy by,
           JumpHistorySumTable *table,
           gint64 from,
           gint64 until,
           GError **error)
{
  gboolean is_of_sessions = asks_for_sessions (query, by);
  gboolean is_one = by == JUMP_SUM_ALL && table->bucket == JUMP_BUCKET_NONE;
  g_autoptr (GString) sql = g_string_new ("SELECT ");
  g_autoptr (JumpHistoryStatement) statement = NULL;

  g_string_append_printf (sql,
                          "%s, %s",
                          table->bucket == JUMP_BUCKET_NONE ? "0" : "t.slot * 900",
                          get_name_column (by, FALSE));
  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    g_string_append_printf (sql, is_one ? ", sum (t.%s)" : ", t.%s", columns[i]);
  g_string_append (sql,
                   is_of_sessions
                       ? " FROM session_sums t LEFT JOIN sessions s ON s.session = t.session"
                       : " FROM sums t JOIN facets f ON f.facet = t.facet");
  g_string_append (sql, " WHERE t.slot >= :from_slot AND t.slot < :until_slot");
  jump_history_filter_append_common (sql, query, "t");
  statement = jump_history_database_prepare (database, sql->str, error);
  if (statement == NULL)
    return FALSE;
  jump_history_filter_bind (statement, query);
  jump_history_statement_bind_int (statement, ":from_slot", from);
  jump_history_statement_bind_int (statement, ":until_slot", until);
  return take_rows (database, statement, table, error);
}

/* One by one: for what begins or ends in the middle of a slot, for minutes, and for sessions by model. @from,
 * @until: wall seconds, 0: no bound */
static gboolean
ask_rows (JumpHistoryDatabase *database,
          const JumpHistoryQuery *query,
          JumpSumBy by,
          JumpHistorySumTable *table,
          gint64 from,
          gint64 until,
          GError **error)
{
  JumpHistoryQuery part = *query;
  g_autoptr (GString) sql = g_string_new (NULL);
  g_autoptr (JumpHistoryStatement) statement = NULL;

  part.from = from;
  part.until = until;
  g_string_append_printf (sql,
                          "SELECT %s, %s, " SUMS_OF_ROWS
                          " LEFT JOIN sessions s ON s.session = e.session WHERE 1",
                          table->bucket == JUMP_BUCKET_NONE ? "0" : "e.started / 60000000 * 60",
                          get_name_column (by, TRUE));
  jump_history_filter_append_common (sql, &part, "e");
  jump_history_filter_append_times (sql, &part);
  g_string_append (sql, " GROUP BY 1, 2");
  statement = jump_history_database_prepare (database, sql->str, error);
  if (statement == NULL)
    return FALSE;
  jump_history_filter_bind (statement, &part);
  return take_rows (database, statement, table, error);
}

/* Whole slots in the middle, single rows at both ends. */
static gboolean
ask_parts (JumpHistoryDatabase *database,
           const JumpHistoryQuery *query,
           JumpSumBy by,
           JumpHistorySumTable *table,
           GError **error)
{
  gint64 from = (query->from + JUMP_HISTORY_SLOT - 1) / JUMP_HISTORY_SLOT;
  gint64 until = query->until > 0 ? query->until / JUMP_HISTORY_SLOT : G_MAXINT64;
  gboolean has_head = query->from % JUMP_HISTORY_SLOT != 0;
  gboolean has_tail = query->until % JUMP_HISTORY_SLOT != 0;

  if (table->bucket == JUMP_BUCKET_MINUTE ||
      (asks_for_facets (query, by) && asks_for_sessions (query, by)) || from > until)
    return ask_rows (database, query, by, table, query->from, query->until, error);
  return ask_slots (database, query, by, table, from, until, error) &&
         (!has_head ||
          ask_rows (database, query, by, table, query->from, from * JUMP_HISTORY_SLOT, error)) &&
         (!has_tail ||
          ask_rows (database, query, by, table, until * JUMP_HISTORY_SLOT, query->until, error));
}

/**
 * jump_history_sums_ask:
 *
 * Returns: (transfer container) (element-type JumpHistorySum) (nullable): by bucket, then most credits first
 */
GPtrArray *
jump_history_sums_ask (JumpHistoryDatabase *database,
                       const JumpHistoryQuery *query,
                       JumpSumBy by,
                       JumpBucket bucket,
                       GError **error)
{
  g_autoptr (JumpHistorySumTable) table = jump_history_sum_table_new (bucket);

  if (!ask_parts (database, query, by, table, error))
    return NULL;
  return jump_history_sum_table_finish (table);
}
