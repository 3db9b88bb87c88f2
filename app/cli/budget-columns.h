/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <json-glib/json-glib.h>

/* What `jumpseat budget` shows. */

/* @answer: of GET /api/budgets. Returns: (transfer full): a table, or how to set the first budget */
char *jump_budget_columns_new (JsonObject *answer);
