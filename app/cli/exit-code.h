/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* What the program's exit status says, in the words of sysexits where they fit. The man page lists
 * them; scripts and service managers rely on the numbers. */

typedef enum
{
  JUMP_EXIT_OK = 0,
  JUMP_EXIT_FAILURE = 1,
  JUMP_EXIT_USAGE = 2,
  JUMP_EXIT_SIGNED_OUT = 3,
  JUMP_EXIT_UNAVAILABLE = 69, /* EX_UNAVAILABLE: upstream cannot be reached or refuses for now */
  JUMP_EXIT_BUSY_PORT = 75,   /* EX_TEMPFAIL: another program listens there */
  JUMP_EXIT_FORBIDDEN = 77,   /* EX_NOPERM: the account may not use Copilot */
  JUMP_EXIT_SETTINGS = 78,    /* EX_CONFIG: trying again without a change is no use */
  JUMP_EXIT_INTERRUPTED = 130,
} JumpExitCode;

JumpExitCode jump_exit_code_for_error (const GError *error);
JumpExitCode jump_exit_with_error (const GError *error);
