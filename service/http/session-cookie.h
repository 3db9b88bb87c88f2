/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* The Set-Cookie header of a session: no script can read it, no page of another site can make a browser send it.
 * Pure. */

/* @session: (nullable): NULL takes it out of the browser. Returns: (transfer full) */
char *jump_session_cookie_new (const char *session, gboolean is_tls);
void jump_session_cookie_free (char *cookie);
