/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* Tells the main loop that somebody wants the program to end: SIGINT and SIGTERM, or the console's
 * events on Windows. Implemented in signal-watch-unix.c and signal-watch-windows.c. */

typedef void (*JumpSignalFunc) (gpointer user_data);

typedef struct _JumpSignalWatch JumpSignalWatch;

JumpSignalWatch *jump_signal_watch_new (JumpSignalFunc func, gpointer user_data);
void jump_signal_watch_free (JumpSignalWatch *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpSignalWatch, jump_signal_watch_free)
