/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "config.h"

#include "ui/about-dialog.h"

#include "ui/update-card.h"

#include <glib/gi18n-lib.h>

/* Of the domain that the application's id is from. */
#define WEBSITE       "https://jumpseat.github.io"
#define RESPONSE_COPY 1

static void
on_response (GtkDialog *dialog, int response, GActionGroup *app_actions)
{
  if (response == RESPONSE_COPY)
    g_action_group_activate_action (app_actions, "copy-diagnostics", NULL);
  else
    gtk_widget_destroy (GTK_WIDGET (dialog));
}

/**
 * jump_about_dialog_new:
 * @parent: (nullable)
 * @app_actions: has "copy-diagnostics" and "open-uri"
 * @service: knows whether there is a newer version
 *
 * Returns: (transfer none): as every toplevel; closing destroys it
 */
GtkWidget *
jump_about_dialog_new (GtkWindow *parent, GActionGroup *app_actions, JumpService *service)
{
  static const char *const authors[] = { "The Jumpseat authors", NULL };
  GtkAboutDialog *dialog = GTK_ABOUT_DIALOG (gtk_about_dialog_new ());
  GtkBox *content = GTK_BOX (gtk_dialog_get_content_area (GTK_DIALOG (dialog)));
  GtkWidget *card = jump_update_card_new (service, app_actions);

  gtk_window_set_transient_for (GTK_WINDOW (dialog), parent);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (dialog), TRUE);
  gtk_window_set_modal (GTK_WINDOW (dialog), parent != NULL);
  gtk_about_dialog_set_program_name (dialog, "Jumpseat");
  gtk_about_dialog_set_version (dialog, JUMPSEAT_VERSION);
  gtk_about_dialog_set_logo_icon_name (dialog, JUMPSEAT_APP_ID);
  gtk_about_dialog_set_comments (
      dialog,
      _ ("Your GitHub Copilot seat for every tool on the desk.\nNot a product of GitHub; the terms of "
         "GitHub Copilot apply."));
  gtk_about_dialog_set_copyright (dialog, "© The Jumpseat authors");
  gtk_about_dialog_set_license_type (dialog, GTK_LICENSE_MIT_X11);
  gtk_about_dialog_set_website (dialog, WEBSITE);
  gtk_about_dialog_set_website_label (dialog, _ ("Website"));
  gtk_about_dialog_set_authors (dialog, (const char **) authors);
  /* Translators: your names, one a line; they are shown in the credits */
  gtk_about_dialog_set_translator_credits (dialog, _ ("translator-credits"));
  gtk_dialog_add_button (GTK_DIALOG (dialog), _ ("Copy _Diagnostics"), RESPONSE_COPY);
  /* above everything else: it may be what somebody came for */
  gtk_box_pack_start (content, card, FALSE, FALSE, 0);
  gtk_box_reorder_child (content, card, 0);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_response), app_actions, 0);
  return GTK_WIDGET (dialog);
}
