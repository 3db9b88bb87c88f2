/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* Hides everything that looks like a secret in a line for the log, or in words of upstream that
 * people and clients get to read: tokens by their shape, and the values of JSON members, form
 * fields, query parameters and headers by their name. Pure. It errs on the side of hiding; the code
 * that logs is still expected not to log secrets at all. */

/* Returns: (transfer full): @text with *** in the place of each secret. */
char *jump_redact (const char *text);
gboolean jump_redact_has_secret (const char *text);
/* Whether the value of a header of that name is never kept. */
gboolean jump_redact_is_secret_name (const char *name);
