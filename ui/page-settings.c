/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/page-settings.h"

#include "ui/budget-list.h"
#include "ui/key-list.h"
#include "ui/mapping-editor.h"
#include "ui/setting-section.h"
#include "ui/start-values.h"

#include <gdk/gdkkeysyms.h>
#include <glib/gi18n-lib.h>

struct _JumpPageSettings
{
  GtkBox parent_instance;

  GtkWidget *problem_bar;
  GtkWidget *problem_label;
  GtkWidget *open_file_button;
  GtkWidget *restart_bar;
  GtkWidget *scroller;
  GtkWidget *column;
  GtkWidget *search_entry;
  GtkWidget *nothing_label;
  GtkWidget *sections[JUMP_N_SETTINGS_GROUPS]; /* (unowned): in the column */

  JumpService *service; /* (owned) */
  GtkWidget *toplevel;  /* (unowned) (nullable): while mapped */
  gulong key_handler;
};

G_DEFINE_FINAL_TYPE (JumpPageSettings, jump_page_settings, GTK_TYPE_BOX)

static JumpSettings *
get_settings (JumpPageSettings *self)
{
  return jump_service_get_settings (self->service);
}

static void
update_restart_bar (JumpPageSettings *self)
{
  gtk_widget_set_visible (self->restart_bar,
                          jump_start_values_any_is_waiting (get_settings (self)));
}

static void
on_setting_changed (JumpSettings *settings, JumpSettingKey key, JumpPageSettings *self)
{
  gtk_widget_hide (self->problem_bar);
  update_restart_bar (self);
}

static void
on_tables_changed (JumpSettings *settings, JumpPageSettings *self)
{
  gtk_widget_hide (self->problem_bar);
}

/* The message names line and key, which helps whoever edits the file by hand. */
static void
on_settings_problem (JumpSettings *settings, const GError *error, JumpPageSettings *self)
{
  /* Translators: %s is a technical message in English. */
  g_autofree char *text = g_strdup_printf (_ ("There is a mistake in the settings file, so the "
                                              "values of before stay in force: %s"),
                                              error->message);

  gtk_label_set_text (GTK_LABEL (self->problem_label), text);
  gtk_widget_show (self->problem_bar);
}

static void
on_problem_answered (GtkInfoBar *bar, int response, JumpPageSettings *self)
{
  GtkWidget *window = gtk_widget_get_toplevel (GTK_WIDGET (self));
  g_autofree char *uri = NULL;

  if (response == GTK_RESPONSE_OK)
    {
      uri = g_filename_to_uri (jump_settings_get_path (get_settings (self)), NULL, NULL);
      if (uri != NULL)
        gtk_show_uri_on_window (GTK_WINDOW (window), uri, GDK_CURRENT_TIME, NULL);
    }
  else
    gtk_widget_hide (self->problem_bar);
}

static void
on_search_changed (JumpPageSettings *self)
{
  const char *text = gtk_entry_get_text (GTK_ENTRY (self->search_entry));
  gboolean has_any = FALSE;

  for (guint i = 0; i < JUMP_N_SETTINGS_GROUPS; i++)
    {
      if (jump_setting_section_filter (JUMP_SETTING_SECTION (self->sections[i]), text))
        has_any = TRUE;
    }
  gtk_widget_set_visible (self->nothing_label, !has_any);
}

static void
on_search_stopped (JumpPageSettings *self)
{
  gtk_entry_set_text (GTK_ENTRY (self->search_entry), "");
}

static gboolean
on_key_pressed (GtkWidget *toplevel, GdkEventKey *event, JumpPageSettings *self)
{
  if ((event->state & gtk_accelerator_get_default_mod_mask ()) != GDK_CONTROL_MASK ||
      event->keyval != GDK_KEY_f)
    return GDK_EVENT_PROPAGATE;
  gtk_widget_grab_focus (self->search_entry);
  return GDK_EVENT_STOP;
}

static void
jump_page_settings_map (GtkWidget *widget)
{
  JumpPageSettings *self = JUMP_PAGE_SETTINGS (widget);

  GTK_WIDGET_CLASS (jump_page_settings_parent_class)->map (widget);
  self->toplevel = gtk_widget_get_toplevel (widget);
  self->key_handler =
      g_signal_connect (self->toplevel, "key-press-event", G_CALLBACK (on_key_pressed), self);
}

static void
jump_page_settings_unmap (GtkWidget *widget)
{
  JumpPageSettings *self = JUMP_PAGE_SETTINGS (widget);

  if (self->toplevel != NULL)
    g_clear_signal_handler (&self->key_handler, self->toplevel);
  self->toplevel = NULL;
  GTK_WIDGET_CLASS (jump_page_settings_parent_class)->unmap (widget);
}

static void
jump_page_settings_dispose (GObject *object)
{
  JumpPageSettings *self = JUMP_PAGE_SETTINGS (object);

  if (self->service != NULL)
    g_signal_handlers_disconnect_by_data (get_settings (self), self);
  g_clear_object (&self->service);
  G_OBJECT_CLASS (jump_page_settings_parent_class)->dispose (object);
}

static void
jump_page_settings_class_init (JumpPageSettingsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jump_page_settings_dispose;
  widget_class->map = jump_page_settings_map;
  widget_class->unmap = jump_page_settings_unmap;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/jumpseat/Jumpseat/ui/page-settings.ui");
  gtk_widget_class_bind_template_child (widget_class, JumpPageSettings, problem_bar);
  gtk_widget_class_bind_template_child (widget_class, JumpPageSettings, problem_label);
  gtk_widget_class_bind_template_child (widget_class, JumpPageSettings, open_file_button);
  gtk_widget_class_bind_template_child (widget_class, JumpPageSettings, restart_bar);
  gtk_widget_class_bind_template_child (widget_class, JumpPageSettings, scroller);
  gtk_widget_class_bind_template_child (widget_class, JumpPageSettings, column);
  gtk_widget_class_bind_template_child (widget_class, JumpPageSettings, search_entry);
  gtk_widget_class_bind_template_child (widget_class, JumpPageSettings, nothing_label);
  gtk_widget_class_bind_template_callback (widget_class, on_problem_answered);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_search_stopped);
}

static void
jump_page_settings_init (JumpPageSettings *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* What is no key of the file: tables, and what the program does for the desktop. */
static void
add_rest (JumpPageSettings *self)
{
  JumpSettingSection *access = JUMP_SETTING_SECTION (self->sections[JUMP_SETTINGS_ACCESS]);
  JumpSettingSection *mappings = JUMP_SETTING_SECTION (self->sections[JUMP_SETTINGS_MAPPINGS]);
  JumpSettingSection *logging = JUMP_SETTING_SECTION (self->sections[JUMP_SETTINGS_LOGGING]);
  JumpSettingSection *desktop = JUMP_SETTING_SECTION (self->sections[JUMP_SETTINGS_DESKTOP]);
  GtkWidget *logs = gtk_button_new_with_mnemonic (_ ("_Open the Folder"));
  GtkWidget *login = gtk_switch_new ();

  jump_setting_section_add_widget_above (access, jump_key_list_new (self->service));
  jump_setting_section_add_widget (JUMP_SETTING_SECTION (self->sections[JUMP_SETTINGS_HISTORY]),
                                   jump_budget_list_new (self->service));
  for (guint i = 0; i < JUMP_TABLE_BUDGETS; i++)
    jump_setting_section_add_widget (
        mappings,
        jump_mapping_editor_new (get_settings (self), (JumpSettingTable) i));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (logs), "app.open-logs");
  jump_setting_section_add_action (logging, _ ("Where the log is"), NULL, logs);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (login), "app.start-at-login");
  jump_setting_section_add_action (
      desktop,
      _ ("Start at login"), _ ("Jumpseat serves as soon as your desktop is there."), login);
}

/**
 * jump_page_settings_new:
 * @service: whose settings
 *
 * Uses the actions "app.restart", "app.open-logs" and "app.start-at-login".
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *
jump_page_settings_new (JumpService *service)
{
  JumpPageSettings *self = g_object_new (JUMP_TYPE_PAGE_SETTINGS, NULL);
  JumpSettings *settings = jump_service_get_settings (service);

  self->service = g_object_ref (service);
  jump_start_values_keep (settings);
  for (guint i = 0; i < JUMP_N_SETTINGS_GROUPS; i++)
    {
      self->sections[i] = jump_setting_section_new (settings, (JumpSettingsGroup) i);
      gtk_container_add (GTK_CONTAINER (self->column), self->sections[i]);
    }
  add_rest (self);
  /* Tab brings the row into sight. */
  gtk_container_set_focus_vadjustment (
      GTK_CONTAINER (self->column),
      gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller)));
  g_signal_connect (settings, "changed", G_CALLBACK (on_setting_changed), self);
  g_signal_connect (settings, "tables-changed", G_CALLBACK (on_tables_changed), self);
  g_signal_connect (settings, "problem", G_CALLBACK (on_settings_problem), self);
  update_restart_bar (self);
  return GTK_WIDGET (self);
}
