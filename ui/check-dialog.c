/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "config.h"

#include "ui/check-dialog.h"

#include "ui/finding-row.h"

#include <glib/gi18n-lib.h>

struct _JumpCheckDialog
{
  GtkDialog parent_instance;

  JumpService *service;      /* (owned) */
  GCancellable *cancellable; /* (owned) (nullable): while it looks */
  GPtrArray *findings;       /* (owned) (nullable) (element-type JumpFinding): worst first */

  /* of the template */
  GtkLabel *summary_label;
  GtkSpinner *spinner;
  GtkListBox *list;
  GtkWidget *calls_button;
  GtkWidget *copy_button;
};

G_DEFINE_FINAL_TYPE (JumpCheckDialog, jump_check_dialog, GTK_TYPE_DIALOG)

static int
rank (const JumpFinding *finding)
{
  switch (finding->verdict->state)
    {
    case JUMP_VERDICT_FAILED:
      return 0;
    case JUMP_VERDICT_WARNING:
      return 1;
    case JUMP_VERDICT_OK:
      return 2;
    case JUMP_VERDICT_SKIPPED:
      return 3;
    }
  return 3;
}

static void
add_rows (JumpCheckDialog *self)
{
  for (int wanted = 0; wanted <= 3; wanted++)
    for (guint i = 0; i < self->findings->len; i++)
      {
        const JumpFinding *finding = g_ptr_array_index (self->findings, i);

        if (rank (finding) == wanted)
          gtk_container_add (GTK_CONTAINER (self->list), jump_finding_row_new (finding));
      }
}

static void
show_summary (JumpCheckDialog *self)
{
  JumpDoctorSums sums = jump_doctor_add_up (self->findings);
  g_autofree char *text = NULL;

  if (sums.n_failed > 0)
    text = g_strdup_printf (ngettext ("%u check has failed: below it stands what helps.",
                                      "%u checks have failed: below them stands what helps.",
                                      sums.n_failed),
                            sums.n_failed);
  else if (sums.n_warnings > 0)
    text = g_strdup_printf (ngettext ("All works; %u thing is worth a look.",
                                      "All works; %u things are worth a look.",
                                      sums.n_warnings),
                            sums.n_warnings);
  gtk_label_set_text (self->summary_label, text != NULL ? text : _ ("All is well."));
}

static void
set_looking (JumpCheckDialog *self, gboolean is_looking)
{
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), is_looking);
  g_object_set (self->spinner, "active", is_looking, NULL);
  gtk_widget_set_sensitive (self->calls_button, !is_looking);
  gtk_widget_set_sensitive (self->copy_button, !is_looking);
}

static void
clear_rows (JumpCheckDialog *self)
{
  g_autoptr (GList) rows = gtk_container_get_children (GTK_CONTAINER (self->list));

  for (GList *link = rows; link != NULL; link = link->next)
    gtk_widget_destroy (link->data);
}

static void
on_examined (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JumpCheckDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  GPtrArray *findings = jump_service_examine_finish (JUMP_SERVICE (source), result, &error);

  if (findings == NULL)
    return; /* the dialog was closed */
  g_clear_object (&self->cancellable);
  self->findings = findings;
  set_looking (self, FALSE);
  clear_rows (self);
  add_rows (self);
  show_summary (self);
}

static void
look (JumpCheckDialog *self, gboolean makes_calls)
{
  JumpDoctorWish wish = { .no_calls = !makes_calls };

  if (self->cancellable != NULL)
    return;
  g_clear_pointer (&self->findings, g_ptr_array_unref);
  self->cancellable = g_cancellable_new ();
  gtk_label_set_text (self->summary_label, _ ("Looking…"));
  set_looking (self, TRUE);
  jump_service_examine_async (self->service,
                              &wish,
                              self->cancellable,
                              on_examined,
                              g_object_ref (self));
}

static void
on_calls_clicked (GtkButton *button, JumpCheckDialog *self)
{
  look (self, TRUE);
}

/* For those who mend the program, so in English. */
static void
on_copy_clicked (GtkButton *button, JumpCheckDialog *self)
{
  g_autoptr (GString) text = g_string_new ("Jumpseat " JUMPSEAT_VERSION "\n");

  for (guint i = 0; i < self->findings->len; i++)
    {
      const JumpFinding *finding = g_ptr_array_index (self->findings, i);

      g_string_append_printf (text,
                              "%-8s %s: %s\n",
                              jump_verdict_state_to_string (finding->verdict->state),
                              finding->title,
                              finding->verdict->found);
    }
  gtk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self), GDK_SELECTION_CLIPBOARD),
                          text->str,
                          -1);
}

static void
jump_check_dialog_response (GtkDialog *dialog, int response)
{
  gtk_widget_destroy (GTK_WIDGET (dialog));
}

static void
jump_check_dialog_destroy (GtkWidget *widget)
{
  JumpCheckDialog *self = JUMP_CHECK_DIALOG (widget);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  GTK_WIDGET_CLASS (jump_check_dialog_parent_class)->destroy (widget);
}

static void
jump_check_dialog_finalize (GObject *object)
{
  JumpCheckDialog *self = JUMP_CHECK_DIALOG (object);

  g_clear_pointer (&self->findings, g_ptr_array_unref);
  g_clear_object (&self->service);
  G_OBJECT_CLASS (jump_check_dialog_parent_class)->finalize (object);
}

static void
jump_check_dialog_class_init (JumpCheckDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = jump_check_dialog_finalize;
  widget_class->destroy = jump_check_dialog_destroy;
  GTK_DIALOG_CLASS (klass)->response = jump_check_dialog_response;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/jumpseat/Jumpseat/ui/check-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, JumpCheckDialog, summary_label);
  gtk_widget_class_bind_template_child (widget_class, JumpCheckDialog, spinner);
  gtk_widget_class_bind_template_child (widget_class, JumpCheckDialog, list);
  gtk_widget_class_bind_template_child (widget_class, JumpCheckDialog, calls_button);
  gtk_widget_class_bind_template_child (widget_class, JumpCheckDialog, copy_button);
  gtk_widget_class_bind_template_callback (widget_class, on_calls_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_copy_clicked);
}

static void
jump_check_dialog_init (JumpCheckDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * jump_check_dialog_new:
 * @parent: (nullable)
 * @service: looks at itself
 *
 * Returns: (transfer none): as every toplevel; closing destroys it
 */
GtkWidget *
jump_check_dialog_new (GtkWindow *parent, JumpService *service)
{
  JumpCheckDialog *self = g_object_new (JUMP_TYPE_CHECK_DIALOG, "use-header-bar", TRUE, NULL);

  gtk_window_set_transient_for (GTK_WINDOW (self), parent);
  gtk_window_set_modal (GTK_WINDOW (self), parent != NULL);
  self->service = g_object_ref (service);
  look (self, FALSE);
  return GTK_WIDGET (self);
}
