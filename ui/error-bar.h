/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/service.h"

#include <gtk/gtk.h>

/* What calls for attention, why, and the button that helps; nothing while all is well. A warning can
 * be put away until it is another one. */

#define JUMP_TYPE_ERROR_BAR (jump_error_bar_get_type ())
G_DECLARE_FINAL_TYPE (JumpErrorBar, jump_error_bar, JUMP, ERROR_BAR, GtkInfoBar)

void jump_error_bar_set_service (JumpErrorBar *self, JumpService *service);
