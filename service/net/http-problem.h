/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* Names what went wrong on the way to a server, from libcurl's code: JUMP_ERROR_TIMEOUT for time
 * limits, JUMP_ERROR_UPSTREAM for the rest, with a message that says which step failed (name,
 * connect, TLS certificate, proxy, send, receive) and to which host. No credentials, no query. */

GError *jump_http_problem_new (int curl_code, const char *url, const char *detail);

/* A captive portal: the network answers in place of the server until somebody has signed in to it.
 * JUMP_ERROR_PORTAL; NULL when the reply looks as if @url itself had sent it. */
GError *jump_http_problem_new_portal (const char *url,
                                      guint status,
                                      const char *location,
                                      const char *content_type);
/* @error: (transfer full): why @url could not be reached, while the computer says that it is behind
 * such a portal. Returns: (transfer full): JUMP_ERROR_PORTAL. */
GError *jump_http_problem_blame_portal (GError *error);
