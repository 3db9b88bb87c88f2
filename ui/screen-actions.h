/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "ui/screen.h"

/* Adds the actions of ui/ (screen.h lists them) to the application, and keeps their states right. */
void jump_screen_actions_add (JumpScreen *screen);
void jump_screen_actions_remove (JumpScreen *screen);
