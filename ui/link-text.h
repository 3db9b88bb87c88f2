/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* Upstream's sentences, which may have links as Markdown. Pure. */

/* Returns: (transfer full): "[Manage your budget](https://…)" as "Manage your budget". */
char *jump_link_text_strip (const char *text);
