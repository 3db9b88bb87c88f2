/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/service.h"

#include <gtk/gtk.h>

/* Adds a budget, or changes one. */

#define JUMP_TYPE_BUDGET_DIALOG (jump_budget_dialog_get_type ())
G_DECLARE_FINAL_TYPE (JumpBudgetDialog, jump_budget_dialog, JUMP, BUDGET_DIALOG, GtkDialog)

/* @name: (nullable): of the row in the settings; NULL for a new one */
GtkWidget *jump_budget_dialog_new (GtkWindow *parent, JumpService *service, const char *name);
