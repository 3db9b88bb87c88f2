/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/service.h"

#include <gtk/gtk.h>

/* The budgets, how they stand, and the button that adds one. */

#define JUMP_TYPE_BUDGET_LIST (jump_budget_list_get_type ())
G_DECLARE_FINAL_TYPE (JumpBudgetList, jump_budget_list, JUMP, BUDGET_LIST, GtkBox)

GtkWidget *jump_budget_list_new (JumpService *service);
/* For one from a template. */
void jump_budget_list_set_service (JumpBudgetList *self, JumpService *service);
