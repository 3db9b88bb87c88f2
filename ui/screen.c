/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#define G_LOG_DOMAIN "jumpseat-ui"

#include "ui/screen.h"

#include "ui/background.h"
#include "ui/desk-notice.h"
#include "ui/screen-actions.h"
#include "ui/sign-in-dialog.h"
#include "ui/start-values.h"
#include "ui/theme.h"
#include "ui/window.h"

#include <glib/gi18n-lib.h>

struct _JumpScreen
{
  GObject parent_instance;

  GApplication *application;  /* (unowned): outlives us */
  JumpService *service;       /* (owned) */
  JumpTheme *theme;           /* (owned) */
  JumpBackground *background; /* (owned) */
  GtkWidget *window;          /* (owned) (nullable) */
  GtkWidget *sign_in;         /* (owned) (nullable): the dialog while it is open */
  GtkWidget *dialog;          /* (owned) (nullable): another one while it is open */
  guint rebuild;              /* 0: the language is the one that is shown */
};

G_DEFINE_FINAL_TYPE (JumpScreen, jump_screen, G_TYPE_OBJECT)

static JumpWindow *
ensure_window (JumpScreen *self)
{
  if (self->window == NULL)
    {
      self->window = jump_window_new (self->service, G_ACTION_GROUP (self->application));
      jump_background_take_window (self->background, GTK_WINDOW (self->window));
    }
  return JUMP_WINDOW (self->window);
}

static void
on_show_requested (JumpService *service, gboolean *out_shown, JumpScreen *self)
{
  jump_screen_show_window (self);
  *out_shown = TRUE;
}

/* The widgets of before speak the language of before. */
static gboolean
on_rebuild_due (gpointer user_data)
{
  JumpScreen *self = user_data;
  gboolean was_shown = jump_screen_get_visible_window (self) != NULL;
  gboolean was_signing_in = self->sign_in != NULL;

  self->rebuild = 0;
  gtk_widget_set_default_direction (gtk_get_locale_direction ());
  g_clear_pointer (&self->dialog, gtk_widget_destroy);
  g_clear_pointer (&self->sign_in, gtk_widget_destroy);
  g_clear_pointer (&self->window, gtk_widget_destroy);
  jump_background_translate (self->background);
  if (was_shown)
    jump_screen_show_window (self);
  if (was_signing_in)
    jump_screen_sign_in (self);
  return G_SOURCE_REMOVE;
}

/* Later: the program changes the language in a handler of its own, and ours may be run by a widget of
 * the window that has to go. */
static void
on_setting_changed (JumpSettings *settings, JumpSettingKey key, JumpScreen *self)
{
  if (key == JUMP_KEY_SCREEN_LANGUAGE && self->rebuild == 0)
    self->rebuild = g_idle_add (on_rebuild_due, self);
}

static void
on_uri_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JumpScreen) self = user_data;
  g_autoptr (GError) error = NULL;

  if (g_app_info_launch_default_for_uri_finish (result, &error))
    return;
  g_debug ("opening an address: %s", error->message);
  jump_screen_tell (self, _ ("No program opens this address"));
}

static void
jump_screen_dispose (GObject *object)
{
  JumpScreen *self = JUMP_SCREEN (object);

  g_clear_object (&self->background);
  g_clear_handle_id (&self->rebuild, g_source_remove);
  g_clear_pointer (&self->dialog, gtk_widget_destroy);
  g_clear_pointer (&self->sign_in, gtk_widget_destroy);
  g_clear_pointer (&self->window, gtk_widget_destroy);
  if (self->service != NULL)
    {
      jump_screen_actions_remove (self);
      g_signal_handlers_disconnect_by_data (self->application, self);
      g_signal_handlers_disconnect_by_data (self->service, self);
      g_signal_handlers_disconnect_by_data (jump_service_get_settings (self->service), self);
    }
  g_clear_object (&self->theme);
  g_clear_object (&self->service);
  G_OBJECT_CLASS (jump_screen_parent_class)->dispose (object);
}

static void
jump_screen_class_init (JumpScreenClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jump_screen_dispose;
}

static void
jump_screen_init (JumpScreen *self)
{
}

/**
 * jump_screen_new:
 * @application: where the actions go; outlives the screen
 * @service: what is shown
 *
 * Nothing is seen yet.
 *
 * Returns: (transfer full)
 */
JumpScreen *
jump_screen_new (GApplication *application, JumpService *service)
{
  JumpScreen *self = g_object_new (JUMP_TYPE_SCREEN, NULL);

  self->application = application;
  self->service = g_object_ref (service);
  self->theme = jump_theme_new (jump_service_get_settings (service));
  jump_start_values_keep (jump_service_get_settings (service));
  jump_screen_actions_add (self);
  self->background = jump_background_new (self);
  g_signal_connect_swapped (application, "activate", G_CALLBACK (jump_screen_show_window), self);
  g_signal_connect (service, "show-requested", G_CALLBACK (on_show_requested), self);
  g_signal_connect (jump_service_get_settings (service),
                    "changed",
                    G_CALLBACK (on_setting_changed),
                    self);
  return self;
}

JumpService *
jump_screen_get_service (JumpScreen *self)
{
  return self->service;
}

GApplication *
jump_screen_get_application (JumpScreen *self)
{
  return self->application;
}

/**
 * jump_screen_show_window:
 *
 * GTK asks the X server for the time when no event has one, so that the window manager raises it.
 */
void
jump_screen_show_window (JumpScreen *self)
{
  gtk_window_present (GTK_WINDOW (ensure_window (self)));
}

GtkWindow *
jump_screen_get_window (JumpScreen *self)
{
  return self->window == NULL ? NULL : GTK_WINDOW (self->window);
}

void
jump_screen_show_page (JumpScreen *self, const char *page)
{
  jump_window_show_page (ensure_window (self), page);
  jump_screen_show_window (self);
}

void
jump_screen_show_request (JumpScreen *self, const char *id)
{
  jump_window_show_request (ensure_window (self), id);
  jump_screen_show_window (self);
}

void
jump_screen_sign_in (JumpScreen *self)
{
  if (self->sign_in == NULL)
    {
      self->sign_in = jump_sign_in_dialog_new (jump_screen_get_visible_window (self),
                                               G_ACTION_GROUP (self->application),
                                               self->service);
      g_signal_connect (self->sign_in,
                        "destroy",
                        G_CALLBACK (gtk_widget_destroyed),
                        &self->sign_in);
    }
  gtk_window_present (GTK_WINDOW (self->sign_in));
}

/**
 * jump_screen_show_dialog:
 * @dialog: (transfer none): a toplevel that is destroyed when it is closed
 */
void
jump_screen_show_dialog (JumpScreen *self, GtkWidget *dialog)
{
  g_clear_pointer (&self->dialog, gtk_widget_destroy);
  self->dialog = dialog;
  g_signal_connect (dialog, "destroy", G_CALLBACK (gtk_widget_destroyed), &self->dialog);
  gtk_window_present (GTK_WINDOW (dialog));
}

/**
 * jump_screen_raise_dialog:
 * @type: of a dialog
 *
 * For those whose work would be lost, or done twice, if jump_screen_show_dialog() put a new one there.
 *
 * Returns: FALSE when no dialog of that type is open
 */
gboolean
jump_screen_raise_dialog (JumpScreen *self, GType type)
{
  if (self->dialog == NULL || !G_TYPE_CHECK_INSTANCE_TYPE (self->dialog, type))
    return FALSE;
  gtk_window_present (GTK_WINDOW (self->dialog));
  return TRUE;
}

GtkWindow *
jump_screen_get_visible_window (JumpScreen *self)
{
  if (self->window == NULL || !gtk_widget_get_mapped (self->window))
    return NULL;
  return GTK_WINDOW (self->window);
}

/**
 * jump_screen_tell:
 * @text: a short sentence without full stop
 *
 * In the window when somebody can see it, else as a notification.
 */
void
jump_screen_tell (JumpScreen *self, const char *text)
{
  g_autoptr (JumpDeskNotice) notice = NULL;

  if (self->window != NULL && gtk_widget_get_mapped (self->window))
    {
      jump_window_tell (JUMP_WINDOW (self->window), text);
      return;
    }
  if (!g_application_get_is_registered (self->application))
    return;
  notice = jump_desk_notice_new (text, NULL, NULL, NULL);
  jump_desk_notice_send (notice, self->application, "told");
}

void
jump_screen_copy (JumpScreen *self, const char *text, const char *done)
{
  GtkClipboard *clipboard = gtk_clipboard_get (GDK_SELECTION_CLIPBOARD);

  gtk_clipboard_set_text (clipboard, text, -1);
  gtk_clipboard_store (clipboard);
  jump_screen_tell (self, done);
}

gboolean
jump_screen_has_tray (JumpScreen *self)
{
  return jump_background_has_tray (self->background);
}

/**
 * jump_screen_open_uri:
 * @uri: of the web; any other is left alone, because whoever is on the session bus may ask
 */
void
jump_screen_open_uri (JumpScreen *self, const char *uri)
{
  g_autoptr (GdkAppLaunchContext) context = NULL;
  const char *scheme = g_uri_peek_scheme (uri);

  if (g_strcmp0 (scheme, "https") != 0 && g_strcmp0 (scheme, "http") != 0)
    return;
  context = gdk_display_get_app_launch_context (gdk_display_get_default ());
  g_app_info_launch_default_for_uri_async (uri,
                                           G_APP_LAUNCH_CONTEXT (context),
                                           NULL,
                                           on_uri_opened,
                                           g_object_ref (self));
}
