/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "app/cli/command.h"

#include <gio/gio.h>

/* The program while it serves: owns the service, shows or does not show a screen, ends in order.
 * Single instance is decided by the control file, so that it works on machines without a session
 * bus. With a screen the program has its name on the bus as well, for the desktop; without one it
 * leaves the bus alone. */

#define JUMP_TYPE_APPLICATION (jump_application_get_type ())
G_DECLARE_FINAL_TYPE (JumpApplication, jump_application, JUMP, APPLICATION, GApplication)

JumpExitCode jump_application_run (JumpCommandContext *context);

JumpService *jump_application_get_service (JumpApplication *self);
/* Lets streams end, then ends the program. */
void jump_application_stop (JumpApplication *self);
/* The same, and the program starts again in its place. */
void jump_application_restart (JumpApplication *self);
/* @arguments: behind the program's name. Starts the program once more, on its own. */
gboolean
jump_application_spawn (JumpApplication *self, const char *const *arguments, GError **error);
