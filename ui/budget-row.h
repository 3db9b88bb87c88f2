/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/service.h"

#include <gtk/gtk.h>

/* One budget: what it is for, how much of it is used, and buttons to change and remove it. */

#define JUMP_TYPE_BUDGET_ROW (jump_budget_row_get_type ())
G_DECLARE_FINAL_TYPE (JumpBudgetRow, jump_budget_row, JUMP, BUDGET_ROW, GtkListBoxRow)

GtkWidget *jump_budget_row_new (JumpService *service, const JumpBudgetState *state);
void jump_budget_row_update (JumpBudgetRow *self, const JumpBudgetState *state);
