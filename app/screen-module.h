/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/service.h"

/* The screen lives in a module of its own, so that the program links no GTK. Its one entry point: */

#define JUMP_SCREEN_MODULE_ENTRY "jump_screen_open"

typedef gboolean (*JumpScreenOpenFunc) (GApplication *application,
                                        JumpService *service,
                                        GError **error);

gboolean jump_screen_module_open (GApplication *application, JumpService *service, GError **error);
