/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/title-bar.h"

#include "ui/condition-text.h"
#include "ui/quota-text.h"

#include <glib/gi18n-lib.h>

struct _JumpTitleBar
{
  GtkHeaderBar parent_instance;

  JumpService *service; /* (owned) (nullable) */
  gboolean offers_sign_in;

  /* of the template */
  GtkMenuButton *account_button;
  GtkLabel *account_label;
  GtkLabel *account_name;
  GtkLabel *account_plan;
  GtkLabel *account_quota;
  GtkMenuButton *menu_button;
  GtkButton *sign_in_button;
};

G_DEFINE_FINAL_TYPE (JumpTitleBar, jump_title_bar, GTK_TYPE_HEADER_BAR)

static void
show_account (JumpTitleBar *self)
{
  JumpAccount *account = jump_service_get_account (self->service);
  gboolean is_signed_in = jump_account_get_state (account) == JUMP_ACCOUNT_SIGNED_IN;
  const char *login = jump_account_get_login (account);
  const char *plan = jump_quota_get_plan (jump_service_get_quota (self->service));
  g_autoptr (JumpQuotaText) quota = jump_quota_text_new_for_service (self->service);
  g_autofree char *plan_text = NULL;

  if (login == NULL)
    login = _ ("Account");
  gtk_label_set_text (self->account_label, login);
  gtk_label_set_text (self->account_name, login);
  /* Translators: %s is a plan's name such as "Pro+" or "Business" */
  plan_text = plan == NULL ? NULL : g_strdup_printf (_ ("Copilot %s"), plan);
  gtk_label_set_text (self->account_quota, quota->title);
  gtk_label_set_text (self->account_plan, plan_text == NULL ? "" : plan_text);
  gtk_widget_set_visible (GTK_WIDGET (self->account_plan), plan_text != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->account_button), is_signed_in);
  gtk_widget_set_visible (GTK_WIDGET (self->sign_in_button),
                          self->offers_sign_in &&
                              jump_account_get_state (account) == JUMP_ACCOUNT_SIGNED_OUT);
}

static void
update (JumpTitleBar *self)
{
  g_autoptr (JumpConditionText) text = NULL;

  if (self->service == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  text = jump_condition_text_new_for_service (self->service);
  /* setting the same again would lay the bar out again */
  if (g_strcmp0 (gtk_header_bar_get_subtitle (GTK_HEADER_BAR (self)), text->tooltip) != 0)
    gtk_header_bar_set_subtitle (GTK_HEADER_BAR (self), text->tooltip);
  show_account (self);
}

static void
jump_title_bar_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (jump_title_bar_parent_class)->map (widget);
  update (JUMP_TITLE_BAR (widget));
}

static void
jump_title_bar_dispose (GObject *object)
{
  JumpTitleBar *self = JUMP_TITLE_BAR (object);

  g_clear_object (&self->service);
  G_OBJECT_CLASS (jump_title_bar_parent_class)->dispose (object);
}

static void
jump_title_bar_class_init (JumpTitleBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jump_title_bar_dispose;
  widget_class->map = jump_title_bar_map;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/jumpseat/Jumpseat/ui/title-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, JumpTitleBar, account_button);
  gtk_widget_class_bind_template_child (widget_class, JumpTitleBar, account_label);
  gtk_widget_class_bind_template_child (widget_class, JumpTitleBar, account_name);
  gtk_widget_class_bind_template_child (widget_class, JumpTitleBar, account_plan);
  gtk_widget_class_bind_template_child (widget_class, JumpTitleBar, account_quota);
  gtk_widget_class_bind_template_child (widget_class, JumpTitleBar, menu_button);
  gtk_widget_class_bind_template_child (widget_class, JumpTitleBar, sign_in_button);
}

static void
jump_title_bar_init (JumpTitleBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * jump_title_bar_set_service:
 * @service: whose state is shown; once
 */
void
jump_title_bar_set_service (JumpTitleBar *self, JumpService *service)
{
  g_return_if_fail (self->service == NULL);

  self->service = g_object_ref (service);
  g_signal_connect_object (service, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (jump_service_get_account (service),
                           "changed",
                           G_CALLBACK (update),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (jump_service_get_quota (service),
                           "changed",
                           G_CALLBACK (update),
                           self,
                           G_CONNECT_SWAPPED);
}

/**
 * jump_title_bar_set_page_title:
 * @title: in the language of the screen
 */
void
jump_title_bar_set_page_title (JumpTitleBar *self, const char *title)
{
  gtk_header_bar_set_title (GTK_HEADER_BAR (self), title);
}

void
jump_title_bar_set_offers_sign_in (JumpTitleBar *self, gboolean offers)
{
  self->offers_sign_in = offers;
  update (self);
}

void
jump_title_bar_open_menu (JumpTitleBar *self)
{
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->menu_button), TRUE);
}
