/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/error.h"

G_DEFINE_QUARK (jump - error - quark, jump_error)

/**
 * jump_error_http_status:
 * @error: (nullable): an error of any domain
 *
 * The one place where a code of ours becomes a status. Errors of other domains are our own
 * mistakes or the machine's: 500.
 *
 * Returns: an HTTP status between 400 and 504
 */
guint
jump_error_http_status (const GError *error)
{
  if (error == NULL || error->domain != JUMP_ERROR)
    return 500;

  switch ((JumpError) error->code)
    {
    case JUMP_ERROR_BAD_REQUEST:
      return 400;
    case JUMP_ERROR_SIGNED_OUT:
      return 401;
    case JUMP_ERROR_FORBIDDEN:
      return 403;
    case JUMP_ERROR_UNKNOWN_MODEL:
    case JUMP_ERROR_NOT_FOUND:
      return 404;
    case JUMP_ERROR_METHOD:
      return 405;
    case JUMP_ERROR_TOO_LARGE:
      return 413;
    case JUMP_ERROR_RATE_LIMITED:
      return 429;
    case JUMP_ERROR_UPSTREAM:
    case JUMP_ERROR_PROTOCOL:
      return 502;
    case JUMP_ERROR_UNAVAILABLE:
      return 503;
    case JUMP_ERROR_TIMEOUT:
      return 504;
    case JUMP_ERROR_STORE:
    case JUMP_ERROR_BUSY_PORT:
    case JUMP_ERROR_SETTINGS:
      return 500;
    }
  return 500;
}
