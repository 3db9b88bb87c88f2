/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/approval-bar.h"

#include "ui/approval-text.h"

#include <glib/gi18n-lib.h>

#define TICK_SECONDS 1

struct _JumpApprovalBar
{
  GtkInfoBar parent_instance;

  JumpService *service;   /* (owned) (nullable) */
  JumpApprovalDesk *desk; /* (owned) (nullable) */
  char *id;               /* (owned) (nullable): of the request that is shown */
  guint tick;             /* runs while the bar is seen */

  /* of the template */
  GtkLabel *question_label;
  GtkLabel *more_label;
};

G_DEFINE_FINAL_TYPE (JumpApprovalBar, jump_approval_bar, GTK_TYPE_INFO_BAR)

static JumpApprovalRequest *
get_first (JumpApprovalBar *self)
{
  return g_list_model_get_item (G_LIST_MODEL (self->desk), 0);
}

static void
update_more (JumpApprovalBar *self, JumpApprovalRequest *first)
{
  gint64 now = jump_clock_get_wall_seconds (jump_service_get_clock (self->service));
  g_autofree char *left = jump_approval_text_left (jump_approval_request_get_until (first) - now);
  guint n_more = g_list_model_get_n_items (G_LIST_MODEL (self->desk)) - 1;
  g_autofree char *more = NULL;

  if (n_more > 0)
    more =
        g_strdup_printf (ngettext ("%s %u more waits.", "%s %u more wait.", n_more), left, n_more);
  gtk_label_set_text (self->more_label, more != NULL ? more : left);
}

static void
update (JumpApprovalBar *self)
{
  g_autoptr (JumpApprovalRequest) first = get_first (self);
  g_autofree char *question = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self), first != NULL);
  if (first == NULL)
    {
      g_clear_pointer (&self->id, g_free);
      return;
    }
  update_more (self, first);
  if (g_strcmp0 (self->id, jump_approval_request_get_id (first)) == 0)
    return;
  g_free (self->id);
  self->id = g_strdup (jump_approval_request_get_id (first));
  question = jump_approval_text_for_request (first);
  gtk_label_set_text (self->question_label, question);
}

static gboolean
on_tick (gpointer user_data)
{
  update (user_data);
  return G_SOURCE_CONTINUE;
}

/* Which request is meant was read from the bar: another one may have become the first since. */
static void
on_answered (GtkInfoBar *bar, int response)
{
  JumpApprovalBar *self = JUMP_APPROVAL_BAR (bar);
  g_autofree char *id = g_strdup (self->id);

  if (id != NULL && response >= JUMP_APPROVAL_DENY && response <= JUMP_APPROVAL_ALWAYS)
    jump_approval_desk_answer (self->desk, id, (JumpApprovalAnswer) response);
}

static void
on_items_changed (GListModel *desk, guint position, guint removed, guint added, gpointer user_data)
{
  update (user_data);
}

static void
jump_approval_bar_map (GtkWidget *widget)
{
  JumpApprovalBar *self = JUMP_APPROVAL_BAR (widget);

  GTK_WIDGET_CLASS (jump_approval_bar_parent_class)->map (widget);
  if (self->tick == 0)
    self->tick = g_timeout_add_seconds (TICK_SECONDS, on_tick, self);
}

static void
jump_approval_bar_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&JUMP_APPROVAL_BAR (widget)->tick, g_source_remove);
  GTK_WIDGET_CLASS (jump_approval_bar_parent_class)->unmap (widget);
}

static void
jump_approval_bar_dispose (GObject *object)
{
  JumpApprovalBar *self = JUMP_APPROVAL_BAR (object);

  g_clear_handle_id (&self->tick, g_source_remove);
  if (self->desk != NULL)
    g_signal_handlers_disconnect_by_data (self->desk, self);
  g_clear_object (&self->desk);
  g_clear_object (&self->service);
  g_clear_pointer (&self->id, g_free);
  G_OBJECT_CLASS (jump_approval_bar_parent_class)->dispose (object);
}

static void
jump_approval_bar_class_init (JumpApprovalBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jump_approval_bar_dispose;
  widget_class->map = jump_approval_bar_map;
  widget_class->unmap = jump_approval_bar_unmap;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/jumpseat/Jumpseat/ui/approval-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, JumpApprovalBar, question_label);
  gtk_widget_class_bind_template_child (widget_class, JumpApprovalBar, more_label);
  gtk_widget_class_bind_template_callback (widget_class, on_answered);
}

/* As wide as its words: four of the widest leave no room for the question in a small window. */
static void
narrow_button (GtkWidget *button, gpointer box)
{
  gtk_button_box_set_child_non_homogeneous (GTK_BUTTON_BOX (box), button, TRUE);
}

static void
jump_approval_bar_init (JumpApprovalBar *self)
{
  GtkWidget *box;

  gtk_widget_init_template (GTK_WIDGET (self));
  box = gtk_info_bar_get_action_area (GTK_INFO_BAR (self));
  gtk_container_foreach (GTK_CONTAINER (box), narrow_button, box);
}

/**
 * jump_approval_bar_set_service:
 * @self: a new bar
 * @service: whose requests wait
 */
void
jump_approval_bar_set_service (JumpApprovalBar *self, JumpService *service)
{
  self->service = g_object_ref (service);
  self->desk = g_object_ref (jump_service_get_approvals (service));
  g_signal_connect (self->desk, "items-changed", G_CALLBACK (on_items_changed), self);
  update (self);
}
