/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/json-scan.h"

/* Looks over the arguments of one tool call as they come, piece by piece: whether the JSON object is
 * complete, and whether the model has lost itself in whitespace, which it never ends (protocol 5.5
 * quirk 10). Validates nothing. */

typedef struct
{
  guint depth;
  guint n_space;    /* in a row, outside strings */
  guint n_newlines; /* among them */
  gboolean in_string;
  gboolean is_escaped; /* the next character of a string */
  gboolean is_complete;
  gboolean is_looping;
} JumpArgumentScan;

/* @self: zeroed before the first piece. @piece: JSON string that holds the next piece. Returns: FALSE when it
 * goes on in whitespace only. */
gboolean jump_argument_scan_push (JumpArgumentScan *self, JumpJsonSpan piece);
