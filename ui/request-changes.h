/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* Returns: (transfer full): what was changed on the way, in words: "dropped:stop" is "“stop” was left
 * out". One without words is its own name. Pure. */
char *jump_request_change_new (const char *name);
