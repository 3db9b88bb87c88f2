/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/service.h"

/* A desktop notification for each mark that a budget crosses; its button shows the page of usage. */

#define JUMP_TYPE_BUDGET_NOTICES (jump_budget_notices_get_type ())
G_DECLARE_FINAL_TYPE (JumpBudgetNotices, jump_budget_notices, JUMP, BUDGET_NOTICES, GObject)

JumpBudgetNotices *jump_budget_notices_new (GApplication *application, JumpService *service);
