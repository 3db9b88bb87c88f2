/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <gtk/gtk.h>

/* A short sentence over the page that goes by itself, said to screen readers too. */

#define JUMP_TYPE_TOAST (jump_toast_get_type ())
G_DECLARE_FINAL_TYPE (JumpToast, jump_toast, JUMP, TOAST, GtkRevealer)

void jump_toast_show (JumpToast *self, const char *text);
