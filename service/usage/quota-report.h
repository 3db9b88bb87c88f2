/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/usage/quota-bucket.h"
#include "service/usage/quota.h"

/* What is known of an account's quota at one time: everything that GET /copilot_internal/user said, put
 * right by the headers that came since. */

typedef struct
{
  GHashTable *buckets; /* (owned) (element-type utf8 JumpQuotaBucket): open-ended (protocol 3.4) */
  char *plan;          /* (owned) (nullable): the badge */
  char *organisation;  /* (owned) (nullable) */
  gboolean is_seat;    /* of an organisation, which may keep its numbers to itself */
  gboolean is_nobody;  /* who may sign up for the free plan, and has none yet */
  gboolean is_legacy;  /* only the percentages can be believed (protocol 3.2) */
  int counts_credits;  /* -1: not said */
  gint64 resets_at;
} JumpQuotaReport;

/* Returns: (transfer full) (nullable): NULL with JUMP_ERROR_PROTOCOL for what is no JSON object.
 * @body: (nullable): NULL for a report that knows nothing. */
JumpQuotaReport *jump_quota_report_new (GBytes *body, GError **error);
void jump_quota_report_free (JumpQuotaReport *self);
/* Returns: whether anything became different */
gboolean jump_quota_report_take_header (JumpQuotaReport *self, const char *id, const char *value);
/* @out_bucket: (out) (transfer none) (nullable): the one that the plan is about. */
JumpQuotaState jump_quota_report_decide (const JumpQuotaReport *self,
                                         const JumpQuotaBucket **out_bucket);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpQuotaReport, jump_quota_report_free)
