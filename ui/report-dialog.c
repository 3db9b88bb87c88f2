/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/report-dialog.h"

struct _JumpReportDialog
{
  GtkDialog parent_instance;

  /* of the template */
  GtkTextView *view;
};

G_DEFINE_FINAL_TYPE (JumpReportDialog, jump_report_dialog, GTK_TYPE_DIALOG)

static void
jump_report_dialog_response (GtkDialog *dialog, int response)
{
  gtk_widget_destroy (GTK_WIDGET (dialog));
}

static void
jump_report_dialog_class_init (JumpReportDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  GTK_DIALOG_CLASS (klass)->response = jump_report_dialog_response;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/jumpseat/Jumpseat/ui/report-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, JumpReportDialog, view);
}

static void
jump_report_dialog_init (JumpReportDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * jump_report_dialog_new:
 * @parent: (nullable)
 * @app_actions: the group "app." of its button
 * @diagnostics: shown as it is
 *
 * Returns: (transfer none): as every toplevel; closing destroys it
 */
GtkWidget *
jump_report_dialog_new (GtkWindow *parent, GActionGroup *app_actions, const char *diagnostics)
{
  JumpReportDialog *self = g_object_new (JUMP_TYPE_REPORT_DIALOG, "use-header-bar", TRUE, NULL);

  gtk_window_set_transient_for (GTK_WINDOW (self), parent);
  gtk_window_set_modal (GTK_WINDOW (self), parent != NULL);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "app", app_actions);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->view), diagnostics, -1);
  return GTK_WIDGET (self);
}
