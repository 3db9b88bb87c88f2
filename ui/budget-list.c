/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/budget-list.h"

#include "ui/budget-dialog.h"
#include "ui/budget-row.h"
#include "ui/pace.h"

#include <string.h>

#define PACE_MS 1000

struct _JumpBudgetList
{
  GtkBox parent_instance;

  JumpService *service; /* (owned) (nullable) */
  JumpBudget *budget;   /* (owned) (nullable) */
  JumpPace *pace;       /* (owned) (nullable) */
  char *shown;          /* (owned) (nullable): the limits whose rows there are */
  GtkWidget *dialog;    /* (unowned) (nullable): while it is open */

  /* of the template */
  GtkContainer *list;
  GtkWidget *add_button;
  GtkWidget *nothing_label;
};

G_DEFINE_FINAL_TYPE (JumpBudgetList, jump_budget_list, GTK_TYPE_BOX)

static void
destroy_row (GtkWidget *row, gpointer user_data)
{
  gtk_widget_destroy (row);
}

/* What the rows are made of beside what is used. */
static char *
describe_limits (GArray *states)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < states->len; i++)
    {
      const JumpBudgetLimit *limit = g_array_index (states, JumpBudgetState, i).limit;
      g_autofree char *value = jump_budget_limit_dup_value (limit);

      g_string_append_printf (text, "%s = %s\n", limit->name, value);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* The button that was pressed goes with its row: the focus must not get lost. */
static void
fill (JumpBudgetList *self, GArray *states)
{
  GtkWidget *toplevel = gtk_widget_get_toplevel (GTK_WIDGET (self));
  GtkWidget *focus = GTK_IS_WINDOW (toplevel) ? gtk_window_get_focus (GTK_WINDOW (toplevel)) : NULL;
  gboolean is_inside = focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->list));

  gtk_container_foreach (self->list, destroy_row, NULL);
  for (guint i = 0; i < states->len; i++)
    gtk_container_add (
        self->list,
        jump_budget_row_new (self->service, &g_array_index (states, JumpBudgetState, i)));
  gtk_widget_set_visible (GTK_WIDGET (self->list), states->len > 0);
  gtk_widget_set_visible (self->nothing_label, states->len == 0);
  if (is_inside)
    gtk_widget_grab_focus (self->add_button);
}

static void
update (gpointer user_data)
{
  JumpBudgetList *self = user_data;
  g_autoptr (GArray) states = NULL;
  g_autoptr (GList) rows = NULL;
  g_autofree char *limits = NULL;
  guint i = 0;

  if (self->service == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  states = jump_budget_get_states (self->budget);
  limits = describe_limits (states);
  if (g_strcmp0 (limits, self->shown) != 0)
    {
      g_free (self->shown);
      self->shown = g_steal_pointer (&limits);
      fill (self, states);
      return;
    }
  rows = gtk_container_get_children (self->list);
  for (GList *each = rows; each != NULL && i < states->len; each = each->next)
    jump_budget_row_update (each->data, &g_array_index (states, JumpBudgetState, i++));
}

static void
on_budget_changed (JumpBudgetList *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    jump_pace_request (self->pace);
}

static void
on_tables_changed (JumpBudgetList *self)
{
  update (self);
}

static void
on_add_clicked (JumpBudgetList *self)
{
  GtkWidget *toplevel = gtk_widget_get_toplevel (GTK_WIDGET (self));

  if (self->dialog != NULL)
    return;
  self->dialog = jump_budget_dialog_new (GTK_WINDOW (toplevel), self->service, NULL);
  g_signal_connect (self->dialog, "destroy", G_CALLBACK (gtk_widget_destroyed), &self->dialog);
  gtk_window_present (GTK_WINDOW (self->dialog));
}

static void
jump_budget_list_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (jump_budget_list_parent_class)->map (widget);
  update (widget);
}

static void
jump_budget_list_dispose (GObject *object)
{
  JumpBudgetList *self = JUMP_BUDGET_LIST (object);

  g_clear_pointer (&self->dialog, gtk_widget_destroy);
  g_clear_pointer (&self->pace, jump_pace_free);
  g_clear_object (&self->budget);
  g_clear_object (&self->service);
  G_OBJECT_CLASS (jump_budget_list_parent_class)->dispose (object);
}

static void
jump_budget_list_finalize (GObject *object)
{
  g_free (JUMP_BUDGET_LIST (object)->shown);
  G_OBJECT_CLASS (jump_budget_list_parent_class)->finalize (object);
}

static void
jump_budget_list_class_init (JumpBudgetListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jump_budget_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = jump_budget_list_finalize;
  widget_class->map = jump_budget_list_map;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/jumpseat/Jumpseat/ui/budget-list.ui");
  gtk_widget_class_bind_template_child (widget_class, JumpBudgetList, list);
  gtk_widget_class_bind_template_child (widget_class, JumpBudgetList, add_button);
  gtk_widget_class_bind_template_child (widget_class, JumpBudgetList, nothing_label);
  gtk_widget_class_bind_template_callback (widget_class, on_add_clicked);
}

static void
jump_budget_list_init (JumpBudgetList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->pace = jump_pace_new (PACE_MS, update, self);
}

/**
 * jump_budget_list_new:
 * @service: whose budgets
 *
 * Returns: (transfer floating)
 */
GtkWidget *
jump_budget_list_new (JumpService *service)
{
  JumpBudgetList *self = g_object_new (JUMP_TYPE_BUDGET_LIST, NULL);

  jump_budget_list_set_service (self, service);
  return GTK_WIDGET (self);
}

void
jump_budget_list_set_service (JumpBudgetList *self, JumpService *service)
{
  g_return_if_fail (self->service == NULL);
  self->service = g_object_ref (service);
  self->budget = g_object_ref (jump_service_get_budget (service));
  g_signal_connect_object (self->budget,
                           "changed",
                           G_CALLBACK (on_budget_changed),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (jump_service_get_settings (service),
                           "tables-changed",
                           G_CALLBACK (on_tables_changed),
                           self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
}
