/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/setting-field.h"

#include "ui/focus-inside.h"
#include "ui/setting-control.h"
#include "ui/setting-text.h"
#include "ui/setting-words.h"
#include "ui/start-values.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Long enough to type on, short enough to need no button. A half typed port would be listened on. */
#define PAUSE_MS      1200
#define PORT_PAUSE_MS 2500

struct _JumpSettingField
{
  GtkListBoxRow parent_instance;

  GtkWidget *title_label;
  GtkWidget *help_label;
  GtkWidget *override_label;
  GtkWidget *restart_label;
  GtkWidget *error_label;
  GtkWidget *reset_button;
  GtkWidget *control_box;
  GtkWidget *control; /* (unowned): in the box */

  JumpSettings *settings; /* (owned) */
  const JumpSettingEntry *entry;
  gulong settings_handler;
  guint pause;
  gboolean is_filling; /* the control is being set by us */
  gboolean is_dirty;   /* it holds what is not saved */
};

G_DEFINE_FINAL_TYPE (JumpSettingField, jump_setting_field, GTK_TYPE_LIST_BOX_ROW)

static char *
dup_name (JumpSettingField *self)
{
  const JumpSettingRow *row = jump_setting_row (self->entry->key);

  return g_strconcat (row->group, ".", row->name, NULL);
}

/* @text: (nullable): NULL when nothing is wrong */
static void
show_error (JumpSettingField *self, const char *text)
{
  GtkStyleContext *style = gtk_widget_get_style_context (self->control);

  gtk_label_set_text (GTK_LABEL (self->error_label), text == NULL ? "" : text);
  gtk_widget_set_visible (self->error_label, text != NULL);
  if (text != NULL)
    gtk_style_context_add_class (style, "error");
  else
    gtk_style_context_remove_class (style, "error");
}

static void
show_state (JumpSettingField *self)
{
  const JumpSettingRow *row = jump_setting_row (self->entry->key);
  const char *source = jump_settings_get_source (self->settings, self->entry->key);
  g_autofree char *override = jump_setting_describe_override (source);
  const char *value = jump_settings_get_string (self->settings, self->entry->key);

  gtk_label_set_text (GTK_LABEL (self->override_label), override == NULL ? "" : override);
  gtk_widget_set_visible (self->override_label, override != NULL);
  gtk_widget_set_sensitive (self->control_box, override == NULL);
  gtk_widget_set_visible (self->reset_button,
                          jump_setting_source_is_file (source) &&
                              strcmp (value, row->fallback) != 0);
  gtk_widget_set_visible (self->restart_label,
                          jump_start_values_is_waiting (self->settings, self->entry->key));
}

static void
fill (JumpSettingField *self)
{
  self->is_filling = TRUE;
  jump_setting_control_set_text (self->control,
                                 jump_settings_get_string (self->settings, self->entry->key));
  self->is_filling = FALSE;
  self->is_dirty = FALSE;
  g_clear_handle_id (&self->pause, g_source_remove);
  show_error (self, NULL);
  show_state (self);
}

/* Saving may end in a new window in another language, so the row holds itself. */
static void
save (JumpSettingField *self)
{
  g_autoptr (JumpSettingField) keep_alive G_GNUC_UNUSED = g_object_ref (self);
  g_autofree char *text = jump_setting_control_dup_text (self->control);
  g_autofree char *name = dup_name (self);
  g_autofree char *expected = NULL;

  g_clear_handle_id (&self->pause, g_source_remove);
  if (!self->is_dirty)
    return;
  if (strcmp (text, jump_settings_get_string (self->settings, self->entry->key)) == 0)
    {
      fill (self);
      return;
    }
  if (!jump_setting_check (self->entry->key, text, NULL))
    {
      expected = jump_setting_describe_expected (self->entry->key);
      show_error (self, expected);
      return;
    }
  self->is_dirty = FALSE;
  if (!jump_settings_set_text (self->settings, name, text, NULL))
    {
      self->is_dirty = TRUE;
      if (self->settings_handler != 0)
        show_error (self, _ ("The settings file cannot be written, or there is a mistake in it."));
    }
  else if (self->settings_handler != 0)
    fill (self);
}

static gboolean
on_pause_over (gpointer user_data)
{
  JumpSettingField *self = JUMP_SETTING_FIELD (user_data);

  self->pause = 0;
  save (self);
  return G_SOURCE_REMOVE;
}

/* @is_final: a choice was made, rather than a letter typed */
static void
on_control_changed (GtkWidget *control, gboolean is_final, gpointer user_data)
{
  JumpSettingField *self = JUMP_SETTING_FIELD (user_data);
  gboolean is_port = self->entry->kind == JUMP_FIELD_PORT;

  if (self->is_filling || self->settings_handler == 0)
    return;
  self->is_dirty = TRUE;
  show_error (self, NULL);
  g_clear_handle_id (&self->pause, g_source_remove);
  if (is_final)
    save (self);
  else
    self->pause = g_timeout_add (is_port ? PORT_PAUSE_MS : PAUSE_MS, on_pause_over, self);
}

static void
on_setting_changed (JumpSettings *settings, JumpSettingKey key, JumpSettingField *self)
{
  if (key != self->entry->key)
    return;
  /* Half typed text stays; the state beside it is told. */
  if (self->is_dirty)
    show_state (self);
  else
    fill (self);
}

static void
on_reset_clicked (GtkButton *button, JumpSettingField *self)
{
  g_autoptr (JumpSettingField) keep_alive G_GNUC_UNUSED = g_object_ref (self);
  g_autofree char *name = dup_name (self);

  self->is_dirty = FALSE;
  if (!jump_settings_reset (self->settings, name, NULL))
    show_error (self, _ ("The settings file cannot be written, or there is a mistake in it."));
  else if (self->settings_handler != 0)
    {
      fill (self);
      gtk_widget_child_focus (self->control_box, GTK_DIR_TAB_FORWARD);
    }
}

static void
jump_setting_field_dispose (GObject *object)
{
  JumpSettingField *self = JUMP_SETTING_FIELD (object);

  g_clear_handle_id (&self->pause, g_source_remove);
  if (self->settings != NULL)
    g_clear_signal_handler (&self->settings_handler, self->settings);
  /* A control that loses the focus now has nothing to save any more. */
  self->is_dirty = FALSE;
  G_OBJECT_CLASS (jump_setting_field_parent_class)->dispose (object);
}

static void
jump_setting_field_finalize (GObject *object)
{
  JumpSettingField *self = JUMP_SETTING_FIELD (object);

  g_clear_object (&self->settings);
  G_OBJECT_CLASS (jump_setting_field_parent_class)->finalize (object);
}

static void
jump_setting_field_class_init (JumpSettingFieldClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jump_setting_field_dispose;
  G_OBJECT_CLASS (klass)->finalize = jump_setting_field_finalize;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/jumpseat/Jumpseat/ui/setting-field.ui");
  gtk_widget_class_bind_template_child (widget_class, JumpSettingField, title_label);
  gtk_widget_class_bind_template_child (widget_class, JumpSettingField, help_label);
  gtk_widget_class_bind_template_child (widget_class, JumpSettingField, override_label);
  gtk_widget_class_bind_template_child (widget_class, JumpSettingField, restart_label);
  gtk_widget_class_bind_template_child (widget_class, JumpSettingField, error_label);
  gtk_widget_class_bind_template_child (widget_class, JumpSettingField, reset_button);
  gtk_widget_class_bind_template_child (widget_class, JumpSettingField, control_box);
  gtk_widget_class_bind_template_callback (widget_class, on_reset_clicked);
}

static void
jump_setting_field_init (JumpSettingField *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  jump_focus_inside (GTK_CONTAINER (self));
}

/**
 * jump_setting_field_new:
 * @settings: referenced
 * @entry: (transfer none): a row of the layout
 *
 * Returns: (transfer floating): a row for a list box
 */
GtkWidget *
jump_setting_field_new (JumpSettings *settings, const JumpSettingEntry *entry)
{
  JumpSettingField *self = g_object_new (JUMP_TYPE_SETTING_FIELD, NULL);
  const char *title = jump_setting_label (entry->key);
  const char *help = jump_setting_help (entry->key);
  /* Translators: %s is the name of a setting, as in "Port". */
  g_autofree char *reset = g_strdup_printf (_ ("Reset “%s” to its default"), title);

  self->settings = g_object_ref (settings);
  self->entry = entry;
  gtk_label_set_text (GTK_LABEL (self->title_label), title);
  gtk_label_set_text (GTK_LABEL (self->help_label), help == NULL ? "" : help);
  gtk_widget_set_visible (self->help_label, help != NULL);
  atk_object_set_name (gtk_widget_get_accessible (self->reset_button), reset);
  self->control = jump_setting_control_new (entry, on_control_changed, self);
  jump_setting_control_pack (self->control, GTK_CONTAINER (self->control_box));
  gtk_label_set_mnemonic_widget (GTK_LABEL (self->title_label), self->control);
  if (help != NULL)
    atk_object_set_description (gtk_widget_get_accessible (self->control), help);
  self->settings_handler =
      g_signal_connect (settings, "changed", G_CALLBACK (on_setting_changed), self);
  fill (self);
  return GTK_WIDGET (self);
}

static gboolean
contains (const char *text, const char *folded_part)
{
  g_autofree char *folded = text == NULL ? NULL : g_utf8_casefold (text, -1);

  return folded != NULL && strstr (folded, folded_part) != NULL;
}

/**
 * jump_setting_field_matches:
 * @self: a field
 * @text: what somebody looks for; empty fits everything
 *
 * Returns: whether this is one of them
 */
gboolean
jump_setting_field_matches (JumpSettingField *self, const char *text)
{
  g_autofree char *part = g_utf8_casefold (text, -1);
  g_autofree char *name = dup_name (self);

  return contains (jump_setting_label (self->entry->key), part) ||
         contains (jump_setting_help (self->entry->key), part) || contains (name, part);
}
