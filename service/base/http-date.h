/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* Times as HTTP headers say them: Date, Retry-After. Pure. */

gint64 jump_http_date_read (const char *text);
gint64 jump_http_date_read_wait (const char *text, gint64 now);
