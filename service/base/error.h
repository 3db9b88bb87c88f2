/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* The one error domain of the service. A code exists only where somebody acts differently on it:
 * each maps to an HTTP status (jump_error_http_status()) and, in the screen, to a remedy.
 * Messages are for logs and API clients: lower case, English, no full stop, naming what was
 * attempted and with which value. */

#define JUMP_ERROR (jump_error_quark ())

/**
 * JumpError:
 * @JUMP_ERROR_BAD_REQUEST: the client sent something that cannot be understood (400)
 * @JUMP_ERROR_SIGNED_OUT: no usable account; somebody has to sign in (401)
 * @JUMP_ERROR_FORBIDDEN: the account exists but may not do this, or the caller was refused (403)
 * @JUMP_ERROR_UNKNOWN_MODEL: no such model in the account's catalogue (404)
 * @JUMP_ERROR_NOT_FOUND: no such path or object (404)
 * @JUMP_ERROR_METHOD: the path exists, the method does not (405)
 * @JUMP_ERROR_TIMEOUT: the upstream did not answer in time (504)
 * @JUMP_ERROR_TOO_LARGE: a request body over the limit (413)
 * @JUMP_ERROR_RATE_LIMITED: too many requests, try later (429)
 * @JUMP_ERROR_UPSTREAM: the upstream could not be reached or broke off (502)
 * @JUMP_ERROR_PROTOCOL: the upstream answered something that cannot be understood (502)
 * @JUMP_ERROR_UNAVAILABLE: not now: shutting down, breaker open (503)
 * @JUMP_ERROR_STORE: a file or secret could not be read or written (500)
 * @JUMP_ERROR_BUSY_PORT: the address to listen on is taken (500)
 * @JUMP_ERROR_SETTINGS: a setting has a wrong value (500; exit status 78)
 * @JUMP_ERROR_PORTAL: the network answered in place of the upstream: it wants a sign-in of its own
 *   first, as in hotels and trains (502)
 */
typedef enum
{
  JUMP_ERROR_BAD_REQUEST,
  JUMP_ERROR_SIGNED_OUT,
  JUMP_ERROR_FORBIDDEN,
  JUMP_ERROR_UNKNOWN_MODEL,
  JUMP_ERROR_NOT_FOUND,
  JUMP_ERROR_METHOD,
  JUMP_ERROR_TIMEOUT,
  JUMP_ERROR_TOO_LARGE,
  JUMP_ERROR_RATE_LIMITED,
  JUMP_ERROR_UPSTREAM,
  JUMP_ERROR_PROTOCOL,
  JUMP_ERROR_UNAVAILABLE,
  JUMP_ERROR_STORE,
  JUMP_ERROR_BUSY_PORT,
  JUMP_ERROR_SETTINGS,
  JUMP_ERROR_PORTAL,
} JumpError;

GQuark jump_error_quark (void);

guint jump_error_http_status (const GError *error);
const char *jump_error_get_word (const GError *error);
