/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* What stands in the history for a body that is larger than it keeps (H-16). */

/* Returns: (transfer full): {"_truncated":true,"_size":…,"_reason":"…"} */
char *jump_body_stand_in_new (gsize size, gsize limit);
