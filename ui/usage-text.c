/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/usage-text.h"

#include "ui/figure-text.h"
#include "ui/request-row-text.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define NANO_AIU_PER_CREDIT 1e9
#define CREDITS_PER_DOLLAR  100
/* Upstream rounds, and so do we: less is no difference. */
#define SAME_CREDITS 0.1

static double
get_credits (const JumpUsageSums *sums)
{
  return (double) (sums->nano_aiu + sums->estimated_nano_aiu) / NANO_AIU_PER_CREDIT;
}

static gboolean
has_prices (const JumpUsageSums *sums)
{
  return sums->n_unpriced < sums->n_requests || sums->estimated_nano_aiu > 0;
}

static char *
mark_estimate (const JumpUsageSums *sums, const char *text)
{
  if (sums->estimated_nano_aiu == 0)
    return g_strdup (text);
  /* Translators: a number that is an estimate: ≈ 12.3 */
  return g_strdup_printf (C_ ("estimate", "≈ %s"), text);
}

char *
jump_usage_text_credits (const JumpUsageSums *sums)
{
  g_autofree char *amount = jump_figure_text_amount (get_credits (sums));

  if (sums->n_requests > 0 && !has_prices (sums))
    return g_strdup ("–");
  return mark_estimate (sums, amount);
}

char *
jump_usage_text_dollars (const JumpUsageSums *sums)
{
  double dollars = get_credits (sums) / CREDITS_PER_DOLLAR;
  g_autofree char *amount = NULL;

  if (sums->n_requests > 0 && !has_prices (sums))
    return g_strdup ("–");
  if (dollars > 0 && dollars < 0.005)
    /* Translators: less than a cent of a dollar */
    amount = g_strdup (_ ("< $0.01"));
  else
    /* Translators: an amount of dollars: $1.20 */
    amount = g_strdup_printf (_ ("$%'.2f"), dollars);
  return mark_estimate (sums, amount);
}

char *
jump_usage_text_cached (const JumpUsageSums *sums)
{
  if (sums->input_tokens == 0)
    return g_strdup ("–");
  return jump_figure_text_percent (100.0 * (double) sums->cached_tokens /
                                   (double) sums->input_tokens);
}

/**
 * jump_usage_text_note:
 * @sums: of what is shown
 *
 * Returns: (transfer full) (nullable): sentences
 */
char *
jump_usage_text_note (const JumpUsageSums *sums)
{
  int n_unpriced = (int) MIN (sums->n_unpriced, G_MAXINT);
  g_autofree char *unpriced = NULL;
  g_autofree char *estimate = NULL;

  if (n_unpriced == 0)
    return NULL;
  unpriced = g_strdup_printf (ngettext ("Copilot named no price for %d request.",
                                        "Copilot named no price for %d requests.",
                                        (gulong) n_unpriced),
                              n_unpriced);
  if (sums->estimated_nano_aiu == 0)
    return g_steal_pointer (&unpriced);
  estimate = jump_figure_text_credits ((gint64) sums->estimated_nano_aiu);
  /* Translators: a sentence that says for how many requests there is no price, and a number of credits */
  return g_strdup_printf (
      _ ("%s Of the credits, %s are an estimate (≈) from the prices of the models."),
         unpriced,
         estimate);
}

static char *
compare_credits (const JumpUsageComparison *comparison)
{
  double difference = comparison->theirs - comparison->ours;
  g_autofree char *theirs = jump_figure_text_amount (comparison->theirs);
  g_autofree char *ours = jump_figure_text_amount (comparison->ours);
  g_autofree char *rest = jump_figure_text_amount (fabs (difference));

  if (fabs (difference) < SAME_CREDITS)
    /* Translators: %s is a number of credits */
    return g_strdup_printf (_ ("Copilot counts %s credits this month, and so does Jumpseat."),
                               theirs);
  if (difference > 0)
    /* Translators: three numbers of credits */
    return g_strdup_printf (
        _ ("Copilot counts %s credits this month, Jumpseat %s: %s were used elsewhere, as in an "
                               "editor or on another computer."),
           theirs,
           ours,
           rest);
  /* Translators: three numbers of credits */
  return g_strdup_printf (
      _ ("Copilot counts %s credits this month, Jumpseat %s: %s more. Copilot’s own count may be "
                             "some minutes late."),
         theirs,
         ours,
         rest);
}

char *
jump_usage_text_compare (const JumpUsageComparison *comparison)
{
  g_autofree char *theirs = NULL;
  g_autofree char *ours = NULL;

  if (comparison->theirs >= 0 && !comparison->counts_credits)
    {
      theirs = jump_figure_text_amount (comparison->theirs);
      /* Translators: %s is a number */
      return g_strdup_printf (
          _ ("Copilot counts %s premium requests this month. Your plan is not billed by credits."),
             theirs);
    }
  if (comparison->theirs >= 0 && comparison->ours >= 0)
    return compare_credits (comparison);
  if (comparison->ours < 0)
    return NULL;
  ours = jump_figure_text_amount (comparison->ours);
  if (comparison->is_managed)
    /* Translators: %s is a number of credits */
    return g_strdup_printf (
        _ ("Jumpseat counts %s credits this month. Your organization keeps Copilot’s own number to "
                               "itself."),
           ours);
  /* Translators: %s is a number of credits */
  return g_strdup_printf (
      _ ("Jumpseat counts %s credits this month. Copilot’s own number is not known."), ours);
}

/**
 * jump_usage_text_forecast:
 * @forecast: what is to be expected
 * @when: wall seconds at which the credits run out
 */
char *
jump_usage_text_forecast (JumpForecast forecast, gint64 when)
{
  g_autofree char *day = NULL;

  switch (forecast)
    {
    case JUMP_FORECAST_UNKNOWN:
      return NULL;
    case JUMP_FORECAST_LASTS:
      return g_strdup (_ ("Lasts until it starts again, if it goes on like this."));
    case JUMP_FORECAST_RUNS_OUT:
      day = jump_figure_text_day (when);
      /* Translators: %s is a day such as 24 November */
      return g_strdup_printf (_ ("Runs out on %s if it goes on like this."), day);
    case JUMP_FORECAST_SPENT:
      return g_strdup (_ ("This month’s credits are used up."));
    }
  return NULL;
}

char *
jump_usage_text_row_name (JumpSumBy by, const char *name)
{
  if (name == NULL || *name == '\0')
    switch (by)
      {
      case JUMP_SUM_KEY:
        return g_strdup (_ ("Without a key"));
      case JUMP_SUM_SESSION:
        return g_strdup (_ ("Without a session"));
      case JUMP_SUM_ALL:
      case JUMP_SUM_MODEL:
      case JUMP_SUM_API:
      case JUMP_SUM_CLIENT:
      case JUMP_SUM_STATUS:
        return g_strdup (_ ("Unknown"));
      }
  return g_strdup (by == JUMP_SUM_API ? jump_request_api_name (name) : name);
}
