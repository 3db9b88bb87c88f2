/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/setting-section.h"

#include "ui/focus-inside.h"
#include "ui/setting-field.h"
#include "ui/setting-words.h"

#include <string.h>

#define WORDS_KEY "jump-setting-words"

struct _JumpSettingSection
{
  GtkBox parent_instance;

  GtkWidget *title_label;
  GtkWidget *note_label;
  GtkWidget *frame;
  GtkWidget *list;
  GtkWidget *expander;
  GtkWidget *folded_list;
  GtkWidget *extra_box;

  JumpSettingsGroup group;
};

G_DEFINE_FINAL_TYPE (JumpSettingSection, jump_setting_section, GTK_TYPE_BOX)

static gboolean
contains (const char *text, const char *part)
{
  g_autofree char *folded_text = g_utf8_casefold (text, -1);
  g_autofree char *folded_part = g_utf8_casefold (part, -1);

  return strstr (folded_text, folded_part) != NULL;
}

static gboolean
row_matches (GtkWidget *row, const char *text)
{
  const char *words = g_object_get_data (G_OBJECT (row), WORDS_KEY);

  if (JUMP_IS_SETTING_FIELD (row))
    return jump_setting_field_matches (JUMP_SETTING_FIELD (row), text);
  return words != NULL && contains (words, text);
}

/* Returns: how many rows of @list fit @text, which are shown, and the others not. */
static guint
filter_list (GtkWidget *list, const char *text, gboolean shows_all)
{
  g_autoptr (GList) rows = gtk_container_get_children (GTK_CONTAINER (list));
  guint n_shown = 0;

  for (GList *each = rows; each != NULL; each = each->next)
    {
      gboolean is_shown = shows_all || row_matches (each->data, text);

      gtk_widget_set_visible (each->data, is_shown);
      n_shown += is_shown ? 1 : 0;
    }
  return n_shown;
}

static void
add_header (GtkListBoxRow *row, GtkListBoxRow *before, gpointer user_data)
{
  if (before == NULL)
    gtk_list_box_row_set_header (row, NULL);
  else if (gtk_list_box_row_get_header (row) == NULL)
    {
      GtkWidget *line = gtk_separator_new (GTK_ORIENTATION_HORIZONTAL);

      gtk_widget_show (line);
      gtk_list_box_row_set_header (row, line);
    }
}

static void
jump_setting_section_class_init (JumpSettingSectionClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (
      widget_class,
      "/io/github/jumpseat/Jumpseat/ui/setting-section.ui");
  gtk_widget_class_bind_template_child (widget_class, JumpSettingSection, title_label);
  gtk_widget_class_bind_template_child (widget_class, JumpSettingSection, note_label);
  gtk_widget_class_bind_template_child (widget_class, JumpSettingSection, frame);
  gtk_widget_class_bind_template_child (widget_class, JumpSettingSection, list);
  gtk_widget_class_bind_template_child (widget_class, JumpSettingSection, expander);
  gtk_widget_class_bind_template_child (widget_class, JumpSettingSection, folded_list);
  gtk_widget_class_bind_template_child (widget_class, JumpSettingSection, extra_box);
}

static void
jump_setting_section_init (JumpSettingSection *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  jump_focus_inside (GTK_CONTAINER (self->list));
  jump_focus_inside (GTK_CONTAINER (self->folded_list));
  gtk_list_box_set_header_func (GTK_LIST_BOX (self->list), add_header, NULL, NULL);
  gtk_list_box_set_header_func (GTK_LIST_BOX (self->folded_list), add_header, NULL, NULL);
}

static void
add_fields (JumpSettingSection *self, JumpSettings *settings)
{
  guint n_entries;
  const JumpSettingEntry *entries = jump_setting_layout_get (&n_entries);

  for (guint i = 0; i < n_entries; i++)
    {
      if (entries[i].group != self->group)
        continue;
      gtk_container_add (GTK_CONTAINER (entries[i].is_folded ? self->folded_list : self->list),
                         jump_setting_field_new (settings, &entries[i]));
      gtk_widget_show (entries[i].is_folded ? self->expander : self->frame);
    }
}

/**
 * jump_setting_section_new:
 * @settings: what the fields show and change
 * @group: which of them
 *
 * Returns: (transfer floating): the group
 */
GtkWidget *
jump_setting_section_new (JumpSettings *settings, JumpSettingsGroup group)
{
  JumpSettingSection *self = g_object_new (JUMP_TYPE_SETTING_SECTION, NULL);
  const char *title = jump_settings_group_title (group);
  const char *note = jump_settings_group_note (group);

  self->group = group;
  gtk_label_set_text (GTK_LABEL (self->title_label), title);
  gtk_label_set_text (GTK_LABEL (self->note_label), note == NULL ? "" : note);
  gtk_widget_set_visible (self->note_label, note != NULL);
  atk_object_set_name (gtk_widget_get_accessible (self->list), title);
  atk_object_set_name (gtk_widget_get_accessible (self->folded_list), title);
  gtk_expander_set_label (GTK_EXPANDER (self->expander), jump_settings_group_fold_title (group));
  add_fields (self, settings);
  return GTK_WIDGET (self);
}

static GtkWidget *
new_label (const char *text, gboolean is_help)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_line_wrap (GTK_LABEL (label), TRUE);
  if (is_help)
    {
      PangoAttrList *attributes = pango_attr_list_new ();

      pango_attr_list_insert (attributes, pango_attr_scale_new (0.9));
      gtk_label_set_attributes (GTK_LABEL (label), attributes);
      pango_attr_list_unref (attributes);
      gtk_style_context_add_class (gtk_widget_get_style_context (label), "dim-label");
    }
  return label;
}

/**
 * jump_setting_section_add_action:
 * @self: a group
 * @label: translated
 * @help: (nullable): translated
 * @control: (transfer floating): what does it
 */
void
jump_setting_section_add_action (JumpSettingSection *self,
                                 const char *label,
                                 const char *help,
                                 GtkWidget *control)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *text_box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *title = new_label (label, FALSE);

  g_object_set (box,
                "margin-start",
                12,
                "margin-end",
                12,
                "margin-top",
                8,
                "margin-bottom",
                8,
                NULL);
  g_object_set (row, "activatable", FALSE, "selectable", FALSE, NULL);
  jump_focus_inside (GTK_CONTAINER (row));
  gtk_widget_set_valign (text_box, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (control, GTK_ALIGN_CENTER);
  gtk_container_add (GTK_CONTAINER (text_box), title);
  if (help != NULL)
    gtk_container_add (GTK_CONTAINER (text_box), new_label (help, TRUE));
  gtk_box_pack_start (GTK_BOX (box), text_box, TRUE, TRUE, 0);
  gtk_box_pack_start (GTK_BOX (box), control, FALSE, FALSE, 0);
  gtk_container_add (GTK_CONTAINER (row), box);
  if (!GTK_IS_BUTTON (control))
    gtk_label_set_mnemonic_widget (GTK_LABEL (title), control);
  g_object_set_data_full (G_OBJECT (row), WORDS_KEY, g_strconcat (label, " ", help, NULL), g_free);
  gtk_widget_show_all (row);
  gtk_container_add (GTK_CONTAINER (self->list), row);
  gtk_widget_show (self->frame);
}

/**
 * jump_setting_section_add_widget:
 * @self: a group
 * @widget: (transfer floating): shown already
 */
void
jump_setting_section_add_widget (JumpSettingSection *self, GtkWidget *widget)
{
  gtk_container_add (GTK_CONTAINER (self->extra_box), widget);
}

/**
 * jump_setting_section_add_widget_above:
 * @self: a group
 * @widget: (transfer floating): shown already
 */
void
jump_setting_section_add_widget_above (JumpSettingSection *self, GtkWidget *widget)
{
  int position = 0;

  jump_setting_section_add_widget (self, widget);
  gtk_container_child_get (GTK_CONTAINER (self), self->frame, "position", &position, NULL);
  gtk_box_reorder_child (GTK_BOX (self), self->extra_box, position);
}

/**
 * jump_setting_section_filter:
 * @self: a group
 * @text: what somebody looks for; empty shows everything, folded as before
 *
 * The whole group is shown when its heading or note fit.
 *
 * Returns: whether anything is shown
 */
gboolean
jump_setting_section_filter (JumpSettingSection *self, const char *text)
{
  const char *note = jump_settings_group_note (self->group);
  gboolean is_named = contains (jump_settings_group_title (self->group), text) ||
                      (note != NULL && contains (note, text));
  guint n_rows = filter_list (self->list, text, is_named);
  guint n_folded = filter_list (self->folded_list, text, is_named);
  g_autoptr (GList) extras = gtk_container_get_children (GTK_CONTAINER (self->extra_box));

  gtk_widget_set_visible (self->frame, n_rows > 0);
  gtk_widget_set_visible (self->expander, n_folded > 0);
  gtk_expander_set_expanded (GTK_EXPANDER (self->expander), *text != '\0' && n_folded > 0);
  gtk_widget_set_visible (GTK_WIDGET (self), is_named || n_rows > 0 || n_folded > 0);
  gtk_widget_set_visible (self->extra_box, is_named && extras != NULL);
  return is_named || n_rows > 0 || n_folded > 0;
}
