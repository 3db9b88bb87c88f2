/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/json-scan.h"
#include "service/base/json-write.h"
#include "service/conversation/exchange-record.h"

/* Bodies inside a line of a .jl file. JSON stands there as it came, but for ends of lines between its parts;
 * anything else, a JSON string or null included, is a string, so that each can be told apart. Pure. */

/* Whether @data can be a string of JSON and come out again: UTF-8 without NUL. */
gboolean jump_line_body_is_text (const char *data, gsize length);
/* @data: (nullable): NULL becomes null. */
void jump_line_body_write (JumpJsonWriter *writer, const char *data, gsize length);
/* One validated value on one line. */
void jump_line_body_write_raw (JumpJsonWriter *writer, const char *json, gsize length);
/* Returns: (transfer full) (nullable): NULL for null and what is absent. */
GBytes *jump_line_body_read (JumpJsonSpan value);
