/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/error-bar.h"

#include "ui/error-text.h"

struct _JumpErrorBar
{
  GtkInfoBar parent_instance;

  JumpService *service;   /* (owned) (nullable) */
  JumpAttention put_away; /* the warning that somebody does not want to see any more */

  /* of the template */
  GtkButton *button;
  GtkImage *icon;
  GtkLabel *text;
  GtkLabel *title;
};

G_DEFINE_FINAL_TYPE (JumpErrorBar, jump_error_bar, GTK_TYPE_INFO_BAR)

static void
show_button (JumpErrorBar *self, const JumpErrorText *text)
{
  GtkActionable *actionable = GTK_ACTIONABLE (self->button);
  GVariant *target = text->target == NULL ? NULL : g_variant_new_string (text->target);

  gtk_widget_set_visible (GTK_WIDGET (self->button), text->button != NULL);
  if (text->button == NULL)
    return;
  gtk_button_set_label (self->button, text->button);
  /* without a name first: a target of the wrong type would be one too many for a moment */
  gtk_actionable_set_action_name (actionable, NULL);
  gtk_actionable_set_action_target_value (actionable, target);
  gtk_actionable_set_action_name (actionable, text->action);
}

static void
show_text (JumpErrorBar *self, JumpAttention attention)
{
  g_autoptr (JumpProblem) problem = jump_service_dup_problem (self->service);
  g_autoptr (JumpErrorText) text =
      jump_error_text_new_for_attention (attention,
                                         problem,
                                         jump_service_get_listen_error (self->service));

  /* the same again would be said again by a screen reader */
  if (g_str_equal (gtk_label_get_text (self->title), text->title) &&
      g_str_equal (gtk_label_get_text (self->text), text->text))
    return;
  gtk_label_set_text (self->title, text->title);
  gtk_label_set_text (self->text, text->text);
  gtk_info_bar_set_message_type (GTK_INFO_BAR (self),
                                 text->is_serious ? GTK_MESSAGE_ERROR : GTK_MESSAGE_WARNING);
  gtk_image_set_from_icon_name (self->icon,
                                text->is_serious ? "dialog-error-symbolic"
                                                 : "dialog-warning-symbolic",
                                GTK_ICON_SIZE_BUTTON);
  gtk_info_bar_set_show_close_button (GTK_INFO_BAR (self), !text->is_serious);
  show_button (self, text);
}

static void
update (JumpErrorBar *self)
{
  JumpAttention attention;
  JumpCondition condition = jump_service_get_condition (self->service, &attention);
  /* whoever is signing in knows */
  gboolean is_mending =
      condition == JUMP_CONDITION_SIGNING_IN && attention == JUMP_ATTENTION_SIGN_IN;

  /* has a bar of its own */
  if (attention == JUMP_ATTENTION_APPROVAL)
    attention = JUMP_ATTENTION_NONE;
  if (attention != self->put_away)
    self->put_away = JUMP_ATTENTION_NONE;
  if (attention != JUMP_ATTENTION_NONE)
    show_text (self, attention);
  gtk_widget_set_visible (GTK_WIDGET (self),
                          attention != JUMP_ATTENTION_NONE && attention != self->put_away &&
                              !is_mending);
}

static void
on_response (GtkInfoBar *bar, int response, JumpErrorBar *self)
{
  if (response != GTK_RESPONSE_CLOSE)
    return;
  jump_service_get_condition (self->service, &self->put_away);
  update (self);
}

static void
jump_error_bar_dispose (GObject *object)
{
  JumpErrorBar *self = JUMP_ERROR_BAR (object);

  g_clear_object (&self->service);
  G_OBJECT_CLASS (jump_error_bar_parent_class)->dispose (object);
}

static void
jump_error_bar_class_init (JumpErrorBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jump_error_bar_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/jumpseat/Jumpseat/ui/error-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, JumpErrorBar, button);
  gtk_widget_class_bind_template_child (widget_class, JumpErrorBar, icon);
  gtk_widget_class_bind_template_child (widget_class, JumpErrorBar, text);
  gtk_widget_class_bind_template_child (widget_class, JumpErrorBar, title);
  gtk_widget_class_bind_template_callback (widget_class, on_response);
}

static void
jump_error_bar_init (JumpErrorBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * jump_error_bar_set_service:
 * @service: whose condition is followed; once
 */
void
jump_error_bar_set_service (JumpErrorBar *self, JumpService *service)
{
  g_return_if_fail (self->service == NULL);

  self->service = g_object_ref (service);
  g_signal_connect_object (service, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}
