/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/history-menu.h"

#include "ui/history-export.h"
#include "ui/history-import.h"
#include "ui/history-purge.h"

struct _JumpHistoryMenu
{
  GtkMenuButton parent_instance;

  JumpService *service; /* (owned) (nullable) */
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (JumpHistoryMenu, jump_history_menu, GTK_TYPE_MENU_BUTTON)

static void
on_history_changed (gpointer user_data)
{
  g_signal_emit (user_data, signals[SIGNAL_CHANGED], 0);
}

static void
on_export_clicked (JumpHistoryMenu *self)
{
  jump_history_export_ask (GTK_WIDGET (self), jump_service_get_history_store (self->service));
}

static void
on_delete_clicked (JumpHistoryMenu *self)
{
  jump_history_purge_ask (GTK_WIDGET (self), self->service, on_history_changed, self);
}

static void
jump_history_menu_dispose (GObject *object)
{
  g_clear_object (&JUMP_HISTORY_MENU (object)->service);
  G_OBJECT_CLASS (jump_history_menu_parent_class)->dispose (object);
}

static void
jump_history_menu_class_init (JumpHistoryMenuClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jump_history_menu_dispose;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed",
                                          G_TYPE_FROM_CLASS (klass),
                                          G_SIGNAL_RUN_LAST,
                                          0,
                                          NULL,
                                          NULL,
                                          NULL,
                                          G_TYPE_NONE,
                                          0);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/jumpseat/Jumpseat/ui/history-menu.ui");
  gtk_widget_class_bind_template_callback (widget_class, on_export_clicked);
  gtk_widget_class_bind_template_callback (widget_class, jump_history_menu_ask_import);
  gtk_widget_class_bind_template_callback (widget_class, on_delete_clicked);
}

static void
jump_history_menu_init (JumpHistoryMenu *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
jump_history_menu_set_service (JumpHistoryMenu *self, JumpService *service)
{
  g_set_object (&self->service, service);
}

void
jump_history_menu_ask_import (JumpHistoryMenu *self)
{
  jump_history_import_ask (GTK_WIDGET (self),
                           jump_service_get_history_store (self->service),
                           on_history_changed,
                           self);
}
