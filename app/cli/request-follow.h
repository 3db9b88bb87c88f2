/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "app/cli/instance.h"

/* "jumpseat requests --follow": requests as they end, until Ctrl-C. A connection that breaks is made again, and
 * what happened meanwhile is told then. */

/* @search: (nullable): only those that it is part of. Returns: the exit status */
JumpExitCode
jump_request_follow_run (JumpCommandContext *context, JumpInstance *instance, const char *search);
