/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* What people call a running program. */

/* @comm: the kernel's name for it, at most 15 characters. @command_line: (array length=length): its arguments,
 * each with a NUL behind it; only names of files are taken from it, never other arguments. Returns:
 * (transfer full): "claude", "codex.js", "aider"; bounded, printable. */
char *jump_process_name_new (const char *comm, const char *command_line, gsize length);
