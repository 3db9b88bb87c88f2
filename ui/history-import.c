/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/history-import.h"

#include "ui/save-file.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What is in memory at a time. */
#define BATCH_RECORDS 500
#define BATCH_BYTES   (8 * 1024 * 1024)

typedef struct
{
  GtkWidget *widget;       /* (owned): what was clicked */
  JumpHistoryStore *store; /* (owned) */
  GDataInputStream *lines; /* (owned) (nullable) */
  JumpHistoryChangedFunc changed;
  gpointer user_data;
  guint n_imported;
  guint n_bad;
} ImportJob;

static void
job_free (ImportJob *self)
{
  g_object_unref (self->widget);
  g_object_unref (self->store);
  g_clear_object (&self->lines);
  g_free (self);
}

static void
fail (ImportJob *self, const GError *error)
{
  /* Translators: %s is what the system says */
  g_autofree char *text =
      g_strdup_printf (_ ("The file could not be imported: %s"), error->message);

  jump_save_file_tell (self->widget, text);
  self->changed (self->user_data);
  job_free (self);
}

static void
succeed (ImportJob *self)
{
  g_autofree char *text = jump_history_import_result_text (self->n_imported, self->n_bad);

  jump_save_file_tell (self->widget, text);
  self->changed (self->user_data);
  job_free (self);
}

static void
take_line (ImportJob *self, GPtrArray *records, const char *line, gsize length)
{
  JumpExchangeRecord *record = jump_history_line_read (line, length, NULL);

  if (record != NULL)
    g_ptr_array_add (records, record);
  else
    self->n_bad++;
}

/* In a thread: lines may be long, and are many. An empty batch is the end of the file. */
static void
read_batch (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  ImportJob *self = task_data;
  g_autoptr (GPtrArray) records =
      g_ptr_array_new_with_free_func ((GDestroyNotify) jump_exchange_record_unref);
  GError *error = NULL;
  gsize n_bytes = 0;

  while (records->len < BATCH_RECORDS && n_bytes < BATCH_BYTES)
    {
      gsize length = 0;
      g_autofree char *line = g_data_input_stream_read_line (self->lines, &length, NULL, &error);

      if (line == NULL)
        break;
      n_bytes += length;
      if (strspn (line, " \t\r") < length)
        take_line (self, records, line, length);
    }
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_steal_pointer (&records), (GDestroyNotify) g_ptr_array_unref);
}

static void
read_next (ImportJob *self, GAsyncReadyCallback callback)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, self);

  g_task_set_source_tag (task, read_next);
  g_task_set_task_data (task, self, NULL);
  g_task_run_in_thread (task, read_batch);
}

/* A batch was read, or one was written. */
static void
on_step_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  ImportJob *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) records = NULL;
  gssize n_written;

  if (source != NULL)
    {
      n_written = jump_history_store_import_finish (self->store, result, &error);
      if (n_written < 0)
        {
          fail (self, error);
          return;
        }
      self->n_imported += (guint) n_written;
      read_next (self, on_step_done);
      return;
    }
  records = g_task_propagate_pointer (G_TASK (result), &error);
  if (records == NULL)
    fail (self, error);
  else if (records->len == 0)
    succeed (self);
  else
    jump_history_store_import_async (self->store, records, NULL, on_step_done, self);
}

static void
on_file_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  ImportJob *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInputStream) stream = g_file_read_finish (G_FILE (source), result, &error);

  if (stream == NULL)
    {
      fail (self, error);
      return;
    }
  self->lines = g_data_input_stream_new (G_INPUT_STREAM (stream));
  read_next (self, on_step_done);
}

static void
on_answered (GtkNativeDialog *dialog, int response, gpointer user_data)
{
  ImportJob *self = user_data;
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT
                               ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog))
                               : NULL;

  if (file == NULL)
    job_free (self);
  else
    g_file_read_async (file, G_PRIORITY_DEFAULT, NULL, on_file_opened, self);
  g_object_unref (dialog);
}

static void
add_filter (GtkFileChooser *chooser, const char *name, const char *pattern)
{
  GtkFileFilter *filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, name);
  gtk_file_filter_add_pattern (filter, pattern);
  gtk_file_chooser_add_filter (chooser, filter);
}

void
jump_history_import_ask (GtkWidget *widget,
                         JumpHistoryStore *store,
                         JumpHistoryChangedFunc changed,
                         gpointer user_data)
{
  GtkWidget *toplevel = gtk_widget_get_toplevel (widget);
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (_ ("Import Requests"),
                                                                 GTK_WINDOW (toplevel),
                                                                 GTK_FILE_CHOOSER_ACTION_OPEN,
                                                                 _ ("_Import"), _ ("_Cancel"));
  ImportJob *self = g_new0 (ImportJob, 1);

  self->widget = g_object_ref (widget);
  self->store = g_object_ref (store);
  self->changed = changed;
  self->user_data = user_data;
  add_filter (GTK_FILE_CHOOSER (dialog), _ ("Exported requests (*.jl)"), "*.jl");
  add_filter (GTK_FILE_CHOOSER (dialog), _ ("All files"), "*");
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect (dialog, "response", G_CALLBACK (on_answered), self);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

char *
jump_history_import_result_text (guint n_imported, guint n_bad)
{
  g_autofree char *imported =
      g_strdup_printf (ngettext ("%u request imported", "%u requests imported", n_imported),
                       n_imported);
  g_autofree char *bad = NULL;

  if (n_bad == 0)
    return g_steal_pointer (&imported);
  bad = g_strdup_printf (
      ngettext ("%u line was not understood", "%u lines were not understood", n_bad),
      n_bad);
  /* Translators: "12 requests imported", "2 lines were not understood" */
  return g_strdup_printf (_ ("%s; %s"), imported, bad);
}
