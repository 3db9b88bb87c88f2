/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/history/history-search.h"

#include "service/history/history-bodies.h"
#include "service/history/history-filter.h"
#include "service/history/history-row.h"
#include "service/history/history-text.h"

#define DEFAULT_PER_PAGE 50
#define MAX_PER_PAGE     1000

/* In which order, and how what fits is found. */
typedef struct
{
  JumpHistoryWay way;
  const char *order; /* of e, and of w with full_text */
} Plan;

static guint
get_per_page (const JumpHistoryQuery *query)
{
  return query->per_page == 0 ? DEFAULT_PER_PAGE : MIN (query->per_page, MAX_PER_PAGE);
}

static gboolean
is_forward (const JumpHistoryQuery *query)
{
  return query->is_oldest_first || query->after_row > 0;
}

/* All there are are counted in milliseconds. */
static gboolean
is_bounded (const JumpHistoryQuery *query)
{
  return jump_history_filter_is_narrow (query) || query->from > 0 || query->until > 0 ||
         query->status > 0 || query->excludes_imported || query->metric != JUMP_METRIC_NONE;
}

static gboolean
count_all (JumpHistoryDatabase *database,
           const JumpHistoryQuery *query,
           guint64 *out_total,
           GError **error)
{
  g_autoptr (GString) sql = g_string_new (NULL);
  g_autoptr (JumpHistoryStatement) statement = NULL;
  gint64 total;

  if (is_bounded (query))
    {
      g_string_append (sql, "SELECT count (*) FROM (SELECT 1");
      jump_history_filter_append (sql, query, JUMP_HISTORY_BY_INDEX);
      g_string_append_printf (sql, " LIMIT %d)", JUMP_HISTORY_COUNT_LIMIT + 1);
    }
  else
    g_string_append (sql, "SELECT count (*) FROM exchanges");
  statement = jump_history_database_prepare (database, sql->str, error);
  if (statement == NULL)
    return FALSE;
  jump_history_filter_bind (statement, query);
  if (!jump_history_database_ask_int (database, statement, &total, error))
    return FALSE;
  *out_total = (guint64) total;
  return TRUE;
}

/* Few that fit are found by an index and sorted. Many are met soon on a walk from the end; words then come in the
 * order in which they were written, which differs only for imported ones. */
static Plan
make_plan (const JumpHistoryQuery *query, guint64 total)
{
  if (is_forward (query))
    return (Plan){ JUMP_HISTORY_BY_WALK, query->full_text != NULL ? "w.rowid" : "e.row" };
  if (total > JUMP_HISTORY_COUNT_LIMIT && query->full_text != NULL)
    return (Plan){ JUMP_HISTORY_BY_WALK, "w.rowid DESC" };
  if (total <= JUMP_HISTORY_COUNT_LIMIT && jump_history_filter_is_narrow (query))
    return (Plan){ JUMP_HISTORY_BY_INDEX, "+e.started DESC, e.row DESC" };
  return (Plan){ JUMP_HISTORY_BY_WALK, "e.started DESC, e.row DESC" };
}

static char *
make_select (const JumpHistoryQuery *query, const Plan *plan)
{
  g_autofree char *columns = jump_history_row_dup_columns ();
  GString *sql = g_string_new (NULL);

  g_string_append_printf (sql, "SELECT %s FROM (SELECT e.row AS row", columns);
  jump_history_filter_append (sql, query, plan->way);
  g_string_append_printf (sql,
                          " ORDER BY %s LIMIT :limit OFFSET :offset) p"
                          " CROSS JOIN exchanges e ON e.row = p.row " JUMP_HISTORY_ROW_JOINS,
                          plan->order);
  return g_string_free (sql, FALSE);
}

static gboolean
take_records (JumpHistoryDatabase *database,
              JumpHistoryStatement *statement,
              gboolean with_bodies,
              JumpHistoryPage *page,
              GError **error)
{
  g_autoptr (GError) problem = NULL;

  while (jump_history_database_step (database, statement, &problem))
    {
      g_ptr_array_add (page->records, jump_history_row_read (statement, &page->last_row));
      if (with_bodies &&
          !jump_history_bodies_read (database,
                                     page->last_row,
                                     g_ptr_array_index (page->records, page->records->len - 1),
                                     error))
        return FALSE;
    }
  if (problem == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

/* A walk that looks for more than there are would end at the other end of the history only. */
static gint64
count_wanted (const JumpHistoryQuery *query, guint64 total, gint64 offset)
{
  gint64 per_page = get_per_page (query);

  if (query->after_row > 0 || total > JUMP_HISTORY_COUNT_LIMIT)
    return per_page;
  return CLAMP ((gint64) total - offset, 0, per_page);
}

static gboolean
find_records (JumpHistoryDatabase *database,
              const JumpHistoryQuery *query,
              JumpHistoryPage *page,
              GError **error)
{
  Plan plan = make_plan (query, page->total);
  g_autofree char *sql = make_select (query, &plan);
  gint64 limit = get_per_page (query);
  gint64 offset = query->page > 1 ? (query->page - 1) * limit : 0;
  gint64 n_wanted = count_wanted (query, page->total, offset);
  g_autoptr (JumpHistoryStatement) statement = jump_history_database_prepare (database, sql, error);

  if (statement == NULL)
    return FALSE;
  if (n_wanted == 0)
    return TRUE;
  jump_history_filter_bind (statement, query);
  jump_history_statement_bind_int (statement, ":limit", n_wanted);
  jump_history_statement_bind_int (statement, ":offset", offset);
  if (!take_records (database, statement, query->with_bodies, page, error))
    return FALSE;
  if (page->records->len < limit)
    page->last_row = 0;
  return TRUE;
}

static gboolean
has_words (const JumpHistoryQuery *query)
{
  g_autofree char *match = jump_history_text_make_match (query->full_text);

  return match != NULL;
}

/**
 * jump_history_search_find:
 *
 * Oldest first is the order in which they were written: where a page ended is a row, and others may be written
 * meanwhile. With after_row nothing is counted but what is on the page.
 */
JumpHistoryPage *
jump_history_search_find (JumpHistoryDatabase *database,
                          const JumpHistoryQuery *query,
                          GError **error)
{
  g_autoptr (JumpHistoryPage) page = g_new0 (JumpHistoryPage, 1);

  page->records = g_ptr_array_new_with_free_func ((GDestroyNotify) jump_exchange_record_unref);
  if (query->full_text != NULL && !has_words (query))
    return g_steal_pointer (&page);
  if (query->after_row == 0 && !count_all (database, query, &page->total, error))
    return NULL;
  if (!find_records (database, query, page, error))
    return NULL;
  if (query->after_row > 0)
    {
      page->total = page->records->len;
      page->is_total_cut = page->last_row != 0;
    }
  else if (page->total > JUMP_HISTORY_COUNT_LIMIT && is_bounded (query))
    {
      page->total = JUMP_HISTORY_COUNT_LIMIT;
      page->is_total_cut = TRUE;
    }
  return g_steal_pointer (&page);
}

JumpExchangeRecord *
jump_history_search_get (JumpHistoryDatabase *database, const char *id, GError **error)
{
  g_autofree char *columns = jump_history_row_dup_columns ();
  g_autofree char *sql =
      g_strdup_printf ("SELECT %s FROM " JUMP_HISTORY_ROW_TABLES " WHERE e.id = :id", columns);
  g_autoptr (JumpHistoryStatement) statement = jump_history_database_prepare (database, sql, error);
  g_autoptr (JumpExchangeRecord) record = NULL;
  gint64 row;

  if (statement == NULL)
    return NULL;
  jump_history_statement_bind_text (statement, ":id", id);
  if (!jump_history_database_step (database, statement, error))
    return NULL;
  record = jump_history_row_read (statement, &row);
  if (!jump_history_bodies_read (database, row, record, error))
    return NULL;
  return g_steal_pointer (&record);
}
