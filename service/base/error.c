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
    case JUMP_ERROR_PORTAL:
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

static const char *
get_bad_request_word (const char *message)
{
  if (g_str_has_prefix (message, "invalid JSON"))
    return "invalid_json";
  if (g_str_has_prefix (message, "previous_response_id: "))
    return "previous_response_not_found";
  return "invalid_request";
}

/**
 * jump_error_get_word:
 * @error: of any domain
 *
 * Returns: (transfer none): a word for programs that stays the same between versions, such as
 * "model_not_found"
 */
const char *
jump_error_get_word (const GError *error)
{
  if (error->domain != JUMP_ERROR)
    return "internal_error";

  switch ((JumpError) error->code)
    {
    case JUMP_ERROR_BAD_REQUEST:
      return get_bad_request_word (error->message);
    case JUMP_ERROR_SIGNED_OUT:
      return "not_signed_in";
    case JUMP_ERROR_FORBIDDEN:
      return "forbidden";
    case JUMP_ERROR_UNKNOWN_MODEL:
      return "model_not_found";
    case JUMP_ERROR_NOT_FOUND:
      return "not_found";
    case JUMP_ERROR_METHOD:
      return "method_not_allowed";
    case JUMP_ERROR_TIMEOUT:
      return "timeout";
    case JUMP_ERROR_TOO_LARGE:
      return "request_too_large";
    case JUMP_ERROR_RATE_LIMITED:
      return "rate_limit_exceeded";
    case JUMP_ERROR_UPSTREAM:
      return "upstream_error";
    case JUMP_ERROR_PROTOCOL:
      return "upstream_not_understood";
    case JUMP_ERROR_UNAVAILABLE:
      return "service_unavailable";
    case JUMP_ERROR_STORE:
      return "storage_error";
    case JUMP_ERROR_BUSY_PORT:
      return "port_in_use";
    case JUMP_ERROR_SETTINGS:
      return "wrong_setting";
    case JUMP_ERROR_PORTAL:
      return "captive_portal";
    }
  return "internal_error";
}
