/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* What a person reads when the service has started: addresses, a line to try, how to sign in. Pure. */

char *jump_start_notice_describe_addresses (const char *url, gboolean is_demo, gboolean needs_key);
char *jump_start_notice_describe_signed_out (void);
