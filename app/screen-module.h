/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "ui/module.h"

/* The screen lives in a module of its own, so that the program links no GTK. */

gboolean jump_screen_module_is_installed (void);
gboolean jump_screen_module_open (GApplication *application,
                                  JumpService *service,
                                  gboolean shows_window,
                                  GError **error);
