/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/close-question.h"

struct _JumpCloseQuestion
{
  GtkMessageDialog parent_instance;

  GtkToggleButton *for_good;
  GtkWidget *keep_button;
};

G_DEFINE_FINAL_TYPE (JumpCloseQuestion, jump_close_question, GTK_TYPE_MESSAGE_DIALOG)

static void
jump_close_question_class_init (JumpCloseQuestionClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/jumpseat/Jumpseat/ui/close-question.ui");
  gtk_widget_class_bind_template_child (widget_class, JumpCloseQuestion, for_good);
  gtk_widget_class_bind_template_child (widget_class, JumpCloseQuestion, keep_button);
}

static void
jump_close_question_init (JumpCloseQuestion *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_dialog_set_default_response (GTK_DIALOG (self), JUMP_CLOSE_KEEP);
  gtk_window_set_focus (GTK_WINDOW (self), self->keep_button);
}

/**
 * jump_close_question_new:
 * @parent: the window that is being closed
 *
 * Returns: (transfer none): a dialog, to be shown and, after its answer, destroyed
 */
GtkWidget *
jump_close_question_new (GtkWindow *parent)
{
  return g_object_new (JUMP_TYPE_CLOSE_QUESTION, "transient-for", parent, "modal", TRUE, NULL);
}

/**
 * jump_close_question_is_for_good:
 * @self: the question
 *
 * Returns: whether the person does not want to be asked again
 */
gboolean
jump_close_question_is_for_good (JumpCloseQuestion *self)
{
  return gtk_toggle_button_get_active (self->for_good);
}
