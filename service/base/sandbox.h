/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* Inside Flatpak the process ids of others mean nothing, the desktop's folders are not ours, and only
 * portals reach what is outside. */
gboolean jump_sandbox_is_flatpak (void);
