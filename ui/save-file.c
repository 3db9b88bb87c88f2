/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/save-file.h"

#include "service/service.h"
#include "ui/window.h"

#include <glib/gi18n-lib.h>

/* What waits for an answer. */
typedef struct
{
  GtkWidget *widget; /* (owned): what was clicked */
  GBytes *content;   /* (owned) */
} SaveJob;

static void
job_free (gpointer data, GClosure *closure)
{
  SaveJob *job = data;

  g_object_unref (job->widget);
  g_bytes_unref (job->content);
  g_free (job);
}

/* In a thread: disks may be slow. */
static void
write_content (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GError *error = NULL;

  if (jump_whole_file_write (G_FILE (source), task_data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_file_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) widget = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    {
      jump_save_file_tell (widget, _ ("Exported"));
      return;
    }
  /* Translators: %s is what the system says */
  text = g_strdup_printf (_ ("The file could not be written: %s"), error->message);
  jump_save_file_tell (widget, text);
}

static void
on_answered (GtkNativeDialog *dialog, int response, gpointer user_data)
{
  SaveJob *job = user_data;
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  if (file != NULL)
    {
      g_autoptr (GTask) task = g_task_new (file, NULL, on_file_written, g_object_ref (job->widget));

      g_task_set_source_tag (task, write_content);
      g_task_set_task_data (task, g_bytes_ref (job->content), (GDestroyNotify) g_bytes_unref);
      g_task_run_in_thread (task, write_content);
    }
  g_object_unref (dialog);
}

void
jump_save_file_ask (GtkWidget *widget, const char *title, const char *name, GBytes *content)
{
  GtkWidget *toplevel = gtk_widget_get_toplevel (widget);
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (title,
                                                              GTK_WINDOW (toplevel),
                                                              GTK_FILE_CHOOSER_ACTION_SAVE,
                                                              _ ("_Export"), _ ("_Cancel"));
  SaveJob *job = g_new0 (SaveJob, 1);

  job->widget = g_object_ref (widget);
  job->content = g_bytes_ref (content);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  gtk_file_chooser_set_do_overwrite_confirmation (GTK_FILE_CHOOSER (dialog), TRUE);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_answered), job, job_free, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

void
jump_save_file_tell (GtkWidget *widget, const char *text)
{
  GtkWidget *toplevel = gtk_widget_get_toplevel (widget);

  if (JUMP_IS_WINDOW (toplevel))
    jump_window_tell (JUMP_WINDOW (toplevel), text);
}
