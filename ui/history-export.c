/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/history-export.h"

#include "ui/save-file.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define PER_PAGE    100
#define WITH_BODIES "with-bodies"

typedef struct
{
  GtkWidget *widget;       /* (owned): what was clicked */
  JumpHistoryStore *store; /* (owned) */
  GFile *file;             /* (owned) (nullable): where to */
  JumpWholeFile *target;   /* (owned) (nullable): of @file, once it is open */
  GPtrArray *records;      /* (owned) (nullable) (element-type JumpExchangeRecord): to be written */
  gint64 after_row;
  gboolean with_bodies;
  guint n_written;
} ExportJob;

static void
job_free (ExportJob *self)
{
  g_object_unref (self->widget);
  g_object_unref (self->store);
  g_clear_object (&self->file);
  g_clear_pointer (&self->target, jump_whole_file_free);
  g_clear_pointer (&self->records, g_ptr_array_unref);
  g_free (self);
}

static void
fail (ExportJob *self, const GError *error)
{
  /* Translators: %s is what the system says */
  g_autofree char *text = g_strdup_printf (_ ("The file could not be written: %s"), error->message);

  jump_save_file_tell (self->widget, text);
  job_free (self);
}

static gboolean
write_records (ExportJob *self, GError **error)
{
  GOutputStream *stream;

  if (self->target == NULL)
    self->target = jump_whole_file_new (self->file, error);
  if (self->target == NULL)
    return FALSE;
  stream = jump_whole_file_get_stream (self->target);
  for (guint i = 0; i < self->records->len; i++)
    {
      g_autofree char *line = jump_history_line_new (g_ptr_array_index (self->records, i));

      if (!g_output_stream_write_all (stream, line, strlen (line), NULL, NULL, error) ||
          !g_output_stream_write_all (stream, "\n", 1, NULL, NULL, error))
        return FALSE;
    }
  return self->after_row > 0 || jump_whole_file_finish (self->target, error);
}

/* In a thread: bodies may be large, and disks slow. */
static void
write_page (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GError *error = NULL;

  if (write_records (task_data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* The next page is asked for behind each that was written: one is in memory at a time. */
static void
find_page (ExportJob *self, GAsyncReadyCallback callback)
{
  JumpHistoryQuery query = {
    .is_oldest_first = TRUE,
    .after_row = self->after_row,
    .per_page = PER_PAGE,
    .with_bodies = self->with_bodies,
  };

  jump_history_store_find_async (self->store, &query, NULL, callback, self);
}

static void
tell_how_many (ExportJob *self)
{
  g_autofree char *text =
      g_strdup_printf (ngettext ("%u request exported", "%u requests exported", self->n_written),
                       self->n_written);

  jump_save_file_tell (self->widget, text);
}

static void
end_page (ExportJob *self, GTask *task, GAsyncReadyCallback find_next)
{
  g_autoptr (GError) error = NULL;

  if (!g_task_propagate_boolean (task, &error))
    fail (self, error);
  else if (self->after_row > 0)
    find_page (self, find_next);
  else
    {
      tell_how_many (self);
      job_free (self);
    }
}

/* A page was found, or one was written. */
static void
on_step_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  ExportJob *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JumpHistoryPage) page = NULL;
  g_autoptr (GTask) task = NULL;

  if (source == NULL)
    {
      end_page (self, G_TASK (result), on_step_done);
      return;
    }
  page = jump_history_store_find_finish (self->store, result, &error);
  if (page == NULL)
    {
      fail (self, error);
      return;
    }
  g_clear_pointer (&self->records, g_ptr_array_unref);
  self->records = g_ptr_array_ref (page->records);
  self->after_row = page->last_row;
  self->n_written += page->records->len;
  task = g_task_new (NULL, NULL, on_step_done, self);
  g_task_set_source_tag (task, write_page);
  g_task_set_task_data (task, self, NULL);
  g_task_run_in_thread (task, write_page);
}

static void
on_answered (GtkNativeDialog *dialog, int response, gpointer user_data)
{
  ExportJob *self = user_data;
  GtkFileChooser *chooser = GTK_FILE_CHOOSER (dialog);

  if (response == GTK_RESPONSE_ACCEPT)
    self->file = gtk_file_chooser_get_file (chooser);
  if (self->file == NULL)
    job_free (self);
  else
    {
      self->with_bodies =
          g_strcmp0 (gtk_file_chooser_get_choice (chooser, WITH_BODIES), "true") == 0;
      find_page (self, on_step_done);
    }
  g_object_unref (dialog);
}

void
jump_history_export_ask (GtkWidget *widget, JumpHistoryStore *store)
{
  GtkWidget *toplevel = gtk_widget_get_toplevel (widget);
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (_ ("Export Requests"),
                                                                 GTK_WINDOW (toplevel),
                                                                 GTK_FILE_CHOOSER_ACTION_SAVE,
                                                                 _ ("_Export"), _ ("_Cancel"));
  GtkFileChooser *chooser = GTK_FILE_CHOOSER (dialog);
  ExportJob *self = g_new0 (ExportJob, 1);

  self->widget = g_object_ref (widget);
  self->store = g_object_ref (store);
  gtk_file_chooser_set_current_name (chooser, "jumpseat-requests.jl");
  gtk_file_chooser_set_do_overwrite_confirmation (chooser, TRUE);
  gtk_file_chooser_add_choice (chooser, WITH_BODIES, _ ("With questions and answers"), NULL, NULL);
  gtk_file_chooser_set_choice (chooser, WITH_BODIES, "false");
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect (dialog, "response", G_CALLBACK (on_answered), self);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}
