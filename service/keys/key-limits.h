/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/json-write.h"
#include "service/keys/client-key.h"

/* The limits of a key as JSON, in the file and in the control API: "models", "requests_per_minute",
 * "concurrent", "daily_credits". */

void jump_key_limits_copy (const JumpKeyLimits *self, JumpKeyLimits *out_copy);
/* Members that are not there leave @self as it is; null lifts the limit. JUMP_ERROR_BAD_REQUEST names the
 * member and what was expected; @self may be half changed then. */
gboolean jump_key_limits_read (JumpKeyLimits *self, JsonObject *object, GError **error);
/* Writes all of them, null for what is not limited. */
void jump_key_limits_write (const JumpKeyLimits *self, JumpJsonWriter *writer);
