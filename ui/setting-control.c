/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/setting-control.h"

#include "ui/setting-text.h"
#include "ui/setting-words.h"

#include <glib/gi18n-lib.h>

#define LINK_KEY "jump-setting-link"

/* What a control reports to. Freed with it. */
typedef struct
{
  const JumpSettingEntry *entry;
  JumpSettingControlFunc on_changed;
  gpointer user_data;
} Link;

static void
report (GtkWidget *control, gboolean is_final)
{
  Link *link = g_object_get_data (G_OBJECT (control), LINK_KEY);

  link->on_changed (control, is_final, link->user_data);
}

static void
on_switch_toggled (GtkWidget *control)
{
  report (control, TRUE);
}

static void
on_choice_changed (GtkWidget *control)
{
  report (control, TRUE);
}

static void
on_text_changed (GtkWidget *control)
{
  report (control, FALSE);
}

static void
on_text_activated (GtkWidget *control)
{
  report (control, TRUE);
}

static gboolean
on_focus_left (GtkWidget *control)
{
  report (control, TRUE);
  return GDK_EVENT_PROPAGATE;
}

/* Scrolling the page must not change what the pointer happens to pass. */
static gboolean
on_choice_scrolled (GtkWidget *control)
{
  g_signal_stop_emission_by_name (control, "scroll-event");
  return GDK_EVENT_PROPAGATE;
}

static void
on_file_chosen (GtkNativeDialog *dialog, int response, GtkWidget *control)
{
  g_autofree char *path = gtk_file_chooser_get_filename (GTK_FILE_CHOOSER (dialog));

  if (response == GTK_RESPONSE_ACCEPT && path != NULL)
    {
      gtk_entry_set_text (GTK_ENTRY (control), path);
      report (control, TRUE);
    }
  g_object_set_data (G_OBJECT (control), "jump-file-dialog", NULL);
}

static void
on_file_clicked (GtkButton *button, GtkWidget *control)
{
  GtkWidget *window = gtk_widget_get_toplevel (control);
  const char *path = gtk_entry_get_text (GTK_ENTRY (control));
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (_ ("Choose a File with Certificates"),
                                                                 GTK_WINDOW (window),
                                                                 GTK_FILE_CHOOSER_ACTION_OPEN,
                                                                 NULL,
                                                                 NULL);

  if (*path != '\0')
    gtk_file_chooser_set_filename (GTK_FILE_CHOOSER (dialog), path);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect (dialog, "response", G_CALLBACK (on_file_chosen), control);
  /* It goes with the control at the latest. */
  g_object_set_data_full (G_OBJECT (control), "jump-file-dialog", dialog, g_object_unref);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static GtkWidget *
new_switch (void)
{
  GtkWidget *control = gtk_switch_new ();

  g_signal_connect (control, "notify::active", G_CALLBACK (on_switch_toggled), NULL);
  return control;
}

static GtkWidget *
new_choice (JumpSettingKey key)
{
  GtkWidget *control = gtk_combo_box_text_new ();
  g_auto (GStrv) words = g_strsplit (jump_setting_row (key)->choices, "|", -1);

  for (guint i = 0; words[i] != NULL; i++)
    gtk_combo_box_text_append (GTK_COMBO_BOX_TEXT (control),
                               words[i],
                               jump_setting_choice_label (key, words[i]));
  g_signal_connect (control, "changed", G_CALLBACK (on_choice_changed), NULL);
  g_signal_connect (control, "scroll-event", G_CALLBACK (on_choice_scrolled), NULL);
  return control;
}

static GtkWidget *
new_entry (int width, GtkInputPurpose purpose)
{
  GtkWidget *control = gtk_entry_new ();

  gtk_entry_set_width_chars (GTK_ENTRY (control), width);
  gtk_entry_set_max_width_chars (GTK_ENTRY (control), width);
  gtk_entry_set_input_purpose (GTK_ENTRY (control), purpose);
  g_signal_connect (control, "changed", G_CALLBACK (on_text_changed), NULL);
  g_signal_connect (control, "activate", G_CALLBACK (on_text_activated), NULL);
  g_signal_connect (control, "focus-out-event", G_CALLBACK (on_focus_left), NULL);
  return control;
}

static GtkWidget *
new_control (const JumpSettingEntry *entry)
{
  switch (entry->kind)
    {
    case JUMP_FIELD_SWITCH:
      return new_switch ();
    case JUMP_FIELD_CHOICE:
      return new_choice (entry->key);
    case JUMP_FIELD_NUMBER:
    case JUMP_FIELD_PORT:
      return new_entry (8, GTK_INPUT_PURPOSE_DIGITS);
    case JUMP_FIELD_TEXT:
      return new_entry (24, GTK_INPUT_PURPOSE_FREE_FORM);
    case JUMP_FIELD_FILE:
      return new_entry (20, GTK_INPUT_PURPOSE_FREE_FORM);
    }
  return NULL;
}

/**
 * jump_setting_control_new:
 * @entry: (transfer none): which setting
 * @on_changed: called when the person changes it, and by jump_setting_control_set_text()
 * @user_data: for @on_changed, as long as the control lives
 *
 * Returns: (transfer floating): the widget that has the focus
 */
GtkWidget *
jump_setting_control_new (const JumpSettingEntry *entry,
                          JumpSettingControlFunc on_changed,
                          gpointer user_data)
{
  GtkWidget *control = new_control (entry);
  Link *link = g_new0 (Link, 1);

  link->entry = entry;
  link->on_changed = on_changed;
  link->user_data = user_data;
  g_object_set_data_full (G_OBJECT (control), LINK_KEY, link, g_free);
  gtk_widget_set_valign (control, GTK_ALIGN_CENTER);
  gtk_widget_show (control);
  return control;
}

/**
 * jump_setting_control_pack:
 * @control: a control
 * @box: gets it
 */
void
jump_setting_control_pack (GtkWidget *control, GtkContainer *box)
{
  Link *link = g_object_get_data (G_OBJECT (control), LINK_KEY);
  GtkWidget *button;
  g_autofree char *name = NULL;

  gtk_container_add (box, control);
  if (link->entry->kind != JUMP_FIELD_FILE)
    return;
  button = gtk_button_new_from_icon_name ("document-open-symbolic", GTK_ICON_SIZE_BUTTON);
  /* Translators: %s is the name of a setting, as in "Certificates to trust". */
  name = g_strdup_printf (_ ("Choose a file for “%s”"), jump_setting_label (link->entry->key));
  atk_object_set_name (gtk_widget_get_accessible (button), name);
  gtk_widget_set_tooltip_text (button, _ ("Choose a file"));
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_file_clicked), control, 0);
  gtk_widget_show (button);
  gtk_container_add (box, button);
}

/**
 * jump_setting_control_dup_text:
 * @control: a control
 *
 * Returns: (transfer full): its value as the file writes it
 */
char *
jump_setting_control_dup_text (GtkWidget *control)
{
  if (GTK_IS_SWITCH (control))
    return g_strdup (gtk_switch_get_active (GTK_SWITCH (control)) ? "true" : "false");
  if (GTK_IS_COMBO_BOX (control))
    {
      const char *id = gtk_combo_box_get_active_id (GTK_COMBO_BOX (control));

      return g_strdup (id == NULL ? "" : id);
    }
  return g_strstrip (g_strdup (gtk_entry_get_text (GTK_ENTRY (control))));
}

/**
 * jump_setting_control_set_text:
 * @control: a control
 * @text: a value as the file writes it
 */
void
jump_setting_control_set_text (GtkWidget *control, const char *text)
{
  if (GTK_IS_SWITCH (control))
    gtk_switch_set_active (GTK_SWITCH (control), g_str_equal (text, "true"));
  else if (GTK_IS_COMBO_BOX (control))
    gtk_combo_box_set_active_id (GTK_COMBO_BOX (control), text);
  else if (!g_str_equal (gtk_entry_get_text (GTK_ENTRY (control)), text))
    gtk_entry_set_text (GTK_ENTRY (control), text);
}
