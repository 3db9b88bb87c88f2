/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "app/cli/instance.h"

/* The three ways to sign in. Each prints what happens and returns the exit status. */

JumpExitCode jump_login_with_code (JumpCommandContext *context,
                                   JumpInstance *instance,
                                   const char *tenant,
                                   gboolean open_browser);
JumpExitCode
jump_login_with_import (JumpCommandContext *context, JumpInstance *instance, const char *tool);
JumpExitCode jump_login_with_token (JumpCommandContext *context, JumpInstance *instance);
