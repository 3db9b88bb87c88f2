/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "ui/screen.h"

/* What stays when no window is open: the icon with its menu, and notifications. Decides what closing
 * the window does, and sees to it that there is always a way back: without a tray the window opens at
 * start, its close button asks, and a notification tells when the icon went while it was closed. */

#define JUMP_TYPE_BACKGROUND (jump_background_get_type ())
G_DECLARE_FINAL_TYPE (JumpBackground, jump_background, JUMP, BACKGROUND, GObject)

JumpBackground *jump_background_new (JumpScreen *screen);
/* From now on the close button of @window asks us. */
void jump_background_take_window (JumpBackground *self, GtkWindow *window);
/* Whether a panel shows the icon. */
gboolean jump_background_has_tray (JumpBackground *self);
/* Another language: a new menu for the same icon. */
void jump_background_translate (JumpBackground *self);
