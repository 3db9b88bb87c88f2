/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <gio/gio.h>

/* Tells when a file became another one and has been left alone for a moment: editors write in
 * several steps, and half a file is a wrong one. */

typedef struct _JumpSettingsWatch JumpSettingsWatch;

typedef void (*JumpSettingsWatchFunc) (gpointer user_data);

/* Returns: (transfer full): a watch that calls @func from the main loop until it is freed. */
JumpSettingsWatch *
jump_settings_watch_new (const char *path, JumpSettingsWatchFunc func, gpointer user_data);
void jump_settings_watch_free (JumpSettingsWatch *self);
