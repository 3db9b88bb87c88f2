/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/service.h"

/* The module's one entry point, which app/ looks up by JUMP_SCREEN_ENTRY; and before, under JUMP_SCREEN_VERSION,
 * for which version of the program it was built: they share what only one version is sure to have. */

#define JUMP_SCREEN_ENTRY   "jump_screen_open"
#define JUMP_SCREEN_VERSION "jump_screen_version"

G_MODULE_EXPORT extern const char jump_screen_version[];

typedef gboolean (*JumpScreenOpenFunc) (GApplication *application,
                                        JumpService *service,
                                        gboolean shows_window,
                                        GError **error);

/* @application: registered, or to be; the screen goes with its "shutdown". Its "activate" shows the
 * window. @shows_window: at once; without a tray host the window is shown anyway.
 * Returns: FALSE when there is no display after all. */
G_MODULE_EXPORT gboolean jump_screen_open (GApplication *application,
                                           JumpService *service,
                                           gboolean shows_window,
                                           GError **error);
