/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#define G_LOG_DOMAIN "jumpseat-ui"

#include "ui/background.h"

#include "ui/approval-notices.h"
#include "ui/budget-notices.h"
#include "ui/close-question.h"
#include "ui/condition-text.h"
#include "ui/desk-notice.h"
#include "ui/notifier.h"
#include "ui/pace.h"
#include "ui/told-before.h"
#include "ui/tray-menu.h"
#include "ui/tray.h"

#include <glib/gi18n-lib.h>

#define PACE_MS     250
#define NOTICE_ID   "running"
#define NEWS_HIDDEN "closed-window"

struct _JumpBackground
{
  GObject parent_instance;

  JumpScreen *screen;             /* (unowned): owns us */
  JumpService *service;           /* (owned) */
  JumpTray *tray;                 /* (owned) */
  GtkWidget *menu;                /* (owned) */
  JumpNotifier *notifier;         /* (owned) */
  JumpApprovalNotices *approvals; /* (owned) */
  JumpBudgetNotices *budgets;     /* (owned) */
  JumpToldBefore *told;           /* (owned) */
  JumpPace *pace;                 /* (owned) */
  GtkWidget *question;            /* (nullable): a toplevel while it is shown */
  gboolean is_tray_known;         /* whether one is there or not */
  gboolean was_closed;            /* by somebody, in this run */
  gboolean is_notice_shown;
};

G_DEFINE_FINAL_TYPE (JumpBackground, jump_background, G_TYPE_OBJECT)

static void
update_icon (gpointer user_data)
{
  JumpBackground *self = user_data;
  g_autoptr (JumpConditionText) text = jump_condition_text_new_for_service (self->service);
  JumpCondition condition = jump_service_get_condition (self->service, NULL);

  jump_tray_set_icon (self->tray, text->icon, text->status, condition == JUMP_CONDITION_ATTENTION);
  jump_tray_set_title (self->tray, text->tooltip);
}

static void
on_something_changed (JumpBackground *self)
{
  if (self->pace != NULL)
    jump_pace_request (self->pace);
}

static gboolean
is_window_shown (JumpBackground *self)
{
  GtkWindow *window = jump_screen_get_window (self->screen);

  return window != NULL && gtk_widget_get_visible (GTK_WIDGET (window));
}

static void
tell_running (JumpBackground *self, const char *body)
{
  JumpSettings *settings = jump_service_get_settings (self->service);
  g_autoptr (JumpDeskNotice) notice =
      jump_desk_notice_new (_("Jumpseat is still running"), body, "app.show-window", NULL);

  if (!jump_settings_get_boolean (settings, JUMP_KEY_SCREEN_NOTIFICATIONS))
    return;
  jump_desk_notice_add_button (notice, _("Open"), "app.show-window", NULL);
  jump_desk_notice_send (notice, jump_screen_get_application (self->screen), NOTICE_ID);
  self->is_notice_shown = TRUE;
}

static void
withdraw_running (JumpBackground *self)
{
  if (!self->is_notice_shown)
    return;
  self->is_notice_shown = FALSE;
  jump_desk_notice_withdraw (jump_screen_get_application (self->screen), NOTICE_ID);
}

static void
on_tray_visible_changed (JumpTray *tray, gboolean is_visible, JumpBackground *self)
{
  gboolean is_start = !self->is_tray_known;

  self->is_tray_known = TRUE;
  jump_notifier_set_has_tray (self->notifier, is_visible);
  if (is_visible)
    withdraw_running (self);
  else if (is_window_shown (self))
    return;
  else if (is_start && !self->was_closed)
    jump_screen_show_window (self->screen);
  else if (!is_start)
    tell_running (self, _("The tray icon has gone; your tools can go on using Jumpseat."));
}

static void
quit (JumpBackground *self)
{
  g_action_group_activate_action (G_ACTION_GROUP (jump_screen_get_application (self->screen)),
                                  "quit",
                                  NULL);
}

static void
hide_window (JumpBackground *self)
{
  GtkWindow *window = jump_screen_get_window (self->screen);

  self->was_closed = TRUE;
  if (window != NULL)
    gtk_widget_hide (GTK_WIDGET (window));
}

static void
remember_answer (JumpBackground *self, int response)
{
  g_autoptr (GError) error = NULL;

  if (!jump_settings_set_text (jump_service_get_settings (self->service),
                               "screen.close",
                               response == JUMP_CLOSE_QUIT ? "quit" : "keep",
                               &error))
    g_debug ("remembering what closing does: %s", error->message);
}

static void
on_question_answered (GtkDialog *dialog, int response, JumpBackground *self)
{
  gboolean is_for_good = jump_close_question_is_for_good (JUMP_CLOSE_QUESTION (dialog));

  gtk_widget_destroy (GTK_WIDGET (dialog));
  if (response != JUMP_CLOSE_KEEP && response != JUMP_CLOSE_QUIT)
    return;
  if (is_for_good)
    remember_answer (self, response);
  if (response == JUMP_CLOSE_QUIT)
    quit (self);
  else
    hide_window (self);
}

static void
ask (JumpBackground *self, GtkWindow *window)
{
  if (self->question == NULL)
    {
      self->question = jump_close_question_new (window);
      g_signal_connect (self->question,
                        "destroy",
                        G_CALLBACK (gtk_widget_destroyed),
                        &self->question);
      g_signal_connect (self->question, "response", G_CALLBACK (on_question_answered), self);
    }
  gtk_window_present (GTK_WINDOW (self->question));
}

static void
close_to_tray (JumpBackground *self)
{
  g_autofree char *before = jump_told_before_get (self->told, NEWS_HIDDEN);

  hide_window (self);
  if (before != NULL)
    return;
  jump_told_before_set (self->told, NEWS_HIDDEN, "tray");
  tell_running (self, _("Your tools can go on using it. The tray icon opens the window again."));
}

static gboolean
on_window_delete (GtkWindow *window, GdkEvent *event, JumpBackground *self)
{
  JumpSettings *settings = jump_service_get_settings (self->service);
  const char *close = jump_settings_get_string (settings, JUMP_KEY_SCREEN_CLOSE);

  if (jump_tray_get_is_visible (self->tray))
    close_to_tray (self);
  else if (g_strcmp0 (close, "quit") == 0)
    quit (self);
  else if (g_strcmp0 (close, "keep") == 0)
    hide_window (self);
  else
    ask (self, window);
  return GDK_EVENT_STOP;
}

static void
on_window_activity_changed (GtkWindow *window, GParamSpec *property, JumpBackground *self)
{
  jump_notifier_set_is_watched (self->notifier, gtk_window_is_active (window));
}

static void
on_window_hidden (GtkWindow *window, JumpBackground *self)
{
  jump_notifier_set_is_watched (self->notifier, FALSE);
}

static void
on_window_shown (GtkWindow *window, JumpBackground *self)
{
  withdraw_running (self);
}

static void
on_tray_activated (JumpTray *tray, JumpBackground *self)
{
  jump_screen_show_window (self->screen);
}

static void
follow (JumpBackground *self, gpointer source, const char *signal)
{
  g_signal_connect_object (source,
                           signal,
                           G_CALLBACK (on_something_changed),
                           self,
                           G_CONNECT_SWAPPED);
}

static void
destroy_menu (GtkWidget *menu)
{
  gtk_widget_destroy (menu);
  g_object_unref (menu);
}

static void
jump_background_dispose (GObject *object)
{
  JumpBackground *self = JUMP_BACKGROUND (object);

  withdraw_running (self);
  g_clear_pointer (&self->question, gtk_widget_destroy);
  g_clear_pointer (&self->pace, jump_pace_free);
  if (self->tray != NULL)
    g_signal_handlers_disconnect_by_data (self->tray, self);
  g_clear_object (&self->notifier);
  g_clear_object (&self->approvals);
  g_clear_object (&self->budgets);
  g_clear_object (&self->tray);
  g_clear_pointer (&self->menu, destroy_menu);
  g_clear_pointer (&self->told, jump_told_before_free);
  g_clear_object (&self->service);
  G_OBJECT_CLASS (jump_background_parent_class)->dispose (object);
}

static void
jump_background_class_init (JumpBackgroundClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jump_background_dispose;
}

static void
jump_background_init (JumpBackground *self)
{
  self->pace = jump_pace_new (PACE_MS, update_icon, self);
}

/**
 * jump_background_new:
 * @screen: whose window is opened and closed; its application has its actions already
 *
 * Returns: (transfer full): the icon is on its way to the panel
 */
JumpBackground *
jump_background_new (JumpScreen *screen)
{
  JumpBackground *self = g_object_new (JUMP_TYPE_BACKGROUND, NULL);
  GApplication *application = jump_screen_get_application (screen);
  JumpService *service = jump_screen_get_service (screen);
  gboolean is_demo = jump_service_get_is_demo (service);
  g_autofree char *told =
      g_build_filename (jump_service_get_paths (service)->data_dir, "told.conf", NULL);

  self->screen = screen;
  self->service = g_object_ref (service);
  self->told = jump_told_before_new (is_demo ? NULL : told);
  self->notifier = jump_notifier_new (application, service, self->told);
  self->approvals = jump_approval_notices_new (application, service);
  self->budgets = jump_budget_notices_new (application, service);
  self->tray = jump_tray_new (is_demo ? "jumpseat-demo" : "jumpseat", application);
  g_signal_connect (self->tray, "visible-changed", G_CALLBACK (on_tray_visible_changed), self);
  g_signal_connect (self->tray, "activated", G_CALLBACK (on_tray_activated), self);
  update_icon (self);
  jump_background_translate (self);
  follow (self, service, "changed");
  follow (self, service, "exchange-ended");
  follow (self, jump_service_get_usage_day (service), "changed");
  return self;
}

/**
 * jump_background_take_window:
 * @self: the background
 * @window: the screen's window
 */
void
jump_background_take_window (JumpBackground *self, GtkWindow *window)
{
  g_signal_connect_object (window, "delete-event", G_CALLBACK (on_window_delete), self, 0);
  g_signal_connect_object (window, "show", G_CALLBACK (on_window_shown), self, 0);
  g_signal_connect_object (window, "hide", G_CALLBACK (on_window_hidden), self, 0);
  g_signal_connect_object (window,
                           "notify::is-active",
                           G_CALLBACK (on_window_activity_changed),
                           self,
                           0);
}

gboolean
jump_background_has_tray (JumpBackground *self)
{
  return jump_tray_get_is_visible (self->tray);
}

/**
 * jump_background_translate:
 * @self: the background
 *
 * Builds the menu, in the language of now; the icon stays.
 */
void
jump_background_translate (JumpBackground *self)
{
  GApplication *application = jump_screen_get_application (self->screen);
  GtkWidget *before = self->menu;

  self->menu = g_object_ref_sink (jump_tray_menu_new (self->service, G_ACTION_GROUP (application)));
  jump_tray_set_menu (self->tray,
                      GTK_MENU (self->menu),
                      jump_tray_menu_get_open_item (JUMP_TRAY_MENU (self->menu)));
  if (before != NULL)
    destroy_menu (before);
  on_something_changed (self);
}
