/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/history/history-database.h"

#include "service/base/error.h"
#include "service/history/history-schema.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>

/* Another program at the same file writes for milliseconds; one that shrinks it for some seconds. */
#define BUSY_MS 5000
/* So many steps of SQLite's machine between two looks at whether somebody still waits: some microseconds. */
#define STEPS_PER_LOOK 2000

/* Freed pages can be given back only where that was said before the first byte of the file. Pages in memory stay few however large the file is; nothing freed keeps its bytes; the log of changes goes to
 * the kernel with each transaction, so that only a power cut loses the last ones. */
#define SETTINGS                                                                                                         \
  "PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON; " \
  "PRAGMA secure_delete = ON; PRAGMA cache_size = -8192; PRAGMA mmap_size = 0; "                                         \
  "PRAGMA journal_size_limit = 16777216; PRAGMA temp_store = FILE;"

struct _JumpHistoryDatabase
{
  sqlite3 *handle;           /* (owned) */
  char *path;                /* (owned) (nullable): NULL: in memory */
  GHashTable *statements;    /* (owned) (element-type utf8 sqlite3_stmt) */
  GCancellable *cancellable; /* (owned) (nullable) */
  gboolean is_damaged;
};

/* Statements are long, and looked for with each exchange: some of their letters tell most of them apart. */
static guint
hash_sql (gconstpointer data)
{
  const char *sql = data;
  gsize length = strlen (sql);
  gsize step = length / 24 + 1;
  guint hash = (guint) length;

  for (gsize i = 0; i < length; i += step)
    hash = hash * 33 + (guchar) sql[i];
  return hash;
}

static void
finalize_statement (gpointer data)
{
  sqlite3_finalize (data);
}

static int
on_steps_done (gpointer data)
{
  JumpHistoryDatabase *self = data;

  return self->cancellable != NULL && g_cancellable_is_cancelled (self->cancellable) ? 1 : 0;
}

static void
set_error (JumpHistoryDatabase *self, GError **error)
{
  int code = sqlite3_errcode (self->handle);
  g_autofree char *name = self->path != NULL ? g_path_get_basename (self->path) : NULL;

  if (code == SQLITE_INTERRUPT)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "the question was given up");
      return;
    }
  if (code == SQLITE_CORRUPT || code == SQLITE_NOTADB)
    self->is_damaged = TRUE;
  g_set_error (error,
               JUMP_ERROR,
               JUMP_ERROR_STORE,
               "%s: %s",
               name != NULL ? name : "history in memory",
               sqlite3_errmsg (self->handle));
}

/* SQLite would make it readable for whoever the umask lets. Its other files take the mode of this one. */
static gboolean
make_private_file (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int file;

  if (g_mkdir_with_parents (folder, 0700) == 0)
    {
      file = g_open (path, O_RDWR | O_CREAT, 0600);
      if (file >= 0)
        {
          g_close (file, NULL);
          if (g_chmod (path, 0600) == 0)
            return TRUE;
        }
    }
  g_set_error (error, JUMP_ERROR, JUMP_ERROR_STORE, "opening %s: %s", path, g_strerror (errno));
  return FALSE;
}

/**
 * jump_history_database_open:
 * @path: (nullable): the file; NULL for one in memory
 *
 * A file of a later version stays as it is: nothing is changed before its version is known.
 *
 * Returns: (transfer full) (nullable): NULL with JUMP_ERROR_STORE; one that is damaged is open all the same, for
 *   jump_history_database_is_damaged()
 */
JumpHistoryDatabase *
jump_history_database_open (const char *path, GError **error)
{
  g_autoptr (JumpHistoryDatabase) self = g_new0 (JumpHistoryDatabase, 1);
  g_autoptr (GError) problem = NULL;

  self->path = g_strdup (path);
  self->statements = g_hash_table_new_full (hash_sql, g_str_equal, g_free, finalize_statement);
  if (path != NULL && !make_private_file (path, error))
    return NULL;
  if (sqlite3_open_v2 (path != NULL ? path : ":memory:",
                       &self->handle,
                       SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX,
                       NULL) != SQLITE_OK)
    {
      set_error (self, error);
      return NULL;
    }
  sqlite3_busy_timeout (self->handle, BUSY_MS);
  sqlite3_progress_handler (self->handle, STEPS_PER_LOOK, on_steps_done, self);
  if (jump_history_schema_check (self, &problem) &&
      jump_history_database_run (self, SETTINGS, &problem) &&
      jump_history_schema_apply (self, &problem))
    return g_steal_pointer (&self);
  g_propagate_error (error, g_steal_pointer (&problem));
  return self->is_damaged ? g_steal_pointer (&self) : NULL;
}

void
jump_history_database_close (JumpHistoryDatabase *self)
{
  g_hash_table_unref (self->statements);
  sqlite3_close (self->handle);
  g_clear_object (&self->cancellable);
  g_free (self->path);
  g_free (self);
}

gboolean
jump_history_database_is_damaged (JumpHistoryDatabase *self)
{
  return self->is_damaged;
}

gboolean
jump_history_database_is_refusing (JumpHistoryDatabase *self)
{
  int code = sqlite3_errcode (self->handle);

  return code == SQLITE_CONSTRAINT || code == SQLITE_TOOBIG || code == SQLITE_MISMATCH;
}

void
jump_history_database_set_cancellable (JumpHistoryDatabase *self, GCancellable *cancellable)
{
  g_set_object (&self->cancellable, cancellable);
}

static guint64
get_file_size (const char *path, const char *ending)
{
  g_autofree char *name = g_strconcat (path, ending, NULL);
  GStatBuf status;

  return g_stat (name, &status) == 0 ? (guint64) status.st_size : 0;
}

/**
 * jump_history_database_measure:
 *
 * Returns: bytes, the log of changes among them
 */
guint64
jump_history_database_measure (JumpHistoryDatabase *self)
{
  gint64 pages = 0;
  gint64 page_size = 0;

  if (self->path == NULL)
    {
      jump_history_database_ask (self, "PRAGMA page_count", &pages, NULL);
      jump_history_database_ask (self, "PRAGMA page_size", &page_size, NULL);
      return (guint64) (pages * page_size);
    }
  return get_file_size (self->path, "") + get_file_size (self->path, "-wal");
}

gboolean
jump_history_database_run (JumpHistoryDatabase *self, const char *sql, GError **error)
{
  if (sqlite3_exec (self->handle, sql, NULL, NULL, NULL) == SQLITE_OK)
    return TRUE;
  set_error (self, error);
  return FALSE;
}

gboolean
jump_history_database_ask (JumpHistoryDatabase *self,
                           const char *sql,
                           gint64 *out_value,
                           GError **error)
{
  g_autoptr (JumpHistoryStatement) statement = jump_history_database_prepare (self, sql, error);

  return statement != NULL && jump_history_database_ask_int (self, statement, out_value, error);
}

/**
 * jump_history_database_begin:
 *
 * Waits for another program that writes; then nobody else does until the end.
 */
gboolean
jump_history_database_begin (JumpHistoryDatabase *self, GError **error)
{
  return jump_history_database_run (self, "BEGIN IMMEDIATE", error);
}

gboolean
jump_history_database_commit (JumpHistoryDatabase *self, GError **error)
{
  if (jump_history_database_run (self, "COMMIT", error))
    return TRUE;
  jump_history_database_roll_back (self);
  return FALSE;
}

void
jump_history_database_roll_back (JumpHistoryDatabase *self)
{
  if (!sqlite3_get_autocommit (self->handle))
    sqlite3_exec (self->handle, "ROLLBACK", NULL, NULL, NULL);
}

/**
 * jump_history_database_shrink:
 *
 * The log stays longer where somebody else reads at this moment.
 */
gboolean
jump_history_database_shrink (JumpHistoryDatabase *self, GError **error)
{
  return jump_history_database_run (self,
                                    "PRAGMA incremental_vacuum; PRAGMA wal_checkpoint(TRUNCATE)",
                                    error);
}

JumpHistoryStatement *
jump_history_database_prepare (JumpHistoryDatabase *self, const char *sql, GError **error)
{
  JumpHistoryStatement *statement = jump_history_database_find (self, sql);

  return statement != NULL ? statement : jump_history_database_prepare_as (self, sql, sql, error);
}

JumpHistoryStatement *
jump_history_database_find (JumpHistoryDatabase *self, const char *name)
{
  return g_hash_table_lookup (self->statements, name);
}

JumpHistoryStatement *
jump_history_database_prepare_as (JumpHistoryDatabase *self,
                                  const char *name,
                                  const char *sql,
                                  GError **error)
{
  sqlite3_stmt *statement = NULL;

  if (sqlite3_prepare_v3 (self->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) !=
      SQLITE_OK)
    {
      set_error (self, error);
      return NULL;
    }
  g_hash_table_insert (self->statements, g_strdup (name), statement);
  return statement;
}

gboolean
jump_history_database_step (JumpHistoryDatabase *self,
                            JumpHistoryStatement *statement,
                            GError **error)
{
  int result = sqlite3_step (statement);

  if (result == SQLITE_ROW)
    return TRUE;
  if (result != SQLITE_DONE)
    set_error (self, error);
  return FALSE;
}

gboolean
jump_history_database_do (JumpHistoryDatabase *self,
                          JumpHistoryStatement *statement,
                          GError **error)
{
  int result = sqlite3_step (statement);

  if (result == SQLITE_ROW || result == SQLITE_DONE)
    return TRUE;
  set_error (self, error);
  return FALSE;
}

gboolean
jump_history_database_ask_int (JumpHistoryDatabase *self,
                               JumpHistoryStatement *statement,
                               gint64 *out_value,
                               GError **error)
{
  int result = sqlite3_step (statement);

  *out_value = result == SQLITE_ROW ? sqlite3_column_int64 (statement, 0) : 0;
  if (result == SQLITE_ROW || result == SQLITE_DONE)
    return TRUE;
  set_error (self, error);
  return FALSE;
}

gint64
jump_history_database_get_last_row (JumpHistoryDatabase *self)
{
  return sqlite3_last_insert_rowid (self->handle);
}

guint
jump_history_database_count_changes (JumpHistoryDatabase *self)
{
  return (guint) sqlite3_changes (self->handle);
}

void
jump_history_statement_bind_text (JumpHistoryStatement *self, const char *name, const char *text)
{
  sqlite3_bind_text (self, sqlite3_bind_parameter_index (self, name), text, -1, SQLITE_STATIC);
}

void
jump_history_statement_bind_int (JumpHistoryStatement *self, const char *name, gint64 value)
{
  sqlite3_bind_int64 (self, sqlite3_bind_parameter_index (self, name), value);
}

void
jump_history_statement_bind_bytes (JumpHistoryStatement *self, const char *name, GBytes *bytes)
{
  int index = sqlite3_bind_parameter_index (self, name);
  gsize length = 0;
  gconstpointer data = bytes != NULL ? g_bytes_get_data (bytes, &length) : NULL;

  if (bytes == NULL)
    sqlite3_bind_null (self, index);
  else
    sqlite3_bind_blob64 (self, index, data != NULL ? data : "", length, SQLITE_STATIC);
}

/**
 * jump_history_statement_dup_text:
 *
 * Returns: (transfer full) (nullable): NULL where the column has none
 */
char *
jump_history_statement_dup_text (JumpHistoryStatement *self, int column)
{
  return g_strdup ((const char *) sqlite3_column_text (self, column));
}

/**
 * jump_history_statement_dup_bytes:
 *
 * Returns: (transfer full) (nullable): NULL where the column has none
 */
GBytes *
jump_history_statement_dup_bytes (JumpHistoryStatement *self, int column)
{
  gconstpointer data;

  if (sqlite3_column_type (self, column) == SQLITE_NULL)
    return NULL;
  data = sqlite3_column_blob (self, column);
  return g_bytes_new (data, (gsize) sqlite3_column_bytes (self, column));
}
