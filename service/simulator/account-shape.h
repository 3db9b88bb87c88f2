/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/simulator/scenario-facts.h"

/* What differs between the kinds of accounts (protocol 2.2 and 3.1 to 3.3). */

typedef struct
{
  const char *sku;          /* (nullable) */
  const char *plan;         /* as billing.restricted_to spells it */
  const char *copilot_plan; /* as /copilot_internal/user does */
  gboolean individual;
  gboolean enterprise;
  double entitlement; /* premium interactions: credits of a month */
  double used;        /* before the first call */
  gboolean overage_permitted;
} JumpAccountShape;

const JumpAccountShape *jump_account_shape_get (JumpAccountKind kind);
