/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* The client's own name for its conversation, as records have it. Pure. */

/* @told: (nullable): by a header. @in_body: (nullable): what tells conversations apart there; with
 * @is_person it names somebody, and counts only where a session is part of it.
 * Returns: (transfer full) (nullable): printable ASCII, at most 128 bytes */
char *jump_session_name_new (const char *told, const char *in_body, gboolean is_person);
