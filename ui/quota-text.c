/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/quota-text.h"

#include "ui/figure-text.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* For ngettext(): what is not whole takes the form that large numbers take. */
static gulong
get_plural (double amount)
{
  double size = fabs (amount);

  return size == 1 ? 1 : (gulong) MAX (2, MIN (ceil (size), 1e9));
}

static char *
describe_left (const JumpQuotaFacts *facts)
{
  g_autofree char *amount = jump_figure_text_amount (MAX (facts->remaining, 0));
  gulong n = get_plural (facts->remaining);

  if (facts->counts_credits)
    /* Translators: %s is a number such as 12 or 12.3 */
    return g_strdup_printf (ngettext ("%s credit left", "%s credits left", n), amount);
  return g_strdup_printf (ngettext ("%s premium request left", "%s premium requests left", n),
                          amount);
}

static char *
describe_used (const JumpQuotaFacts *facts)
{
  g_autofree char *used = NULL;
  g_autofree char *all = NULL;
  g_autofree char *percent = NULL;
  gulong n = get_plural (facts->entitlement);

  if (facts->entitlement <= 0 || facts->used < 0)
    return NULL;
  used = jump_figure_text_amount (facts->used);
  all = jump_figure_text_amount (facts->entitlement);
  percent = jump_figure_text_percent (100 * facts->used / facts->entitlement);
  if (facts->counts_credits)
    /* Translators: how much is used, how much there is, and the same as percentage */
    return g_strdup_printf (ngettext ("%s of %s credit used (%s)", "%s of %s credits used (%s)", n),
                            used,
                            all,
                            percent);
  return g_strdup_printf (
      ngettext ("%s of %s premium request used (%s)", "%s of %s premium requests used (%s)", n),
      used,
      all,
      percent);
}

static char *
describe_reset (const JumpQuotaFacts *facts)
{
  gint64 seconds = facts->resets_at - facts->now;
  g_autofree char *day = NULL;
  int days = (int) MIN (seconds / 86400, 9999);

  if (facts->resets_at <= 0 || seconds <= 0)
    return NULL;
  day = jump_figure_text_day (facts->resets_at);
  if (days < 1)
    /* Translators: %s is a day such as 1 December */
    return g_strdup_printf (_ ("Starts again on %s, in less than a day"), day);
  /* Translators: %s is a day such as 1 December */
  return g_strdup_printf (
      ngettext ("Starts again on %s, in %d day", "Starts again on %s, in %d days", (gulong) days),
      day,
      days);
}

static void
write_unknown (JumpQuotaText *self, const JumpQuotaFacts *facts)
{
  self->title = g_strdup (_ ("Not known yet"));
  if (facts->account != JUMP_ACCOUNT_SIGNED_IN)
    self->detail = g_strdup (_ ("Sign in to see what your plan has left."));
  else if (facts->has_failed)
    self->detail = g_strdup (_ ("GitHub could not be asked. It is tried again every few minutes."));
  else
    self->detail = g_strdup (_ ("GitHub is being asked what your plan has left."));
}

static void
write_managed (JumpQuotaText *self, const JumpQuotaFacts *facts)
{
  if (facts->organisation != NULL)
    /* Translators: %s is the name of a company */
    self->title = g_strdup_printf (_ ("Managed by %s"), facts->organisation);
  else
    self->title = g_strdup (_ ("Managed by your organization"));
  self->detail = g_strdup (_ ("Your organization pays, and tells no numbers."));
}

static void
write_exhausted (JumpQuotaText *self, const JumpQuotaFacts *facts)
{
  g_autofree char *used = describe_used (facts);
  const char *then;

  self->title =
      g_strdup (facts->counts_credits ? _ ("No credits left") : _ ("No premium requests left"));
  if (facts->entitlement <= 0 && facts->organisation != NULL)
    then = _ ("The organization’s credits are used up, or it has stopped this seat. Requests to models "
              "that cost something are refused.");
  else if (facts->permits_overage)
    then = _ ("What you use now is billed on top.");
  else
    then = _ ("Your plan permits nothing beyond them: requests to models that cost something are "
              "refused until then.");
  self->detail = used == NULL ? g_strdup (then) : g_strdup_printf ("%s\n%s", used, then);
  self->left = 0;
  self->is_warning = TRUE;
}

/**
 * jump_quota_text_new:
 * @facts: what is known
 *
 * Returns: (transfer full): for a card, a tooltip or a menu
 */
JumpQuotaText *
jump_quota_text_new (const JumpQuotaFacts *facts)
{
  JumpQuotaText *self = g_new0 (JumpQuotaText, 1);

  self->left = -1;
  if (facts->has_no_seat)
    {
      self->title = g_strdup (_ ("None"));
      self->detail = g_strdup (_ ("This account has no Copilot."));
      return self;
    }
  if (facts->state != JUMP_QUOTA_UNKNOWN && facts->state != JUMP_QUOTA_UNLIMITED)
    self->reset = describe_reset (facts);
  switch (facts->state)
    {
    case JUMP_QUOTA_UNKNOWN:
      write_unknown (self, facts);
      break;
    case JUMP_QUOTA_METERED:
      self->title = describe_left (facts);
      self->detail = describe_used (facts);
      if (facts->entitlement > 0)
        self->left = CLAMP (facts->remaining / facts->entitlement, 0, 1);
      self->is_warning = self->left >= 0 && self->left <= 0.05;
      break;
    case JUMP_QUOTA_UNLIMITED:
      self->title = g_strdup (_ ("Unlimited"));
      self->detail = g_strdup (_ ("Your plan sets no limit."));
      break;
    case JUMP_QUOTA_MANAGED:
      write_managed (self, facts);
      break;
    case JUMP_QUOTA_EXHAUSTED:
      write_exhausted (self, facts);
      break;
    }
  return self;
}

/**
 * jump_quota_text_new_for_service:
 * @service: whose account it is about
 */
JumpQuotaText *
jump_quota_text_new_for_service (JumpService *service)
{
  JumpQuota *quota = jump_service_get_quota (service);
  const JumpProblem *problem =
      jump_token_manager_get_problem (jump_service_get_token_manager (service));
  JumpQuotaFacts facts = {
    .account = jump_account_get_state (jump_service_get_account (service)),
    .state = jump_quota_get_state (quota),
    .entitlement = jump_quota_get_entitlement (quota),
    .used = jump_quota_get_used (quota),
    .remaining = jump_quota_get_remaining (quota),
    .counts_credits = jump_quota_counts_credits (quota),
    .permits_overage = jump_quota_permits_overage (quota),
    .resets_at = jump_quota_get_resets_at (quota),
    .now = jump_clock_get_wall_seconds (jump_service_get_clock (service)),
    .organisation = jump_quota_get_organisation (quota),
    .has_failed = jump_quota_get_error (quota) != NULL,
    .has_no_seat = problem != NULL && problem->kind == JUMP_PROBLEM_NO_SUBSCRIPTION,
  };

  return jump_quota_text_new (&facts);
}

void
jump_quota_text_free (JumpQuotaText *self)
{
  g_free (self->title);
  g_free (self->detail);
  g_free (self->reset);
  g_free (self);
}
