/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/toast.h"

/* Long enough to read a short sentence twice. */
#define SECONDS 4

struct _JumpToast
{
  GtkRevealer parent_instance;

  GtkLabel *label; /* of the template */
  guint timeout;   /* 0: nothing is shown */
};

G_DEFINE_FINAL_TYPE (JumpToast, jump_toast, GTK_TYPE_REVEALER)

static void
hide (JumpToast *self)
{
  g_clear_handle_id (&self->timeout, g_source_remove);
  gtk_revealer_set_reveal_child (GTK_REVEALER (self), FALSE);
}

static gboolean
on_time_passed (gpointer user_data)
{
  JumpToast *self = user_data;

  self->timeout = 0;
  hide (self);
  return G_SOURCE_REMOVE;
}

static void
on_close_clicked (GtkButton *button, JumpToast *self)
{
  hide (self);
}

/* ATK has the signal since 2.46; without it the notification's role has to do. */
static void
announce (JumpToast *self, const char *text)
{
  AtkObject *accessible = gtk_widget_get_accessible (GTK_WIDGET (self->label));

  atk_object_set_name (accessible, text);
  if (g_signal_lookup ("announcement", ATK_TYPE_OBJECT) != 0)
    g_signal_emit_by_name (accessible, "announcement", text);
}

static void
jump_toast_unmap (GtkWidget *widget)
{
  hide (JUMP_TOAST (widget));
  GTK_WIDGET_CLASS (jump_toast_parent_class)->unmap (widget);
}

static void
jump_toast_dispose (GObject *object)
{
  JumpToast *self = JUMP_TOAST (object);

  g_clear_handle_id (&self->timeout, g_source_remove);
  G_OBJECT_CLASS (jump_toast_parent_class)->dispose (object);
}

static void
jump_toast_class_init (JumpToastClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jump_toast_dispose;
  widget_class->unmap = jump_toast_unmap;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/jumpseat/Jumpseat/ui/toast.ui");
  gtk_widget_class_bind_template_child (widget_class, JumpToast, label);
  gtk_widget_class_bind_template_callback (widget_class, on_close_clicked);
}

static void
jump_toast_init (JumpToast *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * jump_toast_show:
 * @text: a short sentence without full stop; takes the place of one that is still there
 */
void
jump_toast_show (JumpToast *self, const char *text)
{
  g_clear_handle_id (&self->timeout, g_source_remove);
  gtk_label_set_text (self->label, text);
  gtk_revealer_set_reveal_child (GTK_REVEALER (self), TRUE);
  self->timeout = g_timeout_add_seconds (SECONDS, on_time_passed, self);
  announce (self, text);
}
