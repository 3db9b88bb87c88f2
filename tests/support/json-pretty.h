/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* JSON set for reading and for line by line comparison: members and elements each on a line of their
 * own unless all of them fit on one. Strings and numbers stay byte for byte. */

/* Returns: (transfer full): ends with a line break; @json itself with one when it is no JSON */
char *jump_json_pretty (const char *json, gssize length);
