/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/history/history-bodies.h"

#include "service/base/error.h"
#include "service/history/body-stand-in.h"

#include <gio/gio.h>
#include <string.h>

/* Half the time of the usual level for nearly the same size, on JSON. */
#define LEVEL 3

/**
 * jump_history_entry_new:
 * @record: referenced; has ended
 * @has_bodies: whether its headers and bodies are written too
 */
JumpHistoryEntry *
jump_history_entry_new (JumpExchangeRecord *record, gboolean has_bodies, gsize body_limit)
{
  JumpHistoryEntry *self = g_new0 (JumpHistoryEntry, 1);

  self->record = jump_exchange_record_ref (record);
  self->bytes = sizeof *record;
  self->body_limit = body_limit;
  self->has_bodies =
      has_bodies && (record->request_headers != NULL || record->request_body != NULL ||
                     record->reply_headers != NULL || record->reply_body != NULL);
  if (!self->has_bodies)
    return self;
  self->request_headers = g_strdup (record->request_headers);
  self->reply_headers = g_strdup (record->reply_headers);
  if (record->request_body != NULL)
    {
      self->request_body = g_bytes_ref (record->request_body);
      self->bytes += g_bytes_get_size (record->request_body);
    }
  if (record->sent_body != NULL)
    {
      self->sent_body = g_bytes_ref (record->sent_body);
      self->bytes += g_bytes_get_size (record->sent_body);
    }
  if (record->reply_body != NULL)
    {
      self->reply_body = g_byte_array_ref (record->reply_body);
      self->bytes += record->reply_body->len;
    }
  return self;
}

void
jump_history_entry_free (JumpHistoryEntry *self)
{
  jump_exchange_record_unref (self->record);
  g_free (self->request_headers);
  g_clear_pointer (&self->request_body, g_bytes_unref);
  g_clear_pointer (&self->sent_body, g_bytes_unref);
  g_free (self->reply_headers);
  g_clear_pointer (&self->reply_body, g_byte_array_unref);
  g_free (self);
}

/* Returns: (transfer full) (nullable): NULL for what cannot be unpacked */
static GBytes *
convert (GConverter *converter, const void *data, gsize length)
{
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) stream = g_converter_output_stream_new (memory, converter);

  if (!g_output_stream_write_all (stream, data, length, NULL, NULL, NULL) ||
      !g_output_stream_close (stream, NULL, NULL))
    return NULL;
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
}

static GBytes *
pack (const void *data, gsize length)
{
  g_autoptr (GZlibCompressor) converter =
      g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB, LEVEL);

  return convert (G_CONVERTER (converter), data, length);
}

static GBytes *
pack_text (const char *text)
{
  return text != NULL ? pack (text, strlen (text)) : NULL;
}

static GBytes *
pack_body (const void *data, gsize length, gsize limit)
{
  g_autofree char *stand = NULL;

  if (length <= limit)
    return pack (data, length);
  stand = jump_body_stand_in_new (length, limit);
  return pack_text (stand);
}

static GBytes *
pack_bytes (GBytes *bytes, gsize limit)
{
  gsize length;
  const void *data;

  if (bytes == NULL)
    return NULL;
  data = g_bytes_get_data (bytes, &length);
  return pack_body (data, length, limit);
}

/**
 * jump_history_bodies_write:
 * @entry: with bodies
 * @said: as it was given to the words that can be searched in
 */
gboolean
jump_history_bodies_write (JumpHistoryDatabase *database,
                           gint64 row,
                           const JumpHistoryEntry *entry,
                           const char *said,
                           GError **error)
{
  gsize limit = entry->body_limit;
  g_autoptr (GBytes) request_headers = pack_text (entry->request_headers);
  g_autoptr (GBytes) request = pack_bytes (entry->request_body, limit);
  g_autoptr (GBytes) sent = pack_bytes (entry->sent_body, limit);
  g_autoptr (GBytes) reply_headers = pack_text (entry->reply_headers);
  g_autoptr (GBytes) reply =
      entry->reply_body != NULL ? pack_body (entry->reply_body->data, entry->reply_body->len, limit)
                                : NULL;
  g_autoptr (GBytes) packed_said = pack_text (said);
  g_autoptr (JumpHistoryStatement) statement = jump_history_database_prepare (
      database,
      "INSERT INTO bodies (row, started, is_cut, request_size, request_headers, request, sent,"
      " reply_headers, reply, said) VALUES (:row, :started, :is_cut, :request_size,"
      " :request_headers, :request, :sent, :reply_headers, :reply, :said)",
      error);

  if (statement == NULL)
    return FALSE;
  jump_history_statement_bind_int (statement, ":row", row);
  jump_history_statement_bind_int (statement, ":started", entry->record->started_wall);
  jump_history_statement_bind_int (statement, ":is_cut", entry->record->is_reply_cut ? 1 : 0);
  jump_history_statement_bind_int (statement,
                                   ":request_size",
                                   (gint64) entry->record->request_size);
  jump_history_statement_bind_bytes (statement, ":request_headers", request_headers);
  jump_history_statement_bind_bytes (statement, ":request", request);
  jump_history_statement_bind_bytes (statement, ":sent", sent);
  jump_history_statement_bind_bytes (statement, ":reply_headers", reply_headers);
  jump_history_statement_bind_bytes (statement, ":reply", reply);
  jump_history_statement_bind_bytes (statement, ":said", packed_said);
  return jump_history_database_do (database, statement, error);
}

/* Returns: (transfer full) (nullable) */
static GBytes *
unpack (JumpHistoryStatement *statement, int column)
{
  g_autoptr (GZlibDecompressor) converter = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB);

  if (sqlite3_column_type (statement, column) == SQLITE_NULL)
    return NULL;
  return convert (G_CONVERTER (converter),
                  sqlite3_column_blob (statement, column),
                  (gsize) sqlite3_column_bytes (statement, column));
}

static char *
unpack_text (JumpHistoryStatement *statement, int column)
{
  g_autoptr (GBytes) bytes = unpack (statement, column);
  gsize length;
  const char *data;

  if (bytes == NULL)
    return NULL;
  data = g_bytes_get_data (bytes, &length);
  return data != NULL ? g_strndup (data, length) : g_strdup ("");
}

gboolean
jump_history_bodies_read (JumpHistoryDatabase *database,
                          gint64 row,
                          JumpExchangeRecord *record,
                          GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (GBytes) reply = NULL;
  g_autoptr (JumpHistoryStatement) statement = jump_history_database_prepare (
      database,
      "SELECT is_cut, request_size, request_headers, request, sent, reply_headers, reply"
      " FROM bodies WHERE row = :row",
      error);

  if (statement == NULL)
    return FALSE;
  jump_history_statement_bind_int (statement, ":row", row);
  if (!jump_history_database_step (database, statement, &problem))
    {
      if (problem == NULL)
        return TRUE;
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  record->is_reply_cut = sqlite3_column_int (statement, 0) != 0;
  record->request_size = (guint64) sqlite3_column_int64 (statement, 1);
  record->request_headers = unpack_text (statement, 2);
  record->request_body = unpack (statement, 3);
  record->sent_body = unpack (statement, 4);
  record->reply_headers = unpack_text (statement, 5);
  reply = unpack (statement, 6);
  if (reply != NULL)
    record->reply_body = g_bytes_unref_to_array (g_steal_pointer (&reply));
  return TRUE;
}

char *
jump_history_bodies_dup_said (JumpHistoryDatabase *database, gint64 row, GError **error)
{
  g_autoptr (JumpHistoryStatement) statement =
      jump_history_database_prepare (database, "SELECT said FROM bodies WHERE row = :row", error);

  if (statement == NULL)
    return NULL;
  jump_history_statement_bind_int (statement, ":row", row);
  if (!jump_history_database_step (database, statement, error))
    return NULL;
  return unpack_text (statement, 0);
}
