/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "app/cli/command.h"

JumpExitCode jump_config_change (JumpCommandContext *context, const char *name, const char *value);
