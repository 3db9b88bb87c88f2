/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "app/cli/command.h"

JumpExitCode jump_dispatch (JumpCommandContext *context, char **arguments);
