/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "app/cli/exit-code.h"

#include "service/service.h"

#include <glib/gi18n-lib.h>

/**
 * jump_exit_code_for_error:
 * @error: why a command failed
 *
 * Returns: the exit status that tells a script what to do about it
 */
JumpExitCode
jump_exit_code_for_error (const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return JUMP_EXIT_INTERRUPTED;
  if (error->domain == G_OPTION_ERROR)
    return JUMP_EXIT_USAGE;
  if (error->domain != JUMP_ERROR)
    return JUMP_EXIT_FAILURE;

  switch ((JumpError) error->code)
    {
    case JUMP_ERROR_SIGNED_OUT:
      return JUMP_EXIT_SIGNED_OUT;
    case JUMP_ERROR_FORBIDDEN:
      return JUMP_EXIT_FORBIDDEN;
    case JUMP_ERROR_TIMEOUT:
    case JUMP_ERROR_RATE_LIMITED:
    case JUMP_ERROR_UPSTREAM:
    case JUMP_ERROR_PROTOCOL:
    case JUMP_ERROR_UNAVAILABLE:
    case JUMP_ERROR_PORTAL:
      return JUMP_EXIT_UNAVAILABLE;
    case JUMP_ERROR_BUSY_PORT:
      return JUMP_EXIT_BUSY_PORT;
    case JUMP_ERROR_SETTINGS:
      return JUMP_EXIT_SETTINGS;
    case JUMP_ERROR_BAD_REQUEST:
    case JUMP_ERROR_UNKNOWN_MODEL:
    case JUMP_ERROR_NOT_FOUND:
    case JUMP_ERROR_METHOD:
    case JUMP_ERROR_TOO_LARGE:
    case JUMP_ERROR_STORE:
      return JUMP_EXIT_FAILURE;
    }
  return JUMP_EXIT_FAILURE;
}

/**
 * jump_exit_with_error:
 * @error: why a command failed
 *
 * Prints the error in the way of all Unix programs, with what to do about it where that is known.
 *
 * Returns: the exit status to leave with
 */
JumpExitCode
jump_exit_with_error (const GError *error)
{
  JumpExitCode code = jump_exit_code_for_error (error);

  g_printerr ("jumpseat: %s\n", error->message);
  if (code == JUMP_EXIT_SIGNED_OUT)
    g_printerr ("%s", _ ("Sign in with: jumpseat login\n"));
  return code;
}
