/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/history/history-row.h"

#include "service/history/history-text.h"

typedef enum
{
  KIND_TEXT,
  KIND_STATIC,  /* a text of the program's own */
  KIND_NUMBER,  /* gint64 or guint64 */
  KIND_COUNT,   /* gint64: -1 is NULL */
  KIND_SMALL,   /* guint */
  KIND_WHETHER, /* gboolean */
} Kind;

typedef struct
{
  const char *name;
  Kind kind;
  gsize offset;
} Column;

#define MEMBER(name) G_STRUCT_OFFSET (JumpExchangeRecord, name)

/* Their order is that of the key of a facet, which is on disk. */
static const Column facet_columns[] = {
  { "method", KIND_TEXT, MEMBER (method) },
  { "path", KIND_TEXT, MEMBER (path) },
  { "api", KIND_STATIC, MEMBER (api) },
  { "client", KIND_TEXT, MEMBER (client) },
  { "client_key", KIND_TEXT, MEMBER (client_key) },
  { "client_name", KIND_TEXT, MEMBER (client_name) },
  { "client_address", KIND_TEXT, MEMBER (client_address) },
  { "asked_model", KIND_TEXT, MEMBER (asked_model) },
  { "used_model", KIND_TEXT, MEMBER (used_model) },
  { "route", KIND_TEXT, MEMBER (route) },
  { "changes", KIND_TEXT, MEMBER (changes) },
  { "streamed", KIND_WHETHER, MEMBER (streamed) },
};

static const Column own_columns[] = {
  { "id", KIND_TEXT, MEMBER (id) },
  { "started", KIND_NUMBER, MEMBER (started_wall) },
  { "status", KIND_SMALL, MEMBER (status) },
  { "upstream_status", KIND_SMALL, MEMBER (upstream_status) },
  { "queued", KIND_NUMBER, MEMBER (queued_us) },
  { "attempts", KIND_SMALL, MEMBER (attempts) },
  { "first_byte", KIND_COUNT, MEMBER (first_byte_us) },
  { "total", KIND_NUMBER, MEMBER (total_us) },
  { "bytes_in", KIND_NUMBER, MEMBER (bytes_in) },
  { "bytes_out", KIND_NUMBER, MEMBER (bytes_out) },
  { "input_tokens", KIND_COUNT, MEMBER (usage.input_tokens) },
  { "output_tokens", KIND_COUNT, MEMBER (usage.output_tokens) },
  { "cache_read_tokens", KIND_COUNT, MEMBER (usage.cache_read_tokens) },
  { "cache_write_tokens", KIND_COUNT, MEMBER (usage.cache_write_tokens) },
  { "reasoning_tokens", KIND_COUNT, MEMBER (usage.reasoning_tokens) },
  { "nano_aiu", KIND_COUNT, MEMBER (usage.nano_aiu) },
  { "estimated_nano_aiu", KIND_COUNT, MEMBER (estimated_nano_aiu) },
  { "is_imported", KIND_WHETHER, MEMBER (is_imported) },
  { "upstream_id", KIND_TEXT, MEMBER (upstream_id) },
  { "extra", KIND_TEXT, MEMBER (extra) },
  { "process", KIND_TEXT, MEMBER (process) },
};

/* The name of a statement. */
#define INSERT_EXCHANGE "insert an exchange"

/* Between the fields of a key, and in place of one that is not there. Bytes that texts of HTTP cannot have. */
#define KEY_BORDER               '\x1f'
#define KEY_ABSENT               '\x1e'

#define AT(type, record, column) (*(type *) ((char *) (record) + (column)->offset))

static void
bind_number (JumpHistoryStatement *statement, int index, gint64 value, gboolean is_null)
{
  if (!is_null)
    sqlite3_bind_int64 (statement, index, value);
}

static void
bind_member (JumpHistoryStatement *statement,
             int index,
             const JumpExchangeRecord *record,
             const Column *column)
{
  switch (column->kind)
    {
    case KIND_TEXT:
    case KIND_STATIC:
      sqlite3_bind_text (statement,
                         index,
                         AT (const char *const, record, column),
                         -1,
                         SQLITE_STATIC);
      break;
    case KIND_NUMBER:
      bind_number (statement, index, AT (const gint64, record, column), FALSE);
      break;
    case KIND_COUNT:
      bind_number (statement,
                   index,
                   AT (const gint64, record, column),
                   AT (const gint64, record, column) < 0);
      break;
    case KIND_SMALL:
      bind_number (statement, index, AT (const guint, record, column), FALSE);
      break;
    case KIND_WHETHER:
      bind_number (statement, index, AT (const gboolean, record, column) ? 1 : 0, FALSE);
      break;
    }
}

static void
read_member (JumpHistoryStatement *statement,
             int index,
             JumpExchangeRecord *record,
             const Column *column)
{
  switch (column->kind)
    {
    case KIND_TEXT:
      AT (char *, record, column) = jump_history_statement_dup_text (statement, index);
      break;
    case KIND_STATIC:
      AT (const char *, record, column) =
          g_intern_string ((const char *) sqlite3_column_text (statement, index));
      break;
    case KIND_NUMBER:
      AT (gint64, record, column) = sqlite3_column_int64 (statement, index);
      break;
    case KIND_COUNT:
      if (sqlite3_column_type (statement, index) != SQLITE_NULL)
        AT (gint64, record, column) = sqlite3_column_int64 (statement, index);
      break;
    case KIND_SMALL:
      AT (guint, record, column) = (guint) sqlite3_column_int64 (statement, index);
      break;
    case KIND_WHETHER:
      AT (gboolean, record, column) = sqlite3_column_int (statement, index) != 0;
      break;
    }
}

/**
 * jump_history_row_dup_columns:
 *
 * Returns: (transfer full): columns of JUMP_HISTORY_ROW_TABLES, in the order of jump_history_row_read()
 */
char *
jump_history_row_dup_columns (void)
{
  GString *sql = g_string_new ("e.row");

  for (gsize i = 0; i < G_N_ELEMENTS (own_columns); i++)
    g_string_append_printf (sql, ", e.%s", own_columns[i].name);
  for (gsize i = 0; i < G_N_ELEMENTS (facet_columns); i++)
    g_string_append_printf (sql, ", f.%s", facet_columns[i].name);
  g_string_append (sql, ", s.name, x.text");
  return g_string_free (sql, FALSE);
}

JumpExchangeRecord *
jump_history_row_read (JumpHistoryStatement *statement, gint64 *out_row)
{
  JumpExchangeRecord *record = jump_exchange_record_new ();
  int index = 1;

  record->state = JUMP_EXCHANGE_ENDED;
  if (out_row != NULL)
    *out_row = sqlite3_column_int64 (statement, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (own_columns); i++)
    read_member (statement, index++, record, &own_columns[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (facet_columns); i++)
    read_member (statement, index++, record, &facet_columns[i]);
  record->session = jump_history_statement_dup_text (statement, index++);
  record->error = jump_history_statement_dup_text (statement, index);
  return record;
}

static char *
make_key (const JumpExchangeRecord *record)
{
  GString *key = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (facet_columns); i++)
    {
      const Column *column = &facet_columns[i];
      const char *text = column->kind == KIND_WHETHER
                             ? (AT (const gboolean, record, column) ? "1" : "0")
                             : AT (const char *const, record, column);

      if (text == NULL)
        g_string_append_c (key, KEY_ABSENT);
      else
        g_string_append (key, text);
      g_string_append_c (key, KEY_BORDER);
    }
  return g_string_free (key, FALSE);
}

/* What a text without case is looked for in: whoever is asked for "part of model, route, client, path". */
static char *
fold_facet (const JumpExchangeRecord *record)
{
  const char *texts[] = { record->used_model,  record->asked_model, record->route, record->client,
                          record->client_name, record->path,        record->api };
  g_autoptr (GString) all = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      if (texts[i] != NULL)
        g_string_append_printf (all, "%s\n", texts[i]);
    }
  return jump_history_text_fold (all->str);
}

/* @table: with its first columns, @n_first of them. Parameters stand in the order of the columns. */
static char *
make_insert (const char *table, const Column *columns, gsize n_columns, gsize n_first)
{
  GString *sql = g_string_new ("INSERT INTO ");

  g_string_append (sql, table);
  for (gsize i = 0; i < n_columns; i++)
    {
      g_string_append (sql, ", ");
      g_string_append (sql, columns[i].name);
    }
  g_string_append (sql, ") VALUES (?");
  for (gsize i = 1; i < n_columns + n_first; i++)
    g_string_append (sql, ", ?");
  g_string_append_c (sql, ')');
  return g_string_free (sql, FALSE);
}

static gboolean
write_facet (JumpHistoryDatabase *database,
             const JumpExchangeRecord *record,
             gint64 *out_facet,
             GError **error)
{
  g_autofree char *key = make_key (record);
  g_autofree char *folded = NULL;
  g_autofree char *sql = NULL;
  g_autoptr (JumpHistoryStatement) find =
      jump_history_database_prepare (database, "SELECT facet FROM facets WHERE key = :key", error);
  g_autoptr (JumpHistoryStatement) add = NULL;

  if (find == NULL)
    return FALSE;
  jump_history_statement_bind_text (find, ":key", key);
  if (!jump_history_database_ask_int (database, find, out_facet, error))
    return FALSE;
  if (*out_facet != 0)
    return TRUE;
  sql = make_insert ("facets (key, folded", facet_columns, G_N_ELEMENTS (facet_columns), 2);
  add = jump_history_database_prepare (database, sql, error);
  if (add == NULL)
    return FALSE;
  folded = fold_facet (record);
  sqlite3_bind_text (add, 1, key, -1, SQLITE_STATIC);
  sqlite3_bind_text (add, 2, folded, -1, SQLITE_STATIC);
  for (gsize i = 0; i < G_N_ELEMENTS (facet_columns); i++)
    bind_member (add, (int) i + 3, record, &facet_columns[i]);
  if (!jump_history_database_do (database, add, error))
    return FALSE;
  *out_facet = jump_history_database_get_last_row (database);
  return TRUE;
}

/* @find and @add: the statements; of texts that come again and again. */
static gboolean
write_text (JumpHistoryDatabase *database,
            const char *text,
            const char *find_sql,
            const char *add_sql,
            gint64 *out_number,
            GError **error)
{
  g_autoptr (JumpHistoryStatement) find = NULL;
  g_autoptr (JumpHistoryStatement) add = NULL;
  g_autofree char *folded = NULL;

  *out_number = 0;
  if (text == NULL)
    return TRUE;
  find = jump_history_database_prepare (database, find_sql, error);
  if (find == NULL)
    return FALSE;
  jump_history_statement_bind_text (find, ":text", text);
  if (!jump_history_database_ask_int (database, find, out_number, error))
    return FALSE;
  if (*out_number != 0)
    return TRUE;
  add = jump_history_database_prepare (database, add_sql, error);
  if (add == NULL)
    return FALSE;
  folded = jump_history_text_fold (text);
  jump_history_statement_bind_text (add, ":text", text);
  jump_history_statement_bind_text (add, ":folded", folded);
  if (!jump_history_database_do (database, add, error))
    return FALSE;
  *out_number = jump_history_database_get_last_row (database);
  return TRUE;
}

gboolean
jump_history_row_write_facets (JumpHistoryDatabase *database,
                               const JumpExchangeRecord *record,
                               JumpHistoryFacets *out_facets,
                               GError **error)
{
  return write_facet (database, record, &out_facets->facet, error) &&
         write_text (database,
                     record->session,
                     "SELECT session FROM sessions WHERE name = :text",
                     "INSERT INTO sessions (name, folded) VALUES (:text, :folded)",
                     &out_facets->session,
                     error) &&
         write_text (database,
                     record->error,
                     "SELECT error FROM errors WHERE text = :text",
                     "INSERT INTO errors (text, folded) VALUES (:text, :folded)",
                     &out_facets->error,
                     error);
}

static JumpHistoryStatement *
prepare_insert (JumpHistoryDatabase *database, GError **error)
{
  JumpHistoryStatement *statement = jump_history_database_find (database, INSERT_EXCHANGE);
  g_autofree char *sql = NULL;

  if (statement != NULL)
    return statement;
  sql =
      make_insert ("exchanges (facet, session, error", own_columns, G_N_ELEMENTS (own_columns), 3);
  return jump_history_database_prepare_as (database, INSERT_EXCHANGE, sql, error);
}

gint64
jump_history_row_write (JumpHistoryDatabase *database,
                        const JumpExchangeRecord *record,
                        const JumpHistoryFacets *facets,
                        GError **error)
{
  g_autoptr (JumpHistoryStatement) statement = prepare_insert (database, error);

  if (statement == NULL)
    return 0;
  bind_number (statement, 1, facets->facet, FALSE);
  bind_number (statement, 2, facets->session, facets->session == 0);
  bind_number (statement, 3, facets->error, facets->error == 0);
  for (gsize i = 0; i < G_N_ELEMENTS (own_columns); i++)
    bind_member (statement, (int) i + 4, record, &own_columns[i]);
  if (!jump_history_database_do (database, statement, error))
    return 0;
  return jump_history_database_get_last_row (database);
}

gint64
jump_history_row_find (JumpHistoryDatabase *database,
                       const char *id,
                       gboolean *out_is_imported,
                       GError **error)
{
  g_autoptr (JumpHistoryStatement) statement =
      jump_history_database_prepare (database,
                                     "SELECT row, is_imported FROM exchanges WHERE id = :id",
                                     error);

  if (statement == NULL)
    return 0;
  jump_history_statement_bind_text (statement, ":id", id);
  if (!jump_history_database_step (database, statement, error))
    return 0;
  *out_is_imported = sqlite3_column_int (statement, 1) != 0;
  return sqlite3_column_int64 (statement, 0);
}
