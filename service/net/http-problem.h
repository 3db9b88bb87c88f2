/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* Names what went wrong on the way to a server, from libcurl's code: JUMP_ERROR_TIMEOUT for time
 * limits, JUMP_ERROR_UPSTREAM for the rest, with a message that says which step failed (name,
 * connect, TLS certificate, proxy, send, receive) and to which host. No credentials, no query. */

GError *jump_http_problem_new (int curl_code, const char *url, const char *detail);
