/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/usage/plan-badge.h"

#include <glib.h>

typedef struct
{
  const char *word;
  const char *badge;
} PlanRow;

static const PlanRow skus[] = {
  { "free_limited_copilot", "Free" },
  { "no_auth_limited_copilot", "Free" },
  { "free_educational_quota", "Student" },
  { "free_engaged_oss_quota", "Pro" }, /* maintainers get Pro for nothing */
  { "monthly_subscriber_quota", "Pro" },
  { "yearly_subscriber_quota", "Pro" },
  { "plus_monthly_subscriber_quota", "Pro+" },
  { "plus_yearly_subscriber_quota", "Pro+" },
  { "max_monthly_subscriber_quota", "Max" },
  { "max_yearly_subscriber_quota", "Max" },
  { "copilot_for_business_seat", "Business" },
  { "copilot_for_business_seat_quota", "Business" },
  { "copilot_standalone_seat_quota", "Business" },
  { "copilot_enterprise_seat", "Enterprise" },
  { "copilot_enterprise_seat_quota", "Enterprise" },
};

/* "individual" stands here for Pro only because free accounts, which say it too, have a sku. */
static const PlanRow plans[] = {
  { "free", "Free" },         { "individual", "Pro" },        { "individual_pro", "Pro+" },
  { "pro", "Pro" },           { "pro_plus", "Pro+" },         { "max", "Max" },
  { "business", "Business" }, { "enterprise", "Enterprise" },
};

static const char *
find (const PlanRow *rows, gsize n_rows, const char *word)
{
  for (gsize i = 0; i < n_rows; i++)
    {
      if (g_strcmp0 (rows[i].word, word) == 0)
        return rows[i].badge;
    }
  return NULL;
}

const char *
jump_plan_badge (const char *sku, const char *plan)
{
  const char *badge = find (skus, G_N_ELEMENTS (skus), sku);

  if (badge == NULL)
    badge = find (plans, G_N_ELEMENTS (plans), plan);
  if (badge == NULL)
    badge = plan != NULL ? plan : sku;
  return badge;
}
