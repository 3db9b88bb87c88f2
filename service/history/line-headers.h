/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/json-scan.h"
#include "service/base/json-write.h"

/* Headers inside a line of a .jl file: an object there, "Name: value" lines in a record. Secrets are replaced
 * on both sides, each with its own words. Pure. */

/* @lines: (nullable): NULL becomes {}. Of several with one name the values are joined by ", ". */
void jump_line_headers_write (JumpJsonWriter *writer, const char *lines);
/* Returns: (transfer full) (nullable): NULL when @object is none, or empty. A file of somebody else may hold
 * secrets: they are replaced here, too. */
char *jump_line_headers_read (JumpJsonSpan object);
