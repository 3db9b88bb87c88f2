/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/account-card.h"

#include "ui/sign-in-view-text.h"

#include <glib/gi18n-lib.h>

struct _JumpAccountCard
{
  GtkBox parent_instance;

  JumpService *service; /* (owned) (nullable) */

  /* of the template */
  GtkLabel *name_label;
  GtkLabel *plan_label;
  GtkLabel *organisation_label;
  GtkLabel *detail_label;
  GtkWidget *demo_label;
  GtkWidget *sign_in_button;
  GtkWidget *sign_out_button;
  GtkWidget *spinner;
};

G_DEFINE_FINAL_TYPE (JumpAccountCard, jump_account_card, GTK_TYPE_BOX)

/* A label without text takes no room. */
static void
show_text (GtkLabel *label, const char *text)
{
  gtk_label_set_text (label, text == NULL ? "" : text);
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL);
}

static void
show_signed_in (JumpAccountCard *self, JumpAccount *account)
{
  JumpQuota *quota = jump_service_get_quota (self->service);
  const char *login = jump_account_get_login (account);
  const char *organisation = jump_quota_get_organisation (quota);
  g_autofree char *seat = NULL;
  g_autofree char *store = NULL;

  if (organisation != NULL)
    /* Translators: %s is the name of a company that pays for Copilot */
    seat = g_strdup_printf (_ ("A seat of %s"), organisation);
  if (!jump_service_get_is_demo (self->service))
    store = jump_sign_in_describe_store (jump_account_get_source (account),
                                         jump_account_get_store_name (account));
  gtk_label_set_text (self->name_label, login == NULL ? _ ("Signed in") : login);
  show_text (self->plan_label, jump_quota_get_plan (quota));
  show_text (self->organisation_label, seat);
  show_text (self->detail_label,
             store == NULL
             ? _ ("The demo’s account: it and its models are made up, and nothing "
                                "leaves this computer.")
             : store);
}

static void
show_signed_out (JumpAccountCard *self, JumpAccount *account)
{
  JumpDeviceFlow *flow = jump_account_get_sign_in (account);

  show_text (self->plan_label, NULL);
  show_text (self->organisation_label, NULL);
  if (flow != NULL && !jump_device_flow_is_final (flow))
    {
      gtk_label_set_text (self->name_label, _ ("Signing in…"));
      show_text (self->detail_label, _ ("GitHub waits for the code to be entered."));
      gtk_button_set_label (GTK_BUTTON (self->sign_in_button), _ ("_Show Code"));
      return;
    }
  gtk_label_set_text (self->name_label, _ ("Not signed in"));
  show_text (self->detail_label,
             _ ("Sign in to GitHub with the account that has Copilot. Until then requests are "
                "answered with an error that says so."));
  gtk_button_set_label (GTK_BUTTON (self->sign_in_button), _ ("_Sign In…"));
}

static void
show_loading (JumpAccountCard *self)
{
  show_text (self->plan_label, NULL);
  show_text (self->organisation_label, NULL);
  gtk_label_set_text (self->name_label, _ ("Looking for your sign-in…"));
  show_text (self->detail_label,
             _ ("If your desktop asks for the keyring’s password, please type it there."));
}

static void
jump_account_card_dispose (GObject *object)
{
  JumpAccountCard *self = JUMP_ACCOUNT_CARD (object);

  g_clear_object (&self->service);
  G_OBJECT_CLASS (jump_account_card_parent_class)->dispose (object);
}

static void
jump_account_card_class_init (JumpAccountCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jump_account_card_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/jumpseat/Jumpseat/ui/account-card.ui");
  gtk_widget_class_bind_template_child (widget_class, JumpAccountCard, name_label);
  gtk_widget_class_bind_template_child (widget_class, JumpAccountCard, plan_label);
  gtk_widget_class_bind_template_child (widget_class, JumpAccountCard, organisation_label);
  gtk_widget_class_bind_template_child (widget_class, JumpAccountCard, detail_label);
  gtk_widget_class_bind_template_child (widget_class, JumpAccountCard, demo_label);
  gtk_widget_class_bind_template_child (widget_class, JumpAccountCard, sign_in_button);
  gtk_widget_class_bind_template_child (widget_class, JumpAccountCard, sign_out_button);
  gtk_widget_class_bind_template_child (widget_class, JumpAccountCard, spinner);
}

static void
jump_account_card_init (JumpAccountCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * jump_account_card_set_service:
 * @self: a card
 * @service: whose account is shown
 */
void
jump_account_card_set_service (JumpAccountCard *self, JumpService *service)
{
  g_set_object (&self->service, service);
  gtk_widget_set_visible (self->demo_label, jump_service_get_is_demo (service));
}

void
jump_account_card_update (JumpAccountCard *self)
{
  JumpAccount *account = jump_service_get_account (self->service);
  JumpAccountState state = jump_account_get_state (account);

  gtk_widget_set_visible (self->sign_in_button, state == JUMP_ACCOUNT_SIGNED_OUT);
  gtk_widget_set_visible (self->sign_out_button, state == JUMP_ACCOUNT_SIGNED_IN);
  gtk_widget_set_visible (self->spinner, state == JUMP_ACCOUNT_LOADING);
  g_object_set (self->spinner, "active", state == JUMP_ACCOUNT_LOADING, NULL);
  switch (state)
    {
    case JUMP_ACCOUNT_LOADING:
      show_loading (self);
      break;
    case JUMP_ACCOUNT_SIGNED_OUT:
      show_signed_out (self, account);
      break;
    case JUMP_ACCOUNT_SIGNED_IN:
      show_signed_in (self, account);
      break;
    }
}
