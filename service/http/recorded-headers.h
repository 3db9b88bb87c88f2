/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <libsoup/soup.h>

/* What the record of a request says of its headers: everything but the secrets. Pure. */

/* Stands in the place of a secret value. */
#define JUMP_RECORDED_REDACTED "<redacted>"

/* Returns: (transfer full): "Name: value" lines, valid UTF-8 */
char *jump_recorded_headers_new (SoupMessageHeaders *headers);
