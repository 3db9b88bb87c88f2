/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/usage/quota-report.h"

/* What is known of a quota, for GET /api/quota. */

typedef struct
{
  const JumpQuotaReport *report;
  JumpQuotaState state;
  const JumpQuotaBucket *bucket; /* (nullable): of the report, the one that the plan is about */
  gboolean counts_credits;
  gboolean has_no_copilot; /* so that there is no quota */
  gint64 fetched_at;       /* wall seconds, 0 never */
  const GError *error;     /* (nullable): of the last try */
} JumpQuotaFacts;

/* Returns: (transfer full): an object; what is not known is null. */
char *jump_quota_json_new (const JumpQuotaFacts *facts);
/* Returns: (transfer none) (nullable): the name of facts' bucket: "premium_interactions", "chat" */
const char *jump_quota_json_get_bucket (const JumpQuotaReport *report,
                                        const JumpQuotaBucket *bucket);
const char *jump_quota_state_get_name (JumpQuotaState state);
