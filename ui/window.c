/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/window.h"

#include "ui/page-models.h"
#include "ui/page-overview.h"
#include "ui/page-requests.h"
#include "ui/page-settings.h"
#include "ui/page-welcome.h"

struct _JumpWindow
{
  GtkWindow parent_instance;

  GtkWidget *stack;
};

G_DEFINE_FINAL_TYPE (JumpWindow, jump_window, GTK_TYPE_WINDOW)

static void
jump_window_class_init (JumpWindowClass *klass)
{
}

static void
jump_window_init (JumpWindow *self)
{
}

GtkWidget *
jump_window_new (JumpService *service, GActionGroup *app_actions)
{
  JumpWindow *self = g_object_new (JUMP_TYPE_WINDOW, "title", "Jumpseat", NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *sidebar = gtk_stack_sidebar_new ();
  GtkStack *stack = GTK_STACK (gtk_stack_new ());

  self->stack = GTK_WIDGET (stack);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "app", app_actions);
  gtk_stack_add_titled (stack, jump_page_overview_new (service), "overview", "Overview");
  gtk_stack_add_titled (stack, jump_page_requests_new (service), "requests", "Requests");
  gtk_stack_add_titled (stack, jump_page_models_new (service), "models", "Models");
  gtk_stack_add_titled (stack, jump_page_settings_new (service), "settings", "Settings");
  gtk_stack_add_titled (stack, jump_page_welcome_new (service), "welcome", "Welcome");
  gtk_stack_sidebar_set_stack (GTK_STACK_SIDEBAR (sidebar), stack);
  gtk_container_add (GTK_CONTAINER (box), sidebar);
  gtk_box_pack_start (GTK_BOX (box), self->stack, TRUE, TRUE, 0);
  gtk_container_add (GTK_CONTAINER (self), box);
  gtk_widget_show_all (box);
  gtk_window_set_default_size (GTK_WINDOW (self), 960, 640);
  return GTK_WIDGET (self);
}

void
jump_window_show_page (JumpWindow *self, const char *page)
{
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), page);
}

const char *
jump_window_get_page (JumpWindow *self)
{
  return gtk_stack_get_visible_child_name (GTK_STACK (self->stack));
}

void
jump_window_show_request (JumpWindow *self, const char *id)
{
}

void
jump_window_tell (JumpWindow *self, const char *text)
{
}
