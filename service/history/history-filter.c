/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/history/history-filter.h"

#include "service/history/history-text.h"

#define SECOND G_USEC_PER_SEC

static void
append_status (GString *sql, guint status, const char *table, const char *plus)
{
  if (status == 0)
    return;
  /* Only with this can the index of failed ones be used. */
  if ((status < 10 && status >= 4) || status >= 400)
    g_string_append_printf (sql, " AND %s%s.status >= 400", plus, table);
  if (status < 10)
    g_string_append_printf (sql,
                            " AND %s%s.status >= :status * 100"
                            " AND %s%s.status < :status * 100 + 100",
                            plus,
                            table,
                            plus,
                            table);
  else
    g_string_append_printf (sql, " AND %s%s.status = :status", plus, table);
}

/* @plus: "+" keeps SQLite from using an index for it */
static void
append_common (GString *sql, const JumpHistoryQuery *query, const char *table, const char *plus)
{
  const struct
  {
    const char *value; /* (nullable) */
    const char *column;
    const char *name;
  } facets[] = {
    { query->model, "used_model", ":model" },
    { query->api, "api", ":api" },
    { query->client, "client_name", ":client" },
    { query->client_key, "coalesce(client_key, '')", ":client_key" },
  };
  g_autoptr (GString) facet = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (facets); i++)
    {
      if (facets[i].value != NULL)
        g_string_append_printf (facet,
                                "%s%s = %s",
                                facet->len > 0 ? " AND " : "",
                                facets[i].column,
                                facets[i].name);
    }
  if (facet->len > 0)
    g_string_append_printf (sql,
                            " AND %s%s.facet IN (SELECT facet FROM facets WHERE %s)",
                            plus,
                            table,
                            facet->str);
  if (query->session != NULL)
    g_string_append_printf (sql,
                            " AND %s%s.session = (SELECT session FROM sessions"
                            " WHERE name = :session)",
                            plus,
                            table);
  append_status (sql, query->status, table, plus);
  if (query->excludes_imported)
    g_string_append_printf (sql, " AND +%s.is_imported = 0", table);
}

/**
 * jump_history_filter_append_common:
 * @sql: behind WHERE and a condition
 * @table: alias of exchanges, sums or session_sums
 */
void
jump_history_filter_append_common (GString *sql, const JumpHistoryQuery *query, const char *table)
{
  append_common (sql, query, table, "");
}

void
jump_history_filter_append_times (GString *sql, const JumpHistoryQuery *query)
{
  if (query->from > 0)
    g_string_append (sql, " AND e.started >= :from");
  if (query->until > 0)
    g_string_append (sql, " AND e.started < :until");
}

static void
append_text (GString *sql, const char *plus)
{
  g_string_append_printf (
      sql,
      " AND (%se.facet IN (SELECT facet FROM facets WHERE instr (folded, :text) > 0)"
      " OR %se.session IN (SELECT session FROM sessions WHERE instr (folded, :text) > 0)"
      " OR %se.error IN (SELECT error FROM errors WHERE instr (folded, :text) > 0))",
      plus,
      plus,
      plus);
}

static void
append_metric (GString *sql, const JumpHistoryQuery *query)
{
  const char *column = jump_history_filter_get_metric (query->metric);

  if (column == NULL)
    return;
  g_string_append_printf (sql, " AND e.%s >= :at_least", column);
  if (query->below > 0)
    g_string_append_printf (sql, " AND e.%s < :below", column);
}

/**
 * jump_history_filter_append:
 * @way: how what fits is found; both find the same
 */
void
jump_history_filter_append (GString *sql, const JumpHistoryQuery *query, JumpHistoryWay way)
{
  const char *plus = way == JUMP_HISTORY_BY_WALK ? "+" : "";

  if (query->full_text != NULL)
    g_string_append (sql,
                     " FROM words w CROSS JOIN exchanges e ON e.row = w.rowid"
                     " WHERE w.words MATCH :match");
  else
    g_string_append (sql, " FROM exchanges e WHERE 1");
  append_common (sql, query, "e", plus);
  jump_history_filter_append_times (sql, query);
  if (query->text != NULL && *query->text != '\0')
    append_text (sql, plus);
  append_metric (sql, query);
  if (query->after_row > 0)
    g_string_append (sql, " AND e.row > :after_row");
}

gboolean
jump_history_filter_is_narrow (const JumpHistoryQuery *query)
{
  return query->model != NULL || query->api != NULL || query->client != NULL ||
         query->client_key != NULL || query->session != NULL || query->full_text != NULL ||
         (query->text != NULL && *query->text != '\0') ||
         (query->status >= 4 && query->status < 10) || query->status >= 400;
}

static void
bind_copy (JumpHistoryStatement *statement, const char *name, char *text)
{
  sqlite3_bind_text (statement, sqlite3_bind_parameter_index (statement, name), text, -1, g_free);
}

/**
 * jump_history_filter_bind:
 * @statement: made with any of the above; what it does not ask for is left out
 */
void
jump_history_filter_bind (JumpHistoryStatement *statement, const JumpHistoryQuery *query)
{
  jump_history_statement_bind_text (statement, ":model", query->model);
  jump_history_statement_bind_text (statement, ":api", query->api);
  jump_history_statement_bind_text (statement, ":client", query->client);
  jump_history_statement_bind_text (statement, ":client_key", query->client_key);
  jump_history_statement_bind_text (statement, ":session", query->session);
  jump_history_statement_bind_int (statement, ":status", query->status);
  jump_history_statement_bind_int (statement, ":from", query->from * SECOND);
  jump_history_statement_bind_int (statement, ":until", query->until * SECOND);
  jump_history_statement_bind_int (statement, ":at_least", query->at_least);
  jump_history_statement_bind_int (statement, ":below", query->below);
  jump_history_statement_bind_int (statement, ":after_row", query->after_row);
  if (query->text != NULL)
    bind_copy (statement, ":text", jump_history_text_fold (query->text));
  if (query->full_text != NULL)
    bind_copy (statement, ":match", jump_history_text_make_match (query->full_text));
}

const char *
jump_history_filter_get_metric (JumpMetric metric)
{
  switch (metric)
    {
    case JUMP_METRIC_NONE:
      return NULL;
    case JUMP_METRIC_REQUEST_SIZE:
      return "bytes_in";
    case JUMP_METRIC_REPLY_SIZE:
      return "bytes_out";
    case JUMP_METRIC_DURATION:
      return "total";
    case JUMP_METRIC_INPUT_TOKENS:
      return "input_tokens";
    case JUMP_METRIC_OUTPUT_TOKENS:
      return "output_tokens";
    case JUMP_METRIC_NANO_AIU:
      return "nano_aiu";
    }
  return NULL;
}
