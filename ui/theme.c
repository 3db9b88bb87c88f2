/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/theme.h"

#define PREFER_DARK "gtk-application-prefer-dark-theme"

struct _JumpTheme
{
  GObject parent_instance;

  JumpSettings *settings; /* (owned) */
};

G_DEFINE_FINAL_TYPE (JumpTheme, jump_theme, G_TYPE_OBJECT)

static void
apply (JumpTheme *self)
{
  GtkSettings *gtk = gtk_settings_get_default ();
  const char *theme = jump_settings_get_string (self->settings, JUMP_KEY_SCREEN_THEME);

  if (g_strcmp0 (theme, "dark") == 0)
    g_object_set (gtk, PREFER_DARK, TRUE, NULL);
  else if (g_strcmp0 (theme, "light") == 0)
    g_object_set (gtk, PREFER_DARK, FALSE, NULL);
  else
    gtk_settings_reset_property (gtk, PREFER_DARK);
}

static void
on_setting_changed (JumpSettings *settings, JumpSettingKey key, JumpTheme *self)
{
  if (key == JUMP_KEY_SCREEN_THEME)
    apply (self);
}

/* For good: taking it away when the program ends would only style every widget once more. */
static void
add_style (void)
{
  g_autoptr (GtkCssProvider) style = gtk_css_provider_new ();

  gtk_css_provider_load_from_resource (style, "/io/github/jumpseat/Jumpseat/ui/style.css");
  gtk_style_context_add_provider_for_screen (gdk_screen_get_default (),
                                             GTK_STYLE_PROVIDER (style),
                                             GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

/* A run from the build folder finds its own icons before those of an older installation. */
static void
add_icons (void)
{
  const char *build = g_getenv ("JUMPSEAT_BUILD_DIR");
  g_autofree char *path = NULL;

  if (build == NULL)
    return;
  path = g_build_filename (build, "data", "icons", NULL);
  gtk_icon_theme_prepend_search_path (gtk_icon_theme_get_default (), path);
}

static void
jump_theme_dispose (GObject *object)
{
  JumpTheme *self = JUMP_THEME (object);

  g_clear_object (&self->settings);
  G_OBJECT_CLASS (jump_theme_parent_class)->dispose (object);
}

static void
jump_theme_class_init (JumpThemeClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jump_theme_dispose;
}

static void
jump_theme_init (JumpTheme *self)
{
}

/**
 * jump_theme_new:
 * @settings: whose screen.theme is followed
 *
 * Returns: (transfer full)
 */
JumpTheme *
jump_theme_new (JumpSettings *settings)
{
  JumpTheme *self = g_object_new (JUMP_TYPE_THEME, NULL);

  self->settings = g_object_ref (settings);
  add_style ();
  add_icons ();
  g_signal_connect_object (settings, "changed", G_CALLBACK (on_setting_changed), self, 0);
  apply (self);
  return self;
}
