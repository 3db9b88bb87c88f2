/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

/* @sku, @plan: (nullable): access_type_sku and copilot_plan of GET /copilot_internal/user (protocol
 * 3.3). Returns: (transfer none) (nullable): the name that GitHub sells it by, else the raw text. */
const char *jump_plan_badge (const char *sku, const char *plan);
