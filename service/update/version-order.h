/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* Which of two versions is the newer one, as Semantic Versioning 2.0.0 (section 11) has it: numbers
 * first, then a pre-release comes before its release. Pure. */

/* "1.2.3", "1.2.3-rc.1", "1.2.3+build", and no other form. */
gboolean jump_version_is_valid (const char *text);
/* Whether there is a pre-release part in it, as in "1.2.3-rc.1". */
gboolean jump_version_is_prerelease (const char *text);
int jump_version_compare (const char *a, const char *b);
