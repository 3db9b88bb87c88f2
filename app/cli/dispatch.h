/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "app/cli/command.h"

/* From the words of a command line to the command that answers for them: finds the verb, its options,
 * and says what is wrong with them. */

JumpExitCode jump_dispatch (JumpCommandContext *context, char **arguments);
