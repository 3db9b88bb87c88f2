/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/tray-menu.h"

#include "ui/condition-text.h"
#include "ui/pace.h"
#include "ui/tray-text.h"
#include "ui/update-text.h"

#include <glib/gi18n-lib.h>

#define PACE_MS  250
#define N_RECENT 5

struct _JumpTrayMenu
{
  GtkMenu parent_instance;

  JumpService *service; /* (owned) */
  JumpPace *pace;       /* (owned) */
  GtkMenuItem *status_item;
  GtkMenuItem *update_item;
  GtkMenuItem *open_item;
  GtkMenuItem *sign_in_item;
  GtkMenuItem *account_item;
  GtkMenuItem *plan_item;
  GtkMenuItem *credits_item;
  GtkMenuItem *pause_item;
  GtkMenuItem *none_item;
  GtkMenuItem *recent_item;
  GtkMenuItem *recent[N_RECENT]; /* of recent_item's menu: hidden ones have no request yet */
};

G_DEFINE_FINAL_TYPE (JumpTrayMenu, jump_tray_menu, GTK_TYPE_MENU)

/* Each label that is set again goes over the bus to the panel, which draws it again. */
static void
set_label (GtkMenuItem *item, const char *label)
{
  if (g_strcmp0 (gtk_menu_item_get_label (item), label) != 0)
    gtk_menu_item_set_label (item, label);
}

/* For texts in which an underscore is one: the menu's way over the bus takes it for a mnemonic's,
 * whatever the item says. */
static void
set_text (GtkMenuItem *item, const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, "_", -1);
  g_autofree char *label = g_strjoinv ("__", parts);

  set_label (item, label);
}

static void
update_status (JumpTrayMenu *self)
{
  JumpDeviceFlow *flow = jump_account_get_sign_in (jump_service_get_account (self->service));
  g_autoptr (JumpConditionText) text = jump_condition_text_new_for_service (self->service);
  const char *code = NULL;
  g_autofree char *status = NULL;

  if (flow != NULL && jump_device_flow_get_state (flow) == JUMP_DEVICE_FLOW_PENDING)
    code = jump_device_flow_get_user_code (flow);
  status = jump_tray_text_status (text->status, code);
  set_text (self->status_item, status);
}

static void
update_account (JumpTrayMenu *self)
{
  JumpAccount *account = jump_service_get_account (self->service);
  JumpQuota *quota = jump_service_get_quota (self->service);
  const char *login = jump_account_get_login (account);
  gboolean is_signed_in = jump_account_get_state (account) == JUMP_ACCOUNT_SIGNED_IN;
  JumpTrayCredits credits = {
    .state = jump_quota_get_state (quota),
    .remaining = jump_quota_get_remaining (quota),
    .entitlement = jump_quota_get_entitlement (quota),
    .counts_credits = jump_quota_counts_credits (quota),
    .organisation = jump_quota_get_organisation (quota),
  };
  g_autofree char *plan = jump_tray_text_plan (jump_quota_get_plan (quota));
  g_autofree char *left = jump_tray_text_credits (&credits);

  gtk_widget_set_visible (GTK_WIDGET (self->sign_in_item), !is_signed_in);
  gtk_widget_set_visible (GTK_WIDGET (self->account_item), is_signed_in);
  /* a token from the environment may come without a name */
  set_text (self->account_item, login != NULL && *login != '\0' ? login : _("Account"));
  set_text (self->plan_item, plan);
  set_text (self->credits_item, left);
}

static void
update_recent (JumpTrayMenu *self)
{
  GListModel *history = G_LIST_MODEL (jump_service_get_history (self->service));
  guint n = g_list_model_get_n_items (history);

  gtk_widget_set_visible (GTK_WIDGET (self->none_item), n == 0);
  for (guint i = 0; i < N_RECENT; i++)
    {
      g_autoptr (JumpExchangeItem) item = i < n ? g_list_model_get_item (history, n - 1 - i) : NULL;
      const JumpExchangeRecord *record = NULL;
      g_autofree char *text = NULL;

      gtk_widget_set_visible (GTK_WIDGET (self->recent[i]), item != NULL);
      if (item == NULL)
        continue;
      record = jump_exchange_item_get_record (item);
      text = jump_tray_text_request (record);
      set_text (self->recent[i], text);
      gtk_actionable_set_action_target (GTK_ACTIONABLE (self->recent[i]), "s", record->id);
    }
}

static void
update_release (JumpTrayMenu *self)
{
  const JumpRelease *release =
      jump_update_watch_get_release (jump_service_get_updates (self->service));
  g_autofree char *title = release == NULL ? NULL : jump_update_text_title (release);

  if (title != NULL)
    set_text (self->update_item, title);
  gtk_widget_set_visible (GTK_WIDGET (self->update_item), title != NULL);
}

static void
update (gpointer user_data)
{
  JumpTrayMenu *self = user_data;

  update_status (self);
  update_account (self);
  update_recent (self);
  update_release (self);
  set_label (self->pause_item,
             jump_service_get_paused (self->service)
             ? _("_Resume Serving")
             : _("_Pause Serving"));
}

static void
on_something_changed (JumpTrayMenu *self)
{
  if (self->pace != NULL) /* it lives on a while after it was taken down */
    jump_pace_request (self->pace);
}

/* Somebody wants to read it: it may be a few minutes old. */
static void
on_account_opened (JumpTrayMenu *self)
{
  if (self->service != NULL)
    jump_quota_refresh_async (jump_service_get_quota (self->service), NULL, NULL, NULL);
}

static void
add_recent (JumpTrayMenu *self)
{
  GtkMenuShell *menu = GTK_MENU_SHELL (gtk_menu_item_get_submenu (self->recent_item));

  for (guint i = 0; i < N_RECENT; i++)
    {
      GtkWidget *item = gtk_menu_item_new_with_mnemonic ("");

      gtk_actionable_set_action_target (GTK_ACTIONABLE (item), "s", "");
      gtk_actionable_set_action_name (GTK_ACTIONABLE (item), "app.show-request");
      gtk_menu_shell_append (menu, item);
      self->recent[i] = GTK_MENU_ITEM (item);
    }
}

static void
follow (JumpTrayMenu *self, gpointer source, const char *signal)
{
  g_signal_connect_object (source,
                           signal,
                           G_CALLBACK (on_something_changed),
                           self,
                           G_CONNECT_SWAPPED);
}

static void
jump_tray_menu_dispose (GObject *object)
{
  JumpTrayMenu *self = JUMP_TRAY_MENU (object);

  g_clear_pointer (&self->pace, jump_pace_free);
  g_clear_object (&self->service);
  G_OBJECT_CLASS (jump_tray_menu_parent_class)->dispose (object);
}

static void
jump_tray_menu_class_init (JumpTrayMenuClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jump_tray_menu_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/jumpseat/Jumpseat/ui/tray-menu.ui");
  gtk_widget_class_bind_template_child (widget_class, JumpTrayMenu, status_item);
  gtk_widget_class_bind_template_child (widget_class, JumpTrayMenu, update_item);
  gtk_widget_class_bind_template_child (widget_class, JumpTrayMenu, open_item);
  gtk_widget_class_bind_template_child (widget_class, JumpTrayMenu, sign_in_item);
  gtk_widget_class_bind_template_child (widget_class, JumpTrayMenu, account_item);
  gtk_widget_class_bind_template_child (widget_class, JumpTrayMenu, plan_item);
  gtk_widget_class_bind_template_child (widget_class, JumpTrayMenu, credits_item);
  gtk_widget_class_bind_template_child (widget_class, JumpTrayMenu, pause_item);
  gtk_widget_class_bind_template_child (widget_class, JumpTrayMenu, none_item);
  gtk_widget_class_bind_template_child (widget_class, JumpTrayMenu, recent_item);
  gtk_widget_class_bind_template_callback (widget_class, on_account_opened);
}

static void
jump_tray_menu_init (JumpTrayMenu *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  add_recent (self);
  self->pace = jump_pace_new (PACE_MS, update, self);
}

/**
 * jump_tray_menu_new:
 * @service: what the menu shows
 * @app_actions: the application's actions; an item whose action is missing is insensitive
 *
 * Returns: (transfer full): a menu, not yet attached to anything
 */
GtkWidget *
jump_tray_menu_new (JumpService *service, GActionGroup *app_actions)
{
  JumpTrayMenu *self = g_object_new (JUMP_TYPE_TRAY_MENU, NULL);

  self->service = g_object_ref (service);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "app", app_actions);
  follow (self, service, "changed");
  follow (self, service, "exchange-ended");
  follow (self, jump_service_get_account (service), "changed");
  follow (self, jump_service_get_quota (service), "changed");
  follow (self, jump_service_get_history (service), "items-changed");
  update (self);
  return GTK_WIDGET (self);
}

/**
 * jump_tray_menu_get_open_item:
 * @self: the menu
 *
 * Returns: (transfer none): the item that opens the window
 */
GtkWidget *
jump_tray_menu_get_open_item (JumpTrayMenu *self)
{
  return GTK_WIDGET (self->open_item);
}
