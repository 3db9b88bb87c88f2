/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/page-overview.h"

#include "ui/account-card.h"
#include "ui/column-box.h"
#include "ui/credits-card.h"
#include "ui/example-card.h"
#include "ui/pace.h"
#include "ui/problem-card.h"
#include "ui/serving-card.h"
#include "ui/today-card.h"
#include "ui/token-card.h"

#define UPDATE_INTERVAL_MS 200

struct _JumpPageOverview
{
  GtkBox parent_instance;

  JumpService *service; /* (owned) (nullable) */
  JumpPace *pace;       /* (owned) (nullable) */
  gboolean is_watching; /* the quota */

  /* of the template */
  JumpAccountCard *account_card;
  JumpTokenCard *token_card;
  JumpServingCard *serving_card;
  JumpCreditsCard *credits_card;
  JumpTodayCard *today_card;
  JumpProblemCard *problem_card;
  JumpExampleCard *example_card;
};

G_DEFINE_FINAL_TYPE (JumpPageOverview, jump_page_overview, GTK_TYPE_BOX)

/* What nobody sees is brought up to date when it is shown. */
static void
update (gpointer user_data)
{
  JumpPageOverview *self = user_data;

  if (self->service == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  jump_account_card_update (self->account_card);
  jump_token_card_update (self->token_card);
  jump_serving_card_update (self->serving_card);
  jump_credits_card_update (self->credits_card);
  jump_today_card_update (self->today_card);
  jump_problem_card_update (self->problem_card);
  jump_example_card_update (self->example_card);
}

static void
on_something_changed (JumpPageOverview *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    jump_pace_request (self->pace);
}

static void
watch_quota (JumpPageOverview *self, gboolean is_watching)
{
  if (self->service == NULL || self->is_watching == is_watching)
    return;
  self->is_watching = is_watching;
  if (is_watching)
    jump_quota_watch (jump_service_get_quota (self->service));
  else
    jump_quota_unwatch (jump_service_get_quota (self->service));
}

static void
jump_page_overview_map (GtkWidget *widget)
{
  JumpPageOverview *self = JUMP_PAGE_OVERVIEW (widget);

  GTK_WIDGET_CLASS (jump_page_overview_parent_class)->map (widget);
  watch_quota (self, TRUE);
  update (self);
}

static void
jump_page_overview_unmap (GtkWidget *widget)
{
  watch_quota (JUMP_PAGE_OVERVIEW (widget), FALSE);
  GTK_WIDGET_CLASS (jump_page_overview_parent_class)->unmap (widget);
}

static void
jump_page_overview_dispose (GObject *object)
{
  JumpPageOverview *self = JUMP_PAGE_OVERVIEW (object);

  watch_quota (self, FALSE);
  g_clear_pointer (&self->pace, jump_pace_free);
  g_clear_object (&self->service);
  G_OBJECT_CLASS (jump_page_overview_parent_class)->dispose (object);
}

static void
jump_page_overview_class_init (JumpPageOverviewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (JUMP_TYPE_COLUMN_BOX);
  g_type_ensure (JUMP_TYPE_ACCOUNT_CARD);
  g_type_ensure (JUMP_TYPE_TOKEN_CARD);
  g_type_ensure (JUMP_TYPE_SERVING_CARD);
  g_type_ensure (JUMP_TYPE_CREDITS_CARD);
  g_type_ensure (JUMP_TYPE_TODAY_CARD);
  g_type_ensure (JUMP_TYPE_PROBLEM_CARD);
  g_type_ensure (JUMP_TYPE_EXAMPLE_CARD);
  G_OBJECT_CLASS (klass)->dispose = jump_page_overview_dispose;
  widget_class->map = jump_page_overview_map;
  widget_class->unmap = jump_page_overview_unmap;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/jumpseat/Jumpseat/ui/page-overview.ui");
  gtk_widget_class_bind_template_child (widget_class, JumpPageOverview, account_card);
  gtk_widget_class_bind_template_child (widget_class, JumpPageOverview, token_card);
  gtk_widget_class_bind_template_child (widget_class, JumpPageOverview, serving_card);
  gtk_widget_class_bind_template_child (widget_class, JumpPageOverview, credits_card);
  gtk_widget_class_bind_template_child (widget_class, JumpPageOverview, today_card);
  gtk_widget_class_bind_template_child (widget_class, JumpPageOverview, problem_card);
  gtk_widget_class_bind_template_child (widget_class, JumpPageOverview, example_card);
}

static void
jump_page_overview_init (JumpPageOverview *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->pace = jump_pace_new (UPDATE_INTERVAL_MS, update, self);
}

static void
set_service (JumpPageOverview *self, JumpService *service)
{
  gpointer sources[] = {
    service,
    jump_service_get_account (service),
    jump_service_get_token_manager (service),
    jump_service_get_quota (service),
    jump_service_get_usage_day (service),
    jump_service_get_budget (service),
    jump_service_get_settings (service),
  };

  self->service = g_object_ref (service);
  jump_account_card_set_service (self->account_card, service);
  jump_token_card_set_service (self->token_card, service);
  jump_serving_card_set_service (self->serving_card, service);
  jump_credits_card_set_service (self->credits_card, service);
  jump_today_card_set_service (self->today_card, service);
  jump_problem_card_set_service (self->problem_card, service);
  jump_example_card_set_service (self->example_card, service);
  for (guint i = 0; i < G_N_ELEMENTS (sources); i++)
    g_signal_connect_object (sources[i],
                             "changed",
                             G_CALLBACK (on_something_changed),
                             self,
                             G_CONNECT_SWAPPED);
}

/**
 * jump_page_overview_new:
 * @service: what is shown
 *
 * Returns: (transfer floating)
 */
GtkWidget *
jump_page_overview_new (JumpService *service)
{
  JumpPageOverview *self = g_object_new (JUMP_TYPE_PAGE_OVERVIEW, NULL);

  set_service (self, service);
  return GTK_WIDGET (self);
}
