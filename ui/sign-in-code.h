/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/service.h"

#include <gtk/gtk.h>

/* What a person types on GitHub's page: the code, large and selectable, the address of the page with
 * a QR code of it, and how long the code is valid. "open-requested": the address was clicked. */

#define JUMP_TYPE_SIGN_IN_CODE (jump_sign_in_code_get_type ())
G_DECLARE_FINAL_TYPE (JumpSignInCode, jump_sign_in_code, JUMP, SIGN_IN_CODE, GtkBox)

/* Shows @flow, which is pending. Both are referenced. */
void jump_sign_in_code_set_flow (JumpSignInCode *self, JumpDeviceFlow *flow, JumpClock *clock);
/* Whether GitHub cannot be asked right now. */
void jump_sign_in_code_set_trouble (JumpSignInCode *self, gboolean has_trouble);
