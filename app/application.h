/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "app/cli/command.h"

#include <gio/gio.h>

/* The program while it serves: owns the service, shows or does not show a screen, ends in order.
 * Single instance is decided by the control file, not by the session bus, so that it works on
 * machines without one; therefore it is never registered there. */

#define JUMP_TYPE_APPLICATION (jump_application_get_type ())
G_DECLARE_FINAL_TYPE (JumpApplication, jump_application, JUMP, APPLICATION, GApplication)

JumpExitCode jump_application_run (JumpCommandContext *context);
