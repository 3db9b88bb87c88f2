/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/sign-in-result.h"

#include <glib/gi18n-lib.h>

struct _JumpSignInResult
{
  GtkBox parent_instance;

  /* of the template */
  GtkWidget *image;
  GtkLabel *title_label;
  GtkLabel *text_label;
  GtkWidget *store_label;
};

G_DEFINE_FINAL_TYPE (JumpSignInResult, jump_sign_in_result, GTK_TYPE_BOX)

/* @name: for those who do not see @icon */
static void
show (JumpSignInResult *self,
      const char *icon,
      const char *name,
      const char *title,
      const char *text)
{
  gtk_image_set_from_icon_name (GTK_IMAGE (self->image), icon, GTK_ICON_SIZE_DIALOG);
  atk_object_set_name (gtk_widget_get_accessible (self->image), name);
  gtk_label_set_text (self->title_label, title);
  gtk_label_set_text (self->text_label, text);
}

static void
jump_sign_in_result_class_init (JumpSignInResultClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/jumpseat/Jumpseat/ui/sign-in-result.ui");
  gtk_widget_class_bind_template_child (widget_class, JumpSignInResult, image);
  gtk_widget_class_bind_template_child (widget_class, JumpSignInResult, title_label);
  gtk_widget_class_bind_template_child (widget_class, JumpSignInResult, text_label);
  gtk_widget_class_bind_template_child (widget_class, JumpSignInResult, store_label);
}

static void
jump_sign_in_result_init (JumpSignInResult *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * jump_sign_in_result_set_done:
 * @self: what shows it
 * @title: for the eye
 * @text: who has signed in
 * @store: where the sign-in is kept
 */
void
jump_sign_in_result_set_done (JumpSignInResult *self,
                              const char *title,
                              const char *text,
                              const char *store)
{
  show (self, "emblem-ok-symbolic", _ ("Done"), title, text);
  gtk_label_set_text (GTK_LABEL (self->store_label), store);
  gtk_widget_show (self->store_label);
}

/**
 * jump_sign_in_result_set_problem:
 * @self: what shows it
 * @title: for the eye
 * @text: the reason, and what to do
 */
void
jump_sign_in_result_set_problem (JumpSignInResult *self, const char *title, const char *text)
{
  show (self, "dialog-warning-symbolic", _ ("Attention"), title, text);
  gtk_widget_hide (self->store_label);
}
