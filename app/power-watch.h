/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* Tells the main loop that the computer has slept. Implemented in power-watch-unix.c and
 * power-watch-windows.c; where nothing tells us, it never calls. */

typedef void (*JumpWakeFunc) (gpointer user_data);

typedef struct _JumpPowerWatch JumpPowerWatch;

JumpPowerWatch *jump_power_watch_new (JumpWakeFunc func, gpointer user_data);
void jump_power_watch_free (JumpPowerWatch *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpPowerWatch, jump_power_watch_free)
