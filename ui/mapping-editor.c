/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/mapping-editor.h"

#include "ui/focus-inside.h"
#include "ui/mapping-row.h"
#include "ui/setting-text.h"
#include "ui/setting-words.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _JumpMappingEditor
{
  GtkBox parent_instance;

  GtkWidget *title_label;
  GtkWidget *help_label;
  GtkWidget *list;
  GtkWidget *add_button;

  JumpSettings *settings; /* (owned) */
  JumpSettingTable table;
  gulong tables_handler;
  gboolean is_saving; /* what changes now is what is shown already */
};

G_DEFINE_FINAL_TYPE (JumpMappingEditor, jump_mapping_editor, GTK_TYPE_BOX)

static char *
dup_dotted_name (JumpMappingEditor *self, const char *name)
{
  return g_strconcat (jump_setting_table_group (self->table), ".", name, NULL);
}

static gboolean
save_row (JumpMappingEditor *self, const char *old_name, const char *name, const char *target)
{
  g_autofree char *old_dotted = old_name == NULL ? NULL : dup_dotted_name (self, old_name);
  g_autofree char *dotted = dup_dotted_name (self, name);
  gboolean is_saved;

  self->is_saving = TRUE;
  is_saved = jump_settings_set_text (self->settings, dotted, target, NULL);
  if (is_saved && old_name != NULL && strcmp (old_name, name) != 0)
    is_saved = jump_settings_reset (self->settings, old_dotted, NULL);
  self->is_saving = FALSE;
  return is_saved;
}

static void
on_row_finished (JumpMappingRow *row, JumpMappingEditor *self)
{
  g_autofree char *name = jump_mapping_row_dup_name (row);
  g_autofree char *target = jump_mapping_row_dup_target (row);
  const char *old_name = jump_mapping_row_get_saved_name (row);
  g_autofree char *mistake = NULL;

  if (old_name == NULL && *name == '\0' && *target == '\0')
    {
      gtk_widget_destroy (GTK_WIDGET (row));
      return;
    }
  mistake = jump_setting_describe_pair (name,
                                        target,
                                        jump_settings_get_table (self->settings, self->table),
                                        old_name);
  if (mistake != NULL)
    {
      jump_mapping_row_set_error (row, mistake);
      return;
    }
  if (save_row (self, old_name, name, target))
    jump_mapping_row_set_saved (row);
  else
    jump_mapping_row_set_error (
        row,
        _ ("The settings file cannot be written, or there is a mistake in it."));
}

static void
on_row_removed (JumpMappingRow *row, JumpMappingEditor *self)
{
  const char *name = jump_mapping_row_get_saved_name (row);
  g_autofree char *dotted = name == NULL ? NULL : dup_dotted_name (self, name);
  gboolean is_gone = TRUE;

  self->is_saving = TRUE;
  if (dotted != NULL)
    is_gone = jump_settings_reset (self->settings, dotted, NULL);
  self->is_saving = FALSE;
  if (!is_gone)
    {
      jump_mapping_row_set_error (
          row,
          _ ("The settings file cannot be written, or there is a mistake in it."));
      return;
    }
  gtk_widget_grab_focus (self->add_button);
  gtk_widget_destroy (GTK_WIDGET (row));
}

static JumpMappingRow *
add_row (JumpMappingEditor *self, const JumpSettingPair *pair)
{
  GtkWidget *row = jump_mapping_row_new (pair);

  g_signal_connect_object (row, "finished", G_CALLBACK (on_row_finished), self, 0);
  g_signal_connect_object (row, "removed", G_CALLBACK (on_row_removed), self, 0);
  gtk_container_add (GTK_CONTAINER (self->list), row);
  return JUMP_MAPPING_ROW (row);
}

static void
fill (JumpMappingEditor *self)
{
  GPtrArray *pairs = jump_settings_get_table (self->settings, self->table);
  g_autoptr (GList) rows = gtk_container_get_children (GTK_CONTAINER (self->list));

  for (GList *row = rows; row != NULL; row = row->next)
    gtk_widget_destroy (row->data);
  for (guint i = 0; i < pairs->len; i++)
    add_row (self, g_ptr_array_index (pairs, i));
}

static void
on_tables_changed (JumpSettings *settings, JumpMappingEditor *self)
{
  if (!self->is_saving)
    fill (self);
}

static void
on_add_clicked (GtkButton *button, JumpMappingEditor *self)
{
  jump_mapping_row_edit (add_row (self, NULL));
}

static void
jump_mapping_editor_dispose (GObject *object)
{
  JumpMappingEditor *self = JUMP_MAPPING_EDITOR (object);

  if (self->settings != NULL)
    g_clear_signal_handler (&self->tables_handler, self->settings);
  G_OBJECT_CLASS (jump_mapping_editor_parent_class)->dispose (object);
}

static void
jump_mapping_editor_finalize (GObject *object)
{
  JumpMappingEditor *self = JUMP_MAPPING_EDITOR (object);

  g_clear_object (&self->settings);
  G_OBJECT_CLASS (jump_mapping_editor_parent_class)->finalize (object);
}

static void
jump_mapping_editor_class_init (JumpMappingEditorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jump_mapping_editor_dispose;
  G_OBJECT_CLASS (klass)->finalize = jump_mapping_editor_finalize;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/jumpseat/Jumpseat/ui/mapping-editor.ui");
  gtk_widget_class_bind_template_child (widget_class, JumpMappingEditor, title_label);
  gtk_widget_class_bind_template_child (widget_class, JumpMappingEditor, help_label);
  gtk_widget_class_bind_template_child (widget_class, JumpMappingEditor, list);
  gtk_widget_class_bind_template_child (widget_class, JumpMappingEditor, add_button);
  gtk_widget_class_bind_template_callback (widget_class, on_add_clicked);
}

static void
jump_mapping_editor_init (JumpMappingEditor *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  jump_focus_inside (GTK_CONTAINER (self->list));
}

/**
 * jump_mapping_editor_new:
 * @settings: referenced
 * @table: which table
 *
 * Returns: (transfer floating): heading, rows, and a button that adds one
 */
GtkWidget *
jump_mapping_editor_new (JumpSettings *settings, JumpSettingTable table)
{
  JumpMappingEditor *self = g_object_new (JUMP_TYPE_MAPPING_EDITOR, NULL);
  const char *title = jump_setting_table_title (table);
  GtkWidget *empty = gtk_label_new (_ ("No rows yet"));

  self->settings = g_object_ref (settings);
  self->table = table;
  gtk_label_set_text (GTK_LABEL (self->title_label), title);
  gtk_label_set_text (GTK_LABEL (self->help_label), jump_setting_table_help (table));
  atk_object_set_name (gtk_widget_get_accessible (self->list), title);
  g_object_set (empty, "visible", TRUE, "margin", 12, NULL);
  gtk_style_context_add_class (gtk_widget_get_style_context (empty), "dim-label");
  gtk_list_box_set_placeholder (GTK_LIST_BOX (self->list), empty);
  self->tables_handler =
      g_signal_connect (settings, "tables-changed", G_CALLBACK (on_tables_changed), self);
  fill (self);
  return GTK_WIDGET (self);
}
