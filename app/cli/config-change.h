/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "app/cli/command.h"

/* `jumpseat config set`: through the running service where there is one, so that it takes effect at
 * once, into the file otherwise. */

JumpExitCode jump_config_change (JumpCommandContext *context, const char *name, const char *value);
