/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/history/history-schema.h"

#include "service/base/error.h"

/* The ladder:
 *
 *   v1: exchanges; what many of them share once (facets, sessions, errors); bodies; words to search in; sums.
 *   v2: adds the sums of sessions, and the process that asked.
 */

typedef gboolean (*Step) (JumpHistoryDatabase *database, GError **error);

/* Times are µs, slots quarters of an hour since the epoch (time zones are whole ones of them). What upstream did
 * not tell is NULL. folded is in one case, for searching. words holds no text of its own: what it was given for a
 * row must be given once more to take it out: about is made from the row again, said is kept in bodies.said. */
static const char tables[] =
    "CREATE TABLE facets ("
    "  facet INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, folded TEXT NOT NULL,"
    "  method TEXT, path TEXT, api TEXT, client TEXT, client_key TEXT, client_name TEXT,"
    "  client_address TEXT, asked_model TEXT, used_model TEXT, route TEXT, changes TEXT,"
    "  streamed INTEGER NOT NULL);"
    "CREATE TABLE sessions ("
    "  session INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, folded TEXT NOT NULL);"
    "CREATE TABLE errors ("
    "  error INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE, folded TEXT NOT NULL);"
    "CREATE TABLE exchanges ("
    "  row INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE,"
    "  facet INTEGER NOT NULL REFERENCES facets, session INTEGER REFERENCES sessions,"
    "  error INTEGER REFERENCES errors, started INTEGER NOT NULL, status INTEGER NOT NULL,"
    "  upstream_status INTEGER NOT NULL, queued INTEGER NOT NULL, attempts INTEGER NOT NULL,"
    "  first_byte INTEGER, total INTEGER NOT NULL, bytes_in INTEGER NOT NULL,"
    "  bytes_out INTEGER NOT NULL, input_tokens INTEGER, output_tokens INTEGER,"
    "  cache_read_tokens INTEGER, cache_write_tokens INTEGER, reasoning_tokens INTEGER,"
    "  nano_aiu INTEGER, estimated_nano_aiu INTEGER, is_imported INTEGER NOT NULL,"
    "  upstream_id TEXT, extra TEXT);"
    "CREATE INDEX exchanges_started ON exchanges (started);"
    "CREATE INDEX exchanges_facet ON exchanges (facet, started);"
    "CREATE INDEX exchanges_session ON exchanges (session, started) WHERE session IS NOT NULL;"
    "CREATE INDEX exchanges_error ON exchanges (error) WHERE error IS NOT NULL;"
    "CREATE INDEX exchanges_failed ON exchanges (status, started) WHERE status >= 400;"
    "CREATE INDEX exchanges_imported ON exchanges (started) WHERE is_imported = 1;"
    "CREATE TABLE bodies ("
    "  row INTEGER PRIMARY KEY REFERENCES exchanges ON DELETE CASCADE, started INTEGER NOT NULL,"
    "  is_cut INTEGER NOT NULL, request_size INTEGER NOT NULL, request_headers BLOB,"
    "  request BLOB, sent BLOB, reply_headers BLOB, reply BLOB, said BLOB);"
    "CREATE INDEX bodies_started ON bodies (started);"
    "CREATE VIRTUAL TABLE words USING fts5 (about, said, content = '',"
    "  tokenize = 'unicode61 remove_diacritics 2', prefix = 3);"
    "CREATE TABLE sums ("
    "  slot INTEGER NOT NULL, facet INTEGER NOT NULL REFERENCES facets, status INTEGER NOT NULL,"
    "  is_imported INTEGER NOT NULL, n_requests INTEGER NOT NULL, n_failed INTEGER NOT NULL,"
    "  input_tokens INTEGER NOT NULL, cached_tokens INTEGER NOT NULL,"
    "  cache_write_tokens INTEGER NOT NULL, output_tokens INTEGER NOT NULL,"
    "  reasoning_tokens INTEGER NOT NULL, nano_aiu INTEGER NOT NULL,"
    "  estimated_nano_aiu INTEGER NOT NULL, n_unpriced INTEGER NOT NULL,"
    "  bytes_in INTEGER NOT NULL, bytes_out INTEGER NOT NULL, total_us INTEGER NOT NULL,"
    "  PRIMARY KEY (slot, facet, status, is_imported)) WITHOUT ROWID;";

static gboolean
begin_with_tables (JumpHistoryDatabase *database, GError **error)
{
  return jump_history_database_run (database, tables, error);
}

/* Session 0 is none. The sums of what is there already: as jump_usage_sums_add() counts. */
static gboolean
add_session_sums (JumpHistoryDatabase *database, GError **error)
{
  return jump_history_database_run (
      database,
      "ALTER TABLE exchanges ADD COLUMN process TEXT;"
      "CREATE TABLE session_sums ("
      "  slot INTEGER NOT NULL, session INTEGER NOT NULL, status INTEGER NOT NULL,"
      "  is_imported INTEGER NOT NULL, n_requests INTEGER NOT NULL, n_failed INTEGER NOT NULL,"
      "  input_tokens INTEGER NOT NULL, cached_tokens INTEGER NOT NULL,"
      "  cache_write_tokens INTEGER NOT NULL, output_tokens INTEGER NOT NULL,"
      "  reasoning_tokens INTEGER NOT NULL, nano_aiu INTEGER NOT NULL,"
      "  estimated_nano_aiu INTEGER NOT NULL, n_unpriced INTEGER NOT NULL,"
      "  bytes_in INTEGER NOT NULL, bytes_out INTEGER NOT NULL, total_us INTEGER NOT NULL,"
      "  PRIMARY KEY (slot, session, status, is_imported)) WITHOUT ROWID;"
      "INSERT INTO session_sums SELECT started / 900000000, coalesce (session, 0), status, is_imported,"
      "  count (*), sum (status >= 400 AND status <> 499), total (input_tokens),"
      "  total (cache_read_tokens), total (cache_write_tokens), total (output_tokens),"
      "  total (reasoning_tokens), total (nano_aiu),"
      "  total (CASE WHEN nano_aiu IS NULL AND status < 400 AND api IS NOT 'count'"
      "    THEN estimated_nano_aiu END),"
      "  sum (nano_aiu IS NULL AND status < 400 AND api IS NOT 'count'), sum (bytes_in),"
      "  sum (bytes_out), sum (total)"
      "  FROM exchanges JOIN facets USING (facet)"
      "  GROUP BY 1, 2, 3, 4;",
      error);
}

static const Step steps[JUMP_HISTORY_VERSION] = { begin_with_tables, add_session_sums };

static gboolean
read_version (JumpHistoryDatabase *database, gint64 *out_version, GError **error)
{
  return jump_history_database_ask (database, "PRAGMA user_version", out_version, error);
}

static gboolean
write_version (JumpHistoryDatabase *database, guint version, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("PRAGMA user_version = %u", version);

  return jump_history_database_run (database, sql, error);
}

/**
 * jump_history_schema_check:
 *
 * Returns: FALSE with JUMP_ERROR_STORE for a file that a later program made
 */
gboolean
jump_history_schema_check (JumpHistoryDatabase *database, GError **error)
{
  gint64 version;

  if (!read_version (database, &version, error))
    return FALSE;
  if (version >= 0 && version <= JUMP_HISTORY_VERSION)
    return TRUE;
  g_set_error (error,
               JUMP_ERROR,
               JUMP_ERROR_STORE,
               "the history is of version %" G_GINT64_FORMAT
               ", made by a later program; expected at most %d",
               version,
               JUMP_HISTORY_VERSION);
  return FALSE;
}

static gboolean
take_steps (JumpHistoryDatabase *database, guint from, guint until, GError **error)
{
  for (guint i = from; i < until; i++)
    {
      if (!steps[i](database, error))
        return FALSE;
    }
  return write_version (database, until, error);
}

gboolean
jump_history_schema_apply (JumpHistoryDatabase *database, GError **error)
{
  return jump_history_schema_apply_until (database, JUMP_HISTORY_VERSION, error);
}

/**
 * jump_history_schema_apply_until:
 *
 * All steps or none: the file is of one version at any time. Two programs that open it at once do not get in each
 * other's way: the second finds the steps taken.
 */
gboolean
jump_history_schema_apply_until (JumpHistoryDatabase *database, guint version, GError **error)
{
  gint64 now;

  if (!read_version (database, &now, error))
    return FALSE;
  if (now >= version)
    return TRUE;
  if (!jump_history_database_begin (database, error))
    return FALSE;
  if (!read_version (database, &now, error) ||
      (now < version && !take_steps (database, (guint) now, version, error)))
    {
      jump_history_database_roll_back (database);
      return FALSE;
    }
  return jump_history_database_commit (database, error);
}
