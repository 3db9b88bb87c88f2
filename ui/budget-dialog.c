/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/budget-dialog.h"

#include "ui/budget-words.h"

#include <glib/gi18n-lib.h>

#define ANY_KEY "" /* no key is called so */

struct _JumpBudgetDialog
{
  GtkDialog parent_instance;

  JumpService *service; /* (owned) */
  char *name;           /* (owned) (nullable): of the row that is changed */

  /* of the template */
  GtkComboBoxText *period;
  GtkSpinButton *credits;
  GtkComboBoxText *key;
  GtkEntry *model;
  GtkComboBoxText *action;
  GtkEntry *cheaper;
  GtkWidget *cheaper_label;
  GtkLabel *hint_label;
  GtkWidget *save_button;
};

G_DEFINE_FINAL_TYPE (JumpBudgetDialog, jump_budget_dialog, GTK_TYPE_DIALOG)

static JumpBudgetAction
get_action (JumpBudgetDialog *self)
{
  return (JumpBudgetAction) MAX (0, gtk_combo_box_get_active (GTK_COMBO_BOX (self->action)));
}

/* Returns: (transfer full) (nullable): NULL for an empty one */
static char *
dup_entry (GtkEntry *entry)
{
  char *text = g_strstrip (g_strdup (gtk_entry_get_text (entry)));

  if (*text == '\0')
    g_clear_pointer (&text, g_free);
  return text;
}

static void
set_hint (JumpBudgetDialog *self, const char *text)
{
  GtkStyleContext *context = gtk_widget_get_style_context (GTK_WIDGET (self->hint_label));

  gtk_label_set_text (self->hint_label, text);
  gtk_style_context_remove_class (context, "dim-label");
  gtk_style_context_add_class (context, "mistake");
}

static void
on_changed (JumpBudgetDialog *self)
{
  gboolean is_cheaper = get_action (self) == JUMP_BUDGET_CHEAPER;

  gtk_widget_set_sensitive (GTK_WIDGET (self->cheaper), is_cheaper);
  gtk_widget_set_sensitive (self->cheaper_label, is_cheaper);
}

/* Returns: (transfer full): what the fields say; its name is the one of the row. */
static JumpBudgetLimit *
read_limit (JumpBudgetDialog *self)
{
  JumpBudgetLimit *limit = g_new0 (JumpBudgetLimit, 1);
  const char *key = gtk_combo_box_get_active_id (GTK_COMBO_BOX (self->key));

  limit->period =
      (JumpBudgetPeriod) MAX (0, gtk_combo_box_get_active (GTK_COMBO_BOX (self->period)));
  limit->key = key != NULL && *key != '\0' ? g_strdup (key) : NULL;
  limit->model = dup_entry (self->model);
  /* what was typed counts, also when a key saves while the focus is still there */
  gtk_spin_button_update (self->credits);
  limit->credits = gtk_spin_button_get_value (self->credits);
  limit->action = get_action (self);
  limit->cheaper = limit->action == JUMP_BUDGET_CHEAPER ? dup_entry (self->cheaper) : NULL;
  limit->name = jump_budget_words_row_name (limit->period, limit->key, limit->model);
  return limit;
}

static gboolean
is_taken (JumpBudgetDialog *self, const char *name)
{
  GPtrArray *rows =
      jump_settings_get_table (jump_service_get_settings (self->service), JUMP_TABLE_BUDGETS);

  if (g_strcmp0 (name, self->name) == 0)
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    {
      const JumpSettingPair *pair = g_ptr_array_index (rows, i);

      if (g_ascii_strcasecmp (pair->name, name) == 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
save (JumpBudgetDialog *self)
{
  JumpSettings *settings = jump_service_get_settings (self->service);
  g_autoptr (JumpBudgetLimit) limit = read_limit (self);
  g_autofree char *value = jump_budget_limit_dup_value (limit);
  g_autoptr (JumpBudgetLimit) checked = jump_budget_limit_parse (limit->name, value, NULL);
  g_autofree char *setting = g_strconcat ("budgets.", limit->name, NULL);
  g_autofree char *old = self->name != NULL ? g_strconcat ("budgets.", self->name, NULL) : NULL;

  if (checked == NULL)
    set_hint (self, _ ("A model is one name without blanks; a * may stand at its end."));
  else if (is_taken (self, limit->name))
    set_hint (self, _ ("There is a budget for this already. Change that one."));
  else if (!jump_settings_set_text (settings, setting, value, NULL) ||
           (old != NULL && g_strcmp0 (old, setting) != 0 &&
            !jump_settings_reset (settings, old, NULL)))
    set_hint (self, _ ("The settings could not be saved."));
  else
    return TRUE;
  return FALSE;
}

static void
jump_budget_dialog_response (GtkDialog *dialog, int response)
{
  g_autoptr (JumpBudgetDialog) self = g_object_ref (JUMP_BUDGET_DIALOG (dialog));

  if (response != GTK_RESPONSE_ACCEPT || save (self))
    gtk_widget_destroy (GTK_WIDGET (dialog));
}

static void
jump_budget_dialog_dispose (GObject *object)
{
  g_clear_object (&JUMP_BUDGET_DIALOG (object)->service);
  g_clear_pointer (&JUMP_BUDGET_DIALOG (object)->name, g_free);
  G_OBJECT_CLASS (jump_budget_dialog_parent_class)->dispose (object);
}

static void
jump_budget_dialog_class_init (JumpBudgetDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jump_budget_dialog_dispose;
  GTK_DIALOG_CLASS (klass)->response = jump_budget_dialog_response;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/jumpseat/Jumpseat/ui/budget-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, JumpBudgetDialog, period);
  gtk_widget_class_bind_template_child (widget_class, JumpBudgetDialog, credits);
  gtk_widget_class_bind_template_child (widget_class, JumpBudgetDialog, key);
  gtk_widget_class_bind_template_child (widget_class, JumpBudgetDialog, model);
  gtk_widget_class_bind_template_child (widget_class, JumpBudgetDialog, action);
  gtk_widget_class_bind_template_child (widget_class, JumpBudgetDialog, cheaper);
  gtk_widget_class_bind_template_child (widget_class, JumpBudgetDialog, cheaper_label);
  gtk_widget_class_bind_template_child (widget_class, JumpBudgetDialog, hint_label);
  gtk_widget_class_bind_template_child (widget_class, JumpBudgetDialog, save_button);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
}

static void
jump_budget_dialog_init (JumpBudgetDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_dialog_set_default_response (GTK_DIALOG (self), GTK_RESPONSE_ACCEPT);
}

static void
fill_choices (JumpBudgetDialog *self)
{
  JumpKeyStore *keys = jump_service_get_keys (self->service);
  guint n_keys = g_list_model_get_n_items (G_LIST_MODEL (keys));

  for (int i = JUMP_BUDGET_SESSION; i <= JUMP_BUDGET_MONTH; i++)
    gtk_combo_box_text_append_text (self->period, jump_budget_words_period ((JumpBudgetPeriod) i));
  for (int i = JUMP_BUDGET_WARN; i <= JUMP_BUDGET_REFUSE; i++)
    gtk_combo_box_text_append_text (self->action,
                                    jump_budget_words_action_name ((JumpBudgetAction) i));
  gtk_combo_box_text_append (self->key, ANY_KEY, _ ("All, with a key and without"));
  for (guint i = 0; i < n_keys; i++)
    {
      g_autoptr (JumpClientKey) key = g_list_model_get_item (G_LIST_MODEL (keys), i);
      const char *name = jump_client_key_get_name (key);

      gtk_combo_box_text_append (self->key, name, name);
    }
}

/* A key that is gone by now, or is named by its id, stays what the budget is for. */
static void
choose_key (JumpBudgetDialog *self, const char *key)
{
  if (gtk_combo_box_set_active_id (GTK_COMBO_BOX (self->key), key))
    return;
  gtk_combo_box_text_append (self->key, key, key);
  gtk_combo_box_set_active_id (GTK_COMBO_BOX (self->key), key);
}

static void
show_limit (JumpBudgetDialog *self, const JumpBudgetLimit *limit)
{
  gtk_combo_box_set_active (GTK_COMBO_BOX (self->period), (int) limit->period);
  gtk_spin_button_set_value (self->credits, limit->credits);
  choose_key (self, limit->key != NULL ? limit->key : ANY_KEY);
  gtk_entry_set_text (self->model, limit->model != NULL ? limit->model : "");
  gtk_combo_box_set_active (GTK_COMBO_BOX (self->action), (int) limit->action);
  gtk_entry_set_text (self->cheaper, limit->cheaper != NULL ? limit->cheaper : "");
}

/* Returns: (transfer full) (nullable): the limit of that row */
static JumpBudgetLimit *
find_limit (JumpBudgetDialog *self)
{
  GPtrArray *rows =
      jump_settings_get_table (jump_service_get_settings (self->service), JUMP_TABLE_BUDGETS);

  for (guint i = 0; i < rows->len && self->name != NULL; i++)
    {
      const JumpSettingPair *pair = g_ptr_array_index (rows, i);

      if (g_str_equal (pair->name, self->name))
        return jump_budget_limit_parse (pair->name, pair->target, NULL);
    }
  return NULL;
}

/**
 * jump_budget_dialog_new:
 * @parent: the window that it belongs to
 * @service: whose budgets
 * @name: (nullable): the row to change
 *
 * Returns: (transfer none): a dialog, to be presented
 */
GtkWidget *
jump_budget_dialog_new (GtkWindow *parent, JumpService *service, const char *name)
{
  JumpBudgetDialog *self = g_object_new (JUMP_TYPE_BUDGET_DIALOG,
                                         "transient-for",
                                         parent,
                                         "use-header-bar",
                                         FALSE,
                                         NULL);
  const JumpBudgetLimit usual = { .period = JUMP_BUDGET_DAY, .credits = 100 };
  g_autoptr (JumpBudgetLimit) limit = NULL;

  self->service = g_object_ref (service);
  self->name = g_strdup (name);
  fill_choices (self);
  limit = find_limit (self);
  show_limit (self, limit != NULL ? limit : &usual);
  gtk_window_set_title (GTK_WINDOW (self),
                        name == NULL
                        ? _ ("Add a Budget")
                        : _ ("Change the Budget"));
  gtk_widget_grab_focus (GTK_WIDGET (self->credits));
  return GTK_WIDGET (self);
}
