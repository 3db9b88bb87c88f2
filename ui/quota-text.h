/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/service.h"

/* What is left of the month, in words. Every state is one that people live with, none an error. Pure. */

typedef struct
{
  JumpAccountState account;
  JumpQuotaState state;
  double entitlement; /* -1 unknown, as in quota.h */
  double used;
  double remaining;
  gboolean counts_credits; /* FALSE: premium requests */
  gboolean permits_overage;
  gint64 resets_at;         /* wall seconds, 0 unknown */
  gint64 now;               /* wall seconds */
  const char *organisation; /* (nullable) */
  gboolean has_failed;      /* upstream could not be asked */
  gboolean has_no_seat;     /* and all else that is said of the month means nothing */
} JumpQuotaFacts;

typedef struct
{
  char *title;  /* (owned) "1,210 credits left" */
  char *detail; /* (owned) (nullable) "290 of 1,500 credits used (19%)" */
  char *reset;  /* (owned) (nullable) "Starts again on 1 December, in 10 days" */
  double left;  /* 0 to 1 for a bar, -1 without one */
  gboolean is_warning;
} JumpQuotaText;

JumpQuotaText *jump_quota_text_new (const JumpQuotaFacts *facts);
JumpQuotaText *jump_quota_text_new_for_service (JumpService *service);
void jump_quota_text_free (JumpQuotaText *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpQuotaText, jump_quota_text_free)
