/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/record-import.h"

#include "service/base/error.h"
#include "service/history/history-line.h"
#include "service/http/multipart-form.h"

#include <string.h>

/* What is read before it is written: records, and bytes of lines. */
#define BATCH_RECORDS   500
#define BATCH_BYTES     (8 * 1024 * 1024)
#define BYTE_ORDER_MARK "\xef\xbb\xbf"

typedef struct
{
  JumpHistoryStore *store; /* (owned) */
  GBytes *body;            /* (owned) */
  char *content_type;      /* (owned) (nullable) */
  const char *next;        /* (nullable): in body; NULL: not looked at yet */
  const char *end;
  guint64 line;             /* the last that was read */
  GPtrArray *batch;         /* (owned) (nullable) (element-type JumpExchangeRecord) */
  JumpRecordImport *report; /* (owned) */
} Work;

static void
free_work (gpointer data)
{
  Work *self = data;

  g_object_unref (self->store);
  g_bytes_unref (self->body);
  g_free (self->content_type);
  g_clear_pointer (&self->batch, g_ptr_array_unref);
  g_clear_pointer (&self->report, jump_record_import_free);
  g_free (self);
}

void
jump_record_import_free (JumpRecordImport *self)
{
  g_ptr_array_unref (self->errors);
  g_free (self);
}

static gboolean
find_lines (Work *self, GError **error)
{
  gsize length;
  const char *data = g_bytes_get_data (self->body, &length);

  if (jump_multipart_form_is_one (self->content_type))
    {
      if (!jump_multipart_form_find (self->content_type,
                                     data,
                                     length,
                                     "file",
                                     &data,
                                     &length,
                                     error))
        return FALSE;
    }
  else if (length == 0)
    {
      g_set_error (error,
                   JUMP_ERROR,
                   JUMP_ERROR_BAD_REQUEST,
                   "file: expected lines of JSON, in a form or as the body");
      return FALSE;
    }
  self->next = data;
  self->end = data + length;
  if (length >= 3 && memcmp (data, BYTE_ORDER_MARK, 3) == 0)
    self->next += 3;
  return TRUE;
}

static gboolean
is_blank (const char *line, gsize length)
{
  for (gsize i = 0; i < length; i++)
    {
      if (!g_ascii_isspace (line[i]))
        return FALSE;
    }
  return TRUE;
}

static void
take_line (Work *self, const char *line, gsize length)
{
  g_autoptr (GError) error = NULL;
  JumpExchangeRecord *record;

  self->line++;
  if (is_blank (line, length))
    return;
  record = jump_history_line_read (line, length, &error);
  if (record != NULL)
    {
      g_ptr_array_add (self->batch, record);
      return;
    }
  if (self->report->errors->len < JUMP_RECORD_IMPORT_ERRORS)
    g_ptr_array_add (
        self->report->errors,
        g_strdup_printf ("Line %" G_GUINT64_FORMAT ": %s", self->line, error->message));
  self->report->total_errors++;
}

static void
read_batch (Work *self)
{
  const char *begin = self->next;

  while (self->next < self->end && self->batch->len < BATCH_RECORDS &&
         self->next - begin < BATCH_BYTES)
    {
      const char *end = memchr (self->next, '\n', (gsize) (self->end - self->next));
      const char *line = self->next;

      self->next = end != NULL ? end + 1 : self->end;
      take_line (self, line, (gsize) ((end != NULL ? end : self->end) - line));
    }
}

static void
read_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Work *self = task_data;
  GError *error = NULL;

  if (self->next == NULL && !find_lines (self, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  g_clear_pointer (&self->batch, g_ptr_array_unref);
  self->batch = g_ptr_array_new_with_free_func ((GDestroyNotify) jump_exchange_record_unref);
  read_batch (self);
  g_task_return_boolean (task, TRUE);
}

static void read_on (GTask *task);

static void
on_batch_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Work *self = g_task_get_task_data (task);
  GError *error = NULL;
  gssize n_written = jump_history_store_import_finish (JUMP_HISTORY_STORE (source), result, &error);

  if (n_written < 0)
    {
      g_task_return_error (task, error);
      return;
    }
  self->report->imported += (guint64) n_written;
  read_on (g_steal_pointer (&task));
}

static void
on_batch_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Work *self = g_task_get_task_data (task);
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    g_task_return_error (task, error);
  else if (self->batch->len > 0)
    jump_history_store_import_async (self->store,
                                     self->batch,
                                     g_task_get_cancellable (task),
                                     on_batch_written,
                                     g_object_ref (task));
  else if (self->next < self->end)
    read_on (g_steal_pointer (&task));
  else
    g_task_return_pointer (task,
                           g_steal_pointer (&self->report),
                           (GDestroyNotify) jump_record_import_free);
}

/* Takes @task. */
static void
read_on (GTask *task)
{
  g_autoptr (GTask) reading = g_task_new (NULL, g_task_get_cancellable (task), on_batch_read, task);

  g_task_set_source_tag (reading, read_on);
  g_task_set_task_data (reading, g_task_get_task_data (task), NULL);
  g_task_run_in_thread (reading, read_in_thread);
}

void
jump_record_import_async (JumpHistoryStore *store,
                          GBytes *body,
                          const char *content_type,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Work *work = g_new0 (Work, 1);

  work->store = g_object_ref (store);
  work->body = g_bytes_ref (body);
  work->content_type = g_strdup (content_type);
  work->report = g_new0 (JumpRecordImport, 1);
  work->report->errors = g_ptr_array_new_with_free_func (g_free);
  g_task_set_source_tag (task, jump_record_import_async);
  g_task_set_task_data (task, work, free_work);
  read_on (task);
}

JumpRecordImport *
jump_record_import_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
