/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "app/application.h"
#include "app/autostart.h"

/* What a screen can ask of the program: the actions quit, restart, open-logs, show-requests,
 * try-demo (not in a demo) and start-at-login (a boolean that follows @autostart). They are exported on the bus. */

void jump_application_actions_add (JumpApplication *application, JumpAutostart *autostart);
