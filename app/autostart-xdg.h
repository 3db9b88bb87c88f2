/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "app/autostart.h"

/* A file in the autostart folder of the user's settings, which all desktops on Linux know. People
 * and other programs edit such files: what they wrote is kept, and followed while we run. */

#define JUMP_TYPE_AUTOSTART_XDG (jump_autostart_xdg_get_type ())
G_DECLARE_FINAL_TYPE (JumpAutostartXdg, jump_autostart_xdg, JUMP, AUTOSTART_XDG, GObject)

/* @program: its path, or its name when it is found by that. */
JumpAutostart *jump_autostart_xdg_new (const char *program);
