/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/terms-dialog.h"

#include "ui/model-text.h"

#include <glib/gi18n-lib.h>

/**
 * jump_terms_dialog_new:
 * @parent: (nullable): the window that it belongs to
 * @model: which shall be enabled
 */
GtkWidget *
jump_terms_dialog_new (GtkWindow *parent, JumpModel *model)
{
  g_autofree char *terms = jump_model_text_terms_markup (jump_model_get_terms (model));
  GtkWidget *dialog =
      gtk_message_dialog_new (parent,
                              GTK_DIALOG_MODAL | GTK_DIALOG_DESTROY_WITH_PARENT,
                              GTK_MESSAGE_QUESTION,
                              GTK_BUTTONS_NONE,
                              _ ("Enable %s for your account?"), jump_model_get_name (model));
  GtkWidget *accept;

  if (terms != NULL)
    gtk_message_dialog_format_secondary_markup (
        GTK_MESSAGE_DIALOG (dialog),
        /* Translators: %s is a text of GitHub, mostly in English */
        _ ("These are GitHub’s terms for it:\n\n%s\n\nEnabling it accepts them, in every program "
           "that uses your account."),
           terms);
  else
    gtk_message_dialog_format_secondary_text (
        GTK_MESSAGE_DIALOG (dialog),
        _ ("GitHub names no terms for it. Enabling it holds in every program that uses your "
           "account."));
  gtk_dialog_add_button (GTK_DIALOG (dialog), _ ("_Cancel"), GTK_RESPONSE_CANCEL);
  accept =
      gtk_dialog_add_button (GTK_DIALOG (dialog), _ ("Accept and _Enable"), GTK_RESPONSE_ACCEPT);
  gtk_style_context_add_class (gtk_widget_get_style_context (accept), "suggested-action");
  gtk_dialog_set_default_response (GTK_DIALOG (dialog), GTK_RESPONSE_CANCEL);
  return dialog;
}
