/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* Request bodies of the shapes that clients send. */

/* A question of ordinary size, about 780 bytes; @marker: (nullable): asks the upstream for a
 * stream. */
char *load_body_new_small (const char *model, const char *marker);
/* What a coding agent sends: instructions, tools, and a long conversation full of code, until the
 * whole is @bytes long or a little more. */
char *load_body_new_agent (const char *model, gsize bytes);
