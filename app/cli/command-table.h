/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "app/cli/command.h"

const JumpCommand *jump_command_table_find (const char *name);
char *jump_command_table_describe (void);
char *jump_command_table_describe_command (const JumpCommand *command);
