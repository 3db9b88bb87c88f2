/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/conversation/failure.h"

/* What upstream's error replies say, whatever their shape (protocol 7.1: with or without envelope,
 * GitHub's, Anthropic's, plain text, JSON inside a string, empty, JSON named text/plain) and their
 * words (7.2, 7.3). Pure. */

/* Returns: (transfer full) */
JumpFailure *jump_upstream_failure_read (guint status, GBytes *body);
/* The same for the JSON of an error event inside a stream. */
JumpFailure *jump_upstream_failure_read_event (const char *data, gsize length);
