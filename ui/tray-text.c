/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/tray-text.h"

#include "ui/client-name.h"
#include "ui/figure-text.h"

#include <glib/gi18n-lib.h>

#define NANO         1e9
#define CLIENT_LEFT  499 /* the status of an exchange whose client did not wait for the reply */
#define FIRST_FAILED 400

static char *
new_amount (double amount)
{
  return jump_figure_text_credits ((gint64) (MAX (amount, 0) * NANO));
}

static char *
new_metered (const JumpTrayCredits *credits)
{
  g_autofree char *left = NULL;
  g_autofree char *all = NULL;

  if (credits->remaining < 0 && credits->entitlement < 0)
    return g_strdup (_("Credits unknown"));
  left = new_amount (credits->remaining);
  if (credits->entitlement < 0)
    return g_strdup_printf (credits->counts_credits ? _("%s credits left")
                                                    : _("%s premium requests left"), left);
  all = new_amount (credits->entitlement);
  return g_strdup_printf (credits->counts_credits
                          /* Translators: both placeholders are numbers: "12.3 of 300" */
                          ? _("%s of %s credits left")
                          : _("%s of %s premium requests left"), left, all);
}

/**
 * jump_tray_text_credits:
 * @credits: what upstream says of the month
 *
 * Returns: (transfer full): what is left, in one line
 */
char *
jump_tray_text_credits (const JumpTrayCredits *credits)
{
  switch (credits->state)
    {
    case JUMP_QUOTA_UNKNOWN:
      return g_strdup (_("Credits unknown"));
    case JUMP_QUOTA_METERED:
      return new_metered (credits);
    case JUMP_QUOTA_UNLIMITED:
      return g_strdup (_("Unlimited credits"));
    case JUMP_QUOTA_MANAGED:
      /* Translators: %s is the name of an organisation */
      return credits->organisation != NULL
          ? g_strdup_printf (_("Credits managed by %s"), credits->organisation)
          : g_strdup (_("Credits managed by your organization"));
    case JUMP_QUOTA_EXHAUSTED:
      return g_strdup (credits->counts_credits ? _("No credits left")
                                               : _("No premium requests left"));
    }
  return g_strdup ("");
}

/**
 * jump_tray_text_plan:
 * @plan: (nullable): such as "Pro+"
 *
 * Returns: (transfer full): the plan in one line
 */
char *
jump_tray_text_plan (const char *plan)
{
  /* Translators: %s is the name of a subscription, such as "Pro+" */
  return plan != NULL ? g_strdup_printf (_("Copilot %s"), plan) : g_strdup (_("Plan unknown"));
}

static char *
new_outcome (const JumpExchangeRecord *record)
{
  if (record->state != JUMP_EXCHANGE_ENDED)
    return g_strdup (_("working…"));
  if (record->status == CLIENT_LEFT)
    return g_strdup (_("cancelled"));
  if (record->status >= FIRST_FAILED)
    /* Translators: a request failed; %u is an HTTP status such as 429 */
    return g_strdup_printf (_("failed (%u)"), record->status);
  return g_strdup (_("done"));
}

static char *
new_subject (const JumpExchangeRecord *record)
{
  if (record->used_model != NULL)
    return g_strdup (record->used_model);
  if (record->asked_model != NULL)
    return g_strdup (record->asked_model);
  return jump_client_name_new (record->client);
}

/**
 * jump_tray_text_request:
 * @record: an exchange, running or ended
 *
 * Returns: (transfer full): model or else client, state, and what it cost if that is known
 */
char *
jump_tray_text_request (const JumpExchangeRecord *record)
{
  g_autofree char *subject = new_subject (record);
  g_autofree char *outcome = new_outcome (record);
  g_autofree char *cost = NULL;

  if (record->usage.nano_aiu < 0)
    /* Translators: a model's name, and what became of a request: "gpt-5 · done" */
    return g_strdup_printf (_("%s · %s"), subject, outcome);
  cost = jump_figure_text_credits (record->usage.nano_aiu);
  /* Translators: a model's name, what became of a request, a number: "gpt-5 · done · 0.42 credits" */
  return g_strdup_printf (_("%s · %s · %s credits"), subject, outcome, cost);
}

/**
 * jump_tray_text_status:
 * @status: the condition in words
 * @code: (nullable): what a person has to enter at GitHub, while a sign-in runs
 *
 * The dialog with the code may have been closed; the menu then still says that the sign-in goes on.
 *
 * Returns: (transfer full): the first line of the menu
 */
char *
jump_tray_text_status (const char *status, const char *code)
{
  if (code == NULL)
    return g_strdup (status);
  /* Translators: %s is a code such as "ABCD-1234" that is entered on GitHub's page */
  return g_strdup_printf (_("Signing in: enter %s at GitHub"), code);
}
