/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/dialects/request-facts.h"

/* A Messages request without a tree: the facts that the relay chooses a way by. */

/* Errors are JUMP_ERROR_BAD_REQUEST and name the place. */
gboolean
jump_anthropic_scan (JumpRequestFacts *facts, const char *data, gsize length, GError **error);
