/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/service.h"

#include <gtk/gtk.h>

/* How everything looks: our style sheet, our icons when not installed, and light or dark as the
 * settings say. One per screen. */

#define JUMP_TYPE_THEME (jump_theme_get_type ())
G_DECLARE_FINAL_TYPE (JumpTheme, jump_theme, JUMP, THEME, GObject)

JumpTheme *jump_theme_new (JumpSettings *settings);
