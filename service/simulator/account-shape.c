/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/simulator/account-shape.h"

/* In the order of JumpAccountKind. */
static const JumpAccountShape shapes[] = {
  { "monthly_subscriber_quota", "pro", "individual", TRUE, FALSE, 1500, 289.6, FALSE },
  { "free_limited_copilot", "free", "individual", TRUE, FALSE, 0, 0, FALSE },
  { "free_limited_copilot", "free", "individual", TRUE, FALSE, 0, 0, FALSE },
  { "copilot_for_business_seat_quota", "business", "business", FALSE, FALSE, 4000, 879.5, TRUE },
  { "copilot_enterprise_seat_quota", "enterprise", "enterprise", FALSE, TRUE, 10000, 2150, TRUE },
  { NULL, "free", "free", TRUE, FALSE, 0, 0, FALSE }, /* has none yet */
  { "monthly_subscriber_quota", "pro", "individual", TRUE, FALSE, 1500, 289.6, FALSE },
  { "copilot_enterprise_seat_quota", "enterprise", "enterprise", FALSE, TRUE, 10000, 2150, TRUE },
};

/**
 * jump_account_shape_get:
 *
 * Returns: (transfer none): what is special about accounts of @kind
 */
const JumpAccountShape *
jump_account_shape_get (JumpAccountKind kind)
{
  return &shapes[kind];
}
