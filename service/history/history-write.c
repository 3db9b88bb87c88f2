/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/history/history-write.h"

#include "service/history/history-row.h"
#include "service/history/history-text.h"

/* What of one exchange can be searched in: two bodies of the usual limit. */
#define MAX_SAID (2 * 1024 * 1024)

/* What was put in must be said again to take it out: another way to make this text is another version of the
 * schema, which makes all of them anew. */
static char *
make_about (const JumpExchangeRecord *record)
{
  const char *texts[] = { record->used_model, record->asked_model, record->api,
                          record->route,      record->client,      record->client_name,
                          record->session,    record->path,        record->error };
  GString *about = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      if (texts[i] == NULL || (i > 0 && g_strcmp0 (texts[i], texts[i - 1]) == 0))
        continue;
      g_string_append_c (about, '\n');
      jump_history_text_append_words (about, texts[i]);
    }
  return g_string_free (about, FALSE);
}

/* The answer first: a question that is too long is cut at its end. */
static char *
make_said (const JumpHistoryEntry *entry)
{
  GString *said = g_string_new (NULL);

  if (entry->reply_body != NULL && entry->reply_body->len <= entry->body_limit)
    {
      g_autoptr (GBytes) reply =
          g_bytes_new_static (entry->reply_body->data, entry->reply_body->len);

      jump_history_text_append_body (said, reply, MAX_SAID);
    }
  if (entry->request_body != NULL && g_bytes_get_size (entry->request_body) <= entry->body_limit)
    jump_history_text_append_body (said, entry->request_body, MAX_SAID);
  return g_string_free (said, FALSE);
}

static gboolean
run_words (JumpHistoryDatabase *database,
           const char *sql,
           gint64 row,
           const char *about,
           const char *said,
           GError **error)
{
  g_autoptr (JumpHistoryStatement) statement = jump_history_database_prepare (database, sql, error);

  if (statement == NULL)
    return FALSE;
  jump_history_statement_bind_int (statement, ":row", row);
  jump_history_statement_bind_text (statement, ":about", about);
  jump_history_statement_bind_text (statement, ":said", said != NULL ? said : "");
  return jump_history_database_do (database, statement, error);
}

static gboolean
add_words (JumpHistoryDatabase *database,
           gint64 row,
           const char *about,
           const char *said,
           GError **error)
{
  return run_words (database,
                    "INSERT INTO words (rowid, about, said) VALUES (:row, :about, :said)",
                    row,
                    about,
                    said,
                    error);
}

static gboolean
remove_words (JumpHistoryDatabase *database,
              gint64 row,
              const char *about,
              const char *said,
              GError **error)
{
  return run_words (
      database,
      "INSERT INTO words (words, rowid, about, said) VALUES ('delete', :row, :about, :said)",
      row,
      about,
      said,
      error);
}

/* An imported one gives way, with its sums. */
static gboolean
make_room (JumpHistoryDatabase *database,
           const char *id,
           JumpHistorySumBatch *sums,
           gboolean *out_is_taken,
           GError **error)
{
  g_autoptr (GError) problem = NULL;
  gboolean is_imported = FALSE;
  gint64 row = jump_history_row_find (database, id, &is_imported, &problem);

  *out_is_taken = row != 0 && !is_imported;
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  if (row == 0 || !is_imported)
    return TRUE;
  return jump_history_sum_batch_write (sums, database, error) &&
         jump_history_sums_take_out (database, row, error) &&
         jump_history_write_removal (database, row, error);
}

static gboolean
write_new (JumpHistoryDatabase *database,
           const JumpHistoryEntry *entry,
           JumpHistorySumBatch *sums,
           GError **error)
{
  JumpHistoryFacets facets = { 0 };
  g_autofree char *about = make_about (entry->record);
  g_autofree char *said = entry->has_bodies ? make_said (entry) : NULL;
  gint64 row;

  if (!jump_history_row_write_facets (database, entry->record, &facets, error))
    return FALSE;
  row = jump_history_row_write (database, entry->record, &facets, error);
  if (row == 0)
    return FALSE;
  if (entry->has_bodies && !jump_history_bodies_write (database, row, entry, said, error))
    return FALSE;
  if (!add_words (database, row, about, said, error))
    return FALSE;
  jump_history_sum_batch_add (sums, entry->record, &facets);
  return TRUE;
}

/**
 * jump_history_write_entry:
 * @out_is_written: (out): FALSE: one of our own with this id is there already
 */
gboolean
jump_history_write_entry (JumpHistoryDatabase *database,
                          const JumpHistoryEntry *entry,
                          JumpHistorySumBatch *sums,
                          gboolean *out_is_written,
                          GError **error)
{
  gboolean is_taken;

  if (!make_room (database, entry->record->id, sums, &is_taken, error))
    return FALSE;
  *out_is_written = !is_taken;
  return is_taken || write_new (database, entry, sums, error);
}

/* Returns: (transfer full) (nullable): NULL without @error: nobody there */
static JumpExchangeRecord *
read_row (JumpHistoryDatabase *database, gint64 row, GError **error)
{
  g_autofree char *columns = jump_history_row_dup_columns ();
  g_autofree char *sql =
      g_strdup_printf ("SELECT %s FROM " JUMP_HISTORY_ROW_TABLES " WHERE e.row = :row", columns);
  g_autoptr (JumpHistoryStatement) statement = jump_history_database_prepare (database, sql, error);

  if (statement == NULL)
    return NULL;
  jump_history_statement_bind_int (statement, ":row", row);
  if (!jump_history_database_step (database, statement, error))
    return NULL;
  return jump_history_row_read (statement, NULL);
}

static gboolean
delete_from (JumpHistoryDatabase *database, const char *sql, gint64 row, GError **error)
{
  g_autoptr (JumpHistoryStatement) statement = jump_history_database_prepare (database, sql, error);

  if (statement == NULL)
    return FALSE;
  jump_history_statement_bind_int (statement, ":row", row);
  return jump_history_database_do (database, statement, error);
}

static gboolean
forget_words (JumpHistoryDatabase *database, gint64 row, gboolean keeps_about, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (JumpExchangeRecord) record = read_row (database, row, &problem);
  g_autofree char *about = record != NULL ? make_about (record) : NULL;
  g_autofree char *said =
      record != NULL ? jump_history_bodies_dup_said (database, row, &problem) : NULL;

  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  if (record == NULL)
    return TRUE;
  return remove_words (database, row, about, said, error) &&
         (!keeps_about || add_words (database, row, about, NULL, error));
}

gboolean
jump_history_write_removal (JumpHistoryDatabase *database, gint64 row, GError **error)
{
  return forget_words (database, row, FALSE, error) &&
         delete_from (database, "DELETE FROM exchanges WHERE row = :row", row, error);
}

gboolean
jump_history_write_body_removal (JumpHistoryDatabase *database, gint64 row, GError **error)
{
  return forget_words (database, row, TRUE, error) &&
         delete_from (database, "DELETE FROM bodies WHERE row = :row", row, error);
}
