/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/http/host-name.h"

/* Whose page a browser asks for (RFC 6454): scheme, host and port, the same origin always in the same letters.
 * Pure. */

/* Returns: (transfer full) (nullable): "https://chat.example", "http://localhost:3000", without the scheme's usual
 * port; "app://name" of a desktop program's pages; NULL for "null" and for what is no origin */
char *jump_web_origin_normalize (const char *text);
/* Returns: (transfer full): our own, as @host sees us */
char *jump_web_origin_new (gboolean is_tls, const JumpHostName *host);
