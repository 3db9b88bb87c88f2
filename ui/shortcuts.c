/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/shortcuts.h"

typedef struct
{
  const char *keys;
  const char *action; /* detailed */
} ShortcutRow;

/* shortcuts.ui tells them to people. */
static const ShortcutRow shortcut_rows[] = {
  { "<Primary>1", "app.show-page::overview" },
  { "<Primary>2", "app.show-page::requests" },
  { "<Primary>3", "app.show-page::usage" },
  { "<Primary>4", "app.show-page::models" },
  { "<Primary>5", "app.show-page::settings" },
  { "<Primary>comma", "app.show-page::settings" },
  { "<Primary>f", "win.find" },
  { "<Primary>w", "win.close" },
  { "<Primary>q", "app.quit" },
  { "<Primary>question", "win.shortcuts" },
  { "F1", "win.shortcuts" },
  { "F10", "win.menu" },
};

static void
activate (GtkWidget *window, const char *detailed_name)
{
  g_autoptr (GVariant) target = NULL;
  g_autofree char *name = NULL;
  g_auto (GStrv) parts = NULL;
  GActionGroup *group;

  if (!g_action_parse_detailed_name (detailed_name, &name, &target, NULL))
    return;
  parts = g_strsplit (name, ".", 2);
  group = gtk_widget_get_action_group (window, parts[0]);
  if (group != NULL && g_action_group_get_action_enabled (group, parts[1]))
    g_action_group_activate_action (group, parts[1], target);
}

static gboolean
on_keys_pressed (GtkAccelGroup *group,
                 GObject *acceleratable,
                 guint key,
                 GdkModifierType modifiers,
                 gpointer user_data)
{
  const ShortcutRow *row = user_data;

  activate (GTK_WIDGET (acceleratable), row->action);
  return TRUE;
}

static void
destroy_content (gpointer content)
{
  gtk_widget_destroy (content);
  g_object_unref (content);
}

/* GTK 3 destroys the sections of this window and forgets the box around them. A screen reader would
 * find that box with a parent that is gone. The window's own code needs it to the end. */
static void
on_shortcuts_destroyed (GtkWidget *shortcuts)
{
  GtkWidget *content = gtk_bin_get_child (GTK_BIN (shortcuts));

  if (content == NULL)
    return;
  g_object_set_data_full (G_OBJECT (shortcuts),
                          "jump-content",
                          g_object_ref (content),
                          destroy_content);
  gtk_container_remove (GTK_CONTAINER (shortcuts), content);
}

/**
 * jump_shortcuts_add:
 * @window: gets the keys
 *
 * As an accelerator group, because that comes before the widget with the focus: a list would take
 * Ctrl+F for itself.
 */
void
jump_shortcuts_add (GtkWindow *window)
{
  g_autoptr (GtkAccelGroup) group = gtk_accel_group_new ();

  for (guint i = 0; i < G_N_ELEMENTS (shortcut_rows); i++)
    {
      GClosure *closure =
          g_cclosure_new (G_CALLBACK (on_keys_pressed), (gpointer) &shortcut_rows[i], NULL);
      GdkModifierType modifiers;
      guint key;

      gtk_accelerator_parse (shortcut_rows[i].keys, &key, &modifiers);
      gtk_accel_group_connect (group, key, modifiers, 0, closure);
    }
  gtk_window_add_accel_group (window, group);
}

void
jump_shortcuts_show (GtkWindow *window)
{
  g_autoptr (GtkBuilder) builder =
      gtk_builder_new_from_resource ("/io/github/jumpseat/Jumpseat/ui/shortcuts.ui");
  GtkWindow *shortcuts = GTK_WINDOW (gtk_builder_get_object (builder, "shortcuts"));

  g_signal_connect (shortcuts, "destroy", G_CALLBACK (on_shortcuts_destroyed), NULL);
  gtk_window_set_transient_for (shortcuts, window);
  gtk_window_present (shortcuts);
}
