/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/service.h"

#include <gtk/gtk.h>

/* The request that has waited longest for somebody to allow it, and how many more there are; hidden when there is
 * none. */

#define JUMP_TYPE_APPROVAL_BAR (jump_approval_bar_get_type ())
G_DECLARE_FINAL_TYPE (JumpApprovalBar, jump_approval_bar, JUMP, APPROVAL_BAR, GtkInfoBar)

/* Once. */
void jump_approval_bar_set_service (JumpApprovalBar *self, JumpService *service);
