/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <gio/gio.h>
#include <sqlite3.h>

/* The open database: one connection, used by one thread at a time. Statements are prepared once and kept. Errors
 * are JUMP_ERROR_STORE, or G_IO_ERROR_CANCELLED where somebody gave up a question; a database that is damaged
 * says so by jump_history_database_is_damaged(). */

typedef struct _JumpHistoryDatabase JumpHistoryDatabase;

/* A statement at work: reset, and let go of what it was given, when it goes out of scope. */
typedef sqlite3_stmt JumpHistoryStatement;

/* Returns: (transfer full) (nullable): open, with a schema of ours. @path: (nullable): NULL: in memory */
JumpHistoryDatabase *jump_history_database_open (const char *path, GError **error);
void jump_history_database_close (JumpHistoryDatabase *self);
gboolean jump_history_database_is_damaged (JumpHistoryDatabase *self);
/* Whether what failed last would fail again with the same values, and with others not. */
gboolean jump_history_database_is_refusing (JumpHistoryDatabase *self);
/* What runs stops with G_IO_ERROR_CANCELLED once @cancellable is cancelled. NULL: nothing stops it. */
void jump_history_database_set_cancellable (JumpHistoryDatabase *self, GCancellable *cancellable);
/* Pages in memory count as on disk. */
guint64 jump_history_database_measure (JumpHistoryDatabase *self);

gboolean jump_history_database_run (JumpHistoryDatabase *self, const char *sql, GError **error);
/* One number, by a statement without parameters. */
gboolean jump_history_database_ask (JumpHistoryDatabase *self,
                                    const char *sql,
                                    gint64 *out_value,
                                    GError **error);
gboolean jump_history_database_begin (JumpHistoryDatabase *self, GError **error);
/* What was begun goes back when it fails. */
gboolean jump_history_database_commit (JumpHistoryDatabase *self, GError **error);
void jump_history_database_roll_back (JumpHistoryDatabase *self);
/* Takes back everything freed, and empties the log of changes. */
gboolean jump_history_database_shrink (JumpHistoryDatabase *self, GError **error);

/* Returns: (nullable): for g_autoptr(JumpHistoryStatement); one at a time of the same text. */
JumpHistoryStatement *
jump_history_database_prepare (JumpHistoryDatabase *self, const char *sql, GError **error);
/* The same for statements that are long to make: they are made once, and found by a name. */
JumpHistoryStatement *jump_history_database_find (JumpHistoryDatabase *self, const char *name);
JumpHistoryStatement *jump_history_database_prepare_as (JumpHistoryDatabase *self,
                                                        const char *name,
                                                        const char *sql,
                                                        GError **error);
/* Returns: TRUE with a row; FALSE without @error: no more. */
gboolean jump_history_database_step (JumpHistoryDatabase *self,
                                     JumpHistoryStatement *statement,
                                     GError **error);
/* For statements without rows. */
gboolean jump_history_database_do (JumpHistoryDatabase *self,
                                   JumpHistoryStatement *statement,
                                   GError **error);
/* The first column of the only row; 0 without a row. */
gboolean jump_history_database_ask_int (JumpHistoryDatabase *self,
                                        JumpHistoryStatement *statement,
                                        gint64 *out_value,
                                        GError **error);
gint64 jump_history_database_get_last_row (JumpHistoryDatabase *self);
guint jump_history_database_count_changes (JumpHistoryDatabase *self);

/* @name: ":name"; one that the statement does not have is left out. The value must live as long as the
 * statement is at work. */
void
jump_history_statement_bind_text (JumpHistoryStatement *self, const char *name, const char *text);
void jump_history_statement_bind_int (JumpHistoryStatement *self, const char *name, gint64 value);
void
jump_history_statement_bind_bytes (JumpHistoryStatement *self, const char *name, GBytes *bytes);
char *jump_history_statement_dup_text (JumpHistoryStatement *self, int column);
GBytes *jump_history_statement_dup_bytes (JumpHistoryStatement *self, int column);

static inline void
jump_history_statement_finish (JumpHistoryStatement *self)
{
  sqlite3_reset (self);
  sqlite3_clear_bindings (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpHistoryStatement, jump_history_statement_finish)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpHistoryDatabase, jump_history_database_close)
