/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/budget-row.h"

#include "ui/budget-dialog.h"
#include "ui/budget-words.h"

#include <glib/gi18n-lib.h>

struct _JumpBudgetRow
{
  GtkListBoxRow parent_instance;

  JumpService *service; /* (owned) */
  char *name;           /* (owned): of the row in the settings */
  char *title;          /* (owned): what it is for */
  GtkWidget *dialog;    /* (unowned) (nullable): while it is open */

  /* of the template */
  GtkLabel *title_label;
  GtkLabel *used_label;
  GtkLabel *detail_label;
  GtkLevelBar *bar;
  GtkWidget *edit_button;
  GtkWidget *remove_button;
};

G_DEFINE_FINAL_TYPE (JumpBudgetRow, jump_budget_row, GTK_TYPE_LIST_BOX_ROW)

static void
on_edit_clicked (JumpBudgetRow *self)
{
  GtkWidget *toplevel = gtk_widget_get_toplevel (GTK_WIDGET (self));

  if (self->dialog != NULL)
    return;
  self->dialog = jump_budget_dialog_new (GTK_WINDOW (toplevel), self->service, self->name);
  g_signal_connect (self->dialog, "destroy", G_CALLBACK (gtk_widget_destroyed), &self->dialog);
  gtk_window_present (GTK_WINDOW (self->dialog));
}

/* The list is filled anew behind it, which is the end of this row. */
static void
on_remove_clicked (JumpBudgetRow *self)
{
  g_autoptr (JumpBudgetRow) keep_alive G_GNUC_UNUSED = g_object_ref (self);
  g_autofree char *setting = g_strconcat ("budgets.", self->name, NULL);

  if (!jump_settings_reset (jump_service_get_settings (self->service), setting, NULL) &&
      self->detail_label != NULL)
    gtk_label_set_text (self->detail_label, _ ("The settings could not be saved."));
}

static void
jump_budget_row_dispose (GObject *object)
{
  JumpBudgetRow *self = JUMP_BUDGET_ROW (object);

  g_clear_pointer (&self->dialog, gtk_widget_destroy);
  g_clear_object (&self->service);
  self->detail_label = NULL;
  G_OBJECT_CLASS (jump_budget_row_parent_class)->dispose (object);
}

static void
jump_budget_row_finalize (GObject *object)
{
  g_free (JUMP_BUDGET_ROW (object)->name);
  g_free (JUMP_BUDGET_ROW (object)->title);
  G_OBJECT_CLASS (jump_budget_row_parent_class)->finalize (object);
}

static void
jump_budget_row_class_init (JumpBudgetRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jump_budget_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = jump_budget_row_finalize;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/jumpseat/Jumpseat/ui/budget-row.ui");
  gtk_widget_class_bind_template_child (widget_class, JumpBudgetRow, title_label);
  gtk_widget_class_bind_template_child (widget_class, JumpBudgetRow, used_label);
  gtk_widget_class_bind_template_child (widget_class, JumpBudgetRow, detail_label);
  gtk_widget_class_bind_template_child (widget_class, JumpBudgetRow, bar);
  gtk_widget_class_bind_template_child (widget_class, JumpBudgetRow, edit_button);
  gtk_widget_class_bind_template_child (widget_class, JumpBudgetRow, remove_button);
  gtk_widget_class_bind_template_callback (widget_class, on_edit_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_remove_clicked);
}

/* style.css has colours for these. Templates take no class for a level bar. */
static void
jump_budget_row_init (JumpBudgetRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_style_context_add_class (gtk_widget_get_style_context (GTK_WIDGET (self->bar)), "budget");
  gtk_level_bar_remove_offset_value (self->bar, GTK_LEVEL_BAR_OFFSET_LOW);
  gtk_level_bar_remove_offset_value (self->bar, GTK_LEVEL_BAR_OFFSET_HIGH);
  gtk_level_bar_remove_offset_value (self->bar, GTK_LEVEL_BAR_OFFSET_FULL);
  gtk_level_bar_add_offset_value (self->bar, "calm", 0.8);
  gtk_level_bar_add_offset_value (self->bar, "close", 0.9999);
  gtk_level_bar_add_offset_value (self->bar, "spent", 1);
}

/* Several rows have the same buttons: what is read aloud names the budget. */
static void
name_button (GtkWidget *button, char *text)
{
  gtk_widget_set_tooltip_text (button, text);
  atk_object_set_name (gtk_widget_get_accessible (button), text);
  g_free (text);
}

/**
 * jump_budget_row_new:
 * @service: whose budget
 * @state: how it stands
 *
 * Returns: (transfer floating)
 */
GtkWidget *
jump_budget_row_new (JumpService *service, const JumpBudgetState *state)
{
  JumpBudgetRow *self = g_object_new (JUMP_TYPE_BUDGET_ROW, NULL);

  self->service = g_object_ref (service);
  self->name = g_strdup (state->limit->name);
  self->title = jump_budget_words_title (state->limit);
  gtk_label_set_text (self->title_label, self->title);
  atk_object_set_name (gtk_widget_get_accessible (GTK_WIDGET (self->bar)), self->title);
  /* Translators: %s is what a budget is for, as in "Each day" */
  name_button (self->edit_button, g_strdup_printf (_ ("Change the budget “%s”"), self->title));
  /* Translators: %s is what a budget is for, as in "Each day" */
  name_button (self->remove_button, g_strdup_printf (_ ("Remove the budget “%s”"), self->title));
  jump_budget_row_update (self, state);
  return GTK_WIDGET (self);
}

void
jump_budget_row_update (JumpBudgetRow *self, const JumpBudgetState *state)
{
  g_autofree char *used = jump_budget_words_used (state);
  g_autofree char *action = jump_budget_words_action (state->limit);
  g_autofree char *until = jump_budget_words_until (state);
  /* Translators: two sentences, one behind the other */
  g_autofree char *detail =
      until != NULL ? g_strdup_printf (C_ ("sentences", "%s %s"), action, until)
                    : g_strdup (action);

  gtk_label_set_text (self->used_label, used);
  gtk_label_set_text (self->detail_label, detail);
  gtk_level_bar_set_value (self->bar, jump_budget_words_share (state));
}
