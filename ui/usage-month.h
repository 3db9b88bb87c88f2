/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "ui/usage-numbers.h"

#include <gtk/gtk.h>

/* What upstream says of the month beside what was counted here, and how long it will last. */

#define JUMP_TYPE_USAGE_MONTH (jump_usage_month_get_type ())
G_DECLARE_FINAL_TYPE (JumpUsageMonth, jump_usage_month, JUMP, USAGE_MONTH, GtkBox)

void jump_usage_month_set_service (JumpUsageMonth *self, JumpService *service);
void jump_usage_month_update (JumpUsageMonth *self, JumpUsageNumbers *numbers);
