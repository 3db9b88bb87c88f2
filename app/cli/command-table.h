/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "app/cli/command.h"

/* The verbs of the program, one row each, and the help that follows from them. A verb exists when it
 * is in this table. */

const JumpCommand *jump_command_table_find (const char *name);
const JumpCommand *jump_command_table_find_nearest (const char *name);
guint jump_command_table_count (void);
const JumpCommand *jump_command_table_get (guint index);
char *jump_command_table_describe (void);
char *jump_command_table_describe_command (const JumpCommand *command);
char *jump_command_table_describe_usage (const JumpCommand *command);
