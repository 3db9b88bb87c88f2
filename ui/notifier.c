/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/notifier.h"

#include "ui/desk-notice.h"
#include "ui/error-text.h"
#include "ui/figure-text.h"
#include "ui/notice-rules.h"
#include "ui/pace.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>

#define PACE_MS      250
#define NANO         1e9
#define NEWS_PERCENT "quota-percent"
#define NEWS_MONTH   "quota-month"

struct _JumpNotifier
{
  GObject parent_instance;

  GApplication *application; /* (unowned): outlives us */
  JumpService *service;      /* (owned) */
  JumpToldBefore *told;      /* (unowned) */
  JumpPace *pace;            /* (owned) */
  JumpNoticeMemory memory;
  gboolean is_tray_known;
  gboolean has_tray;
  gboolean is_watched;
  guint shown; /* JUMP_NOTICE_BIT()s that the desktop has */
};

G_DEFINE_FINAL_TYPE (JumpNotifier, jump_notifier, G_TYPE_OBJECT)

/* Under these the desktop knows a notice, and replaces it by one of the same name. */
static const char *const ids[JUMP_N_NOTICES] = {
  [JUMP_NOTICE_SIGN_IN] = "sign-in",
  [JUMP_NOTICE_SIGNED_IN] = "signed-in",
  [JUMP_NOTICE_QUOTA_80] = "quota-80",
  [JUMP_NOTICE_QUOTA_95] = "quota-95",
  [JUMP_NOTICE_CLIENT_REFUSED] = "client-refused",
  [JUMP_NOTICE_ATTENTION] = "attention",
  [JUMP_NOTICE_PAUSED] = "paused",
};

static JumpDeskNotice *
new_notice (const char *title, const char *body)
{
  return jump_desk_notice_new (title, body, "app.show-window", NULL);
}

static char *
drop_mnemonic (const char *label)
{
  g_auto (GStrv) parts = g_strsplit (label, "_", -1);

  return g_strjoinv (NULL, parts);
}

/* What the error bar would say, with the same button. */
static JumpDeskNotice *
new_trouble (JumpNotifier *self)
{
  JumpAttention attention = JUMP_ATTENTION_NONE;
  g_autoptr (JumpProblem) problem = jump_service_dup_problem (self->service);
  g_autoptr (JumpErrorText) text = NULL;
  g_autofree char *button = NULL;
  JumpDeskNotice *notice;

  jump_service_get_condition (self->service, &attention);
  text = jump_error_text_new_for_attention (attention,
                                            problem,
                                            jump_service_get_listen_error (self->service));
  notice = new_notice (text->title, text->text);
  jump_desk_notice_set_priority (notice, G_NOTIFICATION_PRIORITY_HIGH);
  if (text->button == NULL || text->action == NULL || !g_str_has_prefix (text->action, "app."))
    {
      jump_desk_notice_add_button (notice, _("Open"), "app.show-window", NULL);
      return notice;
    }
  button = drop_mnemonic (text->button);
  jump_desk_notice_add_button (notice,
                               button,
                               text->action,
                               text->target != NULL ? g_variant_new_string (text->target) : NULL);
  return notice;
}

static JumpDeskNotice *
new_sign_in (JumpNotifier *self)
{
  JumpAttention attention = JUMP_ATTENTION_NONE;
  JumpDeskNotice *notice;

  jump_service_get_condition (self->service, &attention);
  if (attention == JUMP_ATTENTION_SIGN_IN)
    return new_trouble (self);
  notice =
      new_notice (_("Sign in to GitHub"),
                     _("Your tools can use Copilot through Jumpseat once you are signed in."));
  jump_desk_notice_set_priority (notice, G_NOTIFICATION_PRIORITY_HIGH);
  jump_desk_notice_add_button (notice, _("Sign In"), "app.sign-in", NULL);
  return notice;
}

static JumpDeskNotice *
new_signed_in (JumpNotifier *self)
{
  const char *login = jump_account_get_login (jump_service_get_account (self->service));
  g_autofree char *title = NULL;
  JumpDeskNotice *notice;

  /* Translators: %s is the name of an account */
  title = login != NULL && *login != '\0' ? g_strdup_printf (_("Signed in as %s"), login)
                                          : g_strdup (_("Signed in"));
  notice = new_notice (title, _("Your tools can use Copilot through Jumpseat now."));
  jump_desk_notice_add_button (notice, _("Open"), "app.show-window", NULL);
  return notice;
}

static char *
new_quota_body (JumpQuota *quota)
{
  gint64 resets_at = jump_quota_get_resets_at (quota);
  g_autofree char *left =
      jump_figure_text_credits ((gint64) (MAX (jump_quota_get_remaining (quota), 0) * NANO));
  g_autofree char *day = NULL;

  if (resets_at == 0)
    /* Translators: %s is a number, of credits or requests */
    return g_strdup_printf (_("%s are left."), left);
  day = jump_figure_text_day (resets_at);
  /* Translators: a number, of credits or requests, and a day such as "1 December" */
  return g_strdup_printf (_("%s are left until %s."), left, day);
}

static JumpDeskNotice *
new_quota (JumpNotifier *self, double mark)
{
  JumpQuota *quota = jump_service_get_quota (self->service);
  g_autofree char *percent = jump_figure_text_percent (mark);
  g_autofree char *body = new_quota_body (quota);
  g_autofree char *title =
      g_strdup_printf (jump_quota_counts_credits (quota)
                       /* Translators: %s is a percentage: "80 %" */
                       ? _("%s of this month’s credits are used")
                       : _("%s of this month’s premium requests are used"), percent);
  JumpDeskNotice *notice = new_notice (title, body);

  jump_desk_notice_add_button (notice, _("Open"), "app.show-window", NULL);
  return notice;
}

static JumpDeskNotice *
new_paused (JumpNotifier *self)
{
  JumpDeskNotice *notice =
      new_notice (_("Serving is paused"), _("Requests are refused until it is resumed."));

  jump_desk_notice_add_button (notice, _("Resume Serving"), "app.pause", NULL);
  return notice;
}

static JumpDeskNotice *
new_for (JumpNotifier *self, JumpNotice kind)
{
  switch (kind)
    {
    case JUMP_NOTICE_SIGN_IN:
      return new_sign_in (self);
    case JUMP_NOTICE_SIGNED_IN:
      return new_signed_in (self);
    case JUMP_NOTICE_QUOTA_80:
      return new_quota (self, 80);
    case JUMP_NOTICE_QUOTA_95:
      return new_quota (self, 95);
    case JUMP_NOTICE_CLIENT_REFUSED:
    case JUMP_NOTICE_ATTENTION:
      return new_trouble (self);
    case JUMP_NOTICE_PAUSED:
      return new_paused (self);
    case JUMP_N_NOTICES:
      break;
    }
  return NULL;
}

static void
withdraw (JumpNotifier *self, guint notices)
{
  for (guint i = 0; i < JUMP_N_NOTICES; i++)
    {
      if ((self->shown & notices & JUMP_NOTICE_BIT (i)) != 0)
        jump_desk_notice_withdraw (self->application, ids[i]);
    }
  self->shown &= ~notices;
}

static void
tell (JumpNotifier *self, guint notices)
{
  JumpSettings *settings = jump_service_get_settings (self->service);

  if (!jump_settings_get_boolean (settings, JUMP_KEY_SCREEN_NOTIFICATIONS))
    return;
  for (guint i = 0; i < JUMP_N_NOTICES; i++)
    {
      g_autoptr (JumpDeskNotice) notice = NULL;

      if ((notices & JUMP_NOTICE_BIT (i)) == 0)
        continue;
      notice = new_for (self, i);
      jump_desk_notice_send (notice, self->application, ids[i]);
    }
  self->shown |= notices;
}

static void
get_facts (JumpNotifier *self, JumpNoticeFacts *facts)
{
  JumpAccount *account = jump_service_get_account (self->service);
  JumpQuota *quota = jump_service_get_quota (self->service);
  JumpDeviceFlow *flow = jump_account_get_sign_in (account);

  facts->condition = jump_service_get_condition (self->service, &facts->attention);
  facts->account = jump_account_get_state (account);
  /* one that succeeded is still asking for the name */
  facts->is_signing_in =
      flow != NULL && (!jump_device_flow_is_final (flow) ||
                       jump_device_flow_get_state (flow) == JUMP_DEVICE_FLOW_SUCCESS);
  facts->has_tray = self->has_tray;
  facts->is_watched = self->is_watched;
  facts->percent_used =
      jump_quota_get_state (quota) == JUMP_QUOTA_METERED ? jump_quota_get_percent_used (quota) : -1;
  facts->quota_month = jump_quota_get_resets_at (quota);
}

static void
remember_quota (JumpNotifier *self)
{
  g_autofree char *percent = g_strdup_printf ("%d", self->memory.quota_percent);
  g_autofree char *month = g_strdup_printf ("%" G_GINT64_FORMAT, self->memory.quota_month);

  jump_told_before_set (self->told, NEWS_PERCENT, percent);
  jump_told_before_set (self->told, NEWS_MONTH, month);
}

static void
recall_quota (JumpNotifier *self)
{
  g_autofree char *percent = jump_told_before_get (self->told, NEWS_PERCENT);
  g_autofree char *month = jump_told_before_get (self->told, NEWS_MONTH);

  self->memory.quota_percent = percent != NULL ? atoi (percent) : 0;
  self->memory.quota_month = month != NULL ? g_ascii_strtoll (month, NULL, 10) : 0;
}

static void
check (gpointer user_data)
{
  JumpNotifier *self = user_data;
  JumpNoticeFacts facts = { 0 };
  JumpNoticeNews news;
  int percent = self->memory.quota_percent;
  gint64 month = self->memory.quota_month;

  get_facts (self, &facts);
  news = jump_notice_rules_decide (&self->memory, &facts);
  if (self->memory.quota_percent != percent || self->memory.quota_month != month)
    remember_quota (self);
  withdraw (self, news.withdraw);
  tell (self, news.tell);
}

static void
on_something_changed (JumpNotifier *self)
{
  if (self->is_tray_known && self->pace != NULL)
    jump_pace_request (self->pace);
}

static void
follow (JumpNotifier *self, gpointer source, const char *signal)
{
  g_signal_connect_object (source,
                           signal,
                           G_CALLBACK (on_something_changed),
                           self,
                           G_CONNECT_SWAPPED);
}

static void
jump_notifier_dispose (GObject *object)
{
  JumpNotifier *self = JUMP_NOTIFIER (object);

  withdraw (self, self->shown);
  g_clear_pointer (&self->pace, jump_pace_free);
  g_clear_object (&self->service);
  G_OBJECT_CLASS (jump_notifier_parent_class)->dispose (object);
}

static void
jump_notifier_class_init (JumpNotifierClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jump_notifier_dispose;
}

static void
jump_notifier_init (JumpNotifier *self)
{
  self->pace = jump_pace_new (PACE_MS, check, self);
}

/**
 * jump_notifier_new:
 * @application: registered; has the actions of the buttons
 * @service: what is told about
 * @told: what was told in former runs; outlives the notifier
 *
 * Returns: (transfer full): silent until jump_notifier_set_has_tray()
 */
JumpNotifier *
jump_notifier_new (GApplication *application, JumpService *service, JumpToldBefore *told)
{
  JumpNotifier *self = g_object_new (JUMP_TYPE_NOTIFIER, NULL);

  self->application = application;
  self->service = g_object_ref (service);
  self->told = told;
  recall_quota (self);
  follow (self, service, "changed");
  follow (self, jump_service_get_account (service), "changed");
  follow (self, jump_service_get_quota (service), "changed");
  return self;
}

/**
 * jump_notifier_set_has_tray:
 * @self: the notifier
 * @has_tray: whether an icon is seen, which tells much by itself
 */
void
jump_notifier_set_has_tray (JumpNotifier *self, gboolean has_tray)
{
  self->is_tray_known = TRUE;
  self->has_tray = has_tray;
  on_something_changed (self);
}

/**
 * jump_notifier_set_is_watched:
 * @self: the notifier
 * @is_watched: whether the window is the one that somebody works with
 */
void
jump_notifier_set_is_watched (JumpNotifier *self, gboolean is_watched)
{
  self->is_watched = is_watched;
  on_something_changed (self);
}
