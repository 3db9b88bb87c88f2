/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* What a request shows to be let in: keys in headers or in the query, cookies. Pure. */

/* Name of the cookie that holds a session. */
#define JUMP_SESSION_COOKIE "jumpseat"

/* Returns: (transfer none) (nullable): what stands behind "Bearer", inside @authorization */
const char *jump_shown_bearer (const char *authorization);
/* Returns: (transfer full) (nullable): the value of api_key in @query, decoded; jump_secret_free() it */
char *jump_shown_query_key (const char *query);
/* Returns: (transfer full) (nullable): the value of the cookie called @name that stands at *@position, which moves
 * behind it; NULL when there is none any more. A page on another port of the same host can add cookies of its own
 * under the same name, so the first need not be ours. */
char *jump_shown_next_cookie (const char **position, const char *name);
